package benchmark

import (
	"fmt"
	"hash/fnv"
)

// DraftState stands for all that a draft of the round's results shows: the organisations in it,
// what each has answered and how often it was changed, and from where on small numbers are shown.
// Two drafts of one state show the same, but for words that were erased between them. It tells no
// figure.
func DraftState(n *Network, r *Round) string {
	state := fnv.New64a()
	t, _ := n.TemplateVersion(r.Template)
	fmt.Fprintf(state, "%d %d %q", r.Closings, n.SmallNumberIn(r), r.Visibility)
	for _, o := range n.RoundOrganisations(r) {
		fmt.Fprintf(state, "\n%s %q %t", o.ID, o.Name, r.Skipped[o.ID])
		for _, i := range t.Indicators {
			if s := r.Submissions[Slot{o.ID, i.ID}]; s != nil {
				fmt.Fprintf(state, " %q %d", i.ID, len(s.Versions))
			}
		}
	}
	return fmt.Sprintf("%x", state.Sum64())
}
