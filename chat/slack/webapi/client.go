// Package webapi calls the methods of Slack's Web API that the bot needs, within
// Slack's limits.
//
// Each call waits until the limits of its method, channel and workspace allow it;
// who writes to a channel goes before those who nudge people. A call that would
// still wait when its context ends is refused at once with a [chat.Later], and so
// is every call for some minutes after Slack has said that the app is not let in
// (any more). A call that Slack answers with 429 was not done and is made again.
//
// Any other error is returned as it is, with its meaning: it wraps [chat.ErrGone],
// [chat.ErrRefused], a [chat.Unreachable] or a [chat.Later] where Slack's code says so. No error holds an
// address that lets whoever has it upload or answer. Nothing that may have been
// done is repeated but by [Client.Retry].
//
// The package knows nothing of messages, forms and people: those are slack-go's
// types.
package webapi

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
	"roundtable/chat/adapter"
)

// Options say which app to call for.
type Options struct {
	// BotToken ("xoxb-...") and AppToken ("xapp-...") are the app's; the latter is
	// needed for sockets only.
	BotToken, AppToken string
	// URL is where the Web API is, with a slash at its end.
	URL string
	// Log gets what operators should know.
	Log *slog.Logger
	// Clock is what time it is.
	Clock func() time.Time
	// Haste makes rates and pauses pass that many times faster; 0 is 1.
	Haste float64
}

// Client calls the Web API. Safe for concurrent use.
type Client struct {
	api   *slack.Client
	http  *http.Client
	log   *slog.Logger
	clock func() time.Time
	haste float64
	rates *rates

	mu      sync.Mutex
	barred  error     // why Slack does not let the bot in
	retryAt time.Time // when to see whether it does again
}

// New returns a client. It does no network I/O.
func New(o Options) *Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 20
	transport.IdleConnTimeout = 30 * time.Second
	c := &Client{http: &http.Client{Transport: transport}, log: o.Log, clock: o.Clock, haste: o.Haste}
	if c.haste <= 0 {
		c.haste = 1
	}
	c.api = slack.New(o.BotToken, slack.OptionAPIURL(o.URL), slack.OptionAppLevelToken(o.AppToken), slack.OptionHTTPClient(c.http))
	c.rates = newRates(c.haste)
	return c
}

// CloseIdle closes connections that wait to be used again.
func (c *Client) CloseIdle() { c.http.CloseIdleConnections() }

// Scaled returns how long a time of Slack's lasts here: d, or less in tests.
func (c *Client) Scaled(d time.Duration) time.Duration { return scaled(d, c.haste) }

func scaled(d time.Duration, haste float64) time.Duration {
	return time.Duration(float64(d) / haste)
}

// callTimeout bounds one call.
const callTimeout = 15 * time.Second

// call makes one call when its limits allow, and again when Slack says 429: then it
// was not done. channel is empty where it does not matter. Any other failure is
// returned with its meaning.
func (c *Client) call(ctx context.Context, method, channel string, do func(ctx context.Context) error) error {
	for {
		if err := c.admitted(); err != nil {
			return err
		}
		if err := c.rates.wait(ctx, method, channel); err != nil {
			return fmt.Errorf("%s: %w", method, err)
		}
		err := within(ctx, do)
		limited, ok := errors.AsType[*slack.RateLimitedError](err)
		if !ok {
			return c.meaning(method, channel, err)
		}
		after := c.rates.pause(method, channel, limited.RetryAfter)
		if _, laned := paces[method]; laned && adapter.Outlives(ctx, after) {
			continue
		}
		return fmt.Errorf("%s: %w", method, &chat.Later{After: after, Err: err})
	}
}

func within(ctx context.Context, do func(ctx context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	return do(ctx)
}

// How often and after which pauses Retry tries again.
const (
	maxTries     = 6
	firstPause   = 250 * time.Millisecond
	longestPause = 5 * time.Second
)

// Retry tries what does no harm when done twice, a few times within seconds, while
// failures are [Temporary] and the context lives.
func (c *Client) Retry(ctx context.Context, try func() error) error {
	r := adapter.Retry{First: c.Scaled(firstPause), Longest: c.Scaled(longestPause), Tries: maxTries, Worth: Temporary}
	return r.Do(ctx, try)
}

// barredFor is how long Slack is left alone by a bot that it does not let in.
const barredFor = 10 * time.Minute

// ErrBarred says that the app was uninstalled, or its token revoked.
var ErrBarred = errors.New("slack does not let the bot in")

// Bar notes that calling is no use until somebody installs the app again. Calls are
// refused for ten minutes; then one is let through, to see.
func (c *Client) Bar(why string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.barred == nil {
		c.log.Error("slack does not let the bot in; install the app again, and check its bot token; roundtable check says more", "reason", why)
	}
	c.barred = fmt.Errorf("%w: %s", ErrBarred, why)
	c.retryAt = c.clock().Add(c.Scaled(barredFor))
}

// admitted returns an error when calling is no use now.
func (c *Client) admitted() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if wait := c.retryAt.Sub(c.clock()); c.barred != nil && wait > 0 {
		return barredUntil(wait, c.barred)
	}
	return nil
}

// Barred returns why Slack does not let the bot in; nil when it does, as far as is known.
func (c *Client) Barred() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.barred
}

// admit notes that Slack has answered.
func (c *Client) admit() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.barred != nil {
		c.barred = nil
		c.log.Info("slack lets the bot in again")
	}
}
