package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"roundtable/chat/adapter"
	"roundtable/chat/slack/webapi"

	"github.com/slack-go/slack"
	"golang.org/x/sync/singleflight"
)

// identity is who the bot is on Slack.
type identity struct{ team, enterprise, user, bot string }

func identityOf(a *slack.AuthTestResponse) identity {
	return identity{team: a.TeamID, enterprise: a.EnterpriseID, user: a.UserID, bot: a.BotID}
}

// self is what the bot knows of itself. Safe for concurrent use.
type self struct {
	api    *webapi.Client
	log    *slog.Logger
	asking singleflight.Group
	mu     sync.Mutex
	known  *identity
}

// me returns who the bot is; it asks once, for all who want to know at the same
// time.
func (s *self) me(ctx context.Context) (identity, error) {
	s.mu.Lock()
	known := s.known
	s.mu.Unlock()
	if known != nil {
		return *known, nil
	}
	if err := ctx.Err(); err != nil {
		return identity{}, err
	}
	return shared(ctx, &s.asking, "", s.introduce)
}

// greet asks until Slack has said who the bot is, so that a wrong token is told
// of when the program starts and not when somebody needs it.
func (s *self) greet(ctx context.Context) {
	told := false
	r := adapter.Retry{First: s.api.Scaled(firstRetry), Longest: s.api.Scaled(longestRetry)}
	_ = r.Do(ctx, func() error { // it fails only when the context ends
		_, err := s.me(ctx)
		if err != nil && !told && ctx.Err() == nil && !errors.Is(err, webapi.ErrBarred) { // which is told already
			s.log.Warn("slack does not say who the bot is; it is asked again; roundtable check says more", "error", err)
			told = true
		}
		return err
	})
}

// introduce asks Slack who the bot is, unless somebody has just done so.
func (s *self) introduce(ctx context.Context) (identity, error) {
	s.mu.Lock()
	known := s.known
	s.mu.Unlock()
	if known != nil {
		return *known, nil
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	got, err := s.api.Identify(ctx)
	if err != nil {
		return identity{}, fmt.Errorf("who the bot is: %w", err)
	}
	me := identityOf(got)
	s.mu.Lock()
	s.known = &me
	s.mu.Unlock()
	return me, nil
}

// home returns the team that the app is installed in, or "" when that is not
// known yet.
func (s *self) home() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		return ""
	}
	return s.known.team
}
