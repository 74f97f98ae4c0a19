package commands

import (
	"slices"
	"strconv"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/locale"
)

// part is a portion of a template that is asked for in one form.
type part struct {
	number     int    // from 1, the same as long as the template is
	title      string // empty when the template is short
	indicators []benchmark.Indicator
}

// maxFormIndicators is how many indicators a form asks for at once; a longer template is
// filled in part by part.
const maxFormIndicators = 10

// partsOf divides the indicators of a template: not at all when they are few, else by section, and
// sections that are too long into several.
func partsOf(l *locale.Locale, all []benchmark.Indicator) []part {
	if len(all) <= maxFormIndicators {
		return []part{{number: 1, indicators: all}}
	}
	var sections []string
	in := map[string][]benchmark.Indicator{}
	for _, i := range all {
		if in[i.Section] == nil {
			sections = append(sections, i.Section)
		}
		in[i.Section] = append(in[i.Section], i)
	}
	var parts []part
	for _, s := range sections {
		title := oneLine(s)
		if title == "" {
			title = l.T("submit.other-section")
		}
		pieces := slices.Collect(slices.Chunk(in[s], maxFormIndicators))
		for k, piece := range pieces {
			p := part{number: len(parts) + 1, title: clipText(title, chat.MaxLabel/2), indicators: piece}
			if len(pieces) > 1 {
				p.title += " " + strconv.Itoa(k+1)
			}
			parts = append(parts, p)
		}
	}
	return parts
}

// partNumbered finds a part by its number.
func partNumbered(parts []part, number int) (part, bool) {
	k := slices.IndexFunc(parts, func(p part) bool { return p.number == number })
	if k < 0 {
		return part{}, false
	}
	return parts[k], true
}

// nextPart is the first part after the one with an indicator, and else from the
// beginning, that has something left.
func nextPart(parts []part, after benchmark.IndicatorID, done func(indicators []benchmark.Indicator) int) (part, bool) {
	here := slices.IndexFunc(parts, func(p part) bool {
		return slices.ContainsFunc(p.indicators, func(i benchmark.Indicator) bool { return i.ID == after })
	})
	for step := 1; step < len(parts); step++ {
		p := parts[(max(here, 0)+step)%len(parts)]
		if done(p.indicators) < len(p.indicators) {
			return p, true
		}
	}
	return part{}, false
}

// partLabel says how much of a part is done: "Falls (2 of 4)".
func (r *request) partLabel(p part, done int) string {
	return clipText(r.t("submit.section", "Section", p.title, "Done", done, "All", len(p.indicators)), chat.MaxLabel)
}

// nextLabel leads on to a part: "Next: Falls".
func (r *request) nextLabel(p part) string {
	return clipText(r.t("submit.next-section", "Section", p.title), chat.MaxLabel)
}
