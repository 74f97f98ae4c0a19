package slack

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"sort"
	"strings"

	"roundtable/chat"
	"roundtable/chat/slack/webapi"
)

// modalState is what travels with a modal, since the process may end while it is
// open: in its private_metadata, before the form's state, and of what doesn't fit
// there as much as the button "Back" takes. Slack counts 3,000 characters, and a
// state takes 2,000 bytes.
type modalState struct {
	Session string `json:"s"`
	Name    string `json:"n"`
	Scope   string `json:"k,omitempty"`
	Channel string `json:"c"`
	Thread  string `json:"t,omitempty"`
	Direct  bool   `json:"d,omitempty"`
	Home    bool   `json:"h,omitempty"`
	Page    int    `json:"p,omitempty"`
	Pages   int    `json:"o"`
	// How the form can be had again: the command, or the button's action and value
	// and the post it is on.
	Typed   string `json:"y,omitempty"`
	Action  string `json:"a,omitempty"`
	Value   string `json:"v,omitempty"`
	Pressed string `json:"e,omitempty"` // the button's scope
	On      string `json:"m,omitempty"`
	// Others is what stands on the other pages, packed; Less says that it is not
	// all.
	Others string `json:"x,omitempty"`
	Less   bool   `json:"l,omitempty"`
	state  string
}

// state writes down what travels with a page: the metadata, and the value of the
// button that leads back, which a first page hasn't got.
func (o *session) state(page int) (metadata, back string) {
	c := modalState{
		Session: o.id, Name: o.form.Name, Scope: o.form.Scope, Channel: o.place.channel, Thread: o.place.thread, Direct: o.place.direct, Home: o.place.home, Page: page, Pages: len(o.pages),
	}
	if c.Pages > 1 {
		c.Typed = o.place.typed
		if press := o.place.again; press != nil {
			c.Action, c.Value, c.Pressed, c.On = press.Action, press.Value, press.Scope, press.On.Message
		}
		if o.room(c) < 0 {
			c.Typed, c.Action, c.Value, c.Pressed, c.On = "", "", "", "", ""
		}
		c.Less = true // for its own room
		here, behind := max(0, o.room(c)-othersRoom), 0
		if page > 0 {
			behind = maxButtonValue
		}
		var all string
		all, c.Less = pack(o.others(page), here+behind)
		here = min(here, len(all))
		c.Others, back = all[:here], all[here:]
	}
	return c.head() + "\n" + o.form.State, back
}

// othersRoom is what JSON adds to the values of other pages.
const othersRoom = len(`,"x":""`)

func (c modalState) head() string {
	head, err := json.Marshal(c)
	if err != nil {
		return "" // impossible: plain data
	}
	return string(head)
}

// room is how many characters the metadata has left.
func (o *session) room(c modalState) int {
	return maxMetadata - length(c.head()) - 1 - length(o.form.State)
}

// others is what stands in the fields of the other pages.
func (o *session) others(page int) map[string]string {
	all := map[string]string{}
	for i, f := range o.form.Fields {
		if !slices.Contains(o.pages[page], i) {
			all[f.Name] = f.Value
		}
	}
	return all
}

// pack writes values in at most so many characters of ASCII. less says that the
// longest were left out for that.
func pack(values map[string]string, most int) (packed string, less bool) {
	names := slices.SortedFunc(maps.Keys(values), func(a, b string) int {
		if d := len(values[b]) - len(values[a]); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	without := func(longest int) string {
		rest := maps.Clone(values)
		for _, name := range names[:longest] {
			delete(rest, name)
		}
		return deflated(rest)
	}
	out := sort.Search(len(names), func(n int) bool { return len(without(n)) <= most })
	if packed = without(out); len(packed) > most {
		packed = ""
	}
	return packed, out > 0
}

func deflated(values map[string]string) string {
	plain, err := json.Marshal(values)
	if err != nil {
		return "" // impossible: plain data
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return "" // impossible: the level is known
	}
	_, _ = w.Write(plain) // a buffer takes everything
	_ = w.Close()
	return base64.RawURLEncoding.EncodeToString(b.Bytes())
}

// maxPacked bounds what is unpacked: Slack's views are smaller.
const maxPacked = 1 << 20

// unpack reads what pack wrote; ok is false when it can't be read.
func unpack(packed string) (values map[string]string, ok bool) {
	if packed == "" {
		return nil, true
	}
	deflated, err := base64.RawURLEncoding.DecodeString(packed)
	if err != nil {
		return nil, false
	}
	r := flate.NewReader(bytes.NewReader(deflated))
	plain, err := io.ReadAll(io.LimitReader(r, maxPacked))
	if err != nil || json.Unmarshal(plain, &values) != nil {
		return nil, false
	}
	return values, true
}

func readState(v view) (modalState, error) {
	head, state, ok := strings.Cut(v.PrivateMetadata, "\n")
	var c modalState
	if err := json.Unmarshal([]byte(head), &c); err != nil || !ok {
		return c, errors.New("a form that this bot did not open")
	}
	c.state = state
	c.Others += v.backValue()
	return c, nil
}

// backValue is the value of the button that leads to the page before.
func (v view) backValue() string {
	for _, block := range v.Blocks {
		for _, raw := range block.Elements {
			var button action
			if json.Unmarshal(raw, &button) == nil && strings.HasPrefix(button.ActionID, backAction+"/") {
				return button.Value
			}
		}
	}
	return ""
}

// opening is what somebody did that was answered with the form; nil when it isn't
// known.
func (c modalState) opening(on chat.PostID) chat.What {
	switch {
	case c.Action != "":
		return chat.Pressed{Action: c.Action, Value: c.Value, Scope: c.Pressed, On: on}
	case c.Typed != "":
		return chat.Typed{Text: c.Typed}
	}
	return nil
}

// placeInForm is where somebody is who sends a form back: where it was opened.
func (r *run) placeInForm(w place, o *session) place {
	at := o.place
	at.user, at.trigger = w.user, w.trigger
	return at
}

// placeInState is the same after a restart, as far as the form itself tells.
func (r *run) placeInState(w place, c modalState) place {
	w.channel, w.thread, w.direct, w.home, w.typed = c.Channel, c.Thread, c.Direct, c.Home, c.Typed
	if press, ok := c.opening(r.p.post(c.Channel, c.On)).(chat.Pressed); ok {
		w.again = &press
	}
	return w
}

// restore goes on with a form of several pages that the process does not know any
// more: what stands on the other pages has travelled with this one. It answers,
// and returns true, unless this was the last page and nothing is missing.
func (a *submission) restore(c modalState, id string) bool {
	values, ok := unpack(c.Others)
	if values == nil {
		values = map[string]string{}
	}
	all := ok && !c.Less
	maps.Copy(values, a.values)
	a.values = values
	if all && c.Page+1 == c.Pages {
		return false
	}
	o := a.run.reopen(a.place, c, values, all, id)
	if o == nil {
		a.lost()
		return true
	}
	page := 0 // where the loss is told
	if all {
		page = min(c.Page+1, len(o.pages)-1)
	}
	a.update(a.run.p.modals.modal(o.filledIn(), page))
	return true
}

// lost says that the other pages are lost; what stands on this one stays, unless
// "one moment" has been shown in its place.
func (a *submission) lost() {
	modals, user := a.run.p.modals, a.place.user.id
	if !a.errorsAt(anyKey(a.view.State.Values), modals.people.say(user, "platform.form-lost")) {
		a.updateLater(modals.notice(user, "platform.form-lost-title", "platform.form-lost"))
	}
}

// reopen asks for a form again, as what opened it did, and fills it in; nil when
// it can't be had.
func (r *run) reopen(w place, c modalState, values map[string]string, all bool, id string) *session {
	what := c.opening(r.p.post(c.Channel, c.On))
	if what == nil {
		return nil
	}
	reply := r.ask(r.incoming(w, id+"/form", what))
	if reply.Form == nil || reply.Form.Name != c.Name || reply.Form.Check() != nil {
		return nil
	}
	f := keepTyped(*reply.Form, values)
	f.State = c.state
	if !all {
		f.Error = r.p.people.say(w.user.id, "platform.form-partly-lost")
	}
	o := r.p.modals.begin(w, f)
	o.keep(values)
	return o
}

// back shows the page before, with what has been typed.
func (r *run) back(w place, i interaction, ack *acknowledgement) {
	ack.send(nil)
	c, err := readState(i.View)
	if err != nil || c.Page == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(r.ctx, answerTimeout)
	defer cancel()
	o, ok := r.p.modals.open.Get(c.Session)
	if ok {
		o.keep(i.View.values())
	} else if o = r.reopenBefore(w, i, c); o == nil {
		r.p.modals.pushNotice(ctx, w)
		return
	}
	err = r.p.modals.update(ctx, webapi.View{ID: i.View.ID, Hash: i.View.Hash}, r.p.modals.modal(o.filledIn(), min(c.Page, len(o.pages))-1))
	if webapi.Coded(err, "hash_conflict") {
		return // pressed twice: the first has been heard
	}
	r.p.modals.noteUpdate(err)
}

// reopenBefore is the form as it was before a restart; nil when it can't be had.
func (r *run) reopenBefore(w place, i interaction, c modalState) *session {
	values, ok := unpack(c.Others)
	if values == nil {
		values = map[string]string{}
	}
	maps.Copy(values, i.View.values())
	return r.reopen(r.placeInState(w, c), c, values, ok && !c.Less, "t/"+i.TriggerID)
}
