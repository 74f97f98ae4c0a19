package main

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/cenkalti/backoff/v5"

	"roundtable/chat"
	"roundtable/chat/mattermost"
	"roundtable/chat/slack"
	"roundtable/config"
	"roundtable/journal"
	"roundtable/locale"
)

// connect makes the configured connections, by name. It calls nobody; the
// journal gives the key that callbacks are signed with where the settings have
// none.
func connect(ctx context.Context, c *config.Config, j journal.Journal, log *slog.Logger) (map[string]chat.Platform, error) {
	platforms := map[string]chat.Platform{}
	var mistakes []error
	for _, connection := range c.Connections {
		p, err := newPlatform(ctx, c, connection, j, log)
		if err != nil {
			mistakes = append(mistakes, fmt.Errorf("connection %q: %w", connection.Name, err))
			continue
		}
		platforms[connection.Name] = p
	}
	return platforms, errors.Join(mistakes...)
}

// newPlatform makes one connection.
func newPlatform(ctx context.Context, c *config.Config, connection config.Connection, j journal.Journal, log *slog.Logger) (chat.Platform, error) {
	switch {
	case connection.Mattermost != nil:
		m := connection.Mattermost
		key, err := signingKey(ctx, m.SigningKey, j, connection.Name)
		if err != nil {
			return nil, err
		}
		return mattermost.New(mattermost.Options{
			Connection: connection.Name, URL: m.URL, Token: m.Token.Reveal(), CommandToken: m.CommandToken.Reveal(), Team: m.Team,
			Trigger: c.Command, PublicURL: c.PublicURL, Key: key, T: translate, Log: log, Clock: time.Now,
		})
	case connection.Slack != nil:
		s := connection.Slack
		return slack.New(slack.Options{
			Connection: connection.Name, AppToken: s.AppToken.Reveal(), BotToken: s.BotToken.Reveal(), SigningSecret: s.SigningSecret.Reveal(),
			APIURL: s.APIURL, Trigger: c.Command, PublicURL: c.PublicURL, T: translate, Log: log, Clock: time.Now,
		})
	default:
		return nil, errors.New("it names no platform")
	}
}

// translate returns a message of a platform's own, in a language.
func translate(language, id string, args ...any) string { return locale.For(language).T(id, args...) }

// signingKey derives a connection's own key, so that a callback of one is worth
// nothing on another.
func signingKey(ctx context.Context, given config.Secret, j journal.Journal, connection string) ([]byte, error) {
	secret := []byte(given.Reveal())
	if !given.IsSet() {
		var err error
		if secret, err = j.Secret(ctx); err != nil {
			return nil, fmt.Errorf("read the signing key from the journal: %w", err)
		}
	}
	return hkdf.Key(sha256.New, secret, nil, "roundtable callbacks "+connection, sha256.Size)
}

// handleCallbacks hands to each connection what its platform sends, below
// /<platform>/<connection>/.
func handleCallbacks(mux *http.ServeMux, connections []config.Connection, platforms map[string]chat.Platform) {
	for _, c := range connections {
		if h, called := platforms[c.Name].(http.Handler); called {
			mux.Handle("/"+c.Platform()+"/"+c.Name+"/", h)
		}
	}
}

// runWithRetry runs a connection until the context ends. One that gives up, as
// when its token was revoked, is retried: others go on meanwhile.
func runWithRetry(ctx context.Context, p chat.Platform, handle chat.Handler, log *slog.Logger) {
	retry := backoff.NewExponentialBackOff()
	retry.InitialInterval, retry.MaxInterval = time.Second, 5*time.Minute
	for ctx.Err() == nil {
		begun := time.Now()
		err := p.Run(ctx, handle)
		if ctx.Err() != nil {
			return
		}
		if time.Since(begun) > retry.MaxInterval {
			retry.Reset()
		}
		after := retry.NextBackOff()
		log.Error("connection ended; it is tried again", "connection", p.Connection(), "after", after, "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(after):
		}
	}
}
