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

// frame is one thing that pages are told.
type frame struct {
	seq  int64
	kind string // "post", "foot", "form", "form-closed", "people"
	// stale: a newer frame says the same better. The board's lock guards it.
	stale bool

	it      *item         // of a post or foot
	to      chat.PersonID // whose form it is
	content atomic.Pointer[content]
}

// content is what a frame says: one of its parts. It does not change, and is
// put into words once for each language, whatever the number of pages. It is
// let go when the frame is stale.
type content struct {
	post   playground.Post
	foot   foot
	form   *playground.OpenForm
	closed string // the ID of a form

	mu    sync.Mutex
	words map[string][]byte // by what and language
}

func newFrame(seq int64, kind string, c *content) *frame {
	f := &frame{seq: seq, kind: kind}
	f.content.Store(c)
	return f
}

// foot is what is said of a thread below its root.
type foot struct {
	ID    string // the root's element
	Count int
	Last  time.Time
}

// reaches says whether a person's page has to know, be it only that somebody
// else has got something.
func (f *frame) reaches(who chat.PersonID) bool {
	switch f.kind {
	case "post":
		return f.it.sees(who) || f.seq == f.it.seq
	case "foot":
		return f.it.sees(who)
	case "form", "form-closed":
		return f.to == who
	}
	return true
}

// supersede lets go what an older frame held. The caller holds the board's
// lock.
func (f *frame) supersede(old *frame) {
	if old != nil {
		old.stale = true
		old.content.Store(nil)
	}
}

// event is a frame as a page reads it.
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
	Now  int64  `json:"now,omitempty"` // of a clock: milliseconds
}

// tell returns the frame as one event of a stream for a person's page, or
// nothing when it was superseded meanwhile.
func (p *Page) tell(f *frame, who chat.PersonID, lang string) ([]byte, error) {
	if f.kind == "post" && !f.it.sees(who) {
		return f.once("mark", func(*content) ([]byte, error) { return stream(f.seq, f.mark()) })
	}
	return f.once(lang, func(c *content) ([]byte, error) {
		e := event{Kind: f.kind}
		var err error
		id := f.seq
		switch f.kind {
		case "post":
			e = f.mark()
			e.Kind, e.ID, e.By = f.kind, elementID(c.post.ID), personKey(f.it.by)
			e.HTML, err = p.postHTML(f.it, c.post, lang)
			if f.seq == f.it.seq {
				e.Text = p.aloud(c.post, lang)
			}
		case "foot":
			// Its number is that of the reply that follows: only that one says it.
			id, e.ID = 0, c.foot.ID
			e.HTML, err = p.html(lang, "foot", c.foot)
		case "form":
			e.ID = c.form.ID
			e.HTML, err = p.html(lang, "form", formView(c.form))
		case "form-closed":
			e.ID = c.closed
		}
		if err != nil {
			return nil, err
		}
		return stream(id, e)
	})
}

// mark says where a post has come, without what it says.
func (f *frame) mark() event {
	e := event{Kind: "mark", Seq: f.it.seq, Channel: channelKey(f.it.in)}
	if f.it.root != (chat.PostID{}) {
		e.Root = elementID(f.it.root)
	}
	switch {
	case f.it.to != (chat.PersonID{}):
		e.Person = personKey(f.it.to)
	case isDirect(f.it.in):
		e.Person = personKey(chat.PersonID{Connection: f.it.in.Connection, User: f.it.in.Channel[1:]})
	}
	return e
}

// once puts the content into words, if nobody has done so yet. What belongs to
// a frame that is stale by now is nothing.
func (f *frame) once(key string, words func(*content) ([]byte, error)) ([]byte, error) {
	c := f.content.Load()
	if c == nil {
		return nil, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if known, ok := c.words[key]; ok {
		return known, nil
	}
	text, err := words(c)
	if err != nil {
		return nil, err
	}
	if c.words == nil {
		c.words = map[string][]byte{}
	}
	c.words[key] = text
	return text, nil
}

// stream puts an event into the form of text/event-stream. JSON has no line
// breaks, so one line of data is enough.
func stream(id int64, e event) ([]byte, error) {
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
