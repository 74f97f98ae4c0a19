package commands

import (
	"context"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// templateVerb shows the indicators and how they are counted.
var templateVerb = verb{
	name: "template", synonyms: []string{"indicators", "definitions", "mall", "indikatorer"}, needs: aNetwork,
	typed: showTemplate, pressed: showTemplate,
}

// showTemplate shows the indicators with their definitions, or one of them, and the
// history of changes.
func showTemplate(_ context.Context, r *request, text string) chat.Reply {
	var t benchmark.Template
	var history []string
	r.read(func(n *benchmark.Network) {
		t = n.Template()
		for _, v := range n.Templates {
			if v.Reason != "" {
				reason := clipText(chat.Quiet(v.Reason), maxNote)
				history = append(history, r.t("template.version", "Version", v.Version, "Reason", reason))
			}
		}
	})
	if t.Version == 0 {
		return r.refused(refuse(refusal.NoTemplate))
	}
	if name := strings.TrimSpace(text); name != "" {
		i, asks, found := findIndicator(r, t, "template", name, "", true)
		if !found {
			return asks
		}
		return r.say(definition(r, i, maxDefinition), r.button("challenge", "ask", string(i.ID)), r.button("template", "template", ""))
	}
	return chat.Reply{Message: templateMessage(r, t, history)}
}

// What is shown of a definition alone, and in the list of all; in characters.
const (
	maxDefinition       = 5_000
	maxListedDefinition = 800
	maxChanges          = 5
)

// templateMessage lists them all, as far as a message has room.
func templateMessage(r *request, t benchmark.Template, history []string) *chat.Message {
	title := r.t("template.title", "Name", clipText(oneLine(t.Name), maxNote), "Version", t.Version, "Count", len(t.Indicators))
	m := chat.Message{Text: title, Blocks: []chat.Block{chat.Heading{Text: title}}}
	section := ""
	for _, i := range t.Indicators {
		var one []chat.Block
		if s := oneLine(i.Section); s != section && s != "" {
			section = s
			one = append(one, chat.Heading{Text: section})
		}
		one = append(one, chat.Paragraph{Text: definition(r, i, maxListedDefinition)})
		if !fits(m.Blocks, one) {
			m.Blocks = append(m.Blocks, chat.Footnote{Text: r.t("template.more")})
			break
		}
		m.Blocks = append(m.Blocks, one...)
	}
	if len(history) > maxChanges {
		history = history[len(history)-maxChanges:]
	}
	if len(history) > 0 {
		m.Blocks = append(m.Blocks, chat.Footnote{Text: strings.Join(history, "\n")})
	}
	m.Blocks = append(m.Blocks, chat.Buttons{Buttons: []chat.Button{r.button("ask", "ask", "")}})
	return &m
}

// definition is an indicator in a few lines.
func definition(r *request, i benchmark.Indicator, most int) string {
	lines := []string{oneLine(i.Title) + " (" + string(i.ID) + ", " + r.t("kind."+string(i.Kind)) + ")"}
	if i.Measures != "" {
		lines = append(lines, i.Measures)
	}
	if i.Numerator != "" {
		lines = append(lines, r.t("template.counted", "Numerator", defined(i.Numerator)))
	}
	if i.Denominator != "" {
		lines = append(lines, r.t("template.out-of", "Denominator", defined(i.Denominator)))
	}
	var more []string
	if i.Unit != "" {
		more = append(more, r.t("template.unit", "Unit", i.Unit))
	}
	if i.Levels > 0 {
		more = append(more, r.t("template.levels", "Levels", i.Levels))
	}
	if i.People != nil && !*i.People {
		more = append(more, r.t("template.no-people"))
	}
	if i.Target != nil {
		more = append(more, r.t("template.target", "Target", valueText(r.l, i, *i.Target)))
	}
	if i.Since > 1 {
		more = append(more, r.t("template.since", "Version", i.Since))
	}
	if len(more) > 0 {
		lines = append(lines, strings.Join(more, " · "))
	}
	return clipText(strings.Join(lines, "\n"), most)
}

// defined is a definition of one sentence without the stop at its end, so that
// it can stand beside another.
func defined(text string) string {
	text = oneLine(text)
	if strings.Contains(text, ". ") {
		return text
	}
	return strings.TrimRight(text, " .;,:")
}
