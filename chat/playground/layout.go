package playground

import (
	"fmt"
	"slices"
	"strings"

	"roundtable/chat"
)

// messageLines lays out a message of the bot's.
func messageLines(m chat.Message, cols int) []line {
	if len(m.Blocks) == 0 {
		return linesOf(plain, wrap(chat.Quiet(m.Text), cols))
	}
	var out []line
	for i, b := range m.Blocks {
		if i > 0 && separated(m.Blocks[i-1], b) {
			out = append(out, line{})
		}
		out = append(out, blockLines(b, cols)...)
	}
	return out
}

// separated says whether an empty line stands between two blocks: not below a
// heading, not above small print, not between rows of buttons.
func separated(above, below chat.Block) bool {
	if _, ok := above.(chat.Heading); ok {
		return false
	}
	if _, ok := below.(chat.Footnote); ok {
		return false
	}
	_, a := above.(chat.Buttons)
	_, b := below.(chat.Buttons)
	return !a || !b
}

func blockLines(b chat.Block, cols int) []line {
	switch b := b.(type) {
	case chat.Heading:
		lines := linesOf(strong, wrap(chat.Quiet(b.Text), cols))
		long := 0
		for _, l := range lines {
			long = max(long, l.columns())
		}
		return append(lines, lineOf(faint, strings.Repeat("─", long)))
	case chat.Paragraph:
		return linesOf(plain, wrap(chat.Quiet(b.Text), cols))
	case chat.Quote:
		lines := linesOf(plain, wrap(chat.Quiet(b.Text), cols-2))
		if b.By != "" {
			lines = append(lines, linesOf(faint, wrap("— "+chat.Quiet(b.By), cols-2))...)
		}
		return prefixed(span{"│ ", faint}, span{"│ ", faint}, lines)
	case chat.Items:
		var out []line
		for _, it := range b.Items {
			out = append(out, prefixed(span{"• ", plain}, span{"  ", plain}, linesOf(plain, wrap(chat.Quiet(it), cols-2)))...)
		}
		return out
	case chat.Facts:
		return factLines(b.Facts, cols)
	case chat.Picture:
		return pictureLines(b, cols)
	case chat.File:
		text := fmt.Sprintf("%s (%s, %s)", chat.Quiet(b.Name), chat.Quiet(b.MediaType), sizeText(len(b.Data)))
		return prefixed(span{"📎 ", plain}, span{"   ", plain}, linesOf(plain, wrap(text, cols-3)))
	case chat.Footnote:
		return prefixed(span{"· ", faint}, span{"  ", faint}, linesOf(faint, wrap(chat.Quiet(b.Text), cols-2)))
	case chat.Buttons:
		return buttonLines(b.Buttons, cols)
	}
	return nil
}

// factLines puts names and values into two columns.
func factLines(facts []chat.Fact, cols int) []line {
	names := make([][]string, len(facts))
	wide := 0
	for i, f := range facts {
		names[i] = wrap(chat.Quiet(f.Name), max(12, cols*2/5))
		for _, n := range names[i] {
			wide = max(wide, columns(n))
		}
	}
	var out []line
	for i, f := range facts {
		values := wrap(chat.Quiet(f.Value), cols-wide-3)
		for n := range max(len(names[i]), len(values)) {
			var name, value string
			if n < len(names[i]) {
				name = names[i][n]
			}
			if n < len(values) {
				value = values[n]
			}
			out = append(out, line{{pad(name, wide) + "   ", faint}, {value, plain}})
		}
	}
	return out
}

func pictureLines(p chat.Picture, cols int) []line {
	text := fmt.Sprintf("%s (%s)", chat.Quiet(p.Alt), chat.Quiet(p.Name))
	lines := linesOf(plain, wrap(text, cols-3))
	if p.Title != "" {
		lines = append(linesOf(strong, wrap(chat.Quiet(p.Title), cols-3)), lines...)
	}
	return prefixed(span{"🖼  ", plain}, span{"   ", plain}, lines)
}

// buttonLines sets buttons side by side, and below where they don't fit.
func buttonLines(row []chat.Button, cols int) []line {
	var out []line
	var now line
	for _, b := range row {
		label := "[ " + strings.Join(wrap(chat.Quiet(b.Label), cols), " ") + " ]"
		if len(now) > 0 && now.columns()+2+columns(label) > cols {
			out, now = append(out, now), nil
		}
		if len(now) > 0 {
			now = append(now, span{"  ", plain})
		}
		i := plain
		if b.Primary {
			i = buttonLabel
		}
		now = append(now, span{label, i})
	}
	return append(out, now)
}

func sizeText(bytes int) string {
	switch {
	case bytes < 1000:
		return fmt.Sprintf("%d B", bytes)
	case bytes < 1_000_000:
		return fmt.Sprintf("%.1f kB", float64(bytes)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1_000_000)
}

// titleOf is how a transcript calls a post: its heading, or how it begins.
func titleOf(m chat.Message) string {
	text := m.Text
	for _, b := range m.Blocks {
		if h, ok := b.(chat.Heading); ok {
			text = h.Text
			break
		}
	}
	return "“" + truncate(chat.Quiet(text), 60) + "”"
}

// formColumns is the width of a form's box at most; a wide one is hard to read.
const formColumns = 72

// formLines lays out a form as a box.
func formLines(f chat.Form, cols int) []line {
	cols = min(cols, formColumns)
	inner := cols - 4
	var body []line
	if f.Error != "" {
		body = append(body, errorLines(f.Error, inner)...)
	}
	if f.Intro != "" {
		body = append(body, linesOf(plain, wrap(chat.Quiet(f.Intro), inner))...)
	}
	section := ""
	for _, field := range f.Fields {
		if len(body) > 0 {
			body = append(body, line{})
		}
		if field.Section != section && field.Section != "" {
			body = append(body, linesOf(strong, wrap("▪ "+chat.Quiet(field.Section), inner))...)
		}
		section = field.Section
		body = append(body, fieldLines(field, inner)...)
	}
	if len(body) > 0 {
		body = append(body, line{})
	}
	body = append(body, buttonLines([]chat.Button{{Label: f.Submit, Primary: true}, {Label: "Cancel"}}, inner)...)

	name := truncate(chat.Quiet(f.Title), cols-6)
	out := []line{{{"┌─ ", faint}, {name, strong}, {" " + strings.Repeat("─", cols-5-columns(name)) + "┐", faint}}}
	for _, l := range body {
		boxed := append(line{{"│ ", faint}}, l...)
		boxed = append(boxed, span{strings.Repeat(" ", max(0, inner-l.columns())), plain}, span{" │", faint})
		out = append(out, boxed)
	}
	return append(out, lineOf(faint, "└"+strings.Repeat("─", cols-2)+"┘"))
}

func errorLines(text string, cols int) []line {
	return prefixed(span{"✗ ", errorText}, span{"  ", errorText}, linesOf(errorText, wrap(chat.Quiet(text), cols-2)))
}

func fieldLines(f chat.Field, cols int) []line {
	label := chat.Quiet(f.Label)
	if f.Optional && f.Kind != chat.Check {
		label += " (optional)"
	}
	var out []line
	if f.Kind == chat.Check {
		mark := "[ ] "
		if f.Value == "yes" {
			mark = "[x] "
		}
		out = prefixed(span{mark, plain}, span{"    ", plain}, linesOf(plain, wrap(label, cols-4)))
	} else {
		out = linesOf(plain, wrap(label, cols))
	}
	if f.Help != "" {
		out = append(out, indent(2, linesOf(faint, wrap(chat.Quiet(f.Help), cols-2)))...)
	}
	switch f.Kind {
	case chat.Line, chat.Area:
		out = append(out, textEntryLines(f, cols)...)
	case chat.Choice:
		out = append(out, choiceLines(f, cols)...)
	case chat.Check:
	}
	if f.Error != "" {
		out = append(out, indent(2, errorLines(f.Error, cols-2))...)
	}
	return out
}

// textEntryLines shows what stands in a text field, or its placeholder in brackets.
func textEntryLines(f chat.Field, cols int) []line {
	lines := linesOf(strong, wrap(chat.Quiet(f.Value), cols-4))
	if f.Value == "" && f.Placeholder != "" {
		lines = linesOf(faint, wrap("("+chat.Quiet(f.Placeholder)+")", cols-4))
	}
	if f.Kind == chat.Area && len(lines) == 1 {
		lines = append(lines, line{})
	}
	return prefixed(span{"  ▏ ", faint}, span{"  ▏ ", faint}, lines)
}

// choiceLines shows a few options side by side, and of many only the one chosen.
func choiceLines(f chat.Field, cols int) []line {
	l := line{{"  ", plain}}
	for i, o := range f.Options {
		if i > 0 {
			l = append(l, span{"   ", plain})
		}
		mark, in := "( ) ", plain
		if o.Value == f.Value {
			mark, in = "(•) ", strong
		}
		l = append(l, span{mark + truncate(chat.Quiet(o.Label), cols), in})
	}
	if len(f.Options) <= 5 && l.columns() <= cols {
		return []line{l}
	}
	chosen := "(choose)"
	if i := slices.IndexFunc(f.Options, func(o chat.Option) bool { return o.Value == f.Value }); i >= 0 {
		chosen = chat.Quiet(f.Options[i].Label)
	}
	chosen = truncate(chosen, cols-24) + fmt.Sprintf(" ▾ 1 of %d", len(f.Options))
	return []line{{{"  ▏ ", faint}, {chosen, strong}}}
}
