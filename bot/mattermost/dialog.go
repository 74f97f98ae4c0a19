package mattermost

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/bot"
)

// draft is a form on its way to a person: what has been filled in on earlier
// pages, and the page that comes. It waits sealed in a button.
type draft struct {
	Form   bot.Form          `json:"f"`
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
		return fmt.Errorf("a form of %d pages has no page %d: %w", len(pages), d.Page+1, bot.ErrRefused)
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
			CallbackId: d.Form.Name, Title: bot.Quiet(d.Form.Title), IntroductionText: intro(d.Form, fields, page),
			Elements: elements(fields), SubmitLabel: bot.Quiet(submit), State: state,
		},
	})
	if err != nil {
		return failed("open a form", resp, err)
	}
	return nil
}

// openOrOffer opens a form where the person's act allows, and offers it with a
// button otherwise.
func (p *Platform) openOrOffer(ctx context.Context, a asker, f bot.Form) {
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
		return fmt.Errorf("without an address of the bot's own there are no forms: %w", bot.ErrRefused)
	}
	text := p.say(ctx, a.user, "platform.form-waits", "Title", d.Form.Title)
	open := bot.Button{Label: p.say(ctx, a.user, "platform.form-open"), Action: "form", Primary: true}
	if pages := len(pagesOf(d.Form)); d.Page > 0 {
		open.Label = p.say(ctx, a.user, "platform.form-continue", "Page", d.Page+1, "Pages", pages)
	}
	m := bot.Message{Text: text, Blocks: []bot.Block{bot.Paragraph{Text: text}, bot.Buttons{Buttons: []bot.Button{open}}}}
	made := func(at place) (rendered, error) {
		return render(m, func(b bot.Button) (*model.PostAction, error) {
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

func (p *Platform) takeDialog(w http.ResponseWriter, r *http.Request, body []byte) {
	var req model.SubmitDialogRequest
	var is dialog
	if err := json.Unmarshal(body, &req); err != nil || !model.IsValidId(req.UserId) {
		p.refuse(w, unreadable, http.StatusBadRequest)
		return
	}
	if err := unseal(p.seals.dialog, req.State, &is); err != nil {
		p.refuse(w, forged, http.StatusForbidden)
		return
	}
	if is.Person != req.UserId {
		p.refuse(w, othersOwn, http.StatusForbidden)
		return
	}
	if req.Cancelled {
		respond(w, model.SubmitDialogResponse{})
		return
	}
	tell := func(id string) { respond(w, model.SubmitDialogResponse{Error: p.say(r.Context(), req.UserId, id)}) }
	if p.o.Clock().Unix() > is.Expires {
		p.refused.count(expired)
		tell("platform.form-old")
		return
	}
	handle, done, ok := p.shift.begin()
	if !ok {
		tell("platform.starting")
		return
	}
	defer done()
	state, err := p.dialogs.claim(is.Nonce, is.State, time.Unix(is.Expires, 0), p.o.Clock())
	if err != nil {
		p.refused.count(used)
		tell("platform.form-used")
		return
	}
	respond(w, p.filled(r.Context(), handle, is, state, answers(is.Fields, req.Submission)))
}

// filled takes what a person sent, and says what the dialog shows.
func (p *Platform) filled(ctx context.Context, handle bot.Handler, is dialog, state string, values map[string]string) model.SubmitDialogResponse {
	a := asker{user: is.Person, channel: is.Channel, thread: is.Thread, direct: is.Direct}
	if is.Draft != nil {
		all := map[string]string{}
		for _, f := range is.Draft.Form.Fields {
			all[f.Name] = f.Value
		}
		maps.Copy(all, is.Draft.Values)
		maps.Copy(all, values)
		values = all
		if next := is.Draft.Page + 1; next < len(pagesOf(is.Draft.Form)) {
			a.id = "page:" + is.Nonce
			return p.turnPage(ctx, a, is, draft{Form: is.Draft.Form, Page: next, Values: values})
		}
	}
	content, _ := json.Marshal(values) // strings always can be
	a.id = "form:" + is.Nonce + ":" + digest(state+"\x00"+string(content))
	in := p.incoming(a, bot.Filled{Form: is.Form, State: state, Values: maps.Clone(values)})
	reply, inTime := p.shift.ask(ctx, handle, in, func(ctx context.Context, reply bot.Reply) { p.afterForm(ctx, a, is, reply) })
	if !inTime {
		p.dialogs.finish(is.Nonce)
		return model.SubmitDialogResponse{}
	}
	if f := reply.Form; f != nil && f.Name == is.Form && mistaken(*f) && p.shownAgain(is, *f) {
		at, other := mistakes(*f, is.Fields)
		p.dialogs.again(is.Nonce, f.State)
		if reply.Message != nil {
			p.shift.also(func() { p.answer(context.WithoutCancel(ctx), a, bot.Reply{Message: reply.Message}) })
		}
		return model.SubmitDialogResponse{Errors: at, Error: other}
	}
	p.dialogs.finish(is.Nonce)
	p.shift.also(func() { p.afterForm(context.WithoutCancel(ctx), a, is, reply) })
	return model.SubmitDialogResponse{}
}

// shownAgain says whether a form with mistakes can be shown in the dialog that is
// open: not when they are on earlier pages.
func (p *Platform) shownAgain(is dialog, f bot.Form) bool {
	at, _ := mistakes(f, is.Fields)
	return is.Draft == nil || len(at) > 0 || !slices.ContainsFunc(f.Fields, func(x bot.Field) bool { return x.Error != "" })
}

// turnPage offers the next page.
func (p *Platform) turnPage(ctx context.Context, a asker, is dialog, next draft) model.SubmitDialogResponse {
	if err := p.offer(ctx, a, next); err != nil {
		p.unanswered(a, err)
		p.dialogs.again(is.Nonce, is.State)
		return model.SubmitDialogResponse{Error: p.say(ctx, a.user, "platform.busy")}
	}
	p.dialogs.finish(is.Nonce)
	if is.Offer != "" {
		p.shift.also(func() { p.withdraw(context.WithoutCancel(ctx), is.Offer) })
	}
	return model.SubmitDialogResponse{}
}

// afterForm answers a form that has been taken: its dialog is closed by now.
func (p *Platform) afterForm(ctx context.Context, a asker, is dialog, reply bot.Reply) {
	p.answer(ctx, a, bot.Reply{Message: reply.Message})
	if reply.Form != nil {
		d := draft{Form: *reply.Form}
		if is.Draft != nil && reply.Form.Name == is.Form {
			d.Page = firstMistake(*reply.Form)
		}
		if err := errors.Join(reply.Form.Check(), p.offer(ctx, a, d)); err != nil {
			p.unanswered(a, err)
		}
	}
	if is.Offer != "" {
		p.withdraw(ctx, is.Offer)
	}
}

// firstMistake is the first page with a mistake.
func firstMistake(f bot.Form) int {
	for i, fields := range pagesOf(f) {
		if slices.ContainsFunc(fields, func(x bot.Field) bool { return x.Error != "" }) {
			return i
		}
	}
	return 0
}

// dialogs remembers which dialogs have been sent, so that each is taken once, and
// the state that a form was given when it was shown again: a dialog keeps the one
// that it was opened with. Both are forgotten when the program ends; then the
// journal knows what it has taken. Safe for concurrent use.
type dialogs struct {
	mu   sync.Mutex
	sent map[string]sent
}

type sent struct {
	closed bool // sent, or on its way
	state  string
	until  time.Time
}

func newDialogs() *dialogs { return &dialogs{sent: map[string]sent{}} }

// claim begins to take a dialog and returns its state by now.
func (d *dialogs) claim(nonce, state string, until, now time.Time) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, known := d.sent[nonce]
	if !known {
		if len(d.sent)%1000 == 999 {
			maps.DeleteFunc(d.sent, func(_ string, s sent) bool { return now.After(s.until) })
		}
		s = sent{state: state, until: until}
	}
	if s.closed {
		return "", errUsed
	}
	s.closed = true
	d.sent[nonce] = s
	return s.state, nil
}

// again lets a dialog be sent once more, with this state.
func (d *dialogs) again(nonce, state string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.sent[nonce]
	s.closed, s.state = false, state
	d.sent[nonce] = s
}

// finish lets the state go; that the dialog was sent is remembered.
func (d *dialogs) finish(nonce string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.sent[nonce]
	s.state = ""
	d.sent[nonce] = s
}
