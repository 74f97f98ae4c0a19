package playground

import (
	"context"
	"slices"

	"roundtable/chat"
)

// Press presses a button of a post, also of a private one: by its label, its
// action, its action and value, or its scope, action and value, with a '/' between.
func (c *Chat) Press(ctx context.Context, who chat.PersonID, post chat.PostID, button string) (Seen, error) {
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
			return chat.Button{}, cant("%d buttons are called %q", len(found), name)
		}
	}
	labels := make([]string, len(all))
	for i, b := range all {
		labels[i] = b.Label
	}
	return chat.Button{}, cant("no button %q; there are %q", name, labels)
}

// sees returns a post that a person sees.
func (s *state) sees(who chat.PersonID, id chat.PostID) (*Post, error) {
	p, ok := s.posts[id]
	if !ok || p.Deleted || p.To != (chat.PersonID{}) && p.To != who {
		return nil, cant("%s sees no post %q", who.User, id.Message)
	}
	return p, nil
}
