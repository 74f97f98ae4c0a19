package slacktest_test

import (
	"strings"
	"testing"

	"roundtable/chat/slack/slacktest"
)

func long(n int) string { return strings.Repeat("å", n) }

func many(n int, one func(i int) any) []any {
	all := make([]any, n)
	for i := range all {
		all[i] = one(i)
	}
	return all
}

func mrkdwn(s string) js { return js{"type": "mrkdwn", "text": s} }

func section(s string) js { return js{"type": "section", "text": mrkdwn(s)} }

func with(base js, key string, value any) js {
	out := js{key: value}
	for k, v := range base {
		if k != key {
			out[k] = v
		}
	}
	return out
}

func pressable(key string, value any) js {
	return with(js{"type": "button", "action_id": "go", "text": plain("Go"), "value": "v"}, key, value)
}

func row(elements ...any) js { return js{"type": "actions", "elements": elements} }

func option(i int) any {
	return js{"text": plain("o"), "value": strings.Repeat("v", i%140) + string(rune('a'+i/140))}
}

func selecting(n int) js {
	return js{"type": "static_select", "action_id": "s", "options": many(n, option)}
}

func image(alt string) js {
	return js{"type": "image", "image_url": "https://example.org/a.png", "alt_text": alt}
}

// TestMessageLimits: each limit's last good message is taken, and the next is
// refused at the right place.
func TestMessageLimits(t *testing.T) {
	one := func(b any) func(int) []any { return func(int) []any { return []any{b} } }
	for _, tt := range []struct {
		name  string
		make  func(n int) []any
		most  int
		where string
	}{
		{"blocks", func(n int) []any { return many(n, func(int) any { return js{"type": "divider"} }) }, 50, "/blocks]"},
		{"a section's text", func(n int) []any { return []any{section(long(n))} }, 3000, "/blocks/0/text/text]"},
		{"a section's fields", func(n int) []any {
			return []any{js{"type": "section", "fields": many(n, func(int) any { return plain("f") })}}
		}, 10, "/blocks/0/fields]"},
		{"a field", func(n int) []any { return []any{js{"type": "section", "fields": []any{mrkdwn(long(n))}}} }, 2000, "/blocks/0/fields/0/text]"},
		{"a header", func(n int) []any { return []any{js{"type": "header", "text": plain(long(n))}} }, 150, "/blocks/0/text/text]"},
		{"a context's elements", func(n int) []any {
			return []any{js{"type": "context", "elements": many(n, func(int) any { return plain("c") })}}
		}, 10, "/blocks/0/elements]"},
		{"a row's elements", func(n int) []any {
			return []any{js{"type": "actions", "elements": many(n, func(i int) any { return pressable("action_id", string(rune('a'+i))) })}}
		}, 25, "/blocks/0/elements]"},
		{"a block_id", func(n int) []any { return []any{with(section("x"), "block_id", long(n))} }, 255, "/blocks/0/block_id]"},
		{"an action_id", func(n int) []any { return []any{row(pressable("action_id", long(n)))} }, 255, "/blocks/0/elements/0/action_id]"},
		{"a button's text", func(n int) []any { return []any{row(pressable("text", plain(long(n))))} }, 75, "/blocks/0/elements/0/text/text]"},
		{"a button's value", func(n int) []any { return []any{row(pressable("value", long(n)))} }, 2000, "/blocks/0/elements/0/value]"},
		{"a button's url", func(n int) []any { return []any{row(pressable("url", long(n)))} }, 3000, "/blocks/0/elements/0/url]"},
		{"options", func(n int) []any { return []any{row(selecting(n))} }, 100, "/blocks/0/elements/0/options]"},
		{"an option's text", func(n int) []any {
			return []any{row(with(selecting(1), "options", []any{js{"text": plain(long(n)), "value": "v"}}))}
		}, 75, "/options/0/text/text]"},
		{"an option's value", func(n int) []any {
			return []any{row(with(selecting(1), "options", []any{js{"text": plain("o"), "value": long(n)}}))}
		}, 150, "/options/0/value]"},
		{"a placeholder", func(n int) []any { return []any{row(with(selecting(1), "placeholder", plain(long(n))))} }, 150, "/placeholder/text]"},
		{"an alt text", func(n int) []any { return []any{image(long(n))} }, 2000, "/blocks/0/alt_text]"},
		{"an image's title", func(n int) []any { return []any{with(image("a"), "title", plain(long(n)))} }, 2000, "/blocks/0/title/text]"},
		{"a markdown block", func(n int) []any { return []any{js{"type": "markdown", "text": long(n)}} }, 12_000, "/blocks/0/text]"},
		{"a table's rows", func(n int) []any {
			return []any{js{"type": "table", "rows": many(n, func(int) any { return []any{js{"type": "raw_text", "text": "x"}} })}}
		}, 100, "/blocks/0/rows]"},
		{"a table's columns", func(n int) []any {
			return []any{js{"type": "table", "rows": []any{many(n, func(int) any { return js{"type": "raw_text", "text": "x"} })}}}
		}, 20, "/blocks/0/rows/0]"},
		{"checkboxes", func(n int) []any {
			return []any{row(js{"type": "checkboxes", "action_id": "c", "options": many(n, option)})}
		}, 10, "/blocks/0/elements/0/options]"},
		{"tables", func(n int) []any {
			return many(n, func(int) any { return js{"type": "table", "rows": []any{[]any{js{"type": "raw_text", "text": "x"}}}} })
		}, 1, "/blocks/1]"},

		// What is wrong whatever its size.
		{"an empty text", one(section("")), 0, "must be more than 0 characters [json-pointer:/blocks/0/text/text]"},
		{"an unknown block", one(js{"type": "sparkle"}), 0, "unsupported type: sparkle [json-pointer:/blocks/0/type]"},
		{"an unknown element", one(row(js{"type": "lever"})), 0, "unsupported type: lever"},
		{"an unknown property", one(with(section("x"), "colour", "red")), 0, "invalid additional property: colour [json-pointer:/blocks/0/colour]"},
		{"an input in a message", one(row(js{"type": "plain_text_input", "action_id": "i"})), 0, "unsupported type: plain_text_input"},
		{"a header with markup", one(js{"type": "header", "text": mrkdwn("x")}), 0, "must be one of plain_text [json-pointer:/blocks/0/text/type]"},
		{"a section of nothing", one(js{"type": "section"}), 0, "missing required field: text or fields"},
		{"no alt text", one(js{"type": "image", "image_url": "https://example.org/a.png"}), 0, "missing required field: alt_text"},
		{"no picture", one(js{"type": "image", "alt_text": "a"}), 0, "missing required field: image_url or slack_file"},
		{"an unknown picture", one(js{"type": "image", "alt_text": "a", "slack_file": js{"id": "F0"}}), 0, "invalid slack file"},
		{"a style", one(row(pressable("style", "loud"))), 0, "must be one of primary, danger"},
		{"null", one(with(section("x"), "accessory", nil)), 0, "must be present, not null"},
		{"an initial option of none", one(row(with(selecting(2), "initial_option", js{"text": plain("o"), "value": "z"}))), 0, "none of the options"},
		{"the same block_id", func(int) []any {
			return []any{with(section("x"), "block_id", "b"), with(section("y"), "block_id", "b")}
		}, 0, `block_id "b" already exists [json-pointer:/blocks/1/block_id]`},
		{"the same action_id", one(row(pressable("value", "1"), pressable("value", "2"))), 0, `action_id "go" already exists`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := open(t)
			if tt.most > 0 {
				p.must("chat.postMessage", js{"channel": p.ward.ID, "text": "x", "blocks": tt.make(tt.most)})
			}
			out := p.refused("chat.postMessage", js{"channel": p.ward.ID, "text": "x", "blocks": tt.make(tt.most + 1)}, "invalid_blocks")
			meta, _ := out["response_metadata"].(js)
			messages, _ := meta["messages"].([]any)
			if len(messages) == 0 || !strings.Contains(messages[0].(string), tt.where) || !strings.HasPrefix(messages[0].(string), "[ERROR] ") {
				t.Errorf("said %v, want %q", messages, tt.where)
			}
			p.forgives("invalid_blocks")
		})
	}
}

// TestMessageSizes: limits over a whole message.
func TestMessageSizes(t *testing.T) {
	p := open(t, slacktest.Options{Unlimited: true})
	to := func(more js) js { return with(more, "channel", p.ward.ID) }
	p.must("chat.postMessage", to(js{"text": long(40_000)}))
	p.refused("chat.postMessage", to(js{"text": long(40_001)}), "msg_too_long")
	p.forgives("40001")
	five := func(last int) []any {
		return []any{section(long(3000)), section(long(3000)), section(long(3000)), section(long(3000)), section(long(last))}
	}
	p.must("chat.postMessage", to(js{"text": "x", "blocks": five(1200)}))
	p.refused("chat.postMessage", to(js{"text": "x", "blocks": five(1201)}), "msg_blocks_too_long")
	p.forgives("13201")
	p.refused("chat.postMessage", to(js{"text": ""}), "no_text")
	p.refused("chat.postMessage", to(js{"text": "x", "blocks": js{}}), "invalid_blocks_format")
	p.must("chat.postMessage", to(js{"blocks": []any{section("x")}}))
	p.forgives("without a fallback text")
	p.refused("chat.postMessage", to(js{"text": "x", "metadata": js{"event_type": "k", "event_payload": js{"a": []any{}}}}), "invalid_metadata_schema")
	p.forgives("neither text")
	p.refused("chat.postMessage", to(js{"text": "x", "metadata": js{"event_type": "k"}}), "invalid_metadata_schema")
	p.forgives("event_payload")
}

// TestViewLimits: the same for modals.
func TestViewLimits(t *testing.T) {
	in := func(key string, value any) js { return with(field("f"), key, value) }
	element := func(key string, value any) js {
		return in("element", with(js{"type": "plain_text_input", "action_id": "f"}, key, value))
	}
	for _, tt := range []struct {
		name  string
		make  func(n int) js
		most  int
		where string
	}{
		{"blocks", func(n int) js { return modal(many(n, func(int) any { return js{"type": "divider"} })...) }, 100, "/view/blocks]"},
		{"a title", func(n int) js { return with(modal(), "title", plain(long(n))) }, 24, "/view/title/text]"},
		{"submit", func(n int) js { return with(modal(), "submit", plain(long(n))) }, 24, "/view/submit/text]"},
		{"close", func(n int) js { return with(modal(), "close", plain(long(n))) }, 24, "/view/close/text]"},
		{"private_metadata", func(n int) js { return with(modal(), "private_metadata", long(n)) }, 3000, "/view/private_metadata]"},
		{"callback_id", func(n int) js { return with(modal(), "callback_id", long(n)) }, 255, "/view/callback_id]"},
		{"a label", func(n int) js { return modal(in("label", plain(long(n)))) }, 2000, "/view/blocks/0/label/text]"},
		{"a hint", func(n int) js { return modal(in("hint", plain(long(n)))) }, 2000, "/view/blocks/0/hint/text]"},
		{"a placeholder", func(n int) js { return modal(element("placeholder", plain(long(n)))) }, 150, "/element/placeholder/text]"},
		{"an initial value", func(n int) js { return modal(element("initial_value", long(n))) }, 3000, "/element/initial_value]"},
		{"max_length", func(n int) js { return modal(element("max_length", n)) }, 3000, "/element/max_length]"},
		{"no submit", func(n int) js {
			v := modal(field("f"))
			if n > 0 {
				delete(v, "submit")
			}
			return v
		}, 0, "missing required field: submit"},
		{"a home page", func(int) js { return js{"type": "home", "blocks": []any{}} }, 0, "must be one of modal [json-pointer:/view/type]"},
		{"a table", func(int) js { return modal(js{"type": "table", "rows": []any{}}) }, 0, "unsupported type: table"},
		{"no title", func(int) js { return js{"type": "modal", "blocks": []any{}} }, 0, "missing required field: title"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := open(t)
			l := p.connect(nil)
			try := func(view js) js {
				if err := p.anna.Type(within(t), p.app, p.ward.ID, ""); err != nil {
					t.Fatal(err)
				}
				_, _, out := p.ask("views.open", js{"trigger_id": l.next()["trigger_id"], "view": view})
				return out
			}
			if out := try(tt.make(tt.most)); tt.most > 0 && out["ok"] != true {
				t.Errorf("%d: %v", tt.most, out)
			}
			p.s.Forgive()
			out := try(tt.make(tt.most + 1))
			meta, _ := out["response_metadata"].(js)
			messages, _ := meta["messages"].([]any)
			if out["error"] != "invalid_arguments" || len(messages) == 0 || !strings.Contains(messages[0].(string), tt.where) {
				t.Errorf("%v, want %q", out, tt.where)
			}
			p.forgives("invalid view")
		})
	}
}
