package playground

import (
	"fmt"
	"strings"

	"roundtable/chat"
)

// message lays out a message of the bot's.
func message(m chat.Message, cols int) []line {
	if len(m.Blocks) == 0 {
		return all(plain, wrap(chat.Quiet(m.Text), cols))
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
func apart(above, below chat.Block) bool {
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

func block(b chat.Block, cols int) []line {
	switch b := b.(type) {
	case chat.Heading:
		lines := all(strong, wrap(chat.Quiet(b.Text), cols))
		long := 0
		for _, l := range lines {
			long = max(long, l.columns())
		}
		return append(lines, of(faint, strings.Repeat("─", long)))
	case chat.Paragraph:
		return all(plain, wrap(chat.Quiet(b.Text), cols))
	case chat.Quote:
		lines := all(plain, wrap(chat.Quiet(b.Text), cols-2))
		if b.By != "" {
			lines = append(lines, all(faint, wrap("— "+chat.Quiet(b.By), cols-2))...)
		}
		return behind(span{"│ ", faint}, span{"│ ", faint}, lines)
	case chat.Items:
		var out []line
		for _, it := range b.Items {
			out = append(out, behind(span{"• ", plain}, span{"  ", plain}, all(plain, wrap(chat.Quiet(it), cols-2)))...)
		}
		return out
	case chat.Facts:
		return facts(b.Facts, cols)
	case chat.Picture:
		return picture(b, cols)
	case chat.File:
		text := fmt.Sprintf("%s (%s, %s)", chat.Quiet(b.Name), chat.Quiet(b.MediaType), size(len(b.Data)))
		return behind(span{"📎 ", plain}, span{"   ", plain}, all(plain, wrap(text, cols-3)))
	case chat.Footnote:
		return behind(span{"· ", faint}, span{"  ", faint}, all(faint, wrap(chat.Quiet(b.Text), cols-2)))
	case chat.Buttons:
		return buttons(b.Buttons, cols)
	}
	return nil
}

// facts puts names and values into two columns.
func facts(facts []chat.Fact, cols int) []line {
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

func picture(p chat.Picture, cols int) []line {
	text := fmt.Sprintf("%s (%s)", chat.Quiet(p.Alt), chat.Quiet(p.Name))
	lines := all(plain, wrap(text, cols-3))
	if p.Title != "" {
		lines = append(all(strong, wrap(chat.Quiet(p.Title), cols-3)), lines...)
	}
	return behind(span{"🖼  ", plain}, span{"   ", plain}, lines)
}

// buttons sets buttons side by side, and below where they don't fit.
func buttons(row []chat.Button, cols int) []line {
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
func title(m chat.Message) string {
	text := m.Text
	for _, b := range m.Blocks {
		if h, ok := b.(chat.Heading); ok {
			text = h.Text
			break
		}
	}
	return "“" + shorten(chat.Quiet(text), 60) + "”"
}
