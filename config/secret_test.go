package config

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// TestSecretIsNeverShown prints and writes a secret in every way at hand, also
// inside structs, pointers, lists and unexported fields.
func TestSecretIsNeverShown(t *testing.T) {
	const text = "geheim"
	type unexported struct {
		secret  Secret
		pointer *Secret
		list    []Secret
		journal Journal
	}
	secret := NewSecret(text)
	journal := Journal{Kind: JournalRedis, URL: NewSecret("redis://user:geheim@localhost/0?x=geheim")}
	shapes := []any{
		secret, &secret,
		[]Secret{secret},
		map[string]Secret{"k": secret},
		struct{ S Secret }{secret},
		unexported{secret, &secret, []Secret{secret}, journal},
		journal, &journal,
		struct{ J Journal }{journal},
		Slack{BotToken: secret},
		&Mattermost{Token: secret},
		Connection{Slack: &Slack{AppToken: secret}},
		&Config{Journal: journal, Connections: []Connection{{Slack: &Slack{AppToken: secret}}}},
	}
	verbs := []string{"%v", "%+v", "%#v", "%s", "%q", "%+q", "%#q", "%x", "%X", "% x", "%#x", "%d", "%t", "%c", "%U", "%10.3s", "%w"}
	for _, shape := range shapes {
		var shown strings.Builder
		for _, verb := range verbs {
			fmt.Fprintf(&shown, verb+"\n", shape)
		}
		fmt.Fprintln(&shown, shape)
		for _, encode := range []func(any) ([]byte, error){json.Marshal, xml.Marshal, func(v any) ([]byte, error) { return yaml.Dump(v) }} {
			data, err := encode(shape) // some shapes can't be written, which is fine
			fmt.Fprintf(&shown, "%s %v\n", data, err)
		}
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, nil)).Info("m", "secret", shape)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("m", slog.Group("g", "secret", shape))
		shown.Write(log.Bytes())
		for _, leak := range []string{text, fmt.Sprintf("%x", text), fmt.Sprintf("%X", text), fmt.Sprintf("% x", text), "Z2VoZWlt"} {
			if strings.Contains(shown.String(), leak) {
				t.Errorf("%T shows %q:\n%s", shape, leak, shown.String())
			}
		}
	}
}

func TestSecret(t *testing.T) {
	a, b, none := NewSecret("x"), NewSecret("x"), NewSecret("")
	switch {
	case a.Reveal() != "x" || none.Reveal() != "":
		t.Error("Reveal")
	case !a.IsSet() || a.IsZero() || none.IsSet() || !none.IsZero() || none != (Secret{}):
		t.Error("IsSet, IsZero")
	case !a.Equal(b) || a.Equal(none) || !none.Equal(Secret{}):
		t.Error("Equal")
	case fmt.Sprint(a) != "[redacted]" || fmt.Sprint(none) != "[not set]" || fmt.Sprintf("%#v", a) != "[redacted]" || a.GoString() != "[redacted]":
		t.Error("fmt")
	}
	data, err := json.Marshal(map[string]any{"s": a, "j": Journal{Kind: JournalRedis, URL: NewSecret("redis://u:p@h/1")}})
	if err != nil || string(data) != `{"j":"redis://u:xxxxx@h/1","s":"[redacted]"}` {
		t.Errorf("%s, %v", data, err)
	}
}

func TestParseJournal(t *testing.T) {
	for address, want := range map[string]string{
		"sqlite:roundtable.db":         "sqlite:roundtable.db",
		"SQLite:/var/lib/r t.db":       "sqlite:/var/lib/r t.db",
		`sqlite:C:\data\r.db`:          `sqlite:C:\data\r.db`,
		"redis://localhost":            "redis://localhost",
		"rediss://u:p%40@h:1/0?pool=1": "rediss://u:xxxxx@h:1/0",
		"redis://[::1]:6379/3":         "redis://[::1]:6379/3",
	} {
		j, err := ParseJournal(address)
		if err != nil || j.String() != want || fmt.Sprintf("%#v", j) != want {
			t.Errorf("ParseJournal(%q) = %v, %v; want %s", address, j, err, want)
		}
	}
	for _, address := range []string{
		"", "roundtable.db", "postgres://h", "sqlite:", "sqlite://x.db", "sqlite:///x.db", "sqlite::memory:", "sqlite:a?b", "sqlite:dir/",
		"redis:h", "redis://", "redis://h:0", "redis://h:x", "redis://h:70000", "redis://h/x", "redis://h/-1", "redis://u:geheim@h@:x%zz",
	} {
		j, err := ParseJournal(address)
		if err == nil || j != (Journal{}) {
			t.Errorf("ParseJournal(%q) = %v, want an error", address, j)
		} else if strings.Contains(err.Error(), "geheim") {
			t.Errorf("%v repeats the password", err)
		}
	}
}
