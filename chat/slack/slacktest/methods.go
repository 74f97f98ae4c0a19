package slacktest

import (
	"strings"
	"sync"
	"time"
)

// methods is the Web API as far as the fake knows it.
var methods = sync.OnceValue(func() map[string]method {
	return map[string]method{
		"api.test":              {rate: free, do: apiTest},
		"auth.test":             {rate: free, do: authTest},
		"apps.connections.open": {scopes: []string{"connections:write"}, rate: tier1, level: "app", do: connectionsOpen},

		"chat.postMessage":   {scopes: []string{"chat:write"}, rate: posted, do: postMessage},
		"chat.postEphemeral": {scopes: []string{"chat:write"}, rate: tier4, do: postEphemeral},
		"chat.update":        {scopes: []string{"chat:write"}, rate: tier3, do: updateMessage},
		"chat.delete":        {scopes: []string{"chat:write"}, rate: tier3, do: deleteMessage},
		"chat.getPermalink":  {rate: free, do: getPermalink},

		"conversations.open":    {scopes: []string{"im:write"}, rate: tier3, do: conversationsOpen},
		"conversations.info":    {rate: tier3, do: conversationsInfo},
		"conversations.history": {rate: tier3, do: conversationsHistory},
		"conversations.replies": {rate: tier3, do: conversationsReplies},
		"conversations.members": {rate: tier4, do: conversationsMembers},
		"conversations.list":    {rate: tier2, do: conversationsList},
		"users.conversations":   {rate: tier3, do: usersConversations},

		"users.info":    {scopes: []string{"users:read"}, rate: tier4, do: usersInfo},
		"users.list":    {scopes: []string{"users:read"}, rate: tier2, do: usersList},
		"bots.info":     {scopes: []string{"users:read"}, rate: tier3, do: botsInfo},
		"team.info":     {scopes: []string{"team:read"}, rate: tier3, do: teamInfo},
		"reactions.get": {scopes: []string{"reactions:read"}, rate: tier3, do: reactionsGet},

		"views.open":    {rate: tier4, do: viewsOpen},
		"views.push":    {rate: tier4, do: viewsPush},
		"views.update":  {rate: tier4, do: viewsUpdate},
		"views.publish": {rate: tier4, do: viewsPublish},

		"files.getUploadURLExternal":   {scopes: []string{"files:write"}, rate: tier4, do: getUploadURL},
		"files.completeUploadExternal": {scopes: []string{"files:write"}, rate: tier4, do: completeUpload},
		"files.info":                   {scopes: []string{"files:read"}, rate: tier4, do: filesInfo},
		"files.delete":                 {scopes: []string{"files:write"}, rate: tier3, do: filesDelete},
	}
})

func apiTest(c *call) (result, *failure) { return result{"args": c.args}, nil }

func authTest(c *call) (result, *failure) {
	w := c.app.team
	return result{
		"url": "https://" + w.Domain + ".slack.com/", "team": w.Name, "user": c.app.Name, "team_id": w.ID, "user_id": c.app.BotUser,
		"bot_id": c.app.BotID, "enterprise_id": w.enterpriseID(), "is_enterprise_install": false,
	}, nil
}

func teamInfo(c *call) (result, *failure) {
	w := c.app.team
	if id := c.args.text("team"); id != "" && id != w.ID {
		if w = c.s.teams[id]; w == nil || !c.app.meets(w) {
			return nil, refuse("team_not_found")
		}
	}
	return result{"team": map[string]any{
		"id": w.ID, "name": w.Name, "domain": w.Domain, "email_domain": "", "url": "https://" + w.Domain + ".slack.com/",
		"icon": map[string]any{"image_default": true},
	}}, nil
}

// meets says whether the app shares a channel with a workspace.
func (a *App) meets(w *Workspace) bool {
	for _, c := range a.s.channels {
		if c.im == nil && c.has(a.Self) {
			for _, u := range c.members {
				if u.Team == w {
					return true
				}
			}
		}
	}
	return false
}

// knows says whether the app may see a user at all.
func (a *App) knows(u *User) bool {
	return u != nil && !u.Hidden && (u.Team.together(a.team) || a.meets(u.Team))
}

func usersInfo(c *call) (result, *failure) {
	u := c.s.users[c.args.text("user")]
	switch {
	case u == nil:
		return nil, refuse("user_not_found")
	case !c.app.knows(u):
		return nil, refuse("user_not_visible")
	}
	return result{"user": u.wire(c.app, c.args.yes("include_locale"))}, nil
}

func usersList(c *call) (result, *failure) {
	var members []any
	for _, u := range c.s.users {
		if u.Team == c.app.team {
			members = append(members, u.wire(c.app, c.args.yes("include_locale")))
		}
	}
	return result{"members": members, "response_metadata": map[string]any{"next_cursor": ""}}, nil
}

// wire is a person as an app sees them: strangers have no names, zone or
// locale.
func (u *User) wire(a *App, locale bool) map[string]any {
	w := map[string]any{
		"id": u.ID, "team_id": u.Team.ID, "deleted": u.Deleted, "is_bot": u.bot != nil, "is_app_user": false, "updated": 1700000000,
		"is_admin": u.Admin, "is_owner": u.Owner, "is_primary_owner": u.Owner, "is_restricted": u.Guest, "is_ultra_restricted": false,
	}
	if id := u.Team.enterprise; id != "" {
		w["enterprise_user"] = map[string]any{"id": u.ID, "enterprise_id": id, "enterprise_name": "Grid", "is_admin": false, "is_owner": false, "teams": []string{u.Team.ID}}
	}
	if !u.Team.together(a.team) {
		w["is_stranger"] = u.Stranger
		delete(w, "is_app_user")
	}
	if !u.Team.together(a.team) && u.Stranger {
		w["profile"] = map[string]any{"team": u.Team.ID}
		return w
	}
	w["name"], w["real_name"] = u.username(), u.Name
	w["profile"] = map[string]any{"real_name": u.Name, "real_name_normalized": u.Name, "display_name": "", "display_name_normalized": "", "team": u.Team.ID}
	if u.TZ != "" {
		w["tz"], w["tz_label"], w["tz_offset"] = u.TZ, u.TZ, u.offset()
	}
	if locale {
		w["locale"] = u.locale()
	}
	return w
}

func botsInfo(c *call) (result, *failure) {
	for _, a := range c.s.apps {
		if a.BotID == c.args.text("bot") {
			return result{"bot": map[string]any{"id": a.BotID, "app_id": a.ID, "user_id": a.BotUser, "name": a.Name, "deleted": false, "updated": 1700000000, "icons": map[string]any{}}}, nil
		}
	}
	return nil, refuse("bot_not_found")
}

func (u *User) username() string {
	return strings.ToLower(strings.ReplaceAll(u.Name, " ", "."))
}

func (u *User) locale() string {
	if u.Locale == "" {
		return "en-US"
	}
	return u.Locale
}

// offset is the person's distance from UTC now, in seconds.
func (u *User) offset() int {
	zone, err := time.LoadLocation(u.TZ)
	if err != nil {
		return 0
	}
	_, seconds := u.s.opts.Clock().In(zone).Zone()
	return seconds
}
