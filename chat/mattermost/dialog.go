package mattermost

import (
	"context"
	"crypto/cipher"
	"fmt"
	"maps"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// dialogs opens forms, and offers them with a button where they can't be opened.
type dialogs struct {
	*server
	people  *directory
	private *private
	posts   *poster
	buttons *buttons
	cipher  cipher.AEAD
	sent    *sentDialogs
}

// draft is a form on its way to a person. Where it can't be opened yet it waits
// encrypted in a button.
type draft struct {
	Form  chat.Form `json:"f"`
	Offer string    `json:"o,omitempty"` // the post whose button opens it
}

// dialogState is the state of a dialog that is open in front of a person, encrypted.
type dialogState struct {
	Form    string   `json:"f"`
	State   string   `json:"s,omitempty"`
	Scope   string   `json:"k,omitempty"`
	Fields  []string `json:"n"`
	Person  string   `json:"u"`
	Channel string   `json:"c"`
	Thread  string   `json:"r,omitempty"`
	Direct  bool     `json:"d,omitempty"`
	Nonce   string   `json:"i"`
	Expires int64    `json:"x"`
	Offer   string   `json:"o,omitempty"`
}

// open opens a form.
func (ds *dialogs) open(ctx context.Context, from origin, d draft) error {
	if err := d.Form.Check(); err != nil {
		return err
	}
	dialog := dialogState{
		Form: d.Form.Name, State: d.Form.State, Scope: d.Form.Scope, Person: from.user, Channel: from.channel, Thread: from.thread, Direct: from.direct,
		Nonce: newNonce(), Expires: ds.options.Clock().Add(formLifetime).Unix(), Offer: d.Offer,
	}
	for _, f := range d.Form.Fields {
		dialog.Fields = append(dialog.Fields, f.Name)
	}
	state, err := encrypt(ds.cipher, dialog)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	resp, err := ds.client.OpenInteractiveDialog(ctx, model.OpenDialogRequest{
		TriggerId: from.trigger, URL: ds.callbackURL(pathDialog),
		Dialog: model.Dialog{
			CallbackId: d.Form.Name, Title: chat.Quiet(d.Form.Title), IntroductionText: dialogIntro(d.Form),
			Elements: dialogElements(d.Form.Fields), SubmitLabel: chat.Quiet(d.Form.Submit), State: state,
		},
	})
	if err != nil {
		return apiError("open a form", resp, err)
	}
	return nil
}

// decode reads the state of a dialog that was sent back; it returns
// errUndecryptable when the bot did not make it.
func (ds *dialogs) decode(text string) (dialog dialogState, err error) {
	err = decrypt(ds.cipher, text, &dialog)
	return dialog, err
}

// openOrOffer opens a form where the person's act allows, and offers it with a
// button otherwise.
func (ds *dialogs) openOrOffer(ctx context.Context, from origin, f chat.Form) {
	if err := f.Check(); err != nil {
		ds.logUnanswered(from, err)
		return
	}
	if from.trigger != "" {
		err := ds.open(ctx, from, draft{Form: f})
		if err == nil {
			return
		}
		ds.options.Log.Warn("a form could not be opened, and is offered", "connection", ds.options.Connection, "error", err)
	}
	if err := ds.offer(ctx, from, f); err != nil {
		ds.logUnanswered(from, err)
	}
}

// offer sends a person a button that opens a form.
func (ds *dialogs) offer(ctx context.Context, from origin, f chat.Form) error {
	if ds.options.PublicURL == "" {
		return fmt.Errorf("without an address of the bot's own there are no forms: %w", chat.ErrRefused)
	}
	text := ds.people.text(ctx, from.user, "platform.form-waits", "Title", f.Title)
	open := chat.Button{Label: ds.people.text(ctx, from.user, "platform.form-open"), Action: "form", Primary: true}
	m := chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}, chat.Buttons{Buttons: []chat.Button{open}}}}
	made := func(at place) (rendered, error) {
		return render(m, func(b chat.Button) (*model.PostAction, error) {
			// The form comes back to where the person was, not to the conversation.
			return ds.buttons.action(at, b, buttonPayload{Draft: &draft{Form: f}, ReturnTo: &returnTo{Channel: from.channel, Thread: from.thread, Direct: from.direct}}, formLifetime)
		})
	}
	r, err := made(place{channel: from.channel, thread: from.thread, direct: from.direct, person: from.user, ephemeral: true})
	if err != nil {
		return err
	}
	if ds.private.ephemeral(ctx, from, r) {
		return nil
	}
	at, err := ds.private.directPlace(ctx, from)
	if err != nil {
		return err
	}
	at.nonce = newNonce()
	if r, err = made(at); err != nil {
		return err
	}
	_, err = ds.posts.sendRendered(ctx, at, r, nil, "", model.StringInterface{propTo: from.id, propForm: "true"})
	return err
}

// sentDialogs remembers which dialogs have been sent, so that each is taken once, and
// the state that a form was given when it was shown again: a dialog keeps the one
// that it was opened with. Both are forgotten when the program ends; then the
// journal knows what it has taken. Safe for concurrent use.
type sentDialogs struct {
	mu   sync.Mutex
	sent map[string]sentDialog
}

type sentDialog struct {
	taken bool // sent, or on its way
	state string
	until time.Time
}

func newSentDialogs() *sentDialogs { return &sentDialogs{sent: map[string]sentDialog{}} }

// claim begins to take a dialog and returns its state by now.
func (d *sentDialogs) claim(nonce, state string, until, now time.Time) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, known := d.sent[nonce]
	if !known {
		if len(d.sent)%1000 == 999 {
			maps.DeleteFunc(d.sent, func(_ string, s sentDialog) bool { return now.After(s.until) })
		}
		s = sentDialog{state: state, until: until}
	}
	if s.taken {
		return "", errUsed
	}
	s.taken = true
	d.sent[nonce] = s
	return s.state, nil
}

// reopen lets a dialog be sent once more, with this state.
func (d *sentDialogs) reopen(nonce, state string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.sent[nonce]
	s.taken, s.state = false, state
	d.sent[nonce] = s
}

// finish lets the state go; that the dialog was sent is remembered.
func (d *sentDialogs) finish(nonce string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.sent[nonce]
	s.state = ""
	d.sent[nonce] = s
}
