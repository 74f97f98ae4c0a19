package slacktest_test

import (
	"errors"
	"strings"
	"testing"

	"roundtable/chat/slack/slacktest"
)

func plain(s string) js { return js{"type": "plain_text", "text": s} }

func modal(blocks ...any) js {
	return js{"type": "modal", "callback_id": "submit", "private_metadata": "state", "title": plain("Submit"), "submit": plain("Send"), "blocks": append([]any{}, blocks...)}
}

func field(name string) js {
	return js{"type": "input", "block_id": "b-" + name, "label": plain(name), "element": js{"type": "plain_text_input", "action_id": name}}
}

// TestRound lives a command, a modal with an error, a button and a thread.
func TestRound(t *testing.T) {
	p, ctx := open(t), within(t)
	tries := 0
	l := p.connect(func(e js) any {
		payload, _ := e["payload"].(js)
		if payload["type"] != "view_submission" {
			return nil
		}
		if tries++; tries == 1 {
			return js{"response_action": "errors", "errors": js{"b-falls": "that can't be"}}
		}
		return nil
	})
	if err := p.anna.Type(ctx, p.app, p.ward.ID, "submit <a> & b"); err != nil {
		t.Fatal(err)
	}
	cmd := l.next()
	if cmd["command"] != "/round" || cmd["text"] != "submit &lt;a&gt; &amp; b" || cmd["team_id"] != "T0HOME" || cmd["user_id"] != p.anna.ID || cmd["channel_id"] != p.ward.ID {
		t.Errorf("the command: %v", cmd)
	}
	trigger := cmd["trigger_id"]
	p.must("views.open", js{"trigger_id": trigger, "view": modal(field("falls"))})
	p.refused("views.open", js{"trigger_id": trigger, "view": modal(field("falls"))}, "exchanged_trigger_id")
	p.forgives("a trigger used twice")

	if err := p.anna.Submit(ctx); !errors.Is(err, slacktest.ErrIncomplete) {
		t.Errorf("an empty field was sent: %v", err)
	}
	fill := func(value string) {
		t.Helper()
		if err := p.anna.Fill(map[string]string{"falls": value}); err != nil {
			t.Fatal(err)
		}
		if err := p.anna.Submit(ctx); err != nil {
			t.Fatal(err)
		}
	}
	fill("412/3")
	if m, open := p.anna.Modal(); !open || m.Fields[0].Error != "that can't be" || m.Fields[0].Value != "412/3" {
		t.Errorf("the modal: %+v, %v", m, open)
	}
	fill("3/412")
	if m, open := p.anna.Modal(); open {
		t.Errorf("still open: %+v", m)
	}
	l.next()
	view, _ := l.next()["view"].(js)
	state, _ := view["state"].(js)
	values, _ := state["values"].(js)
	if value, _ := values["b-falls"].(js); value["falls"].(js)["value"] != "3/412" || view["private_metadata"] != "state" {
		t.Errorf("the view: %v", view)
	}

	out := p.must("chat.postMessage", js{"channel": p.ward.ID, "text": "fallback", "blocks": []any{
		js{"type": "section", "text": js{"type": "mrkdwn", "text": "*Falls* &lt;b&gt; <https://example.org|here>"}},
		js{"type": "actions", "elements": []any{js{"type": "button", "action_id": "go", "text": plain("Go"), "value": "v"}}},
	}, "metadata": js{"event_type": "key", "event_payload": js{"key": "k/1"}}})
	root, _ := out["ts"].(string)
	l.event("message") // the app's own
	if err := p.bjorn.Press(ctx, p.ward.ID, root, "Go"); err != nil {
		t.Fatal(err)
	}
	press := l.next()
	action, _ := press["actions"].([]any)[0].(js)
	if press["type"] != "block_actions" || action["action_id"] != "go" || action["value"] != "v" {
		t.Errorf("the press: %v", press)
	}
	p.must("chat.postEphemeral", js{"channel": p.ward.ID, "user": p.bjorn.ID, "text": "thanks"})
	if got := p.bjorn.Ephemerals(); len(got) != 1 || got[0].Text != "thanks" || len(p.anna.Ephemerals()) != 0 {
		t.Errorf("Björn sees %+v, Anna %+v", got, p.anna.Ephemerals())
	}
	ts, err := p.anna.Say(p.ward.ID, root, "a thought")
	if err != nil {
		t.Fatal(err)
	}
	if e := l.event("message"); e["thread_ts"] != root || e["ts"] != ts || e["text"] != "a thought" || e["parent_user_id"] != p.app.BotUser {
		t.Errorf("the reply: %v", e)
	}
	posts, err := p.s.Posts(p.ward.ID)
	if err != nil || len(posts) != 1 || !strings.Contains(posts[0].Text, "*Falls* <b> here\nGo") {
		t.Errorf("the channel reads %+v, %v", posts, err)
	}
}
