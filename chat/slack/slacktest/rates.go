package slacktest

import (
	"fmt"
	"time"
)

// rate is how often a method may be called by one app in one workspace.
type rate struct {
	perMinute int
	// perChannel: chat.postMessage, which is also limited by channel.
	perChannel bool
}

// The tiers of https://docs.slack.dev/apis/web-api/rate-limits: at least so many
// calls a minute by method, workspace and app.
var (
	tier1  = rate{perMinute: 1}
	tier2  = rate{perMinute: 20}
	tier3  = rate{perMinute: 50}
	tier4  = rate{perMinute: 100}
	free   = rate{}
	posted = rate{perMinute: PostsPerMinute, perChannel: true}
)

const (
	// PostsPerMinute is how many messages an app may post in one workspace
	// ("several hundred").
	PostsPerMinute = 300
	// PostsAtOnce is how many of them it may post in one moment.
	PostsAtOnce = 10
	// PostsAtOnceInChannel bounds the burst in one channel, in which one message
	// a second may be posted.
	PostsAtOnceInChannel = 3
	// socketsAtOnce are the sockets that may be asked for in one moment, though
	// apps.connections.open is of the first tier: the documentation wants clients to
	// reconnect whenever they are told to, and ten of them.
	socketsAtOnce = 60
)

// bucket is a token bucket on the fake's clock.
type bucket struct {
	left float64
	at   time.Time
}

// take takes one token; otherwise it says when there will be one.
func (b *bucket) take(now time.Time, perSecond, most float64) (wait time.Duration, ok bool) {
	b.left = min(most, b.left+now.Sub(b.at).Seconds()*perSecond)
	b.at = now
	if b.left < 1-1e-9 {
		return time.Duration((1 - b.left) / perSecond * float64(time.Second)), false
	}
	b.left--
	return 0, true
}

// jitter is by how much calls may come closer together than they were sent, on
// the wall clock. Where time hurries it counts as so much more.
const jitter = 100 * time.Millisecond

// limits are the buckets of all calls, on the fake's clock but so many times
// faster. Its lock is Slack's.
type limits struct {
	clock   func() time.Time
	hurry   int
	begun   time.Time
	buckets map[string]*bucket
}

func newLimits(o Options) *limits {
	return &limits{clock: o.Clock, hurry: o.Hurry, begun: o.Clock(), buckets: map[string]*bucket{}}
}

// now is the time of the limits.
func (l *limits) now() time.Time {
	return l.begun.Add(l.clock().Sub(l.begun) * time.Duration(l.hurry))
}

// take takes a token of a bucket that holds a burst, and what jitter may bring
// together; otherwise it says when there will be one.
func (l *limits) take(key string, burst int, perSecond float64) (wait time.Duration, ok bool) {
	now, most := l.now(), float64(burst)+perSecond*float64(l.hurry)*jitter.Seconds()
	b, known := l.buckets[key]
	if !known {
		b = &bucket{left: most, at: now}
		l.buckets[key] = b
	}
	return b.take(now, perSecond, most)
}

// giveBack puts a token back that was taken for nothing.
func (l *limits) giveBack(key string) { l.buckets[key].left++ }

// within says whether a call keeps the limits, and notes it when not. The lock is
// held.
func (r rate) within(name string, app *App, args arguments) (time.Duration, bool) {
	s := app.s
	if s.opts.Unlimited || r.perMinute == 0 {
		return 0, true
	}
	burst, perSecond := r.perMinute, float64(r.perMinute)/60
	switch {
	case r.perChannel:
		burst = PostsAtOnce
	case name == "apps.connections.open":
		burst = socketsAtOnce
	}
	key := app.ID + "/" + name
	if wait, ok := s.limits.take(key, burst, perSecond); !ok {
		s.breaks("%s more often than %d times a minute (%d at once)", name, r.perMinute, burst)
		return wait, false
	}
	if !r.perChannel {
		return 0, true
	}
	channel := args.text("channel")
	if u := s.users[channel]; u != nil {
		channel = u.direct(app).ID
	}
	if wait, ok := s.limits.take(key+"/"+channel, PostsAtOnceInChannel, 1); !ok {
		s.breaks("%s more often than once a second in %s (%d at once)", name, s.channelName(channel), PostsAtOnceInChannel)
		s.limits.giveBack(key)
		return wait, false
	}
	return 0, true
}

func (s *Slack) channelName(id string) string {
	c := s.channels[id]
	if c == nil {
		return id
	}
	if c.im != nil {
		return fmt.Sprintf("the conversation with %s", c.im.Name)
	}
	return "#" + c.Name
}
