package commands

import (
	"slices"

	"roundtable/benchmark"
	"roundtable/chat"
)

// takenOut stands in place of a private post in which words were taken back, where nothing
// of it is its reader's to see any more.
func (w *composition) takenOut() chat.Message {
	return message(w.t("private.taken-out", "Period", w.thisPeriod()), w.button("compare", "compare", roundIndicator(w.round.ID, "")))
}

// remains tells somebody who took words out where they still stand.
func (w *composition) remains() chat.Message {
	people, posts := benchmark.WordsRemain(w.n, w.d)
	text := w.t("remain.lead", "Period", w.thisPeriod())
	return chat.Message{Text: text, Blocks: []chat.Block{
		chat.Paragraph{Text: text}, chat.Items{Items: w.whereWordsRemain(people, posts)}, chat.Footnote{Text: w.t("remain.do")},
	}}
}

// whereWordsRemain names colleagues of whom the words are told, and counts all others.
func (w *composition) whereWordsRemain(people []benchmark.ParticipantID, posts int) (lines []string) {
	others := 0
	var names []string
	for _, id := range people {
		p, _ := w.n.Participant(id)
		switch _, colleague := p.For(w.to.Organisation); {
		case !colleague || p.Name == "":
			others++
		case !slices.Contains(names, nameOf(w.l, p)):
			names = append(names, nameOf(w.l, p))
		}
	}
	if len(names) > 0 {
		lines = append(lines, w.t("remain.colleagues", "Names", w.l.List(names)))
	}
	if others > 0 {
		lines = append(lines, w.t("remain.private", "Count", others))
	}
	if posts > 0 {
		lines = append(lines, w.t("remain.posts", "Count", posts))
	}
	return lines
}
