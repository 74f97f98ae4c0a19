package bot

import (
	"context"
	"errors"
	"fmt"

	"roundtable/benchmark"
	"roundtable/chat"
)

// do discharges one duty: begun, looked for if it was begun before, done.
func (c *Courier) do(ctx context.Context, t *Table, e errand) error {
	d := e.duty
	if own := ownDecision(d); own != nil {
		return one(decide(ctx, t, own))
	}
	if d.Kind == benchmark.EraseDuty {
		return erase(ctx, t, e)
	}
	m, err := e.render()
	if err != nil {
		return fmt.Errorf("%w: %w", errWordless, err)
	}
	m.Key = d.Key
	if err := begin(ctx, t, d); err != nil {
		return err
	}
	post, err := e.to.deliver(ctx, d, m)
	// What has been done is written down even if the work ends now.
	ctx = context.WithoutCancel(ctx)
	switch {
	case errors.Is(err, chat.ErrGone):
		_, err = decide(ctx, t, benchmark.DropDuty{Duty: d, Why: "gone"})
	case errors.Is(err, chat.ErrRefused):
		c.log.Error("message refused by the platform", "duty_kind", string(d.Kind), "error", err)
		_, err = decide(ctx, t, benchmark.DropDuty{Duty: d, Why: "refused"})
	case err == nil:
		_, err = decide(ctx, t, benchmark.FinishDuty{Duty: d, Post: post})
	}
	return err
}

// erase takes what was taken back out of the journal. Doing so twice does no harm,
// so that nothing is written before.
func erase(ctx context.Context, t *Table, e errand) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if err := t.erase(ctx, e.erase); err != nil {
		return &journalError{err}
	}
	return one(decide(ctx, t, benchmark.FinishDuty{Duty: e.duty}))
}

// errElsewhere says that the state has moved on: another process is at it.
var errElsewhere = errors.New("the duty is no longer as it was")

// one takes the events that are due, and errElsewhere when there are none: to go
// on at once might go round for ever.
func one(events []benchmark.Event, err error) error {
	if err == nil && len(events) == 0 {
		return errElsewhere
	}
	return err
}

// begin writes that the duty is begun, unless that stands already or nothing
// can be doubled: an edit may be made twice.
func begin(ctx context.Context, t *Table, d benchmark.Duty) error {
	if d.Begun || d.Edit != (benchmark.Post{}) {
		return nil
	}
	return one(decide(ctx, t, benchmark.BeginDuty{Duty: d}))
}

// decide has the network decide; an error that isn't a refusal is the
// journal's.
func decide(ctx context.Context, t *Table, intent benchmark.Intent) ([]benchmark.Event, error) {
	events, err := t.Do(ctx, benchmark.Actor{By: benchmark.Bot}, intent)
	var refused *benchmark.Refusal
	if err != nil && !errors.As(err, &refused) {
		return nil, &journalError{err}
	}
	return events, err
}

// journalError is an error of the journal's: going on is no use.
type journalError struct{ err error }

func (j *journalError) Error() string { return "journal: " + j.err.Error() }
func (j *journalError) Unwrap() error { return j.err }

func isJournal(err error) bool {
	var j *journalError
	return errors.As(err, &j)
}

// recipient is a channel or a person, on the platform that reaches them.
type recipient struct {
	platform chat.Platform
	channel  chat.ChannelID
	person   chat.PersonID
}

// deliver edits what stands, finds what was sent before a crash, or sends. It
// returns where the post stands in a channel; nothing for private ones, since
// that would say who somebody is.
func (r recipient) deliver(ctx context.Context, d benchmark.Duty, m chat.Message) (benchmark.Post, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if d.Edit != (benchmark.Post{}) {
		return d.Edit, r.platform.Edit(ctx, chat.PostID(d.Edit), m)
	}
	if r.channel == (chat.ChannelID{}) {
		return benchmark.Post{}, r.tell(ctx, d, m)
	}
	if d.Begun {
		post, found, err := r.platform.Find(ctx, r.channel, chat.PostID(d.Thread), m.Key)
		if err != nil {
			return benchmark.Post{}, err
		}
		if found {
			return benchmark.Post(post), r.refresh(ctx, d, post, m)
		}
	}
	if d.OnlyEdit {
		return benchmark.Post{}, nil
	}
	post, err := r.platform.Post(ctx, r.channel, chat.PostID(d.Thread), m)
	return benchmark.Post(post), err
}

// tell sends a private message, unless it was sent before a crash.
func (r recipient) tell(ctx context.Context, d benchmark.Duty, m chat.Message) error {
	if d.Begun {
		if _, found, err := r.platform.FindDirect(ctx, r.person, m.Key); found || err != nil {
			return err
		}
	}
	_, err := r.platform.Direct(ctx, r.person, m)
	return err
}

// refresh brings a post that was found after a crash up to date, if it is of a
// kind that changes.
func (r recipient) refresh(ctx context.Context, d benchmark.Duty, post chat.PostID, m chat.Message) error {
	if d.Revision <= 1 {
		return nil
	}
	return r.platform.Edit(ctx, post, m)
}
