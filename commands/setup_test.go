package commands

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What stands before the lines of a list that was pasted is no part of the names; what
// belongs to a name stays.
func TestPastedList(t *testing.T) {
	for _, test := range []struct {
		pasted string
		want   []string
	}{
		{"North Hospital\nSouth Hospital", []string{"North Hospital", "South Hospital"}},
		{"- North\n– South\n• East\n* West\n\u25e6\tCentre", []string{"North", "South", "East", "West", "Centre"}},
		{"1. North\r\n2. South\r\n3. East", []string{"North", "South", "East"}},
		{"1) North\n\n2) South", []string{"North", "South"}},
		{"- [ ] North\n- [x] South", []string{"North", "South"}},
		{"  - 1. North\n  - 2. South", []string{"North", "South"}},
		{"3 Beds\nWard 2", []string{"3 Beds", "Ward 2"}},
		{"12. Division\nWard 2", []string{"12. Division", "Ward 2"}},
		{"1. North\n2) South\n• East", []string{"North", "South", "East"}},
		{"1. North;\n2. South,\n3. East.", []string{"North", "South", "East."}},
		{"1. Division\nWard 2", []string{"1. Division", "Ward 2"}},
		{"St. Mary-Hospital\n-\n", []string{"St. Mary-Hospital", "-"}},
	} {
		if diff := cmp.Diff(test.want, listItems(test.pasted)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.pasted, diff)
		}
	}
}
