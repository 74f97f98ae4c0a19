package commands

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/chart"
	"roundtable/chat"
	"roundtable/locale"
)

// What keeps a message below what every platform takes (Mattermost: 16,383
// characters, Slack: 50 blocks), with some room for what an adapter adds.
const (
	maxCharacters = 14_000
	maxBlocks     = 44
	// maxOwnWordsLength is how much of a comparison's post people's own words may
	// take, in characters.
	maxOwnWordsLength = 8_000
	// maxOwnWords is how many of them are shown.
	maxOwnWords = 25
)

// comparisonBlocks are a view's words and picture. People's own words, notes or
// described practices, share the room that there is for them.
func comparisonBlocks(l *locale.Locale, v view.View, room int) (blocks []chat.Block, text string, err error) {
	caption := chart.Caption(l, v)
	title := oneLine(v.Indicator.Title)
	text = title + ": " + caption.Headline.String()
	blocks = append(blocks, chat.Heading{Text: title})
	picture, err := chart.Comparison(l, v)
	switch {
	case err == nil:
		blocks = append(blocks, chat.Picture{Name: picture.Name, Alt: picture.Alt, PNG: picture.PNG})
	case !errors.Is(err, chart.ErrNoPicture):
		return nil, "", err
	}
	blocks = append(blocks, chat.Paragraph{Text: caption.Lines()})
	blocks = append(blocks, ownWords(l, v, room, maxOwnWords)...)
	return append(blocks, quality(l, v)), text, nil
}

// ownWords are what organisations wrote: beside their figures, or about what
// they do.
func ownWords(l *locale.Locale, v view.View, room, most int) []chat.Block {
	var said []view.Mark
	for _, m := range v.Marks {
		if m.Note == "" && !m.NoteWithheld && v.Indicator.Kind == benchmark.Text && m.Answer == benchmark.Value {
			m.Note = l.T("relay.erased") // an answer in words, whose writer is erased
		}
		if m.Note != "" {
			said = append(said, m)
		}
	}
	if len(said) == 0 {
		return nil
	}
	left := len(said) - most
	if left > 0 {
		said = said[:most]
	}
	each := room / len(said)
	var blocks []chat.Block
	var notes []string
	for _, m := range said {
		words := clipText(chat.Quiet(m.Note), each)
		if v.Indicator.Kind == benchmark.Text && m.Answer == benchmark.Value {
			blocks = append(blocks, chat.Quote{Text: words, By: markName(l, v, m)})
			continue
		}
		if m.Answer != benchmark.Value {
			words = l.T("answer."+string(m.Answer)) + " · " + words
		}
		notes = append(notes, markName(l, v, m)+": "+words)
	}
	if len(notes) > 0 {
		blocks = append(blocks, chat.Items{Items: notes})
	}
	if left > 0 {
		blocks = append(blocks, chat.Footnote{Text: l.T("comparison.more-words", "Count", left)})
	}
	return blocks
}

// markName is what an organisation is called in a view. Where only one's own is
// shown, nobody has told people their letter.
func markName(l *locale.Locale, v view.View, m view.Mark) string {
	if v.Visibility == benchmark.Own && m.You {
		return l.T("comparison.you")
	}
	return m.Label
}

// quality is the small print of a comparison: which figures to read with care,
// by what definition, and how fresh they are.
func quality(l *locale.Locale, v view.View) chat.Block {
	var lines []string
	add := func(id string, marked func(m view.Mark) bool) {
		var who []string
		for _, m := range v.Marks {
			if marked(m) {
				who = append(who, markName(l, v, m))
			}
		}
		if len(who) > 0 {
			lines = append(lines, l.T("quality."+id, "Who", clipText(l.List(who), maxNamesLength)))
		}
	}
	add("late", func(m view.Mark) bool { return m.Late })
	add("corrected", func(m view.Mark) bool { return m.Corrected })
	add("confirmed", func(m view.Mark) bool { return m.Confirmed })
	add("note-withheld", func(m view.Mark) bool { return m.NoteWithheld && !m.You })
	if slices.ContainsFunc(v.Marks, func(m view.Mark) bool { return m.NoteWithheld && m.You }) {
		lines = append(lines, l.T("quality.note-yours"))
	}
	if v.Questions > 0 {
		lines = append(lines, l.T("quality.questions", "Count", v.Questions))
	}
	fresh := "quality.closed"
	if v.Recorded {
		fresh = "quality.recorded"
	}
	lines = append(lines, l.T(fresh, "Version", v.Indicator.Since, "Date", l.Date(v.Closed, v.Closed.Location())))
	return chat.Footnote{Text: strings.Join(lines, " ")}
}

// maxNamesLength is how much room the names of organisations may take there, in
// characters.
const maxNamesLength = 300

// characters is how many characters the strictest platform counts in blocks.
func characters(blocks []chat.Block) int {
	n := 0
	add := func(text string) { n += utf8.RuneCountInString(text) }
	for _, b := range blocks {
		eachText(b, add)
		switch b := b.(type) {
		case chat.Picture:
			add(b.Name + b.Alt + b.Title)
		case chat.File:
			add(b.Name)
		case chat.Buttons:
			for _, x := range b.Buttons {
				add(x.Label)
			}
		}
	}
	return n
}

// eachText gives what is read of a block: nothing of pictures, files and buttons.
func eachText(b chat.Block, give func(text string)) {
	switch b := b.(type) {
	case chat.Heading:
		give(b.Text)
	case chat.Paragraph:
		give(b.Text)
	case chat.Quote:
		give(b.Text)
		give(b.By)
	case chat.Items:
		for _, text := range b.Items {
			give(text)
		}
	case chat.Facts:
		for _, f := range b.Facts {
			give(f.Name)
			give(f.Value)
		}
	case chat.Footnote:
		give(b.Text)
	}
}

// fits says whether more blocks can stand in a message that has an
// introduction and buttons besides.
func fits(blocks, more []chat.Block) bool {
	return len(blocks)+len(more) <= maxBlocks-6 && characters(blocks)+characters(more) <= maxCharacters-2000
}
