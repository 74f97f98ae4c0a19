package slack

import (
	"context"
	"errors"
	"sync"
	"time"

	"roundtable/bot"
)

// pace is how often something may be done: most times within any span of that
// length.
type pace struct {
	most int
	span time.Duration
}

// Slack's rate limits are stated in tiers of calls a minute, by method and
// workspace (docs.slack.dev/apis/web-api/rate-limits).
var (
	tier3 = pace{50, time.Minute}
	tier4 = pace{100, time.Minute}
	// postsAChannel is chat.postMessage's own limit.
	postsAChannel = pace{1, time.Second}
	// postsAWorkspace spreads posts and nudges over the workspace: Slack says
	// "several hundred a minute" and no more.
	postsAWorkspace = pace{5, time.Second}
)

// paces are the methods that the bot calls. What is not here is not limited by
// the bot, only by Slack's answer.
var paces = map[string]pace{
	"auth.test":                    {100, time.Minute}, // "special", hundreds a minute
	"chat.delete":                  tier3,
	"chat.postEphemeral":           tier4,
	"chat.postMessage":             postsAWorkspace,
	"chat.update":                  tier3,
	"conversations.history":        tier3,
	"conversations.info":           tier3,
	"conversations.open":           tier3,
	"conversations.replies":        tier3,
	"files.completeUploadExternal": tier4,
	"files.getUploadURLExternal":   tier4,
	"users.conversations":          tier3,
	"users.info":                   tier4,
	"views.open":                   tier4,
	"views.publish":                tier4,
	"views.update":                 tier4,
}

// rates keeps every limit at once: each method has a lane in the workspace, and
// posts have one for each channel. Who waits in a lane goes in the order of
// arrival. Safe for concurrent use.
type rates struct {
	haste float64

	mu    sync.Mutex
	lanes map[string]*lane
}

func newRates(haste float64) *rates {
	if haste <= 0 {
		haste = 1
	}
	return &rates{haste: haste, lanes: map[string]*lane{}}
}

// scaled is how long a time of Slack's lasts here.
func (r *rates) scaled(d time.Duration) time.Duration { return time.Duration(float64(d) / r.haste) }

// route returns the lanes that a call passes, the narrowest first. channel is
// empty where it does not matter.
func (r *rates) route(method, channel string) []*lane {
	r.mu.Lock()
	defer r.mu.Unlock()
	var route []*lane
	if method == "chat.postMessage" {
		route = append(route, r.lane(method+" "+channel, postsAChannel))
	}
	if p, ok := paces[method]; ok {
		route = append(route, r.lane(method, p))
	}
	return route
}

// mostLanes bounds how many channels are remembered; idle ones are forgotten.
const mostLanes = 5000

func (r *rates) lane(name string, p pace) *lane {
	l, ok := r.lanes[name]
	if ok {
		return l
	}
	if len(r.lanes) >= mostLanes {
		for other, l := range r.lanes {
			if l.idle() {
				delete(r.lanes, other)
			}
		}
	}
	l = &lane{most: p.most, span: r.scaled(p.span)}
	r.lanes[name] = l
	return l
}

// wait returns when the call may be made. When that is not before the context's
// deadline it returns a *bot.Later at once: nothing has been sent.
func (r *rates) wait(ctx context.Context, method, channel string) error {
	for _, l := range r.route(method, channel) {
		if err := l.pass(ctx); err != nil {
			return err
		}
	}
	return nil
}

// pause keeps everybody from calling for as long as Slack said, in the
// narrowest lane alone, and returns how long that is.
func (r *rates) pause(method, channel string, after time.Duration) time.Duration {
	after = max(r.scaled(after), time.Millisecond)
	if route := r.route(method, channel); len(route) > 0 {
		route[0].hold(after)
	}
	return after
}

// instant is now, whatever the bot's clock says: Slack's limits are in real time.
func instant() time.Time {
	return time.Now() //nolint:forbidigo // nothing that is kept depends on it
}

// errTooMany is why something has to wait.
var errTooMany = errors.New("slack: as much has been sent as Slack takes for now")

// lane lets through at most so many in any span, in order.
type lane struct {
	most int
	span time.Duration

	mu     sync.Mutex
	passed []time.Time // within the last span
	until  time.Time   // held by Slack
	queue  []chan struct{}
}

// pass waits for its turn and takes it.
func (l *lane) pass(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	l.mu.Lock()
	mine := make(chan struct{}, 1)
	l.queue = append(l.queue, mine)
	if len(l.queue) == 1 {
		mine <- struct{}{}
	}
	ahead := len(l.queue) - 1
	l.mu.Unlock()
	defer l.leave(mine)
	if err := l.hopeless(ctx, ahead); err != nil {
		return err
	}
	select {
	case <-mine:
	case <-ctx.Done():
		return late(ctx, l.span)
	}
	for {
		pause := l.take()
		if pause <= 0 {
			return nil
		}
		if err := l.hopeless(ctx, 0); err != nil {
			return err
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return late(ctx, pause)
		}
	}
}

// take takes a place if there is one; otherwise it returns for how long there is
// none.
func (l *lane) take() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := instant()
	if pause := l.until.Sub(now); pause > 0 {
		return pause
	}
	for len(l.passed) > 0 && now.Sub(l.passed[0]) >= l.span {
		l.passed = l.passed[1:]
	}
	if len(l.passed) < l.most {
		l.passed = append(l.passed, now)
		return 0
	}
	return l.span - now.Sub(l.passed[len(l.passed)-l.most])
}

// hopeless says no at once to who would still wait when the context ends.
func (l *lane) hopeless(ctx context.Context, ahead int) error {
	deadline, ok := ctx.Deadline()
	if !ok {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := instant()
	wait := max(l.until.Sub(now), l.span*time.Duration(ahead)/time.Duration(l.most)-l.span)
	if wait > deadline.Sub(now) {
		return &bot.Later{After: wait, Err: errTooMany}
	}
	return nil
}

// leave gives the turn to the next.
func (l *lane) leave(mine chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, c := range l.queue {
		if c != mine {
			continue
		}
		l.queue = append(l.queue[:i:i], l.queue[i+1:]...)
		if i == 0 && len(l.queue) > 0 {
			l.queue[0] <- struct{}{}
		}
		return
	}
}

func (l *lane) hold(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	until := instant().Add(d)
	if until.After(l.until) {
		l.until = until
	}
}

func (l *lane) idle() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := instant()
	free := len(l.passed) == 0 || now.Sub(l.passed[len(l.passed)-1]) >= l.span
	return len(l.queue) == 0 && free && now.After(l.until)
}

// late is the end of the context while waiting for a turn: nothing has been
// sent, so a deadline only means later.
func late(ctx context.Context, after time.Duration) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return &bot.Later{After: after, Err: errTooMany}
	}
	return ctx.Err()
}
