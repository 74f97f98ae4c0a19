package config

import (
	"net"
	"net/url"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// commandPattern is what a command may be called: Slack takes 32 characters
// without capitals or spaces
// (https://docs.slack.dev/interactivity/implementing-slash-commands),
// Mattermost's rules are wider.
var commandPattern = regexp.MustCompile(`^[a-z0-9_-]{1,32}$`)

// hostPattern is what may stand before a port: a name, an IPv4 or (without its
// brackets) an IPv6 address, with its zone.
var hostPattern = regexp.MustCompile(`^[A-Za-z0-9._:%-]*$`)

func (l *loader) listen(v value) string {
	const example = "for example " + DefaultListen + ", or :8080 for every address of this machine"
	if v.text == "" {
		return DefaultListen
	}
	name, port, err := net.SplitHostPort(v.text)
	switch {
	case err != nil || !hostPattern.MatchString(name):
		l.mistake(v.at, quote(v.text)+" is not HOST:PORT", example)
	case !validPort(port, false) && port != "0":
		l.mistake(v.at, "the port "+quote(port)+" is not a number from 0 to 65535", example)
	}
	return v.text
}

func (l *loader) command(v value) string {
	name := strings.TrimPrefix(v.text, "/")
	switch {
	case v.text == "":
		return DefaultCommand
	case !commandPattern.MatchString(name):
		l.mistake(v.at, quote(v.text)+" can't be a command", "1 to 32 small letters a-z, digits, - or _, for example "+DefaultCommand)
	}
	return name
}

func (l *loader) setup(v value) Setup {
	switch s := Setup(v.text); s {
	case "":
		return DefaultSetup
	case SetupAnyone, SetupAdmins:
		return s
	default:
		l.mistake(v.at, quote(v.text)+" is neither anyone nor admins", "who may make a network in a channel: anyone, or admins")
		return s
	}
}

// erasedList returns the path of a folder, which a file gives relative to its own.
func (l *loader) erasedList(v value) string {
	if v.text != "" && v.at.Source == l.path && !filepath.IsAbs(v.text) {
		return filepath.Join(l.folder, v.text)
	}
	return v.text
}

// maxBackupDays is a hundred years.
const maxBackupDays = 36525

func (l *loader) backupsKept(v value) *int {
	if v.text == "" {
		return nil
	}
	days, err := strconv.Atoi(v.text)
	if err != nil || days < 0 || days > maxBackupDays {
		l.mistake(v.at, quote(v.text)+" is not a number of days", "for how many days backups are kept, 0 if there are none; for example 30")
		return nil
	}
	return &days
}

// webAddress returns an http or https address without a slash at the end. What
// could be a password is not repeated in messages.
func (l *loader) webAddress(v value) string {
	if v.text == "" {
		return ""
	}
	const example = "for example https://roundtable.example.org"
	u, err := url.Parse(v.text)
	switch {
	case err == nil && u.User != nil:
		l.mistake(v.at, "the address holds a user or a password", "leave out what stands before the @")
	case strings.Contains(v.text, "@"):
		l.mistake(v.at, "this is not a web address", example)
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || !hostPattern.MatchString(u.Hostname()):
		l.mistake(v.at, quote(v.text)+" is not a web address", example)
	case !validPort(u.Port(), true):
		l.mistake(v.at, "the port "+quote(u.Port())+" is not a number from 1 to 65535", example)
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		l.mistake(v.at, "the address holds a ? or a #", "leave out what stands from there on")
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		l.warn(v.at, "what goes to http://"+u.Host+" can be read on the way, tokens and health figures included", "use https")
	}
	return strings.TrimRight(v.text, "/")
}

// isLoopback says whether a host is a loopback address or localhost.
func isLoopback(name string) bool {
	ip := net.ParseIP(name)
	return name == "localhost" || strings.HasSuffix(name, ".localhost") || ip != nil && ip.IsLoopback()
}

// warnIfUnreachable warns of connections whose platform may have no way to reach
// the bot.
func (l *loader) warnIfUnreachable(top section, c *Config) {
	if c.PublicURL != "" || len(l.mistakes) > 0 {
		return
	}
	for i, connection := range c.Connections {
		at := top.at
		if nodes := top.list("connections", ""); i < len(nodes) {
			at = l.place(nodes[i], "connections["+strconv.Itoa(i)+"]")
		}
		switch {
		case connection.Mattermost != nil:
			l.warn(at, "without public_url, Mattermost can't tell the bot of buttons, forms and slash commands", "set public_url to where the server reaches "+c.Listen)
		case !connection.Slack.SocketMode():
			l.warn(at, "without public_url and app_token, it is not known whether Slack reaches the bot", "set public_url to where Slack reaches "+c.Listen+", or app_token for Socket Mode")
		}
	}
}
