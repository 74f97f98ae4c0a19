package commands

import (
	"context"
	"strings"

	"roundtable/benchmark"
	"roundtable/bot"
)

// template shows the indicators with their definitions, or one of them, and the
// history of changes.
func (r *request) template(_ context.Context, text string) bot.Reply {
	if r.table == nil {
		return r.refused(refusal("no-network"))
	}
	var t benchmark.Template
	var history []string
	r.read(func(n *benchmark.Network) {
		t = n.Template()
		for _, v := range n.Templates {
			if v.Reason != "" {
				history = append(history, r.t("template.version", "Version", v.Version, "Reason", bot.Quiet(v.Reason)))
			}
		}
	})
	if t.Version == 0 {
		return r.refused(refusal("no-template"))
	}
	if name := strings.TrimSpace(text); name != "" {
		i, known := (answering{template: t}).indicator(name)
		if !known {
			return r.refused(unknownIndicator(t, name))
		}
		t.Indicators = []benchmark.Indicator{i}
	}
	title := r.t("template.title", "Name", t.Name, "Version", t.Version, "Count", len(t.Indicators))
	m := bot.Message{Text: title, Blocks: []bot.Block{bot.Heading{Text: title}}}
	section := ""
	for _, i := range t.Indicators {
		if i.Section != section && i.Section != "" && len(m.Blocks) < mostBlocks {
			section = i.Section
			m.Blocks = append(m.Blocks, bot.Heading{Text: section})
		}
		if len(m.Blocks) >= mostBlocks {
			m.Blocks = append(m.Blocks, bot.Footnote{Text: r.t("template.more")})
			break
		}
		m.Blocks = append(m.Blocks, bot.Paragraph{Text: r.definition(i)})
	}
	if len(history) > 0 {
		m.Blocks = append(m.Blocks, bot.Footnote{Text: strings.Join(history, "\n")})
	}
	m.Blocks = append(m.Blocks, bot.Buttons{Buttons: []bot.Button{r.button("ask", "ask", "")}})
	return bot.Reply{Message: &m}
}

// mostBlocks keeps a message below what every platform takes (Slack: 50).
const mostBlocks = 44

// definition is an indicator in a few lines.
func (r *request) definition(i benchmark.Indicator) string {
	lines := []string{i.Title + " (" + string(i.ID) + ", " + r.t("kind."+string(i.Kind)) + ")"}
	if i.Measures != "" {
		lines = append(lines, i.Measures)
	}
	if i.Numerator != "" || i.Denominator != "" {
		lines = append(lines, r.t("template.counted", "Numerator", i.Numerator, "Denominator", i.Denominator))
	}
	var more []string
	if i.Unit != "" {
		more = append(more, r.t("template.unit", "Unit", i.Unit))
	}
	if i.Target != nil {
		more = append(more, r.t("template.target", "Target", r.valueText(i, *i.Target)))
	}
	if i.Since > 1 {
		more = append(more, r.t("template.since", "Version", i.Since))
	}
	if len(more) > 0 {
		lines = append(lines, strings.Join(more, " · "))
	}
	return strings.Join(lines, "\n")
}
