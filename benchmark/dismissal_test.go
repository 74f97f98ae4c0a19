package benchmark_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

// leadTogether: p1 founded the network, and p2 has led it, too, for long enough.
func leadTogether(b *table) {
	b.do("p1", benchmark.AppointFacilitator("p2"))
	b.now = b.now.AddDate(0, 0, 14)
	b.discharge()
}

// comesBack: p2 dismissed who founded the network, and two organisations had them lead again.
func comesBack(b *table) {
	leadTogether(b)
	b.do("p2", benchmark.DismissFacilitator("p1"))
	b.do("p1", benchmark.ChooseFacilitator("p1"))
	b.do("p3", benchmark.ChooseFacilitator("p1"))
}

// Who leads no more by another's word hears it, and whose word it was, and so do the others
// who lead.
func TestTheDismissedAreTold(t *testing.T) {
	for name, tt := range map[string]struct {
		who  benchmark.ParticipantID
		want []benchmark.ParticipantID
	}{
		"the founder":    {"p1", []benchmark.ParticipantID{"p1", "p3"}},
		"they step down": {"p2", nil},
	} {
		b := founded(t, 3, falls())
		leadTogether(b)
		b.do("p1", benchmark.AppointFacilitator("p3"))
		b.discharge()
		b.do("p2", benchmark.DismissFacilitator(tt.who))
		var told []benchmark.ParticipantID
		for _, d := range b.owed(benchmark.NoticeDuty) {
			if d.Participant == "" {
				continue
			}
			told = append(told, d.Participant)
			if notice, _ := b.n.NoticeOf(d); notice.By != "p2" || notice.Participant != tt.who {
				t.Errorf("%s: %s is told of %s by %s", name, d.Participant, notice.Participant, notice.By)
			}
		}
		slices.Sort(told)
		if diff := cmp.Diff(tt.want, told); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Who was added a moment ago doesn't put out who led before; who has led for two weeks, or was
// chosen by two organisations, or led before, does.
func TestJustAddedDismissesNobodyBefore(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("p1", benchmark.AppointFacilitator("p2"))
	b.now = b.now.AddDate(0, 0, 13)
	b.do("p1", benchmark.AppointFacilitator("p3"))
	if _, err := b.try("p2", benchmark.DismissFacilitator("p1")); reason(err) != "leads-longer" {
		t.Errorf("just added: %v", err)
	}
	b.do("p2", benchmark.DismissFacilitator("p3"))
	b.now = b.now.AddDate(0, 0, 1)
	b.do("p2", benchmark.DismissFacilitator("p1"))

	b = founded(t, 3, falls())
	isLeaderless(b)
	b.do("p2", benchmark.ChooseFacilitator("p2"))
	b.do("p3", benchmark.ChooseFacilitator("p2"))
	b.do("", benchmark.Deactivate("p1", false))
	b.do("p2", benchmark.DismissFacilitator("p1"))
	if got := b.leaders(); !slices.Equal(got, []benchmark.ParticipantID{"p2"}) {
		t.Errorf("%v lead", got)
	}
}

// A dismissal is undone by another who leads at once, and by two organisations' word for four
// weeks, whoever is added meanwhile; not by one's own word alone.
func TestADismissalIsUndone(t *testing.T) {
	b := founded(t, 4, falls())
	leadTogether(b)
	b.do("p1", benchmark.AppointFacilitator("p4"))
	b.do("p2", benchmark.DismissFacilitator("p1"))
	b.now = b.now.AddDate(0, 0, 1)
	b.do("p4", benchmark.AppointFacilitator("p1"))
	b.do("p1", benchmark.DismissFacilitator("p4"))

	b.do("p2", benchmark.DismissFacilitator("p1"))
	b.do("p1", benchmark.ChooseFacilitator("p1"))
	b.do("p2", benchmark.AppointFacilitator("p4"))
	if _, err := b.try("p3", benchmark.ChooseFacilitator("p3")); reason(err) != "none-sought" {
		t.Errorf("somebody else: %v", err)
	}
	if got := b.leaders(); !slices.Equal(got, []benchmark.ParticipantID{"p2", "p4"}) {
		t.Errorf("after one word %v lead", got)
	}
	b.do("p3", benchmark.ChooseFacilitator("p1"))
	if got := b.leaders(); !slices.Equal(got, []benchmark.ParticipantID{"p1", "p2", "p4"}) {
		t.Errorf("after two words %v lead", got)
	}
	if _, err := b.try("p2", benchmark.DismissFacilitator("p1")); reason(err) != "leads-by-word" {
		t.Errorf("a second time: %v", err)
	}
	b.do("p1", benchmark.DismissFacilitator("p2"))
	b.now = b.now.AddDate(0, 0, 28)
	if _, err := b.try("p3", benchmark.ChooseFacilitator("p2")); reason(err) != "none-sought" {
		t.Errorf("after four weeks: %v", err)
	}
}
