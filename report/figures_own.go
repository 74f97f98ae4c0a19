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
// those rounds whose answers are theirs to see ([benchmark.Network.OwnRounds]), with what
// was answered by those that were merged into it where that is theirs too. Nothing of others is in it. It returns
// how many answers it wrote; errors are those of w.
func WriteOwnFigures(w io.Writer, n *benchmark.Network, p benchmark.Participant) (answers int, err error) {
	rows := [][]string{columns}
	own := n.OwnRounds(p)
	for _, r := range n.Rounds {
		t, _ := n.TemplateVersion(r.Template)
		for _, i := range t.Indicators {
			for _, o := range n.Organisations {
				v, answered := r.Submission(o.ID, i.ID)
				if !answered || !own(r, o.ID) {
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
