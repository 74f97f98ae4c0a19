package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
	"roundtable/chat/adapter"
	"roundtable/chat/slack/webapi"
)

const (
	// editBack is how far back, from where looking begins, changed messages are
	// looked for: in threads in which something was said since.
	editBack = 7 * 24 * time.Hour
	// throttleAfter and throttlePause leave room for others in what Slack allows, 50
	// calls a minute: so many calls at once, and then one after each pause.
	throttleAfter = 15
	throttlePause = 2 * time.Second
)

// catchUpAfterOutages takes up what was missed: at the start, and whenever no socket has been
// open for long. Over HTTP it isn't known whether Slack gets through.
func (p *Platform) catchUpAfterOutages(ctx context.Context, r *run) {
	if p.options.AppToken == "" {
		p.monitor.report(adapter.Outage{})
	}
	for {
		select {
		case <-ctx.Done():
			return
		case outage := <-p.monitor.outages:
			now := p.options.Clock()
			retry := adapter.Retry{First: p.api.Scaled(firstRetry), Longest: p.api.Scaled(longestRetry), Notify: func(err error, pause time.Duration) {
				p.options.Log.Warn("what was missed could not be looked up; it is tried again", "after", pause, "error", err)
			}}
			_ = retry.Do(ctx, func() error { return p.catchUp(ctx, r, outage, now) }) // it fails only when the context ends
		}
	}
}

// answeredSince returns the time from which missed messages are answered. After a
// restart older ones may have been answered already, so they get no reply; after an
// outage within this process none have.
func answeredSince(outage adapter.Outage, now time.Time) time.Time {
	if outage.Began.IsZero() {
		return now.Add(-adapter.Stale)
	}
	return outage.Since(now)
}

// backfill is one look at what was missed.
type backfill struct {
	p            *Platform
	r            *run
	me           identity
	since        string // ts
	edits        string // ts
	replyFrom    string // ts until which nothing is answered
	calls        int
	getsMessages bool // the app is told of what is said in channels
}

// missed is something that happened unheard; at orders them.
type missed struct {
	at string
	do func()
}

// catchUp takes up what was said in the threads of the bot's own posts, rewritten
// and deleted there, while Slack wasn't heard, as far as its channels show it.
// Everything has the ID that it would have had, so what is known is let go.
func (p *Platform) catchUp(ctx context.Context, r *run, outage adapter.Outage, now time.Time) error {
	me, err := p.self.me(ctx)
	if err != nil {
		return err
	}
	since := outage.Since(now)
	b := &backfill{p: p, r: r, me: me, since: stamp(since), edits: stamp(since.Add(-editBack)), replyFrom: stamp(answeredSince(outage, now)), getsMessages: p.monitor.getsMessages()}
	channels, err := b.channels(ctx)
	if err != nil {
		return err
	}
	threads := map[string][]string{}
	for _, channel := range channels {
		if threads[channel], err = b.threads(ctx, channel); err != nil {
			return err
		}
	}
	if !b.getsMessages {
		select { // of an app that isn't told of threads none is kept
		case <-ctx.Done():
			return ctx.Err()
		case <-p.monitor.messages:
		}
	}
	taken := 0
	for _, channel := range channels {
		all, err := b.missedIn(ctx, channel, threads[channel])
		if err != nil {
			return err
		}
		taken += len(all)
		for _, m := range all {
			if !r.do(ctx, m.do) {
				return ctx.Err()
			}
		}
	}
	p.options.Log.Info("looked up what was missed", "channels", len(channels), "things", taken, "since", since)
	return nil
}

// stamp is a time as Slack writes it.
func stamp(t time.Time) string { return fmt.Sprintf("%d.%06d", t.Unix(), t.Nanosecond()/1000) }

// do does something that the run waits for, and returns when it is done; false when
// the run is over.
func (r *run) do(ctx context.Context, do func()) bool {
	done := make(chan struct{})
	if ctx.Err() != nil || !r.Go(func() { defer close(done); do() }) {
		return false
	}
	<-done
	return true
}

// throttle waits until the next call leaves room for others.
func (b *backfill) throttle(ctx context.Context) error {
	if b.calls++; b.calls > throttleAfter && !adapter.Sleep(ctx, b.p.api.Scaled(throttlePause)) {
		return ctx.Err()
	}
	return ctx.Err()
}

// unreadable says whether a channel or thread can't be read, so that it is passed
// over. Which scope is missing, the doctor says.
func unreadable(err error) bool {
	return errors.Is(err, chat.ErrGone) || adapter.IsUnreachable(err) && !errors.Is(err, webapi.ErrBarred)
}

// channels are those that the bot is in.
func (b *backfill) channels(ctx context.Context) ([]string, error) {
	var all []string
	for _, kind := range []string{"public_channel", "private_channel"} {
		for cursor, more := "", true; more; more = cursor != "" {
			if err := b.throttle(ctx); err != nil {
				return nil, err
			}
			var page []slack.Channel
			var err error
			page, cursor, err = b.p.api.Channels(ctx, []string{kind}, cursor)
			if unreadable(err) {
				break
			}
			if err != nil {
				return nil, err
			}
			for _, c := range page {
				all = append(all, c.ID)
			}
		}
	}
	return all, nil
}

// threads are the roots of the bot's own in a channel in whose threads something
// may have been missed, and those of which one was deleted.
func (b *backfill) threads(ctx context.Context, channel string) ([]string, error) {
	var roots []string
	oldest := stamp(b.p.options.Clock().Add(-findBack))
	for cursor, more := "", true; more; more = cursor != "" {
		if err := b.throttle(ctx); err != nil {
			return nil, err
		}
		page, next, err := b.p.api.History(ctx, slack.GetConversationHistoryParameters{
			ChannelID: channel, Oldest: oldest, Limit: webapi.PageSize, Cursor: cursor, IncludeAllMetadata: true,
		})
		if unreadable(err) {
			return roots, nil
		}
		if err != nil {
			return nil, err
		}
		cursor = next
		for _, m := range page {
			own := m.User == b.me.user || m.BotID != "" && m.BotID == b.me.bot
			told, _ := m.Metadata.EventPayload[messagesMark].(bool)
			b.getsMessages = b.getsMessages || own && told
			if m.SubType == "tombstone" || own && m.ReplyCount > 0 && !before(m.LatestReply, b.edits) {
				roots = append(roots, m.Timestamp)
			}
		}
	}
	for _, root := range b.p.threads.threads(channel) {
		if !slices.Contains(roots, root) {
			roots = append(roots, root)
		}
	}
	return roots, nil
}

// missedIn is what happened in a channel's threads, in order.
func (b *backfill) missedIn(ctx context.Context, channel string, roots []string) ([]missed, error) {
	var all []missed
	for _, root := range roots {
		found, err := b.missedUnder(ctx, channel, root)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortStableFunc(all, func(x, y missed) int {
		return compareTimes(x.at, y.at)
	})
	return all, nil
}

func (b *backfill) missedUnder(ctx context.Context, channel, root string) ([]missed, error) {
	var all []missed
	there := map[string]bool{}
	for cursor, more := "", true; more; more = cursor != "" {
		if err := b.throttle(ctx); err != nil {
			return nil, err
		}
		page, next, err := b.p.api.Replies(ctx, slack.GetConversationRepliesParameters{
			ChannelID: channel, Timestamp: root, Oldest: b.edits, Limit: webapi.PageSize, Cursor: cursor,
		})
		if unreadable(err) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		cursor = next
		for _, m := range page {
			there[m.Timestamp] = true
			if e, is := b.toEvent(channel, root, m); is {
				all = append(all, missed{e.EventTS, func() { b.r.message(e) }})
			}
		}
	}
	for _, ts := range b.p.threads.replies(channel, root) {
		if !there[ts] && before(b.edits, ts) {
			e := b.event(event{Subtype: "message_deleted", Channel: channel, DeletedTS: ts, TS: ts, EventTS: ts, Previous: &event{TS: ts, ThreadTS: root}})
			all = append(all, missed{stamp(b.p.options.Clock()), func() { b.r.message(e) }})
		}
	}
	return all, nil
}

func (b *backfill) event(e event) incomingEvent {
	e.Type = "message"
	return incomingEvent{event: e, me: b.me, ack: newAcknowledgement(), noReply: before(e.EventTS, b.replyFrom)}
}

// toEvent is what Slack would have told of a message; is false when it is nothing
// that was missed. Of one that was written and changed only the change is told,
// which is enough.
func (b *backfill) toEvent(channel, root string, m slack.Message) (e incomingEvent, is bool) {
	said := event{
		Type: "message", Subtype: m.SubType, User: m.User, BotID: m.BotID, Team: m.Team, Text: m.Text, TS: m.Timestamp, ThreadTS: m.ThreadTimestamp,
		Channel: channel, EventTS: m.Timestamp, Files: make([]struct{}, len(m.Files)),
	}
	changed := event{Subtype: "message_changed", Channel: channel, TS: m.Timestamp, EventTS: m.Timestamp, Message: &said}
	switch {
	case m.SubType == "tombstone":
		return b.event(changed), true
	case m.Timestamp == root:
		return e, false
	case m.Edited != nil && before(b.since, m.Edited.Timestamp):
		said.Edited = &edited{User: m.Edited.User, TS: m.Edited.Timestamp}
		changed.TS, changed.EventTS = m.Edited.Timestamp, m.Edited.Timestamp
		return b.event(changed), true
	}
	return b.event(said), before(b.since, m.Timestamp)
}
