package main

import (
	"fmt"
	"strings"

	"roundtable/chat"
	"roundtable/chat/playground"
)

// demoPerson is somebody in the demo. The people are invented, and so is what they
// say; the figures are not.
type demoPerson struct {
	user, name, hospital, profession string
}

var (
	ruth  = demoPerson{"ruth", "Ruth Adeyemi", "", "network coordinator"}
	tom   = demoPerson{"tom", "Tom Pierce", "Bristol", "cardiac surgeon"}
	helen = demoPerson{"helen", "Helen Wu", "Bristol", "intensive care nurse"}
	nadia = demoPerson{"nadia", "Nadia Rahman", "Leeds", "anaesthetist"}
	owen  = demoPerson{"owen", "Owen Hughes", "Great Ormond St", "parent representative"}
)

// respondents answer for a hospital, one for each.
var respondents = []demoPerson{
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

func (p demoPerson) id() chat.PersonID {
	return chat.PersonID{Connection: playgroundName, User: p.user}
}

// joinChat brings everybody into the chat. What some of them are told privately is
// printed.
func (s *scenario) joinChat() error {
	for _, p := range []demoPerson{ruth, tom, helen, nadia, owen} {
		s.transcript.private[p.id()] = true
	}
	for _, p := range append([]demoPerson{ruth, helen}, respondents...) {
		if err := s.chat.Join(chat.Person{ID: p.id(), Name: p.name, Language: "en", Zone: "Europe/London", Admin: p == ruth}); err != nil {
			return err
		}
	}
	return s.transcript.print()
}

// types has somebody write in the channel.
func (s *scenario) types(p demoPerson, text string) error {
	_, err := s.chat.Type(s.ctx, p.id(), s.channel, text)
	return s.settled(err)
}

// fills has somebody send the form that is open in front of them.
func (s *scenario) fills(p demoPerson, values map[string]string) error {
	_, err := s.chat.Fill(s.ctx, p.id(), values)
	return s.settled(err)
}

// presses has somebody press a button on the post of a duty.
func (s *scenario) presses(p demoPerson, key, button string) error {
	post, err := s.post(p, key)
	if err != nil {
		return err
	}
	_, err = s.chat.Press(s.ctx, p.id(), post.ID, button)
	return s.settled(err)
}

// replies has somebody write in the thread of a duty's post.
func (s *scenario) replies(p demoPerson, key, text string) error {
	post, err := s.post(p, key)
	if err != nil {
		return err
	}
	_, err = s.chat.Reply(s.ctx, p.id(), post.ID, text)
	return s.settled(err)
}

// reacts has somebody put a 💡 on a reply that begins so.
func (s *scenario) reacts(p demoPerson, key, begins string) error {
	root, err := s.post(p, key)
	if err != nil {
		return err
	}
	for _, reply := range s.chat.Thread(root.ID) {
		if strings.HasPrefix(reply.Message.Text, begins) {
			_, err := s.chat.React(s.ctx, p.id(), reply.ID, "bulb")
			return s.settled(err)
		}
	}
	return fmt.Errorf("demo: nobody said %q", begins)
}

// post finds the post of a duty, in the channel or among what was sent to the
// person.
func (s *scenario) post(p demoPerson, key string) (playground.Post, error) {
	for _, posts := range [][]playground.Post{s.chat.Posts(s.channel), s.chat.Directs(p.id())} {
		for _, post := range posts {
			if post.Message.Key == key {
				return post, nil
			}
		}
	}
	return playground.Post{}, fmt.Errorf("no post %q is there for %s", key, p.name)
}

// aboutDemoPerson says what somebody in the demo does, and where.
func aboutDemoPerson(id chat.PersonID) string {
	for _, p := range append([]demoPerson{ruth, helen}, respondents...) {
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
