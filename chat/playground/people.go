package playground

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"roundtable/chat"
)

// ErrImpossible is returned when a person can't do what a test or a page makes them
// do: there is no such channel, button, form or field, or the platform has no
// such thing.
var ErrImpossible = errors.New("playground: can't be done")

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
	root := c.state.rootOf(post)
	c.mu.Unlock()
	return c.write(ctx, who, channelOf(root), root, text)
}

func (c *Chat) write(ctx context.Context, who chat.PersonID, in chat.ChannelID, root chat.PostID, text string) (Seen, error) {
	text = strings.ToValidUTF8(text, "\uFFFD")
	command, slash, isCommand := c.command(text)
	_, direct := directPartner(in)
	return c.act(ctx, who, in, func(s *state, p *Platform) (Act, []Change, error) {
		if strings.TrimSpace(text) == "" || utf8.RuneCountInString(text) > chat.MaxText {
			return Act{}, nil, impossible("a message has 1 to %d characters", chat.MaxText)
		}
		if root != (chat.PostID{}) {
			if err := p.checkThread(s, in, root); err != nil {
				return Act{}, nil, impossible("%v", err)
			}
		}
		if slash && root != (chat.PostID{}) && !p.capabilities.CommandsInThreads {
			return Act{}, nil, impossible("%s does not work in threads here", truncate(strings.Fields(text)[0], 60))
		}
		a := Act{Thread: root, Shown: text}
		var changes []Change
		if !slash {
			a.Post = c.newPostID(in)
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

// Press presses a button of a post, also of a private one: by its label, its
// action, its action and value, or its scope, action and value, with a '/' between.
func (c *Chat) Press(ctx context.Context, who chat.PersonID, post chat.PostID, button string) (Seen, error) {
	return c.act(ctx, who, channelOf(post), func(s *state, _ *Platform) (Act, []Change, error) {
		p, err := s.visiblePost(who, post)
		if err != nil {
			return Act{}, nil, err
		}
		b, err := p.button(button)
		if err != nil {
			return Act{}, nil, err
		}
		return Act{
			Thread:  p.Root,
			Shown:   b.Label,
			Pressed: &chat.Pressed{Action: b.Action, Value: b.Value, Scope: b.Scope, On: post},
		}, nil, nil
	})
}

// button returns the one button that is meant.
func (p Post) button(name string) (chat.Button, error) {
	var all []chat.Button
	for _, b := range p.Message.Blocks {
		if row, ok := b.(chat.Buttons); ok {
			all = append(all, row.Buttons...)
		}
	}
	for _, is := range []func(chat.Button) bool{
		func(b chat.Button) bool { return b.Label == name },
		func(b chat.Button) bool { return b.Action == name },
		func(b chat.Button) bool { return b.Action+"/"+b.Value == name },
		func(b chat.Button) bool { return b.Scope+"/"+b.Action+"/"+b.Value == name },
	} {
		found := slices.DeleteFunc(slices.Clone(all), func(b chat.Button) bool { return !is(b) })
		if len(found) == 1 {
			return found[0], nil
		}
		if len(found) > 1 {
			return chat.Button{}, impossible("%d buttons are called %q", len(found), name)
		}
	}
	labels := make([]string, len(all))
	for i, b := range all {
		labels[i] = b.Label
	}
	return chat.Button{}, impossible("no button %q; there are %q", name, labels)
}

// React puts an emoji, by its short name, on a post. The bot gets it where it
// can see reactions.
func (c *Chat) React(ctx context.Context, who chat.PersonID, post chat.PostID, emoji string) (Seen, error) {
	r := Reaction{Post: post, By: who, Emoji: emojiName(emoji)}
	return c.actOnPost(ctx, who, post, func(x *Post, p *Platform) (Act, []Change, error) {
		switch {
		case r.Emoji == "":
			return Act{}, nil, impossible("a reaction needs an emoji's name")
		case slices.Contains(x.Reactions, r):
			return Act{}, nil, nil // there already
		}
		changes := []Change{{Reacted: &r}}
		if !p.capabilities.Reactions {
			return Act{}, changes, nil
		}
		return Act{Shown: r.Emoji, Reacted: &chat.Reacted{Emoji: r.Emoji, On: post}}, changes, nil
	})
}

// Unreact takes a person's own emoji off a post again. The bot gets it where it
// can see reactions.
func (c *Chat) Unreact(ctx context.Context, who chat.PersonID, post chat.PostID, emoji string) (Seen, error) {
	r := Reaction{Post: post, By: who, Emoji: emojiName(emoji)}
	return c.actOnPost(ctx, who, post, func(x *Post, p *Platform) (Act, []Change, error) {
		if !slices.Contains(x.Reactions, r) {
			return Act{}, nil, impossible("no such reaction")
		}
		changes := []Change{{Unreacted: &r}}
		if !p.capabilities.Reactions {
			return Act{}, changes, nil
		}
		return Act{Shown: r.Emoji, Unreacted: &chat.Unreacted{Emoji: r.Emoji, On: post}}, changes, nil
	})
}

// Rewrite lets a person change a message of their own. The bot gets it when it
// got the message as a [chat.Said]. A message that stays as it is changes nothing.
func (c *Chat) Rewrite(ctx context.Context, who chat.PersonID, post chat.PostID, text string) (Seen, error) {
	text = strings.ToValidUTF8(text, "\uFFFD")
	return c.actOnPost(ctx, who, post, func(x *Post, p *Platform) (Act, []Change, error) {
		switch {
		case x.By != who:
			return Act{}, nil, impossible("%s did not write that", who.User)
		case strings.TrimSpace(text) == "" || utf8.RuneCountInString(text) > chat.MaxText:
			return Act{}, nil, impossible("a message has 1 to %d characters", chat.MaxText)
		case text == x.Message.Text:
			return Act{}, nil, nil
		}
		changes := []Change{{Edited: &Edit{Post: post, By: who, Message: chat.Say(text)}}}
		if !p.chat.state.toldAsSaid[post] {
			return Act{}, changes, nil
		}
		return Act{Post: post, Shown: text, Rewrote: &chat.Rewrote{Text: text, Post: post}}, changes, nil
	})
}

// Delete takes away a person's own message, or as an admin any post. The bot
// gets it when it got the message as a [chat.Said].
func (c *Chat) Delete(ctx context.Context, who chat.PersonID, post chat.PostID) (Seen, error) {
	return c.actOnPost(ctx, who, post, func(x *Post, p *Platform) (Act, []Change, error) {
		if x.By != who && !p.chat.state.people[who].Admin {
			return Act{}, nil, impossible("%s did not write that", who.User)
		}
		changes := []Change{{Deleted: &post}}
		if !p.chat.state.toldAsSaid[post] {
			return Act{}, changes, nil
		}
		return Act{Deleted: &chat.Deleted{Post: post}}, changes, nil
	})
}

// act records what a person does, together with what it changes by itself,
// delivers it and waits for the answer. What has none of Typed to Unreacted
// set the bot does not get.
func (c *Chat) act(ctx context.Context, who chat.PersonID, in chat.ChannelID, decide func(*state, *Platform) (Act, []Change, error)) (Seen, error) {
	var act Act
	var answer <-chan outcome
	err := c.updateThen(func(s *state) (changes []Change, err error) {
		if err := s.checkPresent(who, in); err != nil {
			return nil, err
		}
		act, changes, err = decide(s, c.platform(who.Connection))
		if err != nil || act.toChat() == nil {
			return changes, err
		}
		act.ID, act.By, act.Channel = c.newID(len(changes)+1), who, in
		kept := act
		return append(changes, Change{Acted: &kept}), nil
	}, func() {
		if act.ID != "" {
			answer = c.platform(who.Connection).enqueue(act)
		}
	})
	if err != nil || answer == nil {
		return Seen{Post: act.Post}, err
	}
	return awaitOutcome(ctx, act, answer)
}

// actOnPost is [Chat.act] on a post that the person sees, in the thread where it
// stands.
func (c *Chat) actOnPost(ctx context.Context, who chat.PersonID, post chat.PostID, decide func(*Post, *Platform) (Act, []Change, error)) (Seen, error) {
	return c.act(ctx, who, channelOf(post), func(s *state, p *Platform) (Act, []Change, error) {
		x, err := s.visiblePost(who, post)
		if err != nil {
			return Act{}, nil, err
		}
		act, changes, err := decide(x, p)
		act.Thread = x.Root
		return act, changes, err
	})
}

func impossible(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrImpossible, fmt.Sprintf(format, args...))
}

func emojiName(s string) string { return strings.ToValidUTF8(strings.Trim(s, ":"), "\uFFFD") }
