package slacktest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"roundtable/chat"
	"roundtable/chat/platformtest"
)

// Chat is the people's side of one app on one connection, as the conformance
// suite and whole-round tests drive it. Persons are named "T…/U…", or by "U…"
// alone; channels and posts by Slack's ids.
//
// People are patient: when a command or press fails since the app can't be
// reached (not yet connected, or reconnecting) they try again until the context
// ends. What the app may have got they don't repeat.
type Chat struct {
	app        *App
	connection string
}

var _ platformtest.Chat = (*Chat)(nil)

// Chat returns the people's side for the connection of that name.
func (a *App) Chat(connection string) *Chat { return &Chat{app: a, connection: connection} }

// Person is how the connection names a user.
func (c *Chat) Person(u *User) chat.PersonID {
	return chat.PersonID{Connection: c.connection, User: u.Key()}
}

// Channel is how the connection names a channel.
func (c *Chat) Channel(ch *Channel) chat.ChannelID {
	c.app.s.mu.Lock()
	defer c.app.s.mu.Unlock()
	return chat.ChannelID{Connection: c.connection, Channel: ch.ID}
}

func (c *Chat) user(id chat.PersonID) (*User, error) {
	_, key, found := strings.Cut(id.User, "/")
	if !found {
		key = id.User
	}
	c.app.s.mu.Lock()
	defer c.app.s.mu.Unlock()
	u := c.app.s.users[key]
	if u == nil || id.Connection != c.connection {
		return nil, fmt.Errorf("%w: person %+v", ErrNotThere, id)
	}
	return u, nil
}

// patiently tries again while the app can't be reached.
func (c *Chat) patiently(ctx context.Context, do func() error) error {
	for {
		err := do()
		if !errors.Is(err, ErrNobody) {
			return err
		}
		if !c.app.s.wait(ctx, 20*time.Millisecond) {
			return err
		}
	}
}

// Type gives a command; people of another workspace mention the app instead.
func (c *Chat) Type(ctx context.Context, who chat.PersonID, in chat.ChannelID, text string) error {
	u, err := c.user(who)
	if err != nil {
		return err
	}
	if !c.app.installed(u) {
		_, err := u.Say(in.Channel, "", strings.TrimSpace("<@"+c.app.BotUser+"> "+text))
		return err
	}
	return c.patiently(ctx, func() error { return u.Type(ctx, c.app, in.Channel, text) })
}

// Tell writes in the direct conversation with the app.
func (c *Chat) Tell(_ context.Context, who chat.PersonID, text string) error {
	u, err := c.user(who)
	if err != nil {
		return err
	}
	_, err = u.Tell(c.app, text)
	return err
}

// Say writes a message in a channel or thread.
func (c *Chat) Say(_ context.Context, who chat.PersonID, in chat.ChannelID, root chat.PostID, text string) error {
	u, err := c.user(who)
	if err != nil {
		return err
	}
	_, err = u.Say(in.Channel, root.Message, text)
	return err
}

// Press presses a button.
func (c *Chat) Press(ctx context.Context, who chat.PersonID, post chat.PostID, label string) error {
	u, err := c.user(who)
	if err != nil {
		return err
	}
	return c.patiently(ctx, func() error { return u.Press(ctx, post.Channel, post.Message, label) })
}

// Fill fills in the modal in front and sends it.
func (c *Chat) Fill(ctx context.Context, who chat.PersonID, values map[string]string) error {
	u, err := c.user(who)
	if err != nil {
		return err
	}
	if err := u.Fill(values); err != nil {
		return err
	}
	return c.patiently(ctx, func() error { return u.Submit(ctx) })
}

// React puts an emoji on a post.
func (c *Chat) React(_ context.Context, who chat.PersonID, post chat.PostID, emoji string) error {
	u, err := c.user(who)
	if err != nil {
		return err
	}
	return u.React(post.Channel, post.Message, emoji)
}

// Unreact takes it away.
func (c *Chat) Unreact(_ context.Context, who chat.PersonID, post chat.PostID, emoji string) error {
	u, err := c.user(who)
	if err != nil {
		return err
	}
	return u.Unreact(post.Channel, post.Message, emoji)
}

// Rewrite edits a post of the person's own.
func (c *Chat) Rewrite(_ context.Context, who chat.PersonID, post chat.PostID, text string) error {
	u, err := c.user(who)
	if err != nil {
		return err
	}
	return u.Rewrite(post.Channel, post.Message, text)
}

// Delete takes a post of the person's own away.
func (c *Chat) Delete(_ context.Context, who chat.PersonID, post chat.PostID) error {
	u, err := c.user(who)
	if err != nil {
		return err
	}
	return u.Delete(post.Channel, post.Message)
}

// Again delivers once more what the app got as an Incoming of this ID.
func (c *Chat) Again(ctx context.Context, id string) error {
	found, err := c.app.Again(ctx, id)
	if err == nil && !found {
		return fmt.Errorf("%w: nothing was delivered as %q", ErrNotThere, id)
	}
	return err
}

// Posts are what all see in a channel or thread.
func (c *Chat) Posts(_ context.Context, in chat.ChannelID, root chat.PostID) ([]platformtest.Shown, error) {
	if root != (chat.PostID{}) {
		posts, err := c.app.s.Replies(root.Channel, root.Message)
		return c.shown(posts), err
	}
	posts, err := c.app.s.Posts(in.Channel)
	return c.shown(posts), err
}

func (c *Chat) shown(posts []Post) []platformtest.Shown {
	var out []platformtest.Shown
	for _, p := range posts {
		out = append(out, platformtest.Shown{ID: chat.PostID{Connection: c.connection, Channel: p.Channel, Message: p.TS}, Text: p.Text})
	}
	return out
}

// Private is what only this person sees.
func (c *Chat) Private(_ context.Context, who chat.PersonID) ([]platformtest.Shown, error) {
	u, err := c.user(who)
	if err != nil {
		return nil, err
	}
	return c.shown(u.Ephemerals()), nil
}

// Direct is the direct conversation with the app.
func (c *Chat) Direct(_ context.Context, who chat.PersonID) ([]platformtest.Shown, error) {
	u, err := c.user(who)
	if err != nil {
		return nil, err
	}
	return c.shown(u.Directs(c.app)), nil
}

// Form is the modal in front. A field's Name is its element's action_id.
func (c *Chat) Form(_ context.Context, who chat.PersonID) (chat.Form, bool, error) {
	u, err := c.user(who)
	if err != nil {
		return chat.Form{}, false, err
	}
	m, open := u.Modal()
	form := chat.Form{Name: m.Callback, Title: m.Title, Submit: m.Submit, Intro: m.Text, State: m.Metadata}
	for _, f := range m.Fields {
		field := chat.Field{Name: f.Action, Label: f.Label, Help: f.Hint, Value: f.Value, Error: f.Error, Placeholder: f.Placeholder, Optional: f.Optional}
		switch f.Kind {
		case "static_select", "radio_buttons":
			field.Kind = chat.Choice
			for _, o := range f.Options {
				field.Options = append(field.Options, chat.Option{Label: o, Value: o})
			}
		case "checkboxes":
			field.Kind = chat.Check
		}
		form.Fields = append(form.Fields, field)
	}
	return form, open, nil
}
