package benchmark_test

import (
	"maps"
	"slices"
	"testing"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

var _ = with(subject{
	refusals: []refusalCase{
		{"letters-tell", lettered, "p1", benchmark.RemoveOrganisation("o2", false)},
		{"letters-tell", lettered, "p1", benchmark.MergeOrganisations{From: "o2", Into: "o3"}},
		{"letters-tell", func(b *table) {
			lettered(b)
			b.publish()
			b.do("p1", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true})
		}, "p1", benchmark.RemoveOrganisation("o3", false)},
		{"merge-draft", func(b *table) {
			lettered(b)
			b.do("p1", benchmark.AppointFacilitator("p2"))
		}, "p2", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true}},
	},
	last: func(b *table) {
		facilitator := b.n.Facilitators()[0].ID
		b.do(facilitator, seeing(benchmark.Coded))
		for _, period := range []string{"2031-Q1", "2031-Q2"} {
			b.open(period)
			for _, p := range b.n.Participants {
				if p.Active() && !p.HasSeveral() && (period == "2031-Q1" || p.ID != facilitator) {
					_, _ = b.try(p.ID, benchmark.Submit{Items: []benchmark.Item{{Indicator: "falls", Answer: benchmark.NotMeasured}}})
				}
			}
			b.do(facilitator, benchmark.CloseRound{})
			b.do(facilitator, benchmark.PublishRound{})
		}
	},
})

// lettered: a round in which organisations stand under letters has closed, and isn't shown.
func lettered(b *table) {
	b.do("p1", seeing(benchmark.Coded))
	b.open("2026-Q3")
	b.submit(2, 40, 400)
	b.close()
}

// lettersIn are the letters of those who answered a round.
func lettersIn(b *table, id benchmark.RoundID) map[benchmark.OrganisationID]string {
	r, _ := b.n.Round(id)
	letters := map[benchmark.OrganisationID]string{}
	for _, o := range b.n.RoundOrganisations(r) {
		if r.Answered(o.ID) > 0 {
			letters[o.ID] = o.Code
		}
	}
	return letters
}

// A letter that is missing, or new, would tell whose it is, as everybody is told who comes and
// who goes, and knows who didn't answer. Letters stay while the same organisations answer, and
// are all dealt anew otherwise.
func TestNoLetterIsTold(t *testing.T) {
	answering := func(b *table, period string, people ...int) {
		b.open(period)
		for _, k := range people {
			b.submit(k, float64(30+k), 400)
		}
		b.close()
		b.publish()
	}
	all := []int{1, 2, 3, 4, 5, 6, 7, 8}
	without := []int{1, 2, 4, 5, 6, 7, 8}
	for name, tt := range map[string]struct {
		between func(b *table)
		people  []int
		stay    bool
	}{
		"nothing happens":        {func(*table) {}, all, true},
		"a new name":             {func(b *table) { b.do("p1", benchmark.RenameOrganisation("o3", "Harbour")) }, all, true},
		"a colleague comes":      {func(b *table) { b.joins("u20", "Org 3") }, all, true},
		"one doesn't answer":     {func(*table) {}, without, false},
		"one leaves with a word": {func(b *table) { b.do("p3", benchmark.TakeOut("o3", true)) }, without, false},
		"one is removed":         {func(b *table) { b.do("p1", benchmark.RemoveOrganisation("o3", true)) }, without, false},
		"one becomes of another": {func(b *table) {
			b.do("p1", benchmark.AppointFacilitator("p3"))
			b.do("p3", benchmark.MergeOrganisations{From: "o3", Into: "o4", Figures: true})
		}, without, false},
		"one comes that is known": {func(b *table) { b.do("p1", benchmark.AddOrganisation("Lake", false)); b.joins("u20", "Lake") }, append(all[:8:8], 9), false},
		"one lets in a stranger": {func(b *table) {
			b.do("p3", benchmark.Leave{})
			b.joins("u20", "Org 3")
			b.do("p1", benchmark.Vouch{Newcomer: "p9", Yes: true})
		}, append(without[:7:7], 9), false},
		"one leaves while it runs": {nil, without, false},
	} {
		b := founded(t, 8, falls())
		b.do("p1", seeing(benchmark.Coded))
		answering(b, "2026-Q3", all...)
		before := lettersIn(b, "2026-Q3")
		if tt.between != nil {
			tt.between(b)
			answering(b, "2026-Q4", tt.people...)
		} else {
			b.open("2026-Q4")
			b.do("p3", benchmark.TakeOut("o3", true))
			for _, k := range tt.people {
				b.submit(k, float64(30+k), 400)
			}
			b.close()
			b.publish()
		}
		after := lettersIn(b, "2026-Q4")
		if len(after) != len(tt.people) {
			t.Errorf("%s: %v answered", name, after)
		}
		same := 0
		for o, letter := range after {
			if before[o] == letter {
				same++
			}
		}
		r, _ := b.n.Round("2026-Q4")
		if stay := same == len(after); stay != tt.stay || !tt.stay && same > 2 || r.LettersAnew() == tt.stay {
			t.Errorf("%s: letters were %v, are %v, said to be new: %v", name, before, after, r.LettersAnew())
		}
		if shown := lettersIn(b, "2026-Q3"); !maps.Equal(before, shown) {
			t.Errorf("%s: a round that was shown has other letters: %v, were %v", name, shown, before)
		}
		answering(b, "2027-Q1", tt.people...)
		if again := lettersIn(b, "2027-Q1"); !maps.Equal(after, again) {
			t.Errorf("%s: they answered again, and are %v, were %v", name, again, after)
		}
	}
}

// Who answers late, once the round is open again, is known by that; not so afterwards.
func TestALateLetterDoesNotStay(t *testing.T) {
	b := founded(t, 6, falls())
	b.do("p1", seeing(benchmark.Coded))
	b.open("2026-Q3")
	for k := 1; k <= 5; k++ {
		b.submit(k, float64(30+k), 400)
	}
	b.close()
	b.publish()
	b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 7), Reason: "one was late"})
	b.submit(6, 50, 400)
	b.close()
	b.publish()
	late := lettersIn(b, "2026-Q3")
	b.open("2026-Q4")
	for k := 1; k <= 6; k++ {
		b.submit(k, float64(30+k), 400)
	}
	b.close()
	if now := lettersIn(b, "2026-Q4"); maps.Equal(late, now) {
		t.Errorf("the late one is %s still: %v", late["o6"], now)
	}
}

// Whatever comes to a round later has a letter there that nobody else has.
func TestLettersOfARoundAreUnique(t *testing.T) {
	b := founded(t, 6, falls())
	b.do("p1", seeing(benchmark.Coded))
	record := func(o benchmark.OrganisationID, period string) {
		b.do("p1", benchmark.RecordHistory{Figures: []benchmark.Recorded{{Organisation: o, Indicator: "falls", Period: period, Figure: benchmark.Figure{Numerator: 30, Denominator: 400}}}})
	}
	for k, period := range []string{"2020-Q1", "2020-Q2", "2020-Q3"} {
		record("o2", period)
		b.do("p1", benchmark.AddOrganisation([]string{"Lake", "Harbour", "Hill"}[k], false))
	}
	for _, o := range b.n.Organisations {
		for _, r := range b.n.Rounds {
			record(o.ID, string(r.ID))
		}
	}
	for _, r := range b.n.Rounds {
		letters := slices.Sorted(maps.Values(lettersIn(b, r.ID)))
		if len(letters) != 9 || len(slices.Compact(letters)) != 9 {
			t.Errorf("%s: %v", r.ID, letters)
		}
	}
	first, second := lettersIn(b, "2020-Q1"), lettersIn(b, "2020-Q2")
	if first["o2"] == second["o2"] && first["o3"] == second["o3"] && first["o4"] == second["o4"] {
		t.Errorf("rounds from files share their letters: %v, %v", first, second)
	}
}

// Nobody's letter is told by taking its figures out, but by its own people, who are told so.
func TestFiguresUnderALetterStay(t *testing.T) {
	b := founded(t, 4, falls())
	lettered(b)
	if !benchmark.LetterTells(b.n, "o2") || benchmark.LetterTells(b.n, "o3") {
		t.Errorf("o2 %v, o3 %v", benchmark.LetterTells(b.n, "o2"), benchmark.LetterTells(b.n, "o3"))
	}
	b.do("p1", benchmark.RemoveOrganisation("o3", false)) // it has nothing
	b.do("p2", benchmark.TakeOut("o2", false))
	if benchmark.LetterTells(b.n, "o2") {
		t.Error("nothing of it is left to be told")
	}
	named := founded(t, 4, falls())
	named.open("2026-Q3")
	named.submit(2, 40, 400)
	named.close()
	if benchmark.LetterTells(named.n, "o2") {
		t.Error("where organisations stand by name no letter tells anything")
	}
	named.do("p1", benchmark.RemoveOrganisation("o2", false))
}

// Whoever doesn't belong to a round sees their own answer there by name: somebody else may
// have their letter.
func TestBesideARoundOnesOwnHasNoLetter(t *testing.T) {
	b := founded(t, 3, falls())
	lettered(b)
	b.publish()
	b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 7), Reason: "a new ward"})
	added(b)
	b.submit(4, 30, 400)
	b.close()
	b.publish()
	v, err := view.Of(b.n, "2026-Q3", "falls", view.Viewer{Organisation: "o4"})
	if err != nil {
		t.Fatal(err)
	}
	k := slices.IndexFunc(v.Marks, func(m view.Mark) bool { return m.You })
	if k < 0 || v.Marks[k].Label != "Ward of mine" {
		t.Errorf("%+v", v.Marks)
	}
}

// Who withdraws while the round is open again still stands under their letter in what was
// shown: to take their figures out would tell which one it is.
func TestWithdrawnAnswersStillTellTheLetter(t *testing.T) {
	b := founded(t, 6, falls())
	b.do("p1", seeing(benchmark.Coded))
	b.open("2026-Q3")
	for k := 1; k <= 6; k++ {
		b.submit(k, float64(30+k), 400)
	}
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 7), Reason: "late ones"})
	b.do("p2", benchmark.Withdraw{})
	if _, err := b.try("p1", benchmark.RemoveOrganisation("o2", false)); reason(err) != "letters-tell" {
		t.Errorf("it is removed with its figures: %v", err)
	}
}

// A merger leaves an organisation the letter under which it stands in a draft, whatever its
// letter has been since.
func TestMergersChangeNoLetterThatStands(t *testing.T) {
	b := founded(t, 5, falls())
	lettered(b)
	before := lettersIn(b, "2026-Q3")["o2"]
	b.do("p2", benchmark.Leave{})
	b.do("", joins("u9", "Org 2"))
	b.do("p1", benchmark.Vouch{Newcomer: "p6", Yes: true}) // nobody there can: it gets another letter
	if o, _ := b.n.Organisation("o2"); o.Code == before {
		t.Fatal("it has its letter still")
	}
	b.do("p1", benchmark.MergeOrganisations{From: "o4", Into: "o2", Figures: true})
	if after := lettersIn(b, "2026-Q3")["o2"]; after != before {
		t.Errorf("it stood under %s and stands under %s", before, after)
	}
}
