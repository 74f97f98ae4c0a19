package commands

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
	"roundtable/chat"
	"roundtable/locale"
)

// audience is to whom something is said.
type audience struct {
	l       *locale.Locale
	zone    *time.Location // the network's, or the person's where they are told alone or there is none
	trigger string         // how a command begins: "/round"
}

// t is the message with the id in the language. Every message knows the command's
// trigger.
func (a audience) t(id string, args ...any) string {
	return a.l.T(id, append(args, "Trigger", a.trigger)...)
}

// when is an instant in the zone, as people say it.
func (a audience) when(t time.Time) string { return a.l.DateTime(t, a.zone) }

// period is a round's period as it stands in a sentence.
func (a audience) period(id benchmark.RoundID) string { return periodIn(a.l, id) }

// button opens a verb; the label is the message "button.<name>".
func (a audience) button(name, action, value string) chat.Button {
	return chat.Button{Label: a.t("button." + name), Action: action, Value: value}
}

// say replies with a message, and buttons if any.
func (r *request) say(text string, buttons ...chat.Button) chat.Reply {
	return chat.Reply{Message: new(message(text, buttons...))}
}

// message is a paragraph, with a row of buttons below.
func message(text string, buttons ...chat.Button) chat.Message {
	return chat.Message{Text: text, Blocks: append([]chat.Block{chat.Paragraph{Text: text}}, rows(buttons)...)}
}

// rows puts buttons into rows of at most five.
func rows(buttons []chat.Button) []chat.Block {
	var blocks []chat.Block
	for row := range slices.Chunk(buttons, 5) {
		blocks = append(blocks, chat.Buttons{Buttons: row})
	}
	return blocks
}

func primary(b chat.Button) chat.Button {
	b.Primary = true
	return b
}

// joinLines puts b on a line below a.
func joinLines(a, b string) string {
	if a == "" {
		return b
	}
	return a + "\n" + b
}

// clipText cuts a text after so many characters, at a word's end; an ellipsis shows it.
func clipText(text string, most int) string { return chat.Shorten(text, most) }

// maxNote is how much of a note is shown where the answer is what counts.
const maxNote = 300

// oneLine is the text without its line breaks and with one space between words.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// echoed is what was typed, short enough to be shown again and unable to ping.
func echoed(typed string) string {
	clean, err := freetext.Clean(typed, 1<<20)
	if err != nil {
		clean = ""
	}
	return chat.Shorten(chat.Quiet(clean), maxEchoed)
}

// maxEchoed is how much of what was typed is shown again where a reason follows, in
// characters.
const maxEchoed = 61

// maxGivenBack is how much of what was typed is given back to its writer, in
// characters.
const maxGivenBack = 300

// givenBack is what was typed as it is given back, on one line: long enough to be
// known again, and never so long that it is refused itself.
func givenBack(typed string) string {
	clean, err := freetext.Clean(typed, 1<<20)
	if err != nil {
		clean = ""
	}
	return clipText(oneLine(chat.Quiet(clean)), maxGivenBack)
}

// firstWord separates the first word from the rest.
func firstWord(text string) (first, rest string) {
	text = strings.TrimSpace(text)
	k := strings.IndexFunc(text, unicode.IsSpace)
	if k < 0 {
		return text, ""
	}
	return text[:k], strings.TrimSpace(text[k:])
}
