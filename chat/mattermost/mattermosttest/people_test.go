package mattermosttest_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
	"roundtable/chat/mattermost/mattermosttest"
	"roundtable/chat/platformtest"
)

var zero chat.PostID

// house is a team with two people and a channel.
type house struct {
	t       *testing.T
	team    *mattermosttest.Team
	anna    *mattermosttest.Person
	bo      *mattermosttest.Person
	channel chat.ChannelID
	bot     *model.Client4
}

func home(t *testing.T, s *mattermosttest.Server) *house {
	t.Helper()
	h := &house{t: t}
	var err error
	h.team, err = s.NewTeam(t.Context(), "chat")
	h.must(err)
	t.Cleanup(h.team.Close)
	h.anna, err = h.team.Join(t.Context(), "Anna")
	h.must(err)
	h.bo, err = h.team.Join(t.Context(), "Bo")
	h.must(err)
	h.channel, err = h.team.Channel(t.Context(), h.anna, h.bo)
	h.must(err)
	h.bot = model.NewAPIv4Client(s.URL)
	h.bot.SetToken(h.team.BotToken)
	wire := &http.Transport{}
	h.bot.HTTPClient = &http.Client{Transport: wire}
	t.Cleanup(wire.CloseIdleConnections)
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) posts(ctx context.Context) ([]platformtest.Shown, error) {
	return h.team.Posts(ctx, h.channel, zero)
}

// reads waits until people read these texts.
func (h *house) reads(look func(context.Context) ([]platformtest.Shown, error), want ...string) []platformtest.Shown {
	h.t.Helper()
	var shown []platformtest.Shown
	h.until(func() string {
		var got []string
		var err error
		shown, err = look(h.t.Context())
		h.must(err)
		for _, s := range shown {
			got = append(got, s.Text)
		}
		return cmp.Diff(want, got)
	})
	return shown
}

// until waits until nothing is missing.
func (h *house) until(missing func() string) {
	h.t.Helper()
	last := ""
	for end := time.Now().Add(3 * time.Minute); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if last = missing(); last == "" {
			return
		}
	}
	h.t.Fatal(last)
}

// answers makes the team's command, answered by this.
func (h *house) answers(handle func(w http.ResponseWriter, r *http.Request)) (url string) {
	h.t.Helper()
	integration := httptest.NewServer(http.HandlerFunc(handle))
	h.t.Cleanup(integration.Close)
	token, err := h.team.Command(h.t.Context(), "round", integration.URL+"/command")
	h.must(err)
	if token == "" {
		h.t.Error("the command has no token")
	}
	return integration.URL
}

// TestPosts sees what people write to each other, and who sees what.
func TestPosts(t *testing.T) {
	h := home(t, mattermosttest.Shared(t))
	ctx := t.Context()
	root, err := h.team.Write(ctx, h.anna.ID, h.channel, zero, "root")
	h.must(err)
	h.must(h.team.Say(ctx, h.bo.ID, h.channel, root, "reply"))
	h.must(h.team.React(ctx, h.bo.ID, root, "bulb"))
	h.must(h.team.Unreact(ctx, h.bo.ID, root, "bulb"))
	gone, err := h.team.Write(ctx, h.bo.ID, h.channel, zero, "second")
	h.must(err)
	h.must(h.team.Rewrite(ctx, h.anna.ID, root, "rewritten"))
	h.reads(h.posts, "rewritten", "second")
	h.must(h.team.Delete(ctx, h.bo.ID, gone))
	h.reads(h.posts, "rewritten")
	h.reads(func(ctx context.Context) ([]platformtest.Shown, error) { return h.team.Posts(ctx, h.channel, root) }, "reply")
	h.must(h.team.Tell(ctx, h.anna.ID, "hello"))
	h.reads(func(ctx context.Context) ([]platformtest.Shown, error) { return h.team.Direct(ctx, h.anna.ID) }, "hello")
	h.reads(func(ctx context.Context) ([]platformtest.Shown, error) { return h.team.Direct(ctx, h.bo.ID) })
}

// TestPrivate sees an answer that one person gets, with a button in it.
func TestPrivate(t *testing.T) {
	h := home(t, mattermosttest.Shared(t))
	pressed := make(chan map[string]any, 1)
	var url string
	url = h.answers(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/press" {
			var body map[string]any
			if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
				t.Error(err)
			}
			pressed <- body
			_, _ = w.Write([]byte(`{}`))
			return
		}
		if got := r.FormValue("text"); got != "help me" {
			t.Errorf("the command's text is %q", got)
		}
		_ = json.NewEncoder(w).Encode(model.CommandResponse{
			ResponseType: model.CommandResponseTypeEphemeral, Text: `only\*you`,
			Attachments: []*model.MessageAttachment{{Actions: []*model.PostAction{{
				Id: "go", Type: "button", Name: "Go", Integration: &model.PostActionIntegration{URL: url + "/press", Context: map[string]any{"a": "b"}},
			}}}},
		})
	})
	h.must(h.team.Type(t.Context(), h.anna.ID, h.channel, "help me"))
	shown := h.reads(func(ctx context.Context) ([]platformtest.Shown, error) { return h.team.Private(ctx, h.anna.ID) }, "only*you\nGo")
	h.must(h.team.Press(t.Context(), h.anna.ID, shown[0].ID, "Go"))
	body := <-pressed
	if diff := cmp.Diff(map[string]any{"a": "b"}, body["context"]); diff != "" || body["user_id"] != h.anna.ID.User {
		t.Errorf("the press was %v\n%s", body, diff)
	}
	if err := h.team.Press(t.Context(), h.anna.ID, shown[0].ID, "Stop"); err == nil {
		t.Error("a button that isn't there was pressed")
	}
	others, err := h.team.Private(t.Context(), h.bo.ID)
	if err != nil || len(others) > 0 {
		t.Errorf("the other sees %v, %v", others, err)
	}
	h.reads(h.posts)
}

// TestDialog opens a dialog, gets it back wrong, and right.
func TestDialog(t *testing.T) {
	h := home(t, mattermosttest.Shared(t))
	filled := make(chan model.SubmitDialogRequest, 2)
	var url string
	url = h.answers(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/command" {
			_, err := h.bot.OpenInteractiveDialog(context.Background(), model.OpenDialogRequest{
				TriggerId: r.FormValue("trigger_id"), URL: url + "/dialog",
				Dialog: model.Dialog{CallbackId: "submit", Title: "Submit", SubmitLabel: "Send", State: "s", Elements: []model.DialogElement{
					{Name: "falls", DisplayName: "Falls", Type: "text", MaxLength: 100},
					{Name: "ask", DisplayName: "Ask us", Type: "bool", Optional: true},
					{Name: "list", DisplayName: "List", Type: "select", Default: "y", Options: []*model.PostActionOptions{{Text: "Yes", Value: "y"}, {Text: "No", Value: "n"}}},
				}},
			})
			if err != nil {
				t.Error(err)
			}
			_, _ = w.Write([]byte(`{}`))
			return
		}
		var got model.SubmitDialogRequest
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		filled <- got
		answer := model.SubmitDialogResponse{}
		if got.Submission["falls"] == "wrong" {
			answer.Errors = map[string]string{"falls": "that can't be"}
		}
		_ = json.NewEncoder(w).Encode(answer)
	})
	h.must(h.team.Type(t.Context(), h.anna.ID, h.channel, "submit"))
	form := func() (f chat.Form) {
		h.until(func() string {
			var open bool
			var err error
			f, open, err = h.team.Form(t.Context(), h.anna.ID)
			h.must(err)
			if !open {
				return "no dialog opens"
			}
			return ""
		})
		return f
	}
	want := chat.Form{Name: "submit", Title: "Submit", Submit: "Send", Fields: []chat.Field{
		{Name: "falls", Label: "Falls", MaxLength: 100},
		{Name: "ask", Label: "Ask us", Kind: chat.Check, Optional: true},
		{Name: "list", Label: "List", Kind: chat.Choice, Value: "y", Options: []chat.Option{{Label: "Yes", Value: "y"}, {Label: "No", Value: "n"}}},
	}}
	if diff := cmp.Diff(want, form()); diff != "" {
		t.Errorf("the dialog (-want +got):\n%s", diff)
	}
	h.must(h.team.Fill(t.Context(), h.anna.ID, map[string]string{"ask": "yes"}))
	if got := form().Fields[0].Error; got == "" || len(filled) > 0 {
		t.Errorf("an empty field was sent; its error is %q", got)
	}
	h.must(h.team.Fill(t.Context(), h.anna.ID, map[string]string{"falls": "wrong"}))
	if got := form().Fields[0]; got.Error != "that can't be" || got.Value != "wrong" {
		t.Errorf("the field is %+v", got)
	}
	h.must(h.team.Fill(t.Context(), h.anna.ID, map[string]string{"falls": "3/412", "list": "n"}))
	<-filled
	got := <-filled
	if diff := cmp.Diff(map[string]any{"falls": "3/412", "ask": true, "list": "n"}, got.Submission); diff != "" || got.State != "s" || got.ChannelId != h.channel.Channel {
		t.Errorf("what came: %+v\n%s", got, diff)
	}
	if _, open, _ := h.team.Form(t.Context(), h.anna.ID); open {
		t.Error("the dialog is still open")
	}
}
