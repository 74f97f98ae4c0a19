package benchmark_test

import (
	"slices"
	"testing"

	"roundtable/benchmark"
)

// Who left and came again is told once that it is done: what is known of them under an
// earlier number goes with their words.
func TestErasingWhoCameAgain(t *testing.T) {
	b := founded(t, 3, falls())
	leftAndCameAgain(b)
	var erased []benchmark.ParticipantErased
	for _, e := range b.do("", benchmark.EraseMe(addressOf(2))) {
		if one, is := e.Body.(benchmark.ParticipantErased); is {
			erased = append(erased, one)
		}
	}
	if len(erased) != 2 || erased[0].Identity != 0 || len(erased[0].Events) != 1 || erased[1].Identity == 0 || len(erased[1].Events) != 0 {
		t.Fatalf("erased are %+v", erased)
	}
	owed := b.owed(benchmark.EraseDuty)
	if len(owed) != 1 || !slices.Equal(b.n.ToErase(owed[0]), erased[0].Events) {
		t.Errorf("to be erased first is %+v", owed)
	}
	for _, d := range owed {
		b.do("", d.Finish(benchmark.Post{}))
	}
	if told := b.owed(benchmark.FarewellDuty); len(told) != 1 || told[0].Participant != "p4" {
		t.Errorf("told are %+v", told)
	}
	b.discharge()
	if left := b.owed(benchmark.EraseDuty, benchmark.FarewellDuty); len(left) > 0 {
		t.Errorf("owed still: %+v", left)
	}
	if gone := b.n.Gone(); len(gone) > 0 {
		t.Errorf("known still are %+v", gone)
	}
}
