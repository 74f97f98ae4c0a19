package benchmark_test

import (
	"errors"
	"fmt"
	"testing"

	"roundtable/benchmark"
)

// Of two of one name the one that takes part is meant, whichever is in the list first; one that
// is gone is found as it is.
func TestWhichOneIsCalledSo(t *testing.T) {
	b := founded(t, 4, falls())
	b.do("p1", benchmark.RemoveOrganisation("o3", true))
	b.do("p1", benchmark.RenameOrganisation("o2", "Org 3")) // before the one that is gone
	b.do("p1", benchmark.RemoveOrganisation("o4", true))
	b.do("p1", benchmark.AddOrganisation("Org 4", true)) // after the one that is gone
	b.do("p1", benchmark.AddOrganisation("Lake", true))
	b.do("p1", benchmark.RemoveOrganisation("o6", true))
	for name, want := range map[string]struct {
		id       benchmark.OrganisationID
		gone, ok bool
	}{
		"Org 3": {"o2", false, true},
		"Org 4": {"o5", false, true},
		"Lake":  {"o6", true, true},
		"Hill":  {"", false, false},
	} {
		if o, ok := b.n.OrganisationCalled(name); o.ID != want.id || o.Gone != want.gone || ok != want.ok {
			t.Errorf("%s is %q, gone %v, found %v", name, o.ID, o.Gone, ok)
		}
	}
}

// asksWhether says whether it is a question that may be answered with yes.
func asksWhether(err error) bool {
	if all, several := errors.AsType[benchmark.Refusals](err); several {
		err = all[0]
	}
	one, is := errors.AsType[*benchmark.Refusal](err)
	return is && one.Question
}

// A name that is like another one is asked about, at setup, by who joins and by who adds it.
func TestNamesAlikeAreAskedAbout(t *testing.T) {
	_, founding := newTable(t).try("", settled(func(f *benchmark.Found) { f.Organisations, f.Mine = []string{"Alvsby", "Älvsby"}, "Elsewhere" }))
	b := founded(t, 2, falls())
	_, joining := b.try("", benchmark.Join{Person: visitor("u8"), Organisation: "Orgg 2", New: true})
	_, adding := b.try("p1", benchmark.AddOrganisation("Orgg 2", false))
	for what, err := range map[string]error{"setup": founding, "joining": joining, "adding": adding} {
		if !asksWhether(err) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// No more organisations are added than there may be, however many at once.
func TestNoMoreAreAddedThanMayBe(t *testing.T) {
	var names []string
	for k := range benchmark.MaxOrganisations - 3 {
		names = append(names, fmt.Sprintf("Clinic %dx%d", k, k))
	}
	b := newTable(t)
	b.do("", settled(func(f *benchmark.Found) { f.Organisations, f.Mine, f.Sure = names, names[0], true }))
	more := []string{"Lake", "Harbour", "Hill", "Forest"}
	if _, err := b.try("p1", benchmark.AddOrganisations(more, more)); reasonOfFirst(err) != "too-many-organisations" {
		t.Errorf("one too many: %v", err)
	}
	b.do("p1", benchmark.AddOrganisations(more[:3], more))
}

func reasonOfFirst(err error) string {
	if all, several := errors.AsType[benchmark.Refusals](err); several {
		return string(all[0].Reason)
	}
	return reason(err)
}

// One of several names that are added is refused at its own name, a single one at the field.
func TestWhichNameIsRefused(t *testing.T) {
	b := founded(t, 2, falls())
	_, err := b.try("p1", benchmark.AddOrganisations([]string{"Lake", "Org 2"}, nil))
	if all, several := errors.AsType[benchmark.Refusals](err); !several || len(all) != 1 || all[0].Field != "Org 2" {
		t.Errorf("%+v", err)
	}
	_, err = b.try("p1", benchmark.AddOrganisations([]string{"Org 2"}, nil))
	if one, is := errors.AsType[*benchmark.Refusal](err); !is || one.Field == "Org 2" {
		t.Errorf("%+v", err)
	}
}

// Who lets somebody in unseen gives the organisation another letter of as many.
func TestAnotherLetterOfAsMany(t *testing.T) {
	for many, want := range map[int]int{3: 1, 25: 2} {
		b := founded(t, many, falls())
		b.open("2026-Q4")
		b.submit(2, 20, 400)
		b.do("p2", benchmark.Leave{})
		before := map[string]bool{}
		for _, o := range b.n.Organisations {
			before[o.Code] = true
		}
		for k := range 5 { // each time a round keeps the letter that it had
			newcomer := b.joins(fmt.Sprint("u", 100+k), "Org 2").ID
			b.do("p1", benchmark.Vouch{Newcomer: newcomer, Yes: true})
			o, _ := b.n.Organisation("o2")
			if len(o.Code) != want || before[o.Code] {
				t.Errorf("of %d it has %q after %v", many, o.Code, before)
			}
			before[o.Code] = true
			b.close()
			b.open(fmt.Sprintf("%d-Q1", 2027+k))
			b.do(newcomer, benchmark.Leave{})
		}
	}
}

// Who speaks for several vouches on behalf of the one that they name: it has one word, and none
// when it doesn't count yet.
func TestVouchingOnBehalfOfOne(t *testing.T) {
	b := founded(t, 4, falls())
	inTwo(b)
	added(b) // Ward of mine, o5
	if err := b.tryFor("p2", "o3", benchmark.VouchFor("o5")); err != nil {
		t.Fatal(err)
	}
	b.do("p3", benchmark.VouchFor("o5"))
	if o, _ := b.n.Organisation("o5"); o.Vouched {
		t.Error("two words of one organisation were enough")
	}
	addOrganisation(b, "u8", "Harbour") // o6, by p6
	b.do("", joining("u8", "Org 2"))
	b.do("p2", benchmark.Vouch{Newcomer: "p6", Organisation: "o2", Yes: true})
	if err := b.tryFor("p6", "o6", benchmark.VouchFor("o5")); reason(err) != "not-yours-to-vouch" {
		t.Errorf("on behalf of one that doesn't count: %v", err)
	}
	if err := b.tryFor("p6", "o2", benchmark.VouchFor("o5")); err != nil {
		t.Error(err)
	}
	if o, _ := b.n.Organisation("o5"); !o.Vouched {
		t.Error("words of two weren't enough")
	}
}

// A new organisation that comes in alone is told of alone.
func TestOneThatComesAloneIsToldOfAlone(t *testing.T) {
	b := founded(t, 3, falls())
	added(b)
	addOrganisation(b, "u8", "Harbour")
	if told := b.toldOf(); told != "organisation-new p4 o4, organisation-new p5 o5" && told != "organisation-new  o4, organisation-new  o5" {
		t.Errorf("told is %q", told)
	}
}

// Another letter is one that no other organisation has, where no round was opened yet too.
func TestAnotherLetterBeforeAnyRound(t *testing.T) {
	b := founded(t, 12, falls())
	before := map[string]bool{}
	for _, o := range b.n.Organisations {
		before[o.Code] = true
	}
	for k := 2; k <= 12; k++ {
		o := benchmark.OrganisationID(fmt.Sprint("o", k))
		b.do(participant(k), benchmark.Commit{Text: "We try.", Until: later})
		b.do(participant(k), benchmark.Leave{})
		newcomer := b.joins(fmt.Sprint("u", 100+k), fmt.Sprint("Org ", k)).ID
		b.do("p1", benchmark.Vouch{Newcomer: newcomer, Yes: true})
		if now, _ := b.n.Organisation(o); before[now.Code] {
			t.Errorf("%s has %q, which was another's or its own", o, now.Code)
		}
		before = map[string]bool{}
		for _, other := range b.n.Organisations {
			before[other.Code] = true
		}
	}
}

// Those that come in together are told of together, and with no other one.
func TestOnlyThoseThatCameTogetherAreToldOfTogether(t *testing.T) {
	b := founded(t, 3, falls())
	added(b)
	b.do("p1", benchmark.AddOrganisations([]string{"Lake", "Harbour"}, nil))
	for _, d := range b.owed(benchmark.NoticeDuty) {
		notice, _ := b.n.NoticeOf(d)
		if want := map[benchmark.OrganisationID]int{"o4": 0, "o5": 1}[notice.Organisation]; len(notice.Besides) != want {
			t.Errorf("%s is told of with %v", notice.Organisation, notice.Besides)
		}
	}
}
