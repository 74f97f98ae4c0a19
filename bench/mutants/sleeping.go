package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// waking is the file that every mutated package gets: it tells a mutant whether it is
// the one, and notes which of them a test comes by.
const waking = `package %s

import (
	"os"
	"strconv"
	"sync"
)

var mutantAwake, _ = strconv.Atoi(os.Getenv("MUTANT_AWAKE"))

var mutantsReached, _ = os.OpenFile(os.Getenv("MUTANTS_REACHED"), os.O_APPEND|os.O_WRONLY, 0)

var mutantsNoted sync.Map

func mutantIs(k int) bool {
	if mutantsReached != nil {
		if _, noted := mutantsNoted.LoadOrStore(k, true); !noted {
			_, _ = mutantsReached.WriteString(strconv.Itoa(k) + "\n")
		}
	}
	return k == mutantAwake
}

func mutantOr[T any](k int, was, is func() T) T {
	if mutantIs(k) {
		return is()
	}
	return was()
}
`

// piece is put in before what stands at a place.
type piece struct {
	at, depth int
	closes    bool
	text      string
}

// asleep returns a file's text with its mutants in it, all of them asleep.
func asleep(source []byte, mutants []*mutant, typed map[span]string) string {
	var pieces []piece
	for k, m := range mutants {
		before, behind := m.around(typed)
		// of two at one place the wider is opened first and closed last
		pieces = append(pieces,
			piece{at: m.from, depth: -(m.to-m.from)*len(mutants) + k, text: before},
			piece{at: m.to, depth: (m.to-m.from)*len(mutants) - k, closes: true, text: behind})
	}
	sort.SliceStable(pieces, func(a, b int) bool {
		x, y := pieces[a], pieces[b]
		if x.at != y.at {
			return x.at < y.at
		}
		if x.closes != y.closes {
			return x.closes
		}
		return x.depth < y.depth
	})
	var out strings.Builder
	from := 0
	for _, p := range pieces {
		out.Write(source[from:p.at])
		out.WriteString(p.text)
		from = p.at
	}
	out.Write(source[from:])
	return out.String()
}

// around returns what is put before and behind what the mutant changes.
func (m *mutant) around(typed map[span]string) (before, behind string) {
	end := fmt.Sprintf("/*line %s:%d:1*/", filepath.Base(m.file), m.line+strings.Count(m.was, "\n"))
	switch m.sleeps {
	case statement:
		return fmt.Sprintf("if !mutantIs(%d) { ", m.number), " }"
	case after:
		return fmt.Sprintf("func() { if !mutantIs(%d) { ", m.number), " } }()"
	case condition, number:
		t := "bool"
		if m.sleeps == number {
			t = typed[span{m.file, m.from, m.to}]
		}
		return fmt.Sprintf("mutantOr(%d, func() %s { return ", m.number, t),
			fmt.Sprintf(" }, func() %s { return %s })%s", t, m.is, end)
	case never:
	}
	return "", ""
}

// laySleeping writes an overlay that holds all mutants that can sleep.
func laySleeping(folder string, all []*mutant) (overlay string, err error) {
	of := map[string][]*mutant{}
	for _, m := range all {
		if m.sleeps != never {
			of[m.file] = append(of[m.file], m)
		}
	}
	replaced := map[string]string{}
	typed := map[string]map[span]string{}
	for file, mutants := range of {
		here := filepath.Dir(file)
		if typed[here] == nil {
			found, name, err := typesOf(here)
			if err != nil {
				return "", err
			}
			typed[here] = found
			added := filepath.Join(folder, "waking_"+name+".go")
			if err := os.WriteFile(added, fmt.Appendf(nil, waking, name), 0o600); err != nil {
				return "", err
			}
			replaced[filepath.Join(here, "mutants_waking.go")] = added
		}
		source, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		written := filepath.Join(folder, strings.ReplaceAll(file, "/", "_"))
		if err := os.WriteFile(written, []byte(asleep(source, mutants, typed[here])), 0o600); err != nil {
			return "", err
		}
		replaced[file] = written
	}
	return writeOverlay(filepath.Join(folder, "overlay.json"), replaced)
}
