package benchmark_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

var _ = with(subject{
	unfounded: []refusalCase{
		{reason: "no-network", intent: benchmark.EraseMe(addressOf(2))},
		{reason: "no-network", intent: benchmark.ErasePerson("p2")},
	},
	refusals: []refusalCase{
		{"nothing-kept", nil, "", benchmark.EraseMe(benchmark.Address{Connection: "play", User: "u99"})},
		{"nothing-kept", nil, "", benchmark.EraseMe(benchmark.Address{})},
		{"nothing-kept", func(b *table) { b.do("p2", benchmark.EraseMe(addressOf(2))) }, "", benchmark.EraseMe(addressOf(2))},
		{"erases-another", nil, "p1", benchmark.EraseMe(addressOf(2))},
		{"facilitator-only", func(b *table) { b.do("p3", benchmark.Leave{}) }, "p2", benchmark.ErasePerson("p3")},
		{"erases-another", nil, "p1", benchmark.ErasePerson("p2")},
		{"erases-another", leftAndCameAgain, "p1", benchmark.ErasePerson("p2")},
		{"nothing-kept", nil, "p1", benchmark.ErasePerson("p9")},
		{"nothing-kept", func(b *table) { b.do("p2", benchmark.EraseMe(addressOf(2))) }, "p1", benchmark.ErasePerson("p2")},
		{"not-a-participant", func(b *table) { b.do("p2", benchmark.EraseMe(addressOf(2))) }, "p2", benchmark.Mute{Muted: true}},
	},
	life: func(b *table) {
		b.do("", benchmark.EraseMe(benchmark.Address{Connection: "play", User: "USER2"}))
		b.discharge()
	},
	actions: func(w *world) map[string]func() benchmark.Intent {
		return map[string]func() benchmark.Intent{
			"erase":  func() benchmark.Intent { return benchmark.EraseMe(addressOf(w.k())) },
			"erased": func() benchmark.Intent { return benchmark.ErasePerson(participant(w.k())) },
		}
	},
})

func (w *world) k() int { return pick(w.t, 1, 2, 3, 4, 5, 6, 7, 8) }

func addressOf(k int) benchmark.Address {
	return benchmark.Address{Connection: "play", User: fmt.Sprintf("u%d", k)}
}

func leftAndCameAgain(b *table) {
	b.do("p2", benchmark.Leave{})
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2", Name: "P2"}, Organisation: "o2"})
}

// talkative is a network in which p2 has said and answered all that one can, others
// have kept some of it, and all of it stands at both seats.
func talkative(t testing.TB) *table {
	b := founded(t, 3, falls())
	b.do("", benchmark.Join{
		Person:       benchmark.Identity{Connection: "play", User: "u2", Name: "BERTA", Zone: "Asia/Tokyo", Language: "ja", Workspace: "BERTAS"},
		Organisation: "o2", Profession: "BERTAS nurse",
	})
	b.do("p1", benchmark.TakeSeat{Connection: "play", Channel: "c2"})
	b.open("2026-Q4")
	b.discharge()
	b.do("p1", submit("", noted("falls", 20, "of ANNA")))
	b.do("p2", submit("", noted("falls", 21, "BERTAS first note")))
	b.do("p2", submit("", noted("falls", 22, "BERTAS note")))
	b.do("p2", benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{"falls": benchmark.Below}})
	b.do("p2", benchmark.Away{Until: inDays(b, 3)})
	b.do("p2", benchmark.Mute{Muted: true})
	b.do("p2", benchmark.Contribute{Topic: benchmark.RoundTopic("2026-Q4"), Text: "BERTAS message", Seat: "s1", Post: message})
	b.do("p2", benchmark.Contribute{Topic: benchmark.RoundTopic("2026-Q4"), Text: "BERTAS second", Seat: "s1", Post: nowhere})
	b.do("p3", benchmark.Contribute{Topic: benchmark.RoundTopic("2026-Q4"), Text: "of CARL", Seat: "s1", Post: benchmark.Post{Connection: "play", Channel: "c1", Message: "carl"}})
	b.do("p2", benchmark.Ask{Text: "BERTAS question"})
	b.do("p2", benchmark.Reflect{Text: "BERTAS secret"})
	b.do("p2", benchmark.Reflect{Text: "BERTAS thought", Share: true})
	b.do("p2", benchmark.Commit{Text: "BERTAS try", Until: b.now.AddDate(0, 1, 0)})
	b.do("p2", benchmark.Learn{Text: "BERTAS lesson"})
	b.do("p2", benchmark.Keep{Post: benchmark.Post{Connection: "play", Channel: "c1", Message: "carl"}})
	b.do("p3", benchmark.Keep{Post: message})
	b.do("p2", benchmark.Keep{Post: nowhere})
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	b.do("p2", submit("BERTAS reason", noted("falls", 23, "BERTAS last note")))
	b.discharge()
	b.discharge()
	return b
}

// read is everything that the network holds in memory.
func (b *table) read() string {
	var all strings.Builder
	fmt.Fprintf(&all, "%+v", *b.n)
	for _, r := range b.n.Rounds {
		fmt.Fprintf(&all, "%+v", *r)
	}
	for _, id := range []benchmark.TopicID{benchmark.RoundTopic("2026-Q4"), benchmark.SummaryTopic("2026-Q4"), benchmark.TemplateTopic} {
		fmt.Fprintf(&all, "%+v", b.n.Topic(id))
	}
	return all.String()
}

// erased discharges what is owed, and returns what is left in the journal then.
func (b *table) erased() (left string) {
	b.discharge()
	var words []string
	for _, r := range b.records() {
		if !b.gone[r.Seq] {
			words = append(words, string(r.Data))
		}
	}
	return strings.Join(words, "\n")
}

// Nothing is left of who is erased: not in memory, not in the journal, in whatever
// words they said it. What others said and all figures are left.
func TestErasedPersonIsForgotten(t *testing.T) {
	b := talkative(t)
	figures := b.n.Rounds[0].Submissions[benchmark.Slot{Organisation: "o2", Indicator: "falls"}]
	before := figures.Current()
	if !strings.Contains(b.read(), "BERTA") {
		t.Fatal("the network knows nothing of Berta")
	}
	b.do("p2", benchmark.EraseMe(addressOf(2)))
	if _, here := b.n.At(addressOf(2)); here || len(b.n.Known(addressOf(2))) > 0 {
		t.Error("she is a participant still")
	}
	p, _ := b.n.Participant("p2")
	if p.Name != "" || p.Profession != "" || !p.Left || p.Muted {
		t.Errorf("she is %+v", p)
	}
	journal := b.erased()
	for where, what := range map[string]string{"memory": b.read(), "the journal": journal} {
		for _, mark := range []string{"BERTA", "u2", "Tokyo", "P2"} {
			if k := strings.Index(what, mark); k >= 0 {
				t.Errorf("%s holds %s: %q", where, mark, what[max(0, k-80):min(len(what), k+80)])
			}
		}
		for _, mark := range []string{"of ANNA", "of CARL", "Anna"} {
			if !strings.Contains(what, mark) {
				t.Errorf("%s has lost %s", where, mark)
			}
		}
	}
	after := figures.Current()
	if !cmp.Equal(before.Figure, after.Figure) || after.By != "p2" || len(figures.Versions) != 3 || len(b.n.Commitments) != 1 ||
		b.n.Rounds[0].Predictions[benchmark.Slot{Organisation: "o2", Indicator: "falls"}] != benchmark.Below {
		t.Errorf("the organisation has lost what is its own: %+v", figures)
	}
	for _, l := range b.n.Kept() {
		words, by := b.n.WordsOf(l)
		switch {
		case l.ID == "l2" && words == "of CARL" && by == "p3": // she kept it
		case l.ID == "l3" && words == "" && slices.Contains(l.Supporters, "p3"): // Carl keeps what she said
		default:
			t.Errorf("learning %+v reads %q", l, words)
		}
	}
}

// What stands in channels is edited: what she said, wherever it was passed on, and
// the comparison that holds her note; nothing else.
func TestErasedWordsAreTakenOutOfChannels(t *testing.T) {
	b := talkative(t)
	b.do("p2", benchmark.EraseMe(addressOf(2)))
	var edits []string
	for _, d := range b.n.Duties(b.now, nil) {
		if d.Seat != "" {
			edits = append(edits, d.Key)
			if d.Edit == (benchmark.Post{}) {
				t.Errorf("%+v is no edit", d)
			}
		}
	}
	slices.Sort(edits)
	want := []string{
		"comparison/2026-Q4/falls/s1", "comparison/2026-Q4/falls/s2", "relay/m1/s2", "relay/m2/s2",
		"relay/m4/s1", "relay/m4/s2", "relay/m5/s1", "relay/m5/s2", "relay/m6/s1", "relay/m6/s2",
	}
	if diff := cmp.Diff(want, edits); diff != "" {
		t.Errorf("edited are (-want +got):\n%s", diff)
	}
	b.discharge()
	if owed := b.owed(benchmark.RelayDuty, benchmark.ComparisonDuty); len(owed) > 0 {
		t.Errorf("owed still: %+v", owed)
	}
}

// A note is taken out of a comparison that was shown long ago, too.
func TestErasedWordsOfOldRounds(t *testing.T) {
	b := talkative(t)
	for year := 2027; year < 2033; year++ {
		b.open(fmt.Sprint(year))
		b.submit(1, 20, 400)
		b.do("p1", benchmark.CloseRound{})
		b.do("p1", benchmark.PublishRound{})
		b.discharge()
		b.discharge()
	}
	b.do("p2", benchmark.EraseMe(addressOf(2)))
	owed := b.owed(benchmark.ComparisonDuty)
	if len(owed) != 2 || owed[0].Round != "2026-Q4" || owed[0].Edit == (benchmark.Post{}) {
		t.Errorf("owed are %+v", owed)
	}
	b.discharge()
	b.discharge()
	if owed := b.owed(benchmark.ComparisonDuty); len(owed) > 0 {
		t.Errorf("owed still: %+v", owed)
	}
}

// She is told once her words are out of the journal, and her name is erased after
// that, or after a day, if she can't be told.
func TestFarewell(t *testing.T) {
	finish := func(b *table, key string) {
		t.Helper()
		for _, d := range b.n.Duties(b.now, nil) {
			if d.Key == key {
				b.do("", d.Finish(benchmark.Post{}))
				return
			}
		}
		t.Fatalf("%s isn't owed, but %+v", key, b.owed(benchmark.EraseDuty, benchmark.FarewellDuty))
	}
	owes := func(b *table, want ...string) {
		t.Helper()
		var keys []string
		for _, d := range b.n.Duties(b.now, nil) {
			if !d.NotBefore.After(b.now) && d.Seat == "" && d.Kind != benchmark.AloneDuty {
				keys = append(keys, d.Key)
			}
		}
		if diff := cmp.Diff(want, keys); diff != "" {
			t.Errorf("owed are (-want +got):\n%s", diff)
		}
	}
	for name, told := range map[string]bool{"told": true, "out of reach": false} {
		t.Run(name, func(t *testing.T) {
			b := talkative(t)
			b.do("p2", benchmark.EraseMe(addressOf(2)))
			owes(b, "erase/p2", "private/2026-Q4/1/p1")
			finish(b, "erase/p2")
			owes(b, "private/2026-Q4/1/p1") // for which the last word waits
			finish(b, "private/2026-Q4/1/p1")
			owes(b)
			for _, d := range b.owed(benchmark.ComparisonDuty) {
				b.do("", d.Finish(d.Edit))
			}
			owes(b, "farewell/p2")
			d := b.owed(benchmark.FarewellDuty)[0]
			if to := b.n.Recipient(d); to.Name != "BERTA" || to.Address() != addressOf(2) {
				t.Errorf("the last word goes to %+v", to)
			}
			if !b.n.ErasedThemselves(d) {
				t.Error("the last word doesn't know that she asked for it herself")
			}
			if told {
				finish(b, "farewell/p2")
			} else {
				b.now = b.now.Add(24 * time.Hour)
			}
			owes(b, "erase/p2/identity")
			finish(b, "erase/p2/identity")
			owes(b)
			if to := b.n.Recipient(d); to.Name != "" || strings.Contains(b.read(), "BERTA") {
				t.Errorf("she is known still: %+v", to)
			}
		})
	}
}

// After a crash in the midst everything goes on: from whatever has been taken out of
// the journal by then.
func TestErasureOfPersonGoesOn(t *testing.T) {
	for _, kinds := range [][]string{nil, {"text.written"}, {"text.written", "participant.away", "nudges.muted"}} {
		b := talkative(t)
		b.do("p2", benchmark.EraseMe(addressOf(2)))
		before := b.n.Duties(b.now, nil)
		b.erase(kinds...)
		if diff := cmp.Diff(before, b.n.Duties(b.now, nil)); diff != "" {
			t.Errorf("without %q, owed are (-before +after):\n%s", kinds, diff)
		}
		if k := strings.Index(b.erased(), "BERTA"); k >= 0 {
			t.Errorf("without %q the journal holds her", kinds)
		}
	}
	b := talkative(t)
	b.do("p2", benchmark.EraseMe(addressOf(2)))
	b.erase("text.written", "identity.given")
	if owed := b.owed(benchmark.FarewellDuty); len(owed) > 0 {
		t.Errorf("owed to nobody: %+v", owed)
	}
	for range 5 {
		b.discharge()
	}
	if owed := b.owed(benchmark.EraseDuty); len(owed) > 0 {
		t.Errorf("owed still: %+v", owed)
	}
}

// Who has left, and came again, is erased with all that they were; a facilitator may
// do it for who has left and not come again. Who is erased may join as a stranger.
func TestErasedWhoHasLeft(t *testing.T) {
	b := talkative(t)
	b.do("p2", benchmark.Leave{})
	if gone := b.n.Gone(); len(gone) != 1 || gone[0].ID != "p2" {
		t.Errorf("gone are %+v", gone)
	}
	leftAgain := func() {
		b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2", Name: "BERTA"}, Organisation: "o1"})
		if diff := cmp.Diff([]benchmark.ParticipantID{"p2", "p4"}, b.n.Known(addressOf(2))); diff != "" {
			t.Errorf("known as (-want +got):\n%s", diff)
		}
		if gone := b.n.Gone(); len(gone) > 0 {
			t.Errorf("gone are %+v", gone)
		}
		b.do("p4", benchmark.Leave{})
	}
	leftAgain()
	b.do("p1", benchmark.ErasePerson("p2"))
	if b.n.ErasedThemselves(benchmark.Duty{Key: "farewell/p2"}) {
		t.Error("the last word says that she asked for it herself")
	}
	if left := b.erased(); strings.Contains(left, "BERTA") || strings.Contains(left, `"u2"`) {
		t.Error("the journal holds her")
	}
	if addresses := fmt.Sprint(b.n.Addresses()); strings.Contains(addresses, "u2") {
		t.Errorf("the index finds her: %s", addresses)
	}
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2", Name: "Berta again"}, Organisation: "o2"})
	p, here := b.n.At(addressOf(2))
	if !here || p.ID != "p5" || p.Confirmed && len(b.n.Members("o2")) > 1 || len(b.n.Known(addressOf(2))) != 1 {
		t.Errorf("she is %+v", p)
	}
	if strings.Contains(b.read(), "BERTA") {
		t.Error("her former words are back")
	}
}

// The only facilitator may be erased as everybody may; the network is told to choose
// another.
func TestErasedFacilitator(t *testing.T) {
	b := founded(t, 3, falls())
	b.do("p1", benchmark.EraseMe(addressOf(1)))
	seeks := func(d benchmark.Duty) bool { return d.Kind == benchmark.SeekDuty }
	if len(b.n.Facilitators()) > 0 || !slices.ContainsFunc(b.n.Duties(b.now, nil), seeks) {
		t.Errorf("they lead still, or nobody is sought: %+v", b.n.Facilitators())
	}
	if left := b.erased(); strings.Contains(left, "Anna") || strings.Contains(left, `"u1"`) || strings.Contains(left, "nurse") {
		t.Error("the journal holds her")
	}
}

// Who is known otherwise now leaves no former name in the journal.
func TestFormerNamesAreErased(t *testing.T) {
	b := founded(t, 2, falls())
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2", Name: "New Name"}, Organisation: "o2", Profession: "midwife"})
	if p, _ := b.n.At(addressOf(2)); p.Name != "New Name" || p.Profession != "midwife" {
		t.Errorf("she is %+v", p)
	}
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2"}, Organisation: "o2"}) // the platform doesn't tell
	if p, _ := b.n.At(addressOf(2)); p.Name != "New Name" || p.Profession != "" {
		t.Errorf("without a profession she is %+v", p)
	}
	left := b.erased()
	if strings.Contains(left, `"P2"`) || strings.Contains(left, "physician") || !strings.Contains(left, "New Name") {
		t.Errorf("the journal holds\n%s", left)
	}
}

// What she said is taken out of a channel that has left the table since, too.
func TestErasedWordsLeaveFormerSeats(t *testing.T) {
	b := talkative(t)
	b.do("p1", benchmark.Unlink("s2"))
	b.discharge()
	b.do("p2", benchmark.EraseMe(addressOf(2)))
	var edits []string
	for _, d := range b.owed(benchmark.RelayDuty, benchmark.ComparisonDuty) {
		if d.Seat == "s2" && d.Edit != (benchmark.Post{}) {
			edits = append(edits, d.Key)
		}
	}
	slices.Sort(edits)
	want := []string{"comparison/2026-Q4/falls/s2", "relay/m1/s2", "relay/m2/s2", "relay/m4/s2", "relay/m5/s2", "relay/m6/s2"}
	if diff := cmp.Diff(want, edits); diff != "" {
		t.Errorf("edited are (-want +got):\n%s", diff)
	}
	b.discharge()
	if left := b.owed(benchmark.RelayDuty, benchmark.ComparisonDuty); len(left) > 0 {
		t.Errorf("owed still: %+v", left)
	}
}

// Whose account is deactivated can be erased by a facilitator, and gets no last word.
func TestErasedWhoIsDeactivated(t *testing.T) {
	b := talkative(t)
	b.do("", benchmark.Deactivate("p2", true))
	if gone := b.n.Gone(); len(gone) != 1 || gone[0].ID != "p2" {
		t.Errorf("gone are %+v", gone)
	}
	b.do("p1", benchmark.ErasePerson("p2"))
	for _, d := range b.n.Duties(b.now, nil) {
		if d.Kind == benchmark.FarewellDuty {
			t.Errorf("owed to nobody: %+v", d)
		}
	}
	if left := b.erased(); strings.Contains(left, "BERTA") {
		t.Error("the journal holds her")
	}
	for _, d := range b.n.Duties(b.now, nil) {
		if d.Kind == benchmark.FarewellDuty || d.Kind == benchmark.EraseDuty {
			t.Errorf("owed still: %+v", d)
		}
	}
}
