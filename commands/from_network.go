package commands

import (
	"slices"
	"strings"

	"roundtable/chat"
)

// nameWithin is how much of a message a phone shows beforehand, in characters: a few
// fewer than any does.
const nameWithin = 60

// fromNetwork has a message that nobody asked for begin with the name of its network:
// some people are in several, and a phone shows the beginning alone. One that names it
// there already stays as it is.
func fromNetwork(w *composition, render func() (chat.Message, error)) func() (chat.Message, error) {
	name := chat.Quiet(oneLine(w.network))
	return func() (chat.Message, error) {
		m, err := render()
		if err != nil || strings.Contains(chat.Shorten(m.Text, nameWithin), name) {
			return m, err
		}
		was := m.Text
		m.Text = w.t("posts.from-network", "Network", name, "Text", was)
		m.Blocks = slices.Clone(m.Blocks)
		for k, b := range m.Blocks {
			switch b := b.(type) {
			case chat.Heading:
				m.Blocks[k] = chat.Heading{Text: w.t("posts.from-network", "Network", name, "Text", b.Text)}
				return m, nil
			case chat.Paragraph:
				m.Blocks[k] = chat.Paragraph{Text: w.t("posts.from-network", "Network", name, "Text", b.Text)}
				return m, nil
			}
		}
		return m, nil
	}
}
