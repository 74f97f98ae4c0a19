package analysis

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
)

// hidden is how many figures of an indicator and period the file's writer withheld.
func (s Source) hidden(i benchmark.IndicatorID, period string) int {
	n := 0
	for _, r := range s.Figures.Hidden {
		if r.Indicator == i && r.Period == period {
			n++
		}
	}
	return n
}

// totalWords are names of what is a total rather than an organisation.
var totalWords = []string{"total", "totalt", "totals", "sum", "summa", "all", "alla", "samtliga", "riket", "hela riket", "sverige", "sweden", "england", "norge", "danmark", "finland", "national", "overall", "genomsnitt", "average", "mean", "medel", "medelvärde"}

// totals are the organisations that look like the sum of the others, or are called so,
// in the order of the file.
func (s Source) totals() []string {
	sums := map[cell]figures{}
	for _, r := range s.Figures.Rows {
		at := cell{r.Indicator, r.Period}
		sums[at] = sums[at].plus(r.Figure)
	}
	kinds := map[benchmark.IndicatorID]benchmark.Kind{}
	for _, i := range s.Indicators {
		kinds[i.ID] = i.Kind
	}
	agree, differ := map[string]int{}, map[string]bool{}
	for _, r := range s.Figures.Rows {
		key := freetext.NameKey(r.Organisation)
		switch others := sums[cell{r.Indicator, r.Period}].minus(r.Figure); {
		case others.count < 2:
		case !others.equal(r.Figure, kinds[r.Indicator]):
			differ[key] = true
		case kinds[r.Indicator] == benchmark.Count && r.Figure.Value < leastTotal:
		case r.Figure.Value == 0 && r.Figure.Numerator == 0 && r.Figure.Denominator < leastTotal:
		default:
			agree[key]++
		}
	}
	var totals []string
	for _, name := range s.Figures.Organisations() {
		key := freetext.NameKey(name)
		if agree[key] > 0 && !differ[key] || isCalledTotal(key) {
			totals = append(totals, name)
		}
	}
	return totals
}

// isCalledTotal says whether a name is that of a total, alone or beside what it is the total
// of: "VGR totalt", "Total VGR", "Summa (alla)".
func isCalledTotal(key string) bool {
	if slices.Contains(totalWords, strings.Trim(key, " .:*")) {
		return true
	}
	words := strings.FieldsFunc(key, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".:*(),-–", r) })
	return len(words) > 1 && (slices.Contains(sumWords, words[0]) || slices.Contains(sumWords, words[len(words)-1]))
}

// sumWords are those of the words for a total that no organisation has first or last in its
// name.
var sumWords = []string{"total", "totalt", "totals", "totalen", "sum", "summa", "samtliga", "genomsnitt", "average", "medelvärde"}

// leastTotal is the smallest count that is no sum by mere chance.
const leastTotal = 20

// cell is one indicator in one period.
type cell struct {
	indicator benchmark.IndicatorID
	period    string
}

// figures is a sum of them.
type figures struct {
	count                         int
	numerator, denominator, value float64
}

func (f figures) plus(x benchmark.Figure) figures {
	return figures{f.count + 1, f.numerator + x.Numerator, f.denominator + x.Denominator, f.value + x.Value}
}

func (f figures) minus(x benchmark.Figure) figures {
	return figures{f.count - 1, f.numerator - x.Numerator, f.denominator - x.Denominator, f.value - x.Value}
}

// equal says whether a figure is the sum, of a kind that can be summed.
func (f figures) equal(x benchmark.Figure, k benchmark.Kind) bool {
	same := func(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(math.Abs(a), math.Abs(b)) }
	switch k {
	case benchmark.Proportion, benchmark.Rate:
		return same(f.numerator, x.Numerator) && same(f.denominator, x.Denominator)
	case benchmark.Count:
		return same(f.value, x.Value)
	case benchmark.Mean, benchmark.Duration, benchmark.Scale, benchmark.YesNo, benchmark.Text:
	}
	return false
}

// File is what of the file is not among the figures.
type File struct {
	// PassedOver are the columns that are none of figures.
	PassedOver []string `json:"columns_passed_over"`
	// Comments counts lines that begin with #, Withheld figures that the file's writer
	// didn't show, Empty rows that have none, by choice.
	Comments int `json:"comment_lines"`
	Withheld int `json:"withheld"`
	Empty    int `json:"empty"`
	// Totals are organisations that look like the sum of the others.
	Totals []string `json:"totals"`
}

func (s Source) file() File {
	list := func(names []string) []string { return append([]string{}, names...) }
	f := s.Figures
	return File{list(f.PassedOver), f.Comments, len(f.Hidden), f.Empty, list(s.totals())}
}

// remarks say in words what of the file was not taken as it stands.
func (t writer) remarks(s Source) {
	if totals := s.totals(); len(totals) > 0 {
		t.paragraph(t.l.T("analysis.total", "Count", len(totals), "Names", t.l.List(totals)))
	}
	for _, remark := range s.Figures.Remarks(t.l) {
		t.paragraph(remark)
	}
}
