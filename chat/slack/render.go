package slack

import (
	"regexp"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"roundtable/chat"
)

// A piece is what one block of a message becomes: blocks that stay together, and
// how many characters are in them.
type piece struct {
	blocks     []slack.Block
	characters int
	heading    bool
}

// pieces renders a message's blocks; files are the ids of its uploaded pictures,
// by the block's place. A message without blocks is its text.
func pieces(m chat.Message, files map[int]string) []piece {
	blocks := m.Blocks
	if len(blocks) == 0 {
		blocks = []chat.Block{chat.Paragraph{Text: m.Text}}
	}
	var all []piece
	for i, b := range blocks {
		all = append(all, render(b, files[i])...)
	}
	return all
}

// render turns one block into Slack's.
func render(b chat.Block, file string) []piece {
	switch b := b.(type) {
	case chat.Heading:
		return heading(b.Text)
	case chat.Paragraph:
		return paragraphs(b.Text)
	case chat.Quote:
		return quote(b)
	case chat.Items:
		return items(b.Items)
	case chat.Facts:
		return facts(b.Facts)
	case chat.Picture:
		return picture(b, file)
	case chat.File:
		return footnote(fileWords(b))
	case chat.Footnote:
		return footnote(b.Text)
	case chat.Buttons:
		return buttons(b.Buttons)
	}
	return nil // chat.Message.Check knows no others
}

// label is a text without any markup.
func label(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, chat.Quiet(text), false, false)
}

func length(text string) int { return utf8.RuneCountInString(text) }

// heading is a header or, when it is too long for one, a bold line.
func heading(text string) []piece {
	if length(text) <= maxHeader {
		return []piece{{blocks: []slack.Block{slack.NewHeaderBlock(label(text))}, characters: length(text), heading: true}}
	}
	var all []piece
	for _, part := range cut(text, maxSection) {
		bold := slack.NewRichTextSectionTextElement(chat.Quiet(part), &slack.RichTextSectionTextStyle{Bold: true})
		all = append(all, rich(part, slack.NewRichTextSection(bold)))
	}
	return all
}

// rich is a piece of rich text, whose characters are those of text.
func rich(text string, elements ...slack.RichTextElement) piece {
	return piece{blocks: []slack.Block{slack.NewRichTextBlock("", elements...)}, characters: length(text)}
}

func paragraphs(text string) []piece {
	var all []piece
	for _, part := range cut(text, maxSection) {
		all = append(all, rich(part, slack.NewRichTextSection(linked(part)...)))
	}
	return all
}

// address matches a web address in running text, without the punctuation behind
// it.
var address = regexp.MustCompile(`https?://[^\s<>"'|]*[^\s<>"'|.,:;!?()\[\]]`)

// linked is text in which web addresses can be followed. Rich text is not parsed
// by Slack, so nothing else in it is markup.
func linked(text string) []slack.RichTextSectionElement {
	text = chat.Quiet(text)
	var all []slack.RichTextSectionElement
	plain := func(s string) {
		if s != "" {
			all = append(all, slack.NewRichTextSectionTextElement(s, nil))
		}
	}
	at := 0
	for _, found := range address.FindAllStringIndex(text, -1) {
		plain(text[at:found[0]])
		all = append(all, slack.NewRichTextSectionLinkElement(text[found[0]:found[1]], "", nil))
		at = found[1]
	}
	plain(text[at:])
	return all
}

// quote is what somebody wrote, indented, with who it was below.
func quote(q chat.Quote) []piece {
	var all []piece
	for _, part := range cut(q.Text, maxSection) {
		all = append(all, rich(part, &slack.RichTextQuote{Type: slack.RTEQuote, Elements: linked(part)}))
	}
	if q.By != "" {
		by := "— " + q.By
		last := &all[len(all)-1]
		last.blocks = append(last.blocks, smallPrint(by)...)
		last.characters += length(by)
	}
	return all
}

// items is a list with bullets, or several when it is long.
func items(texts []string) []piece {
	var all []piece
	var rows []slack.RichTextElement
	characters := 0
	flush := func() {
		if len(rows) > 0 {
			list := slack.NewRichTextList(slack.RTEListBullet, 0, rows...)
			all = append(all, piece{blocks: []slack.Block{slack.NewRichTextBlock("", list)}, characters: characters})
		}
		rows, characters = nil, 0
	}
	for _, text := range texts {
		for _, part := range cut(text, maxSection) {
			if characters+length(part) > maxSection {
				flush()
			}
			rows = append(rows, slack.NewRichTextSection(linked(part)...))
			characters += length(part)
		}
	}
	flush()
	return all
}

// facts are two columns, or lines where a value is too long for one.
func facts(list []chat.Fact) []piece {
	var all []piece
	var fields []*slack.TextBlockObject
	characters := 0
	flush := func() {
		if len(fields) > 0 {
			all = append(all, piece{blocks: []slack.Block{slack.NewSectionBlock(nil, fields, nil)}, characters: characters})
		}
		fields, characters = nil, 0
	}
	for _, f := range list {
		if length(f.Name) > maxField || length(f.Value) > maxField {
			flush()
			all = append(all, paragraphs(f.Name+": "+f.Value)...)
			continue
		}
		fields = append(fields, label(f.Name), label(f.Value))
		characters += length(f.Name) + length(f.Value)
		if len(fields) == maxFields {
			flush()
		}
	}
	flush()
	return all
}

// picture is an image or, when Slack does not have the file, what it shows in
// words.
func picture(b chat.Picture, file string) []piece {
	if file == "" {
		return footnote(pictureWords(b))
	}
	var title *slack.TextBlockObject
	if b.Title != "" {
		title = label(chat.Shorten(b.Title, maxTitle))
	}
	alt := chat.Shorten(chat.Quiet(b.Alt), maxAlt)
	image := slack.NewImageBlockSlackFile(&slack.SlackFileObject{ID: file}, alt, "", title)
	return []piece{{blocks: []slack.Block{image}, characters: length(b.Title) + length(alt)}}
}

func pictureWords(b chat.Picture) string {
	if b.Title == "" {
		return "🖼 " + b.Alt
	}
	return "🖼 " + b.Title + ": " + b.Alt
}

func fileWords(b chat.File) string { return "📎 " + b.Name }

func footnote(text string) []piece {
	return []piece{{blocks: smallPrint(text), characters: length(text)}}
}

// smallPrint is text that does not press itself forward.
func smallPrint(text string) []slack.Block {
	var all []slack.Block
	for _, part := range cut(text, maxField) {
		all = append(all, slack.NewContextBlock("", label(part)))
	}
	return all
}

// buttons is a row.
func buttons(row []chat.Button) []piece {
	var all []slack.BlockElement
	characters := 0
	for i, b := range row {
		button := slack.NewButtonBlockElement(actionID(i, b), b.Value, label(chat.Shorten(b.Label, maxButton)))
		if b.Primary {
			button.Style = slack.StylePrimary
		}
		all = append(all, button)
		characters += length(b.Label)
	}
	return []piece{{blocks: []slack.Block{slack.NewActionBlock("", all...)}, characters: characters}}
}
