package commands

import (
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/locale"
)

// quality is the small print of a comparison: which figures to read with care,
// by what definition, and how fresh they are.
func quality(l *locale.Locale, v benchmark.View) chat.Block {
	var lines []string
	add := func(id string, marked func(m benchmark.Mark) bool) {
		var who []string
		for _, m := range v.Marks {
			if marked(m) {
				who = append(who, markName(l, v, m))
			}
		}
		if len(who) > 0 {
			lines = append(lines, l.T("quality."+id, "Who", clipText(l.List(who), mostNames)))
		}
	}
	add("late", func(m benchmark.Mark) bool { return m.Late })
	add("corrected", func(m benchmark.Mark) bool { return m.Corrected })
	add("confirmed", func(m benchmark.Mark) bool { return m.Confirmed })
	if v.Questions > 0 {
		lines = append(lines, l.T("quality.questions", "Count", v.Questions))
	}
	fresh := "quality.closed"
	if v.Recorded {
		fresh = "quality.recorded"
	}
	lines = append(lines, l.T(fresh, "Version", v.Indicator.Since, "Date", l.Date(v.Closed, v.Closed.Location())))
	return chat.Footnote{Text: strings.Join(lines, " ")}
}

// mostNames is how much room the names of organisations may take there, in
// characters.
const mostNames = 300
