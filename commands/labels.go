package commands

import (
	"slices"

	"roundtable/chat"
)

// tellButtonsApart numbers a message's buttons that were cut to the same words. The rows
// are the message's own.
func tellButtonsApart(m chat.Message) chat.Message {
	var labels []string
	for _, b := range m.Blocks {
		if row, is := b.(chat.Buttons); is {
			for _, button := range row.Buttons {
				labels = append(labels, button.Label)
			}
		}
	}
	told := chat.TellApart(labels, chat.MaxLabel)
	if slices.Equal(labels, told) {
		return m
	}
	m.Blocks = slices.Clone(m.Blocks)
	at := 0
	for k, b := range m.Blocks {
		if row, is := b.(chat.Buttons); is {
			buttons := slices.Clone(row.Buttons)
			for i := range buttons {
				buttons[i].Label = told[at]
				at++
			}
			m.Blocks[k] = chat.Buttons{Buttons: buttons}
		}
	}
	return m
}

// tellFieldsApart numbers a form's fields, and the options of each, that were cut to the
// same words.
func tellFieldsApart(f chat.Form) chat.Form {
	f.Fields = slices.Clone(f.Fields)
	labels := make([]string, len(f.Fields))
	for k, field := range f.Fields {
		labels[k] = field.Label
		if len(field.Options) == 0 {
			continue
		}
		options := make([]string, len(field.Options))
		for i, o := range field.Options {
			options[i] = o.Label
		}
		f.Fields[k].Options = slices.Clone(field.Options)
		for i, label := range chat.TellApart(options, chat.MaxLabel) {
			f.Fields[k].Options[i].Label = label
		}
	}
	for k, label := range chat.TellApart(labels, chat.MaxLabel) {
		f.Fields[k].Label = label
	}
	return f
}
