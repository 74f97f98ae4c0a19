package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
)

// Who leads isn't appointed a second time, by somebody else either.
func TestAppointingWhoLeads(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("p1", benchmark.AppointFacilitator("p2"))
	if _, err := b.try("p1", benchmark.AppointFacilitator("p2")); reason(err) != "leads-already" {
		t.Errorf("%v", err)
	}
}

// Who leads alone is told so on the working day after the first round has closed.
func TestAloneOnTheNextWorkingDay(t *testing.T) {
	b := founded(t, 3, falls())
	lastRound(b) // on a Monday
	alone := b.kinds(benchmark.AloneDuty)
	if len(alone) != 1 || alone[0].NotBefore.Format("Mon 15:04") != "Tue 09:00" {
		t.Errorf("%+v", alone)
	}
}

// Texts are kept for ten years at most.
func TestTextsAreKeptTenYears(t *testing.T) {
	b := founded(t, 2, falls())
	for months, want := range map[int]string{120: "", 121: "keep-texts"} {
		_, err := b.try("p1", setting(func(s *benchmark.Settings) { s.KeepTexts = months }))
		if reasonOfFirst(err) != want {
			t.Errorf("%d months: %v", months, err)
		}
	}
}
