package slacktest

import (
	"slices"
	"strings"
)

// Workspace is a team: people, channels, and the apps installed in it.
type Workspace struct {
	s            *Slack
	ID, Name     string
	Domain, Icon string

	policies   Policies
	enterprise string // of the grid, if any
}

// Workspace makes a workspace; id is such as "T0HOME".
func (s *Slack) Workspace(id, name string) *Workspace {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := &Workspace{s: s, ID: id, Name: name, Domain: strings.ToLower(strings.ReplaceAll(name, " ", "-"))}
	s.teams[id] = w
	return w
}

// App is an app with its installation in one workspace: what an organisation
// makes from a manifest of its own. Fill in Name, Command and what differs from
// the defaults, and give it to [Workspace.Install].
type App struct {
	s    *Slack
	team *Workspace

	// Name of the app and its bot user; Command with its slash.
	Name, Command string
	// Scopes that the bot token has, and the events that the app is told of;
	// nil for all that Roundtable asks for.
	Scopes, Events []string
	// Shortcuts by callback id.
	Shortcuts []string

	// Set by Install.
	ID, BotID, BotUser                          string
	BotToken, AppToken, SigningSecret, Verifier string
	Self                                        *User

	routes  Routes
	sockets []*socket
	queues  map[string]*queue
	waiting map[string]*envelope // sent and not acknowledged, by envelope id
	sent    map[string]*delivery // by event id, trigger or envelope id
	revoked string               // the error that the token gets, when it is no good
	linked  bool                 // Socket Mode is on
	was     bool                 // up: it has acknowledged something
	// turnedAway is why each new socket is told to go; empty: none is.
	turnedAway string
	limit      int // of sockets; 0: the usual one
}

// Routes are the URLs of an app that takes HTTP deliveries.
type Routes struct{ Events, Commands, Interactions string }

// DefaultScopes are what Roundtable's manifest asks for, with all features on.
func DefaultScopes() []string {
	return []string{
		"app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:write", "groups:history",
		"groups:read", "im:history", "im:write", "reactions:read", "users:read",
	}
}

// DefaultEvents are what Roundtable subscribes to, with all features on.
func DefaultEvents() []string {
	return []string{
		"app_home_opened", "app_mention", "app_uninstalled", "channel_id_changed", "member_joined_channel", "message.channels",
		"message.groups", "message.im", "reaction_added", "reaction_removed", "tokens_revoked", "user_change",
	}
}

// Install installs an app: it gets ids, tokens, a signing secret and a bot user.
func (w *Workspace) Install(a App) *App {
	s := w.s
	s.mu.Lock()
	defer s.mu.Unlock()
	app := &a
	app.s, app.team = s, w
	if app.Scopes == nil {
		app.Scopes = DefaultScopes()
	}
	if app.Events == nil {
		app.Events = DefaultEvents()
	}
	app.ID, app.BotID, app.BotUser = s.id("A"), s.id("B"), s.id("U")
	app.BotToken, app.AppToken = "xoxb-"+s.id("0")+"-bot", "xapp-1-"+app.ID+"-app"
	app.SigningSecret, app.Verifier = strings.ToLower(s.id("secret")), s.id("verify")
	app.queues, app.waiting, app.sent = map[string]*queue{}, map[string]*envelope{}, map[string]*delivery{}
	app.linked = true
	app.Self = &User{s: s, Team: w, ID: app.BotUser, Name: a.Name, bot: app}
	s.users[app.BotUser] = app.Self
	s.apps = append(s.apps, app)
	return app
}

// Serve makes the app take HTTP deliveries instead of Socket Mode. Zero routes
// switch back.
func (a *App) Serve(r Routes) {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	a.routes = r
	a.linked = r == Routes{}
}

// Team is the id of the installing workspace.
func (a *App) Team() string { return a.team.ID }

// Revoke makes the bot token fail with Slack's error name, such as
// "token_revoked" or "account_inactive"; "" makes it good again. It tells nobody.
func (a *App) Revoke(code string) {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	a.revoked = code
}

// Grant changes the scopes of the bot token.
func (a *App) Grant(scopes ...string) {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	a.Scopes = scopes
}

// Subscribe changes the events that the app is told of, and returns those that it
// was told of before.
func (a *App) Subscribe(events ...string) (before []string) {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	before, a.Events = a.Events, events
	return before
}

func (a *App) has(scope string) bool { return slices.Contains(a.Scopes, scope) }

// User is a person, or an app's bot.
type User struct {
	s    *Slack
	Team *Workspace
	bot  *App

	// ID is given by [Workspace.User] unless set.
	ID   string
	Name string
	// Locale such as "sv-SE", TZ an IANA zone.
	Locale, TZ          string
	Admin, Owner, Guest bool
	Deleted             bool
	// Stranger is a person of another workspace who shares a channel with the
	// app and never spoke to it: users.info tells no name, mentions and direct
	// messages don't reach them.
	Stranger bool
	// Hidden people the app may not see at all, though it meets them: users.info says
	// user_not_visible.
	Hidden bool

	stack   []*view
	homes   map[string]*view
	trouble []string
}

// User adds a person to the workspace.
func (w *Workspace) User(u User) *User {
	s := w.s
	s.mu.Lock()
	defer s.mu.Unlock()
	user := &u
	user.s, user.Team = s, w
	if user.ID == "" {
		user.ID = s.id("U")
	}
	s.users[user.ID] = user
	return user
}

// Key is the person as Roundtable names them: "T…/U…".
func (u *User) Key() string { return u.Team.ID + "/" + u.ID }

// Deactivate ends the person's account, and Reactivate lets them in again; apps of their
// workspace are told.
func (u *User) Deactivate() { u.setDeleted(true) }

// Reactivate is the other way round.
func (u *User) Reactivate() { u.setDeleted(false) }

func (u *User) setDeleted(deleted bool) {
	s := u.s
	s.mu.Lock()
	defer s.mu.Unlock()
	u.Deleted = deleted
	for _, a := range s.apps {
		if a.team == u.Team {
			a.tell(nil, "user_change", nil, map[string]any{"type": "user_change", "user": u.wire(a, false), "cache_ts": 1700000000, "event_ts": s.stamp()})
		}
	}
}

// app finds the app of a token. The lock is held.
func (s *Slack) app(token string) *App {
	i := slices.IndexFunc(s.apps, func(a *App) bool { return token != "" && (a.BotToken == token || a.AppToken == token) })
	if i < 0 {
		return nil
	}
	return s.apps[i]
}
