package slacktest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// What keeps people from doing something.
var (
	// ErrNotCommand: "/round is not a valid command", which is what people of
	// another workspace than the app's read.
	ErrNotCommand = errors.New("slacktest: not a valid command")
	// ErrNotThere: the channel, message, button, modal or field can't be seen by
	// this person.
	ErrNotThere = errors.New("slacktest: not there")
	// ErrIncomplete: the modal's own checks hold the submission back.
	ErrIncomplete = errors.New("slacktest: the form is incomplete")
)

// visible finds a channel that the person is in.
func (u *User) visible(channel string) (*Channel, error) {
	c := u.s.channels[channel]
	if c == nil || !c.has(u) || u.Deleted {
		return nil, fmt.Errorf("%w: channel %s for %s", ErrNotThere, channel, u.Name)
	}
	return c, nil
}

// message finds a message that the person sees.
func (u *User) message(channel, ts string) (*message, error) {
	c, err := u.visible(channel)
	if err != nil {
		return nil, err
	}
	for _, m := range c.messages {
		if m.ts == ts && !m.gone && (m.only == nil || m.only == u) {
			return m, nil
		}
	}
	return nil, fmt.Errorf("%w: message %s in %s for %s", ErrNotThere, ts, channel, u.Name)
}

// Type types a slash command of the app, with or without it ("help" is
// "/round help"), and returns when the app has acknowledged it. The error is what
// the person sees when it did not.
func (u *User) Type(ctx context.Context, a *App, channel, command string) error {
	s := u.s
	s.mu.Lock()
	c, err := u.visible(channel)
	if err == nil && !a.installed(u) {
		err = fmt.Errorf("%w: %s", ErrNotCommand, a.Command)
	}
	if err == nil && !a.has("commands") {
		err = fmt.Errorf("%w: %s (no scope commands)", ErrNotCommand, a.Command)
	}
	if err != nil {
		s.mu.Unlock()
		return err
	}
	text := strings.TrimSpace(strings.TrimPrefix(command, a.Command))
	d := a.command(u, c, escape(text))
	s.mu.Unlock()
	answer, err := d.send(ctx, attempt{})
	if err != nil {
		return u.suffers(fmt.Errorf("%s: %w", a.Command, err))
	}
	return a.commandAnswer(u, c, answer)
}

// commandAnswer shows what came with the acknowledgement of a command.
func (a *App) commandAnswer(u *User, c *Channel, answer json.RawMessage) error {
	s := a.s
	if len(answer) == 0 {
		return nil
	}
	args := arguments{}
	if json.Unmarshal(answer, &args) != nil {
		return fmt.Errorf("slacktest: the answer to a command is %s", answer)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if args["text"] == nil && args["blocks"] == nil {
		return nil
	}
	if code := a.reply(u, c, nil, args); code != "" {
		s.breaks("the answer to a command: %s", code)
	}
	return nil
}

// suffers keeps what the person saw go wrong.
func (u *User) suffers(err error) error {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	u.trouble = append(u.trouble, err.Error())
	return err
}

// Troubles are the error messages that Slack showed to the person, in order.
func (u *User) Troubles() []string {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	return slices.Clone(u.trouble)
}

var mentioned = regexp.MustCompile(`&lt;@([A-Z0-9]+)&gt;`)

// escape writes what a person typed as Slack sends it. "<@U…>" stands for a
// mention that the person picked.
func escape(text string) string {
	text = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
	return mentioned.ReplaceAllString(text, "<@$1>")
}

// Say writes a message: in the thread of a root unless it is "". "<@U…>" in the
// text is a mention. It returns the message's timestamp.
func (u *User) Say(channel, thread, text string) (string, error) {
	return u.say(channel, thread, text, "")
}

// SayBroadcast writes into a thread and, by the tick below it, into the channel.
func (u *User) SayBroadcast(channel, thread, text string) (string, error) {
	return u.say(channel, thread, text, "thread_broadcast")
}

func (u *User) say(channel, thread, text, subtype string) (string, error) {
	s := u.s
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := u.visible(channel)
	if err == nil && c.Archived {
		err = fmt.Errorf("%w: #%s is archived", ErrNotThere, c.Name)
	}
	if err != nil {
		return "", err
	}
	if thread != "" {
		root, err := u.message(channel, thread)
		if err != nil {
			return "", err
		}
		if root.thread != "" {
			thread = root.thread
		}
	}
	m := &message{channel: c, thread: thread, from: u, text: escape(text), subtype: subtype}
	m.post()
	return m.ts, nil
}

// Tell writes to the app in the direct conversation.
func (u *User) Tell(a *App, text string) (ts string, err error) {
	u.s.mu.Lock()
	c := u.direct(a)
	u.s.mu.Unlock()
	return u.Say(c.ID, "", text)
}

// Rewrite edits a message of the person's own.
func (u *User) Rewrite(channel, ts, text string) error {
	return u.with(channel, ts, func(m *message) error {
		if m.from != u {
			return fmt.Errorf("%w: %s may not edit another's message", ErrNotThere, u.Name)
		}
		before := m.wire(true)
		m.text, m.edited = escape(text), u.s.stamp()
		m.change(before, u)
		return nil
	})
}

// with does something with a message that the person sees; the lock is held.
func (u *User) with(channel, ts string, do func(*message) error) error {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	m, err := u.message(channel, ts)
	if err != nil {
		return err
	}
	return do(m)
}

// Delete takes a message away: the person's own, or any for an admin.
func (u *User) Delete(channel, ts string) error {
	return u.with(channel, ts, func(m *message) error {
		if m.from != u && !u.Admin {
			return fmt.Errorf("%w: %s may not delete another's message", ErrNotThere, u.Name)
		}
		m.remove()
		return nil
	})
}

// Unfurl makes Slack add a preview of a link to a message: apps are told that it
// was changed, though its text is the same.
func (s *Slack) Unfurl(channel, ts string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.channels[channel]; c != nil {
		if m := c.find(ts); m != nil {
			m.change(m.wire(true), m.from)
		}
	}
}

// React puts an emoji on a message; Unreact takes it away.
func (u *User) React(channel, ts, emoji string) error {
	return u.with(channel, ts, func(m *message) error { return m.react(u, emoji, true) })
}

// Unreact takes the person's emoji away from a message.
func (u *User) Unreact(channel, ts, emoji string) error {
	return u.with(channel, ts, func(m *message) error { return m.react(u, emoji, false) })
}

func (m *message) react(u *User, emoji string, on bool) error {
	s := u.s
	if m.only != nil {
		return fmt.Errorf("%w: nobody can react to what only they see", ErrNotThere)
	}
	i := slices.IndexFunc(m.reacted, func(r reaction) bool { return r.name == emoji })
	had := i >= 0 && slices.Contains(m.reacted[i].users, u.ID)
	if had == on {
		return fmt.Errorf("slacktest: %s: already so", emoji)
	}
	kind := "reaction_added"
	switch {
	case !on:
		kind = "reaction_removed"
		m.reacted[i].users = slices.DeleteFunc(m.reacted[i].users, func(id string) bool { return id == u.ID })
		if len(m.reacted[i].users) == 0 {
			m.reacted = slices.Delete(m.reacted, i, i+1)
		}
	case i < 0:
		m.reacted = append(m.reacted, reaction{name: emoji, users: []string{u.ID}})
	default:
		m.reacted[i].users = append(m.reacted[i].users, u.ID)
	}
	s.tell(m.channel, kind, u, map[string]any{
		"type": kind, "user": u.ID, "reaction": emoji, "item_user": m.from.ID, "event_ts": s.stamp(),
		"item": map[string]any{"type": "message", "channel": m.channel.ID, "ts": m.ts},
	})
	return nil
}
