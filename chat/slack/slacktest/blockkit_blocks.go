package slacktest

import (
	"fmt"
	"maps"
	"reflect"
	"strings"
)

// blockKinds are the kinds of blocks. Those that Roundtable has no use for and that
// say little about themselves are left out, and refused: add one with its rules
// before using it.
func blockKinds() map[string]object {
	with := func(props map[string]rule) map[string]rule {
		all := map[string]rule{"type": anything, "block_id": text(1, 255)}
		maps.Copy(all, props)
		return all
	}
	selects := []string{
		"static_select", "users_select", "conversations_select", "channels_select", "external_select", "multi_static_select", "multi_users_select",
		"multi_conversations_select", "multi_channels_select", "multi_external_select",
	}
	pressed := append([]string{"button", "checkboxes", "datepicker", "overflow", "radio_buttons", "timepicker"}, selects...)
	typed := append([]string{
		"plain_text_input", "checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker", "email_text_input",
		"url_text_input", "number_input", "file_input", "rich_text_input",
	}, selects...)
	return map[string]object{
		"section": {props: with(map[string]rule{
			"text": words(3000), "fields": list(1, 10, words(2000)), "accessory": element(append([]string{"image"}, pressed...)...), "expand": boolean,
		}), also: func(k *kit, at string, o map[string]any) {
			if o["text"] == nil && o["fields"] == nil {
				k.problem(at, "missing required field: text or fields")
			}
		}},
		"header":  {props: with(map[string]rule{"text": plainText(150), "level": integer(1, 6)}), required: []string{"text"}},
		"divider": {props: with(nil)},
		"context": {props: with(map[string]rule{"elements": list(1, 10, contextElement)}), required: []string{"elements"}},
		"actions": {
			props:    with(map[string]rule{"elements": list(1, 25, element(append([]string{"datetimepicker", "rich_text_input", "workflow_button"}, pressed...)...))}),
			required: []string{"elements"}, also: onePrimary,
		},
		"image": {
			props:    with(map[string]rule{"image_url": text(1, 3000), "slack_file": slackFile, "alt_text": text(1, 2000), "title": plainText(2000)}),
			required: []string{"alt_text"}, also: imageSource,
		},
		"input": {
			props: with(map[string]rule{
				"label": plainText(2000), "hint": plainText(2000), "optional": boolean, "dispatch_action": boolean, "element": element(typed...),
			}),
			required: []string{"label", "element"},
			also:     func(k *kit, _ string, _ map[string]any) { k.inputs = true },
		},
		"markdown": {props: with(map[string]rule{"text": markdown}), required: []string{"text"}, messages: true},
		"rich_text": {
			props:    with(map[string]rule{"elements": list(1, 1000, richElement)}),
			required: []string{"elements"},
		},
		"table": {
			props:    with(map[string]rule{"rows": list(1, 100, list(1, 20, tableCell)), "column_settings": list(0, 20, columnSetting)}),
			required: []string{"rows"}, messages: true,
			also: func(k *kit, at string, _ map[string]any) {
				if k.tables++; k.tables > 1 {
					k.problem(at, "only one table allowed in a message")
				}
			},
		},
	}
}

func contextElement(k *kit, at string, v any) {
	m, _ := v.(map[string]any)
	if m["type"] == "image" {
		element("image")(k, at, v)
		return
	}
	words(2000)(k, at, v)
}

// onePrimary: the documentation asks for it ("primary should only be used for one
// button within a set"); Slack lets more pass, so it is only noted.
func onePrimary(k *kit, at string, o map[string]any) {
	all, _ := o["elements"].([]any)
	n := 0
	for _, e := range all {
		if m, _ := e.(map[string]any); m["style"] == "primary" {
			n++
		}
	}
	if n > 1 {
		k.s.breaks("%d primary buttons in one row [json-pointer:%s]", n, at)
	}
}

func imageSource(k *kit, at string, o map[string]any) {
	switch {
	case o["image_url"] == nil && o["slack_file"] == nil:
		k.problem(at, "missing required field: image_url or slack_file")
	case o["image_url"] != nil && o["slack_file"] != nil:
		k.problem(at, "only one of image_url and slack_file allowed")
	}
}

// slackFile is an uploaded picture that Slack has finished working on.
func slackFile(k *kit, at string, v any) {
	m, _ := v.(map[string]any)
	object{props: map[string]rule{"id": text(1, 255), "url": text(1, 3000)}}.check(k, at, m)
	if (m["id"] == nil) == (m["url"] == nil) {
		k.problem(at, "exactly one of id and url required")
		return
	}
	id, _ := m["id"].(string)
	url, _ := m["url"].(string)
	for _, f := range k.s.files {
		if f.ID != id && (url == "" || !strings.HasSuffix(url, "/files-pri/"+f.ID)) {
			continue
		}
		if f.app == k.app && f.sent && !f.ready {
			k.unready++
		}
		kind := f.mimetype()
		if f.app == k.app && f.ready && !f.deleted && (kind == "image/png" || kind == "image/jpeg" || kind == "image/gif") {
			return
		}
	}
	k.problem(at, "invalid slack file")
}

// early says whether all that is wrong is that pictures are not processed yet.
// Without the scope files:read an app finds that out by trying, so it is refused
// but no rule is broken.
func (k *kit) early() bool { return k.unready == len(k.problems) }

// maxMarkdown is over all markdown blocks of a message.
const maxMarkdown = 12_000

func markdown(k *kit, at string, v any) {
	text(1, maxMarkdown)(k, at, v)
	s, _ := v.(string)
	k.runes += runes(s)
	if k.markdown += runes(s); k.markdown > maxMarkdown {
		k.problem(at, "must be less than %d characters over all markdown blocks", maxMarkdown+1)
	}
}

func tableCell(k *kit, at string, v any) {
	m, _ := v.(map[string]any)
	switch m["type"] {
	case "raw_text":
		object{props: map[string]rule{"type": anything, "text": text(1, 10_000)}, required: []string{"text"}}.check(k, at, m)
		s, _ := m["text"].(string)
		k.runes += runes(s)
	case "rich_text":
		known.blocks["rich_text"].check(k, at, m)
	default:
		k.problem(at+"/type", "unsupported type: %v", m["type"])
	}
}

func columnSetting(k *kit, at string, v any) {
	m, _ := v.(map[string]any)
	object{props: map[string]rule{"align": oneOf("left", "center", "right"), "is_wrapped": boolean}}.check(k, at, m)
}

// richElement checks rich text as far as its shape goes.
func richElement(k *kit, at string, v any) {
	m, _ := v.(map[string]any)
	var inner rule
	props := map[string]rule{"type": anything}
	switch m["type"] {
	case "rich_text_section":
		inner = richInline
	case "rich_text_quote", "rich_text_preformatted":
		inner = richInline
		props["border"] = integer(0, 1)
	case "rich_text_list":
		inner = richElement
		props["style"], props["indent"], props["offset"], props["border"] = oneOf("bullet", "ordered"), integer(0, 8), integer(0, 1000), integer(0, 1)
	default:
		k.problem(at+"/type", "unsupported type: %v", m["type"])
		return
	}
	props["elements"] = list(0, 1000, inner)
	object{props: props, required: []string{"elements"}}.check(k, at, m)
}

func richInline(k *kit, at string, v any) {
	m, _ := v.(map[string]any)
	props := map[string]rule{"type": anything, "style": object{props: map[string]rule{"bold": boolean, "italic": boolean, "strike": boolean, "code": boolean}}.rule()}
	switch m["type"] {
	case "text":
		props["text"] = text(1, 40_000)
	case "link":
		props["url"], props["text"], props["unsafe"] = text(1, 3000), text(0, 3000), boolean
	case "user":
		props["user_id"] = text(1, 50)
	case "channel":
		props["channel_id"] = text(1, 50)
	case "usergroup":
		props["usergroup_id"] = text(1, 50)
	case "broadcast":
		props["range"] = oneOf("here", "channel", "everyone")
	case "emoji":
		props["name"], props["unicode"] = text(1, 100), text(1, 100)
	default:
		k.problem(at+"/type", "unsupported type: %v", m["type"])
		return
	}
	object{props: props}.check(k, at, m)
	s, _ := m["text"].(string)
	k.runes += runes(s)
}

// view checks a modal or home page.
func (k *kit) view(at string, spec map[string]any, kinds ...string) {
	kind, _ := spec["type"].(string)
	oneOf(kinds...)(k, at+"/type", kind)
	props := map[string]rule{
		"type": anything, "blocks": func(k *kit, at string, v any) {
			all, ok := v.([]any)
			if !ok {
				k.problem(at, "must be an array")
			}
			k.blocks(at, all, maxViewBlocks)
		},
		"private_metadata": text(0, maxPrivate), "callback_id": text(0, maxCallback), "external_id": text(0, 255),
	}
	required := []string{"type", "blocks"}
	if kind == "modal" {
		props["title"], props["close"], props["submit"] = plainText(maxViewTitle), plainText(maxViewTitle), plainText(maxViewTitle)
		props["clear_on_close"], props["notify_on_close"], props["submit_disabled"] = boolean, boolean, boolean
		required = append(required, "title")
	}
	object{props: props, required: required}.check(k, at, spec)
	if kind == "modal" && k.inputs && spec["submit"] == nil {
		k.problem(at, "missing required field: submit (there is an input block)")
	}
}

// elementKinds are the kinds of elements in blocks.
func elementKinds() map[string]object {
	with := func(parts ...map[string]rule) map[string]rule {
		all := map[string]rule{"type": anything, "action_id": text(1, 255)}
		for _, p := range parts {
			maps.Copy(all, p)
		}
		return all
	}
	confirm := map[string]rule{"confirm": confirmation}
	focus := map[string]rule{"focus_on_load": boolean}
	hint := map[string]rule{"placeholder": plainText(150)}
	dispatch := map[string]rule{"dispatch_action_config": object{props: map[string]rule{
		"trigger_actions_on": list(1, 2, oneOf("on_enter_pressed", "on_character_entered")),
	}}.rule()}
	many := map[string]rule{"max_selected_items": integer(1, 1000)}
	filter := map[string]rule{"filter": object{props: map[string]rule{
		"include": list(1, 4, oneOf("im", "mpim", "private", "public")), "exclude_external_shared_channels": boolean, "exclude_bot_users": boolean,
	}}.rule()}
	options := func(most int, texts rule) map[string]rule {
		return map[string]rule{"options": list(1, most, option(texts))}
	}
	grouped := map[string]rule{"option_groups": list(1, 100, object{
		props:    map[string]rule{"label": plainText(75), "options": list(1, 100, option(plainText(75)))},
		required: []string{"label", "options"},
	}.rule())}
	ids := list(1, 1000, text(1, 50))
	all := map[string]object{
		"button": {props: with(confirm, map[string]rule{
			"text": plainText(75), "value": text(0, 2000), "url": text(1, 3000), "style": oneOf("primary", "danger"), "accessibility_label": text(0, 75),
		}), required: []string{"text"}},
		"workflow_button": {props: with(confirm, map[string]rule{"text": plainText(75), "workflow": anything, "style": oneOf("primary", "danger"), "accessibility_label": text(0, 75)}), required: []string{"text", "workflow"}},
		"image": {
			props:    map[string]rule{"type": anything, "image_url": text(1, 3000), "slack_file": slackFile, "alt_text": text(1, 2000)},
			required: []string{"alt_text"}, also: imageSource,
		},
		"checkboxes":    {props: with(confirm, focus, options(10, words(75)), map[string]rule{"initial_options": list(1, 10, anything)}), required: []string{"options"}, also: initialAmong},
		"radio_buttons": {props: with(confirm, focus, options(10, words(75)), map[string]rule{"initial_option": anything}), required: []string{"options"}, also: initialAmong},
		"overflow":      {props: with(confirm, options(5, plainText(75))), required: []string{"options"}, also: optionsAlone},
		"static_select": {
			props: with(confirm, focus, hint, options(100, plainText(75)), grouped, map[string]rule{"initial_option": anything}),
			also:  func(k *kit, at string, o map[string]any) { eitherOptions(k, at, o); initialAmong(k, at, o) },
		},
		"multi_static_select": {
			props: with(confirm, focus, hint, many, options(100, plainText(75)), grouped, map[string]rule{"initial_options": list(1, 100, anything)}),
			also:  func(k *kit, at string, o map[string]any) { eitherOptions(k, at, o); initialAmong(k, at, o) },
		},
		"plain_text_input": {props: with(focus, hint, dispatch, map[string]rule{
			"initial_value": text(0, 3000), "multiline": boolean, "min_length": integer(0, 3000), "max_length": integer(1, 3000),
		}), also: lengths},
		"email_text_input": {props: with(focus, hint, dispatch, map[string]rule{"initial_value": text(0, 3000)})},
		"url_text_input":   {props: with(focus, hint, dispatch, map[string]rule{"initial_value": text(0, 3000)})},
		"number_input": {
			props:    with(focus, hint, dispatch, map[string]rule{"is_decimal_allowed": boolean, "initial_value": numeric, "min_value": numeric, "max_value": numeric}),
			required: []string{"is_decimal_allowed"},
		},
		"rich_text_input": {props: with(focus, hint, dispatch, map[string]rule{"initial_value": blocksRule, "min_lines": integer(1, 100), "max_lines": integer(1, 100)})},
		"file_input":      {props: with(map[string]rule{"filetypes": list(1, 100, text(1, 20)), "max_files": integer(1, 10)})},
		"datepicker":      {props: with(confirm, focus, hint, map[string]rule{"initial_date": text(10, 10)})},
		"timepicker":      {props: with(confirm, focus, hint, map[string]rule{"initial_time": text(5, 5), "timezone": text(1, 100)})},
		"datetimepicker":  {props: with(confirm, focus, map[string]rule{"initial_date_time": integer(1_000_000_000, 9_999_999_999)})},

		"users_select":         {props: with(confirm, focus, hint, map[string]rule{"initial_user": text(1, 50)})},
		"channels_select":      {props: with(confirm, focus, hint, map[string]rule{"initial_channel": text(1, 50), "response_url_enabled": boolean})},
		"conversations_select": {props: with(confirm, focus, hint, filter, map[string]rule{"initial_conversation": text(1, 50), "default_to_current_conversation": boolean, "response_url_enabled": boolean})},
		"external_select":      {props: with(confirm, focus, hint, map[string]rule{"initial_option": option(plainText(75)), "min_query_length": integer(0, 100)})},

		"multi_users_select":         {props: with(confirm, focus, hint, many, map[string]rule{"initial_users": ids})},
		"multi_channels_select":      {props: with(confirm, focus, hint, many, map[string]rule{"initial_channels": ids})},
		"multi_conversations_select": {props: with(confirm, focus, hint, many, filter, map[string]rule{"initial_conversations": ids, "default_to_current_conversation": boolean})},
		"multi_external_select":      {props: with(confirm, focus, hint, many, map[string]rule{"initial_options": list(1, 100, option(plainText(75))), "min_query_length": integer(0, 100)})},
	}
	return all
}

func blocksRule(k *kit, at string, v any) { k.block(at, v) }

// option: texts of 75, a value of 150 characters
// (https://docs.slack.dev/reference/block-kit/composition-objects/option-object).
func option(texts rule) rule {
	return object{props: map[string]rule{"text": texts, "value": text(1, 150), "description": words(75), "url": text(1, 3000)}, required: []string{"text", "value"}}.rule()
}

var confirmation = object{
	props:    map[string]rule{"title": plainText(100), "text": words(300), "confirm": plainText(30), "deny": plainText(30), "style": oneOf("primary", "danger")},
	required: []string{"title", "text", "confirm", "deny"},
}.rule()

func lengths(k *kit, at string, o map[string]any) {
	least, _ := o["min_length"].(float64)
	most, given := o["max_length"].(float64)
	if given && least > most {
		k.problem(at, "min_length must not be over max_length")
	}
	initial, _ := o["initial_value"].(string)
	if given && float64(runes(initial)) > most {
		k.problem(at+"/initial_value", "must be less than %d characters", int(most)+1)
	}
}

func eitherOptions(k *kit, at string, o map[string]any) {
	if (o["options"] == nil) == (o["option_groups"] == nil) {
		k.problem(at, "exactly one of options and option_groups required")
	}
}

// choices are all options of an element, groups included.
func choices(o map[string]any) []any {
	all, _ := o["options"].([]any)
	groups, _ := o["option_groups"].([]any)
	for _, g := range groups {
		m, _ := g.(map[string]any)
		part, _ := m["options"].([]any)
		all = append(all, part...)
	}
	return all
}

func optionsAlone(k *kit, at string, o map[string]any) {
	seen := map[any]bool{}
	for i, c := range choices(o) {
		m, _ := c.(map[string]any)
		if seen[m["value"]] {
			k.problem(fmt.Sprintf("%s/options/%d/value", at, i), "the value exists already")
		}
		seen[m["value"]] = true
	}
}

// initialAmong: what is chosen at first must be exactly one of the options.
func initialAmong(k *kit, at string, o map[string]any) {
	optionsAlone(k, at, o)
	initial, _ := o["initial_options"].([]any)
	if one := o["initial_option"]; one != nil {
		initial = append(initial, one)
	}
	for _, one := range initial {
		found := false
		for _, c := range choices(o) {
			found = found || reflect.DeepEqual(c, one)
		}
		if !found {
			k.problem(at, "the initial option is none of the options")
		}
	}
}
