package playground

import (
	"errors"
	"fmt"
	"slices"

	"roundtable/chat"
)

// state is the fold of the changes: what the chat is now.
type state struct {
	seq        int64
	people     map[chat.PersonID]chat.Person
	channels   map[chat.ChannelID]*channel
	order      []chat.ChannelID // channels in the order in which they came
	posts      map[chat.PostID]*Post
	forms      map[chat.PersonID]OpenForm
	acts       map[string]Act
	toldAsSaid map[chat.PostID]bool // messages that the bot got as what was said
	unanswered []string             // acts without an answer, oldest first
}

// channel is a channel or a direct conversation: its posts in order, those in
// threads and those that one person sees included.
type channel struct {
	archived bool
	posts    []*Post
}

func newState() *state {
	return &state{
		people:     map[chat.PersonID]chat.Person{},
		channels:   map[chat.ChannelID]*channel{},
		posts:      map[chat.PostID]*Post{},
		forms:      map[chat.PersonID]OpenForm{},
		acts:       map[string]Act{},
		toldAsSaid: map[chat.PostID]bool{},
	}
}

// Why a channel can't be written to.
var (
	errNoChannel = errors.New("nobody has made it")
	errArchived  = errors.New("it is archived")
)

var errUnknownChange = errors.New("nothing that is known")

// apply takes in the next change. It returns an error, and leaves the state as
// it was, when the change does not fit.
func (s *state) apply(c Change) error {
	if c.Seq != s.seq+1 {
		return fmt.Errorf("change %d follows change %d", c.Seq, s.seq)
	}
	if err := s.applyBody(c); err != nil {
		return fmt.Errorf("change %d: %w", c.Seq, err)
	}
	s.seq = c.Seq
	return nil
}

func (s *state) applyBody(c Change) error {
	switch {
	case c.Joined != nil:
		s.people[c.Joined.ID] = *c.Joined
	case c.Opened != nil:
		if ch, ok := s.channels[*c.Opened]; ok {
			ch.archived = false
			return nil
		}
		s.channels[*c.Opened] = &channel{}
		s.order = append(s.order, *c.Opened)
	case c.Archived != nil:
		ch, ok := s.channels[*c.Archived]
		if !ok {
			return fmt.Errorf("no channel %s", c.Archived.Channel)
		}
		ch.archived = true
	case c.Acted != nil:
		if _, ok := s.acts[c.Acted.ID]; ok {
			return fmt.Errorf("act %s again", c.Acted.ID)
		}
		s.acts[c.Acted.ID] = *c.Acted
		s.unanswered = append(s.unanswered, c.Acted.ID)
		if c.Acted.Said != nil {
			s.toldAsSaid[c.Acted.Said.Post] = true
		}
	case c.Answered != nil:
		s.unanswered = slices.DeleteFunc(s.unanswered, func(id string) bool { return id == c.Answered.Act })
	case c.Posted != nil:
		return s.addPost(*c.Posted)
	case c.Edited != nil, c.Deleted != nil, c.Reacted != nil, c.Unreacted != nil:
		return s.changePost(c)
	case c.FormShown != nil:
		s.forms[c.FormShown.To] = *c.FormShown
	case c.FormClosed != nil:
		if s.forms[c.FormClosed.To].ID == c.FormClosed.ID {
			delete(s.forms, c.FormClosed.To)
		}
	default:
		return errUnknownChange
	}
	return nil
}

// addPost puts a new post into its channel; a direct conversation begins with its
// first post.
func (s *state) addPost(p Post) error {
	if _, ok := s.posts[p.ID]; ok {
		return fmt.Errorf("post %s again", p.ID.Message)
	}
	if _, ok := s.posts[p.Root]; p.Root != (chat.PostID{}) && !ok {
		return fmt.Errorf("no root %s", p.Root.Message)
	}
	in := channelOf(p.ID)
	ch, ok := s.channels[in]
	if !ok {
		if _, direct := directPartner(in); !direct {
			return fmt.Errorf("no channel %s", in.Channel)
		}
		ch = &channel{}
		s.channels[in] = ch
		s.order = append(s.order, in)
	}
	s.posts[p.ID] = &p
	ch.posts = append(ch.posts, &p)
	return nil
}

// changePost takes in what happens to a post that is there.
func (s *state) changePost(c Change) error {
	var id chat.PostID
	switch {
	case c.Edited != nil:
		id = c.Edited.Post
	case c.Deleted != nil:
		id = *c.Deleted
	case c.Reacted != nil:
		id = c.Reacted.Post
	case c.Unreacted != nil:
		id = c.Unreacted.Post
	}
	p, ok := s.posts[id]
	if !ok {
		return fmt.Errorf("no post %s", id.Message)
	}
	switch {
	case c.Edited != nil:
		key := p.Message.Key // names what the post is for, whatever it says now
		p.Message = c.Edited.Message
		p.Message.Key = key
		p.Edits++
		p.EditedAt = c.At
	case c.Deleted != nil:
		p.Deleted = true
		p.Message = chat.Message{Key: p.Message.Key}
		p.Reactions = nil
	case c.Reacted != nil:
		if !slices.Contains(p.Reactions, *c.Reacted) {
			p.Reactions = append(p.Reactions, *c.Reacted)
		}
	case c.Unreacted != nil:
		p.Reactions = slices.DeleteFunc(slices.Clone(p.Reactions), func(r Reaction) bool { return r == *c.Unreacted })
	}
	return nil
}

// rootOf returns the post's root: itself when it is one.
func (s *state) rootOf(id chat.PostID) chat.PostID {
	if p, ok := s.posts[id]; ok && p.Root != (chat.PostID{}) {
		return p.Root
	}
	return id
}

// openChannel returns a channel or direct conversation that can be written to.
func (s *state) openChannel(id chat.ChannelID) (*channel, error) {
	if who, direct := directPartner(id); direct {
		if known, ok := s.people[who]; !ok || known.Gone {
			return nil, fmt.Errorf("nobody called %q: %w", who.User, chat.ErrGone)
		}
		if ch, ok := s.channels[id]; ok {
			return ch, nil
		}
		return &channel{}, nil // nothing said yet
	}
	ch, ok := s.channels[id]
	switch {
	case !ok:
		return nil, fmt.Errorf("no channel %q: %w", id.Channel, &chat.Unreachable{Why: chat.NotMember, Err: errNoChannel})
	case ch.archived:
		return nil, fmt.Errorf("no channel %q: %w", id.Channel, &chat.Unreachable{Why: chat.Archived, Err: errArchived})
	}
	return ch, nil
}

// checkPresent checks that a person is there and may act in the channel.
func (s *state) checkPresent(who chat.PersonID, in chat.ChannelID) error {
	if known, ok := s.people[who]; !ok || known.Gone {
		return impossible("nobody called %q on %q", who.User, who.Connection)
	}
	if in.Connection != who.Connection {
		return impossible("%s is not on connection %q", who.User, in.Connection)
	}
	if with, direct := directPartner(in); direct && with != who {
		return impossible("%s is not in %s's direct conversation", who.User, with.User)
	}
	if _, err := s.openChannel(in); err != nil {
		return impossible("%v", err)
	}
	return nil
}

// visiblePost returns a post that a person sees.
func (s *state) visiblePost(who chat.PersonID, id chat.PostID) (*Post, error) {
	p, ok := s.posts[id]
	if !ok || p.Deleted || p.To != (chat.PersonID{}) && p.To != who {
		return nil, impossible("%s sees no post %q", who.User, id.Message)
	}
	return p, nil
}
