package mattermost

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"roundtable/chat"
)

// zeroWidth is a character that nobody sees. Where Mattermost knows no escape it keeps
// apart what would become an emoji, a hashtag or a link: ":​bulb:".
const zeroWidth = "\u200b"

// webLink is a web address; it becomes a link, as readers expect, and what is in
// it must stay as it is.
var webLink = regexp.MustCompile("^https?://[^\\s<>()\\[\\]{}`\"'|\\\\\u200b]+")

// emoticon is an emoticon that Mattermost draws, or would at a word's edge.
var emoticon = regexp.MustCompile(`^(?:[:;=]['’]?-?[()\[\]|/\\@$*dDoOpPsSxX]|:-[a-zA-Z]|8-\))`)

// emojiName is an emoji by its name.
var emojiName = regexp.MustCompile(`^:[a-zA-Z0-9_+-]+:`)

// htmlEntity is a character by its name or number.
var htmlEntity = regexp.MustCompile(`^&#?[0-9A-Za-z]+;`)

// listItem is the beginning of an item of a numbered list.
var listItem = regexp.MustCompile(`^( *\d+)([.)])( |$)`)

// escape returns markdown that reads as the text does, on one or several lines.
// Mentions are quieted first.
func escape(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ").Replace(chat.Quiet(text))
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = escapeLine(line)
	}
	return strings.Join(lines, "\n")
}

// escapeLine escapes one line that stands at the beginning of one.
func escapeLine(line string) string {
	// Four blanks make code, equal signs a heading of the line above.
	lead := ""
	if strings.HasPrefix(line, "    ") || (strings.Trim(line, "= ") == "" && line != "") {
		lead = zeroWidth
	}
	if m := listItem.FindStringSubmatch(line); m != nil {
		return lead + m[1] + "\\" + m[2] + inline(line[len(m[1])+len(m[2]):], ' ')
	}
	rest := strings.TrimLeft(line, " ")
	lead += line[:len(line)-len(rest)]
	if rest != "" && strings.ContainsRune("-+#>", rune(rest[0])) && (rest[0] != '#' || !isHashtag(rest)) {
		lead += "\\"
		return lead + rest[:1] + inline(rest[1:], rune(rest[0]))
	}
	return lead + inline(rest, ' ')
}

// inline escapes what stands within a line, after the character before.
func inline(text string, before rune) string {
	var b strings.Builder
	b.Grow(len(text) + 16)
	dollars := strings.Count(text, "$") > 1
	for len(text) > 0 {
		if link := webLink.FindString(text); link != "" && !isWordRune(before) {
			b.WriteString(link)
			text, before = text[len(link):], 'x'
			continue
		}
		r, n := utf8.DecodeRuneInString(text)
		rest := text[n:]
		after, _ := utf8.DecodeRuneInString(rest)
		switch {
		case r == '\\' && after == '_':
			b.WriteString("\\" + zeroWidth)
		case r == '\\' && rest != "" && isWordRune(after):
			b.WriteByte('\\') // before a letter it is itself; two would be seen as two
		case strings.ContainsRune("\\`*_[|", r):
			b.WriteString("\\" + text[:n])
		case r == '~':
			b.WriteString("\\~")
			if isWordRune(after) {
				b.WriteString(zeroWidth) // a channel's name
			}
		case r == '#' && isHashtag(text), r == '<' && (isWordRune(after) || strings.ContainsRune("/!?", after)):
			b.WriteString(text[:n] + zeroWidth)
		case r == '&' && htmlEntity.MatchString(text):
			b.WriteString("&amp;")
		case r == '$' && dollars:
			b.WriteString("&#36;") // two of them enclose a formula
		case emoticon.MatchString(text), emojiName.MatchString(text):
			b.WriteString(text[:n] + zeroWidth)
		default:
			b.WriteString(text[:n])
		}
		text, before = rest, r
	}
	return b.String()
}

// isHashtag says whether a text that begins with '#' begins with a hashtag.
func isHashtag(text string) bool {
	after, _ := utf8.DecodeRuneInString(text[1:])
	return unicode.IsLetter(after)
}

func isWordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

// plainLabel is a text for where no markdown is read, such as a button: only mentions
// and emoji are kept from happening.
func plainLabel(text string) string {
	text = chat.Quiet(strings.Join(strings.Fields(text), " "))
	var b strings.Builder
	for len(text) > 0 {
		_, n := utf8.DecodeRuneInString(text)
		b.WriteString(text[:n])
		if emojiName.MatchString(text) {
			b.WriteString(zeroWidth)
		}
		text = text[n:]
	}
	return b.String()
}
