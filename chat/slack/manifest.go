package slack

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// ManifestOptions say what app a manifest describes.
type ManifestOptions struct {
	// Name is what the app is called, at most 35 characters; empty for
	// "Roundtable".
	Name string
	// Connection and PublicURL make the addresses that Slack calls over HTTP. With
	// an empty PublicURL the app uses Socket Mode and nobody has to reach the bot.
	Connection, PublicURL string
	// Trigger is the slash command without its slash.
	Trigger string
	// Features that the app has.
	Features Features
	// T says what people read, in one language: the app has one for all.
	T func(id string) string
}

// Limits of a manifest (docs.slack.dev/reference/app-manifest).
const (
	maxAppName = 35
	maxCommand = 32
	// maxShortcut is the length of a shortcut's name in characters.
	maxShortcut = 24
)

// Manifest returns the YAML from which Slack makes the app, at
// api.slack.com/apps, "Create New App", "From a manifest". It asks for no more
// than the features need.
func Manifest(o ManifestOptions) ([]byte, error) {
	if o.Name == "" {
		o.Name = "Roundtable"
	}
	if err := o.check(); err != nil {
		return nil, err
	}
	y := &sheet{}
	y.line(0, "display_information:")
	y.pair(1, "name", o.Name)
	y.pair(1, "description", "Organisations that compare themselves in order to learn")
	y.pair(1, "background_color", "#1d4d4f")
	y.line(0, "features:")
	y.line(1, "app_home:")
	y.line(2, "home_tab_enabled: "+strconv.FormatBool(o.Features.Home))
	y.line(2, "messages_tab_enabled: true")
	y.line(2, "messages_tab_read_only_enabled: false")
	y.line(1, "bot_user:")
	y.pair(2, "display_name", o.Name)
	y.line(2, "always_online: true")
	y.line(1, "shortcuts:")
	for _, s := range shortcuts {
		y.line(2, "- name: "+strconv.Quote(o.T(s.name)))
		y.line(3, "type: "+s.kind)
		y.pair(3, "callback_id", s.callback)
		y.pair(3, "description", o.T(s.does))
	}
	y.line(1, "slash_commands:")
	y.line(2, "- command: "+strconv.Quote("/"+o.Trigger))
	if o.PublicURL != "" {
		y.pair(3, "url", o.address("commands"))
	}
	y.pair(3, "description", o.T("platform.command-where"))
	y.pair(3, "usage_hint", "help, submit, status ...")
	y.line(3, "should_escape: true")
	y.line(0, "oauth_config:")
	y.line(1, "scopes:")
	y.line(2, "bot:")
	for _, s := range scopes {
		if s.needed(o.Features) {
			y.line(3, "- "+s.name)
		}
	}
	o.settings(y)
	return []byte(y.String()), nil
}

func (o ManifestOptions) settings(y *sheet) {
	y.line(0, "settings:")
	y.line(1, "event_subscriptions:")
	if o.PublicURL != "" {
		y.pair(2, "request_url", o.address("events"))
	}
	y.line(2, "bot_events:")
	for _, s := range subscriptions {
		if s.needed(o.Features) {
			y.line(3, "- "+s.name)
		}
	}
	y.line(1, "interactivity:")
	y.line(2, "is_enabled: true")
	if o.PublicURL != "" {
		y.pair(2, "request_url", o.address("interactions"))
	}
	y.line(1, "org_deploy_enabled: false")
	y.line(1, "socket_mode_enabled: "+strconv.FormatBool(o.PublicURL == ""))
	y.line(1, "token_rotation_enabled: false")
}

// shortcuts are commands in Slack's lightning menu, and one in the menu of each message.
// Their names are Slack's to show, in one language for all: that of the manifest.
var shortcuts = []struct{ kind, callback, name, does string }{
	{"global", "submit", "platform.shortcut-submit", "platform.shortcut-submit-does"},
	{"global", "status", "platform.shortcut-status", "platform.shortcut-status-does"},
	{"message", "learn/keep", "platform.shortcut-keep", "platform.shortcut-keep-does"},
}

func (o ManifestOptions) check() error {
	var mistakes []error
	if length(o.Name) > maxAppName {
		mistakes = append(mistakes, fmt.Errorf("the name %q is longer than %d characters; Slack takes no more", o.Name, maxAppName))
	}
	if o.Trigger == "" || length(o.Trigger) >= maxCommand || strings.ToLower(o.Trigger) != o.Trigger || strings.ContainsAny(o.Trigger, " /\t\n") {
		mistakes = append(mistakes, fmt.Errorf("the command %q: Slack takes 1 to %d lower-case characters without spaces", o.Trigger, maxCommand-1))
	}
	if o.PublicURL != "" {
		if u, err := url.Parse(o.PublicURL); err != nil || u.Scheme != "https" || u.Host == "" {
			mistakes = append(mistakes, fmt.Errorf("the public URL %q: Slack calls https:// addresses only; leave it out for Socket Mode", o.PublicURL))
		}
		if o.Connection == "" {
			mistakes = append(mistakes, errors.New("the connection has no name, which is a part of its addresses"))
		}
	}
	return errors.Join(mistakes...)
}

// address is where Slack sends one kind of thing.
func (o ManifestOptions) address(what string) string {
	return strings.TrimSuffix(o.PublicURL, "/") + "/slack/" + o.Connection + "/" + what
}

// sheet is a document of YAML in the making.
type sheet struct{ strings.Builder }

func (y *sheet) line(depth int, text string) {
	y.WriteString(strings.Repeat("  ", depth) + text + "\n")
}

// pair writes a text as YAML's double-quoted kind, whose escapes are Go's for
// all that is printable.
func (y *sheet) pair(depth int, key, value string) {
	y.line(depth, key+": "+strconv.Quote(value))
}

// Features are what an app can go without.
type Features struct {
	// Threads: what is said in threads is heard, so that threads can be joined and
	// contributions kept.
	Threads bool
	// Reactions are seen, so that messages can be kept with one.
	Reactions bool
	// Home: everybody has a page of their own.
	Home bool
}

// AllFeatures has everything on.
var AllFeatures = Features{Threads: true, Reactions: true, Home: true}

// scope is a permission that the app asks for, and what goes wrong without it.
type scope struct {
	name    string
	without string
	needed  func(Features) bool
}

func always(Features) bool { return true }

// scopes are what the bot's token needs, in the order of Slack's page
// docs.slack.dev/reference/scopes.
var scopes = []scope{
	{"app_mentions:read", "people can't give commands by naming the bot, which is the only way for those of other workspaces and in threads", always},
	{"channels:history", "what is said in threads of public channels is not heard, nor looked up after the bot was away, and after a crash posts there can't be found again and wait", always},
	{"channels:read", "the bot can't see which public channels it is in, nor that one has changed its id", always},
	{"chat:write", "the bot can't say anything", always},
	{"commands", "the slash command does not work", always},
	{"files:write", "posts with pictures or files can't be sent", always},
	{"groups:history", "the same as channels:history, for private channels", always},
	{"groups:read", "the same as channels:read, for private channels", always},
	{"im:history", "commands in a direct message are not heard, and after a crash nudges can't be found again and wait", always},
	{"im:write", "direct conversations can't be opened to look for what was sent", always},
	{"reactions:read", "messages can't be kept by putting an emoji on them", func(f Features) bool { return f.Reactions }},
	{"users:read", "the bot does not know people's names, languages, time zones, or who administers the workspace", always},
}

// subscription is an event that the app asks for.
type subscription struct {
	name   string
	needed func(Features) bool
}

// subscriptions are Slack's events (docs.slack.dev/reference/events) that the
// bot does something about.
var subscriptions = []subscription{
	{"app_home_opened", func(f Features) bool { return f.Home }},
	{"app_mention", always},
	{"app_uninstalled", always},
	{"channel_id_changed", always},
	{"member_joined_channel", always},
	{"message.channels", func(f Features) bool { return f.Threads }},
	{"message.groups", func(f Features) bool { return f.Threads }},
	{"message.im", always},
	{"reaction_added", func(f Features) bool { return f.Reactions }},
	{"reaction_removed", func(f Features) bool { return f.Reactions }},
	{"tokens_revoked", always},
	{"user_change", always},
}
