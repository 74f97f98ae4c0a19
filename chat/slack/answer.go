package slack

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
	"roundtable/chat/adapter"
	"roundtable/chat/slack/webapi"
)

// replies tell one person something. Safe for concurrent use.
type replies struct {
	api    *webapi.Client
	log    *slog.Logger
	people *people
	posts  *posts
	guide  *connectGuide
}

// tell shows a message to one person where they are: so that only they see it,
// or plainly in the direct conversation. The key lets an answer that is kept be
// found, should it be unclear whether it arrived.
func (a *replies) tell(ctx context.Context, w place, m chat.Message, key string) error {
	if err := m.Check(); err != nil {
		return err
	}
	m.Key = key
	if w.direct {
		return a.tellDirect(ctx, w, m)
	}
	if hasFiles(m) {
		switch err := a.tellDirect(ctx, w, m); {
		case errors.Is(err, chat.ErrGone), adapter.IsUnreachable(err): // Slack does not let apps write to everybody
			m = inWords(m)
		case err != nil:
			return err
		default:
			m = chat.Say(a.people.say(w.user.id, "platform.sent-directly"))
		}
	}
	m = a.guide.add(w, m)
	parts, err := a.posts.uploads.compose(ctx, m)
	if err != nil {
		return err
	}
	for i, part := range parts {
		err := a.whisper(ctx, w, part)
		if i == 0 && (errors.Is(err, chat.ErrGone) || adapter.IsUnreachable(err)) {
			return a.tellDirect(ctx, w, m) // not to be reached there
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// hasFiles says whether a message has pictures or files: those are kept, and so
// can't be shown for a moment.
func hasFiles(m chat.Message) bool {
	for _, b := range m.Blocks {
		switch b.(type) {
		case chat.Picture, chat.File:
			return true
		}
	}
	return false
}

// inWords is a message with what its pictures show in words, and the names of
// its files.
func inWords(m chat.Message) chat.Message {
	blocks := slices.Clone(m.Blocks)
	for i, b := range blocks {
		switch b := b.(type) {
		case chat.Picture:
			blocks[i] = chat.Footnote{Text: pictureWords(b)}
		case chat.File:
			blocks[i] = chat.Footnote{Text: fileWords(b)}
		}
	}
	m.Blocks = blocks
	return m
}

// tellDirect sends an answer that is kept. When it is unclear whether Slack
// took it, it is looked for before it is sent again.
func (a *replies) tellDirect(ctx context.Context, w place, m chat.Message) error {
	to, thread := w.user.id, ""
	if w.direct && w.channel != "" {
		to, thread = w.channel, w.thread
	}
	tried := false
	return a.api.Retry(ctx, func() error {
		if tried {
			if channel, err := a.people.conversation(ctx, w.user.id); err == nil {
				root := thread
				if _, found, err := a.posts.find(ctx, channel, root, m.Key, time.Time{}); err != nil || found {
					return err
				}
			}
		}
		tried = true
		_, err := a.posts.send(ctx, to, thread, m)
		if _, inWords := errors.AsType[*chat.InWords](err); inWords {
			return nil // they have what can be had
		}
		return err
	})
}

// whisper shows one part of a message to one person in a channel.
func (a *replies) whisper(ctx context.Context, w place, part postPart) error {
	if w.thread == "" && w.responseURL != "" && adapter.Now().Sub(w.began) < responseLife && w.used.Add(1) <= responseUses {
		m := slack.WebhookMessage{Text: part.text, Blocks: &slack.Blocks{BlockSet: part.blocks}, ResponseType: slack.ResponseTypeEphemeral}
		err := a.api.Retry(ctx, func() error { return a.api.Respond(ctx, w.responseURL, m) })
		if err == nil {
			return nil
		}
		a.log.Debug("response_url not taken", "error", err)
	}
	return a.api.Retry(ctx, func() error {
		return a.api.PostEphemeral(ctx, w.channel, w.user.id, part.options(w.thread, nil)...)
	})
}

// guideButtons are the adapter's own: a verb, and what the button is called.
var guideButtons = []struct{ verb, label string }{
	{"help", "platform.button-help"},
	{"status", "platform.button-status"},
	{"submit", "platform.button-submit"},
}

// connectGuide tells people of other workspaces, whom the bot meets in Slack Connect
// channels, how they can speak to it.
type connectGuide struct {
	people  *people
	trigger string
	told    *adapter.Cache[string, struct{}] // who knows their way
}

func newGuide(people *people, o Options) *connectGuide {
	return &connectGuide{people: people, trigger: o.Trigger, told: adapter.NewCache[string, struct{}](20_000, 24*time.Hour, o.Clock)}
}

// add adds, to the first answer that somebody of another workspace gets, how
// they can speak to the bot: its slash command works for its own workspace only.
func (g *connectGuide) add(w place, m chat.Message) chat.Message {
	home := g.people.self.home()
	if home == "" || w.user.team == home || len(m.Blocks) > chat.MaxBlocks-2 {
		return m
	}
	if !g.told.Add(w.user.String(), struct{}{}) {
		return m
	}
	if len(m.Blocks) == 0 {
		m.Blocks = []chat.Block{chat.Paragraph{Text: m.Text}}
	}
	var row []chat.Button
	for _, b := range guideButtons {
		row = append(row, chat.Button{Label: g.people.say(w.user.id, b.label), Action: typedAction, Value: b.verb})
	}
	m.Blocks = append(slices.Clip(m.Blocks), chat.Footnote{Text: g.people.say(w.user.id, "platform.other-workspace", "Trigger", g.trigger)}, chat.Buttons{Buttons: row})
	return m
}
