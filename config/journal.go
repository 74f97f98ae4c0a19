package config

import (
	"fmt"
	"log/slog"
	"net/url"
	"strconv"
	"strings"

	"roundtable/mistake"
)

// JournalKind is a kind of store.
type JournalKind string

const (
	// JournalSQLite is a file on this machine.
	JournalSQLite JournalKind = "sqlite"
	// JournalRedis is a Redis server.
	JournalRedis JournalKind = "redis"
)

// Journal is the address of the store that keeps the events. It prints and logs
// without its password.
type Journal struct {
	Kind JournalKind
	// Path is the file of JournalSQLite; a relative one starts from the folder
	// that the program runs in.
	Path string
	// URL is the whole address of JournalRedis, redis: or rediss: (TLS), which
	// may hold a user and a password.
	URL Secret
}

// String returns the address with the password as xxxxx and without what
// follows a question mark.
func (j Journal) String() string {
	if j.Kind != JournalRedis {
		return string(j.Kind) + ":" + j.Path
	}
	u, err := url.Parse(j.URL.Reveal())
	if err != nil {
		return string(j.Kind) + ":" + redacted
	}
	u.RawQuery, u.Fragment = "", ""
	return u.Redacted()
}

// GoString returns String.
func (j Journal) GoString() string { return j.String() }

// LogValue returns String.
func (j Journal) LogValue() slog.Value { return slog.StringValue(j.String()) }

// MarshalText returns String; JSON and YAML go through it.
func (j Journal) MarshalText() ([]byte, error) { return []byte(j.String()), nil }

const journalExample = "for example " + DefaultJournal + " or redis://redis.example.org:6379/0"

// ParseJournal reads a journal's address. The error doesn't repeat it, as it
// may hold a password.
func ParseJournal(address string) (Journal, error) {
	scheme, rest, _ := strings.Cut(address, ":")
	switch strings.ToLower(scheme) {
	case "sqlite":
		return parseSQLite(rest)
	case "redis", "rediss":
		return parseRedis(address)
	default:
		return Journal{}, fmt.Errorf("a journal's address starts with sqlite:, redis:// or rediss://; %s", journalExample)
	}
}

func parseSQLite(path string) (Journal, error) {
	switch {
	case path == "":
		return Journal{}, fmt.Errorf("sqlite: wants the path of a file; for example %s", DefaultJournal)
	case strings.HasPrefix(path, "//"):
		return Journal{}, fmt.Errorf("the path follows sqlite: without //; for example %s or sqlite:/var/lib/roundtable/roundtable.db", DefaultJournal)
	case strings.HasPrefix(path, ":"):
		return Journal{}, fmt.Errorf("a journal must outlive the program; for example %s", DefaultJournal)
	case strings.ContainsAny(path, "?#\x00"):
		return Journal{}, fmt.Errorf("the path may not hold ? or #: the store sets its own options; for example %s", DefaultJournal)
	case strings.HasSuffix(path, "/"):
		return Journal{}, fmt.Errorf("the path is that of a folder; add the name of a file, for example sqlite:%sroundtable.db", path)
	}
	return Journal{Kind: JournalSQLite, Path: path}, nil
}

func parseRedis(address string) (Journal, error) {
	u, err := url.Parse(address)
	if err != nil || u.Opaque != "" {
		return Journal{}, fmt.Errorf("the address of the Redis server can't be read; write redis://USER:PASSWORD@HOST:PORT/NUMBER, with %%40 for an @ and %%2F for a / in the password")
	}
	if u.Hostname() == "" {
		return Journal{}, fmt.Errorf("the address names no Redis server; for example redis://redis.example.org:6379/0")
	}
	if !validPort(u.Port(), true) {
		return Journal{}, fmt.Errorf("the port of the Redis server is not a number from 1 to 65535; usual is 6379")
	}
	if database := strings.Trim(u.Path, "/"); database != "" {
		if n, err := strconv.Atoi(database); err != nil || n < 0 {
			return Journal{}, fmt.Errorf("what follows the last / is the number of a database; usual is 0")
		}
	}
	return Journal{Kind: JournalRedis, URL: NewSecret(address)}, nil
}

// validPort says whether a port may be connected to; empty if that is allowed.
func validPort(port string, orNone bool) bool {
	if port == "" {
		return orNone
	}
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n > 0
}

// journal returns the journal's address, which may stand in a file of its own.
func (l *loader) journal(top section, flag string) Journal {
	v := value{text: DefaultJournal, at: top.at}
	name, _ := l.env("ROUNDTABLE_JOURNAL_FILE")
	inEnvironment, _ := l.env("ROUNDTABLE_JOURNAL")
	switch at := (mistake.Place{Source: fromEnvironment, Subject: "ROUNDTABLE_JOURNAL_FILE"}); {
	case flag == "" && inEnvironment != "" && name != "":
		l.mistake(at, "the journal's address is given twice", "keep ROUNDTABLE_JOURNAL or ROUNDTABLE_JOURNAL_FILE")
		return Journal{}
	case flag == "" && name != "":
		v = value{text: l.secretFile(value{text: name, at: at}, ""), at: at}
	case flag != "" || inEnvironment != "":
		v = l.setting(top, "journal", flag)
	default:
		before := len(l.mistakes)
		secret, at := top.secret("journal")
		if len(l.mistakes) > before {
			return Journal{}
		}
		if secret.IsSet() {
			v = value{text: secret.Reveal(), at: at}
		}
	}
	if v.text == "" {
		return Journal{} // the file could not be read, which has been said
	}
	j, err := ParseJournal(v.text)
	if err != nil {
		problem, hint, _ := strings.Cut(err.Error(), "; ")
		l.mistake(v.at, problem, hint)
	}
	if l.inlineSecret != nil && l.inlineSecret.Subject == v.at.Subject && !strings.Contains(v.text, "@") {
		l.inlineSecret = nil // there is no password in it
	}
	return j
}
