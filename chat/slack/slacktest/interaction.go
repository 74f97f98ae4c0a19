package slacktest

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"
)

// eventPayload is the envelope of an event. For what people of another workspace
// do in a shared channel, team_id is theirs; context_team_id and the
// authorization are the installing workspace's,
// https://docs.slack.dev/apis/slack-connect.
func (a *App) eventPayload(c *Channel, by *User, event map[string]any) map[string]any {
	s := a.s
	team := a.team.ID
	if by != nil && c != nil {
		team = by.Team.ID
	}
	shared := c != nil && len(c.shared) > 0
	return map[string]any{
		"token": a.Verifier, "team_id": team, "context_team_id": a.team.ID, "context_enterprise_id": a.team.enterpriseID(), "api_app_id": a.ID,
		"event": event, "type": "event_callback", "event_time": s.opts.Clock().Unix(), "is_ext_shared_channel": shared,
		"authorizations": []any{map[string]any{
			"enterprise_id": a.team.enterpriseID(), "team_id": a.team.ID, "user_id": a.BotUser, "is_bot": true, "is_enterprise_install": false,
		}},
	}
}

func (u *User) wireShort() map[string]any {
	return map[string]any{"id": u.ID, "username": u.username(), "name": u.username(), "team_id": u.Team.ID}
}

func (w *Workspace) wire() map[string]any { return map[string]any{"id": w.ID, "domain": w.Domain} }

// command is what a slash command sends.
func (a *App) command(u *User, c *Channel, text string) *delivery {
	trigger := a.trigger(u, nil)
	payload := map[string]any{
		"token": a.Verifier, "team_id": a.team.ID, "team_domain": a.team.Domain, "channel_id": c.ID, "channel_name": c.commandName(),
		"enterprise_id": a.team.enterprise,
		"user_id":       u.ID, "user_name": u.username(), "command": a.Command, "text": text, "api_app_id": a.ID,
		"is_enterprise_install": "false", "response_url": a.responseURL(u, c, nil), "trigger_id": trigger,
	}
	return (&delivery{app: a, kind: "slash_commands", key: trigger, payload: payload, accepts: true}).kept()
}

func (c *Channel) commandName() string {
	switch {
	case c.im != nil:
		return "directmessage"
	case c.Private:
		return "privategroup"
	}
	return c.Name
}

// kept remembers a delivery, so that it can come again.
func (d *delivery) kept() *delivery {
	d.app.sent[d.key] = d
	return d
}

// interaction is what all interactive payloads begin with. Slack tells the
// installing workspace as team of presses, the person's own of views.
func (a *App) interaction(kind string, u *User, trigger string) map[string]any {
	team := a.team
	if kind == "view_submission" || kind == "view_closed" {
		team = u.Team
	}
	p := map[string]any{
		"type": kind, "token": a.Verifier, "team": team.wire(), "user": u.wireShort(), "api_app_id": a.ID, "enterprise": nil,
		"is_enterprise_install": false,
	}
	if trigger != "" {
		p["trigger_id"] = trigger
	}
	if id := a.team.enterprise; id != "" {
		p["enterprise"] = map[string]any{"id": id, "name": "Grid"}
	}
	return p
}

func (s *Slack) actionTime() string { return stampOf(s.opts.Clock().Add(time.Millisecond)) }

// pressOn is a press on a message's element.
func (a *App) pressOn(u *User, m *message, action map[string]any) *delivery {
	trigger := a.trigger(u, nil)
	p := a.interaction("block_actions", u, trigger)
	c := m.channel
	p["container"] = map[string]any{"type": "message", "message_ts": m.ts, "channel_id": c.ID, "is_ephemeral": m.only != nil}
	if m.thread != "" {
		p["container"].(map[string]any)["thread_ts"] = m.thread //nolint:forcetypeassert // made two lines above
	}
	p["channel"] = map[string]any{"id": c.ID, "name": c.commandName()}
	if m.only == nil { // an ephemeral message is not told
		p["message"] = m.wire(true)
	}
	p["state"] = map[string]any{"values": map[string]any{}}
	p["response_url"] = a.responseURL(u, c, m)
	p["actions"] = []any{action}
	return (&delivery{app: a, kind: "interactive", key: trigger, payload: p}).kept()
}

// press is a press in a modal or home page.
func (v *view) press(action map[string]any) *delivery {
	trigger := v.app.trigger(v.user, v)
	p := v.app.interaction("block_actions", v.user, trigger)
	p["container"] = map[string]any{"type": "view", "view_id": v.id}
	p["view"] = v.wire()
	p["actions"] = []any{action}
	return (&delivery{app: v.app, kind: "interactive", key: trigger, payload: p}).kept()
}

// submission is a modal sent in.
func (v *view) submission() *delivery {
	trigger := v.app.trigger(v.user, v)
	p := v.app.interaction("view_submission", v.user, trigger)
	p["view"], p["response_urls"] = v.wire(), []any{}
	return (&delivery{app: v.app, kind: "interactive", key: trigger, payload: p, accepts: true}).kept()
}

// closing is a modal closed, for those that asked to know.
func (v *view) closing(cleared bool) *delivery {
	p := v.app.interaction("view_closed", v.user, "")
	p["view"], p["is_cleared"] = v.wire(), cleared
	return (&delivery{app: v.app, kind: "interactive", key: "closed-" + v.id, payload: p}).kept()
}

// shortcut is a global shortcut, or one on a message.
func (a *App) shortcut(u *User, callback string, m *message) *delivery {
	s := a.s
	trigger := a.trigger(u, nil)
	kind := "shortcut"
	if m != nil {
		kind = "message_action"
	}
	p := a.interaction(kind, u, trigger)
	p["callback_id"], p["action_ts"] = callback, s.actionTime()
	if m != nil {
		p["message_ts"], p["message"] = m.ts, m.wire(true)
		p["channel"] = map[string]any{"id": m.channel.ID, "name": m.channel.commandName()}
		p["response_url"] = a.responseURL(u, m.channel, m)
	}
	return (&delivery{app: a, kind: "interactive", key: trigger, payload: p}).kept()
}

// installed says whether the app is at the service of the person: it is installed in
// their workspace, or in another one of the same organisation.
func (a *App) installed(u *User) bool { return u.Team.together(a.team) }

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

func (a *App) responseURL(u *User, c *Channel, on *message) string {
	s := a.s
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
	code := s.urls[r.PathValue("id")].respond(args)
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
func (u *responseURL) respond(args arguments) string {
	if u == nil {
		return "used_url"
	}
	s := u.app.s
	switch {
	case s.opts.Clock().Sub(u.made) > responseLife:
		s.breaks("a response_url older than %v", responseLife)
		return "expired_url"
	case u.used >= maxResponses:
		s.breaks("a response_url used more than %d times", maxResponses)
		return "used_url"
	}
	u.used++
	code := u.app.reply(u.user, u.in, u.on, args)
	if code == "" {
		record("response_url", args)
	}
	return code
}

// reply is an answer given to a response URL or with an acknowledgement.
func (a *App) reply(to *User, in *Channel, on *message, args arguments) string {
	s := a.s
	c := &call{s: s, app: a, method: "response_url", args: args}
	if args["delete_original"] == true {
		switch {
		case on == nil || on.gone:
		case on.only != nil:
			on.gone = true
		default:
			on.remove()
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
		on.notePings()
		if on.only == nil {
			on.change(before, a.Self)
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
	m.post()
	return ""
}
