package slack

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
)

// withMoment hands over what may be answered with a form. A trigger does not
// live long: when the handler takes its time, a form that says "one moment" is
// opened meanwhile.
func (s *shift) withMoment(w place, in chat.Incoming, ack *answering) {
	opened := make(chan *slack.ViewResponse, 1)
	timer := time.AfterFunc(momentAfter, func() {
		if w.trigger == "" {
			opened <- nil
			return
		}
		ctx, cancel := context.WithTimeout(s.ctx, triggerLife-momentAfter)
		defer cancel()
		view, err := s.p.openView(ctx, w.trigger, s.p.moment(w.user.id))
		if err != nil {
			s.p.log.Warn("a form could not be opened in time", "error", err)
		}
		opened <- view
	})
	reply, ok := s.handled(in, ack)
	var open *slack.ViewResponse
	if !timer.Stop() {
		open = <-opened
	}
	if ok || open != nil {
		s.show(w, in, reply, open)
	}
}

func (p *Platform) openView(ctx context.Context, trigger string, v slack.ModalViewRequest) (view *slack.ViewResponse, err error) {
	err = p.call(ctx, "views.open", "", func(ctx context.Context) (err error) {
		view, err = p.api.OpenViewContext(ctx, trigger, v)
		return err
	})
	return view, err
}

// slackView names a view that is open: by its id, maybe as it was at a certain
// state, or by what the bot called it.
type slackView struct{ id, hash, external string }

func (p *Platform) updateView(ctx context.Context, which slackView, v slack.ModalViewRequest) error {
	return p.patiently(ctx, func() error {
		return p.call(ctx, "views.update", "", func(ctx context.Context) error {
			_, err := p.api.UpdateViewContext(ctx, v, which.external, which.hash, which.id)
			return err
		})
	})
}

// present shows a form; open is the one that said "one moment", and it is what
// is left to say when there is no form after all. A form that can't be opened
// any more is offered with a button.
func (p *Platform) present(ctx context.Context, w place, f *chat.Form, open *slack.ViewResponse) {
	v := p.done(w.user.id)
	if f != nil {
		if err := f.Check(); err != nil {
			p.log.Error("a form can't be shown", "error", err)
			return
		}
		o := p.begin(w, *f)
		v = p.modal(o, o.pageOf())
	}
	var err error
	switch {
	case open != nil:
		err = p.updateView(ctx, slackView{id: open.ID, hash: open.Hash}, v)
	case w.trigger == "":
		err = errNoTrigger
	default:
		err = p.openPatiently(ctx, w, v)
	}
	if err == nil {
		return
	}
	if !errors.Is(err, errNoTrigger) {
		p.log.Warn("a form could not be opened", "error", err)
	}
	if f != nil {
		if err := p.tell(ctx, w, p.offer(w), "offer/"+rootOf(w)); err != nil {
			p.log.Error("an answer did not arrive", "error", err)
		}
	}
}

// errNoTrigger says that Slack lets no form be opened: messages carry no
// trigger.
var errNoTrigger = errors.New("no trigger")

func rootOf(w place) string { return first(w.root, w.trigger) }

// openPatiently tries for as long as the trigger lives.
func (p *Platform) openPatiently(ctx context.Context, w place, v slack.ModalViewRequest) error {
	ctx, cancel := context.WithDeadline(ctx, w.began.Add(triggerLife))
	defer cancel()
	tried := false
	return p.patiently(ctx, func() error {
		_, err := p.openView(ctx, w.trigger, v)
		if tried && (coded(err, "trigger_exchanged") || coded(err, "trigger_expired_exchanged")) {
			return nil // the try before did open it
		}
		tried = true
		return err
	})
}

// offer is a button that does again what a form would have answered: pressing
// brings a new trigger.
func (p *Platform) offer(w place) chat.Message {
	button := chat.Button{Label: p.say(w.user.id, "platform.form-open"), Action: typedAction, Value: w.typed, Primary: true}
	switch {
	case w.again != nil:
		button.Action, button.Value, button.Scope = w.again.Action, w.again.Value, w.again.Scope
	case len(w.typed) > chat.MaxValue:
		button.Value = strings.Fields(w.typed + " help")[0]
	}
	text := p.say(w.user.id, "platform.form-offer")
	return chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}, chat.Buttons{Buttons: []chat.Button{button}}}}
}
