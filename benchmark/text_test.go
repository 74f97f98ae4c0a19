package benchmark_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// Whatever a person is or wrote has one of these in it.
var personal = []string{"PERSON", "USER", "WORDS"}

// wholeLife is a life in which everything happens that can, with a person in
// every place that takes one and words in every place that takes words.
func wholeLife(t testing.TB) *table {
	b := newTable(t)
	person := func(k int) benchmark.Identity {
		return benchmark.Identity{Connection: "play", User: fmt.Sprintf("USER%d", k), Name: fmt.Sprintf("PERSON %d", k), Language: "sv", Zone: "Europe/Oslo", Workspace: "w1"}
	}
	how := benchmark.Indicator{ID: "how", Title: "How we do it", Kind: benchmark.Text}
	b.do("", benchmark.Found{
		ID: "n1", Name: "Net", Settings: benchmark.DefaultSettings(), Connection: "play", Channel: "c1",
		Organisations: []string{"North", "South"}, Mine: "North", Founder: person(1), Indicators: []benchmark.Indicator{falls(), how},
	})
	b.do("", benchmark.Join{Person: person(2), Organisation: "South"})
	b.do("", benchmark.Join{Person: person(3), Organisation: "South"})
	b.do("p2", benchmark.Vouch{Newcomer: "p3", Yes: true})
	b.do("", benchmark.Join{Person: person(4), Organisation: "East", New: true})
	b.do("p1", benchmark.TakeSeat{Connection: "play", Channel: "c2"})
	b.do("p1", benchmark.OfferSeat{Code: codeA})
	b.do("", benchmark.LinkSeat{Code: codeA, Connection: "play", Channel: "c3"})
	b.do("", benchmark.MoveSeat{From: benchmark.Place{Connection: "play", Channel: "c3"}, To: benchmark.Place{Connection: "play", Channel: "c4"}})
	b.do("p1", benchmark.BindWorkspace{Workspace: benchmark.Workspace{Connection: "play", ID: "w1"}, Organisation: "o2"})
	b.do("p1", benchmark.RecordHistory{Figures: []benchmark.Recorded{{Organisation: "o1", Indicator: "falls", Period: "2019", Figure: benchmark.Figure{Numerator: 20, Denominator: 400}, Note: "WORDS"}}})
	b.do("p1", benchmark.Ask{Text: "WORDS"})
	b.open("2026-Q4")
	b.do("p3", benchmark.Mute{Muted: true})
	b.do("p2", benchmark.Snooze{Until: inDays(b, 5)})
	for k := 1; k <= 2; k++ {
		b.do(participant(k), benchmark.Submit{Items: []benchmark.Item{
			{Indicator: "falls", Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: float64(20 * k), Denominator: 400}, Note: "WORDS"},
			{Indicator: "how", Answer: benchmark.DoesNotFit, Note: "WORDS"},
		}})
	}
	b.do("p2", benchmark.Withdraw{Indicator: "how"})
	b.do("p4", benchmark.Skip{})
	b.do("p2", benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{"falls": benchmark.Below}})
	b.do("p1", benchmark.ExtendRound{Due: b.now.AddDate(0, 0, 22)})
	b.discharge()
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 30), Reason: "WORDS"})
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	b.discharge()
	b.do("p2", benchmark.Submit{Reason: "WORDS", Items: []benchmark.Item{{Indicator: "falls", Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: 41, Denominator: 400}, Note: "WORDS"}}})
	b.do("p2", benchmark.Contribute{Topic: benchmark.SummaryTopic("2026-Q4"), Text: "WORDS", Seat: "s1", Post: benchmark.Post{Connection: "play", Channel: "c1", Message: "m1"}})
	b.do("p2", benchmark.Reflect{Round: "2026-Q4", Indicator: "falls", Prompt: "WORDS", Text: "WORDS", Share: true})
	b.do("p2", benchmark.Commit{Text: "WORDS", Until: b.now.AddDate(0, 1, 0)})
	second := benchmark.Post{Connection: "play", Channel: "c1", Message: "m2"}
	b.do("p2", benchmark.Contribute{Topic: benchmark.SummaryTopic("2026-Q4"), Text: "WORDS", Seat: "s1", Post: second})
	b.do("p1", benchmark.Keep{Post: second})
	b.do("p2", benchmark.Keep{Post: second})
	b.do("p2", benchmark.Release{Post: second})
	b.do("p2", benchmark.Revise{Post: second, Text: "OTHER WORDS"})
	b.do("p1", benchmark.Learn{Text: "WORDS"})
	b.discharge()
	b.do("p2", benchmark.TakeBack{Post: second})
	b.do("", b.n.Duties(b.now, nil)[0].Drop("gone"))
	b.discharge()
	b.do("p2", benchmark.Leave{})
	for _, s := range subjects {
		if s.life != nil {
			s.life(b)
		}
	}
	for _, s := range subjects {
		if s.last != nil {
			s.last(b)
		}
	}
	return b
}

// Names, ids and words of people stand in the two kinds of events that are there
// for them, so that their content can be erased and nothing else.
func TestWhatIsPersonalStandsAlone(t *testing.T) {
	alone := []string{"identity.given", "text.written"}
	happened := map[string]bool{}
	for _, r := range wholeLife(t).records() {
		happened[r.Kind] = true
		for _, mark := range personal {
			if strings.Contains(string(r.Data), mark) && !slices.Contains(alone, r.Kind) {
				t.Errorf("%s holds something personal: %s", r.Kind, r.Data)
			}
		}
	}
	for kind := range benchmark.EveryBody() {
		if !happened[kind] {
			t.Errorf("nothing in this life is %s", kind)
		}
	}
}

// TestNumbersAreAskedAbout: what may be somebody's number is taken once its writer says
// that it is none; what surely is one never.
func TestNumbersAreAskedAbout(t *testing.T) {
	for _, intent := range []func(text string) benchmark.Intent{
		func(text string) benchmark.Intent { return benchmark.Learn{Text: text} },
		func(text string) benchmark.Intent { return benchmark.Ask{Text: text} },
		func(text string) benchmark.Intent {
			return benchmark.Contribute{Topic: benchmark.RoundTopic("2026-Q4"), Text: text, Seat: "s1", Post: message}
		},
		func(text string) benchmark.Intent { return submitting(value(figure, text)) },
		func(text string) benchmark.Intent {
			return benchmark.Join{Organisation: text, New: true, Person: benchmark.Identity{Connection: "play", User: "u1"}}
		},
	} {
		b := founded(t, 3, falls())
		b.open("2026-Q4")
		b.discharge()
		events, err := b.try("p1", intent(maybe))
		var asked *benchmark.Refusal
		if !errors.As(err, &asked) || !asked.Question || len(events) > 0 {
			t.Errorf("%+v: %d events, %v, want a question", intent(maybe), len(events), err)
		}
		sure := benchmark.Actor{By: "p1", NoPersonalNumber: true}
		if events, err := b.n.Decide(sure, intent(maybe), b.now); err != nil || len(events) == 0 {
			t.Errorf("%+v, said to be none: %d events, %v", intent(maybe), len(events), err)
		}
		if _, err := b.n.Decide(sure, intent(patient), b.now); reason(err) != "personal-number" {
			t.Errorf("%+v, said to be none: %v, want a refusal", intent(patient), err)
		}
	}
}

// TestNumbersInNames: a name that a platform tells is kept without a number that may
// be somebody's.
func TestNumbersInNames(t *testing.T) {
	for name, want := range map[string]string{
		"Anna Berg": "Anna Berg", "Anna Berg 811218-9876": "Anna Berg", "811218-9876": "", "Anna 81 12 18 98 76": "Anna", "Anna٨١١٢١٨-٩٨٧٦ Berg": "Berg",
		"Ward 12": "Ward 12", "Anna (3598215088)": "Anna", "𝟖𝟏𝟏𝟐𝟏𝟖-𝟗𝟖𝟕𝟔 Anna": "Anna", "Anna ⑧①①②①⑧-⑨⑧⑦⑥": "Anna", "Anna 131052-308T": "Anna",
	} {
		b := founded(t, 2, falls())
		b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u9", Name: name}, Organisation: "Org 2"})
		if p, _ := b.n.Participant("p3"); p.Name != want {
			t.Errorf("%q is kept as %q, want %q", name, p.Name, want)
		}
	}
}

// public are the fields that hold plain strings which nobody wrote about
// themselves or others. A field that is new has to be thought about.
var public = map[string]string{
	"networkFounded.Name":         "the network's",
	"Settings.Language":           "the network's",
	"Settings.Zone":               "the network's",
	"Settings.Holidays":           "the network's",
	"seatOffered.Digest":          "of a code that chance made",
	"seatTaken.Connection":        "a channel's",
	"seatTaken.Channel":           "a channel's",
	"seatMoved.Connection":        "a channel's",
	"seatMoved.Channel":           "a channel's",
	"workspaceBound.Connection":   "a workspace's",
	"workspaceBound.Workspace":    "a workspace's",
	"organisationJoined.Name":     "the organisation's",
	"organisationRenamed.Name":    "the organisation's",
	"organisationJoined.Code":     "the organisation's",
	"Template.Name":               "the network's",
	"settingsChanged.Name":        "the network's",
	"Template.Reason":             "part of the template",
	"Indicator.Title":             "part of the template",
	"Indicator.Measures":          "part of the template",
	"Indicator.Unit":              "part of the template",
	"Indicator.Section":           "part of the template",
	"Indicator.Numerator":         "part of the template",
	"Indicator.Denominator":       "part of the template",
	"reflectionMade.Prompt":       "an id of a list",
	"dutyBegun.Key":               "made of ids",
	"dutyDone.Key":                "made of ids",
	"dutyDone.With":               "made of ids",
	"dutyDropped.Key":             "made of ids",
	"dutyDropped.Why":             "a word of the courier's",
	"organisationShortened.Short": "the organisation's",
	"rebased.From":                "a period",
	"rebaseTakenBack.From":        "a period",
	"seatHindered.Key":            "made of ids",
	"seatFreed.Key":               "made of ids",
	"seatHindered.Why":            "a word of the courier's",
	"seatFreed.Why":               "a word of the courier's",
	"Post.Connection":             "a channel's",
	"Post.Channel":                "a channel's",
	"Post.Message":                "a post in a channel",
	"Identity.Connection":         "erased",
	"Identity.User":               "erased",
	"Identity.Name":               "erased",
	"Identity.Language":           "erased",
	"Identity.Zone":               "erased",
	"Identity.Workspace":          "erased",
	"textWritten.Body":            "erased",
}

func TestEveryStringIsAccountedFor(t *testing.T) {
	var walk func(in reflect.Type)
	walk = func(in reflect.Type) {
		switch in.Kind() {
		case reflect.Pointer, reflect.Slice:
			walk(in.Elem())
		case reflect.Struct:
			for f := range fields(in) {
				if f.Type == reflect.TypeFor[string]() && public[in.Name()+"."+f.Name] == "" {
					t.Errorf("%s.%s is a plain string: who is it about?", in.Name(), f.Name)
				}
				walk(f.Type)
			}
		default:
		}
	}
	for _, body := range benchmark.EveryBody() {
		walk(reflect.TypeOf(body))
	}
}

func fields(in reflect.Type) func(yield func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for field := range in.Fields() {
			if in.PkgPath() != "time" && !yield(field) {
				return
			}
		}
	}
}

// erase takes out the content of all events of the kinds, and reads the journal
// anew.
func (b *table) erase(kinds ...string) {
	b.n = &benchmark.Network{}
	for _, r := range b.records() {
		if slices.Contains(kinds, r.Kind) {
			r.Data = nil
		}
		e, err := benchmark.Decode(r)
		if err == nil {
			err = b.n.Apply(e)
		}
		if err != nil {
			b.t.Fatal(err)
		}
	}
}

// Erasing is taking out the content of those two kinds: figures, counts and
// comparisons stay what they were.
func TestErasingLeavesFigures(t *testing.T) {
	b := wholeLife(t)
	lived := b.n
	b.erase("identity.given", "text.written")
	erased := b.n
	if left := fmt.Sprintf("%+v", *erased); slices.ContainsFunc(personal, func(mark string) bool { return strings.Contains(left, mark) }) {
		t.Errorf("something personal is left: %s", left)
	}
	identity := cmpopts.IgnoreFields(benchmark.Participant{}, "Identity.Name", "Identity.Connection", "Identity.User", "Identity.Language", "Identity.Zone", "Identity.Workspace", "location", "traces.identifiedBy")
	gone := cmpopts.IgnoreFields(benchmark.Network{}, "participants.people", "texts.written")
	if diff := cmp.Diff(lived, erased, benchmark.Whole, identity, gone); diff != "" {
		t.Errorf("more is gone than names and words (-before +after):\n%s", diff)
	}
	for _, viewer := range viewers(lived) {
		before, after := views(t, lived, viewer), views(t, erased, viewer)
		if diff := cmp.Diff(before, after, whole, cmpopts.IgnoreFields(view.Mark{}, "Note")); diff != "" {
			t.Errorf("%q sees another comparison:\n%s", viewer.Organisation, diff)
		}
	}
	if owed := erased.Duties(b.now, nil); slices.ContainsFunc(owed, func(d benchmark.Duty) bool { return d.Participant != "" }) {
		t.Errorf("something is owed to somebody who is erased: %+v", owed)
	}
}

// Where private messages stand says who somebody is, so it isn't kept.
func TestPrivateMessagesLeaveNoPost(t *testing.T) {
	b := wholeLife(t)
	private := 0
	for _, e := range b.log {
		done, ok := e.Body.(benchmark.DutyDone)
		if !ok || done.Seat != "" || strings.HasPrefix(done.Key, "relay/") {
			continue
		}
		private++
		if done.Post != (benchmark.Post{}) {
			t.Errorf("%s tells where it stands: %+v", done.Key, done.Post)
		}
	}
	if private == 0 {
		t.Error("nothing private was sent")
	}
}
