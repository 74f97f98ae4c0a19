package playground

import (
	"fmt"
	"strings"

	"roundtable/bot"
)

// message lays out a message of the bot's.
func message(m bot.Message, cols int) []line {
	if len(m.Blocks) == 0 {
		return all(plain, wrap(bot.Quiet(m.Text), cols))
	}
	var out []line
	for i, b := range m.Blocks {
		if i > 0 && apart(m.Blocks[i-1], b) {
			out = append(out, line{})
		}
		out = append(out, block(b, cols)...)
	}
	return out
}

// apart says whether an empty line stands between two blocks: not below a
// heading, not above small print, not between rows of buttons.
func apart(above, below bot.Block) bool {
	if _, ok := above.(bot.Heading); ok {
		return false
	}
	if _, ok := below.(bot.Footnote); ok {
		return false
	}
	_, a := above.(bot.Buttons)
	_, b := below.(bot.Buttons)
	return !a || !b
}

func block(b bot.Block, cols int) []line {
	switch b := b.(type) {
	case bot.Heading:
		lines := all(strong, wrap(bot.Quiet(b.Text), cols))
		long := 0
		for _, l := range lines {
			long = max(long, l.columns())
		}
		return append(lines, of(faint, strings.Repeat("─", long)))
	case bot.Paragraph:
		return all(plain, wrap(bot.Quiet(b.Text), cols))
	case bot.Quote:
		lines := all(plain, wrap(bot.Quiet(b.Text), cols-2))
		if b.By != "" {
			lines = append(lines, all(faint, wrap("— "+bot.Quiet(b.By), cols-2))...)
		}
		return behind(span{"│ ", faint}, span{"│ ", faint}, lines)
	case bot.Items:
		var out []line
		for _, it := range b.Items {
			out = append(out, behind(span{"• ", plain}, span{"  ", plain}, all(plain, wrap(bot.Quiet(it), cols-2)))...)
		}
		return out
	case bot.Facts:
		return facts(b.Facts, cols)
	case bot.Picture:
		return picture(b, cols)
	case bot.File:
		text := fmt.Sprintf("%s (%s, %s)", bot.Quiet(b.Name), bot.Quiet(b.MediaType), size(len(b.Data)))
		return behind(span{"📎 ", plain}, span{"   ", plain}, all(plain, wrap(text, cols-3)))
	case bot.Footnote:
		return behind(span{"· ", faint}, span{"  ", faint}, all(faint, wrap(bot.Quiet(b.Text), cols-2)))
	case bot.Buttons:
		return buttons(b.Buttons, cols)
	}
	return nil
}

// facts puts names and values into two columns.
func facts(facts []bot.Fact, cols int) []line {
	names := make([][]string, len(facts))
	wide := 0
	for i, f := range facts {
		names[i] = wrap(bot.Quiet(f.Name), max(12, cols*2/5))
		for _, n := range names[i] {
			wide = max(wide, columns(n))
		}
	}
	var out []line
	for i, f := range facts {
		values := wrap(bot.Quiet(f.Value), cols-wide-3)
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

func picture(p bot.Picture, cols int) []line {
	text := fmt.Sprintf("%s (%s)", bot.Quiet(p.Alt), bot.Quiet(p.Name))
	lines := all(plain, wrap(text, cols-3))
	if p.Title != "" {
		lines = append(all(strong, wrap(bot.Quiet(p.Title), cols-3)), lines...)
	}
	return behind(span{"🖼  ", plain}, span{"   ", plain}, lines)
}

// buttons sets buttons side by side, and below where they don't fit.
func buttons(row []bot.Button, cols int) []line {
	var out []line
	var now line
	for _, b := range row {
		label := "[ " + strings.Join(wrap(bot.Quiet(b.Label), cols), " ") + " ]"
		if len(now) > 0 && now.columns()+2+columns(label) > cols {
			out, now = append(out, now), nil
		}
		if len(now) > 0 {
			now = append(now, span{"  ", plain})
		}
		i := plain
		if b.Primary {
			i = press
		}
		now = append(now, span{label, i})
	}
	return append(out, now)
}

func size(bytes int) string {
	switch {
	case bytes < 1000:
		return fmt.Sprintf("%d B", bytes)
	case bytes < 1_000_000:
		return fmt.Sprintf("%.1f kB", float64(bytes)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1_000_000)
}

// title is how a transcript calls a post: its heading, or how it begins.
func title(m bot.Message) string {
	text := m.Text
	for _, b := range m.Blocks {
		if h, ok := b.(bot.Heading); ok {
			text = h.Text
			break
		}
	}
	return "“" + shorten(bot.Quiet(text), 60) + "”"
}
