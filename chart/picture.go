package chart

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
)

// ErrNoPicture is returned for a view that words describe better: texts, fewer
// than two values, or nothing that its viewer may see.
var ErrNoPicture = errors.New("no picture")

// Picture is a drawing and what it is called.
type Picture struct {
	// PNG is 1080 pixels wide where it is for a phone, else 1600 by 1000; empty when
	// SVG was asked for.
	PNG []byte
	// SVG is 360 wide, or 800 by 500, to stand in a page or alone, with Alt as its
	// title; empty when PNG was asked for. Its words are set in Liberation Sans, or in
	// Arial, which has the same widths. It is dark where its reader asks for that.
	SVG []byte
	// Alt says what the picture shows to those who listen: plain text of one
	// paragraph, fewer than [MaxAlt] characters.
	Alt string
	// Name of a file to put it in, with its extension: "falls-2026-q4.png".
	Name string
}

// Comparison draws the view as a PNG, as suits the indicator's kind:
//
//   - proportion, rate: a funnel with exact limits; rows where much is withheld
//   - mean, count, duration: a row for each organisation, with its interval
//   - scale: how many gave which answer
//   - yes-no: a cell for each organisation
//
// With visibility [benchmark.Own] it draws the viewer's own value beside the
// network's middle, and nothing of others. It returns [ErrNoPicture] for texts
// and for views with too little to show.
func Comparison(l *locale.Locale, v view.View) (Picture, error) {
	return comparison(l, v, asPNG)
}

// ComparisonSVG is [Comparison] as an SVG.
func ComparisonSVG(l *locale.Locale, v view.View) (Picture, error) {
	return comparison(l, v, asSVG)
}

func comparison(l *locale.Locale, v view.View, f format) (Picture, error) {
	d, ok := drawingOf(l, v)
	if !ok {
		return Picture{}, fmt.Errorf("comparison of %s: %w", v.Indicator.ID, ErrNoPicture)
	}
	name := fileName(string(v.Indicator.ID), v.Period.ID)
	return f.render(d, name, comparisonAlt(l, v))
}

// drawing is something that can be drawn.
type drawing interface{ draw(s sheet) }

// drawingOf chooses how a view is drawn; ok is false when there is nothing to.
func drawingOf(l *locale.Locale, v view.View) (d drawing, ok bool) {
	marks := shownMarks(v)
	for _, m := range marks {
		if !drawable(m.Value) || !drawable(m.Interval.Low) || !drawable(m.Interval.High) {
			return nil, false
		}
	}
	c := viewText{l: l, v: v, unit: unitOf(l, v)}
	if v.Visibility == benchmark.Own && v.Indicator.Kind != benchmark.YesNo {
		return newStrip(c)
	}
	switch v.Indicator.Kind {
	case benchmark.Proportion, benchmark.Rate:
		if v.MuchWithheld() {
			return newRows(c)
		}
		return newFunnel(c)
	case benchmark.Mean, benchmark.Count, benchmark.Duration:
		return newRows(c)
	case benchmark.Scale:
		return newLevels(c)
	case benchmark.YesNo:
		return newCells(c)
	case benchmark.Text:
	}
	return nil, false
}

// maxDrawable is what an axis still tells apart.
const maxDrawable = 1e15

func drawable(x float64) bool { return math.Abs(x) <= maxDrawable } // false for NaN

// fileName joins words into a file's name without its extension.
func fileName(words ...string) string {
	clean := func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return '-'
	}
	return strings.Trim(strings.Map(clean, strings.ToLower(strings.Join(words, "-"))), "-")
}
