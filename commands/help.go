package commands

import (
	"context"
	"strings"

	"roundtable/bot"
	"roundtable/locale"
)

// help lists what can be done, or explains one verb.
func (r *request) help(_ context.Context, text string) bot.Reply {
	name, _ := cut(strings.ToLower(text))
	if v, ok := verbNamed(name); ok && v.kind != nil {
		return r.say(r.t("help." + v.name))
	}
	if name != "" {
		return r.unknown(name, func(verb string) string { return "help " + verb })
	}
	var mine, theirs []string
	for _, v := range verbs() {
		switch id := "help." + v.name + "-line"; {
		case v.kind == nil || !locale.Has(id):
		case v.facilitator:
			theirs = append(theirs, r.t(id))
		default:
			mine = append(mine, r.t(id))
		}
	}
	intro := r.t("help.intro")
	m := bot.Message{Text: intro, Blocks: []bot.Block{bot.Paragraph{Text: intro}, bot.Items{Items: mine}}}
	if r.me.Facilitator {
		m.Blocks = append(m.Blocks, bot.Heading{Text: r.t("help.facilitators")}, bot.Items{Items: theirs})
	}
	m.Blocks = append(m.Blocks, bot.Footnote{Text: r.t("help.more")})
	return bot.Reply{Message: &m}
}
