package report

import (
	"encoding/csv"
	"fmt"
	"io"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// WriteOwnFigures writes what the participant's own organisation answered, small numbers
// and rounds that weren't shown yet included, in the form of [WriteFigures]: of
// those rounds whose answers are theirs to see ([benchmark.Network.MaySeeOwn]), with what
// was answered by those that were merged into it. Nothing of others is in it. It returns
// how many answers it wrote; errors are those of w.
func WriteOwnFigures(w io.Writer, n *benchmark.Network, p benchmark.Participant) (answers int, err error) {
	rows := [][]string{columns}
	for _, r := range n.Rounds {
		if !n.MaySeeOwn(p, r) {
			continue
		}
		t, _ := n.TemplateVersion(r.Template)
		for _, i := range t.Indicators {
			for _, o := range n.Organisations {
				v, answered := r.Submission(o.ID, i.ID)
				if !answered || !becameOf(n, o, p.Organisation) {
					continue
				}
				rows = append(rows, record(
					view.View{Indicator: i, Period: r.Period},
					view.Mark{Label: o.Name, Answer: v.Answer, Figure: v.Figure, Note: n.Text(v.Note)},
				))
			}
		}
	}
	answers = len(rows) - 1
	if answers == 0 {
		rows = append(rows, cells(map[string]string{colPurpose: purposeText}))
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return answers, fmt.Errorf("write own figures: %w", err)
	}
	return answers, nil
}

// becameOf says whether an organisation is the one with the id, or has become part of it.
func becameOf(n *benchmark.Network, o benchmark.Organisation, id benchmark.OrganisationID) bool {
	for o.ID != id && o.Into != "" {
		o, _ = n.Organisation(o.Into)
	}
	return o.ID == id
}
