package playground

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"roundtable/chat"
)

// ErrCant is returned when a person can't do what a test or a page makes them
// do: there is no such channel, button, form or field, or the platform has no
// such thing.
var ErrCant = errors.New("playground: can't be done")

func cant(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrCant, fmt.Sprintf(format, args...))
}

// Type writes a line in a channel, or in the direct conversation ([Direct]). A
// command goes to the bot, as does everything in a direct conversation; other
// messages just stand there.
func (c *Chat) Type(ctx context.Context, who chat.PersonID, in chat.ChannelID, text string) (Seen, error) {
	return c.write(ctx, who, in, chat.PostID{}, text)
}

// Reply writes a line in a post's thread; post may be the root or a reply. What
// is no command the bot gets as a [chat.Said].
func (c *Chat) Reply(ctx context.Context, who chat.PersonID, post chat.PostID, text string) (Seen, error) {
	c.mu.Lock()
	root := c.state.root(post)
	c.mu.Unlock()
	return c.write(ctx, who, channelOf(root), root, text)
}

func (c *Chat) write(ctx context.Context, who chat.PersonID, in chat.ChannelID, root chat.PostID, text string) (Seen, error) {
	text = strings.ToValidUTF8(text, "\uFFFD")
	command, slash, isCommand := c.command(text)
	_, direct := withWhom(in)
	return c.act(ctx, who, in, func(s *state, p *Platform) (Act, []Change, error) {
		if strings.TrimSpace(text) == "" || utf8.RuneCountInString(text) > chat.MaxText {
			return Act{}, nil, cant("a message has 1 to %d characters", chat.MaxText)
		}
		if root != (chat.PostID{}) {
			if err := p.thread(s, in, root); err != nil {
				return Act{}, nil, cant("%v", err)
			}
		}
		if slash && root != (chat.PostID{}) && !p.can.CommandsInThreads {
			return Act{}, nil, cant("%s does not work in threads here", strings.Fields(text)[0])
		}
		a := Act{Thread: root, Shown: text}
		var changes []Change
		if !slash {
			a.Post = c.newPost(in)
			changes = []Change{{Posted: &Post{ID: a.Post, Root: root, By: who, Message: chat.Say(text)}}}
		}
		switch {
		case isCommand:
			a.Typed = &chat.Typed{Text: command}
		case root != (chat.PostID{}):
			a.Said = &chat.Said{Text: text, Post: a.Post}
		case direct:
			a.Typed = &chat.Typed{Text: strings.TrimSpace(text)}
		default:
			// Nothing that the bot gets.
		}
		return a, changes, nil
	})
}

// command takes the trigger off a command. slash is true when the line is seen
// by nobody else.
func (c *Chat) command(text string) (rest string, slash, ok bool) {
	text = strings.TrimSpace(text)
	for _, t := range c.triggers {
		if len(text) < len(t) || !strings.EqualFold(text[:len(t)], t) {
			continue
		}
		rest = text[len(t):]
		if r, _ := utf8.DecodeRuneInString(rest); rest == "" || unicode.IsSpace(r) {
			return strings.TrimSpace(rest), strings.HasPrefix(t, "/"), true
		}
	}
	return "", false, false
}

// act keeps what a person does, together with what it changes by itself,
// delivers it and waits for the answer. What has none of Typed to Unreacted
// set the bot does not get.
func (c *Chat) act(ctx context.Context, who chat.PersonID, in chat.ChannelID, decide func(*state, *Platform) (Act, []Change, error)) (Seen, error) {
	var act Act
	var answer <-chan outcome
	err := c.doThen(func(s *state) (changes []Change, err error) {
		if err := s.present(who, in); err != nil {
			return nil, err
		}
		act, changes, err = decide(s, c.platform(who.Connection))
		if err != nil || act.what() == nil {
			return changes, err
		}
		act.ID, act.By, act.Channel = c.newID(len(changes)+1), who, in
		kept := act
		return append(changes, Change{Acted: &kept}), nil
	}, func() {
		if act.ID != "" {
			answer = c.platform(who.Connection).send(act)
		}
	})
	if err != nil || answer == nil {
		return Seen{Post: act.Post}, err
	}
	return wait(ctx, act, answer)
}

// present checks that a person is there and may act in the channel.
func (s *state) present(who chat.PersonID, in chat.ChannelID) error {
	if known, ok := s.people[who]; !ok || known.Gone {
		return cant("nobody called %q on %q", who.User, who.Connection)
	}
	if in.Connection != who.Connection {
		return cant("%s is not on connection %q", who.User, in.Connection)
	}
	if with, direct := withWhom(in); direct && with != who {
		return cant("%s is not in %s's direct conversation", who.User, with.User)
	}
	if _, err := s.open(in); err != nil {
		return cant("%v", err)
	}
	return nil
}
