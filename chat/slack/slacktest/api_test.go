package slacktest_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"roundtable/chat/slack/slacktest"
)

// TestDoor: who may call, and with which scopes.
func TestDoor(t *testing.T) {
	p := open(t)
	_, header, out := p.ask("auth.test", nil)
	if out["team_id"] != "T0HOME" || out["user_id"] != p.app.BotUser || !strings.Contains(header.Get("X-OAuth-Scopes"), "chat:write") {
		t.Errorf("auth.test: %v %v", out, header)
	}
	p.refused("chat.sing", nil, "unknown_method")
	for token, want := range map[string]string{"": "not_authed", "xoxb-nobody": "invalid_auth", p.app.AppToken: "not_allowed_token_type"} {
		if status, _, got := p.askAs(token, "auth.test", nil); status != 200 || got["error"] != want {
			t.Errorf("with the token %q: %d %v", token, status, got)
		}
	}
	if _, _, got := p.askAs(p.app.BotToken, "apps.connections.open", nil); got["error"] != "not_allowed_token_type" {
		t.Errorf("a socket with the bot's token: %v", got)
	}
	p.app.Grant("users:read")
	out = p.refused("chat.postMessage", js{"channel": p.ward.ID, "text": "x"}, "missing_scope")
	if out["needed"] != "chat:write" || out["provided"] != "users:read" {
		t.Errorf("missing: %v", out)
	}
	p.refused("conversations.history", js{"channel": p.ward.ID}, "missing_scope")
	if got := p.s.Forgive(); len(got) != 2 || !strings.Contains(got[1], "channels:history") {
		t.Errorf("broken: %q", got)
	}
	p.app.Grant(slacktest.DefaultScopes()...)
	p.app.Revoke("token_revoked")
	p.refused("auth.test", nil, "token_revoked")
}

// TestWhere: which channels and messages can be reached.
func TestWhere(t *testing.T) {
	p := open(t, slacktest.Options{Unlimited: true})
	private := p.home.Channel(slacktest.Channel{Name: "private", Private: true}, p.anna)
	public := p.home.Channel(slacktest.Channel{Name: "public"}, p.anna)
	closed := p.home.Channel(slacktest.Channel{Name: "closed"}, p.anna, p.app)
	closed.Archive()
	p.bjorn.Deactivate()
	for channel, want := range map[string]string{
		"C0": "channel_not_found", private.ID: "channel_not_found", public.ID: "not_in_channel", closed.ID: "is_archived",
		p.bjorn.ID: "channel_not_found", p.app.BotUser: "cannot_dm_bot",
	} {
		p.refused("chat.postMessage", js{"channel": channel, "text": "x"}, want)
	}
	p.refused("conversations.open", js{"users": p.bjorn.ID}, "user_disabled")
	ts := p.must("chat.postMessage", js{"channel": p.ward.ID, "text": "one"})["ts"]
	reply := p.must("chat.postMessage", js{"channel": p.ward.ID, "text": "two", "thread_ts": ts})["ts"]
	p.refused("chat.postMessage", js{"channel": p.ward.ID, "text": "x", "thread_ts": "1.000001"}, "thread_not_found")
	p.must("chat.postMessage", js{"channel": p.ward.ID, "text": "three", "thread_ts": reply})
	p.forgives("that of a reply")
	others, err := p.anna.Say(p.ward.ID, "", "mine")
	if err != nil {
		t.Fatal(err)
	}
	p.refused("chat.update", js{"channel": p.ward.ID, "ts": others, "text": "x"}, "cant_update_message")
	p.refused("chat.delete", js{"channel": p.ward.ID, "ts": others}, "cant_delete_message")
	p.refused("chat.update", js{"channel": p.ward.ID, "ts": "1.000001", "text": "x"}, "message_not_found")
	p.refused("chat.postEphemeral", js{"channel": p.ward.ID, "user": "U0", "text": "x"}, "user_not_in_channel")
}

// TestUpdate: by text alone the blocks go; metadata that isn't given stays.
func TestUpdate(t *testing.T) {
	p := open(t)
	meta := js{"event_type": "roundtable", "event_payload": js{"key": "k"}}
	ts := p.must("chat.postMessage", js{"channel": p.ward.ID, "text": "one", "blocks": []any{section("block")}, "metadata": meta})["ts"]
	p.must("chat.update", js{"channel": p.ward.ID, "ts": ts, "text": "two"})
	history := func(more js) []any {
		t.Helper()
		all, _ := p.must("conversations.history", with(more, "channel", p.ward.ID))["messages"].([]any)
		return all
	}
	got := history(js{"include_all_metadata": true})[0].(js)
	if got["text"] != "two" || got["blocks"] != nil || got["metadata"] == nil || got["edited"] == nil {
		t.Errorf("after the update: %v", got)
	}
	if got := history(nil)[0].(js); got["metadata"] != nil {
		t.Errorf("metadata that nobody asked for: %v", got)
	}
}

// TestPages: lists come in pages, roots newest first, threads oldest first.
func TestPages(t *testing.T) {
	p := open(t)
	var want []string
	for n := range 5 {
		want = append(want, p.say(string(rune('a'+n))))
	}
	var got []string
	cursor := any("")
	for {
		out := p.must("conversations.history", js{"channel": p.ward.ID, "limit": 2, "cursor": cursor})
		for _, m := range out["messages"].([]any) {
			got = append(got, m.(js)["ts"].(string))
		}
		if out["has_more"] != true {
			break
		}
		cursor = out["response_metadata"].(js)["next_cursor"]
	}
	slices.Reverse(got)
	if !slices.Equal(got, want) {
		t.Errorf("history %q, want %q", got, want)
	}
	out := p.must("conversations.history", js{"channel": p.ward.ID, "oldest": want[1], "latest": want[3]})
	if all := out["messages"].([]any); len(all) != 1 || all[0].(js)["ts"] != want[2] {
		t.Errorf("between: %v", all)
	}
	for range 3 {
		p.must("chat.postMessage", js{"channel": p.bjorn.ID, "text": "x"})
	}
	first, err := p.anna.Say(p.ward.ID, want[0], "reply")
	if err != nil {
		t.Fatal(err)
	}
	out = p.must("conversations.replies", js{"channel": p.ward.ID, "ts": want[0]})
	if all := out["messages"].([]any); len(all) != 2 || all[0].(js)["reply_count"] != 1.0 || all[1].(js)["ts"] != first {
		t.Errorf("the thread: %v", all)
	}
	p.refused("conversations.replies", js{"channel": p.ward.ID, "ts": "1.000001"}, "thread_not_found")
	p.refused("conversations.history", js{"channel": p.ward.ID, "limit": 1000}, "invalid_limit")
}

// TestRates: each limit lets through what it says and counts the next.
func TestRates(t *testing.T) {
	for _, tt := range []struct {
		method string
		args   func(p *place) js
		atOnce int
		every  time.Duration
	}{
		{"conversations.info", func(p *place) js { return js{"channel": p.ward.ID} }, 50, 1200 * time.Millisecond},
		{"users.info", func(p *place) js { return js{"user": p.anna.ID} }, 100, 600 * time.Millisecond},
		{"conversations.list", func(*place) js { return js{} }, 20, 3 * time.Second},
		{"chat.postMessage", func(p *place) js { return js{"channel": p.ward.ID, "text": "x"} }, 3, time.Second},
	} {
		t.Run(tt.method, func(t *testing.T) {
			h := newHands()
			p := open(t, slacktest.Options{Clock: h.clock})
			for range tt.atOnce {
				p.must(tt.method, tt.args(p))
			}
			h.pass(tt.every * 4 / 5) // jitter counts for a tenth of a second
			status, header, out := p.ask(tt.method, tt.args(p))
			if status != 429 || out["error"] != "ratelimited" || header.Get("Retry-After") == "" {
				t.Errorf("one more: %d %v", status, out)
			}
			p.forgives(tt.method)
			for range 5 {
				h.pass(tt.every)
				p.must(tt.method, tt.args(p))
			}
		})
	}
}

// TestRatesOfWorkspace: many channels share one limit.
func TestRatesOfWorkspace(t *testing.T) {
	h := newHands()
	p := open(t, slacktest.Options{Clock: h.clock})
	to := func() js { return js{"channel": p.home.User(slacktest.User{Name: "x"}).ID, "text": "x"} }
	for range slacktest.PostsAtOnce {
		p.must("chat.postMessage", to())
	}
	h.pass(50 * time.Millisecond)
	if status, _, _ := p.ask("chat.postMessage", to()); status != 429 {
		t.Errorf("one more: %d", status)
	}
	p.forgives("300 times a minute")
	for range 5 {
		h.pass(200 * time.Millisecond)
		p.must("chat.postMessage", to())
	}
}
