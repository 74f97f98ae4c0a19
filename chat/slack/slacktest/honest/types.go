package honest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"roundtable/chat/slack/slacktest"
)

// expectation says that a member of a payload ("" for the whole of it) has a
// type: of @slack/types (types), @slack/web-api (web) or @slack/bolt (bolt).
type expectation struct{ member, typ string }

// expectations are what members of a payload of each kind must satisfy, beside
// what the whole of it must ([whole]).
//
// web and bolt type whole calls and bodies, but they take any block that says its
// type, whatever else it holds. So blocks and views are held against types too,
// which knows every block of today and no other.
var expectations = map[string][]expectation{
	"chat.postMessage":   {{"blocks", "types.KnownBlock[]"}},
	"chat.postEphemeral": {{"blocks", "types.KnownBlock[]"}},
	"chat.update":        {{"blocks", "types.KnownBlock[]"}},
	"views.open":         {{"view", "types.ModalView"}, {"view.blocks", "types.KnownBlock[]"}},
	"views.push":         {{"view", "types.ModalView"}, {"view.blocks", "types.KnownBlock[]"}},
	"views.update":       {{"view", "types.ModalView"}, {"view.blocks", "types.KnownBlock[]"}},
	"views.publish":      {{"view", "types.HomeView"}, {"view.blocks", "types.KnownBlock[]"}},
	"response_url":       {{"", "bolt.RespondArguments"}, {"blocks", "types.KnownBlock[]"}},
	"slash_command":      {{"", "bolt.RespondArguments"}, {"blocks", "types.KnownBlock[]"}},
	"url_verification":   {{"", "{ challenge: string }"}},
	"view_submission":    {{"", "bolt.ViewResponseAction"}, {"view", "types.ModalView"}, {"view.blocks", "types.KnownBlock[]"}},
}

// whole returns the type of a call's arguments: that of "chat.update" is
// ChatUpdateArguments. What is no call has none.
func whole(kind string) []expectation {
	if !strings.Contains(kind, ".") {
		return nil
	}
	words := strings.Split(kind, ".")
	for i, word := range words {
		words[i] = strings.ToUpper(word[:1]) + word[1:]
	}
	return []expectation{{"", "web." + strings.Join(words, "") + "Arguments"}}
}

const imports = `import type * as bolt from "@slack/bolt"; import type * as types from "@slack/types"; import type * as web from "@slack/web-api";` + "\n"

// misfit is a payload that Slack's types don't take.
type misfit struct {
	// payload is its place among those that were checked.
	payload            int
	kind, typ, problem string
	// near is the JSON around the place, on one line.
	near string
}

func (m misfit) String() string {
	return fmt.Sprintf("%s is no %s: %s: at …%s…", m.kind, m.typ, m.problem, m.near)
}

// written is one expression of the file that the compiler reads, and what it is
// about.
type written struct {
	payload         int
	kind, typ, line string
}

// expressions writes what the compiler must take, one line for each expectation.
func expressions(payloads []slacktest.Payload) (lines []written, errs error) {
	for i, p := range payloads {
		expected := append(whole(p.Kind), expectations[p.Kind]...)
		if len(expected) == 0 {
			errs = errors.Join(errs, fmt.Errorf("honest: a payload of kind %q, of which no type is known: %.200s", p.Kind, p.Body))
		}
		body, err := known(p)
		if err != nil {
			errs = errors.Join(errs, err)
			continue
		}
		for _, e := range expected {
			value, there, err := member(body, e.member)
			if err != nil {
				errs = errors.Join(errs, fmt.Errorf("honest: %s: %w", p.Kind, err))
			}
			if there {
				lines = append(lines, written{i, p.Kind, e.typ, fmt.Sprintf("(%s) satisfies %s;\n", value, e.typ)})
			}
		}
	}
	return lines, errs
}

// member returns the JSON of a member at a path with dots, on one line.
func member(body json.RawMessage, path string) (value string, there bool, err error) {
	for name := range strings.SplitSeq(path, ".") {
		if name == "" {
			break
		}
		var members map[string]json.RawMessage
		if err := json.Unmarshal(body, &members); err != nil {
			return "", false, err
		}
		if body, there = members[name]; !there {
			return "", false, nil
		}
	}
	var line bytes.Buffer
	err = json.Compact(&line, body)
	return line.String(), err == nil, err
}

// complaint is a line of the compiler's: file(line,column): error TS1234: why.
var complaint = regexp.MustCompile(`(?m)^check\.ts\((\d+),(\d+)\): (error .*)$`)

// check holds payloads against Slack's types. An error says that it could not.
func check(ctx context.Context, p Peer, payloads []slacktest.Payload) (misfits []misfit, err error) {
	lines, err := expressions(payloads)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "honest-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // the system empties its folder for such files
	if err := os.Symlink(filepath.Join(p.Dir, "node_modules"), filepath.Join(dir, "node_modules")); err != nil {
		return nil, err
	}
	var file strings.Builder
	file.WriteString(imports)
	for _, l := range lines {
		file.WriteString(l.line)
	}
	if err := os.WriteFile(filepath.Join(dir, "check.ts"), []byte(file.String()), 0o600); err != nil {
		return nil, err
	}
	cmd := p.Command(ctx, filepath.Join(p.Dir, "node_modules", "typescript", "bin", "tsc"),
		"--noEmit", "--strict", "--skipLibCheck", "--pretty", "false", "--module", "nodenext", "--target", "es2023", "--types", "node", "check.ts")
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err == nil {
		return nil, nil
	}
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) {
		return nil, fmt.Errorf("honest: tsc: %w", err)
	}
	for _, m := range complaint.FindAllStringSubmatch(string(out), -1) {
		n, _ := strconv.Atoi(m[1])
		column, _ := strconv.Atoi(m[2])
		if n < 2 || n > len(lines)+1 {
			return nil, fmt.Errorf("honest: tsc: %s", out)
		}
		l := lines[n-2]
		misfits = append(misfits, misfit{l.payload, l.kind, l.typ, m[3], around([]rune(l.line), column)})
	}
	if misfits == nil {
		return nil, fmt.Errorf("honest: tsc: %w: %s", err, out)
	}
	return misfits, nil
}

// around returns what stands near a column, which is counted from one.
func around(line []rune, column int) string {
	at := min(column-1, len(line))
	return strings.TrimSpace(string(line[max(0, at-60):min(len(line), at+100)]))
}
