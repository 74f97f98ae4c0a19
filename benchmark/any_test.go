package benchmark_test

import (
	"fmt"
	"math"
	"time"

	"pgregory.net/rapid"

	"roundtable/benchmark"
)

// What random networks are made of.

func pick[T any](t *rapid.T, from ...T) T { return rapid.SampledFrom(from).Draw(t, "pick") }

// once in so many.
func once(t *rapid.T, in int) bool { return rapid.IntRange(1, in).Draw(t, "once") == in }

// anyTemplate has some of an indicator of each kind, some in other definitions.
func anyTemplate(t *rapid.T) []benchmark.Indicator {
	var indicators []benchmark.Indicator
	for _, k := range benchmark.Kinds {
		if once(t, 2) {
			continue
		}
		i := benchmark.Indicator{ID: benchmark.IndicatorID(k), Title: "How " + string(k), Kind: k}
		switch k {
		case benchmark.Scale:
			i.Levels = 5
		case benchmark.Count:
			i.Plausible = &benchmark.Range{Low: 0, High: 18}
		default:
		}
		if once(t, 4) && i.CountsPeople() {
			i.People = new(false)
		}
		if once(t, 4) {
			i.Measures = pick(t, "otherwise", "in another way")
		}
		indicators = append(indicators, i)
	}
	if len(indicators) == 0 {
		indicators = []benchmark.Indicator{falls()}
	}
	return indicators
}

// anyFigure is one that may be given for the indicator; small ones are common.
func anyFigure(t *rapid.T, i benchmark.Indicator) benchmark.Figure {
	whole := func(low, high int) float64 { return float64(rapid.IntRange(low, high).Draw(t, "figure")) }
	var sd *float64
	if once(t, 2) {
		x := whole(0, 30) / 4
		sd = &x
	}
	switch i.Kind {
	case benchmark.Proportion:
		n := whole(1, 60)
		return benchmark.Figure{Numerator: whole(0, int(n)), Denominator: n}
	case benchmark.Rate:
		return benchmark.Figure{Numerator: whole(0, 20), Denominator: whole(1, 400) / 4}
	case benchmark.Mean:
		return benchmark.Figure{Value: whole(-20, 400) / 4, N: whole(1, 30), SD: sd}
	case benchmark.Duration:
		return benchmark.Figure{Value: whole(0, 400) / 4, N: whole(0, 30), SD: sd}
	case benchmark.Count:
		return benchmark.Figure{Value: whole(0, 24)}
	case benchmark.Scale:
		return benchmark.Figure{Value: whole(1, i.Levels)}
	case benchmark.YesNo:
		return benchmark.Figure{Value: whole(0, 1)}
	case benchmark.Text:
	}
	return benchmark.Figure{}
}

// noFigure can hardly be given for anything.
func noFigure(t *rapid.T) benchmark.Figure {
	x := pick(t, math.NaN(), math.Inf(1), -1, 0.5, 1e13, 1e300, math.Copysign(0, -1))
	return benchmark.Figure{Numerator: pick(t, 0, x), Denominator: pick(t, 0, x), Value: pick(t, 0, x), N: pick(t, 0, x), SD: pick(t, nil, &x)}
}

// anyItem is an answer, most often one that is taken.
func anyItem(t *rapid.T, i benchmark.Indicator) benchmark.Item {
	item := benchmark.Item{
		Indicator: i.ID, Answer: benchmark.Value, Figure: anyFigure(t, i), Confirmed: once(t, 2),
		Note: pick(t, "new ward", "new ward", "another", ""),
	}
	if i.Kind == benchmark.Text {
		item.Note = "We talk every morning."
	}
	switch rapid.IntRange(0, 19).Draw(t, "answer") {
	case 0, 1:
		item = benchmark.Item{Indicator: i.ID, Answer: benchmark.NotMeasured}
	case 2:
		item = benchmark.Item{Indicator: i.ID, Answer: benchmark.NotApplicable}
	case 3, 4:
		item = benchmark.Item{Indicator: i.ID, Answer: benchmark.DoesNotFit, Note: "We count them otherwise."}
	case 5:
		item.Figure = noFigure(t)
	case 6:
		item.Answer = pick(t, "", "perhaps", benchmark.NotMeasured)
	}
	return item
}

// anyWords are what a person types, some of it not to be taken.
func anyWords(t *rapid.T) string {
	return pick(t, "A good question.", "Wie geht das? ☃", "<b>&\u2028\xff", "", " \n", "pat 811218-9876", rapid.String().Draw(t, "words"))
}

// anyFound is a network of some organisations.
func anyFound(t *rapid.T) benchmark.Found {
	settings := benchmark.DefaultSettings()
	settings.Zone = pick(t, "Europe/Stockholm", "America/New_York", "Pacific/Auckland", "UTC")
	settings.Visibility = pick(t, benchmark.Named, benchmark.Coded, benchmark.Own)
	settings.SmallNumber = pick(t, 7, 7, 3, 0)
	settings.PublishAfter = pick(t, settings.PublishAfter, 0)
	f := benchmark.Found{
		ID: "n1", Name: "Net", Settings: settings, Seed: rapid.Uint64().Draw(t, "seed"), Connection: "play", Channel: "c1",
		Profession: "nurse", Founder: benchmark.Identity{Connection: "play", User: "u1", Name: "Anna"},
		Indicators: anyTemplate(t), TemplateName: "Falls and more",
	}
	for k := range rapid.IntRange(1, 9).Draw(t, "organisations") {
		f.Organisations = append(f.Organisations, fmt.Sprintf("Hospital %c", 'Z'-k*5%26))
	}
	f.Mine = f.Organisations[0]
	return f
}

// anyRound is a network whose round has closed, with answers of all sorts, some
// late; nobody has looked at it. Who speaks for o3 is p3.
func anyRound(t *rapid.T) *table {
	b := newTable(t)
	f := anyFound(t)
	b.do("", f)
	for k, o := range f.Organisations[1:] {
		b.do("", benchmark.Join{Organisation: o, Person: benchmark.Identity{Connection: "play", User: fmt.Sprintf("u%d", k+2), Name: "Somebody"}})
	}
	b.open("2026-Q4")
	for range 2 {
		for k := range f.Organisations {
			b.anyAnswers(t, k+1)
		}
		if once(t, 2) {
			b.now = b.n.Current().Due.Add(time.Hour)
		}
	}
	b.do("p1", benchmark.CloseRound{})
	return b
}

// anyAnswers is what an organisation says of some indicators, as far as it is
// taken.
func (b *table) anyAnswers(t *rapid.T, k int) {
	for _, i := range b.n.Template().Indicators {
		switch rapid.IntRange(0, 9).Draw(t, "answers") {
		case 0, 1:
		case 2:
			_, _ = b.try(participant(k), benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{i.ID: pick(t, benchmark.Below, benchmark.Above)}})
		default:
			_, _ = b.try(participant(k), benchmark.Submit{Items: []benchmark.Item{anyItem(t, i)}, Reason: "counted again"})
		}
	}
}
