package playground

import (
	"encoding/json"
	"errors"
	"fmt"

	"roundtable/bot"
)

// wireMessage is a bot.Message as JSON: its blocks are an interface, so each
// is written under the name of its kind. Pictures' and files' bytes are base64.
type wireMessage struct {
	Text   string      `json:"text"`
	Key    string      `json:"key,omitempty"`
	Blocks []wireBlock `json:"blocks,omitempty"`
}

type wireBlock struct {
	Heading   *bot.Heading   `json:"heading,omitempty"`
	Paragraph *bot.Paragraph `json:"paragraph,omitempty"`
	Quote     *bot.Quote     `json:"quote,omitempty"`
	Items     *bot.Items     `json:"items,omitempty"`
	Facts     *bot.Facts     `json:"facts,omitempty"`
	Picture   *bot.Picture   `json:"picture,omitempty"`
	File      *bot.File      `json:"file,omitempty"`
	Footnote  *bot.Footnote  `json:"footnote,omitempty"`
	Buttons   *bot.Buttons   `json:"buttons,omitempty"`
}

func toWire(m bot.Message) (wireMessage, error) {
	w := wireMessage{Text: m.Text, Key: m.Key}
	for _, b := range m.Blocks {
		var wb wireBlock
		switch b := b.(type) {
		case bot.Heading:
			wb.Heading = &b
		case bot.Paragraph:
			wb.Paragraph = &b
		case bot.Quote:
			wb.Quote = &b
		case bot.Items:
			wb.Items = &b
		case bot.Facts:
			wb.Facts = &b
		case bot.Picture:
			wb.Picture = &b
		case bot.File:
			wb.File = &b
		case bot.Footnote:
			wb.Footnote = &b
		case bot.Buttons:
			wb.Buttons = &b
		default:
			return w, fmt.Errorf("a block of the unknown kind %T", b)
		}
		w.Blocks = append(w.Blocks, wb)
	}
	return w, nil
}

func (w wireMessage) message() (bot.Message, error) {
	m := bot.Message{Text: w.Text, Key: w.Key}
	for _, wb := range w.Blocks {
		var b bot.Block
		switch {
		case wb.Heading != nil:
			b = *wb.Heading
		case wb.Paragraph != nil:
			b = *wb.Paragraph
		case wb.Quote != nil:
			b = *wb.Quote
		case wb.Items != nil:
			b = *wb.Items
		case wb.Facts != nil:
			b = *wb.Facts
		case wb.Picture != nil:
			b = *wb.Picture
		case wb.File != nil:
			b = *wb.File
		case wb.Footnote != nil:
			b = *wb.Footnote
		case wb.Buttons != nil:
			b = *wb.Buttons
		default:
			return bot.Message{}, errors.New("a block of an unknown kind")
		}
		m.Blocks = append(m.Blocks, b)
	}
	return m, nil
}

// plainPost and plainEdit are Post and Edit without their JSON methods; the
// Message of the struct around them hides theirs.
type (
	plainPost Post
	plainEdit Edit
)

// MarshalJSON implements [json.Marshaler].
func (p Post) MarshalJSON() ([]byte, error) {
	w, err := toWire(p.Message)
	if err != nil {
		return nil, err
	}
	return json.Marshal(struct {
		plainPost
		Message wireMessage `json:"message"`
	}{plainPost(p), w})
}

// UnmarshalJSON implements [json.Unmarshaler].
func (p *Post) UnmarshalJSON(data []byte) error {
	var w struct {
		plainPost
		Message wireMessage `json:"message"`
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	*p = Post(w.plainPost)
	var err error
	p.Message, err = w.Message.message()
	return err
}

// MarshalJSON implements [json.Marshaler].
func (e Edit) MarshalJSON() ([]byte, error) {
	w, err := toWire(e.Message)
	if err != nil {
		return nil, err
	}
	return json.Marshal(struct {
		plainEdit
		Message wireMessage `json:"message"`
	}{plainEdit(e), w})
}

// UnmarshalJSON implements [json.Unmarshaler].
func (e *Edit) UnmarshalJSON(data []byte) error {
	var w struct {
		plainEdit
		Message wireMessage `json:"message"`
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	*e = Edit(w.plainEdit)
	var err error
	e.Message, err = w.Message.message()
	return err
}

// copied returns a message that shares no memory with m, so that a caller who
// changes theirs does not change the chat.
func copied(m bot.Message) bot.Message {
	blocks := m.Blocks
	m.Blocks = nil
	for _, b := range blocks {
		switch x := b.(type) {
		case bot.Items:
			b = bot.Items{Items: append([]string(nil), x.Items...)}
		case bot.Facts:
			b = bot.Facts{Facts: append([]bot.Fact(nil), x.Facts...)}
		case bot.Buttons:
			b = bot.Buttons{Buttons: append([]bot.Button(nil), x.Buttons...)}
		case bot.Picture:
			x.PNG = append([]byte(nil), x.PNG...)
			b = x
		case bot.File:
			x.Data = append([]byte(nil), x.Data...)
			b = x
		}
		m.Blocks = append(m.Blocks, b)
	}
	return m
}

// copiedForm returns a form that shares no memory with f.
func copiedForm(f bot.Form) bot.Form {
	f.Fields = append([]bot.Field(nil), f.Fields...)
	for i := range f.Fields {
		f.Fields[i].Options = append([]bot.Option(nil), f.Fields[i].Options...)
	}
	return f
}
