package slacktest_test

import (
	"testing"

	"roundtable/chat/slack/slacktest"
)

// The fake refuses what a workspace forbids with the error that Slack gives, and takes it
// again afterwards.
func TestPolicies(t *testing.T) {
	p := open(t, slacktest.Options{Unlimited: true})
	post := js{"channel": p.ward.ID, "text": "hello"}
	ts := p.must("chat.postMessage", post)["ts"]
	upload := js{"filename": "a.png", "length": 8}
	edit := js{"channel": p.ward.ID, "ts": ts, "text": "changed"}
	p.home.Forbid(slacktest.Policies{Uploads: "file_uploads_disabled"})
	p.refused("files.getUploadURLExternal", upload, "file_uploads_disabled")
	p.home.Forbid(slacktest.Policies{})
	p.must("files.getUploadURLExternal", upload)
	p.ward.Forbid("restricted_action")
	p.refused("chat.postMessage", post, "restricted_action")
	p.refused("chat.update", edit, "restricted_action")
	p.ward.Forbid("")
	p.ward.Archive()
	p.refused("chat.postMessage", post, "is_archived")
	p.refused("chat.update", edit, "is_inactive")
	if _, err := p.anna.Say(p.ward.ID, "", "hello"); err == nil {
		t.Error("somebody wrote in an archived channel")
	}
	p.ward.Unarchive()
	p.must("chat.update", edit)
	p.ward.Remove(p.app)
	p.refused("chat.postMessage", post, "not_in_channel")
	p.ward.Private = true
	p.refused("chat.postMessage", post, "channel_not_found")
	p.ward.Add(p.app, p.anna)
	p.s.ForbidTexts("hell", "some_new_error")
	p.refused("chat.postMessage", post, "some_new_error")
	p.must("chat.update", edit)
}
