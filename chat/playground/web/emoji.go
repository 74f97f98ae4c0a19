package web

import (
	"html"
	"html/template"
	"strings"
)

// emoji are those that the page offers, by their short names. They are drawn,
// since not every machine has a font that holds them.
var emoji = []struct{ Name, Sign, drawn string }{
	{"bulb", "💡", `<path d="M5.800 11.500c0-1.600-2-2.300-2-5a4.200 4.200 0 0 1 8.400 0c0 2.700-2 3.400-2 5ZM6.300 14h3.400"/>`},
	{"+1", "👍", `<path d="M5 7.500v6H2.500v-6ZM5 7.500l3-5c1.200 0 1.700.8 1.500 1.800L9 6.500h3.700a1.200 1.200 0 0 1 1.200 1.500l-1.200 4.500a1.300 1.300 0 0 1-1.300 1H5"/>`},
	{"heart", "❤️", `<path d="M8 13.500S2.500 10 2.500 6.200A2.900 2.900 0 0 1 8 4.900a2.900 2.900 0 0 1 5.500 1.300C13.500 10 8 13.500 8 13.500Z"/>`},
	{"eyes", "👀", `<ellipse cx="4.800" cy="8" rx="2.800" ry="4.200"/><ellipse cx="11.200" cy="8" rx="2.800" ry="4.200"/><path d="M5.500 8.500v1M11.900 8.500v1"/>`},
	{"thinking_face", "🤔", `<circle cx="8" cy="7.200" r="5.600"/><path d="M5.800 5.900v.4M10.200 5.900v.4M6 9.600l3.600-.8M3.200 14.600c.6-2 1.600-2.600 3.200-2.400"/>`},
	{"tada", "🎉", `<path d="M2.500 13.500 5.700 5.800l4.500 4.500ZM8.500 5.500c-.2-1.500.6-2.700 2-3M10.800 7.800c.8-.9 1.900-1 3-.3M6.500 2.500v.4M13 3.800v.4M13.200 11v.4"/>`},
}

// emojiSign is how a reaction reads: one that isn't offered, by its name.
func emojiSign(name string) string {
	for _, e := range emoji {
		if e.Name == name {
			return e.Sign
		}
	}
	return ":" + name + ":"
}

// emojiIcon is a reaction as it is drawn; the sign for one that isn't offered.
func emojiIcon(name string) template.HTML {
	for _, e := range emoji {
		if e.Name == name {
			return template.HTML(`<svg class="icon" aria-hidden="true" viewBox="0 0 16 16">` + e.drawn + `</svg>`) //nolint:gosec // of the table
		}
	}
	return template.HTML(`<span aria-hidden="true">` + html.EscapeString(revealBidi(emojiSign(name))) + `</span>`) //nolint:gosec // escaped
}

// richText is a text, escaped, with the emoji drawn that can be. Their titles keep the
// text whole for whoever reads it out or takes it as text.
func richText(s string) template.HTML {
	return template.HTML(emojiReplacer.Replace(html.EscapeString(revealBidi(s)))) //nolint:gosec // escaped before
}

var emojiReplacer = func() *strings.Replacer {
	var pairs []string
	for _, e := range emoji {
		svg := `<svg class="icon" role="img" viewBox="0 0 16 16"><title>` + e.Sign + `</title>` + e.drawn + `</svg>`
		pairs = append(pairs, e.Sign, svg)
	}
	return strings.NewReplacer(pairs...)
}()
