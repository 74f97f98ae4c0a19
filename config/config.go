package config

import (
	_ "embed"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"roundtable/mistake"
)

// Defaults of the settings that have one.
const (
	DefaultPath    = "roundtable.yaml"
	DefaultListen  = "127.0.0.1:8080"
	DefaultCommand = "round"
	DefaultSetup   = SetupAnyone
	DefaultJournal = "sqlite:roundtable.db"
	// DefaultSlackAPI is the base address of Slack's Web API,
	// https://docs.slack.dev/apis/web-api.
	DefaultSlackAPI = "https://slack.com/api/"
)

// Config is everything that can be set. [Example] shows it as a file.
type Config struct {
	// Journal is where the events are kept.
	// Key journal, ROUNDTABLE_JOURNAL, --journal; or journal_file,
	// ROUNDTABLE_JOURNAL_FILE for an address that holds a password.
	Journal Journal
	// Listen is the address, host:port, for the web server: health at
	// /healthz, and what the platforms call. Port 0 takes a free one. Key listen,
	// ROUNDTABLE_LISTEN, --listen. Default [DefaultListen].
	Listen string
	// PublicURL is where the platforms and people reach Listen from outside,
	// without a slash at the end. Empty: they don't. Key public_url,
	// ROUNDTABLE_PUBLIC_URL, --public-url.
	PublicURL string
	// Command is the trigger that people type, without its slash. Key command,
	// ROUNDTABLE_COMMAND, --command. Default [DefaultCommand].
	Command string
	// Setup is who may make a network in a channel. Key setup,
	// ROUNDTABLE_SETUP, --setup. Default [DefaultSetup].
	Setup Setup
	// ErasedList is the folder of the list of what was erased, by which a backup that
	// is restored is erased anew: another than the journal's. Empty: the program's
	// own folder for what it remembers. Key erased_list, ROUNDTABLE_ERASED_LIST.
	ErasedList string
	// BackupsKept is for how many days backups of the journal are kept, which people
	// are told who have something erased. Nil: nobody has said. Key backups_kept,
	// ROUNDTABLE_BACKUPS_KEPT.
	BackupsKept *int
	// Connections are the workspaces and servers to be present at, in the
	// file's order. Key connections; there is no variable or flag for it, but
	// its values may be ${VARIABLES}.
	Connections []Connection

	// Path is the file that was read; empty if there was none.
	Path string
	// Warnings are what is doubtful but can be used.
	Warnings []mistake.Mistake
}

// Setup is who may make a network in a channel.
type Setup string

const (
	// SetupAnyone lets every member of a channel make a network in it.
	SetupAnyone Setup = "anyone"
	// SetupAdmins lets only the workspace's or server's administrators.
	SetupAdmins Setup = "admins"
)

// Connection is one workspace or server. Exactly one of its platforms is set.
type Connection struct {
	// Name is the connection's own, 1 to 40 letters, digits and '-'. It is part
	// of web addresses and of what the journal remembers: renaming a connection
	// leaves its networks behind. Unique, whatever the case. Key name.
	Name       string
	Slack      *Slack      // key slack
	Mattermost *Mattermost // key mattermost
}

// Platform returns "slack" or "mattermost", empty for the zero value.
func (c Connection) Platform() string {
	switch {
	case c.Slack != nil:
		return "slack"
	case c.Mattermost != nil:
		return "mattermost"
	default:
		return ""
	}
}

// Slack is how to be present in one Slack workspace. Every secret may be given
// as KEY or as KEY_file, the path of a file that holds it.
type Slack struct {
	// AppToken (xapp-...) opens Socket Mode, for which nothing needs to be
	// reachable from outside. Key app_token.
	AppToken Secret
	// BotToken (xoxb-...) is what the bot acts with. Required. Key bot_token.
	BotToken Secret
	// SigningSecret checks what Slack sends to PublicURL. Required without
	// AppToken. Key signing_secret.
	SigningSecret Secret
	// APIURL is the Web API's base address, with a slash at the end. Key
	// api_url. Default [DefaultSlackAPI].
	APIURL string
}

// SocketMode says whether events come over a connection that the bot opens
// itself, rather than as requests to PublicURL.
func (s Slack) SocketMode() bool { return s.AppToken.IsSet() }

// Mattermost is how to be present on one Mattermost server. Every secret may be
// given as KEY or as KEY_file, the path of a file that holds it.
type Mattermost struct {
	// URL is the server's address, without a slash at the end. Required. Key url.
	URL string
	// Token is the bot account's access token. Required. Key token.
	Token Secret
	// CommandToken is what the server sends with a slash command that was made
	// by hand. Empty: the bot makes its own. Key command_token.
	CommandToken Secret
	// Team is the name of the team to be present in, as in its web address.
	// Empty: every team that the bot account is a member of. Key team.
	Team string
	// SigningKey signs what the server carries in buttons and forms. Empty: a
	// key that the journal keeps. Key signing_key.
	SigningKey Secret
}

// Example is a settings file that shows and explains every key. It loads when
// the variables it names are set.
//
//go:embed example.yaml
var Example string

// Options is what [Load] goes by.
type Options struct {
	// Path is the file to read; it must exist. Empty: that of ROUNDTABLE_CONFIG,
	// or else [DefaultPath] if there is such a file.
	Path string
	// Env looks a variable up. Nil: that of the process.
	Env func(name string) (value string, ok bool)
	// Overrides are what was given as flags.
	Overrides Overrides
	// JournalOnly leaves the connections unread: for who works on what is in the journal, and has no
	// tokens.
	JournalOnly bool
}

// Overrides are settings that win over environment and file. Empty: not given.
type Overrides struct {
	Journal, Listen, PublicURL, Command, Setup string
}

// Load reads the settings and checks them. The error is a [mistake.List]; the
// Config is never nil, but with an error it holds only what was right, for its
// Warnings to be shown beside the mistakes.
func Load(o Options) (*Config, error) {
	l := &loader{env: o.Env, journalOnly: o.JournalOnly, open: func(name string) (fs.File, error) {
		return os.Open(name)
	}}
	if l.env == nil {
		l.env = os.LookupEnv
	}
	path, at := o.Path, mistake.Place{Source: fromFlags, Subject: "--config"}
	if path == "" {
		path, _ = l.env("ROUNDTABLE_CONFIG")
		at = mistake.Place{Source: fromEnvironment, Subject: "ROUNDTABLE_CONFIG"}
	}
	wanted := path != ""
	if !wanted {
		path = DefaultPath
	}
	data, err := l.readFile(path, maxFileBytes)
	switch {
	case err == nil:
		l.path = path
	case !wanted && errors.Is(err, fs.ErrNotExist):
	default:
		if !wanted {
			at = mistake.Place{Source: path}
		}
		l.mistake(at, "cannot read the settings: "+withPath(path, err), "give the path of a YAML file that this program may read")
	}
	return l.load(data, o.Overrides)
}

// load is Load from the file's bytes.
func (l *loader) load(data []byte, flags Overrides) (*Config, error) {
	l.folder = filepath.Dir(l.path)
	top := l.section(l.parse(data), mistake.Place{Source: l.path}, inFile)
	c := &Config{
		Path:        l.path,
		Journal:     l.journal(top, flags.Journal),
		Listen:      l.listen(l.setting(top, "listen", flags.Listen)),
		PublicURL:   l.webAddress(l.setting(top, "public_url", flags.PublicURL)),
		Command:     l.command(l.setting(top, "command", flags.Command)),
		Setup:       l.setup(l.setting(top, "setup", flags.Setup)),
		ErasedList:  l.erasedList(l.setting(top, "erased_list", "")),
		BackupsKept: l.backupsKept(l.setting(top, "backups_kept", "")),
	}
	if !l.journalOnly {
		c.Connections = l.connections(top)
	}
	l.warnIfUnreachable(top, c)
	l.warnIfWorldReadable()
	c.Warnings = sorted(l.warnings)
	if len(l.mistakes) > 0 {
		return c, mistake.List{Mistakes: sorted(l.mistakes)}
	}
	return c, nil
}
