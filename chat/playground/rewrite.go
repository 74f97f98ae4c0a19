package playground

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"roundtable/chat"
)

// React puts an emoji, by its short name, on a post. The bot gets it where it
// can see reactions.
func (c *Chat) React(ctx context.Context, who chat.PersonID, post chat.PostID, emoji string) (Seen, error) {
	r := Reaction{Post: post, By: who, Emoji: emojiName(emoji)}
	return c.touch(ctx, who, post, func(x *Post, p *Platform) (Act, []Change, error) {
		switch {
		case r.Emoji == "":
			return Act{}, nil, cant("a reaction needs an emoji's name")
		case slices.Contains(x.Reactions, r):
			return Act{}, nil, nil // there already
		}
		changes := []Change{{Reacted: &r}}
		if !p.can.Reactions {
			return Act{}, changes, nil
		}
		return Act{Shown: r.Emoji, Reacted: &chat.Reacted{Emoji: r.Emoji, On: post}}, changes, nil
	})
}

// Unreact takes a person's own emoji off a post again. The bot gets it where it
// can see reactions.
func (c *Chat) Unreact(ctx context.Context, who chat.PersonID, post chat.PostID, emoji string) (Seen, error) {
	r := Reaction{Post: post, By: who, Emoji: emojiName(emoji)}
	return c.touch(ctx, who, post, func(x *Post, p *Platform) (Act, []Change, error) {
		if !slices.Contains(x.Reactions, r) {
			return Act{}, nil, cant("no such reaction")
		}
		changes := []Change{{Unreacted: &r}}
		if !p.can.Reactions {
			return Act{}, changes, nil
		}
		return Act{Shown: r.Emoji, Unreacted: &chat.Unreacted{Emoji: r.Emoji, On: post}}, changes, nil
	})
}

func emojiName(s string) string { return strings.ToValidUTF8(strings.Trim(s, ":"), "\uFFFD") }

// Rewrite lets a person change a message of their own. The bot gets it when it
// got the message as a [chat.Said]. A message that stays as it is changes nothing.
func (c *Chat) Rewrite(ctx context.Context, who chat.PersonID, post chat.PostID, text string) (Seen, error) {
	text = strings.ToValidUTF8(text, "\uFFFD")
	return c.touch(ctx, who, post, func(x *Post, p *Platform) (Act, []Change, error) {
		switch {
		case x.By != who:
			return Act{}, nil, cant("%s did not write that", who.User)
		case strings.TrimSpace(text) == "" || utf8.RuneCountInString(text) > chat.MaxText:
			return Act{}, nil, cant("a message has 1 to %d characters", chat.MaxText)
		case text == x.Message.Text:
			return Act{}, nil, nil
		}
		changes := []Change{{Edited: &Edit{Post: post, By: who, Message: chat.Say(text)}}}
		if !p.chat.state.said[post] {
			return Act{}, changes, nil
		}
		return Act{Post: post, Shown: text, Rewrote: &chat.Rewrote{Text: text, Post: post}}, changes, nil
	})
}

// Delete takes away a person's own message, or as an admin any post. The bot
// gets it when it got the message as a [chat.Said].
func (c *Chat) Delete(ctx context.Context, who chat.PersonID, post chat.PostID) (Seen, error) {
	return c.touch(ctx, who, post, func(x *Post, p *Platform) (Act, []Change, error) {
		if x.By != who && !p.chat.state.people[who].Admin {
			return Act{}, nil, cant("%s did not write that", who.User)
		}
		changes := []Change{{Deleted: &post}}
		if !p.chat.state.said[post] {
			return Act{}, changes, nil
		}
		return Act{Deleted: &chat.Deleted{Post: post}}, changes, nil
	})
}

// touch is [Chat.act] on a post that the person sees, in the thread where it
// stands.
func (c *Chat) touch(ctx context.Context, who chat.PersonID, post chat.PostID, decide func(*Post, *Platform) (Act, []Change, error)) (Seen, error) {
	return c.act(ctx, who, channelOf(post), func(s *state, p *Platform) (Act, []Change, error) {
		x, err := s.sees(who, post)
		if err != nil {
			return Act{}, nil, err
		}
		act, changes, err := decide(x, p)
		act.Thread = x.Root
		return act, changes, err
	})
}
