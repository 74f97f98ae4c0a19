package report

import (
	"cmp"
	"fmt"
	"slices"

	"roundtable/mistake"
)

// maxMistakes is how many mistakes are told of one file; the rest is counted.
const maxMistakes = 50

// mistakes collects what is wrong with one file.
type mistakes struct {
	file  string
	found []mistake.Mistake
	more  int
}

// full says whether a further mistake will only be counted, so that nobody
// need look for its hint.
func (c *mistakes) full() bool { return len(c.found) >= maxMistakes }

// count is how many there are, told or not.
func (c *mistakes) count() int { return len(c.found) + c.more }

func (c *mistakes) add(at mistake.Place, problem, hint string) {
	if c.full() {
		c.more++
		return
	}
	at.Source = c.file
	c.found = append(c.found, mistake.Mistake{Place: at, Problem: problem, Hint: hint})
}

// err returns a [mistake.List] in the order of the file, or nil when there are
// none.
func (c *mistakes) err() error {
	if len(c.found) == 0 {
		return nil
	}
	slices.SortStableFunc(c.found, func(a, b mistake.Mistake) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return mistake.List{Mistakes: c.found, More: c.more}
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
