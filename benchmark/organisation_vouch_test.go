package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

var _ = with(subject{
	unfounded: []refusalCase{{reason: "no-network", intent: benchmark.VouchFor("o1")}},
	refusals: []refusalCase{
		{"not-a-participant", added, "", benchmark.VouchFor("o4")},
		{"no-such-organisation", added, "p1", benchmark.VouchFor("o9")},
		{"vouched-already", nil, "p1", benchmark.VouchFor("o2")},
		{"not-yours-to-vouch", added, "p4", benchmark.VouchFor("o4")},
		{"organisation-unvouched", added, "p1", history(benchmark.Recorded{Period: "2020", Indicator: "falls", Organisation: "o4", Figure: figure})},
	},
	actions: func(w *world) map[string]func() benchmark.Intent {
		return map[string]func() benchmark.Intent{
			"vouch for": func() benchmark.Intent { return benchmark.VouchFor(w.anOrganisation()) },
		}
	},
})

// added: somebody who belonged to none has named an organisation of their own, as p4.
func added(b *table) { addOrganisation(b, "u9", "Ward of mine") }

func addOrganisation(b *table, user, name string) {
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: user, Name: user}, Organisation: name, New: true})
}

// Two wards that a member invents and answers for count nowhere, are shown to nobody
// else, and tell him nothing of the others: he reads what he would have without them.
func TestInventedOrganisations(t *testing.T) {
	for _, visibility := range []benchmark.Visibility{benchmark.Named, benchmark.Coded, benchmark.Own} {
		seen := func(wards ...string) view.View {
			b := newTable(t)
			b.do("", settled(func(f *benchmark.Found) {
				f.Settings.Visibility = visibility
				f.Organisations, f.Mine = []string{"Org 1", "Org 2", "Org 3"}, "Org 1"
				f.Founder = benchmark.Identity{Connection: "play", User: "u1"}
				f.Indicators = []benchmark.Indicator{falls()}
			}))
			for k, name := range []string{"Org 2", "Org 3"} {
				b.do("", benchmark.Join{Person: visitor([]string{"u2", "u3"}[k]), Organisation: name})
			}
			for k, ward := range wards {
				addOrganisation(b, []string{"u7", "u8"}[k], ward)
			}
			b.open("2026-Q4")
			for k := range 3 + len(wards) {
				b.submit(k+1, float64(20+10*k), 400)
			}
			if got := b.n.Progress(b.n.Current()); got.Organisations != 3 || got.Complete != 3 {
				t.Errorf("%s: %+v", visibility, got)
			}
			b.do("p1", benchmark.CloseRound{})
			b.do("p1", benchmark.PublishRound{})
			v, err := view.Of(b.n, "2026-Q4", "falls", view.Viewer{Organisation: "o3"})
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		without, with := seen(), seen("Ward a", "Ward b")
		if diff := cmpDiff(without, with); diff != "" {
			t.Errorf("%s: his wards change what he sees (-without +with):\n%s", visibility, diff)
		}
	}
}

// An organisation counts from the round that opens after it was vouched for, and until
// then sees its own.
func TestCountsFromTheNextRound(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q3")
	added(b)
	b.submit(4, 30, 400)
	if _, belongs := b.n.RoundOrganisation(b.n.Current(), "o4"); belongs {
		t.Error("one that nobody vouched for is an organisation of the round")
	}
	if o, belongs := b.n.RoundOrganisation(b.n.Current(), "o2"); !belongs || o.Name != "Org 2" || o.Code == "" {
		t.Errorf("in the round it is %+v, belongs %v", o, belongs)
	}
	b.do("p1", benchmark.VouchFor("o4"))
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	if got := b.n.Progress(b.n.Current()); got.Organisations != 3 || got.Complete != 0 {
		t.Errorf("the round that was open: %+v", got)
	}
	for viewer, marks := range map[benchmark.OrganisationID]int{"": 0, "o1": 0, "o4": 1} {
		v, err := view.Of(b.n, "2026-Q3", "falls", view.Viewer{Organisation: viewer})
		if err != nil || len(v.Marks) != marks || v.Counts.Values != 0 {
			t.Errorf("%q sees %d marks, counts %+v, %v", viewer, len(v.Marks), v.Counts, err)
		}
	}
	b.open("2026-Q4")
	if got := b.n.Progress(b.n.Current()); got.Organisations != 4 {
		t.Errorf("the next one: %+v", got)
	}
}

// It takes one facilitator, or two people of two organisations that count.
func TestWhoVouches(t *testing.T) {
	b := founded(t, 4, falls())
	addOrganisation(b, "u8", "A") // p5, o5
	addOrganisation(b, "u9", "B") // p6, o6
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u10"}, Organisation: "Org 2"})
	b.do("p2", benchmark.Vouch{Newcomer: "p7", Yes: true})
	vouched := func() bool { o, _ := b.n.Organisation("o5"); return o.Vouched }
	if _, err := b.try("p6", benchmark.VouchFor("o5")); reason(err) != "not-yours-to-vouch" {
		t.Errorf("one that doesn't count vouches for another: %v", err)
	}
	b.do("p2", benchmark.VouchFor("o5"))
	if events := b.do("p2", benchmark.VouchFor("o5")); len(events) > 0 || vouched() {
		t.Errorf("one person, twice: %v, counts %v", events, vouched())
	}
	if events := b.do("p7", benchmark.VouchFor("o5")); len(events) > 0 || vouched() {
		t.Errorf("two people of one organisation: %v, counts %v", events, vouched())
	}
	b.do("p3", benchmark.VouchFor("o5"))
	if !vouched() {
		t.Error("two of two don't do")
	}
	b.do("p1", benchmark.VouchFor("o6"))
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u1"}, Organisation: "C", New: true})
	for _, id := range []benchmark.OrganisationID{"o6", "o7"} {
		if o, _ := b.n.Organisation(id); !o.Vouched {
			t.Errorf("a facilitator's word doesn't do: %+v", o)
		}
	}
}

// One person's word is one, whichever organisation they are with by now.
func TestOnePersonsWordIsOne(t *testing.T) {
	b := founded(t, 1, falls())
	b.do("", settledJoin("u2", "Org 1"))
	b.do("p1", benchmark.Vouch{Newcomer: "p2", Yes: true})
	addOrganisation(b, "u3", "A")
	b.do("p1", benchmark.VouchFor("o2"))
	addOrganisation(b, "u4", "B")
	b.do("p2", benchmark.VouchFor("o3"))
	b.do("", settledJoin("u2", "A"))
	b.do("p3", benchmark.Vouch{Newcomer: "p2", Yes: true})
	b.do("p2", benchmark.VouchFor("o3"))
	if o, _ := b.n.Organisation("o3"); o.Vouched {
		t.Error("one person's word, given twice, is two")
	}
}

func settledJoin(user, organisation string) benchmark.Join {
	return benchmark.Join{Person: benchmark.Identity{Connection: "play", User: user}, Organisation: organisation}
}

// What journals of earlier versions hold of an organisation says that it belongs to every
// round, to those before it too.
func TestOrganisationsOfOldJournals(t *testing.T) {
	b := founded(t, 2, falls())
	b.open("2026-Q4")
	joined := benchmark.Event{Seq: b.n.Seq + 1, At: b.now, Body: benchmark.OrganisationJoined{Organisation: "o3", Name: "Late", Code: "Z"}}
	if err := b.n.Apply(joined); err != nil {
		t.Fatal(err)
	}
	if o, _ := b.n.Organisation("o3"); !o.Vouched || !b.n.Current().TakesPart("o3") || b.n.Progress(b.n.Current()).Organisations != 3 {
		t.Errorf("%+v takes part: %v", o, b.n.Current().TakesPart("o3"))
	}
}
