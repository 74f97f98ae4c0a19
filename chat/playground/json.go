package playground

import (
	"encoding/json"
	"errors"
	"fmt"

	"roundtable/chat"
)

// messageJSON is a chat.Message as JSON: its blocks are an interface, so each
// is written under the name of its kind. Pictures' and files' bytes are base64.
type messageJSON struct {
	Text   string      `json:"text"`
	Key    string      `json:"key,omitempty"`
	Blocks []blockJSON `json:"blocks,omitempty"`
}

type blockJSON struct {
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

func messageToJSON(m chat.Message) (messageJSON, error) {
	w := messageJSON{Text: m.Text, Key: m.Key}
	for _, b := range m.Blocks {
		var wb blockJSON
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

func (w messageJSON) message() (chat.Message, error) {
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
	w, err := messageToJSON(p.Message)
	if err != nil {
		return nil, err
	}
	return json.Marshal(struct {
		plainPost
		Message messageJSON `json:"message"`
	}{plainPost(p), w})
}

// UnmarshalJSON implements [json.Unmarshaler].
func (p *Post) UnmarshalJSON(data []byte) error {
	var w struct {
		plainPost
		Message messageJSON `json:"message"`
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
	w, err := messageToJSON(e.Message)
	if err != nil {
		return nil, err
	}
	return json.Marshal(struct {
		plainEdit
		Message messageJSON `json:"message"`
	}{plainEdit(e), w})
}

// UnmarshalJSON implements [json.Unmarshaler].
func (e *Edit) UnmarshalJSON(data []byte) error {
	var w struct {
		plainEdit
		Message messageJSON `json:"message"`
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	*e = Edit(w.plainEdit)
	var err error
	e.Message, err = w.Message.message()
	return err
}
