package slack

import (
	"regexp"
	"strings"

	"roundtable/chat"
	"roundtable/chat/adapter"
)

// escape makes of a writer's text one that Slack reads as nothing but text where
// it reads markup, such as a message's fallback: no mention, no link.
func escape(text string) string { return escapes.Replace(chat.Quiet(text)) }

var (
	escapes   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	unescapes = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")
)

// marked matches what stands in angle brackets in a text from Slack: a mention,
// a channel, a link. In plain text brackets come escaped.
var marked = regexp.MustCompile(`<([^<>]*)>`)

// mrkdwn is how Slack has what people mark in what they write.
var mrkdwn = adapter.Markup{Pairs: []string{"*", "_", "~"}}

// plain returns a text from Slack as its writer saw it: mentions and links as
// words, emoji as themselves, what is bold or code without marks. name returns what a
// user is called, or "".
func plain(text string, name func(user string) string) string {
	parts := strings.Split(unbracketed(text, name), codeFence)
	for i, part := range parts {
		if i%2 == 1 && i < len(parts)-1 {
			parts[i] = strings.Trim(part, "\n") // code stays as it is
			continue
		}
		lines := strings.Split(part, "\n")
		for k, line := range lines {
			lines[k] = mrkdwn.Plain(line)
		}
		parts[i] = strings.Join(lines, "\n")
	}
	if len(parts)%2 == 0 { // the last fence has no second
		last := len(parts) - 1
		parts[last-1] += codeFence + parts[last]
		parts = parts[:last]
	}
	return strings.Join(parts, "")
}

// codeFence begins and ends code on several lines.
const codeFence = "```"

// unbracketed is a text with what stands in angle brackets as words.
func unbracketed(text string, name func(user string) string) string {
	var b strings.Builder
	for {
		at := marked.FindStringSubmatchIndex(text)
		if at == nil {
			b.WriteString(unescapes.Replace(text))
			return b.String()
		}
		b.WriteString(unescapes.Replace(text[:at[0]]))
		b.WriteString(unescapes.Replace(words(text[at[2]:at[3]], name)))
		text = text[at[1]:]
	}
}

// words returns what stands in angle brackets as people see it.
func words(inside string, name func(user string) string) string {
	target, label, labelled := strings.Cut(inside, "|")
	switch {
	case strings.HasPrefix(target, "@"):
		if !labelled || label == "" {
			label = name(target[1:])
		}
		if label == "" {
			return target
		}
		return "@" + strings.TrimPrefix(label, "@")
	case strings.HasPrefix(target, "#"):
		if label == "" {
			return target
		}
		return "#" + strings.TrimPrefix(label, "#")
	case strings.HasPrefix(target, "!"):
		if label != "" {
			return label
		}
		broadcast, _, _ := strings.Cut(target[1:], "^")
		return "@" + broadcast
	case !labelled || label == "" || strings.HasSuffix(target, "mailto:"+label) || strings.HasSuffix(target, "://"+label):
		if label != "" {
			return label
		}
		return strings.TrimPrefix(target, "mailto:")
	case strings.HasPrefix(target, "mailto:"), strings.HasPrefix(target, "tel:"), target == label:
		return label
	default:
		return label + " (" + target + ")"
	}
}

// addressed looks for a mention of the bot. It returns the command that was
// given to it: what stands behind the mention or, when nothing does, before it.
func addressed(text, botUser string) (command string, is bool) {
	if botUser == "" {
		return "", false
	}
	for _, at := range marked.FindAllStringIndex(text, -1) {
		target, _, _ := strings.Cut(text[at[0]+1:at[1]-1], "|")
		if target != "@"+botUser {
			continue
		}
		before, after := strings.TrimSpace(text[:at[0]]), strings.TrimSpace(text[at[1]:])
		if after = strings.TrimSpace(strings.TrimLeft(after, ",:")); after != "" {
			return after, true
		}
		return before, true
	}
	return "", false
}
