package commands

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/bot"
	"roundtable/chat"
)

// linkVerb seats another channel at the same table.
var linkVerb = verb{
	name: "link", synonyms: []string{"connect", "seat", "länka", "koppla"},
	typed: linkTyped, pressed: linkTyped, filled: linkFilled,
}

const codeGuessed refusal.Reason = "code-guessed"

// linkTyped has two sides: at a table it gives its facilitator a code, in a channel
// that is at none it takes the code, typed or by the form.
func linkTyped(ctx context.Context, r *request, text string) chat.Reply {
	code := strings.TrimSpace(text)
	switch {
	case r.table != nil && code == "":
		return offerSeat(ctx, r)
	case r.in.Direct:
		return r.say(r.t("link.in-a-channel"))
	}
	if reply, refused := refuseSetup(ctx, r); refused {
		return reply
	}
	if code == "" {
		return chat.Reply{Form: new(linkForm(r))}
	}
	t, err := redeemCode(ctx, r, code)
	if err != nil {
		return r.refused(err)
	}
	return confirmLinked(r, t)
}

// offerSeat gives out a code, privately.
func offerSeat(ctx context.Context, r *request) chat.Reply {
	if why := r.mayNotFacilitate(ctx); why != nil {
		return r.refused(why)
	}
	code := benchmark.NewCode(r.c.options.Chance())
	if err := r.decide(ctx, benchmark.OfferSeat{Code: code}); err != nil {
		return r.refused(err)
	}
	var reply chat.Reply
	r.read(func(n *benchmark.Network) {
		until, _ := n.Offered(r.now())
		reply = r.say(r.t("link.code", "Network", n.Name, "Code", code, "Until", r.when(until)))
	})
	return reply
}

func linkForm(r *request) chat.Form {
	return chat.Form{
		Name: "link", Title: r.t("link.title"), Submit: r.t("link.send"), Intro: r.t("link.intro"),
		Fields: []chat.Field{{Name: "code", Label: r.t("link.label"), Help: r.t("link.help"), Placeholder: "7K3M-9QXT-2HVB", MaxLength: 40}},
	}
}

func linkFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	if reply, refused := refuseSetup(ctx, r); refused {
		return reply
	}
	t, err := redeemCode(ctx, r, f.Values["code"])
	if err != nil {
		return r.showAgain(linkForm(r), f.Values, err, func(*benchmark.Refusal) string { return "code" })
	}
	return confirmLinked(r, t)
}

// redeemCode takes the code, unless whoever types it has typed too many that were
// wrong.
func redeemCode(ctx context.Context, r *request, code string) (*bot.Table, error) {
	who, now := r.in.From.ID, r.now()
	if until, exhausted := r.c.wrongCodes.exhausted(who, now); exhausted {
		return nil, refuse(codeGuessed, "Until", until)
	}
	t, err := r.c.tables.Link(ctx, r.in, code)
	if why, is := errors.AsType[*benchmark.Refusal](err); is && strings.HasPrefix(string(why.Reason), "code-") {
		r.c.wrongCodes.add(who, now)
	}
	return t, err
}

// confirmLinked says which table the channel is at now. The welcome follows in public.
func confirmLinked(r *request, t *bot.Table) chat.Reply {
	var reply chat.Reply
	t.Read(func(n *benchmark.Network) {
		reply = r.say(r.t("link.done", "Network", n.Name), primary(r.button("join", "join", "")), r.button("status", "status", ""))
	})
	return reply
}

// How many wrong codes somebody may type, and in what time. A code has 60 bits
// and lives a day: nobody comes near it, and nobody is locked out for long.
const (
	maxWrongCodes  = 5
	wrongCodesKept = time.Hour
)

// wrongCodes are those that people typed lately. They are forgotten when
// the bot is started anew.
type wrongCodes struct {
	mu   sync.Mutex
	when map[chat.PersonID][]time.Time
}

// exhausted says that somebody has typed too many wrong codes, and until when they
// have to wait.
func (a *wrongCodes) exhausted(who chat.PersonID, now time.Time) (until time.Time, exhausted bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.forget(now)
	if tries := a.when[who]; len(tries) >= maxWrongCodes {
		return tries[len(tries)-maxWrongCodes].Add(wrongCodesKept), true
	}
	return time.Time{}, false
}

// add takes note of a wrong code.
func (a *wrongCodes) add(who chat.PersonID, now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.when == nil {
		a.when = map[chat.PersonID][]time.Time{}
	}
	a.when[who] = append(a.when[who], now)
}

// forget drops what is older than is counted.
func (a *wrongCodes) forget(now time.Time) {
	for who, tries := range a.when {
		tries = slices.DeleteFunc(tries, func(at time.Time) bool { return !now.Before(at.Add(wrongCodesKept)) })
		a.when[who] = tries
		if len(tries) == 0 {
			delete(a.when, who)
		}
	}
}
