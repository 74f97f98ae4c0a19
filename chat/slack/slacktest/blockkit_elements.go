package slacktest

import (
	"fmt"
	"maps"
	"reflect"
)

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
