package slacktest

import (
	"fmt"
	"slices"
	"strings"
)

// input is a stateful element of a view.
type input struct {
	block, action string
	label, hint   string
	optional      bool
	inInputBlock  bool
	element       map[string]any
}

// stateful elements have a value in a view's state.
var stateful = []string{
	"plain_text_input", "email_text_input", "url_text_input", "number_input", "static_select", "radio_buttons", "checkboxes",
	"multi_static_select", "datepicker", "timepicker", "datetimepicker", "users_select", "conversations_select", "channels_select",
}

// inputs are the stateful elements of a view, in order.
func (v *view) inputs() []input {
	var all []input
	list, _ := v.spec["blocks"].([]any)
	for _, b := range list {
		block, _ := b.(map[string]any)
		id, _ := block["block_id"].(string)
		found := []any{block["element"], block["accessory"]}
		if more, ok := block["elements"].([]any); ok && block["type"] == "actions" {
			found = append(found, more...)
		}
		for _, e := range found {
			m, _ := e.(map[string]any)
			kind, _ := m["type"].(string)
			if !slices.Contains(stateful, kind) {
				continue
			}
			in := input{block: id, element: m, inInputBlock: block["type"] == "input", optional: block["optional"] == true}
			in.action, _ = m["action_id"].(string)
			in.label, in.hint = textOf(block["label"]), textOf(block["hint"])
			all = append(all, in)
		}
	}
	return all
}

func textOf(v any) string {
	m, _ := v.(map[string]any)
	s, _ := m["text"].(string)
	return s
}

// initial is the state with which the element opens.
func (in input) initial() any {
	kind, _ := in.element["type"].(string)
	state := map[string]any{"type": kind}
	switch kind {
	case "static_select", "radio_buttons":
		state["selected_option"] = in.element["initial_option"]
	case "checkboxes", "multi_static_select":
		chosen, _ := in.element["initial_options"].([]any)
		if chosen == nil {
			chosen = []any{}
		}
		state["selected_options"] = chosen
	case "datepicker":
		state["selected_date"] = in.element["initial_date"]
	case "timepicker":
		state["selected_time"] = in.element["initial_time"]
	case "datetimepicker":
		state["selected_date_time"] = in.element["initial_date_time"]
	case "users_select":
		state["selected_user"] = in.element["initial_user"]
	case "channels_select":
		state["selected_channel"] = in.element["initial_channel"]
	case "conversations_select":
		state["selected_conversation"] = in.element["initial_conversation"]
	default:
		state["value"] = in.element["initial_value"] // null when empty, as Slack has it
	}
	return state
}

// value is what the element holds, as text: an option's value, "yes" for boxes
// of which one is ticked when there is only one, else the values with commas.
func (v *view) value(in input) string {
	state, _ := v.state[in.block][in.action].(map[string]any)
	switch kind, _ := in.element["type"].(string); kind {
	case "static_select", "radio_buttons":
		return optionValue(state["selected_option"])
	case "checkboxes", "multi_static_select":
		chosen, _ := state["selected_options"].([]any)
		var values []string
		for _, o := range chosen {
			values = append(values, optionValue(o))
		}
		if kind == "checkboxes" && len(choices(in.element)) == 1 && len(chosen) == 1 {
			return "yes"
		}
		return strings.Join(values, ",")
	}
	for _, key := range []string{"value", "selected_date", "selected_time", "selected_user", "selected_channel", "selected_conversation"} {
		if s, ok := state[key].(string); ok {
			return s
		}
	}
	return ""
}

func optionValue(v any) string {
	m, _ := v.(map[string]any)
	s, _ := m["value"].(string)
	return s
}

// set types a value into the element, as a person can: the error says why not.
func (v *view) set(in input, value string) error {
	state, _ := in.initial().(map[string]any)
	switch kind, _ := in.element["type"].(string); kind {
	case "static_select", "radio_buttons":
		chosen, err := in.choose(value)
		if err != nil {
			return err
		}
		state["selected_option"] = nil
		if chosen != nil {
			state["selected_option"] = chosen
		}
	case "checkboxes", "multi_static_select":
		all := []any{}
		for one := range strings.SplitSeq(value, ",") {
			if one == "yes" && len(choices(in.element)) == 1 {
				one = optionValue(choices(in.element)[0])
			}
			chosen, err := in.choose(one)
			if err != nil {
				return err
			}
			if chosen != nil {
				all = append(all, chosen)
			}
		}
		state["selected_options"] = all
	case "datepicker", "timepicker", "users_select", "channels_select", "conversations_select":
		key := map[string]string{
			"datepicker": "selected_date", "timepicker": "selected_time", "users_select": "selected_user",
			"channels_select": "selected_channel", "conversations_select": "selected_conversation",
		}[kind]
		state[key] = value
	default:
		state["value"] = nil
		if value != "" {
			state["value"] = value
		}
	}
	v.state[in.block][in.action] = state
	return nil
}

// choose finds the option of that value, or with that label.
func (in input) choose(value string) (any, error) {
	if value == "" {
		return nil, nil //nolint:nilnil // nothing is chosen
	}
	for _, o := range choices(in.element) {
		m, _ := o.(map[string]any)
		if optionValue(o) == value || textOf(m["text"]) == value {
			return o, nil
		}
	}
	return nil, fmt.Errorf("slacktest: %q has no option %q", in.label, value)
}

// amiss is what Slack says at a field before it sends anything; "" when all is
// well.
func (v *view) amiss(in input) string {
	value := v.value(in)
	if value == "" {
		if !in.optional && in.inInputBlock {
			return "Please complete this required field."
		}
		return ""
	}
	least, _ := in.element["min_length"].(float64)
	most, given := in.element["max_length"].(float64)
	if !given {
		most = 3000
	}
	if kind, _ := in.element["type"].(string); kind == "plain_text_input" && (runes(value) < int(least) || runes(value) > int(most)) {
		return fmt.Sprintf("Please enter %d to %d characters.", int(least), int(most))
	}
	return ""
}
