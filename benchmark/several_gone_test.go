package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
)

// Who named an organisation isn't one of the two who know it.
func TestInventorDoesNotVouch(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2", Name: "P"}, Organisation: "Invented", New: true, Also: true})
	if err := b.tryFor("p2", "o2", benchmark.VouchFor("o4")); reason(err) != "not-yours-to-vouch" {
		t.Errorf("%v", err)
	}
}

// An observer is in no organisation, however many they were in.
func TestObserverOfTwo(t *testing.T) {
	b := founded(t, 3, falls())
	inTwo(b)
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2", Name: "P"}, Observer: true})
	if p, _ := b.n.Participant("p2"); p.HasSeveral() || p.Organisation != "" || !p.Observer {
		t.Errorf("%+v", p)
	}
	if members := b.n.Members("o3"); len(members) != 1 {
		t.Errorf("Org 3 has %d members", len(members))
	}
}

// Who has answered for two and is in one of them now knows both still.
func TestCommonKnownToWhoParted(t *testing.T) {
	b := privately(t, 1, 2, 4, 7, 11, 16)
	inTwo(b)
	if err := b.tryFor("p2", "o3", benchmark.Submit{Items: []benchmark.Item{{Indicator: "stay", Answer: benchmark.Value, Figure: benchmark.Figure{Value: 5}}}}); err != nil {
		t.Fatal(err)
	}
	b.do("p2", benchmark.PartFrom("o3"))
	b.close()
	if got := b.common(); got.Organisations > 0 {
		t.Errorf("%+v", got)
	}
}

// What comes back after nothing was shown is compared with what was shown last.
func TestCommonComesBack(t *testing.T) {
	b := privately(t, 1, 2, 4, 7, 11, 16, 22, 29, 37)
	b.close()
	b.publish()
	before := b.common()
	for k := 6; k <= 9; k++ {
		b.do(participant(k), benchmark.Submit{Reason: "not ours", Items: []benchmark.Item{{Indicator: "stay", Answer: benchmark.DoesNotFit, Note: "not ours"}}})
	}
	if got := b.common(); before.Organisations != 9 || got.Organisations != 0 {
		t.Fatalf("%+v, then %+v", before, got)
	}
	b.stayed(6, 16)
	if got := b.common(); got.Organisations != 0 {
		t.Errorf("three differ, and it shows %+v", got)
	}
}
