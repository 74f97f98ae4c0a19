package chart

import (
	"fmt"

	"roundtable/benchmark"
	"roundtable/locale"
)

// Coverage is how far a round has come: who has answered what, and never with
// which value.
type Coverage struct {
	Period     benchmark.Period
	Progress   benchmark.Progress
	Indicators []Covered
	// Rows are the organisations by name or code. Where organisations don't see
	// each other there are none.
	Rows []CoverageRow
}

// Covered is how many organisations have answered an indicator.
type Covered struct {
	Title    string
	Answered int
}

// CoverageRow is one organisation's answers in the order of the indicators;
// empty for one that it has not answered.
type CoverageRow struct {
	Label   string
	Skipped bool
	Answers []benchmark.Answer
}

// CoverageOf returns how far a round has come. Organisations are named as the
// network's visibility has it: by name, by code, or not at all.
func CoverageOf(n *benchmark.Network, r *benchmark.Round) Coverage {
	c := Coverage{Period: r.Period, Progress: n.Progress(r)}
	t, _ := n.TemplateVersion(r.Template)
	for _, i := range t.Indicators {
		c.Indicators = append(c.Indicators, Covered{Title: i.Title})
	}
	for _, o := range n.Organisations {
		row := CoverageRow{Label: o.Name, Skipped: r.Skipped[o.ID]}
		if n.Settings.Visibility != benchmark.Named {
			row.Label = o.Code
		}
		for k, i := range t.Indicators {
			v, ok := r.Submission(o.ID, i.ID)
			if ok {
				c.Indicators[k].Answered++
			}
			row.Answers = append(row.Answers, v.Answer)
		}
		if n.Settings.Visibility != benchmark.Own {
			c.Rows = append(c.Rows, row)
		}
	}
	sortRows(c.Rows)
	return c
}

// RoundProgress draws how far a round has come as a PNG: who has answered what,
// or, of many organisations or where they don't see each other, how many have
// answered each indicator. It returns [ErrNoPicture] without organisations or
// indicators, and with more indicators than can be read.
func RoundProgress(l *locale.Locale, c Coverage) (Picture, error) { return progress(l, c, asPNG) }

// RoundProgressSVG is [RoundProgress] as an SVG.
func RoundProgressSVG(l *locale.Locale, c Coverage) (Picture, error) { return progress(l, c, asSVG) }

const (
	mostCovered     = 30 // indicators
	mostCoveredRows = 20 // organisations that are named
)

func progress(l *locale.Locale, c Coverage, f format) (Picture, error) {
	if c.Progress.Organisations == 0 || len(c.Indicators) == 0 || len(c.Indicators) > mostCovered {
		return Picture{}, fmt.Errorf("progress of %s: %w", c.Period.ID, ErrNoPicture)
	}
	p := coverage{l, c}
	return f.render(p, fileName("progress", c.Period.ID), p.alt())
}

// ProgressCaption returns what can be said of how far a round has come. It names
// nobody.
func ProgressCaption(l *locale.Locale, c Coverage) Words {
	p := c.Progress
	w := Words{Headline: l.T("caption.progress.headline", "Count", p.Complete, "Organisations", p.Organisations)}
	for _, part := range []struct {
		id    string
		count int
	}{
		{"caption.progress.begun", p.Begun},
		{"caption.progress.silent", p.Organisations - p.Complete - p.Begun - p.Skipped},
		{"caption.progress.skipped", p.Skipped},
	} {
		if part.count > 0 {
			w.Sentences = append(w.Sentences, l.T(part.id, "Count", part.count))
		}
	}
	return w
}
