package chart

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"roundtable/benchmark"
	"roundtable/benchmark/prompt"
	"roundtable/benchmark/view"
	"roundtable/locale"
)

// Whatever is said of a view is so by its figures: each sentence's claim is held
// against what truthOf computes by itself, and its numbers against the words.
func TestClaimsAreTrue(t *testing.T) { rapid.Check(t, trueClaims) }

func FuzzClaims(f *testing.F) { f.Fuzz(rapid.MakeFuzz(trueClaims)) }

func trueClaims(r *rapid.T) {
	e, viewer := someNetwork(r)
	v := e.seenBy(viewer)
	if viewer != "" {
		for i, m := range v.Marks {
			v.Marks[i].Corrected = m.You && rapid.Bool().Draw(r, "corrected")
		}
		v.Guess = rapid.SampledFrom([]benchmark.Position{"", benchmark.Below, benchmark.Around, benchmark.Above}).Draw(r, "guess")
	}
	v.FirstSoDefined = rapid.Bool().Draw(r, "counted anew")
	so := truthOf(e, viewer, v)
	for _, language := range locale.Languages() {
		l := locale.For(language)
		c := newViewText(l, v)
		w := Caption(l, v)
		said := append(append([]Sentence{w.Headline}, w.Sentences...), c.pictureSentences()...)
		row := rowOf(c)
		said = append(said, say(l, c.unit, row.rowClaim()), say(l, c.unit, row.altClaim(40, true)))
		said = append(append(said, Opening(l, v)...), Details(l, v)...)
		for _, news := range []func(*locale.Locale, view.View) (Sentence, bool){OwnNews, Guessed} {
			if s, is := news(l, v); is {
				said = append(said, s)
			}
		}
		for _, t := range view.Worth([]view.View{v}) {
			said = append(said, Talk(l, v, t.Why), TalkBriefly(l, v, t.Why))
		}
		if so.answer != "" && !slices.ContainsFunc(said, func(s Sentence) bool { return s.claim.Says == "caption.own.answered" }) {
			r.Fatalf("[%s] %v: nothing is said of the own answer, %s", language, said, so.answer)
		}
		for _, s := range said {
			if wrong := untrue(so, c, s); wrong != "" {
				r.Fatalf("[%s] %q (%s): %s", language, s, s.claim.Says, wrong)
			}
		}
		for comparison := range 8 { // each wording is asked by one or another
			asked := prompt.SingleLoop(v.Question(), fmt.Sprint(v.Round, comparison))
			if signal, presumes, ok := prompt.Claims(asked); !ok || untruePrompt(so, signal, presumes) != "" {
				r.Fatalf("[%s] asks %q as of %s: %s", language, l.T("prompt."+asked), signal, untruePrompt(so, signal, presumes))
			}
		}
	}
}

// someNetwork draws one of any kind, and who looks.
func someNetwork(r *rapid.T) (e *example, viewer string) {
	i := benchmark.Indicator{
		ID: "any", Title: "Any", Levels: 5, Kind: rapid.SampledFrom(benchmark.Kinds).Draw(r, "kind"),
		Direction: rapid.SampledFrom([]benchmark.Direction{"", benchmark.Higher, benchmark.Lower}).Draw(r, "direction"),
		Unit:      rapid.SampledFrom([]string{"", "days"}).Draw(r, "unit"),
	}
	if rapid.Bool().Draw(r, "targeted") {
		i.Target = new(float64(rapid.IntRange(0, 1000).Draw(r, "target")) / 10)
	}
	e = newExample(r, i, "2026-Q4").with(rapid.SampledFrom([]benchmark.Visibility{benchmark.Named, benchmark.Coded, benchmark.Own}).Draw(r, "visibility"))
	e.v.Threshold = rapid.SampledFrom([]int{0, 7, 7}).Draw(r, "threshold")
	d := drawnFigures{
		level:  rapid.SampledFrom([]float64{0, 0.0002, 0.01, 0.06, 0.3, 0.5, 0.9, 0.99, 1}).Draw(r, "level"),
		size:   rapid.SampledFrom([]int{8, 60, 500, 4000, 20_000}).Draw(r, "size"),
		spread: rapid.SampledFrom([]float64{0, 1, 2, 4, 12}).Draw(r, "spread"),
		ties:   rapid.Bool().Draw(r, "ties"),
	}
	n := rapid.IntRange(rapid.SampledFrom([]int{1, 4, 10, 14}).Draw(r, "at least"), 60).Draw(r, "organisations")
	var labels, others []string // who gave a value, and who didn't
	for k := range n {
		label := fmt.Sprintf("Org %02d", k)
		answer := benchmark.Value
		if rapid.IntRange(0, 99).Draw(r, "answers") == 99 {
			answer = rapid.SampledFrom([]benchmark.Answer{benchmark.NotMeasured, benchmark.NotApplicable, benchmark.DoesNotFit}).Draw(r, "other")
		}
		if answer != benchmark.Value {
			e.answer(label, answer)
			others = append(others, label)
			continue
		}
		e.give(label, d.figure(r, i.Kind))
		labels = append(labels, label)
	}
	e.v.Counts.Skipped, e.v.Counts.Silent = rapid.IntRange(0, 2).Draw(r, "skip"), rapid.IntRange(0, 2).Draw(r, "silent")
	e.v.Counts.Organisations += e.v.Counts.Skipped + e.v.Counts.Silent
	switch own := rapid.Bool().Draw(r, "own"); {
	case own && len(others) > 0 && rapid.Bool().Draw(r, "without a value"):
		viewer = rapid.SampledFrom(others).Draw(r, "viewer")
	case own && len(labels) > 0:
		viewer = rapid.SampledFrom(labels).Draw(r, "viewer")
	}
	return e, viewer
}

// drawnFigures are figures around a level, so many of chance's deviations off.
type drawnFigures struct {
	level, spread float64
	size          int
	ties          bool
}

func (d drawnFigures) figure(r *rapid.T, k benchmark.Kind) benchmark.Figure {
	n := float64(d.size)
	if !d.ties {
		n = float64(rapid.IntRange(max(1, d.size/4), 2*d.size).Draw(r, "n"))
	}
	off := d.spread * float64(rapid.IntRange(-10, 10).Draw(r, "off")) / 10
	if rapid.IntRange(0, 29).Draw(r, "far") == 29 {
		off *= 6
	}
	switch k {
	case benchmark.Proportion:
		events := math.Round(n*d.level + off*math.Sqrt(n*d.level*(1-d.level)))
		return benchmark.Figure{Numerator: min(max(events, 0), n), Denominator: n}
	case benchmark.Rate:
		return benchmark.Figure{Numerator: max(0, math.Round(n*d.level+off*math.Sqrt(n*d.level))), Denominator: n}
	case benchmark.Mean, benchmark.Duration:
		f := benchmark.Figure{Value: math.Round(1000*(100*d.level+off*10/math.Sqrt(n))) / 1000}
		if k == benchmark.Mean {
			if f.N = n; rapid.IntRange(0, 9).Draw(r, "unknown") < 9 {
				f.SD = new(10.0)
			}
		} else {
			f.Value = math.Abs(f.Value)
		}
		return f
	case benchmark.Count:
		return benchmark.Figure{Value: max(0, math.Round(40*d.level+3*off))}
	case benchmark.Scale:
		return benchmark.Figure{Value: min(max(math.Round(3+off), 1), 5)}
	case benchmark.YesNo:
		return benchmark.Figure{Value: float64(rapid.IntRange(0, 1).Draw(r, "yes"))}
	case benchmark.Text:
	}
	return benchmark.Figure{}
}

// untrue says what of a sentence isn't so, or isn't as its claim has it.
func untrue(so truth, c viewText, s Sentence) string {
	check, known := checks[s.claim.Says]
	if !known {
		return "nobody checks what this message claims"
	}
	if wrong := check(so, c, s.claim); wrong != "" {
		return wrong
	}
	if strings.Contains(s.text, "⟦") {
		return "a hole in the words"
	}
	for _, p := range s.claim.Parts {
		if wrong := untrue(so, c, Sentence{claim: p}); wrong != "" {
			return wrong
		}
	}
	return misquoted(c.unit, s.claim)
}

// misquoted says which number reads as another than the claim's: as zero, or off by
// more than two digits of it tell.
func misquoted(u unit, c Claim) string {
	for _, x := range []float64{c.Value, c.Low, c.Middle, c.High} {
		read := asRead(u, x)
		if math.Abs(read-x) > 0.05*math.Abs(x) && math.Abs(read-x) > 0.0501 || x != 0 && read == 0 && math.Abs(x) > 1e-9 {
			return fmt.Sprintf("%g reads as %g", x, read)
		}
	}
	return ""
}

// asRead is a number as the words have it.
func asRead(u unit, x float64) float64 {
	text := strings.NewReplacer("\u00a0", "", "\u202f", "", "\u2212", "-").Replace(u.number(x))
	if u.l.Language() == "sv" {
		text = strings.ReplaceAll(text, ",", ".")
	}
	read, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
	if err != nil {
		return math.NaN()
	}
	return read
}

// untruePrompt says why the questions at a signal would be about something that isn't so.
func untruePrompt(so truth, s prompt.Signal, presumes []prompt.Premise) string {
	_, _, wide := so.spread()
	higher, lower, sure := so.outside()
	n := len(higher) + len(lower)
	fits := map[prompt.Signal]bool{
		prompt.TooLittle: len(so.public) < 3, prompt.Hidden: so.much(), prompt.Practices: so.v.Indicator.Kind == benchmark.Text,
		prompt.Definition: so.v.Counts.DoesNotFit > 0, prompt.Outside: n > 0 && so.limits, prompt.WideSpread: wide && n == 0,
		prompt.InChance: so.limits && n == 0, prompt.Described: !so.limits, prompt.Alike: !so.limits,
		prompt.Practice: so.v.Indicator.Kind == benchmark.Text, prompt.NewWay: so.v.FirstSoDefined,
		prompt.Favourable: len(lower) == 0 && n > 0 && so.v.Indicator.Direction == benchmark.Higher ||
			len(higher) == 0 && n > 0 && so.v.Indicator.Direction == benchmark.Lower,
		prompt.AllButFew: !so.limits && 10*so.alike() >= 9*len(so.all),
	}
	if sure && !fits[s] {
		return "it isn't so"
	}
	for _, p := range presumes {
		if !so.has(p) {
			return fmt.Sprintf("it presumes %s of %v, in %s %+v", p, so.public, so.v.Visibility, so.v.Counts)
		}
	}
	return ""
}

// has says whether a question may presume something.
func (t truth) has(p prompt.Premise) bool {
	shown := t.public
	if t.v.Visibility == benchmark.Own { // what is common is of all of them
		shown = t.all
	}
	values := map[float64]bool{}
	for _, m := range shown {
		if x, is := m.Figure.Of(t.v.Indicator); is {
			values[x] = true
		}
	}
	differ := len(values) > 1
	return map[prompt.Premise]bool{
		prompt.Differ: differ, prompt.Same: !differ, prompt.Several: len(shown) > 1, prompt.One: len(shown) == 1,
		prompt.Withheld: len(t.public) < len(t.all),
	}[p]
}

// alike is how many of those that everybody sees have the value that most have.
func (t truth) alike() (most int) {
	same := map[float64]int{}
	for _, m := range t.public {
		same[m.Value]++
		most = max(most, same[m.Value])
	}
	return most
}

// outside returns whom everybody sees outside what chance gives.
func (t truth) outside() (higher, lower []string, sure bool) {
	sure = true
	if !t.limits {
		return nil, nil, true
	}
	for _, m := range t.public {
		side, certain := t.beyond(m.Figure)
		sure = sure && certain
		switch side {
		case 1:
			higher = append(higher, m.Label)
		case -1:
			lower = append(lower, m.Label)
		}
	}
	return higher, lower, sure
}

// expect is what a check returns: nothing when it is so.
func expect(so bool, why string, args ...any) string {
	if so {
		return ""
	}
	return fmt.Sprintf(why, args...)
}

func sameAs(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a), math.Abs(b)) }
