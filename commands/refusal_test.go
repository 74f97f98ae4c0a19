package commands

import (
	"slices"
	"testing"

	"roundtable/benchmark/refusal"
	"roundtable/locale"
)

// TestOwnReasonsAreListed reads the reasons from this package's source.
func TestOwnReasonsAreListed(t *testing.T) {
	found := constantsOf(t, ".", "refusal.Reason")
	for _, reason := range ownReasons {
		if !slices.Contains(found, string(reason)) {
			t.Errorf("%s is listed but no constant", reason)
		}
	}
	if len(found) != len(ownReasons) {
		t.Errorf("%d reasons are listed of %d", len(ownReasons), len(found))
	}
}

// TestReasonsHaveWords: whatever is refused is said in every language.
func TestReasonsHaveWords(t *testing.T) {
	for _, reason := range slices.Concat(refusal.All(), ownReasons) {
		id := "refusal." + string(reason)
		if !locale.Has(id) {
			t.Errorf("there are no words for %s", id)
			continue
		}
		english := locale.For(locale.Default).T(id)
		for _, tag := range locale.Languages() {
			if words := locale.For(tag).T(id); words == "" || tag != locale.Default && words == english && reason != numberUnreadable { // which is a placeholder
				t.Errorf("%s has no words in %s", id, tag)
			}
		}
	}
}
