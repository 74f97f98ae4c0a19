package adapter

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Markup is how people of a platform mark what they write. Other platforms mark it in
// other ways, so what is passed on is the words as their writer saw them.
type Markup struct {
	// Pairs enclose what is bold, in italics or struck out; longer ones come first.
	Pairs []string
	// Escapes: a backslash takes what a sign means from it.
	Escapes bool
}

// farthest is how far behind the first of a pair the second is looked for, in bytes.
const farthest = 2000

// web is a web address, whose signs are none of the markup's.
var web = regexp.MustCompile(`^https?://[^\s<>]+`)

// named is an emoji by its name.
var named = regexp.MustCompile(`^:([a-z0-9_+-]+):`)

// Plain returns a line without its marks: what is bold, struck out or code as words, and
// emoji as themselves. What merely looks alike stays: "2 * 3 * 4", "snake_case", "12:30:40".
func (m Markup) Plain(line string) string {
	var b strings.Builder
	before := ' '
	for line != "" {
		words, taken := m.next(line, before)
		b.WriteString(words)
		before, _ = utf8.DecodeLastRuneInString(line[:taken])
		if named.MatchString(line[:taken]) {
			before = ' ' // one emoji may follow another
		}
		line = line[taken:]
	}
	return b.String()
}

// next returns what the line, which is not empty, begins with, in words, and how many
// bytes of the line that takes.
func (m Markup) next(line string, before rune) (words string, taken int) {
	r, n := utf8.DecodeRuneInString(line)
	if r == '`' {
		fence := len(line) - len(strings.TrimLeft(line, "`"))
		if code, _, closed := strings.Cut(line[fence:], line[:fence]); closed && code != "" {
			return strings.TrimSpace(code), len(code) + 2*fence
		}
		return line[:fence], fence
	}
	if m.Escapes && r == '\\' && len(line) > 1 && strings.ContainsRune("\\`*_{}[]()#+-.!|~<>", rune(line[1])) {
		return line[1:2], 2
	}
	if isLetterOrDigit(before) {
		return line[:n], n
	}
	if address := web.FindString(line); address != "" {
		return address, len(address)
	}
	if name := named.FindStringSubmatch(line); name != nil && !beginsWord(line[len(name[0]):]) {
		if sign := Emoji(name[1]); sign != "" {
			return sign, len(name[0])
		}
		return name[0], len(name[0])
	}
	for _, pair := range m.Pairs {
		if inside, is := enclosed(line, pair); is {
			return m.Plain(inside), len(inside) + 2*len(pair)
		}
	}
	return line[:n], n
}

// enclosed returns what stands between a pair of marks, if the line begins with one that
// has its second: they touch the words that they enclose, and no word outside.
func enclosed(line, pair string) (inside string, is bool) {
	rest, begins := strings.CutPrefix(line, pair)
	first, _ := utf8.DecodeRuneInString(rest)
	if !begins || rest == "" || unicode.IsSpace(first) || strings.HasPrefix(rest, pair[:1]) {
		return "", false
	}
	for at := 0; at < min(len(rest), farthest); {
		k := strings.Index(rest[at:], pair)
		if k < 0 {
			return "", false
		}
		end := at + k
		last, _ := utf8.DecodeLastRuneInString(rest[:end])
		after := rest[end+len(pair):]
		if end > 0 && !unicode.IsSpace(last) && !beginsWord(after) && !strings.HasPrefix(after, pair[:1]) {
			return rest[:end], true
		}
		at = end + len(pair)
	}
	return "", false
}

func beginsWord(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return isLetterOrDigit(r)
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
