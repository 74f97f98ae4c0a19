package mattermost

import (
	"context"
	"testing"
	"time"

	"roundtable/chat"
)

// Who has to wait for an answer gets it all the same, another way.
func TestLateAnswers(t *testing.T) {
	f := newFake(t)
	p := f.platform(newClock())
	p.shift.wait = time.Millisecond
	release := make(chan struct{})
	serve(t, p, func(_ context.Context, in chat.Incoming) chat.Reply {
		<-release
		m := chat.Say("at last")
		if filled, ok := in.What.(chat.Filled); ok && filled.Values["falls"] == "bad" {
			form := smallForm()
			form.Fields[0].Error = "no"
			return chat.Reply{Form: &form}
		}
		return chat.Reply{Message: &m}
	})
	form := commandForm("secret")
	form.Set("response_url", "http://chat.example.org/hooks/commands/"+hereID)
	if w := call(p, "command", formType, form.Encode()); w.Code != 200 {
		t.Errorf("a command is answered with %d", w.Code)
	}
	if err := p.openDialog(t.Context(), asker{user: annaID, channel: hereID, trigger: "t"}, draft{Form: smallForm()}); err != nil {
		t.Fatal(err)
	}
	if r, code := submit(t, p, f.dialog(), annaID, map[string]any{"falls": "bad"}); code != 200 || r.Error != "" {
		t.Errorf("a form is answered with %d %+v", code, r)
	}
	m := chat.Message{Text: "x", Blocks: []chat.Block{chat.Buttons{Buttons: []chat.Button{{Label: "Go", Action: "go"}}}}}
	if _, err := p.Post(t.Context(), p.channelID(hereID), chat.PostID{}, m); err != nil {
		t.Fatal(err)
	}
	if w := callJSON(t, p, "action", pressed(t, f.last(), 0, annaID, "1")); w.Code != 200 {
		t.Errorf("a button is answered with %d", w.Code)
	}
	close(release)
	wait(t, func() bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		return len(f.hooked) == 1 && len(f.posts) == 3
	})
	if f.hooked[0].Text != "at last" {
		t.Errorf("the command's answer is %+v", f.hooked[0])
	}
	offered, said := false, false
	for _, post := range f.posts[1:] {
		if post.GetProp(propTo) == nil || post.ChannelId != directID {
			t.Errorf("an answer that is none: %+v", post)
		}
		offered = offered || post.GetProp(propForm) == "true"
		said = said || post.Message == "at last"
	}
	if !offered || !said {
		t.Errorf("the form is offered: %v, the button answered: %v", offered, said)
	}
}
