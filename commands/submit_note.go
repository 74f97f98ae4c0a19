package commands

import (
	"slices"

	"roundtable/benchmark"
	"roundtable/chat"
)

// mayShow says whether others may see a note that comes with a figure of the round.
func (a answerSheet) mayShow(r *request, i benchmark.Indicator, note string) (may bool) {
	r.read(func(n *benchmark.Network) {
		c, known := n.Round(a.id)
		may = !known || benchmark.MayShowNote(n.Templates, i, note, n.SmallNumberIn(c))
	})
	return may
}

// noteFate is the key of what others will see of a note that is kept.
func (a answerSheet) noteFate(r *request, i benchmark.Indicator, note string) string {
	if a.isOwn || !a.mayShow(r, i, note) {
		return "submit.note-hidden"
	}
	return "submit.note-shown"
}

// tellOfNotes says at once which of the notes others don't see, unless that is told, and which
// tell who wrote them where letters stand for names. Where nobody sees
// another's, there is nothing to tell.
func tellOfNotes(r *request, sheet answerSheet, changed []change, told []benchmark.IndicatorID, m *chat.Message) {
	for _, c := range changed {
		if !sheet.isNamed && !sheet.isOwn && benchmark.NamesOrganisation(r.organisation(), c.note) {
			text := r.t("submit.note-names-you", "Title", oneLine(c.indicator.Title), "Organisation", r.organisation().Name)
			m.Text = joinLines(m.Text, text)
			m.Blocks = append(m.Blocks, chat.Paragraph{Text: text})
		}
		if sheet.isOwn || c.note == "" || slices.Contains(told, c.indicator.ID) || sheet.mayShow(r, c.indicator, c.note) {
			continue
		}
		text := r.t("submit.note-kept", "Title", oneLine(c.indicator.Title))
		m.Text = joinLines(m.Text, text)
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: text})
	}
}

// organisation is the one that is spoken for.
func (r *request) organisation() (o benchmark.Organisation) {
	r.read(func(n *benchmark.Network) { o, _ = n.Organisation(r.me.Organisation) })
	return o
}
