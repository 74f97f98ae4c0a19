package mattermost

import (
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// Nothing is remembered of who is forgotten.
func TestForget(t *testing.T) {
	p := &Platform{people: newDirectory(&server{options: Options{Clock: time.Now}})}
	for _, id := range []string{"u1", "u2"} {
		p.people.users.Put(id, &model.User{Username: "berta"})
		p.people.admins.Put(id, true)
		p.people.lastChannel.Put(id, "c1")
	}
	p.Forget(chat.PersonID{Connection: "work", User: "u1"})
	if p.people.users.Len() != 1 || p.people.admins.Len() != 1 || p.people.lastChannel.Len() != 1 {
		t.Errorf("remembered are %d accounts, %d rights, %d channels", p.people.users.Len(), p.people.admins.Len(), p.people.lastChannel.Len())
	}
}
