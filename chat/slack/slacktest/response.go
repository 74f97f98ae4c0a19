package slacktest

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"
)

// Limits of a response URL,
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses.
const (
	maxResponses = 5
	responseLife = 30 * time.Minute
)

// responseURL is where the app may answer what somebody did.
type responseURL struct {
	app  *App
	user *User
	in   *Channel
	on   *message // the message that was pressed on, if any
	made time.Time
	used int
}

func (s *Slack) responseURL(a *App, u *User, c *Channel, on *message) string {
	id := strings.ToLower(s.id("r"))
	s.urls[id] = &responseURL{app: a, user: u, in: c, on: on, made: s.opts.Clock()}
	return s.server.URL + "/response/" + id
}

func (s *Slack) serveResponse(w http.ResponseWriter, r *http.Request) {
	plan := s.plan("response_url")
	if !s.suffer(r, w, plan.before) {
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	args := arguments{}
	if err != nil || json.Unmarshal(body, &args) != nil {
		http.Error(w, "invalid_payload", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	code := s.respond(s.urls[r.PathValue("id")], args)
	s.mu.Unlock()
	if !s.suffer(r, w, plan.after) {
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	switch code {
	case "":
		_, _ = io.WriteString(w, `{"ok":true}`) // a caller that is gone is its own loss
	case "used_url", "expired_url":
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `{"ok":false,"error":"`+code+`"}`)
	default:
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, code)
	}
}

// respond does what was asked for at a response URL, and returns Slack's error
// name. The lock is held.
func (s *Slack) respond(u *responseURL, args arguments) string {
	switch {
	case u == nil:
		return "used_url"
	case s.opts.Clock().Sub(u.made) > responseLife:
		s.breaks("a response_url older than %v", responseLife)
		return "expired_url"
	case u.used >= maxResponses:
		s.breaks("a response_url used more than %d times", maxResponses)
		return "used_url"
	}
	u.used++
	code := s.reply(u.app, u.user, u.in, u.on, args)
	if code == "" {
		record("response_url", args)
	}
	return code
}

// reply is an answer given to a response URL or with an acknowledgement.
func (s *Slack) reply(a *App, to *User, in *Channel, on *message, args arguments) string {
	c := &call{s: s, app: a, method: "response_url", args: args}
	if args["delete_original"] == true {
		switch {
		case on == nil || on.gone:
		case on.only != nil:
			on.gone = true
		default:
			s.remove(on)
		}
		return ""
	}
	text, blocks, fail := c.content()
	if fail != nil {
		return fail.code
	}
	if args["replace_original"] == true && on != nil && !on.gone {
		before := on.wire(true)
		on.text, on.blocks = text, s.named(blocks)
		s.notePings(on)
		if on.only == nil {
			s.change(on, before, a.Self)
		}
		return ""
	}
	m := &message{channel: in, from: a.Self, text: text, blocks: s.named(blocks), only: to}
	switch args.text("response_type") {
	case "in_channel":
		m.only = nil
	case "", "ephemeral":
	default:
		return "invalid_response_type"
	}
	if m.thread, fail = c.threadOf(in); fail != nil {
		return fail.code
	}
	s.post(m)
	return ""
}
