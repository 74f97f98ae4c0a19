package webapi

import (
	"context"
	"strings"
	"sync"
	"time"
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
	// socketsAsked is apps.connections.open's: of the first tier, one a minute and more. The
	// bot keeps two sockets, each of which Slack may have it replace at any time.
	socketsAsked = pace{10, time.Minute}
	// postsAChannel is chat.postMessage's own limit.
	postsAChannel = pace{1, time.Second}
	// postsAWorkspace spreads posts and nudges over the workspace: Slack says
	// "several hundred a minute" and no more.
	postsAWorkspace = pace{5, time.Second}
)

// paces are the methods that the bot calls. What is not here is not limited by
// the bot, only by Slack's answer.
var paces = map[string]pace{
	"apps.connections.open":        socketsAsked,
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

func newRates(haste float64) *rates { return &rates{haste: haste, lanes: map[string]*lane{}} }

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
	l = &lane{most: p.most, span: scaled(p.span, r.haste)}
	r.lanes[name] = l
	return l
}

// wait returns when the call may be made. When that is not before the context's
// deadline it returns a [chat.Later] at once: nothing has been sent. Who writes to
// a channel goes before those who nudge people, since many nudges may wait.
func (r *rates) wait(ctx context.Context, method, channel string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	urgent := !strings.HasPrefix(channel, "U") && !strings.HasPrefix(channel, "W")
	route := r.route(method, channel)
	for _, l := range route {
		mine := l.join(urgent)
		defer l.leave(mine)
		if err := l.turn(ctx, mine); err != nil {
			return err
		}
	}
	// It is this call's turn in every lane: nobody else can have gone meanwhile.
	for _, l := range route {
		l.pass()
	}
	return nil
}

// pause keeps everybody from calling for as long as Slack said, in the
// narrowest lane alone, and returns how long that is.
func (r *rates) pause(method, channel string, after time.Duration) time.Duration {
	after = max(scaled(after, r.haste), time.Millisecond)
	if route := r.route(method, channel); len(route) > 0 {
		route[0].hold(after)
	}
	return after
}
