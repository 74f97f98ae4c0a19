package playground

import (
	"context"
	"slices"

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

// sees returns a post that a person sees.
func (s *state) sees(who bot.PersonID, id bot.PostID) (*Post, error) {
	p, ok := s.posts[id]
	if !ok || p.Deleted || p.To != (bot.PersonID{}) && p.To != who {
		return nil, cant("%s sees no post %q", who.User, id.Message)
	}
	return p, nil
}
