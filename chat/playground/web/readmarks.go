package web

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"time"

	"roundtable/chat"
)

// saveInterval is how often read marks are written, where they have changed. A
// process that is killed loses as much.
const saveInterval = time.Second

// readMarks are what people have read: the number of the last change that a
// person has seen in a channel or thread. The read model's lock guards them.
type readMarks struct {
	base    int64            // what everybody has read
	read    map[string]int64 // by readKey
	unsaved bool
}

// newReadMarks returns marks by which all up to a number is read.
func newReadMarks(base int64) readMarks {
	return readMarks{base: base, read: map[string]int64{}, unsaved: true}
}

// last returns the number of the last change that a person has read in a place.
func (r *readMarks) last(who chat.PersonID, place string) int64 {
	return max(r.base, r.read[readKey(who, place)])
}

// readKey names a place, as one person reads it. The place is a channel's name or,
// of a thread, threadPlace.
func readKey(who chat.PersonID, place string) string {
	return who.Connection + "\n" + who.User + "\n" + place
}

// threadPlace names a thread, by the message at its root.
func threadPlace(in chat.ChannelID, message string) string { return in.Channel + "\n" + message }

// markRead notes that a person has read a place: a channel, or a thread in it.
func (m *readModel) markRead(who chat.PersonID, place string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.marks.read[readKey(who, place)] = m.seq
	m.marks.unsaved = true
}

// after returns the items of a channel that came after a change. The caller holds
// the lock.
func (m *readModel) after(in chat.ChannelID, seq int64) []*item {
	all := m.byChannel[in]
	return all[sort.Search(len(all), func(i int) bool { return all[i].seq > seq }):]
}

// unread counts what others have said to a person in a channel since they looked.
func (m *readModel) unread(in chat.ChannelID, who chat.PersonID) int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	n := 0
	for _, it := range m.after(in, m.marks.last(who, in.Channel)) {
		if it.by != who && it.visibleTo(who) && (it.root == chat.PostID{} || it.to == who) {
			n++
		}
	}
	return n
}

// firstUnread returns the element of the first root in a channel that others have
// put there since a person looked; empty when there is none.
func (m *readModel) firstUnread(at viewpoint) string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for _, it := range m.after(at.in, m.marks.last(at.who, at.in.Channel)) {
		if it.by != at.who && it.visibleTo(at.who) && it.root == (chat.PostID{}) {
			return elementID(it.latest.content.Load().post.ID)
		}
	}
	return ""
}

// unreadThreads returns the elements of a channel's roots whose threads have
// replies that a person has not looked at, with spaces between.
func (m *readModel) unreadThreads(at viewpoint) string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var ids []string
	for _, it := range m.after(at.in, m.marks.base) {
		id := elementID(it.root)
		if it.root == (chat.PostID{}) || it.by == at.who || !it.visibleTo(at.who) || slices.Contains(ids, id) {
			continue
		}
		if it.seq > m.marks.last(at.who, threadPlace(at.in, it.root.Message)) {
			ids = append(ids, id)
		}
	}
	return strings.Join(ids, " ")
}

// savedMarks are read marks as they stand in a file.
type savedMarks struct {
	// Chat is the epoch of the chat that they are of.
	Chat string `json:"chat"`
	// Base counts as read for all; Read is by person and place.
	Base int64            `json:"base"`
	Read map[string]int64 `json:"read"`
}

// loadMarks reads the marks that an earlier process saved. A file that can't be
// read, or is of another chat, is as none: then everything counts as read.
func (m *readModel) loadMarks(path string) error {
	if path == "" {
		return nil
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var saved savedMarks
	if err == nil {
		err = json.Unmarshal(data, &saved)
	}
	if err != nil {
		return err
	}
	epoch := m.epoch()
	m.mu.Lock()
	defer m.mu.Unlock()
	if saved.Chat == epoch && saved.Read != nil && saved.Base <= m.seq {
		m.marks.base, m.marks.read = saved.Base, saved.Read
	}
	return nil
}

// saveMarks writes the marks if they have changed since: all of them, or none and
// an error.
func (m *readModel) saveMarks(path string) error {
	saved := savedMarks{Chat: m.epoch()}
	m.mu.Lock()
	if !m.marks.unsaved {
		m.mu.Unlock()
		return nil
	}
	m.marks.unsaved = false
	saved.Base, saved.Read = m.marks.base, maps.Clone(m.marks.read)
	m.mu.Unlock()
	data, err := json.Marshal(saved)
	if err != nil {
		return err
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = temporary.Write(data)
	if err = errors.Join(err, temporary.Close()); err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temporary.Name()) // it is of no use
	}
	return err
}
