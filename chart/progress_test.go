package chart

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"roundtable/benchmark"
	"roundtable/locale"
)

// underway is a round that is being answered by so many organisations.
func underway(t tester, visibility benchmark.Visibility, organisations, indicators int) Progress {
	t.Helper()
	p, err := benchmark.ParsePeriod("2026-Q4")
	if err != nil {
		t.Fatal(err)
	}
	r := &benchmark.Round{
		ID: "2026-Q4", Period: p, Template: 1, Visibility: visibility,
		Submissions: map[benchmark.Slot]*benchmark.Submission{}, Skipped: map[benchmark.OrganisationID]bool{"o5": true},
	}
	n := &benchmark.Network{Templates: []benchmark.Template{{Version: 1}}, Rounds: []*benchmark.Round{r}}
	titles := []string{"Falls with injury", "Pressure ulcers", "Hand hygiene", "Huddles"}
	for k := range indicators {
		n.Templates[0].Indicators = append(n.Templates[0].Indicators, benchmark.Indicator{
			ID: benchmark.IndicatorID(fmt.Sprintf("i%d", k)), Title: strings.TrimSpace(titles[k%4] + strings.Repeat(" again", k/4)), Kind: benchmark.Count,
		})
	}
	for o := range organisations {
		id := benchmark.OrganisationID(fmt.Sprintf("o%d", o))
		n.Organisations = append(n.Organisations, benchmark.Organisation{ID: id, Name: fmt.Sprintf("Sjukhuset %c%d", 'A'+o%26, o/26), Code: fmt.Sprintf("K%02d", o)})
		for k, i := range n.Templates[0].Indicators {
			if o%3 > 0 && (o*7+k*3)%5 > 2 || o == 5 {
				continue
			}
			a := benchmark.Value
			if (o+k)%6 == 5 {
				a = benchmark.NotMeasured
			}
			r.Submissions[benchmark.Slot{Organisation: id, Indicator: i.ID}] = &benchmark.Submission{
				Versions: []benchmark.Version{{Answer: a, Figure: benchmark.Figure{Value: 4711}}},
			}
		}
	}
	c := ProgressOf(n, r)
	c.Counts.Complete, c.Counts.Begun = 0, 0 // the round's own counters are its events'
	for o := range organisations {
		answered := 0
		for _, i := range n.Templates[0].Indicators {
			if r.Submissions[benchmark.Slot{Organisation: n.Organisations[o].ID, Indicator: i.ID}] != nil {
				answered++
			}
		}
		switch answered {
		case 0:
		case indicators:
			c.Counts.Complete++
		default:
			c.Counts.Begun++
		}
	}
	c.Counts.Skipped = len(r.Skipped)
	return c
}

// Progress says how many, in the words of each language, and shows no value.
func TestProgressGolden(t *testing.T) {
	var all strings.Builder
	for _, c := range []struct {
		what string
		is   Progress
	}{
		{"by name", underway(t, benchmark.Named, 8, 4)},
		{"by code", underway(t, benchmark.Coded, 12, 12)},
		{"where nobody sees another", underway(t, benchmark.Own, 12, 4)},
		{"many", underway(t, benchmark.Named, 60, 9)},
	} {
		fmt.Fprintf(&all, "# %s\n", c.what)
		for _, language := range locale.Languages() {
			l := locale.For(language)
			p, err := RoundProgressSVG(l, c.is)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&all, "[%s] %s\n     %s\n", language, ProgressCaption(l, c.is), p.Alt)
			if strings.Contains(string(p.SVG)+p.Alt, "4711") {
				t.Errorf("%s: a value is shown", c.what)
			}
			shows := strings.Contains(string(p.SVG), "Sjukhuset A0")
			if want := c.what == "by name"; shows != want {
				t.Errorf("%s: names are shown: %v", c.what, shows)
			}
		}
	}
	golden(t, "progress.golden", all.String())
}

func TestNoProgress(t *testing.T) {
	for _, c := range []Progress{{}, underway(t, benchmark.Named, 0, 3), underway(t, benchmark.Named, 3, 0), underway(t, benchmark.Named, 3, 31)} {
		if _, err := RoundProgress(locale.For("en"), c); !errors.Is(err, ErrNoPicture) {
			t.Errorf("%d organisations, %d indicators: %v", c.Counts.Organisations, len(c.Indicators), err)
		}
	}
}

// What is said of a round's progress is so by its counts.
func TestProgressClaims(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		draw := func(name string) int { return rapid.IntRange(0, 9).Draw(r, name) }
		complete, begun, skipped, silent := draw("complete"), draw("begun"), draw("skipped"), draw("silent")
		p := Progress{Counts: benchmark.Progress{Complete: complete, Begun: begun, Skipped: skipped, Organisations: complete + begun + skipped + silent}}
		want := map[string]int{"caption.progress.headline": complete, "caption.progress.begun": begun, "caption.progress.skipped": skipped, "caption.progress.silent": silent}
		w := ProgressCaption(locale.For("en"), p)
		for _, s := range append([]Sentence{w.Headline}, w.Sentences...) {
			c := s.Claim()
			if n, known := want[c.Says]; !known || c.Count != n || c.Says == "caption.progress.headline" && c.Of != p.Counts.Organisations {
				r.Errorf("%q: %+v", s, c)
			}
			delete(want, c.Says)
		}
		for says, n := range want {
			if n > 0 {
				r.Errorf("%s: nothing is said of %d", says, n)
			}
		}
	})
}
