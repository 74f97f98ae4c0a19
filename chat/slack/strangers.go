package slack

import (
	"slices"

	"roundtable/chat"
)

// guideButtons are the adapter's own: a verb, and what the button is called.
var guideButtons = []struct{ verb, label string }{
	{"help", "platform.button-help"},
	{"status", "platform.button-status"},
	{"submit", "platform.button-submit"},
}

// guided adds, to the first answer that somebody of another workspace gets, how
// they can speak to the bot: its slash command works for its own workspace only.
func (p *Platform) guided(w place, m chat.Message) chat.Message {
	home := p.home()
	if home == "" || w.user.team == home || len(m.Blocks) > chat.MaxBlocks-2 {
		return m
	}
	if _, knows := p.told.get(w.user.String()); knows {
		return m
	}
	p.told.keep(w.user.String(), struct{}{})
	if len(m.Blocks) == 0 {
		m.Blocks = []chat.Block{chat.Paragraph{Text: m.Text}}
	}
	var row []chat.Button
	for _, b := range guideButtons {
		row = append(row, chat.Button{Label: p.say(w.user.id, b.label), Action: typedAction, Value: b.verb})
	}
	m.Blocks = append(slices.Clip(m.Blocks), chat.Footnote{Text: p.say(w.user.id, "platform.other-workspace", "Trigger", p.options.Trigger)}, chat.Buttons{Buttons: row})
	return m
}
