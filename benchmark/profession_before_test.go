package benchmark_test

import (
	"iter"
	"slices"
	"strings"
	"testing"

	"roundtable/benchmark"
)

// Journals of earlier versions hold a profession where somebody joined. Once they are
// erased nothing shows it: the state doesn't, however often it is read, others' files
// don't, and what is exported of the journal doesn't. That of others stays.
func TestProfessionsOfEarlierJournals(t *testing.T) {
	b := founded(t, 3, falls())
	b.edited(func(e benchmark.Event) benchmark.Body {
		if joined, is := e.Body.(benchmark.ParticipantJoined); is {
			joined.Profession = benchmark.Profession("midwife " + string(joined.Participant))
			return joined
		}
		return e.Body
	})
	if p, _ := b.n.Participant("p2"); !strings.Contains(string(p.Profession), "physician") {
		t.Fatalf("what was given last stands: %q", p.Profession)
	}
	b.do("p2", benchmark.EraseMe(addressOf(2)))
	b.discharge()
	read := func() iter.Seq2[benchmark.Record, error] {
		return func(yield func(benchmark.Record, error) bool) {
			for _, e := range b.log {
				r, err := e.Encode()
				if b.gone[e.Seq] {
					r.Data = nil
				}
				if !yield(r, err) {
					return
				}
			}
		}
	}
	var again []benchmark.Event
	var exported []string
	before := 0
	for r, err := range read() {
		e, bad := benchmark.Decode(r)
		if err != nil || bad != nil {
			t.Fatal(err, bad)
		}
		again = append(again, e)
		before += strings.Count(string(r.Data), "midwife p2")
	}
	if before != 1 {
		t.Fatalf("the journal holds it %d times", before)
	}
	n, err := benchmark.Fold(again)
	if err != nil {
		t.Fatal(err)
	}
	if p, _ := n.Participant("p2"); p.Profession != "" || p.Organisation != "o2" {
		t.Errorf("%+v", p)
	}
	for r, err := range benchmark.WithoutErasedProfessions(read) {
		if err != nil {
			t.Fatal(err)
		}
		if e, err := benchmark.Decode(r); err != nil || e.Seq != uint64(len(exported)+1) {
			t.Errorf("%+v, %v", e, err)
		}
		exported = append(exported, string(r.Data))
	}
	all := strings.Join(exported, "\n")
	if strings.Contains(all, "midwife p2") || !strings.Contains(all, "midwife p1") || !strings.Contains(all, "midwife p3") {
		t.Errorf("exported is\n%s", all)
	}
	if !slices.ContainsFunc(exported, func(line string) bool {
		return strings.Contains(line, `"participant":"p2"`) && strings.Contains(line, `"organisation":"o2"`)
	}) {
		t.Error("where they belonged is gone")
	}
}
