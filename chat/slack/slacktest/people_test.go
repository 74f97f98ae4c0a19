package slacktest_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat/slack/slacktest"
)

// TestEvents: what people do, as Slack tells it.
func TestEvents(t *testing.T) {
	p, ctx := open(t), within(t)
	p.app.Shortcuts = []string{"submit", "keep"}
	l := p.connect(nil)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	root := p.say("root & <branch>")
	if e := l.event("message"); e["text"] != "root &amp; &lt;branch&gt;" || e["channel_type"] != "channel" || e["client_msg_id"] == nil {
		t.Errorf("said: %v", e)
	}
	must(p.bjorn.Rewrite(p.ward.ID, root, "root"))
	e := l.event("message")
	if e["subtype"] != "message_changed" || e["message"].(js)["text"] != "root" || e["previous_message"].(js)["text"] != "root &amp; &lt;branch&gt;" || e["message"].(js)["edited"] == nil {
		t.Errorf("rewritten: %v", e)
	}
	p.s.Unfurl(p.ward.ID, root)
	if e := l.event("message"); e["subtype"] != "message_changed" || e["message"].(js)["text"] != "root" {
		t.Errorf("unfurled: %v", e)
	}
	must(p.anna.React(p.ward.ID, root, "bulb"))
	if e := l.event("reaction_added"); e["reaction"] != "bulb" || e["user"] != p.anna.ID || e["item_user"] != p.bjorn.ID || e["item"].(js)["ts"] != root {
		t.Errorf("reacted: %v", e)
	}
	if p.anna.React(p.ward.ID, root, "bulb") == nil {
		t.Error("the same emoji twice")
	}
	must(p.anna.Unreact(p.ward.ID, root, "bulb"))
	l.event("reaction_removed")
	reply, err := p.anna.SayBroadcast(p.ward.ID, root, "to all")
	must(err)
	if e := l.event("message"); e["subtype"] != "thread_broadcast" || e["thread_ts"] != root || e["root"] == nil {
		t.Errorf("broadcast: %v", e)
	}
	if err := p.bjorn.Delete(p.ward.ID, reply); !errors.Is(err, slacktest.ErrNotThere) {
		t.Errorf("another's message deleted: %v", err)
	}
	must(p.bjorn.Delete(p.ward.ID, root)) // it carries a thread
	if e := l.event("message"); e["subtype"] != "message_changed" || e["message"].(js)["subtype"] != "tombstone" {
		t.Errorf("a root deleted: %v", e)
	}
	must(p.anna.Delete(p.ward.ID, reply))
	if e := l.event("message"); e["subtype"] != "message_deleted" || e["deleted_ts"] != reply || e["previous_message"].(js)["text"] != "to all" {
		t.Errorf("deleted: %v", e)
	}
	_, err = p.anna.Say(p.ward.ID, "", "<@"+p.app.BotUser+"> help")
	must(err)
	kinds := []any{l.next()["event"].(js)["type"], l.next()["event"].(js)["type"]}
	if diff := cmp.Diff([]any{"message", "app_mention"}, kinds); diff != "" {
		t.Error(diff)
	}
	_, err = p.anna.Tell(p.app, "status")
	must(err)
	if e := l.event("message"); e["channel_type"] != "im" || !strings.HasPrefix(e["channel"].(string), "D") {
		t.Errorf("told: %v", e)
	}

	must(p.anna.OpenHome(p.app))
	if e := l.event("app_home_opened"); e["tab"] != "home" || e["user"] != p.anna.ID || e["view"] != nil {
		t.Errorf("home: %v", e)
	}
	page := js{"type": "home", "blocks": []any{section("my page"), row(pressable("value", "v"))}}
	p.must("views.publish", js{"user_id": p.anna.ID, "view": page})
	if home, ok := p.anna.Home(p.app); !ok || home.Text != "my page\nGo" {
		t.Errorf("the page: %+v", home)
	}
	home, _ := p.anna.Home(p.app)
	p.must("views.update", js{"view_id": home.ID, "view": js{"type": "home", "blocks": []any{row(pressable("value", "w"))}}})
	p.refused("views.update", js{"view_id": home.ID, "view": modal()}, "invalid_arguments")
	must(p.anna.PressHome(ctx, p.app, "Go"))
	if press := l.next(); press["container"].(js)["type"] != "view" || press["view"].(js)["type"] != "home" || press["response_url"] != nil {
		t.Errorf("a press at home: %v", press)
	}
	must(p.anna.Shortcut(ctx, p.app, "submit"))
	if got := l.next(); got["type"] != "shortcut" || got["callback_id"] != "submit" || got["trigger_id"] == nil {
		t.Errorf("the shortcut: %v", got)
	}
	must(p.anna.Shortcut(ctx, p.app, "submit"))
	p.must("views.open", js{"trigger_id": l.next()["trigger_id"], "view": with(modal(field("f")), "notify_on_close", true)})
	must(p.anna.Close(ctx, true))
	if got := l.next(); got["type"] != "view_closed" || got["is_cleared"] != true || got["view"].(js)["callback_id"] != "submit" {
		t.Errorf("closed: %v", got)
	}
	note := p.say("note")
	l.event("message")
	must(p.anna.MessageShortcut(ctx, p.app, "keep", p.ward.ID, note))
	if got := l.next(); got["type"] != "message_action" || got["message"].(js)["ts"] != note || got["response_url"] == nil {
		t.Errorf("the message's shortcut: %v", got)
	}
	carl := p.home.User(slacktest.User{Name: "Carl"})
	p.ward.Add(carl, p.anna)
	if e := l.event("member_joined_channel"); e["user"] != carl.ID || e["inviter"] != p.anna.ID {
		t.Errorf("joined: %v", e)
	}
	p.app.Uninstall()
	kinds = []any{l.next()["event"].(js)["type"], l.next()["event"].(js)["type"]}
	if diff := cmp.Diff([]any{"tokens_revoked", "app_uninstalled"}, kinds); diff != "" {
		t.Error(diff)
	}
	p.refused("auth.test", nil, "account_inactive")
}

// TestScopedEvents: without a scope nothing is told.
func TestScopedEvents(t *testing.T) {
	p := open(t)
	p.app.Grant("chat:write", "reactions:read")
	l := p.connect(nil)
	ts := p.say("nobody hears this")
	if err := p.anna.React(p.ward.ID, ts, "bulb"); err != nil {
		t.Fatal(err)
	}
	l.event("reaction_added")
}

// TestPings: who is called by a message, and who isn't.
func TestPings(t *testing.T) {
	p := open(t, slacktest.Options{Unlimited: true})
	post := func(text string, blocks ...any) {
		t.Helper()
		args := js{"channel": p.ward.ID, "text": text}
		if len(blocks) > 0 {
			args["blocks"] = blocks
		}
		p.must("chat.postMessage", args)
	}
	post("@here @channel &lt;!here&gt; anna@example.org")
	post("x", js{"type": "header", "text": plain("<!here>")}, section("&lt;@U123&gt;"))
	if got := p.s.Pings(); len(got) != 0 {
		t.Errorf("pinged %+v", got)
	}
	post("hi <!here> and <@" + p.anna.ID + "|anna>")
	post("x", section("<!channel>"), js{"type": "rich_text", "elements": []any{js{"type": "rich_text_section", "elements": []any{js{"type": "broadcast", "range": "everyone"}}}}})
	var whom []string
	for _, ping := range p.s.Pings() {
		whom = append(whom, ping.Whom)
	}
	if diff := cmp.Diff([]string{"here", p.anna.ID, "channel", "everyone"}, whom); diff != "" {
		t.Error(diff)
	}
	post("x", section("a <b> c"))
	p.forgives("unescaped '<'")
}
