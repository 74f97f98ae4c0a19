package slack

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
)

// filled takes a form that was sent back.
func (s *shift) filled(w place, i interaction, ack *answering, overSocket bool) {
	c, err := readCarried(i.View)
	if err != nil {
		s.p.log.Warn("what came is not understood", "kind", i.Type, "error", err)
		return
	}
	o, known := s.p.forms.get(c.Session)
	if known {
		w = s.inForm(w, o)
	} else {
		w = s.inCarried(w, c)
	}
	a := &submitted{shift: s, ack: ack, overSocket: overSocket, view: i.View, place: w, session: o, page: c.Page, values: i.View.values(), marker: "moment-" + rand.Text()}
	moment := time.AfterFunc(formWithin, func() { a.moment() })
	defer moment.Stop()
	id := "t/" + i.TriggerID
	switch {
	case c.Pages > 1 && known:
		a.values = o.keep(a.values)
		if c.Page+1 < c.Pages {
			a.update(s.p.modal(o.filledIn(), c.Page+1))
			return
		}
	case c.Pages > 1:
		if a.regains(c, id) {
			return
		}
	}
	in := s.p.incoming(w, id, chat.Filled{Form: c.Name, State: c.state, Scope: c.Scope, Values: a.values})
	reply, ok := s.once(in)
	moment.Stop()
	if !ok {
		return
	}
	a.reply(reply)
	if reply.Message != nil {
		s.show(w, in, chat.Reply{Message: reply.Message}, nil)
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
	marker     string // of the view that says "one moment"
}

// reply answers with what follows: nothing, the same form with mistakes, or
// another.
func (a *submitted) reply(r chat.Reply) {
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
	if c, err := readCarried(a.view); err == nil {
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
func (a *submitted) stays(f chat.Form) bool {
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
			mistakes[a.session.blockID(f.Fields[i].Name)] = chat.Quiet(f.Fields[i].Error)
		}
	}
	return a.give(slack.NewErrorsViewSubmissionResponse(mistakes))
}

func (a *submitted) errorsAt(block, text string) bool {
	return a.give(slack.NewErrorsViewSubmissionResponse(map[string]string{block: text}))
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
	a.moment()
	a.updateLater(v)
}

// moment answers with a view that says "one moment", unless something has been
// answered.
func (a *submitted) moment() {
	v := a.shift.p.moment(a.place.user.id)
	v.ExternalID = a.marker
	a.give(updated(v))
}

// How long it is looked whether the answer to a submission has arrived: with
// pauses that double, until they are this long.
const (
	arrivalPause  = 50 * time.Millisecond
	arrivesWithin = 2 * time.Second
)

// updateLater replaces the view that says "one moment". Slack may take this call
// before it has taken the answer with that view, which would then stand for
// good: so the view is named by a marker of its own until Slack knows it.
func (a *submitted) updateLater(v slack.ModalViewRequest) {
	a.shift.also(func() {
		ctx, cancel := context.WithTimeout(a.shift.ctx, answerTimeout)
		defer cancel()
		p := a.shift.p
		for pause := arrivalPause; pause < arrivesWithin; pause *= 2 {
			err := p.updateView(ctx, slackView{external: a.marker}, v)
			if !coded(err, "not_found") {
				p.noteView(err)
				return
			}
			<-time.After(pause)
		}
		p.noteView(p.updateView(ctx, slackView{id: a.view.ID}, v))
	})
}

// noteView logs that a form was not brought up to date; that somebody has closed
// it is nothing to mention.
func (p *Platform) noteView(err error) {
	if err != nil && !coded(err, "not_found") {
		p.log.Error("a form could not be brought up to date", "error", err)
	}
}
