package slacktest_test

import (
	"errors"
	"testing"

	"roundtable/chat/slack/slacktest"
)

// TestConnect: people of another workspace have no commands and shortcuts, but
// may press buttons, fill in modals and talk; the payloads say whose they are.
func TestConnect(t *testing.T) {
	p, ctx := open(t), within(t)
	away := p.s.Workspace("T0AWAY", "Away")
	cecilia := away.User(slacktest.User{Name: "Cecilia", TZ: "Europe/Oslo"})
	david := away.User(slacktest.User{Name: "David", Stranger: true})
	shared := p.home.Channel(slacktest.Channel{Name: "shared"}, p.anna, cecilia, david, p.app)
	shared.Share(away)
	l := p.connect(nil)

	if err := cecilia.Type(ctx, p.app, shared.ID, "help"); !errors.Is(err, slacktest.ErrNotCommand) {
		t.Errorf("the command of another workspace: %v", err)
	}
	if err := cecilia.Shortcut(ctx, p.app, "submit"); !errors.Is(err, slacktest.ErrNotThere) {
		t.Errorf("the shortcut of another workspace: %v", err)
	}
	if err := cecilia.OpenHome(p.app); !errors.Is(err, slacktest.ErrNotThere) {
		t.Errorf("the page of another workspace: %v", err)
	}
	out := p.must("chat.postMessage", js{"channel": shared.ID, "text": "x", "blocks": []any{row(pressable("value", "v"))}})
	root, _ := out["ts"].(string)
	l.next()
	if err := cecilia.Press(ctx, shared.ID, root, "Go"); err != nil {
		t.Fatal(err)
	}
	press := l.next()
	if press["team"].(js)["id"] != "T0HOME" || press["user"].(js)["team_id"] != "T0AWAY" {
		t.Errorf("the press: %v", press)
	}
	p.must("views.open", js{"trigger_id": press["trigger_id"], "view": modal(field("f"))})
	if err := errors.Join(cecilia.Fill(map[string]string{"f": "1"}), cecilia.Submit(ctx)); err != nil {
		t.Fatal(err)
	}
	sent := l.next()
	if view := sent["view"].(js); sent["team"].(js)["id"] != "T0AWAY" || view["team_id"] != "T0AWAY" || view["app_installed_team_id"] != "T0HOME" {
		t.Errorf("the submission: %v", sent)
	}
	if _, err := cecilia.Say(shared.ID, root, "a thought"); err != nil {
		t.Fatal(err)
	}
	said := l.next()
	auth := said["authorizations"].([]any)[0].(js)
	if said["team_id"] != "T0AWAY" || said["context_team_id"] != "T0HOME" || auth["team_id"] != "T0HOME" || said["is_ext_shared_channel"] != true || said["event"].(js)["team"] != "T0AWAY" {
		t.Errorf("said: %v", said)
	}

	user := p.must("users.info", js{"user": cecilia.ID})["user"].(js)
	if user["is_stranger"] != false || user["team_id"] != "T0AWAY" || user["real_name"] != "Cecilia" {
		t.Errorf("Cecilia: %v", user)
	}
	user = p.must("users.info", js{"user": david.ID})["user"].(js)
	if user["is_stranger"] != true || user["real_name"] != nil || user["tz"] != nil {
		t.Errorf("David: %v", user)
	}
	p.refused("conversations.open", js{"users": david.ID}, "user_not_visible")
	p.must("conversations.open", js{"users": cecilia.ID})
	info := p.must("conversations.info", js{"channel": shared.ID})["channel"].(js)
	if info["is_ext_shared"] != true || info["is_shared"] != true {
		t.Errorf("the channel: %v", info)
	}
	stranger := p.s.Workspace("T0FAR", "Far").User(slacktest.User{Name: "Eva"})
	p.refused("users.info", js{"user": stranger.ID}, "user_not_visible")

	old := shared.ID
	moved := shared.Move()
	if e := l.event("channel_id_changed"); e["old_channel_id"] != old || e["new_channel_id"] != moved {
		t.Errorf("moved: %v", e)
	}
	p.refused("chat.postMessage", js{"channel": old, "text": "x"}, "channel_not_found")
	p.must("chat.postMessage", js{"channel": moved, "text": "x"})
}
