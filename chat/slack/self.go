package slack

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/slack-go/slack"
	"golang.org/x/sync/singleflight"

	"roundtable/chat"
)

// identity is who the bot is on Slack.
type identity struct{ team, enterprise, user, bot string }

// self is what the bot knows of itself: who it is, and whether Slack still knows
// it.
type self struct {
	asking  singleflight.Group
	mu      sync.Mutex
	known   *identity
	barred  error     // why Slack does not let the bot in
	retryAt time.Time // when to see whether it does again
}

// barredFor is how long Slack is left alone by a bot that it does not let in.
const barredFor = 10 * time.Minute

// errBarred says that the app was uninstalled, or its token revoked.
var errBarred = errors.New("slack does not let the bot in")

// bar notes that calling is no use until somebody installs the app again.
func (p *Platform) bar(why string) {
	p.self.mu.Lock()
	defer p.self.mu.Unlock()
	if p.self.barred == nil {
		p.log.Error("slack does not let the bot in; install the app again, and check its bot token; roundtable check says more", "reason", why)
	}
	p.self.barred = fmt.Errorf("%w: %s", errBarred, why)
	p.self.retryAt = p.clock().Add(p.rates.scaled(barredFor))
}

// admitted returns an error when calling is no use now.
func (p *Platform) admitted() error {
	p.self.mu.Lock()
	defer p.self.mu.Unlock()
	if wait := p.self.retryAt.Sub(p.clock()); p.self.barred != nil && wait > 0 {
		return &chat.Later{After: wait, Err: p.self.barred}
	}
	return nil
}

// welcome notes that Slack has answered.
func (p *Platform) welcome() {
	p.self.mu.Lock()
	defer p.self.mu.Unlock()
	if p.self.barred != nil {
		p.self.barred = nil
		p.log.Info("slack lets the bot in again")
	}
}

// me returns who the bot is; it asks once, for all who want to know at the same
// time.
func (p *Platform) me(ctx context.Context) (identity, error) {
	p.self.mu.Lock()
	known := p.self.known
	p.self.mu.Unlock()
	if known != nil {
		return *known, nil
	}
	if err := ctx.Err(); err != nil {
		return identity{}, err
	}
	answer := p.self.asking.DoChan("", func() (any, error) { return p.introduce(context.WithoutCancel(ctx)) })
	select {
	case <-ctx.Done():
		return identity{}, ctx.Err()
	case a := <-answer:
		me, _ := a.Val.(identity)
		return me, a.Err
	}
}

// greet asks until Slack has said who the bot is, so that a wrong token is told
// of when the program starts and not when somebody needs it.
func (p *Platform) greet(ctx context.Context) {
	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval, pauses.MaxInterval = p.rates.scaled(firstRetry), p.rates.scaled(longestRetry)
	told := false
	for {
		_, err := p.me(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		if !told && !errors.Is(err, errBarred) { // which is told already
			p.log.Warn("slack does not say who the bot is; it is asked again; roundtable check says more", "error", err)
			told = true
		}
		pause := pauses.NextBackOff()
		if later, ok := errors.AsType[*chat.Later](err); ok {
			pause = max(pause, later.After)
		}
		if !wait(ctx, pause) {
			return
		}
	}
}

// introduce asks Slack who the bot is, unless somebody has just done so.
func (p *Platform) introduce(ctx context.Context) (identity, error) {
	p.self.mu.Lock()
	known := p.self.known
	p.self.mu.Unlock()
	if known != nil {
		return *known, nil
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	var got *slack.AuthTestResponse
	err := p.call(ctx, "auth.test", "", func(ctx context.Context) (err error) {
		got, err = p.api.AuthTestContext(ctx)
		return err
	})
	if err != nil {
		return identity{}, fmt.Errorf("who the bot is: %w", err)
	}
	me := identity{team: got.TeamID, enterprise: got.EnterpriseID, user: got.UserID, bot: got.BotID}
	p.self.mu.Lock()
	p.self.known = &me
	p.self.mu.Unlock()
	return me, nil
}

// home returns the team that the app is installed in, or "" when that is not
// known yet.
func (p *Platform) home() string {
	p.self.mu.Lock()
	defer p.self.mu.Unlock()
	if p.self.known == nil {
		return ""
	}
	return p.self.known.team
}
