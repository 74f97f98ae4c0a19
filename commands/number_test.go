package commands

import (
	"testing"
	"time"

	"roundtable/chat"
)

// What is asked about is held for whoever wrote it, once, for a day; not what was
// deleted or changed since; and not more than so much.
func TestDoubts(t *testing.T) {
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	anna, bo := chat.PersonID{Connection: "c", User: "anna"}, chat.PersonID{Connection: "c", User: "bo"}
	post := chat.PostID{Connection: "c", Channel: "falls", Message: "m1"}
	said := doubt{in: chat.Incoming{From: chat.Person{ID: anna}, What: chat.Said{Post: post, Text: "words"}}, at: now}
	var d doubts
	released := func(key string, who chat.PersonID, at time.Time) bool {
		_, ok := d.release(key, who, at)
		return ok
	}
	key := d.hold(1, said)
	if released(key, bo, now) {
		t.Error("let go to somebody else")
	}
	if !released(key, anna, now.Add(23*time.Hour)) || released(key, anna, now) {
		t.Error("not let go once to its writer")
	}
	if released(d.hold(2, said), anna, now.Add(25*time.Hour)) {
		t.Error("held for more than a day")
	}
	key = d.hold(3, said)
	if d.forget(post); released(key, anna, now) {
		t.Error("held though the message is gone")
	}
	first := d.hold(4, said)
	for k := range uint64(maxDoubts) {
		d.hold(100+k, said)
	}
	if len(d.held) > maxDoubts || len(d.keys) > maxDoubts || released(first, anna, now) {
		t.Errorf("%d are held", len(d.held))
	}
}
