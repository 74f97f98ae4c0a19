package benchmark_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

func TestDecode(t *testing.T) {
	for _, test := range []struct {
		name    string
		record  benchmark.Record
		body    benchmark.Body // nil: an error
		unknown bool
	}{
		{"known", benchmark.Record{Kind: "round.closed", Version: 1, Data: []byte(`{"by":"p1","body":{"round":"2026"}}`)}, benchmark.RoundClosed{Round: "2026"}, false},
		{"a field of a newer program", benchmark.Record{Kind: "round.closed", Version: 1, Data: []byte(`{"body":{"round":"2026","why":1}}`)}, benchmark.RoundClosed{Round: "2026"}, false},
		{"erased", benchmark.Record{Kind: "text.written", Version: 1}, benchmark.Erased{Was: "text.written"}, false},
		{"another kind", benchmark.Record{Kind: "round.danced", Version: 1, Data: []byte(`{}`)}, nil, true},
		{"another kind, erased", benchmark.Record{Kind: "round.danced", Version: 1}, nil, true},
		{"a newer version", benchmark.Record{Kind: "round.closed", Version: 2, Data: []byte(`{}`)}, nil, true},
		{"no version", benchmark.Record{Kind: "round.closed", Data: []byte(`{}`)}, nil, true},
		{"no JSON", benchmark.Record{Kind: "round.closed", Version: 1, Data: []byte(`{`)}, nil, false},
		{"empty", benchmark.Record{Kind: "round.closed", Version: 1, Data: []byte{}}, nil, false},
		{"another shape", benchmark.Record{Kind: "answer.given", Version: 1, Data: []byte(`{"body":{"figure":7}}`)}, nil, false},
	} {
		e, err := benchmark.Decode(test.record)
		if (err == nil) != (test.body != nil) || errors.Is(err, benchmark.ErrUnknownEvent) != test.unknown {
			t.Errorf("%s: %v", test.name, err)
		}
		if diff := cmp.Diff(test.body, e.Body); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

func TestEncodeKnowsItsKinds(t *testing.T) {
	for kind, body := range benchmark.EveryBody() {
		e := benchmark.Event{Body: body}
		if r, err := e.Encode(); err != nil || e.Kind() != kind || r.Kind != kind {
			t.Errorf("%T is written as %q, %v; want %q", body, r.Kind, err, kind)
		}
	}
	for _, body := range []benchmark.Body{benchmark.Strange{}, benchmark.Disguised{}} {
		if r, err := (benchmark.Event{Body: body}).Encode(); err == nil {
			t.Errorf("%T is written: %+v", body, r)
		}
	}
}

// A journal that is damaged, or not of this network, is an error and no panic.
func TestApplyRefusesDamage(t *testing.T) {
	whole := wholeLife(t).log
	for name, events := range map[string][]benchmark.Event{
		"no founding": {{Seq: 1, Body: benchmark.TextWritten{Text: "t1"}}},
		"no id":       {{Seq: 1, Body: benchmark.NetworkFounded{}}},
		"erased":      {{Seq: 1, Body: benchmark.Erased{Was: "network.founded"}}},
		"a gap":       {whole[0], whole[2]},
		"not first":   {whole[1]},
		"twice":       {whole[0], {Seq: 2, Body: whole[0].Body}},
		"no round":    {whole[0], {Seq: 2, Body: benchmark.AnswerGiven{Round: "2026"}}},
		"no template": {whole[0], {Seq: 2, Body: benchmark.RoundOpened{Round: "2026", Template: 1}}},
		"no period":   {whole[0], {Seq: 2, Body: benchmark.RoundOpened{Round: "soon", Template: 1}}},
		"nobody":      {whole[0], {Seq: 2, By: "p7", Body: benchmark.ParticipantLeft{}}},
		"no identity": {whole[0], {Seq: 2, Body: benchmark.IdentityGiven{Participant: "p1"}}},
		"strange":     {whole[0], {Seq: 2, Body: benchmark.Strange{}}},
	} {
		if n, err := benchmark.Fold(events); err == nil {
			t.Errorf("%s: %+v", name, n)
		}
	}
	for k := range whole { // one round twice, and every other event out of its place
		n, _ := benchmark.Fold(whole)
		e := whole[k]
		e.Seq = n.Seq + 1
		err := n.Apply(e)
		if _, round := e.Body.(benchmark.RoundOpened); round && err == nil {
			t.Error("a round is opened twice")
		}
	}
	for _, body := range benchmark.EveryBody() {
		n, _ := benchmark.Fold(whole)
		_ = n.Apply(benchmark.Event{Seq: n.Seq + 1, Body: body})
		_ = (&benchmark.Network{}).Apply(benchmark.Event{Seq: 1, Body: body})
	}
}

// Whatever stands in a journal, reading it neither panics nor guesses.
func FuzzDecode(f *testing.F) {
	for _, r := range wholeLife(f).records() {
		f.Add(r.Kind, r.Version, r.Data)
	}
	f.Add("answer.given", 1, []byte(`{"body":{"round":"2026-Q4","organisation":"o9","figure":{"value":1e308,"sd":-1}}}`))
	f.Add("round.opened", 2, []byte(`null`))
	log := wholeLife(f).log
	f.Fuzz(func(t *testing.T, kind string, version int, data []byte) {
		e, err := benchmark.Decode(benchmark.Record{Seq: uint64(len(log)) + 1, Kind: kind, Version: version, Data: data})
		if err != nil {
			return
		}
		n, err := benchmark.Fold(log)
		if err != nil {
			t.Fatal(err)
		}
		if n.Apply(e) != nil {
			return
		}
		n.Duties(start, nil)
		for _, viewer := range viewers(n) {
			for _, i := range n.Template().Indicators {
				if v, err := view.Of(n, lastQuarter, i.ID, viewer); err == nil {
					view.Prompts(n, v)
				}
			}
		}
	})
}

// What arrived is known when it comes again, for as long as platforms repeat.
func TestRecent(t *testing.T) {
	b := founded(t, 1, falls())
	mute := func(k int) error {
		_, err := b.tryAs(benchmark.Actor{By: "p1", Incoming: fmt.Sprint("in", k)}, benchmark.Mute{Muted: k%2 == 0})
		return err
	}
	for k := range 2 * benchmark.RecentKept {
		if err := mute(k); err != nil {
			t.Fatalf("%d: %v", k, err)
		}
	}
	for _, k := range []int{benchmark.RecentKept, benchmark.RecentKept + 1, 2*benchmark.RecentKept - 1} {
		if err := mute(k); !errors.Is(err, benchmark.ErrRepeated) {
			t.Errorf("%d arrives again: %v", k, err)
		}
	}
	if err := mute(benchmark.RecentKept - 2); err != nil {
		t.Errorf("what came long ago: %v", err)
	}
}

var update = flag.Bool("update", false, "write the golden file anew")

// What is written of an event never changes: journals of years are read with it.
func TestJournalStaysAsItIs(t *testing.T) {
	var b strings.Builder
	for _, r := range wholeLife(t).records() {
		fmt.Fprintf(&b, "%s %s %d %s\n", r.At.Format(time.RFC3339), r.Kind, r.Version, r.Data)
	}
	golden := filepath.Join("testdata", "journal.golden")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatalf("%v (-update writes it)", err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("%s (-want +got; -update writes it):\n%s", golden, diff)
	}
}

// Folding the journal gives the same network, and folding an event twice
// changes nothing.
func TestFoldRepeats(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	b.submit(1, 20, 412)
	n := &benchmark.Network{}
	for _, e := range b.log {
		r, err := e.Encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := benchmark.Decode(r)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := n.Apply(again); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n.Seq != b.n.Seq || len(n.Participants) != 3 || n.Progress(n.Current()) != b.n.Progress(b.n.Current()) {
		t.Errorf("the fold differs: %+v", n)
	}
}
