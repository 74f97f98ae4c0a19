package config

import (
	"fmt"
	"regexp"
	"strings"
)

// connectionPattern is what a connection may be called: it is part of web
// addresses.
var connectionPattern = regexp.MustCompile(`^[A-Za-z0-9-]{1,40}$`)

// connections reads the list of connections.
func (l *loader) connections(top section) []Connection {
	const hint = "start each connection on its own line with - name: ..."
	var all []Connection
	seen := map[string]int{} // by name without case: the line
	for i, n := range top.list("connections", hint) {
		s := l.section(n, l.place(n, fmt.Sprintf("connections[%d]", i)), inConnection)
		if s.broken {
			continue
		}
		name := s.text("name")
		at, wrong := name.at, "" // at: where the name stands, or should
		folded := strings.ToLower(name.text)
		switch line, twice := seen[folded]; {
		case s.nodes["name"] == nil || name.text == "":
			wrong = "the connection has no name"
		case !connectionPattern.MatchString(name.text):
			wrong = quote(name.text) + " can't be a connection's name"
		case twice:
			wrong = fmt.Sprintf("the connection on line %d has the name %s already", line, name.text)
		default:
			seen[folded] = at.Line
		}
		if wrong != "" {
			l.mistake(at, wrong, "give it one of its own, of 1 to 40 letters a-z, digits and -, for example hospital-slack")
		}
		all = append(all, l.connection(s, name.text))
	}
	return all
}

// connection reads the one platform of a connection.
func (l *loader) connection(s section, name string) Connection {
	c := Connection{Name: name}
	slack, isSlack := s.subsection("slack", inSlack)
	mattermost, isMattermost := s.subsection("mattermost", inMattermost)
	switch {
	case isSlack && isMattermost:
		l.mistake(s.at, "the connection is to two platforms", "make it two connections, each with a name")
	case !isSlack && !isMattermost:
		l.mistake(s.at, "the connection is to no platform", "add slack: or mattermost: with its keys below")
	}
	if isSlack {
		c.Slack = l.slack(slack)
	}
	if isMattermost {
		c.Mattermost = l.mattermost(mattermost)
	}
	return c
}

func (l *loader) slack(s section) *Slack {
	before := len(l.mistakes)
	app := s.token("app_token", "the app-level token (xapp-...), from Basic Information in the app's settings", "xapp-")
	signing := s.optional("signing_secret")
	if !app.IsSet() && !signing.IsSet() && len(l.mistakes) == before && !s.broken {
		l.mistake(s.at, "neither app_token nor signing_secret is set", "set app_token (xapp-...) for Socket Mode, or signing_secret for requests to public_url")
	}
	c := &Slack{
		AppToken:      app,
		BotToken:      s.required("bot_token", "the bot token (xoxb-...), from OAuth & Permissions in the app's settings", "xoxb-", "xoxe.xoxb-"),
		SigningSecret: signing,
		APIURL:        DefaultSlackAPI,
	}
	if address := l.webAddress(s.text("api_url")); address != "" {
		c.APIURL = address + "/"
	}
	return c
}

func (l *loader) mattermost(s section) *Mattermost {
	before := len(l.mistakes)
	address := s.text("url")
	if address.text == "" && len(l.mistakes) == before && !s.broken {
		l.mistake(address.at, "this is missing", "the server's address, for example https://chat.example.org")
	}
	team := s.text("team")
	if strings.ContainsAny(team.text, " /:") {
		l.mistake(team.at, quote(team.text)+" can't be a team's name", "write it as in the team's web address: https://chat.example.org/NAME/channels/...")
	}
	return &Mattermost{
		URL:          l.webAddress(address),
		Token:        s.required("token", "the access token of the bot account"),
		CommandToken: s.optional("command_token"),
		Team:         team.text,
		SigningKey:   s.optional("signing_key"),
	}
}
