package slack

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"sort"
	"strings"

	"roundtable/chat"
)

// carried is what travels with a modal, since the process may end while it is
// open: in its private_metadata, before the form's state, and of what doesn't fit
// there as much as the button "Back" takes. Slack counts 3,000 characters, and a
// state takes 2,000 bytes.
type carried struct {
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

// carry writes down what travels with a page: the metadata, and the value of the
// button that leads back, which a first page hasn't got.
func (o *session) carry(page int) (metadata, back string) {
	c := carried{
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

func (c carried) head() string {
	head, err := json.Marshal(c)
	if err != nil {
		return "" // impossible: plain data
	}
	return string(head)
}

// room is how many characters the metadata has left.
func (o *session) room(c carried) int {
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

func readCarried(v view) (carried, error) {
	head, state, ok := strings.Cut(v.PrivateMetadata, "\n")
	var c carried
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

// what is what somebody did that was answered with the form; nil when it isn't
// known.
func (c carried) what(on chat.PostID) chat.What {
	switch {
	case c.Action != "":
		return chat.Pressed{Action: c.Action, Value: c.Value, Scope: c.Pressed, On: on}
	case c.Typed != "":
		return chat.Typed{Text: c.Typed}
	}
	return nil
}
