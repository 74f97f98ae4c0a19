package benchmark_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"roundtable/benchmark"
)

// Whatever anybody wants, sensible or not, at whatever time: the laws of
// laws_invariants_test.go hold, and the journal tells it all again.
func TestLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		for range rapid.IntRange(10, 150).Draw(t, "steps") {
			w.step()
			w.laws()
		}
		if diff := cmp.Diff(w.n, w.replica, benchmark.Whole); diff != "" {
			t.Fatalf("the journal tells another story (-lived +replayed):\n%s", diff)
		}
		erased := w.fromJournal()
		known := cmpopts.IgnoreFields(benchmark.Network{}, "handled") // of what is erased nobody knows what caused it
		if diff := cmp.Diff(w.n, erased, benchmark.Whole, known); diff != "" {
			t.Fatalf("the journal, erasures done, tells another story (-lived +replayed):\n%s", diff)
		}
	})
}

// world is a network, its replica that knows nothing but what was encoded, and
// what has been done outside.
type world struct {
	*table
	t        *rapid.T
	replica  *benchmark.Network
	incoming int
	done     map[string]int // revisions of duties that were finished or dropped
	erased   map[uint64]bool
}

func newWorld(t *rapid.T) *world {
	w := &world{table: newTable(t), t: t, replica: &benchmark.Network{}, done: map[string]int{}, erased: map[uint64]bool{}}
	w.wants("", anyFound(t))
	return w
}

// wants lets somebody want something, and checks what every decision promises.
func (w *world) wants(by benchmark.ParticipantID, intent benchmark.Intent) {
	w.incoming++
	if by == "" {
		by = benchmark.Bot
	}
	who := benchmark.Actor{By: by, Incoming: fmt.Sprintf("incoming-%d", w.incoming)}
	before := w.n.Seq
	events, err := w.tryAs(who, intent)
	if err != nil {
		var one *benchmark.Refusal
		if !errors.As(err, &one) || len(events) > 0 || one.Error() == "" {
			w.t.Fatalf("%T by %q: %d events, %v", intent, by, len(events), err)
		}
		return
	}
	told := 0
	for k, e := range events {
		if e.Incoming != "" {
			told++
		}
		erasable := e.Kind() == "text.written" || e.Kind() == "identity.given"
		if e.Seq != before+uint64(k)+1 || !e.At.Equal(w.now) || (erasable && e.Incoming != "") {
			w.t.Fatalf("%T by %q: event %d is %+v", intent, by, k, e)
		}
		w.replay(e)
	}
	if told != min(1, len(events)) {
		w.t.Fatalf("%T by %q: %d of %d events tell what caused them", intent, by, told, len(events))
	}
	again, err := w.n.Decide(who, intent, w.now)
	if len(again) > 0 || (len(events) > 0 && !errors.Is(err, benchmark.ErrRepeated)) {
		w.t.Fatalf("%T by %q, repeated: %d events, %v", intent, by, len(again), err)
	}
}

func (w *world) replay(e benchmark.Event) {
	record, err := e.Encode()
	if err != nil {
		w.t.Fatal(err)
	}
	decoded, err := benchmark.Decode(record)
	if err != nil {
		w.t.Fatal(err)
	}
	for range 2 {
		if err := w.replica.Apply(decoded); err != nil {
			w.t.Fatal(err)
		}
	}
}

// step lets time pass, and somebody do something.
func (w *world) step() {
	pass := pick(w.t, time.Minute, time.Minute, time.Hour, 7*time.Hour, 25*time.Hour, 4*24*time.Hour)
	w.now = w.now.Add(time.Duration(rapid.IntRange(0, 9).Draw(w.t, "pass")) * pass)
	if once(w.t, 3) {
		w.courier()
		return
	}
	actions := w.actions()
	for _, s := range subjects {
		if s.actions != nil {
			maps.Copy(actions, s.actions(w))
		}
	}
	names := make([]string, 0, len(actions))
	for name := range actions {
		names = append(names, name)
	}
	slices.Sort(names)
	w.wants(w.anybody(), actions[pick(w.t, names...)]())
}

// courier does some of what is due, as a courier that crashes and fails at
// times.
func (w *world) courier() {
	for _, d := range w.n.Duties(w.now, nil) {
		if d.NotBefore.After(w.now) || once(w.t, 5) {
			continue
		}
		switch d.Kind {
		case benchmark.CloseDuty:
			w.wants("", benchmark.CloseRound{Round: d.Round})
			continue
		case benchmark.PublishDuty:
			w.wants("", benchmark.PublishRound{Round: d.Round})
			continue
		case benchmark.SeekDuty:
			w.wants("", benchmark.SeekFacilitator(nil))
			continue
		case benchmark.AgeDuty:
			w.wants("", benchmark.AgeTexts())
			continue
		case benchmark.EraseDuty:
			w.erase(d)
			continue
		default:
		}
		w.wants("", d.Begin())
		switch rapid.IntRange(0, 9).Draw(w.t, "outcome") {
		case 0: // it crashes
		case 1:
			w.wants("", d.Drop("gone"))
			w.done[d.Key] = max(w.done[d.Key], 1<<30)
		default:
			s, _ := w.n.Seat(d.Seat)
			w.wants("", d.Finish(benchmark.Post{Connection: "play", Channel: s.Channel, Message: d.Key}))
			w.done[d.Key] = max(w.done[d.Key], d.Revision)
		}
	}
}

// erase erases, and may die before it is written that it was done: then the
// network is read anew.
func (w *world) erase(d benchmark.Duty) {
	for _, seq := range w.n.ToErase(d) {
		w.erased[seq] = true
	}
	if once(w.t, 3) {
		w.n, w.replica = w.fromJournal(), w.fromJournal()
		return
	}
	w.wants("", d.Finish(benchmark.Post{}))
	w.done[d.Key] = d.Revision
}

// fromJournal is the network as the journal tells it, erasures done.
func (w *world) fromJournal() *benchmark.Network {
	n := &benchmark.Network{}
	for _, r := range w.records() {
		if w.erased[r.Seq] {
			r.Data = nil
		}
		e, err := benchmark.Decode(r)
		if err == nil {
			err = n.Apply(e)
		}
		if err != nil {
			w.t.Fatal(err)
		}
	}
	return n
}
