package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/slack-go/slack"

	"roundtable/chat"
)

// show shows somebody the reply. open is the form that said "one moment", if
// one did.
func (s *shift) show(w place, in chat.Incoming, r chat.Reply, open *slack.ViewResponse) {
	if w.user.id == "" {
		return // nobody did it
	}
	ctx, cancel := context.WithTimeout(s.ctx, answerTimeout)
	defer cancel()
	if r.Form != nil || open != nil {
		s.p.present(ctx, w, r.Form, open)
	}
	if r.Message != nil {
		if err := s.p.tell(ctx, w, *r.Message, "answer/"+in.ID); err != nil {
			s.p.log.Error("an answer did not arrive", "error", err)
		}
	}
}

// tell shows a message to one person where they are: so that only they see it,
// or plainly in the direct conversation. The key lets an answer that is kept be
// found, should it be unclear whether it arrived.
func (p *Platform) tell(ctx context.Context, w place, m chat.Message, key string) error {
	if err := m.Check(); err != nil {
		return err
	}
	m.Key = key
	if w.direct {
		return p.tellDirectly(ctx, w, m)
	}
	if carries(m) {
		switch err := p.tellDirectly(ctx, w, m); {
		case errors.Is(err, chat.ErrGone): // Slack does not let apps write to everybody
			m = inWords(m)
		case err != nil:
			return err
		default:
			m = chat.Say(p.say(w.user.id, "platform.sent-directly"))
		}
	}
	m = p.guided(w, m)
	parts, err := p.compose(ctx, m)
	if err != nil {
		return err
	}
	for i, part := range parts {
		err := p.whisper(ctx, w, part)
		if i == 0 && errors.Is(err, chat.ErrGone) {
			return p.tellDirectly(ctx, w, m) // not to be reached there
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// carries says whether a message has pictures or files: those are kept, and so
// can't be shown for a moment.
func carries(m chat.Message) bool {
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

// tellDirectly sends an answer that is kept. When it is unclear whether Slack
// took it, it is looked for before it is sent again.
func (p *Platform) tellDirectly(ctx context.Context, w place, m chat.Message) error {
	to, thread := w.user.id, ""
	if w.direct && w.channel != "" {
		to, thread = w.channel, w.thread
	}
	tried := false
	return p.patiently(ctx, func() error {
		if tried {
			if channel, err := p.conversation(ctx, w.user.id); err == nil {
				root := thread
				if _, found, err := p.search(ctx, channel, root, m.Key); err != nil || found {
					return err
				}
			}
		}
		tried = true
		_, err := p.send(ctx, to, thread, m)
		return err
	})
}

// whisper shows one part of a message to one person in a channel.
func (p *Platform) whisper(ctx context.Context, w place, part part) error {
	if w.thread == "" && w.responseURL != "" && instant().Sub(w.began) < responseLife && w.used.Add(1) <= responseUses {
		err := p.patiently(ctx, func() error { return p.respond(ctx, w.responseURL, part) })
		if err == nil {
			return nil
		}
		p.log.Debug("response_url not taken", "error", err)
	}
	return p.patiently(ctx, func() error {
		return p.call(ctx, "chat.postEphemeral", w.channel, func(ctx context.Context) error {
			_, err := p.api.PostEphemeralContext(ctx, w.channel, w.user.id, part.options(w.thread, nil)...)
			return err
		})
	})
}

// respond posts to a response_url. Slack answers "ok" or an error in words.
func (p *Platform) respond(ctx context.Context, url string, part part) error {
	body, err := json.Marshal(slack.WebhookMessage{Text: part.text, Blocks: &slack.Blocks{BlockSet: part.blocks}, ResponseType: slack.ResponseTypeEphemeral})
	if err != nil {
		return fmt.Errorf("response_url: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("response_url: %w", withoutAddress(err))
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	response, err := p.http.Do(request)
	if err != nil {
		return fmt.Errorf("response_url: %w", withoutAddress(err))
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, 1000))
	switch {
	case err != nil:
		return fmt.Errorf("response_url: %w", err)
	case response.StatusCode >= http.StatusInternalServerError, response.StatusCode == http.StatusTooManyRequests:
		return fmt.Errorf("response_url: %s", response.Status)
	case response.StatusCode != http.StatusOK:
		return fmt.Errorf("response_url: %s %s: %w", response.Status, answer, chat.ErrGone)
	}
	return nil
}

// How often and how patiently an answer is tried.
const (
	tries      = 6
	firstPause = 250 * time.Millisecond
	mostPause  = 5 * time.Second
)

// patiently tries what does no harm when done twice, until it works, is no use,
// or the context ends.
func (p *Platform) patiently(ctx context.Context, do func() error) error {
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval, pauses.MaxInterval = p.rates.scaled(firstPause), p.rates.scaled(mostPause)
	for n := 1; ; n++ {
		err := do()
		if !passing(err) || n == tries || ctx.Err() != nil {
			return err
		}
		pause := pauses.NextBackOff()
		if later, ok := errors.AsType[*chat.Later](err); ok {
			pause = max(pause, later.After)
		}
		if !hopeful(ctx, pause) {
			return err
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return err
		}
	}
}
