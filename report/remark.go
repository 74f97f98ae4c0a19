package report

import "roundtable/locale"

// Remarks say in a language what of the file was passed over or is withheld, a
// sentence or two each; none when all of it was taken.
func (f Figures) Remarks(l *locale.Locale) []string {
	var said []string
	for _, remark := range []struct {
		id    string
		count int
	}{
		{"figures.remark.withheld", len(f.Hidden)},
		{"figures.remark.empty", f.Empty},
		{"figures.remark.passed-over", len(f.PassedOver)},
		{"figures.remark.comments", f.Comments},
	} {
		if remark.count > 0 {
			said = append(said, l.T(remark.id, "Count", remark.count, "Names", l.List(f.PassedOver)))
		}
	}
	return said
}
