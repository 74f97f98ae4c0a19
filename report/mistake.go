package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"roundtable/locale"
	"roundtable/mistake"
)

// maxMistakes is how many mistakes are told of one file; the rest is counted.
const maxMistakes = 50

// mistakes collects what is wrong with one file.
type mistakes struct {
	file  string
	l     *locale.Locale // of what is told by [mistakes.tell]
	found []mistake.Mistake
	more  int
	kinds map[string]*kindOfMistake
}

// kindOfMistake is one sort that may come on many lines; the first is told with its
// words.
type kindOfMistake struct {
	first int // among those found
	lines []int
}

// full says whether a further mistake will only be counted, so that nobody
// need look for its hint.
func (c *mistakes) full() bool { return len(c.found) >= maxMistakes }

// count is how many there are, told or not.
func (c *mistakes) count() int {
	n := len(c.found) + c.more
	for _, k := range c.kinds {
		n += len(k.lines)
	}
	return n
}

func (c *mistakes) add(at mistake.Place, problem, hint string) {
	if c.full() {
		c.more++
		return
	}
	at.Source = c.file
	c.found = append(c.found, mistake.Mistake{Place: at, Problem: problem, Hint: hint})
}

// tell adds a mistake in the reader's language: the words of the message and, as a
// hint, those of the message that is called the same with "-hint", when there is one.
// The same message of the same column, and indicator if it names one, is counted
// there.
func (c *mistakes) tell(at mistake.Place, id string, args ...any) {
	args = c.nameColumn(args)
	hint := ""
	if locale.Has(id + "-hint") {
		hint = c.l.T(id+"-hint", args...)
	}
	of := any("")
	for k := 0; k+1 < len(args); k += 2 {
		if args[k] == "Indicator" {
			of = args[k+1]
		}
	}
	c.tellOnce(at, fmt.Sprint(id, " ", at.Subject, " ", of), c.l.T(id, args...), hint)
}

// nameColumn gives a column that is ours the name that it has in the reader's language, as
// such (Column) and in a sentence (TheColumn); the one that options know it by is the Key.
func (c *mistakes) nameColumn(args []any) []any {
	for k := 0; k+1 < len(args); k += 2 {
		if column, ok := args[k+1].(string); ok && args[k] == "Column" {
			args = append(slices.Clone(args), "Key", column, "TheColumn", c.l.T("figures.the-column-names."+column))
			args[k+1] = c.l.T("figures.column-names." + column)
			return args
		}
	}
	return args
}

// tellOnce adds a mistake, or counts it where one of its kind was told.
func (c *mistakes) tellOnce(at mistake.Place, kind, problem, hint string) {
	if k := c.kinds[kind]; k != nil {
		k.lines = append(k.lines, at.Line)
		return
	}
	if !c.full() {
		if c.kinds == nil {
			c.kinds = map[string]*kindOfMistake{}
		}
		c.kinds[kind] = &kindOfMistake{first: len(c.found)}
	}
	c.add(at, problem, hint)
}

// maxLines is how many further lines of a kind of mistake are listed.
const maxLines = 5

// err returns a [mistake.List] in the order of the file, or nil when there are
// none.
func (c *mistakes) err() error {
	if len(c.found) == 0 {
		return nil
	}
	for _, k := range c.kinds {
		if n := len(k.lines); n > 0 {
			m := &c.found[k.first]
			m.Hint = strings.TrimPrefix(m.Hint+"; "+c.l.T("figures.also", "Count", n, "Lines", listLines(k.lines)), "; ")
		}
	}
	c.kinds = nil
	slices.SortStableFunc(c.found, func(a, b mistake.Mistake) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return mistake.List{Mistakes: c.found, More: c.more}
}

// listLines lists the first of some lines.
func listLines(lines []int) string {
	var listed []string
	for _, line := range lines[:min(len(lines), maxLines)] {
		listed = append(listed, strconv.Itoa(line))
	}
	if len(lines) > maxLines {
		listed = append(listed, "...")
	}
	return strings.Join(listed, ", ")
}

// didYouMean returns a hint for a word that isn't among the known ones, in the
// reader's language.
func (c *mistakes) didYouMean(word string, known []string, listID string) string {
	if likely := mistake.Likely(word, known); len(likely) > 0 {
		return c.l.T("figures.did-you-mean", "Words", strings.Join(likely, " "+c.l.T("figures.or")+" "))
	}
	const most = 8
	list := strings.Join(known[:min(len(known), most)], ", ")
	if left := len(known) - most; left > 0 {
		return c.l.T(listID, "Words", c.l.T("figures.and-more", "Words", list, "Count", left))
	}
	return c.l.T(listID, "Words", list)
}

// maxQuoted is how much of a wrong value a message repeats, in characters.
const maxQuoted = 60

// quote repeats a value. What can't be seen, such as marks that turn the
// direction of writing, is spelled out.
func quote(s string) string {
	end, count := len(s), 0
	for i := range s {
		if count == maxQuoted {
			end = i
			break
		}
		count++
	}
	if end < len(s) {
		s = s[:end] + "..."
	}
	return fmt.Sprintf("%q", s)
}
