package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// env is an environment for tests.
type env map[string]string

func (e env) lookup(name string) (string, bool) {
	text, ok := e[name]
	return text, ok
}

// write puts a file that only its owner may read into a new folder.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func mustLoad(t *testing.T, o Options) *Config {
	t.Helper()
	if o.Env == nil {
		o.Env = env{}.lookup
	}
	c, err := Load(o)
	if err != nil {
		t.Fatalf("Load: %v", err)
	}
	return c
}

func TestDefaults(t *testing.T) {
	t.Chdir(t.TempDir())
	want := &Config{
		Journal: Journal{Kind: JournalSQLite, Path: "roundtable.db"},
		Listen:  "127.0.0.1:8080", Command: "round", Setup: SetupAnyone,
	}
	if diff := cmp.Diff(want, mustLoad(t, Options{})); diff != "" {
		t.Errorf("no file (-want +got):\n%s", diff)
	}
	for _, text := range []string{"", "# nothing\n", "---\n", "{}\n", "listen:\nsetup: ''\nconnections:\n"} {
		want.Path = write(t, "empty.yaml", text)
		if diff := cmp.Diff(want, mustLoad(t, Options{Path: want.Path})); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestEverything(t *testing.T) {
	path := write(t, "all.yaml", `
journal: rediss://user:${REDIS_PASSWORD}@redis.example.org/2
listen: "[::1]:9090"
public_url: https://example.org/table/
command: /bord
setup: admins
connections:
  - name: A1
    slack: {app_token: xapp-1, bot_token: xoxb-2, signing_secret: 'cost$${x}', api_url: "http://127.0.0.1:5/api"}
  - name: b-2
    mattermost: {url: "https://chat.example.org/sub/", token_file: token, command_token: 007, team: quality, signing_key: "${KEY}$"}
`)
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), "token"), []byte("from-file\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := mustLoad(t, Options{Path: path, Env: env{"REDIS_PASSWORD": "geheim", "KEY": "k#: y"}.lookup})
	want := &Config{
		Path:      path,
		Journal:   Journal{Kind: JournalRedis, URL: NewSecret("rediss://user:geheim@redis.example.org/2")},
		Listen:    "[::1]:9090",
		PublicURL: "https://example.org/table",
		Command:   "bord",
		Setup:     SetupAdmins,
		Connections: []Connection{
			{Name: "A1", Slack: &Slack{
				AppToken: NewSecret("xapp-1"), BotToken: NewSecret("xoxb-2"),
				SigningSecret: NewSecret("cost${x}"), APIURL: "http://127.0.0.1:5/api/",
			}},
			{Name: "b-2", Mattermost: &Mattermost{
				URL: "https://chat.example.org/sub", Token: NewSecret("from-file"),
				CommandToken: NewSecret("007"), Team: "quality", SigningKey: NewSecret("k#: y$"),
			}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got.Connections[0].Platform() != "slack" || got.Connections[1].Platform() != "mattermost" || !got.Connections[0].Slack.SocketMode() {
		t.Error("the platforms are not told apart")
	}
}

func TestFlagsOverEnvironmentOverFile(t *testing.T) {
	path := write(t, "a.yaml", "journal: sqlite:file.db\nlisten: file:1\npublic_url: http://localhost:1\ncommand: file\nsetup: ${UNSET}\n")
	environment := env{
		"ROUNDTABLE_CONFIG": path, "ROUNDTABLE_JOURNAL": "sqlite:env.db", "ROUNDTABLE_LISTEN": "env:1",
		"ROUNDTABLE_PUBLIC_URL": "http://localhost:2", "ROUNDTABLE_COMMAND": "", "ROUNDTABLE_SETUP": "admins",
	}
	got := mustLoad(t, Options{Env: environment.lookup, Overrides: Overrides{Listen: "flag:1", Journal: "sqlite:flag.db"}})
	want := &Config{
		Path:    path,
		Journal: Journal{Kind: JournalSQLite, Path: "flag.db"}, Listen: "flag:1", // flags
		PublicURL: "http://localhost:2", Setup: SetupAdmins, // environment; setup's mistake in the file is moot
		Command: "file", // an empty variable is none
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestJournalFromFile(t *testing.T) {
	secret := write(t, "journal", "redis://:geheim@localhost:6379/0\n")
	for name, o := range map[string]Options{
		"environment": {Env: env{"ROUNDTABLE_JOURNAL_FILE": secret}.lookup},
		"file":        {Path: write(t, "a.yaml", "journal_file: "+secret+"\n")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			got := mustLoad(t, o).Journal
			if got.URL.Reveal() != "redis://:geheim@localhost:6379/0" || len(got.String()) == 0 || strings.Contains(got.String(), "geheim") {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestEnvironmentAndFlagMistakes(t *testing.T) {
	t.Chdir(t.TempDir())
	_, err := Load(Options{
		Path:      "missing.yaml",
		Env:       env{"ROUNDTABLE_LISTEN": "8080", "ROUNDTABLE_JOURNAL": "a", "ROUNDTABLE_JOURNAL_FILE": "b"}.lookup,
		Overrides: Overrides{Setup: "none", PublicURL: "ftp://x"},
	})
	checkGolden(t, "testdata/flags.txt", err.Error())
}
