package web

import (
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"roundtable/chat"
	"roundtable/chat/playground"
)

// The kinds of updates, as the page's script knows them.
const (
	postUpdate       = "post"        // a post is there, or reads otherwise
	footerUpdate     = "foot"        // what is said of a thread below its root
	formUpdate       = "form"        // a form is open, or shown again
	formClosedUpdate = "form-closed" // it is not any more
	peopleUpdate     = "people"      // people or channels have changed
	markUpdate       = "mark"        // a post is there that the person doesn't see
)

// update is one thing that pages are told.
type update struct {
	seq  int64
	kind string // postUpdate or one of the others
	// stale: a newer update says the same better. The read model's lock guards it.
	stale bool

	it      *item         // of a post or footer
	to      chat.PersonID // whose form it is
	content atomic.Pointer[content]
}

// content is what an update says: one of its parts. It does not change, and is
// rendered once for each language, whatever the number of pages. It is let go
// when the update is stale.
type content struct {
	post   playground.Post
	footer threadFooter
	form   *playground.OpenForm
	closed string // the ID of a form

	mu       sync.Mutex
	rendered map[string][]byte // by what and language
}

func newUpdate(seq int64, kind string, c *content) *update {
	u := &update{seq: seq, kind: kind}
	u.content.Store(c)
	return u
}

// threadFooter is what is said of a thread below its root.
type threadFooter struct {
	ID    string // the root's element
	Count int
	Last  time.Time
}

// concerns says whether a person's page has to know, be it only that somebody
// else has got something.
func (u *update) concerns(who chat.PersonID) bool {
	switch u.kind {
	case postUpdate:
		return u.it.visibleTo(who) || u.seq == u.it.seq
	case footerUpdate:
		return u.it.visibleTo(who)
	case formUpdate, formClosedUpdate:
		return u.to == who
	}
	return true
}

// supersede lets go what an older update held. The caller holds the read model's
// lock.
func (u *update) supersede(old *update) {
	if old != nil {
		old.stale = true
		old.content.Store(nil)
	}
}

// event is an update as a page reads it.
type event struct {
	Kind string `json:"kind"`
	// Seq is the place of a post among others; ID its element's.
	Seq int64  `json:"seq,omitempty"`
	ID  string `json:"id,omitempty"`
	// Channel and Root say where it stands; Person to whom alone it was said,
	// By who said it.
	Channel string `json:"channel,omitempty"`
	Root    string `json:"root,omitempty"`
	Person  string `json:"person,omitempty"`
	By      string `json:"by,omitempty"`
	// Text is for screen readers; empty when there is nothing new to read.
	Text string `json:"text,omitempty"`
	HTML string `json:"html,omitempty"`
}

// position says where a post has come, without what it says.
func (u *update) position() event {
	e := event{Kind: markUpdate, Seq: u.it.seq, Channel: channelKey(u.it.in)}
	if u.it.root != (chat.PostID{}) {
		e.Root = elementID(u.it.root)
	}
	switch {
	case u.it.to != (chat.PersonID{}):
		e.Person = personKey(u.it.to)
	case isDirect(u.it.in):
		e.Person = personKey(chat.PersonID{Connection: u.it.in.Connection, User: u.it.in.Channel[1:]})
	}
	return e
}

// renderOnce renders the content, if nobody has done so yet, and keeps the result
// under the key. It returns nothing for an update that is stale by now.
func (u *update) renderOnce(key string, render func(*content) ([]byte, error)) ([]byte, error) {
	c := u.content.Load()
	if c == nil {
		return nil, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if known, ok := c.rendered[key]; ok {
		return known, nil
	}
	text, err := render(c)
	if err != nil {
		return nil, err
	}
	if c.rendered == nil {
		c.rendered = map[string][]byte{}
	}
	c.rendered[key] = text
	return text, nil
}

// encodeEvent puts an event into the form of text/event-stream. JSON has no line
// breaks, so one line of data is enough.
func encodeEvent(id int64, e event) ([]byte, error) {
	data, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("write event: %w", err)
	}
	if id == 0 {
		return fmt.Appendf(nil, "data: %s\n\n", data), nil
	}
	return fmt.Appendf(nil, "id: %d\ndata: %s\n\n", id, data), nil
}

// elementID is the id of a post's element. Messages' ids are unique in a chat.
func elementID(p chat.PostID) string { return "p-" + p.Message }

func personKey(p chat.PersonID) string {
	if p == (chat.PersonID{}) {
		return ""
	}
	return p.Connection + "/" + p.User
}

func channelKey(c chat.ChannelID) string { return c.Connection + "/" + c.Channel }
