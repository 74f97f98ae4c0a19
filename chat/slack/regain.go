package slack

import (
	"context"
	"maps"

	"roundtable/chat"
)

// inForm is where somebody is who sends a form back: where it was opened.
func (s *shift) inForm(w place, o *session) place {
	at := o.place
	at.user, at.trigger = w.user, w.trigger
	return at
}

// inCarried is the same after a restart, as far as the form itself tells.
func (s *shift) inCarried(w place, c carried) place {
	w.channel, w.thread, w.direct, w.home, w.typed = c.Channel, c.Thread, c.Direct, c.Home, c.Typed
	if press, ok := c.what(s.p.post(c.Channel, c.On)).(chat.Pressed); ok {
		w.again = &press
	}
	return w
}

// regains goes on with a form of several pages that the process does not know any
// more: what stands on the other pages has travelled with this one. It answers,
// and returns true, unless this was the last page and nothing is missing.
func (a *submitted) regains(c carried, id string) bool {
	values, ok := unpack(c.Others)
	if values == nil {
		values = map[string]string{}
	}
	whole := ok && !c.Less
	maps.Copy(values, a.values)
	a.values = values
	if whole && c.Page+1 == c.Pages {
		return false
	}
	o := a.shift.reopened(a.place, c, values, whole, id)
	if o == nil {
		a.lost()
		return true
	}
	page := 0 // where the loss is told
	if whole {
		page = min(c.Page+1, len(o.pages)-1)
	}
	a.update(a.shift.p.modal(o.filledIn(), page))
	return true
}

// lost says that the other pages are lost; what stands on this one stays, unless
// "one moment" has been shown in its place.
func (a *submitted) lost() {
	p, user := a.shift.p, a.place.user.id
	if !a.errorsAt(anyKey(a.view.State.Values), p.say(user, "platform.form-lost")) {
		a.updateLater(p.notice(user, "platform.form-lost-title", "platform.form-lost"))
	}
}

// reopened asks for a form again, as what opened it did, and fills it in; nil when
// it can't be had.
func (s *shift) reopened(w place, c carried, values map[string]string, whole bool, id string) *session {
	what := c.what(s.p.post(c.Channel, c.On))
	if what == nil {
		return nil
	}
	reply := s.ask(s.p.incoming(w, id+"/form", what))
	if reply.Form == nil || reply.Form.Name != c.Name || reply.Form.Check() != nil {
		return nil
	}
	f := keepTyped(*reply.Form, values)
	f.State = c.state
	if !whole {
		f.Error = s.p.say(w.user.id, "platform.form-partly-lost")
	}
	o := s.p.begin(w, f)
	o.keep(values)
	return o
}

// back shows the page before, with what has been typed.
func (s *shift) back(w place, i interaction, ack *answering) {
	ack.give(nil)
	c, err := readCarried(i.View)
	if err != nil || c.Page == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(s.ctx, answerTimeout)
	defer cancel()
	o, ok := s.p.forms.get(c.Session)
	if ok {
		o.keep(i.View.values())
	} else if o = s.backAnew(w, i, c); o == nil {
		s.p.pushNotice(ctx, w)
		return
	}
	err = s.p.updateView(ctx, slackView{id: i.View.ID, hash: i.View.Hash}, s.p.modal(o.filledIn(), min(c.Page, len(o.pages))-1))
	if coded(err, "hash_conflict") {
		return // pressed twice: the first has been heard
	}
	s.p.noteView(err)
}

// backAnew is the form as it was before a restart; nil when it can't be had.
func (s *shift) backAnew(w place, i interaction, c carried) *session {
	values, ok := unpack(c.Others)
	if values == nil {
		values = map[string]string{}
	}
	maps.Copy(values, i.View.values())
	return s.reopened(s.inCarried(w, c), c, values, ok && !c.Less, "t/"+i.TriggerID)
}

// pushNotice says, upon the form that stays as it is, that its other pages are
// lost.
func (p *Platform) pushNotice(ctx context.Context, w place) {
	err := p.call(ctx, "views.push", "", func(ctx context.Context) error {
		_, err := p.api.PushViewContext(ctx, w.trigger, p.notice(w.user.id, "platform.form-lost-title", "platform.form-lost"))
		return err
	})
	if err != nil {
		p.log.Warn("a form could not be opened", "error", err)
	}
}
