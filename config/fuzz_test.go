package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"roundtable/mistake"
)

// bomb is a file of some hundred bytes that would be a billion strings.
func bomb() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n")
	for i := range 9 {
		now, before := string(rune('1'+i)), "*a"+string(rune('0'+i))
		b.WriteString("a" + now + ": &a" + now + " [" + strings.TrimSuffix(strings.Repeat(before+",", 10), ",") + "]\n")
	}
	return b.String() + "connections: *a9\nlisten: *a9\n"
}

func TestAliasBomb(t *testing.T) {
	start := time.Now()
	_, err := forTest([]byte(bomb()))
	if err == nil || time.Since(start) > 10*time.Second {
		t.Errorf("after %v: %v", time.Since(start), err)
	}
}

func FuzzLoad(f *testing.F) {
	for _, folder := range []string{"bad", "doubtful"} {
		files, err := filepath.Glob("testdata/" + folder + "/*.yaml")
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	f.Add([]byte(Example))
	f.Add([]byte(bomb()))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := forTest(data)
		if c == nil {
			t.Fatal("no Config")
		}
		if err == nil {
			return
		}
		list, ok := errors.AsType[mistake.List](err)
		if !ok || len(list.Mistakes) == 0 {
			t.Fatalf("%T: %v", err, err)
		}
		for _, m := range append(list.Mistakes, c.Warnings...) {
			if line := m.String(); m.Problem == "" || strings.ContainsAny(line, "\n\r\x1b") || !utf8.ValidString(line) {
				t.Errorf("mistake %q", line)
			}
		}
	})
}

func FuzzParseJournal(f *testing.F) {
	f.Add("sqlite:roundtable.db")
	f.Add("redis://user:password@host:6379/0?x=y#z")
	f.Fuzz(func(t *testing.T, address string) {
		j, err := ParseJournal(address)
		if err != nil {
			if j != (Journal{}) {
				t.Errorf("%v with an error", j)
			}
			return
		}
		again, err := ParseJournal(j.String())
		if err != nil || again.String() != j.String() {
			t.Errorf("%q gives %q, which gives %v, %v", address, j, again, err)
		}
	})
}
