package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// How long the tests of a mutant may take, and compiling one alone: it may loop for ever.
// Both are long, so that no mutant counts as noticed because the machine is busy.
const (
	longest      = 2 * time.Minute
	longestAlone = 10 * time.Minute
)

// slow is a test that is run only when the quick ones noticed nothing.
const slow = 300 * time.Millisecond

// binary is a package's tests with all mutants asleep in it.
type binary struct {
	folder, path string
	// quick and slow tests that come by each mutant.
	quick, slow map[int][]string
	// hasty are what makes property tests stop at the first counterexample.
	hasty []string
}

// preparation is what mutants are tried with.
type preparation struct {
	folder   string
	tests    []string
	binaries []binary
}

// prepare compiles the tests with all mutants asleep and notes which test comes by which.
// What can't be compiled so is left to be compiled alone.
func prepare(folder string, tests []string, all []*mutant) (preparation, error) {
	p := preparation{folder: folder, tests: tests}
	for _, t := range tests {
		b := binary{
			folder: t, path: filepath.Join(folder, strings.ReplaceAll(t, "/", "_")+".test"),
			quick: map[int][]string{}, slow: map[int][]string{},
		}
		for {
			overlay, err := laySleeping(folder, all)
			if err != nil {
				return p, err
			}
			out, err := exec.CommandContext(context.Background(), "go", "test", "-c", "-vet=off", "-gcflags=-e", "-overlay", overlay, "-o", b.path, t).CombinedOutput() //nolint:gosec // what whoever runs it said
			if err == nil {
				break
			}
			if !setAside(out, all) {
				return p, fmt.Errorf("%s: %w\n%s", t, err, out)
			}
		}
		if err := b.noteReached(); err != nil {
			return p, err
		}
		p.binaries = append(p.binaries, b)
	}
	return p, nil
}

var complaint = regexp.MustCompile(`([\w.]+\.go):(\d+):`)

// setAside leaves those to be compiled alone that stand where the compiler complains.
func setAside(out []byte, all []*mutant) bool {
	found := false
	for _, at := range complaint.FindAllSubmatch(out, -1) {
		line, _ := strconv.Atoi(string(at[2]))
		for _, m := range all {
			if m.sleeps != never && strings.HasSuffix(string(at[1]), filepath.Base(m.file)) &&
				m.line <= line && line <= m.line+strings.Count(m.was, "\n") {
				m.sleeps, found = never, true
			}
		}
	}
	return found
}

// noteReached runs every test once, with all mutants asleep, and notes which it comes by.
func (b *binary) noteReached() error {
	out, err := b.run(nil, "-test.list", ".")
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", b.path, err, out)
	}
	if usage, _ := b.run(nil, "-h"); bytes.Contains(usage, []byte("rapid.shrinktime")) { // -h is always an error
		b.hasty = []string{"-rapid.nofailfile", "-rapid.shrinktime=1ns"}
	}
	reached := b.path + ".reached"
	for test := range strings.FieldsSeq(string(out)) {
		if !strings.HasPrefix(test, "Test") && !strings.HasPrefix(test, "Example") && !strings.HasPrefix(test, "Fuzz") {
			continue
		}
		if err := os.WriteFile(reached, nil, 0o600); err != nil {
			return err
		}
		begun := time.Now()
		if out, err := b.run([]string{"MUTANTS_REACHED=" + reached}, "-test.short", "-test.run", "^"+test+"$"); err != nil {
			return fmt.Errorf("%s fails while all mutants sleep: %w\n%s", test, err, out)
		}
		speed := b.quick
		if time.Since(begun) > slow {
			speed = b.slow
		}
		numbers, err := os.ReadFile(reached)
		if err != nil {
			return err
		}
		for field := range strings.FieldsSeq(string(numbers)) {
			k, err := strconv.Atoi(field)
			if err != nil {
				return err
			}
			speed[k] = append(speed[k], test)
		}
	}
	return nil
}

// run runs the tests from the package's own folder.
func (b *binary) run(environment []string, arguments ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	defer cancel()
	c := exec.CommandContext(ctx, b.path, arguments...) //nolint:gosec // compiled just now
	c.Dir, c.Env = b.folder, append(os.Environ(), environment...)
	return c.CombinedOutput()
}

// try says what becomes of a mutant.
func (p preparation) try(m *mutant) outcome {
	if m.sleeps == never {
		return p.tryAlone(m)
	}
	met := false
	for _, tests := range []func(b binary) []string{
		func(b binary) []string { return b.quick[m.number] },
		func(b binary) []string { return b.slow[m.number] },
	} {
		for _, b := range p.binaries {
			names := tests(b)
			if len(names) == 0 {
				continue
			}
			met = true
			_, err := b.run([]string{"MUTANT_AWAKE=" + strconv.Itoa(m.number)},
				append(b.hasty, "-test.short", "-test.failfast", "-test.run", "^("+strings.Join(names, "|")+")$")...)
			if err != nil {
				return killed
			}
		}
	}
	if !met {
		return unreached
	}
	return survived
}

// tryAlone compiles a mutant in its file's place, and runs all the tests.
func (p preparation) tryAlone(m *mutant) outcome {
	changed := filepath.Join(p.folder, "alone"+strconv.Itoa(m.number)+".go")
	source, err := os.ReadFile(m.file)
	if err != nil {
		panic(err)
	}
	if err := os.WriteFile(changed, slices.Concat(source[:m.from], []byte(m.is), source[m.to:]), 0o600); err != nil {
		panic(err)
	}
	overlay, err := writeOverlay(changed+".json", map[string]string{m.file: changed})
	if err != nil {
		panic(err)
	}
	for _, t := range p.tests {
		ctx, cancel := context.WithTimeout(context.Background(), longestAlone)
		out, err := exec.CommandContext(ctx, "go", "test", "-overlay", overlay, "-short", "-failfast", "-vet=off", t).CombinedOutput() //nolint:gosec // what whoever runs it said
		cancel()
		switch {
		case bytes.Contains(out, []byte("[build failed]")) || bytes.Contains(out, []byte("[setup failed]")):
			return uncompiled
		case err != nil:
			return killed
		}
	}
	return survived
}

// writeOverlay writes which files stand in the place of which.
func writeOverlay(path string, replaced map[string]string) (string, error) {
	whole := map[string]string{}
	var failed error
	for _, name := range slices.Sorted(maps.Keys(replaced)) {
		absolute, err := filepath.Abs(name)
		failed = errors.Join(failed, err)
		whole[absolute] = replaced[name]
	}
	text, err := json.Marshal(map[string]any{"Replace": whole})
	return path, errors.Join(failed, err, os.WriteFile(path, text, 0o600))
}
