package report

import (
	"regexp"
	"slices"
	"strings"

	"roundtable/benchmark"
)

// Why a row has no figure to take.
type withoutFigure string

const (
	answered withoutFigure = "answered" // otherwise than with a value
	hidden   withoutFigure = "hidden"   // by who wrote the file
	empty    withoutFigure = "empty"    // and that is by choice
)

// hiddenMark is what registers put where a number is too small, or too uncertain, to be
// shown: * <5 1-4 c [c] x .. : – np.
var hiddenMark = regexp.MustCompile(`^(?i:\*+|[\[(]?[cx][\])]?|\.\.+|…|[-–—]|:[a-z]?|n\.?p\.?|(?:<|≤|<=|&lt;) ?\d+|\d ?[-–] ?\d+)$`)

// nothingWords say in words that there is no number.
var nothingWords = []string{"", ".", "na", "n/a", "#n/a", "#saknas!", "null", "saknas", "missing"}

// answerCells say in words, where a number would stand, that there is an answer without
// one.
var answerCells = []string{"not measured", "not-measured", "ej mätt", "inte mätt", "mäts ej", "mäts inte", "not applicable", "not-applicable", "ej tillämpligt", "inte tillämpligt", "ej aktuellt"}

// isNumber says whether a cell is there to be read as a number: it isn't empty, in
// words or without, and no mark.
func isNumber(text string) bool { return !isNothing(text) && !hiddenMark.MatchString(text) }

func isNothing(text string) bool { return slices.Contains(nothingWords, strings.ToLower(text)) }

// withoutFigure says why there is no figure to take in the row; empty when there is
// one.
func (f *figureReader) withoutFigure(t *table, k benchmark.Kind) withoutFigure {
	if f.text(t, colWithheld) != "" {
		return hidden
	}
	switch answer := strings.ToLower(f.text(t, colAnswer)); benchmark.Answer(answer) {
	case "", benchmark.Value:
	case benchmark.NotMeasured, benchmark.NotApplicable, benchmark.DoesNotFit:
		return answered
	default:
		answers := words([]benchmark.Answer{benchmark.Value, benchmark.NotMeasured, benchmark.NotApplicable, benchmark.DoesNotFit})
		f.tellOnce(f.place(t, colAnswer), "answer "+answer, f.l.T("figures.not-an-answer", "Text", quote(answer)), f.didYouMean(answer, answers, "figures.the-answers"))
		return ""
	}
	lacks := false
	for _, p := range numberColumns(k) {
		text := f.text(t, p.column)
		switch {
		case hiddenMark.MatchString(text):
			return hidden
		case slices.Contains(answerCells, strings.ToLower(strings.Join(strings.Fields(text), " "))):
			return answered
		}
		lacks = lacks || p.required && isNothing(text)
	}
	if f.options.SkipEmpty && (lacks || k == benchmark.Text && f.text(t, colNote) == "") {
		return empty
	}
	return ""
}

// lacksAll says whether none of the numbers is there, of what has numbers.
func (f *figureReader) lacksAll(t *table, parts []numberColumn) bool {
	return len(parts) > 0 && !slices.ContainsFunc(parts, func(p numberColumn) bool { return isNumber(f.text(t, p.column)) })
}
