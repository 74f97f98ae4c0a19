package slack

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/slack-go/slack"

	"roundtable/chat"
)

// modal renders a form. Every form shown gets block ids of its own, since Slack
// keeps what stands in a field whose ids stay the same.
func (m *modals) modal(o *session) slack.ModalViewRequest {
	f := o.form
	var blocks []slack.Block
	add := func(all []piece) {
		for _, piece := range all {
			blocks = append(blocks, piece.blocks...)
		}
	}
	if f.Error != "" {
		add(paragraphs("⚠️ " + f.Error))
	}
	if f.Intro != "" {
		add(paragraphs(f.Intro))
	}
	section := ""
	for _, field := range f.Fields {
		if field.Section != "" && field.Section != section {
			add(heading(field.Section))
		}
		section = field.Section
		blocks = append(blocks, m.input(o, field))
		if field.Error != "" {
			blocks = append(blocks, smallPrint(chat.Shorten("⚠️ "+field.Error, maxField))...)
		}
	}
	view := slack.ModalViewRequest{
		Type: slack.VTModal, Title: label(chat.Shorten(f.Title, chat.MaxTitle)), Submit: label(chat.Shorten(f.Submit, chat.MaxTitle)),
		Blocks: slack.Blocks{BlockSet: blocks}, PrivateMetadata: o.metadata(), CallbackID: "form",
	}
	if len(blocks) == 0 { // a form that only asks "sure?" in its title
		view.Blocks.BlockSet = smallPrint(f.Title)
	}
	return view
}

// input renders one field. Its action id is the field's name.
func (m *modals) input(o *session, f chat.Field) *slack.InputBlock {
	var element slack.BlockElement
	switch f.Kind {
	case chat.Choice:
		var options []*slack.OptionBlockObject
		var chosen *slack.OptionBlockObject
		for _, o := range f.Options {
			option := slack.NewOptionBlockObject(o.Value, label(o.Label), nil)
			options = append(options, option)
			if o.Value == f.Value {
				chosen = option
			}
		}
		list := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, placeholder(f), f.Name, options...)
		list.InitialOption = chosen
		element = list
	case chat.Check:
		yes := slack.NewOptionBlockObject("yes", label(m.people.say(o.place.user.id, "platform.form-yes")), nil)
		box := slack.NewCheckboxGroupsBlockElement(f.Name, yes)
		if f.Value == "yes" {
			box.InitialOptions = []*slack.OptionBlockObject{yes}
		}
		element = box
	case chat.Line, chat.Area:
		text := slack.NewPlainTextInputBlockElement(placeholder(f), f.Name)
		text.Multiline, text.MaxLength, text.InitialValue = f.Kind == chat.Area, f.Longest(), f.Value
		if !text.Multiline {
			text.InitialValue = strings.Join(strings.FieldsFunc(f.Value, func(r rune) bool { return r == '\n' || r == '\r' }), " ")
		}
		element = text
	}
	var hint *slack.TextBlockObject
	if f.Help != "" {
		hint = label(chat.Shorten(f.Help, maxHint))
	}
	block := slack.NewInputBlock(o.blockID(f.Name), label(f.Label), hint, element)
	// Slack would want a box that must be filled in to be ticked.
	block.Optional = f.Optional || f.Kind == chat.Check
	return block
}

func placeholder(f chat.Field) *slack.TextBlockObject {
	if f.Placeholder == "" {
		return nil
	}
	return label(chat.Shorten(f.Placeholder, chat.MaxPlaceholder))
}

// notice is a modal that asks nothing.
func (m *modals) notice(user, title, text string) slack.ModalViewRequest {
	var blocks []slack.Block
	for _, piece := range paragraphs(m.people.say(user, text)) {
		blocks = append(blocks, piece.blocks...)
	}
	return slack.ModalViewRequest{
		Type: slack.VTModal, Title: label(chat.Shorten(m.people.say(user, title), chat.MaxTitle)), Blocks: slack.Blocks{BlockSet: blocks}, CallbackID: "notice",
	}
}

func (m *modals) moment(user string) slack.ModalViewRequest {
	return m.notice(user, "platform.form-moment", "platform.form-moment-text")
}

func (m *modals) done(user string) slack.ModalViewRequest {
	return m.notice(user, "platform.form-done", "platform.form-done-text")
}

// modalState is what travels with a modal in its private_metadata, before the form's
// state, since the process may end while it is open. Slack counts 3,000 characters,
// and a state takes 2,000 bytes.
type modalState struct {
	Session string `json:"s"`
	Name    string `json:"n"`
	Scope   string `json:"k,omitempty"`
	Channel string `json:"c"`
	Thread  string `json:"t,omitempty"`
	Direct  bool   `json:"d,omitempty"`
	Home    bool   `json:"h,omitempty"`
	state   string
}

// metadata is the private_metadata of the session's modal.
func (o *session) metadata() string {
	head, err := json.Marshal(modalState{
		Session: o.id, Name: o.form.Name, Scope: o.form.Scope, Channel: o.place.channel, Thread: o.place.thread, Direct: o.place.direct, Home: o.place.home,
	})
	if err != nil {
		return "" // impossible: plain data
	}
	return string(head) + "\n" + o.form.State
}

func readState(v view) (modalState, error) {
	head, state, ok := strings.Cut(v.PrivateMetadata, "\n")
	var c modalState
	if err := json.Unmarshal([]byte(head), &c); err != nil || !ok {
		return c, errors.New("a form that this bot did not open")
	}
	c.state = state
	return c, nil
}

// values are what stands in the fields of a modal, by name.
func (v view) values() map[string]string {
	all := map[string]string{}
	for _, block := range v.State.Values {
		for name, in := range block {
			all[name] = in.text()
		}
	}
	return all
}
