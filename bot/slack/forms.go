package slack

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"roundtable/bot"
)

// withMoment hands over what may be answered with a form. A trigger does not
// live long: when the handler takes its time, a form that says "one moment" is
// opened meanwhile.
func (s *shift) withMoment(w place, in bot.Incoming, ack *answering) {
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

func (p *Platform) updateView(ctx context.Context, id, hash string, v slack.ModalViewRequest) error {
	return p.patiently(ctx, func() error {
		return p.call(ctx, "views.update", "", func(ctx context.Context) error {
			_, err := p.api.UpdateViewContext(ctx, v, "", hash, id)
			return err
		})
	})
}

// present shows a form; open is the one that said "one moment", and it is what
// is left to say when there is no form after all. A form that can't be opened
// any more is offered with a button.
func (p *Platform) present(ctx context.Context, w place, f *bot.Form, open *slack.ViewResponse) {
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
		err = p.updateView(ctx, open.ID, open.Hash, v)
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
func (p *Platform) offer(w place) bot.Message {
	button := bot.Button{Label: p.say(w.user.id, "platform.form-open"), Action: typedAction, Value: w.typed, Primary: true}
	switch {
	case w.again != nil:
		button.Action, button.Value = w.again.Action, w.again.Value
	case len(w.typed) > bot.MaxValue:
		button.Value = strings.Fields(w.typed + " help")[0]
	}
	text := p.say(w.user.id, "platform.form-offer")
	return bot.Message{Text: text, Blocks: []bot.Block{bot.Paragraph{Text: text}, bot.Buttons{Buttons: []bot.Button{button}}}}
}

// filled takes a form that was sent back.
func (s *shift) filled(w place, i interaction, ack *answering, overSocket bool) {
	c, err := readCarried(i.View.PrivateMetadata)
	if err != nil {
		s.p.log.Warn("what came is not understood", "kind", i.Type, "error", err)
		return
	}
	o, _ := s.p.forms.get(c.Session)
	w.channel, w.thread, w.direct, w.home = c.Channel, c.Thread, c.Direct, c.Home
	if o != nil {
		w.responseURL, w.began, w.used = o.place.responseURL, o.place.began, o.place.used
	}
	a := &submitted{shift: s, ack: ack, overSocket: overSocket, view: i.View, place: w, session: o, page: c.Page, values: i.View.values()}
	if c.Pages > 1 {
		if o == nil {
			a.errorsAt(first(anyKey(i.View.State.Values)), s.p.say(w.user.id, "platform.form-lost"))
			return
		}
		a.values = o.keep(a.values)
		if c.Page+1 < c.Pages {
			a.update(s.p.modal(o.filledIn(), c.Page+1))
			return
		}
	}
	in := s.p.incoming(w, "t/"+i.TriggerID, bot.Filled{Form: c.Name, State: c.state, Values: a.values})
	moment := time.AfterFunc(formWithin, func() { a.give(updated(s.p.moment(w.user.id))) })
	reply, ok := s.once(in)
	moment.Stop()
	if !ok {
		return
	}
	a.reply(reply)
	if reply.Message != nil {
		s.show(w, in, bot.Reply{Message: reply.Message}, nil)
	}
	if w.home {
		s.refresh(w, in.ID)
	}
}

// anyKey is the first of the blocks with a field.
func anyKey(values map[string]map[string]input) string {
	least := ""
	for key := range values {
		if least == "" || key < least {
			least = key
		}
	}
	return least
}

// submitted is a form that was sent back and waits for what to show next.
type submitted struct {
	shift      *shift
	ack        *answering
	overSocket bool
	view       view
	place      place
	session    *session
	page       int
	values     map[string]string
}

// reply answers with what follows: nothing, the same form with mistakes, or
// another.
func (a *submitted) reply(r bot.Reply) {
	p := a.shift.p
	if r.Form == nil {
		if !a.ack.give(nil) { // "one moment" is shown
			a.updateLater(p.done(a.place.user.id))
		}
		return
	}
	if err := r.Form.Check(); err != nil {
		p.log.Error("a form can't be shown", "error", err)
		a.ack.give(nil)
		return
	}
	f := *r.Form
	var before carried
	if c, err := readCarried(a.view.PrivateMetadata); err == nil {
		before = c
	}
	if mistaken(f) && f.Name == before.Name {
		if a.stays(f) {
			return
		}
		f = keepTyped(f, a.values)
	}
	o := p.begin(a.place, f)
	a.update(p.modal(o, o.pageOf()))
}

// stays shows mistakes at the fields of the form that is open, if that is all
// there is to show.
func (a *submitted) stays(f bot.Form) bool {
	if a.session == nil || f.Error != "" || !alike(a.session.form, f) {
		return false
	}
	mistakes := map[string]string{}
	for n, page := range a.session.pages {
		for _, i := range page {
			if f.Fields[i].Error == "" {
				continue
			}
			if n != a.page {
				return false
			}
			mistakes[a.session.blockID(f.Fields[i].Name)] = bot.Quiet(f.Fields[i].Error)
		}
	}
	return a.give(slack.NewErrorsViewSubmissionResponse(mistakes))
}

func (a *submitted) errorsAt(block, text string) {
	a.give(slack.NewErrorsViewSubmissionResponse(map[string]string{block: text}))
}

func updated(v slack.ModalViewRequest) *slack.ViewSubmissionResponse {
	return slack.NewUpdateViewSubmissionResponse(&v)
}

// give answers the submission, and says whether that was still possible.
func (a *submitted) give(r *slack.ViewSubmissionResponse) bool {
	body, err := json.Marshal(r)
	if err != nil {
		return false // impossible: plain data
	}
	if a.overSocket && len(body) > maxAck-ackRoom {
		return false
	}
	return a.ack.give(body)
}

// ackRoom is what an envelope adds to an answer.
const ackRoom = 512

// update shows another view in the modal's place: in the answer or, when that is
// given or would be too long for a socket, by a call of its own.
func (a *submitted) update(v slack.ModalViewRequest) {
	if a.give(updated(v)) {
		return
	}
	a.give(updated(a.shift.p.moment(a.place.user.id)))
	a.updateLater(v)
}

func (a *submitted) updateLater(v slack.ModalViewRequest) {
	ctx, cancel := context.WithTimeout(a.shift.ctx, answerTimeout)
	defer cancel()
	if err := a.shift.p.updateView(ctx, a.view.ID, "", v); err != nil {
		a.shift.p.log.Error("a form could not be brought up to date", "error", err)
	}
}

// back shows the page before, with what has been typed.
func (s *shift) back(w place, i interaction, ack *answering) {
	ack.give(nil)
	c, err := readCarried(i.View.PrivateMetadata)
	if err != nil || c.Page == 0 {
		return
	}
	o, ok := s.p.forms.get(c.Session)
	if !ok {
		return
	}
	o.keep(i.View.values())
	ctx, cancel := context.WithTimeout(s.ctx, answerTimeout)
	defer cancel()
	if err := s.p.updateView(ctx, i.View.ID, i.View.Hash, s.p.modal(o.filledIn(), c.Page-1)); err != nil && !coded(err, "hash_conflict") {
		s.p.log.Error("a form could not be brought up to date", "error", err)
	}
	_ = w
}

// publish shows somebody their own page.
func (p *Platform) publish(ctx context.Context, w place, m bot.Message) {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	if err := m.Check(); err != nil {
		p.log.Error("somebody's page can't be shown", "error", err)
		return
	}
	parts, err := p.compose(ctx, m)
	var blocks []slack.Block
	for _, part := range parts {
		blocks = append(blocks, part.blocks...)
	}
	view := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks[:min(len(blocks), maxViewBlock)]}}
	if err == nil {
		err = p.patiently(ctx, func() error {
			return p.call(ctx, "views.publish", w.user.id, func(ctx context.Context) error {
				_, err := p.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: w.user.id, View: view})
				return err
			})
		})
	}
	if err != nil {
		p.log.Error("somebody's page was not shown", "error", err)
	}
}
