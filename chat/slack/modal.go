package slack

import (
	"encoding/json"
	"strings"

	"github.com/slack-go/slack"

	"roundtable/chat"
)

// modal renders one page of a form. Every form shown gets block ids of its own,
// since Slack keeps what stands in a field whose ids stay the same.
func (m *modals) modal(o *session, page int) slack.ModalViewRequest {
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
	if page == 0 && f.Intro != "" {
		add(paragraphs(f.Intro))
	}
	section := ""
	for n, i := range o.pages[page] {
		field := f.Fields[i]
		if field.Section != "" && (n == 0 || field.Section != section) {
			add(heading(field.Section))
		}
		section = field.Section
		blocks = append(blocks, m.input(o, field))
		if field.Error != "" {
			blocks = append(blocks, smallPrint("⚠️ "+field.Error)...)
		}
	}
	submit := f.Submit
	metadata, back := o.state(page)
	if last := len(o.pages) - 1; last > 0 {
		if page > 0 {
			add(buttons([]chat.Button{{Label: m.people.say(o.place.user.id, "platform.form-back"), Action: backAction, Value: back}}))
		}
		if page < last {
			submit = m.people.say(o.place.user.id, "platform.form-next")
		}
	}
	view := slack.ModalViewRequest{
		Type: slack.VTModal, Title: label(shortened(f.Title, chat.MaxTitle)), Submit: label(shortened(submit, chat.MaxTitle)),
		Blocks: slack.Blocks{BlockSet: blocks}, PrivateMetadata: metadata, CallbackID: "form",
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
		hint = label(shortened(f.Help, maxHint))
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
	return label(shortened(f.Placeholder, chat.MaxPlaceholder))
}

// notice is a modal that asks nothing.
func (m *modals) notice(user, title, text string) slack.ModalViewRequest {
	var blocks []slack.Block
	for _, piece := range paragraphs(m.people.say(user, text)) {
		blocks = append(blocks, piece.blocks...)
	}
	return slack.ModalViewRequest{
		Type: slack.VTModal, Title: label(shortened(m.people.say(user, title), chat.MaxTitle)), Blocks: slack.Blocks{BlockSet: blocks}, CallbackID: "notice",
	}
}

func (m *modals) moment(user string) slack.ModalViewRequest {
	return m.notice(user, "platform.form-moment", "platform.form-moment-text")
}

func (m *modals) done(user string) slack.ModalViewRequest {
	return m.notice(user, "platform.form-done", "platform.form-done-text")
}

// Room that a page leaves for its own buttons, errors and headings.
const pageRoom = 8

// paginate lays a form's fields out over as few pages as Slack takes, and keeps
// sections together where it can.
func (m *modals) paginate(o *session) [][]int {
	var pages [][]int
	var page []int
	intro := len(cut(o.form.Intro, maxSection)) + len(cut(o.form.Error, maxSection))
	blocks, bytes := intro, len(o.form.Intro)
	flush := func() {
		if len(page) > 0 {
			pages = append(pages, page)
		}
		page, blocks, bytes = nil, len(cut(o.form.Error, maxSection)), 0
	}
	fits := func(b, n int) bool { return blocks+b <= maxViewBlock-pageRoom && bytes+n <= maxViewBytes }
	fields := o.form.Fields
	for start := 0; start < len(fields); {
		end := start + 1
		for end < len(fields) && fields[end].Section == fields[start].Section {
			end++
		}
		b, n := m.weigh(o, fields[start:end])
		if !fits(b, n) {
			flush()
		}
		for i := start; i < end; i++ {
			b, n := m.weigh(o, fields[i:i+1])
			if i > start {
				b-- // the heading stands already
			}
			if !fits(b, n) {
				flush()
				b++
			}
			page, blocks, bytes = append(page, i), blocks+b, bytes+n
		}
		start = end
	}
	flush()
	if len(pages) == 0 {
		pages = [][]int{nil}
	}
	return pages
}

// weigh says how many blocks and bytes the fields of one section take.
func (m *modals) weigh(o *session, fields []chat.Field) (blocks, bytes int) {
	blocks = 1 // the heading
	for _, f := range fields {
		blocks++
		if f.Error != "" {
			blocks++
		}
		data, err := json.Marshal(m.input(o, f))
		if err != nil {
			continue // impossible: plain data
		}
		bytes += len(data) + len(f.Error) + len(f.Section)
	}
	return blocks, bytes
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
