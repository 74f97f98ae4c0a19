package slack

import (
	"testing"
	"time"

	"roundtable/chat"
)

// Nothing is remembered of who is forgotten.
func TestForget(t *testing.T) {
	p := newPeople("work", nil, nil, Options{Clock: time.Now})
	for _, id := range []string{"U1", "U2"} {
		p.known.Put(id, chat.Person{Name: "Berta"})
		p.teams.Put(id, "T1")
		p.directs.Put(id, "D1")
	}
	p.forget(chat.PersonID{Connection: "work", User: "T1/U1"})
	p.forget(chat.PersonID{Connection: "elsewhere", User: "T1/U2"})
	if p.known.Len() != 1 || p.teams.Len() != 1 || p.directs.Len() != 1 {
		t.Errorf("remembered are %d names, %d teams, %d conversations", p.known.Len(), p.teams.Len(), p.directs.Len())
	}
}
