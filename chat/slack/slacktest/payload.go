package slacktest

import "time"

// eventPayload is the envelope of an event. For what people of another workspace
// do in a shared channel, team_id is theirs; context_team_id and the
// authorization are the installing workspace's,
// https://docs.slack.dev/apis/slack-connect.
func (s *Slack) eventPayload(a *App, c *Channel, by *User, event map[string]any) map[string]any {
	team := a.team.ID
	if by != nil && c != nil {
		team = by.Team.ID
	}
	shared := c != nil && len(c.shared) > 0
	return map[string]any{
		"token": a.Verifier, "team_id": team, "context_team_id": a.team.ID, "context_enterprise_id": nil, "api_app_id": a.ID,
		"event": event, "type": "event_callback", "event_time": s.opts.Clock().Unix(), "is_ext_shared_channel": shared,
		"authorizations": []any{map[string]any{
			"enterprise_id": nil, "team_id": a.team.ID, "user_id": a.BotUser, "is_bot": true, "is_enterprise_install": false,
		}},
	}
}

func (u *User) wireShort() map[string]any {
	return map[string]any{"id": u.ID, "username": u.username(), "name": u.username(), "team_id": u.Team.ID}
}

func (w *Workspace) wire() map[string]any { return map[string]any{"id": w.ID, "domain": w.Domain} }

// command is what a slash command sends.
func (s *Slack) command(a *App, u *User, c *Channel, text string) *delivery {
	trigger := s.trigger(a, u, nil)
	payload := map[string]any{
		"token": a.Verifier, "team_id": a.team.ID, "team_domain": a.team.Domain, "channel_id": c.ID, "channel_name": c.commandName(),
		"user_id": u.ID, "user_name": u.username(), "command": a.Command, "text": text, "api_app_id": a.ID,
		"is_enterprise_install": "false", "response_url": s.responseURL(a, u, c, nil), "trigger_id": trigger,
	}
	return s.keep(&delivery{app: a, kind: "slash_commands", key: trigger, payload: payload, accepts: true})
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

// keep remembers a delivery, so that it can come again.
func (s *Slack) keep(d *delivery) *delivery {
	d.app.sent[d.key] = d
	return d
}

// interaction is what all interactive payloads begin with. Slack tells the
// installing workspace as team of presses, the person's own of views.
func (s *Slack) interaction(kind string, a *App, u *User, trigger string) map[string]any {
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
	return p
}

func (s *Slack) actionTime() string { return stampOf(s.opts.Clock().Add(time.Millisecond)) }

// pressOn is a press on a message's element.
func (s *Slack) pressOn(a *App, u *User, m *message, action map[string]any) *delivery {
	trigger := s.trigger(a, u, nil)
	p := s.interaction("block_actions", a, u, trigger)
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
	p["response_url"] = s.responseURL(a, u, c, m)
	p["actions"] = []any{action}
	return s.keep(&delivery{app: a, kind: "interactive", key: trigger, payload: p})
}

// pressIn is a press in a modal or home page.
func (s *Slack) pressIn(v *view, action map[string]any) *delivery {
	trigger := s.trigger(v.app, v.user, v)
	p := s.interaction("block_actions", v.app, v.user, trigger)
	p["container"] = map[string]any{"type": "view", "view_id": v.id}
	p["view"] = v.wire()
	p["actions"] = []any{action}
	return s.keep(&delivery{app: v.app, kind: "interactive", key: trigger, payload: p})
}

// submission is a modal sent in.
func (s *Slack) submission(v *view) *delivery {
	trigger := s.trigger(v.app, v.user, v)
	p := s.interaction("view_submission", v.app, v.user, trigger)
	p["view"], p["response_urls"] = v.wire(), []any{}
	return s.keep(&delivery{app: v.app, kind: "interactive", key: trigger, payload: p, accepts: true})
}

// closing is a modal closed, for those that asked to know.
func (s *Slack) closing(v *view, cleared bool) *delivery {
	p := s.interaction("view_closed", v.app, v.user, "")
	p["view"], p["is_cleared"] = v.wire(), cleared
	return s.keep(&delivery{app: v.app, kind: "interactive", key: "closed-" + v.id, payload: p})
}

// shortcut is a global shortcut, or one on a message.
func (s *Slack) shortcut(a *App, u *User, callback string, m *message) *delivery {
	trigger := s.trigger(a, u, nil)
	kind := "shortcut"
	if m != nil {
		kind = "message_action"
	}
	p := s.interaction(kind, a, u, trigger)
	p["callback_id"], p["action_ts"] = callback, s.actionTime()
	if m != nil {
		p["message_ts"], p["message"] = m.ts, m.wire(true)
		p["channel"] = map[string]any{"id": m.channel.ID, "name": m.channel.commandName()}
		p["response_url"] = s.responseURL(a, u, m.channel, m)
	}
	return s.keep(&delivery{app: a, kind: "interactive", key: trigger, payload: p})
}

// installed says whether the app is installed in the person's workspace.
func (a *App) installed(u *User) bool { return u.Team == a.team }
