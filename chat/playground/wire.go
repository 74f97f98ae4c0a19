package playground

import (
	"encoding/json"
	"errors"
	"fmt"

	"roundtable/chat"
)

// wireMessage is a chat.Message as JSON: its blocks are an interface, so each
// is written under the name of its kind. Pictures' and files' bytes are base64.
type wireMessage struct {
	Text   string      `json:"text"`
	Key    string      `json:"key,omitempty"`
	Blocks []wireBlock `json:"blocks,omitempty"`
}

type wireBlock struct {
	Heading   *chat.Heading   `json:"heading,omitempty"`
	Paragraph *chat.Paragraph `json:"paragraph,omitempty"`
	Quote     *chat.Quote     `json:"quote,omitempty"`
	Items     *chat.Items     `json:"items,omitempty"`
	Facts     *chat.Facts     `json:"facts,omitempty"`
	Picture   *chat.Picture   `json:"picture,omitempty"`
	File      *chat.File      `json:"file,omitempty"`
	Footnote  *chat.Footnote  `json:"footnote,omitempty"`
	Buttons   *chat.Buttons   `json:"buttons,omitempty"`
}

func toWire(m chat.Message) (wireMessage, error) {
	w := wireMessage{Text: m.Text, Key: m.Key}
	for _, b := range m.Blocks {
		var wb wireBlock
		switch b := b.(type) {
		case chat.Heading:
			wb.Heading = &b
		case chat.Paragraph:
			wb.Paragraph = &b
		case chat.Quote:
			wb.Quote = &b
		case chat.Items:
			wb.Items = &b
		case chat.Facts:
			wb.Facts = &b
		case chat.Picture:
			wb.Picture = &b
		case chat.File:
			wb.File = &b
		case chat.Footnote:
			wb.Footnote = &b
		case chat.Buttons:
			wb.Buttons = &b
		default:
			return w, fmt.Errorf("a block of the unknown kind %T", b)
		}
		w.Blocks = append(w.Blocks, wb)
	}
	return w, nil
}

func (w wireMessage) message() (chat.Message, error) {
	m := chat.Message{Text: w.Text, Key: w.Key}
	for _, wb := range w.Blocks {
		var b chat.Block
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
			return chat.Message{}, errors.New("a block of an unknown kind")
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
func copied(m chat.Message) chat.Message {
	blocks := m.Blocks
	m.Blocks = nil
	for _, b := range blocks {
		switch x := b.(type) {
		case chat.Items:
			b = chat.Items{Items: append([]string(nil), x.Items...)}
		case chat.Facts:
			b = chat.Facts{Facts: append([]chat.Fact(nil), x.Facts...)}
		case chat.Buttons:
			b = chat.Buttons{Buttons: append([]chat.Button(nil), x.Buttons...)}
		case chat.Picture:
			x.PNG = append([]byte(nil), x.PNG...)
			b = x
		case chat.File:
			x.Data = append([]byte(nil), x.Data...)
			b = x
		}
		m.Blocks = append(m.Blocks, b)
	}
	return m
}

// copiedForm returns a form that shares no memory with f.
func copiedForm(f chat.Form) chat.Form {
	f.Fields = append([]chat.Field(nil), f.Fields...)
	for i := range f.Fields {
		f.Fields[i].Options = append([]chat.Option(nil), f.Fields[i].Options...)
	}
	return f
}
