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

// board is the fold of a chat's changes as pages need it: what stands where, in
// order, and what has changed after a number.
type board struct {
	chat *playground.Chat

	mu       sync.RWMutex
	seq      int64
	born     time.Time // of the first change: tells one chat from another
	base     int64     // what was there when the page came up counts as read
	items    map[chat.PostID]*item
	inside   map[chat.ChannelID][]*item
	people   map[chat.PersonID]chat.Person
	channels []chat.ChannelID
	acts     map[string]playground.Act // those without an answer
	forms    map[chat.PersonID]*frame
	frames   []*frame // by number, ascending
	read     map[string]int64
	unkept   bool // base and read have changed since they were kept
	pulsed   pulses
	news     chan struct{} // closed and replaced when there are new frames
}

// pulses count what pages are told of and what is no change of the chat: that
// the clock was moved, and that a channel was seated.
type pulses struct{ clock, people int }

// item is one thing that stands in a channel, a thread or a direct
// conversation.
type item struct {
	in     chat.ChannelID
	root   chat.PostID
	to     chat.PersonID // the only one who sees it; zero for all
	by     chat.PersonID
	seq    int64 // the change that made it: its place
	latest *frame
	foot   *frame // of a root: what is said of its thread
	// replies of a root that all see, and when the last one came.
	replies int
	last    time.Time
}

func newBoard(talk *playground.Chat) *board {
	b := &board{
		chat: talk, items: map[chat.PostID]*item{}, inside: map[chat.ChannelID][]*item{},
		people: map[chat.PersonID]chat.Person{}, acts: map[string]playground.Act{},
		forms: map[chat.PersonID]*frame{}, read: map[string]int64{}, news: make(chan struct{}),
	}
	b.catchUp()
	b.base, b.unkept = b.seq, true
	return b
}

// catchUp takes in what has happened since.
func (b *board) catchUp() {
	b.mu.Lock()
	defer b.mu.Unlock()
	before := len(b.frames)
	for _, c := range b.chat.Changes(b.seq) {
		if b.seq == 0 {
			b.born = c.At
		}
		b.seq = c.Seq
		b.take(c)
	}
	if len(b.frames) > before {
		b.ring()
	}
}

// ring wakes those who wait for frames. The caller holds the lock.
func (b *board) ring() {
	close(b.news)
	b.news = make(chan struct{})
}

// pulse tells every page what is no change of the chat.
func (b *board) pulse(count func(*pulses)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	count(&b.pulsed)
	b.ring()
}

// epoch names the chat, so that a page knows one chat from another.
func (b *board) epoch() string {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return strconv.FormatInt(b.born.UnixNano(), 36)
}

// since returns what a person's page has to be told after a number, and what is
// closed when there is more. Of what has changed several times only the newest
// is told.
func (b *board) since(after int64, who chat.PersonID) (frames []*frame, pulsed pulses, news <-chan struct{}) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	from := sort.Search(len(b.frames), func(i int) bool { return b.frames[i].seq > after })
	for _, f := range b.frames[from:] {
		if !f.stale && f.reaches(who) {
			frames = append(frames, f)
		}
	}
	return frames, b.pulsed, b.news
}

// sees says whether a person sees an item at all.
func (it *item) sees(who chat.PersonID) bool {
	if it.in.Connection != who.Connection || it.to != (chat.PersonID{}) && it.to != who {
		return false
	}
	return !isDirect(it.in) || it.in == playground.Direct(who)
}

// standing returns what a person sees in a channel: its roots, or the replies
// to one.
func (b *board) standing(in chat.ChannelID, root chat.PostID, who chat.PersonID) []*item {
	b.mu.RLock()
	defer b.mu.RUnlock()
	var out []*item
	for _, it := range b.inside[in] {
		if it.root == root && it.sees(who) {
			out = append(out, it)
		}
	}
	return out
}

// unread counts what others have said to a person in a place since they looked.
func (b *board) unread(in chat.ChannelID, who chat.PersonID) int {
	mark := max(b.base, b.read[markKey(who, in.Channel)])
	all := b.inside[in]
	from := sort.Search(len(all), func(i int) bool { return all[i].seq > mark })
	n := 0
	for _, it := range all[from:] {
		if it.by != who && it.sees(who) && (it.root == chat.PostID{} || it.to == who) {
			n++
		}
	}
	return n
}

// firstNew returns the element of the first root in a channel that others have
// put there since a person looked; empty when there is none.
func (b *board) firstNew(at place) string {
	b.mu.RLock()
	defer b.mu.RUnlock()
	mark := max(b.base, b.read[markKey(at.who, at.in.Channel)])
	all := b.inside[at.in]
	from := sort.Search(len(all), func(i int) bool { return all[i].seq > mark })
	for _, it := range all[from:] {
		if it.by != at.who && it.sees(at.who) && it.root == (chat.PostID{}) {
			return elementID(it.latest.content.Load().post.ID)
		}
	}
	return ""
}

// unreadThreads returns the elements of a channel's roots whose threads have
// replies that a person has not looked at.
func (b *board) unreadThreads(at place) string {
	b.mu.RLock()
	defer b.mu.RUnlock()
	all := b.inside[at.in]
	from := sort.Search(len(all), func(i int) bool { return all[i].seq > b.base })
	var ids []string
	for _, it := range all[from:] {
		id := elementID(it.root)
		if it.root == (chat.PostID{}) || it.by == at.who || !it.sees(at.who) || slices.Contains(ids, id) {
			continue
		}
		if it.seq > b.read[markKey(at.who, at.in.Channel+"\n"+it.root.Message)] {
			ids = append(ids, id)
		}
	}
	return strings.Join(ids, " ")
}

// looked notes that a person has read a place, a channel or a thread in it.
func (b *board) looked(who chat.PersonID, place string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.read[markKey(who, place)] = b.seq
	b.unkept = true
}

func markKey(who chat.PersonID, place string) string {
	return who.Connection + "\n" + who.User + "\n" + place
}

// isDirect says whether a channel is a direct conversation: as the chat has it,
// no other begins with an '@'.
func isDirect(in chat.ChannelID) bool { return strings.HasPrefix(in.Channel, "@") }

// known is the number of the last change taken in.
func (b *board) known() int64 {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.seq
}
