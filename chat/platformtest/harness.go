// Package platformtest is the conformance suite of [chat.Platform]: what every
// connection to a chat platform does, whichever it is. [Run] takes a [Harness]
// that plays the people's side of the platform.
//
// It holds no platform and knows none. What a platform can't do, by its
// Capabilities or because it gives nothing to the handler twice, is left out and
// named.
package platformtest

import (
	"context"
	"errors"

	"roundtable/chat"
)

// ErrUnsupported is returned by a harness whose platform can't deliver this thing
// twice.
var ErrUnsupported = errors.New("platformtest: the harness can't")

// Harness is a place on a platform, with people in it, that the suite may
// fill.
type Harness interface {
	Chat
	// Platform is the connection under test. Nothing runs it yet.
	Platform() chat.Platform
	// Channels are two channels that the bot is in; both people are too.
	Channels() (here, elsewhere chat.ChannelID)
	// People are two people who can be written to, with names.
	People() (one, other chat.PersonID)
	// Expel has somebody take the bot out of the channel, or close the channel to it, and
	// Admit has them let it in again. They return when the platform has taken it.
	Expel(ctx context.Context, who chat.PersonID, in chat.ChannelID) error
	Admit(ctx context.Context, who chat.PersonID, in chat.ChannelID) error
	// Again makes the platform deliver once more what it delivered with this
	// ID, as it does when it believes that the first time failed.
	Again(ctx context.Context, id string) error
}

// Deduplicating is a Harness of a platform that gives nothing to the handler twice
// in one process. It is left out of the tests of things that come again; its
// adapter has its own.
type Deduplicating interface{ Deduplicates() }

// FileRefusing is a Harness whose platform can be had to take no files, and to take them
// again; what holds of them is left out for the others.
type FileRefusing interface {
	TakeFiles(ctx context.Context, take bool) error
}

// Chat is the people's side of a platform: what they do and what they see. What
// people do returns when the platform has taken it; what comes of it is looked
// for with Posts, Private, Direct and Form until the context ends.
type Chat interface {
	// Type gives the bot a command: text has no trigger. Tell writes to the
	// bot in the direct conversation.
	Type(ctx context.Context, who chat.PersonID, in chat.ChannelID, text string) error
	Tell(ctx context.Context, who chat.PersonID, text string) error
	// Say writes a message that is no command: in the root's thread or, when
	// it is zero, in the channel.
	Say(ctx context.Context, who chat.PersonID, in chat.ChannelID, root chat.PostID, text string) error
	// Press presses the button of that label; post may be a private reply, as
	// Private returns it.
	Press(ctx context.Context, who chat.PersonID, post chat.PostID, label string) error
	// Fill changes these fields of the form that is open in front of the
	// person, leaves the others, and sends it.
	Fill(ctx context.Context, who chat.PersonID, values map[string]string) error
	// Rewrite changes a message that the person wrote, Delete takes it away.
	Rewrite(ctx context.Context, who chat.PersonID, post chat.PostID, text string) error
	Delete(ctx context.Context, who chat.PersonID, post chat.PostID) error
	// React puts an emoji, by its short name, on a post; Unreact takes the
	// person's own off again.
	React(ctx context.Context, who chat.PersonID, post chat.PostID, emoji string) error
	Unreact(ctx context.Context, who chat.PersonID, post chat.PostID, emoji string) error

	// Posts are what all see in a channel, oldest first: the roots or, with a
	// root, the replies in its thread. People's posts are among them.
	Posts(ctx context.Context, in chat.ChannelID, root chat.PostID) ([]Shown, error)
	// Private is what the bot answered so that only this person sees it,
	// wherever, oldest first; on a platform without such replies, nothing.
	Private(ctx context.Context, who chat.PersonID) ([]Shown, error)
	// Direct is what stands in the person's direct conversation with the bot,
	// oldest first.
	Direct(ctx context.Context, who chat.PersonID) ([]Shown, error)
	// Form is what is open in front of the person: its Title, and the Name,
	// Value and Error of its Fields, are as the person sees them.
	Form(ctx context.Context, who chat.PersonID) (form chat.Form, open bool, err error)
}

// Shown is a post as people see it.
type Shown struct {
	ID chat.PostID
	// Text is all that can be read, the alt text of pictures and the labels of
	// buttons included, as far as it can be told without markup.
	Text string
}
