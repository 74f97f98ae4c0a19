package slacktest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"sync"
	"testing"
	"time"

	"roundtable/chat/slack/slacktest"
)

// hands is a clock that a test moves.
type hands struct {
	mu  sync.Mutex
	now time.Time
}

func newHands() *hands { return &hands{now: time.Unix(1_800_000_000, 0)} }

func (h *hands) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *hands) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

func (p *place) respond(url any, body js) (int, string) {
	p.t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	to, _ := url.(string)
	req, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, to, bytes.NewReader(data))
	if err != nil {
		p.t.Fatal(err)
	}
	resp, err := p.http.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	said, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return resp.StatusCode, string(said)
}

// TestResponseURL: five answers within half an hour, private unless said
// otherwise, in place or not.
func TestResponseURL(t *testing.T) {
	h := newHands()
	p, ctx := open(t, slacktest.Options{Clock: h.clock}), within(t)
	l := p.connect(nil)
	url := func() any {
		t.Helper()
		if err := p.anna.Type(ctx, p.app, p.ward.ID, "help"); err != nil {
			t.Fatal(err)
		}
		return l.next()["response_url"]
	}
	u := url()
	for n := range 5 {
		if code, said := p.respond(u, js{"text": string(rune('a' + n))}); code != 200 {
			t.Errorf("answer %d: %d %s", n, code, said)
		}
	}
	if code, said := p.respond(u, js{"text": "f"}); code != 404 || said != `{"ok":false,"error":"used_url"}` {
		t.Errorf("the sixth answer: %d %s", code, said)
	}
	p.forgives("more than 5 times")
	u = url()
	h.pass(30*time.Minute + time.Second)
	if code, said := p.respond(u, js{"text": "late"}); code != 404 || said != `{"ok":false,"error":"expired_url"}` {
		t.Errorf("a late answer: %d %s", code, said)
	}
	p.forgives("older than")
	if got := p.anna.Ephemerals(); len(got) != 5 || got[4].Text != "e" || len(p.bjorn.Ephemerals()) != 0 {
		t.Errorf("Anna sees %+v", got)
	}
	if code, said := p.respond(url(), js{"text": "x", "blocks": []any{js{"type": "sparkle"}}}); code != 400 || said != "invalid_blocks" {
		t.Errorf("bad blocks: %d %s", code, said)
	}
	p.forgives("invalid_blocks")

	if code, _ := p.respond(url(), js{"text": "choose", "blocks": []any{row(pressable("value", "v"))}}); code != 200 {
		t.Fatal(code)
	}
	private := p.anna.Ephemerals()[5]
	press := func() any {
		t.Helper()
		if err := p.anna.Press(ctx, p.ward.ID, private.TS, "Go"); err != nil {
			t.Fatal(err)
		}
		payload := l.next()
		if payload["message"] != nil || payload["container"].(js)["is_ephemeral"] != true {
			t.Errorf("a press on what only Anna sees: %v", payload)
		}
		return payload["response_url"]
	}
	again := press()
	if code, _ := p.respond(again, js{"text": "done", "replace_original": true}); code != 200 || p.anna.Ephemerals()[5].Text != "done" {
		t.Errorf("replaced: %+v", p.anna.Ephemerals())
	}
	if code, _ := p.respond(again, js{"delete_original": true}); code != 200 || len(p.anna.Ephemerals()) != 5 {
		t.Errorf("deleted: %+v", p.anna.Ephemerals())
	}
	if code, _ := p.respond(url(), js{"text": "to all", "response_type": "in_channel"}); code != 200 {
		t.Fatal(code)
	}
	if posts, err := p.s.Posts(p.ward.ID); err != nil || len(posts) != 1 || posts[0].Text != "to all" {
		t.Errorf("the channel: %+v %v", posts, err)
	}
}

// TestTriggers: a modal must be opened in time, three may lie upon each other,
// and who changes one must know its latest hash.
func TestTriggers(t *testing.T) {
	h := newHands()
	p, ctx := open(t, slacktest.Options{Clock: h.clock}), within(t)
	view := modal(js{"type": "actions", "elements": []any{pressable("value", "more")}}, js{
		"type": "input", "optional": true, "block_id": "b", "label": plain("f"), "element": js{"type": "plain_text_input", "action_id": "f", "initial_value": "1"},
	})
	l := p.connect(nil)
	trigger := func() any {
		t.Helper()
		if err := p.anna.Type(ctx, p.app, p.ward.ID, "help"); err != nil {
			t.Fatal(err)
		}
		return l.next()["trigger_id"]
	}
	late := trigger()
	h.pass(3*time.Second + time.Millisecond)
	p.refused("views.open", js{"trigger_id": late, "view": view}, "expired_trigger_id")
	p.forgives("older than 3s")
	p.refused("views.open", js{"trigger_id": "1.2.x", "view": view}, "invalid_trigger_id")
	p.forgives("unknown trigger")
	just := trigger()
	h.pass(3 * time.Second)
	opened := p.must("views.open", js{"trigger_id": just, "view": view})["view"].(js)
	for depth := 2; depth <= 3; depth++ {
		if err := p.anna.PressHere(ctx, "Go"); err != nil {
			t.Fatal(err)
		}
		pushed := p.must("views.push", js{"trigger_id": l.next()["trigger_id"], "view": view})["view"].(js)
		if m, _ := p.anna.Modal(); m.Depth != depth || pushed["root_view_id"] != opened["id"] || pushed["previous_view_id"] == nil {
			t.Errorf("pushed %d: %v", m.Depth, pushed)
		}
	}
	if err := p.anna.PressHere(ctx, "Go"); err != nil {
		t.Fatal(err)
	}
	p.refused("views.push", js{"trigger_id": l.next()["trigger_id"], "view": view}, "push_limit_reached")
	p.forgives("a fourth modal")

	if err := p.anna.Fill(map[string]string{"f": "typed"}); err != nil {
		t.Fatal(err)
	}
	m, _ := p.anna.Modal()
	p.refused("views.update", js{"view_id": m.ID, "hash": "old", "view": view}, "hash_conflict")
	p.must("views.update", js{"view_id": m.ID, "view": with(view, "title", plain("New"))})
	if m, _ := p.anna.Modal(); m.Title != "New" || m.Fields[0].Value != "typed" {
		t.Errorf("what was typed is gone: %+v", m)
	}
	if err := p.anna.Close(ctx, false); err != nil {
		t.Fatal(err)
	}
	if m, _ := p.anna.Modal(); m.Depth != 2 {
		t.Errorf("closed one, %d are open", m.Depth)
	}
	p.refused("views.update", js{"view_id": m.ID, "view": view}, "not_found")
}

// TestAnswersToSubmissions: what may be answered, and where errors may stand.
func TestAnswersToSubmissions(t *testing.T) {
	p, ctx := open(t), within(t)
	var answer any
	l := p.connect(func(e js) any {
		if payload, _ := e["payload"].(js); payload["type"] == "view_submission" {
			return answer
		}
		return nil
	})
	submit := func(said any) error {
		t.Helper()
		if _, open := p.anna.Modal(); !open {
			if err := p.anna.Type(ctx, p.app, p.ward.ID, "submit"); err != nil {
				t.Fatal(err)
			}
			p.must("views.open", js{"trigger_id": l.next()["trigger_id"], "view": modal(field("f"), with(section("x"), "block_id", "text"))})
		}
		answer = said
		if err := p.anna.Fill(map[string]string{"f": "1"}); err != nil {
			t.Fatal(err)
		}
		err := p.anna.Submit(ctx)
		l.next()
		return err
	}
	for what, bad := range map[string]js{
		"a section's":  {"response_action": "errors", "errors": js{"text": "no"}},
		"nobody's":     {"response_action": "errors", "errors": js{"f": "no"}},
		"none":         {"response_action": "errors", "errors": js{}},
		"unknown":      {"response_action": "sing"},
		"a bad update": {"response_action": "update", "view": js{"type": "modal"}},
	} {
		if err := submit(bad); err == nil {
			t.Errorf("%s: nobody saw it", what)
		}
		if len(p.s.Forgive()) != 1 {
			t.Errorf("%s: not noted", what)
		}
	}
	if err := submit(js{"response_action": "update", "view": with(modal(field("g")), "title", plain("Second"))}); err != nil {
		t.Error(err)
	}
	if m, _ := p.anna.Modal(); m.Title != "Second" || m.Fields[0].Action != "g" {
		t.Errorf("updated: %+v", m)
	}
	answer = js{"response_action": "push", "view": modal(field("h"))}
	if err := p.anna.Fill(map[string]string{"g": "1"}); err != nil {
		t.Fatal(err)
	}
	if err := p.anna.Submit(ctx); err != nil {
		t.Error(err)
	}
	if m, _ := p.anna.Modal(); m.Depth != 2 || m.Fields[0].Action != "h" {
		t.Errorf("pushed: %+v", m)
	}
	answer = js{"response_action": "clear"}
	if err := p.anna.Fill(map[string]string{"h": "1"}); err != nil {
		t.Fatal(err)
	}
	if err := p.anna.Submit(ctx); err != nil {
		t.Error(err)
	}
	if _, open := p.anna.Modal(); open {
		t.Error("still open")
	}
}
