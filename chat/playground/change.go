package playground

import (
	"maps"
	"time"

	"roundtable/chat"
)

// Change is one thing that happened in the chat. Exactly one of the fields
// after At is set.
type Change struct {
	// Seq numbers the changes of a chat: 1, 2, 3 ... without gaps.
	Seq int64 `json:"seq"`
	// At is when, UTC.
	At time.Time `json:"at"`

	Joined     *chat.Person    `json:"joined,omitempty"`      // a person is new, or changed
	Opened     *chat.ChannelID `json:"opened,omitempty"`      // a channel is there
	Archived   *chat.ChannelID `json:"archived,omitempty"`    // a channel is gone
	Acted      *Act            `json:"acted,omitempty"`       // somebody did something that the bot gets
	Answered   *Answer         `json:"answered,omitempty"`    // the bot has answered it
	Posted     *Post           `json:"posted,omitempty"`      // a post, by the bot or a person
	Edited     *Edit           `json:"edited,omitempty"`      // a post says something else
	Deleted    *chat.PostID    `json:"deleted,omitempty"`     // a post is gone
	Reacted    *Reaction       `json:"reacted,omitempty"`     // an emoji was put on a post
	Unreacted  *Reaction       `json:"unreacted,omitempty"`   // an emoji was taken off
	FormShown  *OpenForm       `json:"form_shown,omitempty"`  // a form is open for a person
	FormClosed *Closed         `json:"form_closed,omitempty"` // it is not any more
}

// Post is a message that stands in a channel, a thread or a direct
// conversation, or that one person sees.
type Post struct {
	ID chat.PostID `json:"id"`
	// Root is the thread's root; zero for a root.
	Root chat.PostID `json:"root,omitzero"`
	// By is the person who wrote it; zero for the bot.
	By chat.PersonID `json:"by,omitzero"`
	// To is the only person who sees it; zero for posts that all see. A post
	// in a direct conversation has none.
	To chat.PersonID `json:"to,omitzero"`
	// At is when it was posted, UTC; EditedAt when it was last edited.
	At       time.Time `json:"at"`
	EditedAt time.Time `json:"edited_at,omitzero"`
	// Edits counts how often it has been edited.
	Edits int `json:"edits,omitempty"`
	// Deleted posts say nothing any more.
	Deleted bool `json:"deleted,omitempty"`
	// Message is what it says now.
	Message chat.Message `json:"message"`
	// Reactions in the order in which they were put.
	Reactions []Reaction `json:"reactions,omitempty"`
}

// ByBot says whether the bot wrote it.
func (p Post) ByBot() bool { return p.By == chat.PersonID{} }

// Edit gives a post another message. By is zero when the bot did it.
type Edit struct {
	Post    chat.PostID   `json:"post"`
	By      chat.PersonID `json:"by,omitzero"`
	Message chat.Message  `json:"message"`
}

// Reaction is an emoji, by its short name, that a person put on a post.
type Reaction struct {
	Post  chat.PostID   `json:"post"`
	By    chat.PersonID `json:"by"`
	Emoji string        `json:"emoji"`
}

// OpenForm is a form that is open in front of a person.
type OpenForm struct {
	// ID tells apart the forms that were opened; a form shown again with
	// errors keeps it.
	ID string        `json:"id"`
	To chat.PersonID `json:"to"`
	// Channel and Thread are where the person was when it opened.
	Channel chat.ChannelID `json:"channel"`
	Thread  chat.PostID    `json:"thread,omitzero"`
	// Form holds what was typed so far in its fields' values.
	Form chat.Form `json:"form"`
}

// Closed says which form was closed. Cancelled is true when the person closed
// it without sending.
type Closed struct {
	ID        string        `json:"id"`
	To        chat.PersonID `json:"to"`
	Cancelled bool          `json:"cancelled,omitempty"`
}

// Act is something that a person did and that the bot gets as a
// [chat.Incoming] with the same ID. Exactly one of Typed to Reachable is set. By is
// zero for what became of a channel.
type Act struct {
	ID      string         `json:"id"`
	By      chat.PersonID  `json:"by"`
	Channel chat.ChannelID `json:"channel"`
	Thread  chat.PostID    `json:"thread,omitzero"`
	// Post is the message that the person wrote; zero for a command that
	// nobody else sees and for what is no message.
	Post chat.PostID `json:"post,omitzero"`
	// Shown is what the person did as others would tell it: the whole line
	// that was typed, the label of the button, the title of the form.
	Shown string `json:"shown,omitempty"`
	// Form is the ID of the open form that was sent.
	Form string `json:"form,omitempty"`

	Typed     *chat.Typed     `json:"typed,omitempty"`
	Pressed   *chat.Pressed   `json:"pressed,omitempty"`
	Filled    *chat.Filled    `json:"filled,omitempty"`
	Said      *chat.Said      `json:"said,omitempty"`
	Rewrote   *chat.Rewrote   `json:"rewrote,omitempty"`
	Deleted   *chat.Deleted   `json:"deleted,omitempty"`
	Reacted   *chat.Reacted   `json:"reacted,omitempty"`
	Unreacted *chat.Unreacted `json:"unreacted,omitempty"`
	Reachable *chat.Reachable `json:"reachable,omitempty"`
}

// toChat returns what was done as the bot gets it; nil for nothing.
func (a Act) toChat() chat.What {
	switch {
	case a.Typed != nil:
		return *a.Typed
	case a.Pressed != nil:
		return *a.Pressed
	case a.Filled != nil:
		filled := *a.Filled
		filled.Values = maps.Clone(a.Filled.Values)
		return filled
	case a.Said != nil:
		return *a.Said
	case a.Rewrote != nil:
		return *a.Rewrote
	case a.Deleted != nil:
		return *a.Deleted
	case a.Reacted != nil:
		return *a.Reacted
	case a.Unreacted != nil:
		return *a.Unreacted
	case a.Reachable != nil:
		return *a.Reachable
	}
	return nil
}

// isOrdered says whether it is handled after what came before it in its channel.
func (a Act) isOrdered() bool {
	switch a.toChat().(type) {
	case chat.Said, chat.Rewrote, chat.Deleted, chat.Reacted, chat.Unreacted:
		return true
	}
	return false
}

// Answer says that the bot has answered an act. Refused tells why the chat did
// not take the answer; empty when it did.
type Answer struct {
	Act     string `json:"act"`
	Refused string `json:"refused,omitempty"`
}

// Direct returns the channel that stands for the direct conversation between
// the bot and a person.
func Direct(who chat.PersonID) chat.ChannelID {
	return chat.ChannelID{Connection: who.Connection, Channel: "@" + who.User}
}

// channelOf returns the channel that a post stands in.
func channelOf(p chat.PostID) chat.ChannelID {
	return chat.ChannelID{Connection: p.Connection, Channel: p.Channel}
}

// directPartner returns the person of a direct conversation's channel.
func directPartner(c chat.ChannelID) (chat.PersonID, bool) {
	if len(c.Channel) < 2 || c.Channel[0] != '@' {
		return chat.PersonID{}, false
	}
	return chat.PersonID{Connection: c.Connection, User: c.Channel[1:]}, true
}

// cloneMessage returns a message that shares no memory with m, so that a caller who
// changes theirs does not change the chat.
func cloneMessage(m chat.Message) chat.Message {
	blocks := m.Blocks
	m.Blocks = nil
	for _, b := range blocks {
		switch x := b.(type) {
		case chat.Items:
			b = chat.Items{Items: append([]string(nil), x.Items...)}
		case chat.Facts:
			b = chat.Facts{Facts: append([]chat.Fact(nil), x.Facts...)}
		case chat.Buttons:
			b = chat.Buttons{Buttons: append([]chat.Button(nil), x.Buttons...)}
		case chat.Picture:
			x.PNG = append([]byte(nil), x.PNG...)
			b = x
		case chat.File:
			x.Data = append([]byte(nil), x.Data...)
			b = x
		}
		m.Blocks = append(m.Blocks, b)
	}
	return m
}

// cloneForm returns a form that shares no memory with f.
func cloneForm(f chat.Form) chat.Form {
	f.Fields = append([]chat.Field(nil), f.Fields...)
	for i := range f.Fields {
		f.Fields[i].Options = append([]chat.Option(nil), f.Fields[i].Options...)
	}
	return f
}
