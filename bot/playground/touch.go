package playground

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"roundtable/bot"
)

// Press presses a button of a post, also of a private one: by its label, its
// action, or its action and value with a '/' between.
func (c *Chat) Press(ctx context.Context, who bot.PersonID, post bot.PostID, button string) (Seen, error) {
	return c.act(ctx, who, channelOf(post), func(s *state, _ *Platform) (Act, []Change, error) {
		p, err := s.sees(who, post)
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
			Pressed: &bot.Pressed{Action: b.Action, Value: b.Value, On: post},
		}, nil, nil
	})
}

// button returns the one button that is meant.
func (p Post) button(name string) (bot.Button, error) {
	var all []bot.Button
	for _, b := range p.Message.Blocks {
		if row, ok := b.(bot.Buttons); ok {
			all = append(all, row.Buttons...)
		}
	}
	for _, is := range []func(bot.Button) bool{
		func(b bot.Button) bool { return b.Label == name },
		func(b bot.Button) bool { return b.Action == name },
		func(b bot.Button) bool { return b.Action+"/"+b.Value == name },
	} {
		found := slices.DeleteFunc(slices.Clone(all), func(b bot.Button) bool { return !is(b) })
		if len(found) == 1 {
			return found[0], nil
		}
		if len(found) > 1 {
			return bot.Button{}, cant("%d buttons are called %q", len(found), name)
		}
	}
	labels := make([]string, len(all))
	for i, b := range all {
		labels[i] = b.Label
	}
	return bot.Button{}, cant("no button %q; there are %q", name, labels)
}

// React puts an emoji, by its short name, on a post. The bot gets it where it
// can see reactions.
func (c *Chat) React(ctx context.Context, who bot.PersonID, post bot.PostID, emoji string) (Seen, error) {
	emoji = strings.ToValidUTF8(strings.Trim(emoji, ":"), "\uFFFD")
	return c.act(ctx, who, channelOf(post), func(s *state, p *Platform) (Act, []Change, error) {
		x, err := s.sees(who, post)
		if err != nil {
			return Act{}, nil, err
		}
		if emoji == "" {
			return Act{}, nil, cant("a reaction needs an emoji's name")
		}
		r := Reaction{Post: post, By: who, Emoji: emoji}
		if slices.Contains(x.Reactions, r) {
			return Act{}, nil, nil // there already
		}
		changes := []Change{{Reacted: &r}}
		if !p.can.Reactions {
			return Act{}, changes, nil
		}
		return Act{Thread: x.Root, Shown: emoji, Reacted: &bot.Reacted{Emoji: emoji, On: post}}, changes, nil
	})
}

// Unreact takes an emoji off a post again. The bot is not told.
func (c *Chat) Unreact(who bot.PersonID, post bot.PostID, emoji string) error {
	r := Reaction{Post: post, By: who, Emoji: strings.Trim(emoji, ":")}
	return c.own(who, post, func(p *Post) ([]Change, error) {
		if !slices.Contains(p.Reactions, r) {
			return nil, cant("no such reaction")
		}
		return []Change{{Unreacted: &r}}, nil
	})
}

// Delete deletes a person's own post, or as an admin any. The bot is not told.
func (c *Chat) Delete(who bot.PersonID, post bot.PostID) error {
	return c.own(who, post, func(p *Post) ([]Change, error) {
		if p.By != who && !c.state.people[who].Admin {
			return nil, cant("%s did not write that", who.User)
		}
		return []Change{{Deleted: &post}}, nil
	})
}

// EditMessage lets a person change their own post. The bot is not told.
func (c *Chat) EditMessage(who bot.PersonID, post bot.PostID, text string) error {
	text = strings.ToValidUTF8(text, "\uFFFD")
	return c.own(who, post, func(p *Post) ([]Change, error) {
		if p.By != who {
			return nil, cant("%s did not write that", who.User)
		}
		if strings.TrimSpace(text) == "" || utf8.RuneCountInString(text) > bot.MaxText {
			return nil, cant("a message has 1 to %d characters", bot.MaxText)
		}
		return []Change{{Edited: &Edit{Post: post, By: who, Message: bot.Say(text)}}}, nil
	})
}

func (c *Chat) own(who bot.PersonID, post bot.PostID, decide func(*Post) ([]Change, error)) error {
	return c.do(func(s *state) ([]Change, error) {
		if err := s.present(who, channelOf(post)); err != nil {
			return nil, err
		}
		p, err := s.sees(who, post)
		if err != nil {
			return nil, err
		}
		return decide(p)
	})
}

// sees returns a post that a person sees.
func (s *state) sees(who bot.PersonID, id bot.PostID) (*Post, error) {
	p, ok := s.posts[id]
	if !ok || p.Deleted || p.To != (bot.PersonID{}) && p.To != who {
		return nil, cant("%s sees no post %q", who.User, id.Message)
	}
	return p, nil
}
