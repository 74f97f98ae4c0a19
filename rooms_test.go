package roundtable

import (
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// room is a folder and what its packages may import beside each other and the
// standard library. Patterns are Go's: "bot" is that package alone, "bot/..."
// also all below; "all" is everything that is nobody's own. Tests may import
// what they like. .golangci.yml says the same to the editor.
type room struct {
	packages string
	imports  []string
	pure     bool // no I/O, no logging, no dice without a seed
	why      string
}

const replaceable = "deleting a platform or a store must leave the rest building"

// table is the house. A new folder needs a line.
var table = []room{
	{"benchmark/...", []string{"stats/...", "golang.org/x/text/unicode/norm"}, true, "replaying a journal must always give the same state"},
	{"stats/...", []string{"gonum.org/v1/gonum/..."}, true, "numbers know nothing of chat or storage"},
	{"chart/lettering", []string{"codeberg.org/go-fonts/liberation/...", "github.com/go-text/typesetting/...", "golang.org/x/image/...", "gonum.org/v1/plot/vg"}, false, "words are set the same way, whatever they say"},
	{"chart/...", []string{"benchmark/...", "locale/...", "stats/...", "gonum.org/v1/...", "golang.org/x/image/..."}, false, "a picture is made of a comparison and nothing else"},
	{"journal", nil, false, replaceable},
	{"journal/internal/...", nil, false, "what stores share knows none of them"},
	{"journal/memory", []string{"journal", "journal/internal/..."}, false, replaceable},
	{"journal/erasures", []string{"journal"}, false, "what was erased is listed the same way, whatever the store"},
	{"journal/sqlite", []string{"journal", "journal/internal/...", "modernc.org/sqlite/..."}, false, replaceable},
	{"journal/redis", []string{"journal", "journal/internal/...", "github.com/redis/go-redis/v9/..."}, false, replaceable},
	{"journal/journaltest", []string{"journal", "github.com/google/go-cmp/...", "pgregory.net/rapid"}, false, "the suite must suit every store"},
	{"chat", nil, false, "what is said knows nobody who says it"},
	{"bot", []string{"chat", "benchmark/...", "journal", "github.com/cenkalti/backoff/v5"}, false, replaceable},
	{"chat/adapter", []string{"chat", "github.com/cenkalti/backoff/v5"}, false, "what adapters share knows none of them"},
	{"chat/slack/slacktest/...", []string{"chat", "chat/platformtest", "github.com/gorilla/websocket"}, false, "a judge must not know whom it judges"},
	{"chat/slack/webapi", []string{"chat", "chat/adapter", "github.com/slack-go/slack/..."}, false, "a call knows its limits, and nothing of what it is for"},
	{"chat/slack/...", []string{"chat", "chat/adapter", "github.com/slack-go/slack/...", "github.com/gorilla/websocket", "golang.org/x/sync/..."}, false, replaceable},
	{"chat/mattermost/mattermosttest", []string{"chat", "chat/platformtest", "github.com/mattermost/mattermost/server/public/...", "github.com/gorilla/websocket"}, false, "people and their server know the chat, not the adapter"},
	{"chat/mattermost/...", []string{"chat", "chat/adapter", "github.com/mattermost/mattermost/server/public/...", "github.com/gorilla/websocket", "golang.org/x/sync/..."}, false, replaceable},
	{"chat/playground/web", []string{"chat", "chat/playground", "locale/..."}, false, "a page shows a chat; it knows no network and no store"},
	{"chat/playground/...", []string{"chat", "golang.org/x/text/..."}, false, replaceable},
	{"chat/platformtest", []string{"chat", "github.com/google/go-cmp/..."}, false, "the suite must suit every platform"},
	{"commands/...", []string{"bot", "chat", "benchmark/...", "chart/...", "report/...", "locale/...", "mistake"}, false, "a verb decides and answers; it knows no platform and no store"},
	{"scheduler/...", []string{"benchmark/...", "github.com/robfig/cron/v3", "github.com/rickar/cal/v2/..."}, false, "when is a question of calendars only"},
	{"report/...", []string{"benchmark/...", "chart/...", "locale/...", "mistake", "go.yaml.in/yaml/v4"}, false, "a file shows what a comparison shows, in words"},
	{"analysis/...", []string{"benchmark/...", "chart/...", "locale/...", "mistake", "report/...", "stats/..."}, false, "somebody's own figures need no network, chat or store"},
	{"mistake", nil, true, "what is wrong is told the same way, wherever it was written"},
	{"locale/...", []string{"github.com/nicksnyder/go-i18n/v2/...", "go.yaml.in/yaml/v4", "golang.org/x/text/..."}, false, "words are words, whoever says them"},
	{"config/...", []string{"mistake", "go.yaml.in/yaml/v4"}, false, "settings are read before anything runs"},
	{"examples", []string{"benchmark/...", "report/..."}, false, "figures with their source, and nothing that uses them"},
	{"cmd/...", []string{"all"}, false, "wiring knows every room"},
	{"bench/...", []string{"all"}, false, "measuring knows every room"},
	{"e2e/...", []string{"all"}, false, "whole runs know every room"},
	{"docs/...", []string{"all"}, false, "examples may show every room"},
}

// own are drivers and SDKs that nobody but one room may import.
var own = map[string]string{
	"modernc.org/sqlite/...":               "journal/sqlite",
	"github.com/redis/go-redis/...":        "journal/redis",
	"github.com/slack-go/slack/...":        "chat/slack/...",
	"github.com/mattermost/mattermost/...": "chat/mattermost/...",
	"gonum.org/v1/plot/...":                "chart/...",
	"github.com/go-text/...":               "chart/lettering",
	"github.com/robfig/cron/...":           "scheduler/...",
}

// impure are packages of the standard library that a pure room can't have.
var impure = []string{"crypto/rand", "database/sql/...", "log/...", "math/rand", "net", "net/http/...", "os/...", "syscall/...", "testing/...", "unsafe"}

// covers says whether a pattern names a package.
func covers(pattern, pkg string) bool {
	folder, all := strings.CutSuffix(pattern, "/...")
	return pattern == "all" || pkg == folder || all && strings.HasPrefix(pkg, folder+"/")
}

func anyCovers(patterns []string, pkg string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return covers(p, pkg) })
}

// objection returns why the package (its folder in the house) may not import
// another (a full path), or nothing.
func objection(pkg, imported string) string {
	i := slices.IndexFunc(table, func(r room) bool { return covers(r.packages, pkg) })
	if i < 0 {
		return pkg + " is in no room: say what it may import in rooms_test.go and .golangci.yml"
	}
	r, no := table[i], fmt.Sprintf("%s may not import %s: ", pkg, imported)
	first, _, _ := strings.Cut(imported, "/")
	inside, isInside := strings.CutPrefix(imported, "roundtable/")
	switch {
	case isInside && (covers(r.packages, inside) || anyCovers(r.imports, inside)):
		return ""
	case !isInside && !strings.Contains(first, "."): // the standard library
		if r.pure && anyCovers(impure, imported) {
			return no + r.why
		}
		return ""
	case isInside || !anyCovers(r.imports, imported):
		return no + r.why
	}
	for pattern, owner := range own {
		if covers(pattern, imported) && !covers(owner, pkg) {
			return no + "only " + owner + " may"
		}
	}
	return ""
}

// TestRooms walks the house.
func TestRooms(t *testing.T) {
	seen := 0
	err := eachSource(func(path string, file *ast.File, _ *token.FileSet) {
		seen++
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Errorf("%s: %v", path, err)
			}
			if why := objection(filepath.ToSlash(filepath.Dir(path)), imported); why != "" {
				t.Errorf("%s: %s", path, why)
			}
		}
	})
	if err != nil || seen == 0 {
		t.Errorf("%d files, %v", seen, err)
	}
}

// TestNothingIsAllowedInVain sees that the table allows no module that nobody uses:
// who needs one says so there, and why in docs/decisions.
func TestNothingIsAllowedInVain(t *testing.T) {
	used := map[string]bool{}
	err := eachSource(func(path string, file *ast.File, _ *token.FileSet) {
		folder := filepath.ToSlash(filepath.Dir(path))
		i := slices.IndexFunc(table, func(r room) bool { return covers(r.packages, folder) })
		for _, spec := range file.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value) // TestRooms has read it
			imported = strings.TrimPrefix(imported, "roundtable/")
			for k := range table[max(i, 0)].imports {
				if pattern := table[max(i, 0)].imports[k]; covers(pattern, imported) {
					used[table[max(i, 0)].packages+" "+pattern] = true
				}
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range table {
		for _, pattern := range r.imports {
			first, _, _ := strings.Cut(pattern, "/")
			if strings.Contains(first, ".") && !used[r.packages+" "+pattern] {
				t.Errorf("%s may import %s, and doesn't", r.packages, pattern)
			}
		}
	}
}

// TestObjection plants violations, and what looks like one.
func TestObjection(t *testing.T) {
	for _, tt := range []struct{ pkg, imported, why string }{
		{"benchmark", "roundtable/stats", ""},
		{"benchmark", "time", ""},
		{"benchmark", "net/url", ""},
		{"benchmark", "os", "benchmark may not import os: replaying a journal must always give the same state"},
		{"benchmark", "math/rand", "benchmark may not import math/rand: replaying"},
		{"benchmark", "math/rand/v2", ""}, // with a seed; lint forbids the rest
		{"benchmark", "roundtable/bot", "benchmark may not import roundtable/bot: replaying"},
		{"benchmark/duty", "github.com/google/uuid", "benchmark/duty may not import"},
		{"stats", "roundtable/benchmark", "stats may not import"},
		{"stats", "gonum.org/v1/gonum/stat", ""},
		{"stats", "gonum.org/v1/plot", "stats may not import"},
		{"chart", "gonum.org/v1/plot/vg", ""},
		{"journal", "roundtable/journal/sqlite", "journal may not import roundtable/journal/sqlite: " + replaceable},
		{"journal/sqlite", "roundtable/journal", ""},
		{"journal/sqlite", "github.com/redis/go-redis/v9", "journal/sqlite may not import"},
		{"chat", "roundtable/benchmark", "chat may not import"},
		{"chat", "roundtable/chat/slack", "chat may not import"},
		{"bot", "roundtable/chat/slack", "bot may not import"},
		{"chat/slack", "roundtable/bot", "chat/slack may not import"},
		{"bot", "roundtable/journal/redis", "bot may not import"},
		{"chat/slack", "roundtable/chat/mattermost", "chat/slack may not import"},
		{"chat/slack/slacktest", "roundtable/chat/slack", "chat/slack/slacktest may not import roundtable/chat/slack: a judge"},
		{"chat/slack/slacktest", "github.com/slack-go/slack", "chat/slack/slacktest may not import"},
		{"chat/irc", "roundtable/chat", "chat/irc is in no room"},
		{"commands", "roundtable/journal", "commands may not import"},
		{"cmd/roundtable", "roundtable/chat/slack", ""},
		{"cmd/roundtable", "github.com/alecthomas/kong", ""},
		{"cmd/roundtable", "github.com/slack-go/slack/slackevents", "cmd/roundtable may not import github.com/slack-go/slack/slackevents: only chat/slack/... may"},
		{"utilities", "fmt", "utilities is in no room"},
		{".", "roundtable/bot", ". is in no room"},
	} {
		if why := objection(tt.pkg, tt.imported); !strings.HasPrefix(why, tt.why) || (why == "") != (tt.why == "") {
			t.Errorf("%s importing %s: %q, want %q", tt.pkg, tt.imported, why, tt.why)
		}
	}
}

// TestLintKnowsTheTable sees that .golangci.yml has every import of the table.
func TestLintKnowsTheTable(t *testing.T) {
	data, err := os.ReadFile(".golangci.yml")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range table {
		for _, pattern := range r.imports {
			if name := strings.TrimSuffix(pattern, "/..."); name != "all" && !strings.Contains(string(data), name) {
				t.Errorf(".golangci.yml does not let %s import %s", r.packages, name)
			}
		}
	}
}
