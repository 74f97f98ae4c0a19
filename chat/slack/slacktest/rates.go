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

// most is how much a bucket of a rate holds: the burst, and what jitter may
// bring together.
func (s *Slack) most(burst int, perSecond float64) float64 {
	return float64(burst) + perSecond*float64(s.opts.Hurry)*jitter.Seconds()
}

func (s *Slack) bucket(key string, most float64) *bucket {
	b, ok := s.buckets[key]
	if !ok {
		b = &bucket{left: most, at: s.hurried()}
		s.buckets[key] = b
	}
	return b
}

// within says whether a call keeps the limits, and notes it when not. The lock is
// held.
func (s *Slack) within(name string, r rate, app *App, args arguments) (time.Duration, bool) {
	if s.opts.Unlimited || r.perMinute == 0 {
		return 0, true
	}
	now := s.hurried()
	burst, perSecond := r.perMinute, float64(r.perMinute)/60
	switch {
	case r.perChannel:
		burst = PostsAtOnce
	case name == "apps.connections.open":
		burst = socketsAtOnce
	}
	key, most := app.ID+"/"+name, s.most(burst, perSecond)
	whole := s.bucket(key, most)
	if wait, ok := whole.take(now, perSecond, most); !ok {
		s.breaks("%s more often than %d times a minute (%d at once)", name, r.perMinute, burst)
		return wait, false
	}
	if !r.perChannel {
		return 0, true
	}
	channel := args.text("channel")
	if u := s.users[channel]; u != nil {
		channel = s.direct(u, app).ID
	}
	most = s.most(PostsAtOnceInChannel, 1)
	if wait, ok := s.bucket(key+"/"+channel, most).take(now, 1, most); !ok {
		s.breaks("%s more often than once a second in %s (%d at once)", name, s.channelName(channel), PostsAtOnceInChannel)
		whole.left++
		return wait, false
	}
	return 0, true
}

// hurried is the time of the limits: on the clock, but so many times faster.
func (s *Slack) hurried() time.Time {
	return s.begun.Add(s.opts.Clock().Sub(s.begun) * time.Duration(s.opts.Hurry))
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
