package mattermost

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// maxMessage is the length of a post's message in characters
// (model.PostMessageMaxRunesV2). What is longer goes on in attachments, which
// have no limit of their own.
const maxMessage = model.PostMessageMaxRunesV2

// file is a picture or document of a message.
type file struct {
	name string
	data []byte
}

// rendered is a message in Mattermost's terms: markdown, then attachments with
// buttons and what stands below them, then files.
type rendered struct {
	message     string
	attachments []*model.MessageAttachment
	files       []file
}

// render puts a message into Mattermost's terms, in its order. button makes what
// is pressed; where it is nil there are none.
func render(m chat.Message, button func(chat.Button) (*model.PostAction, error)) (rendered, error) {
	return renderInWords(m, button, nil)
}

// renderInWords is render where the server doesn't take all files: those named are in
// words. What pictures show stands in the message anyhow.
func renderInWords(m chat.Message, button func(chat.Button) (*model.PostAction, error), refused map[string]bool) (rendered, error) {
	w := writer{button: button, refused: refused}
	if len(m.Blocks) == 0 {
		w.write(escape(m.Text))
	}
	for _, b := range m.Blocks {
		if err := w.block(b); err != nil {
			return rendered{}, err
		}
	}
	w.flush(nil)
	if w.out.message == "" && len(w.out.attachments) > 0 {
		w.out.attachments[0].Fallback = chat.Quiet(m.Text)
	}
	return w.out, nil
}

type writer struct {
	out     rendered
	button  func(chat.Button) (*model.PostAction, error)
	pending []string // text since the last buttons
	runes   int      // of it
	refused map[string]bool
	below   bool // the message is finished; text goes into attachments
	buttons int
}

// blockSeparator separates blocks.
const blockSeparator = "\n\n"

func (w *writer) write(text string) {
	n := utf8.RuneCountInString(text) + len(blockSeparator)
	if w.runes+n > maxMessage {
		w.flush(nil)
	}
	if n > maxMessage {
		w.below = true
	}
	w.pending, w.runes = append(w.pending, text), w.runes+n
}

// flush finishes the text so far, with the buttons below it.
func (w *writer) flush(actions []*model.PostAction) {
	text := strings.Join(w.pending, blockSeparator)
	w.pending, w.runes = nil, 0
	if !w.below {
		w.below = true
		w.out.message = text
		text = ""
	}
	if text != "" || len(actions) > 0 {
		w.out.attachments = append(w.out.attachments, &model.MessageAttachment{Text: text, Actions: actions})
	}
}

func (w *writer) block(b chat.Block) error {
	switch b := b.(type) {
	case chat.Heading:
		text := inline(oneLine(b.Text), ' ')
		if strings.HasSuffix(text, "#") {
			text += zeroWidth // or it would end the heading
		}
		w.write("#### " + text)
	case chat.Paragraph:
		w.write(escape(b.Text))
	case chat.Quote:
		text := escape(b.Text)
		if b.By != "" {
			text += "\n— " + inline(oneLine(b.By), ' ')
		}
		w.write("> " + strings.ReplaceAll(text, "\n", "\n> "))
	case chat.Items:
		lines := make([]string, len(b.Items))
		for i, it := range b.Items {
			lines[i] = "- " + strings.ReplaceAll(escape(it), "\n", "\n  "+zeroWidth)
		}
		w.write(strings.Join(lines, "\n"))
	case chat.Facts:
		lines := make([]string, len(b.Facts))
		for i, f := range b.Facts {
			lines[i] = "**" + inline(oneLine(f.Name), ' ') + ":** " + escape(f.Value)
		}
		w.write(strings.Join(lines, "\n"))
	case chat.Picture:
		text := "🖼 " + escape(b.Alt)
		if b.Title != "" {
			text = "**" + inline(oneLine(b.Title), ' ') + zeroWidth + "**\n" + text
		}
		w.write(text)
		w.out.files = append(w.out.files, file{b.Name, b.PNG})
	case chat.File:
		if w.refused[b.Name] {
			w.write("📎 " + escape(oneLine(b.Name)))
		}
		w.out.files = append(w.out.files, file{b.Name, b.Data})
	case chat.Footnote:
		w.write(italic(b.Text))
	case chat.Buttons:
		return w.row(b.Buttons)
	}
	return nil
}

func (w *writer) row(buttons []chat.Button) error {
	if w.button == nil {
		return nil
	}
	actions := make([]*model.PostAction, len(buttons))
	for i, b := range buttons {
		a, err := w.button(b)
		if err != nil {
			return err
		}
		// The server wants ids of letters and digits, each once in a post.
		a.Id = "b" + strconv.Itoa(w.buttons)
		w.buttons++
		actions[i] = a
	}
	w.flush(actions)
	return nil
}

// italic is small print: each line in italics.
func italic(text string) string {
	lines := strings.Split(escape(text), "\n")
	for i, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			lines[i] = "_" + line + "_"
		}
	}
	return strings.Join(lines, "\n")
}

func oneLine(text string) string { return chat.Quiet(strings.Join(strings.Fields(text), " ")) }
