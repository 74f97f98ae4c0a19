package mattermost

import (
	"context"
	"fmt"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// draft is a form on its way to a person: what has been filled in on earlier
// pages, and the page that comes. It waits sealed in a button.
type draft struct {
	Form   chat.Form         `json:"f"`
	Page   int               `json:"p,omitempty"`
	Values map[string]string `json:"v,omitempty"`
	Offer  string            `json:"o,omitempty"` // the post whose button opens it
}

// dialog is the state of a dialog that is open in front of a person, sealed.
type dialog struct {
	Form    string   `json:"f"`
	State   string   `json:"s,omitempty"`
	Fields  []string `json:"n"`
	Person  string   `json:"u"`
	Channel string   `json:"c"`
	Thread  string   `json:"r,omitempty"`
	Direct  bool     `json:"d,omitempty"`
	Nonce   string   `json:"i"`
	Expires int64    `json:"x"`
	Offer   string   `json:"o,omitempty"`
	Draft   *draft   `json:"p,omitempty"` // when it is a page of several
}

// openDialog opens a form, or the page of it that the draft is at.
func (p *Platform) openDialog(ctx context.Context, a asker, d draft) error {
	if err := d.Form.Check(); err != nil {
		return err
	}
	pages := pagesOf(d.Form)
	if d.Page >= len(pages) {
		return fmt.Errorf("a form of %d pages has no page %d: %w", len(pages), d.Page+1, chat.ErrRefused)
	}
	fields := pages[d.Page]
	is := dialog{
		Form: d.Form.Name, State: d.Form.State, Person: a.user, Channel: a.channel, Thread: a.thread, Direct: a.direct,
		Nonce: newNonce(), Expires: p.o.Clock().Add(formLife).Unix(), Offer: d.Offer,
	}
	for _, f := range fields {
		is.Fields = append(is.Fields, f.Name)
	}
	submit, page := d.Form.Submit, ""
	if len(pages) > 1 {
		is.Draft = &d
		page = p.say(ctx, a.user, "platform.form-page", "Page", d.Page+1, "Pages", len(pages))
		if d.Page+1 < len(pages) {
			submit = p.say(ctx, a.user, "platform.form-next")
		}
	}
	state, err := seal(p.seals.dialog, is)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	resp, err := p.client.OpenInteractiveDialog(ctx, model.OpenDialogRequest{
		TriggerId: a.trigger, URL: p.callback(pathDialog),
		Dialog: model.Dialog{
			CallbackId: d.Form.Name, Title: chat.Quiet(d.Form.Title), IntroductionText: intro(d.Form, fields, page),
			Elements: elements(fields), SubmitLabel: chat.Quiet(submit), State: state,
		},
	})
	if err != nil {
		return failed("open a form", resp, err)
	}
	return nil
}

// openOrOffer opens a form where the person's act allows, and offers it with a
// button otherwise.
func (p *Platform) openOrOffer(ctx context.Context, a asker, f chat.Form) {
	d := draft{Form: f}
	if err := f.Check(); err != nil {
		p.unanswered(a, err)
		return
	}
	if a.trigger != "" {
		err := p.openDialog(ctx, a, d)
		if err == nil {
			return
		}
		p.o.Log.Warn("a form could not be opened, and is offered", "connection", p.o.Connection, "error", err)
	}
	if err := p.offer(ctx, a, d); err != nil {
		p.unanswered(a, err)
	}
}

// offer sends a person a button that opens a form.
func (p *Platform) offer(ctx context.Context, a asker, d draft) error {
	if p.o.PublicURL == "" {
		return fmt.Errorf("without an address of the bot's own there are no forms: %w", chat.ErrRefused)
	}
	text := p.say(ctx, a.user, "platform.form-waits", "Title", d.Form.Title)
	open := chat.Button{Label: p.say(ctx, a.user, "platform.form-open"), Action: "form", Primary: true}
	if pages := len(pagesOf(d.Form)); d.Page > 0 {
		open.Label = p.say(ctx, a.user, "platform.form-continue", "Page", d.Page+1, "Pages", pages)
	}
	m := chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}, chat.Buttons{Buttons: []chat.Button{open}}}}
	made := func(at place) (rendered, error) {
		return render(m, func(b chat.Button) (*model.PostAction, error) {
			// The form comes back to where the person was, not to the conversation.
			is := d
			return p.action(at, b, press{Draft: &is, Back: &back{Channel: a.channel, Thread: a.thread, Direct: a.direct}}, formLife)
		})
	}
	r, err := made(place{channel: a.channel, thread: a.thread, direct: a.direct, person: a.user, ephemeral: true})
	if err != nil {
		return err
	}
	if p.whisper(ctx, a, r) {
		return nil
	}
	at, err := p.aside(ctx, a)
	if err != nil {
		return err
	}
	at.nonce = newNonce()
	if r, err = made(at); err != nil {
		return err
	}
	_, err = p.sendRendered(ctx, at, r, "", model.StringInterface{propTo: a.id, propForm: "true"})
	return err
}
