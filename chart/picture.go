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
// than three values, or nothing that its viewer may see.
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

// Comparison draws the view as a PNG, as suits the indicator's kind and how many have a
// value:
//
//   - proportion, rate, mean: to 22 a row for each, with what chance gives one of its
//     size; more as a lying funnel, where only those outside are named
//   - count, duration: to 22 a row for each; more as dots, or bars of how many there are
//   - scale: to 5 a row for each, then blocks of dots, then bars
//   - yes-no: full and hollow dots, then one divided bar; fewer than 6 are named in words
//
// With visibility [benchmark.Own] it draws the viewer's own value beside the
// network's middle, and nothing of others. It returns [ErrNoPicture] for texts
// and for views of fewer than three values.
func Comparison(l *locale.Locale, v view.View) (Picture, error) {
	return comparison(l, v, asPNG)
}

// ComparisonSVG is [Comparison] as an SVG.
func ComparisonSVG(l *locale.Locale, v view.View) (Picture, error) {
	return comparison(l, v, asSVG)
}

func comparison(l *locale.Locale, v view.View, f format) (Picture, error) {
	c := newViewText(l, v)
	d, ok := drawingOf(c)
	if !ok {
		return Picture{}, fmt.Errorf("comparison of %s: %w", v.Indicator.ID, ErrNoPicture)
	}
	name := fileName(string(v.Indicator.ID), v.Period.ID)
	return f.render(d, name, c.alt(d))
}

// drawing is something that can be drawn.
type drawing interface{ draw(s sheet) }

// drawingOf chooses how a view is drawn; ok is false when there is nothing to.
func drawingOf(c viewText) (d drawing, ok bool) {
	values := 0
	for _, m := range shownMarks(c.v) {
		if !drawable(m.Value) {
			return nil, false
		}
		if m.HasValue {
			values++
		}
	}
	switch kind := c.v.Indicator.Kind; {
	case kind == benchmark.Text:
		return nil, false
	case kind == benchmark.YesNo:
		return newAnswers(c)
	case c.v.Visibility == benchmark.Own:
		return newStrip(c)
	case kind == benchmark.Scale && (c.v.Indicator.Levels < 2 || c.v.Indicator.Levels > maxLevels):
		return nil, false
	case values <= maxRows && (kind != benchmark.Scale || values <= mostScaleRows):
		return newRows(c)
	case !c.v.MuchWithheld() && (kind == benchmark.Proportion || kind == benchmark.Rate || kind == benchmark.Mean):
		return newFunnel(c)
	}
	return newHeap(c)
}

const (
	maxLevels     = 20 // that have room
	mostScaleRows = 5  // answers on a scale that are rows
)

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
