package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/chat"
)

// delivery is a duty on its way: to whom, and what to say.
type delivery struct {
	duty       benchmark.Duty
	key        string // the duty's, unique among all networks
	place      string // where the duty is seen: order is kept there
	placeKey   string // the same, unique among all networks
	connection string
	// connectionKey is the connection's key in the retry schedule: a network's own, so that
	// each tells its people.
	connectionKey string
	to            recipient
	render        func() (chat.Message, error) // nil for what is no message
	intent        benchmark.Intent             // by which the network does it itself; nil for what takes more
	erase         []uint64                     // the events that an EraseDuty takes the content of
	erases        chat.PersonID                // who is nobody after it; zero for no one
}

// recipient is a channel or a person, on the platform that reaches them.
type recipient struct {
	platform chat.Platform // nil: the connection isn't configured
	channel  chat.ChannelID
	person   chat.PersonID
}

var (
	// errNotComposed says that a duty can't be put into words.
	errNotComposed = errors.New("no words")
	// errDutyChanged says that the state has moved on: another process is handling it.
	errDutyChanged = errors.New("the duty is no longer as it was")
)

// next returns the first duty that can be done now, as the network is now: none
// that is blocked, and none that waits to be tried again, nor what comes after it
// in its place. What all see goes before what one sees: who speaks in a thread waits
// less gladly than who gets a message of the bot's own.
func (c *Courier) next(t *Table, blocked map[string]bool) (d delivery, ok bool) {
	now := c.tables.clock()
	t.Read(func(n *benchmark.Network) {
		held := map[string]bool{} // places
		rest := time.Time{}       // when something that waits is tried again
		waits := func(at time.Time) {
			if rest.IsZero() || at.Before(rest) {
				rest = at
			}
		}
		working := t.WorkingDay(n)
		for _, duty := range n.Duties(now, working) {
			if duty.NotBefore.After(now) {
				if !rest.IsZero() {
					waits(duty.NotBefore)
				}
				break
			}
			one := c.address(t, n, duty)
			until, holdsPlace := c.retries.waitsUntil(one.key)
			reachableAt, _ := c.retries.waitsUntil(one.placeKey)
			if letIn, _ := c.retries.waitsUntil(one.connectionKey); letIn.After(reachableAt) {
				reachableAt = letIn
			}
			one.intent = intentOf(n, duty, working)
			isMessage := one.intent == nil && duty.Kind != benchmark.EraseDuty
			switch {
			case blocked[one.key], blocked[one.place], blocked[one.connection], held[one.place]:
			case isMessage && !reachableAt.IsZero():
				waits(reachableAt)
			case !until.IsZero():
				waits(until)
				held[one.place] = held[one.place] || holdsPlace
			case isMessage && one.to.platform == nil:
			case !ok, d.duty.Participant != "" && one.duty.Participant == "":
				d, ok = one, true
			}
			if ok && d.duty.Participant == "" {
				break
			}
		}
		if !ok {
			c.retries.rest(string(t.id), rest)
			return
		}
		switch {
		case d.intent != nil:
		case d.duty.Kind == benchmark.EraseDuty:
			d.erase, d.erases = n.ToErase(d.duty), chat.PersonID(n.Erases(d.duty))
		default:
			d.render = c.composed(n, d.duty)
		}
	})
	return d, ok
}

// address finds out where the duty goes.
func (c *Courier) address(t *Table, n *benchmark.Network, duty benchmark.Duty) delivery {
	var to recipient
	if duty.Seat != "" {
		s, _ := n.Seat(duty.Seat)
		to.channel = chat.ChannelID{Connection: s.Connection, Channel: s.Channel}
	} else {
		to.person = chat.PersonID(n.Recipient(duty).Address())
	}
	connection := to.channel.Connection + to.person.Connection
	to.platform = c.platforms[connection]
	place := "place " + string(duty.Seat) + " " + string(duty.Participant)
	return delivery{
		duty: duty, key: string(t.id) + "/" + duty.Key, place: place, placeKey: string(t.id) + " " + place,
		connection: "connection " + connection, connectionKey: string(t.id) + " connection " + connection, to: to,
	}
}

// holdKey is the key in the retry schedule of what waits with the delivery, for the
// platform's reason.
func (d delivery) holdKey(why *chat.Unreachable) string {
	switch {
	case why.Alone:
		return d.key
	case why.Why == chat.SignedOut:
		return d.connectionKey
	default:
		return d.placeKey
	}
}

// isSignedOut says whether the platform doesn't let the bot in.
func isSignedOut(err error) bool {
	u, is := errors.AsType[*chat.Unreachable](err)
	return is && u.Why == chat.SignedOut
}

// intentOf returns the intent by which the network itself does the duty; nil for
// a duty that takes more.
func intentOf(n *benchmark.Network, duty benchmark.Duty, working benchmark.WorkingDay) benchmark.Intent {
	switch duty.Kind {
	case benchmark.CloseDuty:
		return benchmark.CloseRound{Round: duty.Round}
	case benchmark.PublishDuty:
		return view.Show(n, duty.Round, 0)
	case benchmark.SeekDuty:
		return benchmark.SeekFacilitator(working)
	case benchmark.AgeDuty:
		return benchmark.AgeTexts()
	default:
		return nil
	}
}

// deliver does one duty. A message is written down as begun, looked for if it
// was begun before, sent, and written down as done.
func (c *Courier) deliver(ctx context.Context, t *Table, d delivery) error {
	if d.intent != nil {
		return mustChange(doAsBot(ctx, t, d.intent))
	}
	if d.duty.Kind == benchmark.EraseDuty {
		if forgetful, is := c.platforms[d.erases.Connection].(chat.Forgetful); is {
			forgetful.Forget(d.erases)
		}
		return erase(ctx, t, d)
	}
	m, err := rendered(d.render)
	if err != nil {
		return fmt.Errorf("%w: %w", errNotComposed, err)
	}
	m.Key = d.duty.Key
	switch gone, err := d.to.isGone(ctx); {
	case errors.Is(err, context.DeadlineExceeded), isSignedOut(err):
		return err
	case gone && err == nil:
		return deactivate(ctx, t, d.duty)
	}
	if err := begin(ctx, t, d.duty); err != nil {
		return err
	}
	if d.to.channel != (chat.ChannelID{}) {
		defer t.posting.begin(d.to.channel)()
	}
	post, err := d.to.send(ctx, d.duty, m)
	// What has been done is written down even if the work ends now.
	ctx = context.WithoutCancel(ctx)
	switch {
	case errors.Is(err, chat.ErrGone):
		if gone, looked := d.to.isGone(ctx); gone || errors.Is(looked, chat.ErrGone) {
			return deactivate(ctx, t, d.duty)
		}
		told := chat.Obstacle("") // what people have deleted, they have deleted
		if d.duty.Edit == (benchmark.Post{}) && d.duty.Thread != (benchmark.Post{}) {
			told = chat.ThreadGone
		}
		err = c.drop(ctx, t, d, benchmark.Gone, told, err)
	case errors.Is(err, chat.ErrRefused):
		err = c.drop(ctx, t, d, benchmark.Refused, chat.Refused, err)
	case err == nil, isInWords(err):
		inWords := err
		if _, err = doAsBot(ctx, t, d.duty.Finish(post)); err == nil {
			err = c.arrived(ctx, t, d, m, inWords)
		}
	}
	return err
}

// isGone says whether the person's account is deactivated, as far as their platform
// tells; it remembers for a while. A channel is nobody.
func (r recipient) isGone(ctx context.Context) (bool, error) {
	if r.person == (chat.PersonID{}) {
		return false, nil
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	p, err := r.platform.Person(ctx, r.person)
	return p.Gone, err
}

// deactivate has the network know that the one to whom the duty is owed is gone: then
// nothing is owed to them.
func deactivate(ctx context.Context, t *Table, duty benchmark.Duty) error {
	return mustChange(doAsBot(ctx, t, benchmark.Deactivate(duty.Participant, true)))
}

// eraseTimeout bounds one erasure. A store may have to write its files anew for it, which
// takes as long as they are large.
const eraseTimeout = 10 * time.Minute

// erase takes what was taken back out of the journal. Doing so twice does no
// harm, so that it isn't written down as begun.
func erase(ctx context.Context, t *Table, d delivery) error {
	ctx, cancel := context.WithTimeout(ctx, eraseTimeout)
	defer cancel()
	if err := t.eraseContent(ctx, d.erase); err != nil {
		return &journalError{err}
	}
	return mustChange(doAsBot(ctx, t, d.duty.Finish(benchmark.Post{})))
}

// begin writes that the duty is begun, unless that stands already or nothing
// can be doubled: an edit may be made twice.
func begin(ctx context.Context, t *Table, duty benchmark.Duty) error {
	if duty.Begun || duty.OnlyEdit && duty.Participant != "" || duty.Edit != (benchmark.Post{}) {
		return nil
	}
	return mustChange(doAsBot(ctx, t, duty.Begin()))
}

// mustChange turns the outcome of an intent that should have led to events into
// errDutyChanged when there are none: to go on at once might go round for ever.
func mustChange(events []benchmark.Event, err error) error {
	if err == nil && len(events) == 0 {
		return errDutyChanged
	}
	return err
}

// doAsBot does an intent of the bot's own. An error that isn't a refusal is a
// journalError.
func doAsBot(ctx context.Context, t *Table, intent benchmark.Intent) ([]benchmark.Event, error) {
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

// send edits what stands, finds what was sent before a crash, or sends. It
// returns where the post stands in a channel; nothing for private ones, since
// that would say who somebody is.
func (r recipient) send(ctx context.Context, duty benchmark.Duty, m chat.Message) (benchmark.Post, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if duty.Edit != (benchmark.Post{}) {
		return duty.Edit, r.platform.Edit(ctx, chat.PostID(duty.Edit), m)
	}
	if r.channel == (chat.ChannelID{}) {
		return benchmark.Post{}, r.sendDirect(ctx, duty, m)
	}
	if duty.Begun {
		post, found, err := r.platform.Find(ctx, r.channel, chat.PostID(duty.Thread), m.Key)
		if err != nil {
			return benchmark.Post{}, err
		}
		if found {
			return benchmark.Post(post), r.updateFound(ctx, duty, post, m)
		}
	}
	if duty.OnlyEdit {
		return benchmark.Post{}, nil
	}
	post, err := r.platform.Post(ctx, r.channel, chat.PostID(duty.Thread), m)
	return benchmark.Post(post), err
}

// sendDirect sends a private message, unless it was sent before a crash, or edits one.
func (r recipient) sendDirect(ctx context.Context, duty benchmark.Duty, m chat.Message) error {
	if duty.Begun || duty.OnlyEdit {
		post, found, err := r.platform.FindDirect(ctx, r.person, m.Key, duty.Sent)
		switch {
		case err != nil:
			return err
		case found:
			return r.updateFound(ctx, duty, post, m)
		case duty.OnlyEdit:
			return fmt.Errorf("find what was sent: %w", chat.ErrRefused)
		}
	}
	_, err := r.platform.Direct(ctx, r.person, m)
	return err
}

// updateFound brings a post that was found after a crash up to date, if it is of
// a kind that changes.
func (r recipient) updateFound(ctx context.Context, duty benchmark.Duty, post chat.PostID, m chat.Message) error {
	if duty.Revision <= 1 {
		return nil
	}
	return r.platform.Edit(ctx, post, m)
}
