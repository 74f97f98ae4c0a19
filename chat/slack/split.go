package slack

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"roundtable/chat"
)

// postPart is one post of what may take several: Slack's blocks, and what they say
// in words.
type postPart struct {
	text   string
	blocks []slack.Block
	images map[string]chat.Picture // by the id of the uploaded file
	// words notes whether pictures and files of the message go in words; all parts of
	// a message share it.
	words *shortfall
	// unshown are pictures that Slack would not show in their place.
	unshown []chat.Picture
	// aside are those that were uploaded to be shared in the thread instead.
	aside []uploaded
}

// divide lays pieces out over as few posts as hold them, in order. A heading
// does not stand last.
func divide(m chat.Message, all []piece) []postPart {
	var groups [][]piece
	var group []piece
	blocks, characters := 0, 0
	flush := func() {
		if len(group) > 0 {
			groups = append(groups, group)
		}
		group, blocks, characters = nil, 0, 0
	}
	for _, p := range all {
		// Two blocks are kept for saying that there is more.
		if blocks+len(p.blocks) > maxBlocks-2 || characters+p.characters > maxCharacters {
			var carried []piece
			for len(group) > 1 && group[len(group)-1].heading {
				carried = append([]piece{group[len(group)-1]}, carried...)
				group = group[:len(group)-1]
			}
			flush()
			for _, c := range carried {
				group, blocks, characters = append(group, c), blocks+len(c.blocks), characters+c.characters
			}
		}
		group, blocks, characters = append(group, p), blocks+len(p.blocks), characters+p.characters
	}
	flush()
	parts := make([]postPart, len(groups))
	for i, g := range groups {
		parts[i].text = fallback(m.Text)
		if i > 0 {
			parts[i].text = fallback(fmt.Sprintf("… %d/%d: %s", i+1, len(groups), m.Text))
			parts[i].blocks = append(parts[i].blocks, smallPrint(fmt.Sprintf("… %d/%d", i+1, len(groups)))...)
		}
		for _, p := range g {
			parts[i].blocks = append(parts[i].blocks, p.blocks...)
		}
		if i == 0 && len(groups) > 1 {
			parts[i].blocks = append(parts[i].blocks, smallPrint(fmt.Sprintf("1/%d …", len(groups)))...)
		}
	}
	return parts
}

// cut splits a text into parts of at most so many characters, where possible
// between paragraphs, lines, sentences or words. Nothing but the white space
// between parts is lost.
func cut(text string, most int) []string {
	var parts []string
	for length(text) > most {
		head := string([]rune(text)[:most])
		at := len(head)
		for _, end := range []string{"\n\n", "\n", ". ", " "} {
			if i := strings.LastIndex(head, end); i > len(head)/2 {
				at = i + len(strings.TrimRight(end, " \n"))
				break
			}
		}
		if part := strings.TrimRight(text[:at], " \n"); part != "" {
			parts = append(parts, part)
		}
		text = strings.TrimLeft(text[at:], " \n")
	}
	if strings.TrimSpace(text) != "" || len(parts) == 0 {
		parts = append(parts, text)
	}
	return parts
}

// options are how a part is posted.
func (t postPart) options(thread string, about *slack.SlackMetadata) []slack.MsgOption {
	options := []slack.MsgOption{
		slack.MsgOptionText(t.text, false), // escaped already
		slack.MsgOptionBlocks(t.blocks...),
	}
	if thread != "" {
		options = append(options, slack.MsgOptionTS(thread))
	}
	if about != nil {
		options = append(options, slack.MsgOptionMetadata(*about))
	}
	return options
}

// fallback is a message's text beside its blocks. When it is cut short no escaped
// character is cut in two: "&am…" would be read as it stands.
func fallback(text string) string {
	text = chat.Shorten(escape(text), maxFallback)
	if head, cut := strings.CutSuffix(text, "…"); cut {
		if at := strings.LastIndexByte(head, '&'); at >= 0 && !strings.Contains(head[at:], ";") {
			return head[:at] + "…"
		}
	}
	return text
}
