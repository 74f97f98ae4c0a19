package commands

import (
	"context"
	"strings"

	"roundtable/chat"
	"roundtable/locale"
)

// help lists what can be done, or explains one verb.
func (r *request) help(_ context.Context, text string) chat.Reply {
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
	m := chat.Message{Text: intro, Blocks: []chat.Block{chat.Paragraph{Text: intro}, chat.Items{Items: mine}}}
	if r.me.Facilitator {
		m.Blocks = append(m.Blocks, chat.Heading{Text: r.t("help.facilitators")}, chat.Items{Items: theirs})
	}
	m.Blocks = append(m.Blocks, chat.Footnote{Text: r.t("help.more")})
	return chat.Reply{Message: &m}
}
