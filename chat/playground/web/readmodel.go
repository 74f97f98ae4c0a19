package web

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	"roundtable/chat"
	"roundtable/chat/playground"
)

// readModel is the fold of a chat's changes as pages need it: what stands where,
// in order, and what has changed after a number. Safe for concurrent use.
type readModel struct {
	chat *playground.Chat

	mu         sync.RWMutex
	seq        int64     // of the last change
	firstAt    time.Time // of the first change: tells one chat from another
	items      map[chat.PostID]*item
	byChannel  map[chat.ChannelID][]*item
	people     map[chat.PersonID]chat.Person
	channels   []chat.ChannelID
	unanswered map[string]playground.Act
	forms      map[chat.PersonID]*update // those that are open
	updates    []*update                 // by number, ascending
	marks      readMarks
	signals    signals
	updated    chan struct{} // closed and replaced when there are new updates
}

// signals count what pages are told of and what is no change of the chat: that
// the clock was moved, and that a channel was seated.
type signals struct{ clock, people int }

// item is one thing that stands in a channel, a thread or a direct
// conversation.
type item struct {
	in     chat.ChannelID
	root   chat.PostID
	to     chat.PersonID // the only one who sees it; zero for all
	by     chat.PersonID
	seq    int64 // the change that made it: its place
	latest *update
	footer *update // of a root: what is said of its thread
	// replies of a root that all see, and when the last one came.
	replies int
	last    time.Time
}

func newReadModel(talk *playground.Chat) *readModel {
	m := &readModel{
		chat: talk, items: map[chat.PostID]*item{}, byChannel: map[chat.ChannelID][]*item{},
		people: map[chat.PersonID]chat.Person{}, unanswered: map[string]playground.Act{},
		forms: map[chat.PersonID]*update{}, updated: make(chan struct{}),
	}
	m.catchUp()
	m.marks = newReadMarks(m.seq)
	return m
}

// catchUp takes in what has happened since.
func (m *readModel) catchUp() {
	m.mu.Lock()
	defer m.mu.Unlock()
	before := len(m.updates)
	for _, c := range m.chat.Changes(m.seq) {
		if m.seq == 0 {
			m.firstAt = c.At
		}
		m.seq = c.Seq
		m.apply(c)
	}
	if len(m.updates) > before {
		m.wakeReaders()
	}
}

// wakeReaders wakes those who wait for updates. The caller holds the lock.
func (m *readModel) wakeReaders() {
	close(m.updated)
	m.updated = make(chan struct{})
}

// signal tells every page what is no change of the chat.
func (m *readModel) signal(count func(*signals)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	count(&m.signals)
	m.wakeReaders()
}

// epoch names the chat, so that a page knows one chat from another.
func (m *readModel) epoch() string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return strconv.FormatInt(m.firstAt.UnixNano(), 36)
}

// lastSeq returns the number of the last change taken in.
func (m *readModel) lastSeq() int64 {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.seq
}

// since returns what a person's page has to be told after a number, and what is
// closed when there is more. Of what has changed several times only the newest
// is told.
func (m *readModel) since(after int64, who chat.PersonID) (updates []*update, s signals, updated <-chan struct{}) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	from := sort.Search(len(m.updates), func(i int) bool { return m.updates[i].seq > after })
	for _, u := range m.updates[from:] {
		if !u.stale && u.concerns(who) {
			updates = append(updates, u)
		}
	}
	return updates, m.signals, m.updated
}

// visible returns what a person sees in a channel: its roots, or the replies to
// one.
func (m *readModel) visible(in chat.ChannelID, root chat.PostID, who chat.PersonID) []*item {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var out []*item
	for _, it := range m.byChannel[in] {
		if it.root == root && it.visibleTo(who) {
			out = append(out, it)
		}
	}
	return out
}

// item returns what is known of a post; nil when nothing is.
func (m *readModel) item(id chat.PostID) *item {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.items[id]
}

// latest returns the update that shows an item as it is now.
func (m *readModel) latest(it *item) *update {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return it.latest
}

func (m *readModel) footerOf(id chat.PostID, it *item) threadFooter {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return threadFooter{elementID(id), it.replies, it.last}
}

// form returns the update that shows the form that is open in front of a person;
// nil when none is.
func (m *readModel) form(who chat.PersonID) *update {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.forms[who]
}

// person returns what is known of a person; zero for one who isn't there.
func (m *readModel) person(id chat.PersonID) chat.Person {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.people[id]
}

// openChannels returns the channels in the order in which they came.
func (m *readModel) openChannels() []chat.ChannelID {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return slices.Clone(m.channels)
}

// exists says whether the person is there and sees the channel; a channel without
// a name is none, and seen by all.
func (m *readModel) exists(at viewpoint) bool {
	m.mu.RLock()
	defer m.mu.RUnlock()
	_, known := m.people[at.who]
	return known && (at.in.Channel == "" || at.in == playground.Direct(at.who) || slices.Contains(m.channels, at.in))
}

// firstViewpoint returns where somebody who comes without an address begins: with
// an administrator, if there is one. ok is false when nobody is there.
func (m *readModel) firstViewpoint() (at viewpoint, ok bool) {
	people := m.chat.People()
	m.mu.RLock()
	defer m.mu.RUnlock()
	for _, admin := range []bool{true, false} {
		for _, person := range people {
			for _, in := range m.channels {
				if person.Admin == admin && !person.Gone && in.Connection == person.ID.Connection {
					return viewpoint{person.ID, in}, true
				}
			}
		}
	}
	return at, false
}

// apply takes in one change. The caller holds the lock.
func (m *readModel) apply(c playground.Change) {
	switch {
	case c.Joined != nil:
		m.people[c.Joined.ID] = *c.Joined
		m.addUpdate(newUpdate(c.Seq, peopleUpdate, &content{}))
	case c.Opened != nil, c.Archived != nil:
		m.channels = m.chat.Channels()
		m.addUpdate(newUpdate(c.Seq, peopleUpdate, &content{}))
	case c.Acted != nil:
		m.addAct(c)
	case c.Answered != nil:
		m.addAnswer(c)
	case c.Posted != nil:
		m.addPost(c.Seq, *c.Posted)
	case c.Edited != nil:
		m.changePost(c, c.Edited.Post)
	case c.Deleted != nil:
		m.changePost(c, *c.Deleted)
	case c.Reacted != nil:
		m.changePost(c, c.Reacted.Post)
	case c.Unreacted != nil:
		m.changePost(c, c.Unreacted.Post)
	case c.FormShown != nil:
		u := newUpdate(c.Seq, formUpdate, &content{form: c.FormShown})
		u.to = c.FormShown.To
		u.supersede(m.forms[u.to])
		m.forms[u.to] = u
		m.addUpdate(u)
	case c.FormClosed != nil:
		u := newUpdate(c.Seq, formClosedUpdate, &content{closed: c.FormClosed.ID})
		u.to = c.FormClosed.To
		u.supersede(m.forms[u.to])
		delete(m.forms, u.to)
		m.addUpdate(u)
	}
}

func (m *readModel) addUpdate(u *update) { m.updates = append(m.updates, u) }

// addPost puts a new post where it stands.
func (m *readModel) addPost(seq int64, p playground.Post) {
	it := &item{
		in: chat.ChannelID{Connection: p.ID.Connection, Channel: p.ID.Channel}, root: p.Root, to: p.To, by: p.By, seq: seq,
	}
	m.items[p.ID] = it
	m.byChannel[it.in] = append(m.byChannel[it.in], it)
	if root := m.items[p.Root]; root != nil && p.To == (chat.PersonID{}) {
		root.replies++
		root.last = p.At
		m.changeFooter(seq, p.Root, root)
	}
	m.showPost(seq, it, p)
}

// changePost shows a post as it is after the change.
func (m *readModel) changePost(c playground.Change, id chat.PostID) {
	it := m.items[id]
	if it == nil {
		return
	}
	p := it.latest.content.Load().post
	switch {
	case c.Edited != nil:
		p.Message, p.EditedAt = c.Edited.Message, c.At
		p.Edits++
	case c.Deleted != nil:
		p.Deleted, p.Message, p.Reactions = true, chat.Message{}, nil
		if root := m.items[it.root]; root != nil && it.to == (chat.PersonID{}) {
			root.replies--
			m.changeFooter(c.Seq, it.root, root)
		}
	case c.Reacted != nil:
		p.Reactions = append(slices.Clip(p.Reactions), *c.Reacted)
	case c.Unreacted != nil:
		var rest []playground.Reaction
		for _, r := range p.Reactions {
			if r != *c.Unreacted {
				rest = append(rest, r)
			}
		}
		p.Reactions = rest
	}
	m.showPost(c.Seq, it, p)
}

func (m *readModel) showPost(seq int64, it *item, p playground.Post) {
	u := newUpdate(seq, postUpdate, &content{post: p})
	u.it = it
	u.supersede(it.latest)
	it.latest = u
	m.addUpdate(u)
}

// changeFooter tells what is said of a thread below its root, and has the root
// itself rendered anew for pages to come.
func (m *readModel) changeFooter(seq int64, id chat.PostID, root *item) {
	u := newUpdate(seq, footerUpdate, &content{footer: threadFooter{elementID(id), root.replies, root.last}})
	u.it = root
	u.supersede(root.footer)
	root.footer = u
	m.addUpdate(u)
	root.latest.content.Store(&content{post: root.latest.content.Load().post})
}

// addAct shows a person the command that they typed and that nobody else sees.
func (m *readModel) addAct(c playground.Change) {
	a := *c.Acted
	m.unanswered[a.ID] = a
	if a.Typed == nil || a.Post != (chat.PostID{}) {
		return
	}
	m.addPost(c.Seq, pageOnlyPost(a, typedPrefix+a.ID, chat.Shorten(a.Shown, maxTypedRunes), c))
}

// addAnswer tells a person, and with them a developer, when the chat could not
// show what the bot said.
func (m *readModel) addAnswer(c playground.Change) {
	a := m.unanswered[c.Answered.Act]
	delete(m.unanswered, c.Answered.Act)
	if c.Answered.Refused != "" && a.ID != "" {
		why := strings.TrimPrefix(c.Answered.Refused, "playground: ")
		m.addPost(c.Seq, pageOnlyPost(a, refusedPrefix+a.ID, why, c))
	}
}

// What the ids of posts begin with that stand in no chat, but on the page only.
const (
	typedPrefix   = "typed-"   // a command, which only who typed it sees
	refusedPrefix = "refused-" // why the chat refused an answer
)

// maxTypedRunes is how much of a command its writer sees again, in characters.
const maxTypedRunes = 500

// pageOnlyPost is a line to who acted that stands in no chat: the page's own.
func pageOnlyPost(a playground.Act, name, text string, c playground.Change) playground.Post {
	return playground.Post{
		ID:   chat.PostID{Connection: a.Channel.Connection, Channel: a.Channel.Channel, Message: name},
		Root: a.Thread, By: a.By, To: a.By, At: c.At, Message: chat.Say(text),
	}
}

// visibleTo says whether a person sees an item at all.
func (it *item) visibleTo(who chat.PersonID) bool {
	if it.in.Connection != who.Connection || it.to != (chat.PersonID{}) && it.to != who {
		return false
	}
	return !isDirect(it.in) || it.in == playground.Direct(who)
}

// isDirect says whether a channel is a direct conversation: as the chat has it,
// no other begins with an '@'.
func isDirect(in chat.ChannelID) bool { return strings.HasPrefix(in.Channel, "@") }
