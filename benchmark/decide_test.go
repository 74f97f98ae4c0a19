package benchmark_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/benchmark/view"
)

// refusalCase is one thing that is refused: what was done before, who wants what.
type refusalCase struct {
	reason string
	after  func(b *table)
	by     benchmark.ParticipantID
	intent benchmark.Intent
}

func value(f benchmark.Figure, note string) benchmark.Item {
	return benchmark.Item{Indicator: "falls", Answer: benchmark.Value, Figure: f, Note: note}
}

func submitting(items ...benchmark.Item) benchmark.Submit { return benchmark.Submit{Items: items} }

func isOpen(b *table) { b.open("2026-Q4") }

// isOverdue: the round is past its due time, and not closed yet.
func isOverdue(b *table) {
	isOpen(b)
	b.now = start.AddDate(0, 0, 23)
}

func isOpenAnd(by benchmark.ParticipantID, intent benchmark.Intent) func(*table) {
	return func(b *table) {
		isOpen(b)
		b.do(by, intent)
	}
}

func isClosed(b *table) {
	b.open("2026-Q4")
	b.submit(1, 20, 400)
	b.do("p1", benchmark.CloseRound{})
}

func isShown(b *table) {
	isClosed(b)
	b.do("p1", benchmark.PublishRound{})
}

// stranger waits to be confirmed at Org 2, as p4.
func stranger(b *table) {
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u9", Name: "Newcomer"}, Organisation: "Org 2"})
}

func letInTwice(b *table) {
	stranger(b)
	b.do("p2", benchmark.Vouch{Newcomer: "p4", Yes: true})
	b.do("", joins("u10", "Org 2"))
	b.do("p4", benchmark.Vouch{Newcomer: "p5", Yes: true})
}

func turnedAway(b *table) {
	stranger(b)
	b.do("p2", benchmark.Vouch{Newcomer: "p4"})
}

// asking is about indicators of the kind, open to be answered.
func asking(kind benchmark.Kind) func(b *table) {
	return func(b *table) {
		b.do("p1", benchmark.AdoptTemplate{Indicators: []benchmark.Indicator{{ID: "falls", Title: "Falls", Kind: kind, Levels: 5}}})
		b.open("2026-Q4")
	}
}

func adopting(change func(i *benchmark.Indicator)) benchmark.AdoptTemplate {
	i := falls()
	change(&i)
	return benchmark.AdoptTemplate{Indicators: []benchmark.Indicator{i}}
}

func settled(change func(f *benchmark.Found)) benchmark.Found {
	f := benchmark.Found{ID: "n2", Name: "Net", Settings: benchmark.DefaultSettings(), Connection: "play", Channel: "c1"}
	change(&f)
	return f
}

func history(r benchmark.Recorded) benchmark.RecordHistory {
	return benchmark.RecordHistory{Figures: []benchmark.Recorded{r}}
}

var (
	figure  = benchmark.Figure{Numerator: 20, Denominator: 400}
	later   = start.AddDate(0, 1, 0)
	decade  = start.AddDate(10, 0, 0)
	long    = strings.Repeat("long ", 1000)
	patient = "pat 811218-9876"
	maybe   = "as in 3598215088" // an ISBN, or an NHS number
)

// unfounded are refusals of a network that isn't there yet.
var unfounded = []refusalCase{
	{reason: "no-network", intent: benchmark.Join{Organisation: "Org 1"}},
	{reason: "no-network", intent: benchmark.CloseRound{}},
	{reason: "no-network", intent: benchmark.Duty{}.Begin()},
	{reason: "no-network", intent: benchmark.Duty{}.Finish(benchmark.Post{})},
	{reason: "no-network", intent: benchmark.Duty{}.Drop("")},
	{reason: "no-network", intent: benchmark.Skip{}},
	{reason: "no-network", intent: benchmark.Ask{}},
	{reason: "no-network", intent: benchmark.Vouch{}},
	{reason: "no-network", intent: benchmark.Leave{}},
	{reason: "no-network", intent: benchmark.Mute{}},
	{reason: "no-network", intent: benchmark.LinkSeat{}},
	{reason: "no-network", intent: benchmark.MoveSeat{}},
	{reason: "no-network", intent: benchmark.Revise{}},
	{reason: "no-network", intent: benchmark.TakeBack{}},
	{reason: "no-network", intent: benchmark.Keep{}},
	{reason: "no-network", intent: benchmark.Release{}},
	{reason: "no-network", intent: benchmark.Learn{}},
	{reason: "no-network", intent: benchmark.Unlearn{}},
	{reason: "name-empty", intent: settled(func(f *benchmark.Found) { f.Name = " \u200b" })},
	{reason: "personal-number", intent: settled(func(f *benchmark.Found) { f.Name = patient })},
	{reason: "personal-number", intent: settled(func(f *benchmark.Found) { f.Profession = benchmark.Profession(patient) })},
	{reason: "zone-unknown", intent: settled(func(f *benchmark.Found) { f.Settings.Zone = "Local" })},
	{reason: "zone-unknown", intent: settled(func(f *benchmark.Found) { f.Settings.Zone = "Mars/Olympus" })},
	{reason: "visibility-unknown", intent: settled(func(f *benchmark.Found) { f.Settings.Visibility = "all" })},
	{reason: "language-unknown", intent: settled(func(f *benchmark.Found) { f.Settings.Language = "" })},
	{reason: "small-number", intent: settled(func(f *benchmark.Found) { f.Settings.SmallNumber = 51 })},
	{reason: "template-too-long", intent: settled(func(f *benchmark.Found) { f.Indicators = make([]benchmark.Indicator, 101) })},
	{reason: "organisation-twice", intent: settled(func(f *benchmark.Found) { f.Organisations = []string{"North", " north "} })},
	{reason: "organisations-alike", intent: settled(func(f *benchmark.Found) { f.Organisations = []string{"Malmö", "Malmo"} })},
	{reason: "organisations-alike", intent: settled(func(f *benchmark.Found) { f.Organisations, f.Mine = []string{"Tromsø"}, "TROMSO" })},
	{reason: "name-empty", intent: settled(func(f *benchmark.Found) { f.Organisations = []string{""} })},
	{reason: "too-many-organisations", intent: settled(func(f *benchmark.Found) { f.Organisations = make([]string, 201) })},
	{reason: "personal-number", intent: settled(func(f *benchmark.Found) { f.Mine = patient })},
}

// refusals are of a network of Org 1 to 3, whose p1 (facilitator), p2 and p3 are
// their participants, and whose template has falls.
var refusals = []refusalCase{
	{"already-founded", nil, "", settled(func(*benchmark.Found) {})},
	{"not-a-participant", nil, "p9", benchmark.Skip{}},
	{"not-a-participant", nil, "", benchmark.Skip{}},
	{"not-a-participant", nil, "", benchmark.Leave{}},
	{"not-a-participant", nil, "", benchmark.Mute{}},
	{"not-a-participant", nil, "", benchmark.Ask{Text: "Why?"}},
	{"not-a-participant", func(b *table) { b.do("p3", benchmark.Leave{}) }, "p3", benchmark.Skip{}},
	{"facilitator-only", nil, "p2", benchmark.OpenRound{Period: "2026", Due: later}},
	{"facilitator-only", nil, "p2", benchmark.TakeSeat{Connection: "play", Channel: "c2"}},
	{"facilitator-only", nil, "p2", benchmark.OfferSeat{Code: codeA}},
	{"facilitator-only", nil, "p2", benchmark.BindWorkspace{}},
	{"code-unreadable", nil, "p1", benchmark.OfferSeat{Code: "7K3M"}},
	{"code-unreadable", offered, "", benchmark.LinkSeat{Code: codeA + "*", Channel: "c2"}},
	{"code-unknown", nil, "", benchmark.LinkSeat{Code: codeA, Channel: "c2"}},
	{"code-unknown", offered, "", benchmark.LinkSeat{Code: codeB, Channel: "c2"}},
	{"code-unknown", func(b *table) { offered(b); b.do("p1", benchmark.OfferSeat{Code: codeB}) }, "", benchmark.LinkSeat{Code: codeA, Channel: "c2"}},
	{"code-used", linked, "", benchmark.LinkSeat{Code: codeA, Channel: "c2"}},
	{"code-expired", func(b *table) { offered(b); b.now = b.now.Add(24 * time.Hour) }, "", benchmark.LinkSeat{Code: codeA, Channel: "c2"}},
	{"seat-taken", offered, "", benchmark.LinkSeat{Code: codeA, Connection: "play", Channel: "c1"}},
	{"workspace-unknown", nil, "p1", benchmark.BindWorkspace{Workspace: benchmark.Workspace{Connection: "play", ID: "w9"}, Organisation: "o1"}},
	{"no-such-organisation", fromAbroad, "p1", benchmark.BindWorkspace{Workspace: abroad, Organisation: "o9"}},
	{"no-organisation", turnedAway, "p4", benchmark.Skip{}},
	{"not-confirmed", stranger, "p4", benchmark.Skip{}},

	{"no-such-organisation", nil, "", benchmark.Join{Organisation: "Org 9"}},
	{"name-empty", nil, "", benchmark.Join{}},
	{"text-too-long", nil, "", benchmark.Join{Organisation: long}},
	{"text-too-long", nil, "", benchmark.Join{Organisation: "Org 1", Profession: benchmark.Profession(long)}},
	{"profession-claims", nil, "", benchmark.Join{Organisation: "Org 1", Profession: "nurse, Org 2"}},
	{"too-many-organisations", func(b *table) { fill(b) }, "", benchmark.Join{Organisation: "One more", New: true}},
	{"nobody-waits", nil, "p1", benchmark.Vouch{Newcomer: "p9"}},
	{"nobody-waits", turnedAway, "p1", benchmark.Vouch{Newcomer: "p4"}},
	{"confirmed-already", nil, "p3", benchmark.Vouch{Newcomer: "p2"}},
	{"confirmed-by", letInTwice, "p2", benchmark.Vouch{Newcomer: "p5", Yes: true}},
	{"not-yours-to-confirm", stranger, "p3", benchmark.Vouch{Newcomer: "p4", Yes: true}},
	{"not-yours-to-confirm", stranger, "p4", benchmark.Vouch{Newcomer: "p4", Yes: true}},
	{"not-yours-to-confirm", stranger, "", benchmark.Vouch{Newcomer: "p4", Yes: true}},
	{"last-facilitator", nil, "p1", benchmark.Leave{}},

	{"template-empty", nil, "p1", benchmark.AdoptTemplate{}},
	{"indicator-twice", nil, "p1", benchmark.AdoptTemplate{Indicators: []benchmark.Indicator{falls(), falls()}}},
	{"indicator-id", nil, "p1", adopting(func(i *benchmark.Indicator) { i.ID = "Falls" })},
	{"indicator-untitled", nil, "p1", adopting(func(i *benchmark.Indicator) { i.Title = "\u200b " })},
	{"indicator-title-long", nil, "p1", adopting(func(i *benchmark.Indicator) { i.Title = long[:100] })},
	{"indicator-kind", nil, "p1", adopting(func(i *benchmark.Indicator) { i.Kind = "rank" })},
	{"indicator-direction", nil, "p1", adopting(func(i *benchmark.Indicator) { i.Direction = "up" })},
	{"indicator-levels", nil, "p1", adopting(func(i *benchmark.Indicator) { i.Kind, i.Levels = benchmark.Scale, 21 })},
	{"indicator-multiplier", nil, "p1", adopting(func(i *benchmark.Indicator) { i.Multiplier = math.NaN() })},
	{"indicator-multiplier", nil, "p1", adopting(func(i *benchmark.Indicator) { i.Multiplier = 1e300 })},
	{"indicator-plausible", nil, "p1", adopting(func(i *benchmark.Indicator) { i.Plausible = &benchmark.Range{Low: 1} })},
	{"indicator-target", nil, "p1", adopting(func(i *benchmark.Indicator) { x := math.Inf(1); i.Target = &x })},
	{"indicator-people", nil, "p1", adopting(func(i *benchmark.Indicator) { i.Kind, i.People = benchmark.YesNo, new(true) })},
	{"personal-number", nil, "p1", adopting(func(i *benchmark.Indicator) { i.Measures = patient })},
	{"text-too-long", nil, "p1", adopting(func(i *benchmark.Indicator) { i.Unit = long })},

	{"no-template", unasked, "p1", benchmark.OpenRound{Period: "2026", Due: later}},
	{"no-template", unasked, "p1", benchmark.RecordHistory{}},
	{"no-organisations", empty, "p1", benchmark.OpenRound{Period: "2026", Due: later}},
	{"round-open", isOpen, "p1", benchmark.OpenRound{Period: "2027-Q1", Due: later}},
	{"period", nil, "p1", benchmark.OpenRound{Period: "soon", Due: later}},
	{"period", nil, "p1", benchmark.OpenRound{Period: "2026-10-15", Due: later}},
	{"period-ambiguous", nil, "p1", benchmark.OpenRound{Period: "2009-10", Due: later}},
	{"period-ambiguous", nil, "p1", benchmark.OpenRound{Period: "2026-10-01", Due: later}},
	{"period-far", nil, "p1", benchmark.OpenRound{Period: "2062-Q4", Due: later}},
	{"period-far", nil, "p1", benchmark.OpenRound{Period: "1926", Due: later}},
	{"period-overlaps", isClosed, "p1", benchmark.OpenRound{Period: "2026", Due: later}},
	{"period-overlaps", isClosed, "p1", benchmark.OpenRound{Period: "2026-W40", Due: later}},
	{"period-overlaps", isClosed, "p1", history(benchmark.Recorded{Organisation: "o1", Indicator: "falls", Period: "2026-H2", Figure: figure})},
	{"period-overlaps", nil, "p1", benchmark.RecordHistory{Figures: []benchmark.Recorded{
		{Organisation: "o1", Indicator: "falls", Period: "2025", Figure: figure}, {Organisation: "o1", Indicator: "falls", Period: "2025-11", Figure: figure},
	}}},
	{"period-used", isClosed, "p1", benchmark.OpenRound{Period: "2026-q04", Due: later}},
	{"due-past", nil, "p1", benchmark.OpenRound{Period: "2026", Due: start}},
	{"closes-before-due", nil, "p1", benchmark.OpenRound{Period: "2026", Due: later, Closes: later.Add(-1)}},
	{"closes-far", nil, "p1", benchmark.OpenRound{Period: "2026", Due: later, Closes: decade}},
	{"due-past", isOpen, "p1", benchmark.ExtendRound{}},
	{"closes-past", isOverdue, "p1", benchmark.ExtendRound{Due: start.AddDate(0, 0, 21), Closes: start.AddDate(0, 0, 22)}},
	{"due-past", isOverdue, "p1", benchmark.ExtendRound{Due: start.AddDate(0, 0, 22), Closes: later}},
	{"round-closed", isClosed, "p1", benchmark.ExtendRound{Due: later}},
	{"no-round", nil, "p1", benchmark.CloseRound{}},
	{"no-such-round", isOpen, "p1", benchmark.CloseRound{Round: "2026-Q3"}},
	{"round-still-open", isOpen, "p1", benchmark.PublishRound{}},
	{"round-open", isOpen, "p1", benchmark.ReopenRound{Closes: later, Reason: "x"}},
	{"closes-past", isClosed, "p1", benchmark.ReopenRound{Closes: start, Reason: "x"}},
	{"closes-far", isClosed, "p1", benchmark.ReopenRound{Closes: decade, Reason: "x"}},
	{"reason-missing", isClosed, "p1", benchmark.ReopenRound{Closes: later, Reason: " "}},
	{"period-lived", isClosed, "p1", history(benchmark.Recorded{Period: "2026-Q4"})},
	{"period", nil, "p1", history(benchmark.Recorded{Period: "2026-Q9"})},
	{"no-such-indicator", nil, "p1", history(benchmark.Recorded{Period: "2020", Indicator: "x"})},
	{"no-such-organisation", nil, "p1", history(benchmark.Recorded{Period: "2020", Indicator: "falls", Organisation: "o9"})},
	{"denominator-zero", nil, "p1", history(benchmark.Recorded{Period: "2020", Indicator: "falls", Organisation: "o1"})},
	{"personal-number", nil, "p1", history(benchmark.Recorded{Period: "2020", Indicator: "falls", Organisation: "o1", Figure: figure, Note: patient})},

	{"nothing-to-submit", isOpen, "p1", benchmark.Submit{}},
	{"no-such-indicator", isOpen, "p1", submitting(benchmark.Item{Indicator: "x"})},
	{"answer-unknown", isOpen, "p1", submitting(benchmark.Item{Indicator: "falls"})},
	{"why-missing", isOpen, "p1", submitting(benchmark.Item{Indicator: "falls", Answer: benchmark.DoesNotFit, Note: "\n"})},
	{"practice-missing", asking(benchmark.Text), "p1", submitting(value(benchmark.Figure{}, ""))},
	{"figure-without-value", isOpen, "p1", submitting(benchmark.Item{Indicator: "falls", Answer: benchmark.NotMeasured, Figure: figure})},
	{"personal-number", isOpen, "p1", submitting(value(figure, patient))},
	{"text-too-long", isOpen, "p1", submitting(value(figure, long))},
	{"text-too-long", isShown, "p1", benchmark.Submit{Items: []benchmark.Item{value(figure, "")}, Reason: long}},
	{"round-closed", isClosed, "p2", submitting(value(figure, ""))},
	{"correction-reason", isClosed, "p1", submitting(value(benchmark.Figure{Numerator: 21, Denominator: 400}, ""))},
	{"round-recorded", func(b *table) {
		b.do("p1", history(benchmark.Recorded{Period: "2020", Indicator: "falls", Organisation: "o1", Figure: figure}))
	}, "p1", benchmark.Submit{Round: "2020", Items: []benchmark.Item{value(figure, "")}}},
	{"nothing-to-withdraw", isOpen, "p1", benchmark.Withdraw{}},
	{"no-such-indicator", isOpen, "p1", benchmark.Withdraw{Indicator: "x"}},
	{"skip-after-answering", func(b *table) { isOpen(b); b.submit(1, 20, 400) }, "p1", benchmark.Skip{}},
	{"guess-too-late", isShown, "p1", benchmark.Predict{}},
	{"nothing-to-guess", isOpen, "p1", benchmark.Predict{}},
	{"no-such-indicator", isOpen, "p1", benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{"x": benchmark.Above}}},
	{"position-unknown", isOpen, "p1", benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{"falls": "first"}}},

	{"no-such-indicator", nil, "p1", benchmark.Ask{Indicator: "x", Text: "Why?"}},
	{"text-missing", nil, "p1", benchmark.Ask{}},
	{"personal-number", nil, "p1", benchmark.Ask{Text: patient}},
	{"no-such-topic", nil, "p1", benchmark.Contribute{Topic: "round/2026", Text: "Hello"}},
	{"not-a-participant", nil, "", benchmark.Revise{Post: message}},
	{"no-such-contribution", isSaid, "p1", benchmark.Revise{Post: nowhere, Text: "Hello"}},
	{"no-such-contribution", isSaid, "p1", benchmark.Revise{Post: passedOn, Text: "Hello"}},
	{"not-yours", isSaid, "p2", benchmark.Revise{Post: message, Text: "Hello"}},
	{"personal-number", isSaid, "p1", benchmark.Revise{Post: message, Text: patient}},
	{"text-too-long", isSaid, "p1", benchmark.Revise{Post: message, Text: long}},
	{"text-missing", isSaid, "p1", benchmark.Revise{Post: message, Text: "\u200b"}},
	{"not-a-participant", isSaid, "", benchmark.Keep{Post: message}},
	{"no-such-contribution", isSaid, "p2", benchmark.Keep{Post: nowhere}},
	{"no-such-contribution", func(b *table) { isSaid(b); b.do("", benchmark.TakeBack{Post: message}) }, "p2", benchmark.Keep{Post: message}},
	{"not-a-participant", isSaid, "", benchmark.Release{Post: message}},
	{"not-a-participant", nil, "", benchmark.Learn{Text: "Hm."}},
	{"text-missing", nil, "p1", benchmark.Learn{Text: " "}},
	{"personal-number", nil, "p1", benchmark.Learn{Text: patient}},
	{"maybe-personal-number", nil, "p1", benchmark.Learn{Text: maybe}},
	{"maybe-personal-number", isSaid, "p1", benchmark.Revise{Post: message, Text: maybe}},
	{"maybe-personal-number", isOpen, "p1", submitting(value(figure, maybe))},
	{"maybe-personal-number", nil, "p1", adopting(func(i *benchmark.Indicator) { i.Measures = maybe })},
	{"not-a-participant", nil, "", benchmark.Unlearn{}},
	{"not-your-learning", func(b *table) { b.do("p1", benchmark.Learn{Text: "Hm."}) }, "p2", benchmark.Unlearn{Learning: "l1"}},
	{"not-your-learning", nil, "p2", benchmark.Unlearn{Learning: "l1"}},
	{"no-round", nil, "p1", benchmark.Reflect{Text: "Hm."}},
	{"no-such-indicator", isOpen, "p1", benchmark.Reflect{Text: "Hm.", Indicator: "x"}},
	{"text-missing", isOpen, "p1", benchmark.Reflect{}},
	{"until-past", nil, "p1", benchmark.Commit{Text: "We try.", Until: start}},
	{"until-far", nil, "p1", benchmark.Commit{Text: "We try.", Until: decade}},
	{"no-such-indicator", nil, "p1", benchmark.Commit{Text: "We try.", Until: later, Indicator: "x"}},
	{"text-missing", nil, "p1", benchmark.Commit{Until: later}},
}

var (
	message  = benchmark.Post{Connection: "play", Channel: "c1", Message: "said"}
	passedOn = benchmark.Post{Connection: "play", Channel: "c2", Message: "passed on"}
	nowhere  = benchmark.Post{Connection: "play", Channel: "c1", Message: "another"}
)

// isSaid: p1 has said something in the opening's thread, and it stands at c2 too.
func isSaid(b *table) {
	b.do("p1", benchmark.TakeSeat{Connection: "play", Channel: "c2"})
	b.open("2026-Q4")
	b.discharge()
	b.do("p1", benchmark.Contribute{Topic: benchmark.RoundTopic("2026-Q4"), Text: "Hm.", Seat: "s1", Post: message})
	for _, d := range b.n.Duties(b.now, nil) {
		if d.Kind == benchmark.RelayDuty {
			b.do("", d.Finish(passedOn))
		}
	}
	b.discharge()
}

func unasked(b *table) {
	b.n, b.log = &benchmark.Network{}, nil
	b.do("", settled(func(f *benchmark.Found) { f.Mine = "North" }))
}

func empty(b *table) {
	b.n, b.log = &benchmark.Network{}, nil
	b.do("", settled(func(f *benchmark.Found) { f.Indicators = []benchmark.Indicator{falls()} }))
}

func fill(b *table) {
	for k := len(b.n.Organisations); k < benchmark.MaxOrganisations; k++ {
		b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u1"}, Organisation: "New " + strconv.Itoa(k), New: true})
	}
}

// allRefusals are those above and each subject's own.
func allRefusals() (beforeFounding, after []refusalCase) {
	beforeFounding, after = slices.Clone(unfounded), slices.Clone(refusals)
	for _, s := range subjects {
		beforeFounding, after = append(beforeFounding, s.unfounded...), append(after, s.refusals...)
	}
	return beforeFounding, after
}

// everyRefusal is both together.
func everyRefusal() []refusalCase { return slices.Concat(allRefusals()) }

func TestRefusals(t *testing.T) {
	beforeFounding, after := allRefusals()
	for _, r := range beforeFounding {
		b := newTable(t)
		if _, err := b.try("", r.intent); reason(err) != r.reason {
			t.Errorf("%+v: %v, want %s", r.intent, err, r.reason)
		}
	}
	for _, r := range after {
		b := founded(t, 3, falls())
		if r.after != nil {
			r.after(b)
		}
		if events, err := b.try(r.by, r.intent); reason(err) != r.reason || len(events) > 0 {
			t.Errorf("%+v by %q: %d events, %v, want %s", r.intent, r.by, len(events), err, r.reason)
		}
	}
}

// What a view refuses, and what a submission asks about.
func TestOtherRefusals(t *testing.T) {
	b := founded(t, 3, falls())
	isClosed(b)
	_, noRound := view.Of(b.n, "2026-Q3", "falls", view.Viewer{})
	_, noIndicator := view.Of(b.n, "2026-Q4", "x", view.Viewer{})
	_, early := view.Of(b.n, "2026-Q4", "falls", view.Viewer{Organisation: "o1"})
	for want, err := range map[string]error{"no-such-round": noRound, "no-such-indicator": noIndicator, "not-published": early} {
		if reason(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// elsewhere are the reasons that other tests know: of figures, and of what is
// asked about.
var elsewhere = []string{
	"not-published", "negative", "not-whole", "denominator-zero", "numerator-over-denominator", "exposure-tiny", "not-on-scale", "not-yes-or-no",
	"not-a-figure", "too-large", "n-missing", "outside-plausible", "far-from-own", "more-than-exposure", "not-longest-there",
}

// Every reason is known to a test.
func TestEveryReasonIsTested(t *testing.T) {
	known := slices.Clone(elsewhere)
	for _, r := range everyRefusal() {
		known = append(known, r.reason)
	}
	for _, r := range refusal.All() {
		if !slices.Contains(known, string(r)) {
			t.Errorf("no test is refused for %q", r)
		}
	}
}

// Somebody unknown may do what everybody may, and nothing of the bot's or a
// participant's: of everything that is refused somewhere.
func TestZeroActor(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	everybody := []benchmark.Intent{benchmark.Found{}, benchmark.Join{}, benchmark.LinkSeat{}, benchmark.TakeBack{}, benchmark.EraseMe(addressOf(1))}
	var kinds []string
	for _, r := range everyRefusal() {
		kind := fmt.Sprintf("%T", r.intent)
		if slices.ContainsFunc(everybody, func(e benchmark.Intent) bool { return fmt.Sprintf("%T", e) == kind }) {
			continue
		}
		kinds = append(kinds, kind)
		var refused *benchmark.Refusal
		if events, err := b.n.Decide(benchmark.Actor{}, r.intent, b.now); !errors.As(err, &refused) || len(events) > 0 {
			t.Errorf("%+v (%s) by nobody: %d events, %v", r.intent, kind, len(events), err)
		}
	}
	slices.Sort(kinds)
	if n := len(slices.Compact(kinds)); n < 30 {
		t.Errorf("only %d kinds of intents were tried", n)
	}
	if _, is := b.n.Participant(benchmark.Bot); is {
		t.Error("the bot is a participant")
	}
}

// A round that a facilitator closed early says when that was.
func TestRoundClosedSaysWhen(t *testing.T) {
	b := founded(t, 2, falls())
	b.open("2026-Q4")
	b.now = b.now.Add(time.Hour)
	b.do("p1", benchmark.CloseRound{})
	_, err := b.try("p1", benchmark.Skip{})
	var refused *benchmark.Refusal
	if !errors.As(err, &refused) || refused.Args[3] != b.now {
		t.Errorf("%v, want closed at %v", err, b.now)
	}
}
