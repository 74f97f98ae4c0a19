package commands

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// numberVerb is pressed by those who are asked whether a number that they wrote is
// somebody's personal one.
var numberVerb = verb{name: "number", pressed: numberPressed}

// numberField is the field of a form in which its writer says that no number in it is
// somebody's personal one.
const numberField = "no-personal-number"

// maybeNumber is the question about a number, where that is all that stands against
// what somebody wrote; nil otherwise.
func maybeNumber(err error) *benchmark.Refusal {
	var one *benchmark.Refusal
	var many benchmark.Refusals
	if !errors.As(err, &many) && errors.As(err, &one) {
		many = benchmark.Refusals{one}
	}
	var asked *benchmark.Refusal
	for _, x := range many {
		if x.Reason == refusal.PersonalNumber {
			return nil
		}
		if x.Reason == refusal.MaybePersonalNumber {
			asked = x
		}
	}
	return asked
}

// askAboutNumber asks privately, and holds what was written until that is answered:
// nothing of it is kept or passed on before. More is said below the question, if
// there is more.
func (r *request) askAboutNumber(x *benchmark.Refusal, more string) chat.Reply {
	key := r.c.doubts.hold(r.c.options.Chance(), doubt{in: r.in, network: r.network(), at: r.now()})
	text := r.words(x)
	if more != "" {
		text = joinLines(text, more)
	}
	return r.say(text, r.button("number-none", "number", key+" none"), r.button("number-leave", "number", key+" leave"))
}

// network is where what somebody did belongs: to that network and, where they are in one,
// to their organisation. It is empty for who is in none.
func (r *request) network() benchmark.NetworkID {
	switch {
	case r.table == nil || !r.isAddressed && r.me.Organisation == "":
		return ""
	case r.me.HasSeveral():
		return scopeOf(r.table.ID(), r.onBehalf)
	}
	return scopeOf(r.table.ID(), r.me.Organisation)
}

// numberPressed does what was asked about, as it was written, or lets go of it.
func numberPressed(ctx context.Context, r *request, value string) chat.Reply {
	key, verdict := firstWord(value)
	held, known := r.c.doubts.release(key, r.in.From.ID, r.now())
	switch {
	case verdict != "none" && verdict != "leave":
		return r.refused(refuse(buttonOld))
	case verdict == "leave":
		return r.say(r.t("number.left"))
	case !known:
		return r.say(r.t("number.gone"))
	}
	again, err := r.c.newRequest(ctx, held.in, held.network)
	if err != nil {
		return again.refused(err)
	}
	again.noPersonalNumber = true
	reply := again.dispatch(ctx)
	if reply.Message == nil && reply.Form == nil {
		return r.say(r.t("number.taken"))
	}
	return reply
}

// What is held is held in memory alone, where it is the newest and for a day: what
// may be somebody's number is stored nowhere.
const (
	maxDoubts = 500
	doubtFor  = 24 * time.Hour
)

// doubt is what somebody did that they are asked about.
type doubt struct {
	in      chat.Incoming
	network benchmark.NetworkID
	at      time.Time
}

// post is the message that it is about; zero for what is no message.
func (d doubt) post() chat.PostID {
	switch what := d.in.What.(type) {
	case chat.Said:
		return what.Post
	case chat.Rewrote:
		return what.Post
	}
	return chat.PostID{}
}

// doubts are all that are asked about and not answered yet, by their keys. Safe for
// concurrent use.
type doubts struct {
	mu   sync.Mutex
	held map[string]doubt
	keys []string // the oldest first
}

// hold holds something, by a key made of a number that nobody can guess.
func (d *doubts) hold(chance uint64, what doubt) (key string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.held == nil {
		d.held = map[string]doubt{}
	}
	for len(d.keys) >= maxDoubts {
		delete(d.held, d.keys[0])
		d.keys = d.keys[1:]
	}
	key = strconv.FormatUint(chance, 36)
	d.held[key] = what
	d.keys = append(d.keys, key)
	return key
}

// release returns what was held for a person, once.
func (d *doubts) release(key string, who chat.PersonID, now time.Time) (doubt, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	what, known := d.held[key]
	if !known || what.in.From.ID != who {
		return doubt{}, false
	}
	delete(d.held, key)
	return what, now.Sub(what.at) < doubtFor
}

// forget lets go of a message that is gone, or reads otherwise now.
func (d *doubts) forget(post chat.PostID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for key, what := range d.held {
		if what.post() == post {
			delete(d.held, key)
		}
	}
}
