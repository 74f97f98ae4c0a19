package mattermost

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

func TestFailures(t *testing.T) {
	tests := map[string]struct {
		code   int
		id     string
		header http.Header
		want   error
		after  time.Duration
	}{
		"not there":       {code: 404, id: "app.post.get.app_error", want: chat.ErrGone},
		"not allowed":     {code: 403, id: "api.context.permissions.app_error", want: chat.ErrGone},
		"no such root":    {code: 400, id: "api.post.create_post.root_id.app_error", want: chat.ErrGone},
		"archived":        {code: 400, id: "api.post.create_post.can_not_post_to_deleted.error", want: chat.ErrGone},
		"wrong":           {code: 400, id: "model.post.is_valid.message_length.app_error", want: chat.ErrRefused},
		"too large":       {code: 413, want: chat.ErrRefused},
		"no files":        {code: 403, id: "api.file.attachments.disabled.app_error", want: chat.ErrRefused},
		"switched off":    {code: 501, id: "api.command.disabled.app_error", want: chat.ErrRefused},
		"a proxy's 404":   {code: 404},
		"a proxy's 403":   {code: 403},
		"a proxy's 400":   {code: 400},
		"a proxy's 501":   {code: 501},
		"token":           {code: 401},
		"server":          {code: 500},
		"proxy":           {code: 502},
		"busy":            {code: 503},
		"elsewhere":       {code: 301},
		"often":           {code: 429, header: http.Header{"Retry-After": {"7"}}, after: 7 * time.Second},
		"often, unsaid":   {code: 429, after: defaultRetryAfter},
		"often, at once":  {code: 429, header: http.Header{"Retry-After": {"0"}}, after: time.Second},
		"often, for ever": {code: 429, header: http.Header{"Retry-After": {"99999999"}}, after: maxRetryAfter},
		"often, until a moment": {code: 429, after: time.Minute, header: http.Header{
			"Retry-After": {"Sun, 22 Nov 2026 12:01:00 GMT"}, "Date": {"Sun, 22 Nov 2026 12:00:00 GMT"},
		}},
	}
	for name, tt := range tests {
		cause := error(errors.New("secret body"))
		if tt.id != "" {
			cause = model.NewAppError("x", tt.id, nil, "secret detail", tt.code)
		}
		err := apiError("post", &model.Response{StatusCode: tt.code, Header: tt.header}, cause)
		for _, kind := range []error{chat.ErrGone, chat.ErrRefused} {
			if is := errors.Is(err, kind); is != errors.Is(tt.want, kind) {
				t.Errorf("%s: %v is %v: %v", name, err, kind, is)
			}
		}
		var later *chat.Later
		if errors.As(err, &later) != (tt.after > 0) || (later != nil && later.After != tt.after) {
			t.Errorf("%s: %v says later: %+v, want %v", name, err, later, tt.after)
		}
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v holds what the server said", name, err)
		}
	}
}

// A server that misbehaves leaves errors after which it is worth trying again.
func TestServerThatFails(t *testing.T) {
	f := newFake(t)
	p := f.platform(newClock())
	post := func(ctx context.Context) error {
		_, err := p.Post(ctx, p.channelID(hereID), chat.PostID{}, chat.Say("x"))
		return err
	}
	if err := post(t.Context()); err != nil {
		t.Fatal(err)
	}
	release := make(chan struct{})
	for name, answer := range map[string]http.HandlerFunc{
		"429": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "3")
			http.Error(w, "limit exceeded", http.StatusTooManyRequests)
		},
		"500": func(w http.ResponseWriter, _ *http.Request) { refuseAs(w, 500, "app.post.save.app_error") },
		"502": func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "<html>bad gateway", http.StatusBadGateway)
		},
		"nonsense": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("{")) },
		"cut":      func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"slow":     func(http.ResponseWriter, *http.Request) { <-release },
	} {
		f.mu.Lock()
		f.answer = func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/posts") {
				answer(w, r)
				return true
			}
			return false
		}
		f.mu.Unlock()
		timeout := time.Minute
		if name == "slow" {
			timeout = 500 * time.Millisecond
		}
		ctx, cancel := context.WithTimeout(t.Context(), timeout)
		err := post(ctx)
		cancel()
		if name == "slow" {
			close(release)
		}
		var later *chat.Later
		if err == nil || errors.Is(err, chat.ErrGone) || errors.Is(err, chat.ErrRefused) || errors.As(err, &later) != (name == "429") {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), "limit exceeded") {
			t.Errorf("%s: %v holds what the server said", name, err)
		}
	}
}

// That the bot may not post somewhere is told apart from its not being there.
func TestMayNotPost(t *testing.T) {
	for name, tt := range map[string]struct {
		code int // of the question whether the bot is in the channel
		want chat.Obstacle
	}{
		"in it":        {200, chat.NotAllowed},
		"not in it":    {404, chat.NotMember},
		"can't see it": {403, chat.NotMember},
		"not known":    {500, ""},
	} {
		f := newFake(t)
		p := f.platform(newClock())
		f.answer = func(w http.ResponseWriter, r *http.Request) bool {
			switch {
			case r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/posts"):
				refuseAs(w, http.StatusForbidden, "api.context.permissions.app_error")
			case strings.Contains(r.URL.Path, "/members/") && tt.code != http.StatusOK:
				refuseAs(w, tt.code, "app.channel.get_member.app_error")
			default:
				return false
			}
			return true
		}
		_, err := p.Post(t.Context(), p.channelID(hereID), chat.PostID{}, chat.Say("x"))
		closed, is := errors.AsType[*chat.Unreachable](err)
		if is != (tt.want != "") || is && closed.Why != tt.want || errors.Is(err, chat.ErrGone) || errors.Is(err, chat.ErrRefused) || err == nil {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(fmt.Sprint(err), "secret") {
			t.Errorf("%s: %v holds what the server said", name, err)
		}
	}
}
