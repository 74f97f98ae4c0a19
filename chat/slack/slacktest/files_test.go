package slacktest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"roundtable/chat/slack/slacktest"
)

// upload uploads a file up to its completion.
func (p *place) upload(name, alt, data string, complete js) (id string) {
	p.t.Helper()
	out := p.must("files.getUploadURLExternal", js{"filename": name, "length": len(data), "alt_txt": alt})
	id, _ = out["file_id"].(string)
	url, _ := out["upload_url"].(string)
	req, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, url, strings.NewReader(data))
	if err != nil {
		p.t.Fatal(err)
	}
	resp, err := p.http.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		p.t.Fatalf("upload: %s", resp.Status)
	}
	complete["files"] = []any{js{"id": id, "title": "Title of " + name}}
	p.must("files.completeUploadExternal", complete)
	return id
}

// TestFiles: what is uploaded gets into the channel a moment later, and can be
// shown in a block then and not before.
func TestFiles(t *testing.T) {
	p := open(t, slacktest.Options{Processing: time.Second})
	p.upload("figures.csv", "", "a;b\n", js{"channel_id": p.ward.ID, "initial_comment": "the figures"})
	eventually(t, "the file never got to the channel", func() bool {
		posts, err := p.s.Posts(p.ward.ID)
		return err == nil && len(posts) == 1 && strings.Contains(posts[0].Text, "figures.csv") && strings.Contains(posts[0].Text, "the figures")
	})
	id := p.upload("funnel.png", "a funnel", "PNG", js{})
	message := js{"channel": p.ward.ID, "text": "x", "blocks": []any{js{"type": "image", "alt_text": "a funnel", "slack_file": js{"id": id}}}}
	if out := p.refused("chat.postMessage", message, "invalid_blocks"); !strings.Contains(out["errors"].([]any)[0].(string), "invalid slack file [json-pointer:/blocks/0/slack_file]") {
		t.Errorf("said %v", out["errors"])
	}
	p.s.Forgive()
	eventually(t, "the picture is never ready", func() bool { _, _, out := p.ask("chat.postMessage", message); return out["ok"] == true })
	p.s.Forgive()
	posts, err := p.s.Posts(p.ward.ID)
	if err != nil || len(posts) != 2 || posts[1].Text != "a funnel" {
		t.Errorf("the channel: %+v %v", posts, err)
	}
}
