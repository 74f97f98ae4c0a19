package commands

import (
	"slices"
	"strings"

	"roundtable/benchmark"
)

// othersSee says what others will see of a round's answers: whose they are, and which
// numbers are hidden.
func (a audience) othersSee(n *benchmark.Network, r *benchmark.Round) string {
	text := a.t("others-see." + string(r.Visibility))
	if r.Visibility == benchmark.Own || !countsPeople(n, r) {
		return text
	}
	if threshold := n.SmallNumberIn(r); threshold > 0 {
		return text + " " + a.t("others-see.hidden", "Count", threshold)
	}
	return text + " " + a.t("others-see.all-numbers")
}

// countsPeople says whether there are small numbers to hide.
func countsPeople(n *benchmark.Network, r *benchmark.Round) bool {
	t, _ := n.TemplateVersion(r.Template)
	return slices.ContainsFunc(t.Indicators, benchmark.Indicator.CountsPeople)
}

// newSince says what others saw in the round before, where they will see something else
// now; empty where it is the same.
func (a audience) newSince(n *benchmark.Network, r *benchmark.Round) string {
	before := benchmark.OpenedBefore(n, r)
	if before == nil {
		return ""
	}
	if r.Visibility != before.Visibility {
		return a.t("others-see.was-" + string(before.Visibility))
	}
	hid := n.SmallNumberIn(before)
	if r.Visibility != benchmark.Own && hid > n.SmallNumberIn(r) && countsPeople(n, r) {
		return a.t("others-see.was-hidden", "Count", hid)
	}
	return ""
}

// promise is what others will see of a round's answers, and whether that is new.
func (a audience) promise(n *benchmark.Network, r *benchmark.Round) string {
	return strings.TrimSpace(a.othersSee(n, r) + " " + a.newSince(n, r))
}
