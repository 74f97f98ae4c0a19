package slack

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"reflect"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"roundtable/chat"
	"roundtable/chat/adapter"
	"roundtable/chat/slack/webapi"
)

// modals are the forms in front of people. Safe for concurrent use.
type modals struct {
	api     *webapi.Client
	log     *slog.Logger
	people  *people
	answers *replies
	open    *adapter.Cache[string, *session] // by id
}

// session is a form in front of somebody. It is lost when the process ends; what
// is [modalState] with the modal lets the form go on then.
type session struct {
	id    string
	form  chat.Form
	place place
}

// begin keeps a form that is about to be shown.
func (m *modals) begin(w place, f chat.Form) *session {
	o := &session{id: rand.Text(), form: f, place: w}
	o.form.Fields = slices.Clone(f.Fields)
	m.open.Put(o.id, o)
	return o
}

func (o *session) blockID(field string) string { return o.id[:8] + "/" + field }

// keepTyped puts what was typed back into a form.
func keepTyped(f chat.Form, typed map[string]string) chat.Form {
	f.Fields = slices.Clone(f.Fields)
	for i, field := range f.Fields {
		v, ok := typed[field.Name]
		if ok && (field.Kind != chat.Choice || v == "" || slices.ContainsFunc(field.Options, func(o chat.Option) bool { return o.Value == v })) {
			f.Fields[i].Value = v
		}
	}
	return f
}

// mistaken says whether the form is shown again because of mistakes.
func mistaken(f chat.Form) bool {
	return f.Error != "" || slices.ContainsFunc(f.Fields, func(f chat.Field) bool { return f.Error != "" })
}

// alike says whether two forms differ in nothing but values and mistakes of
// fields, so that the one in front of the person can stay.
func alike(a, b chat.Form) bool {
	bare := func(f chat.Form) chat.Form {
		f.Fields = slices.Clone(f.Fields)
		for i := range f.Fields {
			f.Fields[i].Value, f.Fields[i].Error = "", ""
		}
		return f
	}
	return reflect.DeepEqual(bare(a), bare(b))
}

// update replaces a view that is open.
func (m *modals) update(ctx context.Context, which webapi.View, v slack.ModalViewRequest) error {
	return m.api.Retry(ctx, func() error { return m.api.UpdateView(ctx, which, v) })
}

// present shows a form; open is the one that said "one moment", and it is what
// is left to say when there is no form after all. A form that can't be opened
// any more is offered with a button.
func (m *modals) present(ctx context.Context, w place, f *chat.Form, open *slack.ViewResponse) {
	v := m.done(w.user.id)
	if f != nil {
		if err := f.Check(); err != nil {
			m.log.Error("a form can't be shown", "error", err)
			return
		}
		v = m.modal(m.begin(w, *f))
	}
	var err error
	switch {
	case open != nil:
		err = m.update(ctx, webapi.View{ID: open.ID, Hash: open.Hash}, v)
	case w.trigger == "":
		err = errNoTrigger
	default:
		err = m.openRetrying(ctx, w, v)
	}
	if err == nil {
		return
	}
	if !errors.Is(err, errNoTrigger) {
		m.log.Warn("a form could not be opened", "error", err)
	}
	if f != nil {
		if err := m.answers.tell(ctx, w, m.offer(w), "offer/"+rootOf(w)); err != nil {
			m.log.Error("an answer did not arrive", "error", err)
		}
	}
}

// errNoTrigger says that Slack lets no form be opened: messages carry no
// trigger.
var errNoTrigger = errors.New("no trigger")

func rootOf(w place) string { return cmp.Or(w.root, w.trigger) }

// openRetrying tries for as long as the trigger lives.
func (m *modals) openRetrying(ctx context.Context, w place, v slack.ModalViewRequest) error {
	ctx, cancel := context.WithDeadline(ctx, w.began.Add(triggerLife))
	defer cancel()
	tried := false
	return m.api.Retry(ctx, func() error {
		_, err := m.api.OpenView(ctx, w.trigger, v)
		if tried && webapi.Coded(err, "exchanged_trigger_id") {
			return nil // the try before did open it
		}
		tried = true
		return err
	})
}

// offer is a button that does again what a form would have answered: pressing
// brings a new trigger.
func (m *modals) offer(w place) chat.Message {
	button := chat.Button{Label: m.people.say(w.user.id, "platform.form-open"), Action: typedAction, Value: w.typed, Primary: true}
	switch {
	case w.again != nil:
		button.Action, button.Value, button.Scope = w.again.Action, w.again.Value, w.again.Scope
	case len(w.typed) > chat.MaxValue:
		button.Value = strings.Fields(w.typed + " help")[0]
	}
	text := m.people.say(w.user.id, "platform.form-offer")
	return chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}, chat.Buttons{Buttons: []chat.Button{button}}}}
}

// noteUpdate logs that a form was not brought up to date; that somebody has closed
// it is nothing to mention.
func (m *modals) noteUpdate(err error) {
	if err != nil && !webapi.Coded(err, "not_found") {
		m.log.Error("a form could not be brought up to date", "error", err)
	}
}
