package mattermost

import (
	"regexp"
	"strings"

	"roundtable/chat/adapter"
)

// markdown is how people mark what they write on Mattermost.
var markdown = adapter.Markup{Pairs: []string{"***", "**", "__", "~~", "*", "_"}, Escapes: true}

var (
	// codeFence begins and ends lines of code.
	codeFence = regexp.MustCompile("^ {0,3}(?:```|~~~)")
	// bullet is the beginning of an item of a list.
	bullet = regexp.MustCompile(`^(\s*)[-*+]\s+`)
	// headingMarks are those of a heading.
	headingMarks = regexp.MustCompile(`^#{1,6}\s+`)
	// tableRule is the line below a table's head.
	tableRule = regexp.MustCompile(`^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$`)
	// labelledLink is a link with words of its own, or a picture.
	labelledLink = regexp.MustCompile(`!?\[([^\[\]]*)\]\(\s*<?([^\s()<>]+)>?(?:\s+"[^"]*")?\s*\)`)
)

// plainWords returns what somebody wrote as they saw it, without markup: lists with bullets,
// tables as lines with their cells, links as words with the address behind.
func plainWords(text string) string {
	var lines []string
	code := false
	for line := range strings.SplitSeq(text, "\n") {
		switch {
		case codeFence.MatchString(line):
			code = !code
		case code:
			lines = append(lines, line)
		case strings.Contains(line, "|") && tableRule.MatchString(line):
		default:
			lines = append(lines, plainLine(line))
		}
	}
	return strings.Join(lines, "\n")
}

func plainLine(line string) string {
	lead := ""
	switch {
	case bullet.MatchString(line):
		m := bullet.FindStringSubmatch(line)
		lead, line = m[1]+"• ", line[len(m[0]):]
	case headingMarks.MatchString(line):
		line = headingMarks.ReplaceAllString(line, "")
	case strings.HasPrefix(line, "|") && strings.HasSuffix(strings.TrimSpace(line), "|") && strings.Count(line, "|") > 2:
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i, cell := range cells {
			cells[i] = strings.TrimSpace(cell)
		}
		line = strings.Join(cells, " | ")
	}
	line = labelledLink.ReplaceAllStringFunc(line, func(link string) string {
		m := labelledLink.FindStringSubmatch(link)
		if m[1] == "" || m[1] == m[2] {
			return m[2]
		}
		return m[1] + " (" + m[2] + ")"
	})
	return lead + markdown.Plain(line)
}
