package benchmark_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// whole compares views, also in what only the domain reads of them.
var whole = cmp.AllowUnexported(view.View{})

var _ = with(subject{life: func(b *table) { // in a round where organisations don't see each other
	b.do("p1", seeing(benchmark.Own))
	b.open("2027-Q1")
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", seeing(benchmark.Named))
}})

const lastQuarter benchmark.RoundID = "2026-Q4"

// views are all that anybody can see of the round, by indicator.
func views(t rapid.TB, n *benchmark.Network, viewer view.Viewer) map[benchmark.IndicatorID]view.View {
	t.Helper()
	seen := map[benchmark.IndicatorID]view.View{}
	for _, i := range n.Template().Indicators {
		v, err := view.Of(n, lastQuarter, i.ID, viewer)
		if err != nil {
			t.Fatal(err)
		}
		seen[i.ID] = v
	}
	return seen
}

// viewers are the public and every organisation.
func viewers(n *benchmark.Network) []view.Viewer {
	all := []view.Viewer{{}}
	for _, o := range n.Organisations {
		all = append(all, view.Viewer{Organisation: o.ID})
	}
	return all
}

// anyShown is a network whose round is shown, some answers corrected since.
func anyShown(t *rapid.T) *table {
	b := anyRound(t)
	draft := views(t, b.n, view.Viewer{Draft: true})
	b.do("p1", benchmark.PublishRound{})
	if diff := cmp.Diff(draft, views(t, b.n, view.Viewer{}), whole); diff != "" {
		t.Fatalf("the public sees something else than the draft (-draft +public):\n%s", diff)
	}
	for k := range b.n.Organisations {
		if once(t, 4) {
			b.anyAnswers(t, k+1)
		}
	}
	return b
}

// otherwise replays the journal with another content of one event.
func (b *table) otherwise(k int, body benchmark.Body) *benchmark.Network {
	log := slices.Clone(b.log)
	log[k].Body = body
	n, err := benchmark.Fold(log)
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}

// supersedes says whether a later answer took the place of the event's.
func (b *table) supersedes(k int, body benchmark.AnswerGiven) bool {
	return slices.ContainsFunc(b.log[k+1:], func(e benchmark.Event) bool {
		later, ok := e.Body.(benchmark.AnswerGiven)
		return ok && later.Organisation == body.Organisation && later.Indicator == body.Indicator
	})
}

// isSmall is the rule of small numbers in the words of its description.
func isSmall(f benchmark.Figure, i benchmark.Indicator, threshold int) bool {
	if i.People != nil && !*i.People || slices.Contains([]benchmark.Kind{benchmark.Scale, benchmark.YesNo, benchmark.Text}, i.Kind) {
		return false
	}
	people := []float64{f.Numerator, f.Denominator, f.N}
	switch i.Kind {
	case benchmark.Proportion:
		people = append(people, f.Denominator-f.Numerator)
	case benchmark.Count:
		people = append(people, f.Value)
	default:
	}
	return slices.ContainsFunc(people, func(x float64) bool { return x > 0 && x <= float64(threshold) })
}

// another is a figure that is withheld as well.
func another(t *rapid.T, i benchmark.Indicator, threshold int) benchmark.Figure {
	small := func(f benchmark.Figure) bool { return isSmall(f, i, threshold) }
	return rapid.Custom(func(t *rapid.T) benchmark.Figure { return anyFigure(t, i) }).Filter(small).Draw(t, "another")
}

// Whatever a withheld figure and its note are, nobody else sees any difference:
// so it can't be had by subtracting, nor in any other way. And what was
// corrected is gone from every view, as is what others guessed.
func TestWithheldFiguresCannotBeHad(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := anyShown(t)
		r, _ := b.n.Round(lastQuarter)
		threshold := b.n.Settings.SmallNumber
		for k, e := range b.log {
			var n *benchmark.Network
			var own benchmark.OrganisationID // who may see the difference
			switch body := e.Body.(type) {
			case benchmark.PredictionMade:
				own, body.Position = body.Organisation, benchmark.Around
				n = b.otherwise(k, body)
			case benchmark.AnswerGiven:
				i, _ := b.n.Template().Indicator(body.Indicator)
				stands, _ := r.Submission(body.Organisation, body.Indicator)
				switch {
				case b.supersedes(k, body):
					body.Figure = anyFigure(t, i)
				case stands.Answer == benchmark.Value && isSmall(stands.Figure, i, threshold):
					own, body.Figure = body.Organisation, another(t, i, threshold)
				default:
					continue
				}
				n = b.otherwise(k, body)
			default:
				continue
			}
			for _, viewer := range viewers(b.n) {
				if viewer.Organisation == own && own != "" {
					continue
				}
				if diff := cmp.Diff(views(t, b.n, viewer), views(t, n, viewer), whole); diff != "" {
					t.Fatalf("%q sees something of %+v:\n%s", viewer.Organisation, e.Body, diff)
				}
			}
		}
	})
}

// The notes of withheld figures are withheld too: they may say the number.
func TestWithheldNotes(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	for k := range 3 {
		b.do(participant(k+1), benchmark.Submit{Items: []benchmark.Item{{
			Indicator: "falls", Answer: benchmark.Value, Figure: benchmark.Figure{Numerator: float64(3 + 10*k), Denominator: 90}, Note: "it was a nurse",
		}}})
	}
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	got := views(t, b.n, view.Viewer{})["falls"].Marks
	want := view.Mark{Organisation: "o1", Label: "Org 1", Answer: benchmark.Value, Withheld: view.SmallNumber}
	if diff := cmp.Diff(want, got[0]); diff != "" || got[1].Note == "" {
		t.Errorf("note of another: %q; withheld (-want +got):\n%s", got[1].Note, diff)
	}
}

// What each policy lets be seen, of whom.
func TestViewKeepsThePolicy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := anyShown(t)
		public := views(t, b.n, view.Viewer{})
		for _, viewer := range viewers(b.n) {
			for id, v := range views(t, b.n, viewer) {
				b.isPrivate(v, viewer)
				b.showsOwn(v, viewer)
				common := cmpopts.IgnoreFields(view.View{}, "Marks", "Guess", "OthersAnswered")
				if diff := cmp.Diff(public[id], v, common, whole); diff != "" {
					t.Fatalf("%q sees another comparison than the public:\n%s", viewer.Organisation, diff)
				}
				if diff := cmp.Diff(others(public[id], b.labelOf(viewer)), others(v, b.labelOf(viewer)), cmpopts.EquateEmpty()); diff != "" {
					t.Fatalf("%q sees others otherwise than the public:\n%s", viewer.Organisation, diff)
				}
			}
		}
	})
}

func (b *table) labelOf(viewer view.Viewer) string {
	o, _ := b.n.Organisation(viewer.Organisation)
	if b.n.Settings.Visibility != benchmark.Coded {
		return o.Name
	}
	return o.Code
}

func others(v view.View, label string) []view.Mark {
	return slices.DeleteFunc(slices.Clone(v.Marks), func(m view.Mark) bool { return m.Label == label })
}

// isPrivate: no mark where there may be none, no name where there are codes, and
// an order that says nothing.
func (b *table) isPrivate(v view.View, viewer view.Viewer) {
	text, err := json.Marshal(v)
	if err != nil {
		b.t.Fatalf("the view can't be written: %v", err)
	}
	if b.n.Settings.Visibility == benchmark.Own && len(others(v, b.labelOf(viewer))) > 0 {
		b.t.Fatalf("%q sees others: %+v", viewer.Organisation, v.Marks)
	}
	for _, o := range b.n.Organisations {
		if b.n.Settings.Visibility == benchmark.Named || o.ID == viewer.Organisation {
			continue
		}
		if strings.Contains(string(text), o.Name) || strings.Contains(string(text), `"`+string(o.ID)+`"`) {
			b.t.Fatalf("%q sees who %s is: %s", viewer.Organisation, o.Code, text)
		}
	}
	if !slices.IsSortedFunc(v.Marks, func(a, b view.Mark) int {
		return strings.Compare(strings.ToLower(a.Label), strings.ToLower(b.Label))
	}) {
		b.t.Fatalf("the order is not that of labels: %+v", v.Marks)
	}
	for _, m := range v.Marks {
		if m.Withheld != "" && cmp.Diff(m.Figure, benchmark.Figure{}) != "" {
			b.t.Fatalf("withheld and shown: %+v", m)
		}
	}
	if c := v.Counts; v.Visibility == benchmark.Own {
		if c != (view.Counts{Organisations: c.Organisations, Values: c.Values}) || c.Values == 0 == v.HasMiddle {
			b.t.Fatalf("%q learns what others answered: %+v", viewer.Organisation, c)
		}
	} else if c.Values+c.NotMeasured+c.NotApplicable+c.DoesNotFit+c.Skipped+c.Silent != c.Organisations || c.Silent < 0 || c.Withheld > c.Values {
		b.t.Fatalf("counts don't add up: %+v", c)
	}
}

// showsOwn: one's own figure and note are always there, whatever others may see.
func (b *table) showsOwn(v view.View, viewer view.Viewer) {
	r, _ := b.n.Round(lastQuarter)
	stands, answered := r.Submission(viewer.Organisation, v.Indicator.ID)
	mine := slices.DeleteFunc(slices.Clone(v.Marks), func(m view.Mark) bool { return !m.You })
	if !answered {
		if len(mine) > 0 {
			b.t.Fatalf("%q has no answer, and sees one: %+v", viewer.Organisation, mine)
		}
		return
	}
	if len(mine) != 1 || mine[0].Withheld != "" || mine[0].Answer != stands.Answer || mine[0].Note != b.n.Text(stands.Note) {
		b.t.Fatalf("%q doesn't see its own answer %+v: %+v", viewer.Organisation, stands, mine)
	}
	if diff := cmp.Diff(stands.Figure, mine[0].Figure); diff != "" {
		b.t.Fatalf("%q sees its own figure otherwise:\n%s", viewer.Organisation, diff)
	}
}
