package slack

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
	"roundtable/chat/adapter"
	"roundtable/chat/slack/webapi"
)

// filled takes a form that was sent back.
func (r *run) filled(w place, i interaction, ack *acknowledgement, overSocket bool) {
	c, err := readState(i.View)
	if err != nil {
		r.p.options.Log.Warn("what came is not understood", "kind", i.Type, "error", err)
		return
	}
	o, known := r.p.modals.open.Get(c.Session)
	if known {
		w = placeInForm(w, o)
	} else {
		w = placeInState(w, c)
	}
	a := &submission{run: r, ack: ack, overSocket: overSocket, view: i.View, place: w, session: o, values: i.View.values(), marker: "moment-" + rand.Text()}
	moment := time.AfterFunc(formWithin, func() { a.showMoment() })
	defer moment.Stop()
	in := r.incoming(w, "t/"+i.TriggerID, chat.Filled{Form: c.Name, State: c.state, Scope: c.Scope, Values: a.values})
	reply, ok := r.once(in)
	moment.Stop()
	if !ok {
		return
	}
	a.reply(reply)
	if reply.Message != nil {
		r.show(w, in, chat.Reply{Message: reply.Message}, nil)
	}
	if w.home {
		r.refresh(w, in.ID)
	}
}

// placeInForm returns where somebody is who sends a form back: where it was opened.
func placeInForm(w place, o *session) place {
	at := o.place
	at.user, at.trigger = w.user, w.trigger
	return at
}

// placeInState returns the same after a restart, as far as the form itself tells.
func placeInState(w place, c modalState) place {
	w.channel, w.thread, w.direct, w.home = c.Channel, c.Thread, c.Direct, c.Home
	return w
}

// submission is a form that was sent back and waits for what to show next.
type submission struct {
	run        *run
	ack        *acknowledgement
	overSocket bool
	view       view
	place      place
	session    *session
	values     map[string]string
	marker     string // of the view that says "one moment"
}

// reply answers with what follows: nothing, the same form with mistakes, or
// another.
func (a *submission) reply(r chat.Reply) {
	p := a.run.p.modals
	if r.Form == nil {
		if !a.ack.send(nil) { // "one moment" is shown
			a.updateLater(p.done(a.place.user.id))
		}
		return
	}
	if err := r.Form.Check(); err != nil {
		p.log.Error("a form can't be shown", "error", err)
		a.ack.send(nil)
		return
	}
	f := *r.Form
	var before modalState
	if c, err := readState(a.view); err == nil {
		before = c
	}
	if mistaken(f) && f.Name == before.Name {
		if a.stays(f) {
			return
		}
		if typed := keepTyped(f, a.values); typed.Check() == nil {
			f = typed
		}
	}
	a.update(p.modal(p.begin(a.place, f)))
}

// stays shows mistakes at the fields of the form that is open, if that is all
// there is to show.
func (a *submission) stays(f chat.Form) bool {
	if a.session == nil || f.Error != "" || !alike(a.session.form, f) {
		return false
	}
	mistakes := map[string]string{}
	for _, field := range f.Fields {
		if field.Error != "" {
			mistakes[a.session.blockID(field.Name)] = chat.Quiet(field.Error)
		}
	}
	return a.give(slack.NewErrorsViewSubmissionResponse(mistakes))
}

func updated(v slack.ModalViewRequest) *slack.ViewSubmissionResponse {
	return slack.NewUpdateViewSubmissionResponse(&v)
}

// give answers the submission, and says whether that was still possible.
func (a *submission) give(r *slack.ViewSubmissionResponse) bool {
	body, err := json.Marshal(r)
	if err != nil {
		return false // impossible: plain data
	}
	if a.overSocket && len(body) > maxAck-ackRoom {
		return false
	}
	return a.ack.send(body)
}

// ackRoom is what an envelope adds to an answer.
const ackRoom = 512

// update shows another view in the modal's place: in the answer or, when that is
// given or would be too long for a socket, by a call of its own.
func (a *submission) update(v slack.ModalViewRequest) {
	if a.give(updated(v)) {
		return
	}
	a.showMoment()
	a.updateLater(v)
}

// showMoment answers with a view that says "one moment", unless something has been
// answered.
func (a *submission) showMoment() {
	v := a.run.p.modals.moment(a.place.user.id)
	v.ExternalID = a.marker
	a.give(updated(v))
}

// How long it is looked whether the answer to a submission has arrived: with pauses
// that double, for some three seconds.
const (
	arrivalPause = 50 * time.Millisecond
	arrivalTries = 7
)

// updateLater replaces the view that says "one moment". Slack may take this call
// before it has taken the answer with that view, which would then stand for
// good: so the view is named by a marker of its own until Slack knows it.
func (a *submission) updateLater(v slack.ModalViewRequest) {
	a.run.Continue(func() {
		ctx, cancel := context.WithTimeout(a.run.ctx, answerTimeout)
		defer cancel()
		p := a.run.p.modals
		notThere := func(err error) bool { return webapi.Coded(err, "not_found") }
		r := adapter.Retry{First: arrivalPause, Longest: answerTimeout, Growth: 2, Exact: true, Tries: arrivalTries, Worth: notThere}
		err := r.Do(ctx, func() error { return p.update(ctx, webapi.View{ExternalID: a.marker}, v) })
		if notThere(err) {
			err = p.update(ctx, webapi.View{ID: a.view.ID}, v)
		}
		p.noteUpdate(err)
	})
}
