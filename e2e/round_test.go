package e2e

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/platformtest"
	"roundtable/locale"
)

// calendar is when a round lived today is due and closes: a Wednesday and a
// Friday far enough ahead that the nudges before are to come.
func calendar(now time.Time) (due, closes time.Time) {
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC).AddDate(0, 0, 14)
	for day.Weekday() != time.Wednesday {
		day = day.AddDate(0, 0, 1)
	}
	return day, day.AddDate(0, 0, 2)
}

// wholeRound lives a round as people do: three organisations, six people, all
// that they can do by command, button, form, thread and reaction. Only what
// people see is looked at.
func wholeRound(w *world) {
	due, closes := calendar(time.Now())
	trouble := func() {
		if w.between != nil {
			w.between()
		}
	}
	setUp(w)
	trouble()
	w.tells("anna", "open "+lastQuarter+" due "+due.Format(time.DateOnly)+" closes "+closes.Format(time.DateOnly), "is open")
	trouble()
	answers(w)
	trouble()
	talk(w)
	w.later(due.Add(10 * time.Hour))
	nudge := w.reads("ben", "is due today", "Submit")
	w.opens("ben", nudge, "Submit", "falls")
	w.fills("ben", map[string]string{"falls": "3/1 120"})
	w.reads("ben", "Falls", "3/1")
	w.later(closes.AddDate(0, 0, 1).Add(10 * time.Hour))
	draft := w.reads("anna", "Draft: only you see this", "Show it to everyone")
	w.presses("anna", draft, "Show it to everyone")
	trouble()
	results(w)
	counts(w)
}

func setUp(w *world) {
	w.t.Helper()
	w.typesForForm("anna", "setup", "name", "organisations")
	w.fills("anna", map[string]string{
		"name": "Ward circle", "organisations": "Lund\nMalmo\nOslo", "mine": "Lund", "profession": "nurse",
		"template": "ward-safety", "zone": "Nowhere",
	})
	w.form("anna", "zone", "Nowhere")
	w.fills("anna", map[string]string{"zone": "UTC"})
	w.reads("anna", "Ward circle", "Open a round")
	seatOthers(w)
	w.tells("cia", "join Malmo, nurse", "You are with Malmo")
	w.tells("eva", "join Oslo, physiotherapist", "You are with Oslo")
	bare := w.tells("ben", "", "Join")
	w.opens("ben", bare, "Join", "organisation", "profession")
	w.fills("ben", map[string]string{"organisation": "Lund", "profession": "physician"})
	w.reads("ben", "has been asked to confirm")
	w.tells("dan", "join Malmo, physician", "has been asked to confirm")
	w.tells("finn", "join Oslo, manager", "has been asked to confirm")
	for newcomer, member := range map[string]string{"ben": "anna", "dan": "cia", "finn": "eva"} {
		question := w.reads(member, w.name(newcomer), "Do they?")
		w.presses(member, question, "Yes, one of us")
		w.reads(newcomer, "You are confirmed")
	}
}

// seatOthers brings the other channels to the table.
func seatOthers(w *world) {
	w.t.Helper()
	for _, seat := range w.seats[1:] {
		told := w.tells("anna", "link", "link ")
		guest := slices.IndexFunc(names, func(name string) bool { return w.people[name].home == seat })
		w.tells(names[guest], "link "+code.FindString(told.Text), "Ward circle")
	}
}

// names are everybody, in the order in which they came.
var names = []string{"anna", "ben", "cia", "dan", "eva", "finn"}

// code is the one-time code that a facilitator is told.
var code = regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}`)

var (
	// lastQuarter is what rounds are about here: nobody is asked about a period that has
	// ended lately.
	lastQuarter = quarterBefore(time.Now())
	opening     = "Round: " + locale.For("en").Period(lastQuarter)
)

// quarterBefore is the quarter that ended last, as it is typed.
func quarterBefore(now time.Time) string {
	before := now.AddDate(0, -3, 1-now.Day())
	return fmt.Sprintf("%d-Q%d", before.Year(), (int(before.Month())+2)/3)
}

func answers(w *world) {
	w.t.Helper()
	post := w.sees("cia", chat.PostID{}, opening, "Submit", "0 of 3 organisations")
	w.opens("cia", post, "Submit", "falls", "length-of-stay")
	w.fills("cia", map[string]string{"falls": "quite a few", "falls.note": "the new ward", "length-of-stay": "4.5"})
	w.form("cia", "falls", "quite a few")
	w.fills("cia", map[string]string{"falls": "12/1830"})
	w.reads("cia", "12/1", "4.5")
	w.opens("cia", post, "Guess first", "falls")
	w.fills("cia", map[string]string{"falls": "below"})
	w.reads("cia", "Your guess is kept")
	w.tells("dan", "submit pressure-ulcers 3/41", "3/41")
	opened := w.sees("eva", chat.PostID{}, opening)
	before := w.told("eva")
	w.says("eva", opened, "falls 7/1288")
	w.readsAnew("eva", before, "7/1")
	before = w.told("finn")
	w.types("finn", "submit falls 128/1288")
	w.opens("finn", w.readsAnew("finn", before, "Is it right?"), "Change what I typed", "falls")
	w.fills("finn", map[string]string{"falls": "8/1288"})
	w.readsAnew("finn", before, "8/1")
	w.sees("anna", chat.PostID{}, opening, "2 have begun")
}

func talk(w *world) {
	w.t.Helper()
	at := w.sees("finn", chat.PostID{}, opening)
	w.opens("finn", at, "Ask about a definition", "indicator", "text")
	w.fills("finn", map[string]string{"indicator": "falls", "text": "Do near falls count?"})
	for _, name := range w.onePerSeat() {
		w.sees(name, w.sees(name, chat.PostID{}, opening).ID, "Do near falls count?", w.name("finn"))
	}
	w.says("ben", w.sees("ben", chat.PostID{}, opening), "Not with us <!here> @channel *never*")
	for _, name := range w.onePerSeat() {
		w.sees(name, w.sees(name, chat.PostID{}, opening).ID, "Not with us")
	}
}

// onePerSeat is somebody at each seat.
func (w *world) onePerSeat() []string {
	somebody := map[chat.ChannelID]string{}
	for _, name := range names {
		if _, known := somebody[w.people[name].home]; !known {
			somebody[w.people[name].home] = name
		}
	}
	return slices.Sorted(maps.Values(somebody))
}

// name is what somebody is called on their platform.
func (w *world) name(who string) string { return strings.ToUpper(who[:1]) + who[1:] }

// The comparison of falls holds the first two of these; the summary and the post of the
// others name falls too, and stand before it.
const (
	falls, comparison = "Falls", "Ask or challenge"
	summary           = "For learning, not for ranking."
	rest              = "The other indicators"
)

func results(w *world) {
	w.t.Helper()
	w.reads("cia", "Only your own people see this")
	for _, name := range w.onePerSeat() {
		w.sees(name, chat.PostID{}, summary)
		w.sees(name, chat.PostID{}, rest)
	}
	w.tells("cia", "talk falls", "A thread about Falls")
	for _, name := range w.onePerSeat() {
		w.sees(name, chat.PostID{}, falls, comparison)
	}
	post := w.sees("cia", chat.PostID{}, falls, comparison)
	w.opens("cia", post, "Reflect", "text", "share")
	w.fills("cia", map[string]string{"text": "We were short of staff.", "share": "yes"})
	w.opens("dan", w.sees("dan", chat.PostID{}, falls, comparison), "We will try something", "text", "until")
	w.fills("dan", map[string]string{"text": "A bell by every bed."})
	w.says("ben", w.sees("ben", chat.PostID{}, falls, comparison), "Show us how.")
	for _, name := range w.onePerSeat() {
		root := w.sees(name, chat.PostID{}, falls, comparison).ID
		for _, text := range []string{"We were short of staff.", "A bell by every bed.", "Show us how."} {
			w.sees(name, root, text)
		}
	}
	before := w.told("eva")
	bell := w.sees("eva", w.sees("eva", chat.PostID{}, falls, comparison).ID, "A bell by every bed.")
	w.must("eva keeps it", func(ctx context.Context) error { return w.chat("eva").React(ctx, w.people["eva"].id, bell.ID, "bulb") })
	w.readsAnew("eva", before, "learning")
	w.tells("anna", "learn", "A bell by every bed.")
	changes(w)
}

// changes: what is rewritten or taken back is so at every seat.
func changes(w *world) {
	w.t.Helper()
	ben := w.people["ben"]
	root := w.sees("ben", chat.PostID{}, falls, comparison)
	w.says("ben", root, "Never mind this.")
	for _, name := range w.onePerSeat() {
		w.sees(name, w.sees(name, chat.PostID{}, falls, comparison).ID, "Never mind this.")
	}
	mine, own := w.sees("ben", root.ID, "Show us how."), w.sees("ben", root.ID, "Never mind this.")
	w.must("ben rewrites", func(ctx context.Context) error {
		return w.chat("ben").Rewrite(ctx, ben.id, mine.ID, "Show us how. On a Tuesday.")
	})
	w.must("ben takes back", func(ctx context.Context) error { return w.chat("ben").Delete(ctx, ben.id, own.ID) })
	for _, name := range w.onePerSeat() {
		at := w.sees(name, chat.PostID{}, falls, comparison).ID
		w.sees(name, at, "Show us how. On a Tuesday.")
		until(w, name+" no longer sees what ben took back", func(ctx context.Context) (bool, bool, error) {
			posts, err := w.chat(name).Posts(ctx, w.people[name].home, at)
			return true, err == nil && count(posts, "Never mind") == 0, err
		})
	}
}

// counts sees that every post stands once at every seat: the opening, the
// summary, the comparison that somebody asked for, the others, and in their threads what was said.
func counts(w *world) {
	w.t.Helper()
	once := map[string]int{opening: 1, summary: 1, rest: 1, "Only your own people": 0, comparison: 1}
	inThreads := []string{"Do near falls count?", "Not with us", "We were short of staff.", "A bell by every bed.", "Show us how."}
	for _, name := range w.onePerSeat() {
		home := w.people[name].home
		var roots, replies []platformtest.Shown
		until(w, "all that should stand at "+home.Channel, func(ctx context.Context) (ok, all bool, err error) {
			if roots, replies, err = w.everything(ctx, name); err != nil {
				return false, false, err
			}
			for words, want := range once {
				if count(roots, words) < want {
					return false, false, fmt.Errorf("no %q, or too few", words)
				}
			}
			for _, words := range inThreads {
				if count(replies, words) == 0 {
					return false, false, fmt.Errorf("no %q", words)
				}
			}
			return true, true, nil
		})
		for words, want := range once {
			if got := count(roots, words); got != want {
				w.t.Errorf("%q stands %d times at %s, want %d", words, got, home.Channel, want)
			}
		}
		for _, words := range inThreads {
			if got := count(replies, words); got != 1 {
				w.t.Errorf("%q stands %d times in the threads of %s, want once", words, got, home.Channel)
			}
		}
	}
}

// everything is all that stands where somebody is, and in the threads there.
func (w *world) everything(ctx context.Context, name string) (roots, replies []platformtest.Shown, err error) {
	roots, err = w.chat(name).Posts(ctx, w.people[name].home, chat.PostID{})
	for _, root := range roots {
		thread, err2 := w.chat(name).Posts(ctx, w.people[name].home, root.ID)
		replies, err = append(replies, thread...), errors.Join(err, err2)
	}
	return roots, replies, err
}

func count(posts []platformtest.Shown, words string) (many int) {
	for _, p := range posts {
		if strings.Contains(p.Text, words) {
			many++
		}
	}
	return many
}

func TestCalendar(t *testing.T) {
	for day := range 7 {
		now := time.Date(2026, 11, 20+day, 22, 0, 0, 0, time.UTC)
		due, closes := calendar(now)
		if due.Weekday() != time.Wednesday || closes.Weekday() != time.Friday || due.Sub(now) < 13*24*time.Hour {
			t.Errorf("%v: due %v, closes %v", now, due, closes)
		}
	}
}
