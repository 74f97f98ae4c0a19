package benchmark_test

import (
	"fmt"
	"slices"
	"testing"

	"roundtable/benchmark"
)

// edited reads the journal anew as the change leaves it, as if it had been written
// by another version of the program.
func (b *table) edited(change func(e benchmark.Event) benchmark.Body) {
	b.t.Helper()
	b.n = &benchmark.Network{}
	for k, e := range b.log {
		b.log[k].Body = change(e)
		if err := b.n.Apply(b.log[k]); err != nil {
			b.t.Fatal(err)
		}
	}
}

// An early version erased what was taken back in a thread, and nothing beside: it knew
// nothing of notes. What it wrote as done doesn't count for them.
func TestEarlyErasureDoesNotCountForOthers(t *testing.T) {
	b := founded(t, 2, falls())
	isSaid(b)
	b.do("p1", submit("", noted("falls", 20, "Bert in bed four")))
	b.do("p1", submit("", noted("falls", 21, "")))
	b.do("p1", benchmark.TakeBack{Post: message})
	b.discharge()
	if left := b.toErase(); len(left) > 0 {
		t.Fatalf("with what it names, to be erased still: %q", left)
	}
	b.edited(func(e benchmark.Event) benchmark.Body {
		if done, is := e.Body.(benchmark.DutyDone); is {
			done.With = nil
			return done
		}
		return e.Body
	})
	if words := b.toErase(); !slices.Equal(words, []string{"Bert in bed four"}) {
		t.Errorf("to be erased are %q", words)
	}
	noteAt := slices.IndexFunc(b.log, func(e benchmark.Event) bool {
		text, is := e.Body.(benchmark.TextWritten)
		return is && text.Body == "Bert in bed four"
	})
	named := false
	for _, e := range b.do("p1", benchmark.EraseMe(addressOf(1))) {
		erased, is := e.Body.(benchmark.ParticipantErased)
		named = named || is && slices.Contains(erased.Events, b.log[noteAt].Seq)
	}
	if !named {
		t.Error("who asks to be erased leaves the note behind")
	}
	b.discharge()
	if left := b.toErase(); len(left) > 0 {
		t.Errorf("to be erased still: %q", left)
	}
}

// Early journals don't say which identity another one replaces. It is erased all the
// same, at once or with the person.
func TestEarlierIdentityIsErased(t *testing.T) {
	b := founded(t, 2, falls())
	for _, name := range []string{"Berta", "Bertha"} {
		b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2", Name: name}, Organisation: "o2"})
	}
	var given []uint64
	b.edited(func(e benchmark.Event) benchmark.Body {
		identity, is := e.Body.(benchmark.IdentityGiven)
		if !is {
			return e.Body
		}
		if identity.Participant == "p2" {
			given = append(given, e.Seq)
		}
		identity.Replaces = 0
		return identity
	})
	if len(given) != 3 {
		t.Fatalf("%d identities", len(given))
	}
	owed := b.owed(benchmark.EraseDuty)
	if len(owed) != 1 || !slices.Equal(b.n.ToErase(owed[0]), given[:2]) {
		t.Errorf("to be erased is %+v, want %v", owed, given[:2])
	}
	for _, e := range b.do("p2", benchmark.EraseMe(addressOf(2))) {
		if erased, is := e.Body.(benchmark.ParticipantErased); is && (!slices.Equal(erased.Events, given[:2]) || erased.Identity != given[2]) {
			t.Errorf("erased are %+v, want %v", erased, given)
		}
	}
}

// A slot may be answered anew, or be another organisation's: what is erased of it has a
// key of its own each time, as what was done once isn't done again.
func TestErasuresOfASlotHaveKeysOfTheirOwn(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	corrects := func(note string) {
		t.Helper()
		b.do("p3", submit("", noted("falls", 21, "")))
		if words := b.toErase(); !slices.Equal(words, []string{note}) {
			t.Errorf("to be erased are %q, want %q", words, note)
		}
		b.discharge()
	}
	b.do("p3", submit("", noted("falls", 20, "first")))
	corrects("first")
	b.do("p3", benchmark.Withdraw{Indicator: "falls"})
	b.do("p2", submit("", noted("falls", 20, "second")))
	b.do("p1", benchmark.AppointFacilitator("p2")) // who brings their own open answers
	b.do("p2", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true})
	corrects("second")
	if left := b.toErase(); len(left) > 0 {
		t.Errorf("to be erased still: %q", left)
	}
}

// Erasing who said a lot costs in proportion to what they said: when it is decided, when
// the journal is read again, and as it is taken back at the other seats.
func TestErasingTheTalkativeIsLinear(t *testing.T) {
	work := func(said int) float64 {
		b := founded(t, 2, falls())
		b.do("p1", benchmark.TakeSeat{Connection: "play", Channel: "c2"})
		b.open("2026-Q4")
		b.discharge()
		for k := range 100 + said {
			by := benchmark.ParticipantID("p2")
			if k < 100 {
				by = "p1" // what is numbered higher costs an allocation more
			}
			b.do(by, benchmark.Contribute{
				Topic: benchmark.RoundTopic("2026-Q4"), Text: "And another thing.", Seat: "s1",
				Post: benchmark.Post{Connection: "play", Channel: "c1", Message: fmt.Sprintf("m%d", k)},
			})
			b.discharge()
		}
		from := len(b.log)
		b.do("p2", benchmark.EraseMe(addressOf(2)))
		for _, d := range b.owed(benchmark.RelayDuty) {
			b.do("", d.Finish(d.Edit))
		}
		return testing.AllocsPerRun(1, func() {
			if _, err := benchmark.Fold(b.log); err != nil {
				t.Error(err)
			}
		}) - testing.AllocsPerRun(1, func() {
			if _, err := benchmark.Fold(b.log[:from]); err != nil {
				t.Error(err)
			}
		})
	}
	few, many := work(100), work(400)
	if many > 6*few {
		t.Errorf("4 times as much said is %.0f times the work (%.0f and %.0f allocations)", many/few, few, many)
	}
}
