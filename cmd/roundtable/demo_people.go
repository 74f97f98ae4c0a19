package main

import (
	"fmt"
	"strings"

	"roundtable/chat"
	"roundtable/chat/playground"
)

// player is somebody in the play. The people are invented, and so is what they
// say; the figures are not.
type player struct {
	user, name, hospital, profession string
}

var (
	ruth  = player{"ruth", "Ruth Adeyemi", "", "facilitator"}
	tom   = player{"tom", "Tom Pierce", "Bristol", "cardiac surgeon"}
	helen = player{"helen", "Helen Wu", "Bristol", "intensive care nurse"}
	nadia = player{"nadia", "Nadia Rahman", "Leeds", "anaesthetist"}
	owen  = player{"owen", "Owen Hughes", "Great Ormond St", "parent representative"}
)

// company are those who answer for a hospital, one for each.
var company = []player{
	tom, nadia, owen,
	{"anil", "Anil Mehta", "Leicester", "paediatric cardiologist"},
	{"clare", "Clare Whitby", "Oxford", "intensive care nurse"},
	{"david", "David Osei", "Guys", "cardiac surgeon"},
	{"fiona", "Fiona Baird", "Liverpool", "manager"},
	{"george", "George Lindqvist", "Southampton", "anaesthetist"},
	{"ines", "Inês Duarte", "Newcastle", "paediatric cardiologist"},
	{"jack", "Jack Tanner", "Harefield", "perfusionist"},
	{"kemi", "Kemi Balogun", "Birmingham", "intensive care nurse"},
	{"laura", "Laura Fenn", "Brompton", "cardiac surgeon"},
}

func (p player) id() chat.PersonID { return chat.PersonID{Connection: playgroundName, User: p.user} }

// enter brings everybody into the chat, some of them onto the stage.
func (s *stage) enter() error {
	for _, p := range []player{ruth, tom, helen, nadia, owen} {
		s.onStage[p.id()] = true
	}
	for _, p := range append([]player{ruth, helen}, company...) {
		if err := s.chat.Join(chat.Person{ID: p.id(), Name: p.name, Language: "en", Zone: "Europe/London", Admin: p == ruth}); err != nil {
			return err
		}
	}
	return s.tell()
}

// types writes in the channel.
func (s *stage) types(p player, text string) (playground.Seen, error) {
	return s.then(s.chat.Type(s.ctx, p.id(), s.channel, text))
}

// fills sends the form that is open in front of somebody.
func (s *stage) fills(p player, values map[string]string) (playground.Seen, error) {
	return s.then(s.chat.Fill(s.ctx, p.id(), values))
}

// presses a button on the post of a duty.
func (s *stage) presses(p player, key, button string) error {
	post, err := s.post(p, key)
	if err != nil {
		return err
	}
	_, err = s.then(s.chat.Press(s.ctx, p.id(), post.ID, button))
	return err
}

// replies in the thread of a duty's post.
func (s *stage) replies(p player, key, text string) error {
	post, err := s.post(p, key)
	if err != nil {
		return err
	}
	_, err = s.then(s.chat.Reply(s.ctx, p.id(), post.ID, text))
	return err
}

// keeps puts a 💡 on a reply that begins so.
func (s *stage) keeps(p player, key, begins string) error {
	root, err := s.post(p, key)
	if err != nil {
		return err
	}
	for _, reply := range s.chat.Thread(root.ID) {
		if strings.HasPrefix(reply.Message.Text, begins) {
			_, err := s.then(s.chat.React(s.ctx, p.id(), reply.ID, "bulb"))
			return err
		}
	}
	return fmt.Errorf("demo: nobody said %q", begins)
}

// post finds the post of a duty, in the channel or among what was sent to the
// person.
func (s *stage) post(p player, key string) (playground.Post, error) {
	for _, posts := range [][]playground.Post{s.chat.Posts(s.channel), s.chat.Directs(p.id())} {
		for _, post := range posts {
			if post.Message.Key == key {
				return post, nil
			}
		}
	}
	return playground.Post{}, fmt.Errorf("no post %q is there for %s", key, p.name)
}

// then lets the bot do what follows, and tells of it.
func (s *stage) then(seen playground.Seen, err error) (playground.Seen, error) {
	if err != nil {
		return seen, err
	}
	return seen, s.settle()
}

// aboutPlayer says what somebody in the play is.
func aboutPlayer(id chat.PersonID) string {
	for _, p := range append([]player{ruth, helen}, company...) {
		switch {
		case p.id() != id:
		case p.hospital == "":
			return p.profession
		default:
			return p.profession + ", " + p.hospital
		}
	}
	return ""
}

// open lets the clock and the courier go, and everybody in.
func (s *stage) open() *room {
	s.clock.run()
	s.played.Store(true)
	return &room{
		chat: s.chat, house: s.house, journal: s.journal, clock: s.clock, zone: s.zone, trigger: "/round",
		about: aboutPlayer, log: s.log,
	}
}
