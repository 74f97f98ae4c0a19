package locale

import (
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// NameOrder returns the places of names in the order in which the language sorts them:
// capitals with small letters, numbers by their size, other scripts after its own.
// Names that it sorts alike keep their order.
func (l *Locale) NameOrder(names []string) []int {
	// One that is nobody else's: a collator serves one at a time.
	c := collate.New(language.Make(l.Language()), collate.IgnoreCase, collate.Numeric)
	var buffer collate.Buffer
	keys := make([][]byte, len(names))
	order := make([]int, len(names))
	for i, name := range names {
		keys[i], order[i] = c.KeyFromString(&buffer, name), i
	}
	slices.SortStableFunc(order, func(a, b int) int { return slices.Compare(keys[a], keys[b]) })
	return order
}
