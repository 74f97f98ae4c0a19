package sqlite

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"roundtable/journal"
)

// childFile tells a process of the test binary to be a writer on the file.
const childFile = "ROUNDTABLE_TEST_WRITE_TO"

func TestMain(m *testing.M) {
	for variable, run := range map[string]func(path string) error{childFile: child, eraserFile: eraser} {
		if path := os.Getenv(variable); path != "" {
			if err := run(path); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			return
		}
	}
	goleak.VerifyTestMain(m)
}

// child appends to one network for ever, among others who do, and prints each
// number once it is acknowledged.
func child(path string) error {
	s, err := Open(path)
	if err != nil {
		return err
	}
	for after := uint64(0); ; {
		last, err := s.Append(context.Background(), journal.Batch{Network: "alpha", After: after, Entries: append(note("child"), note("child")...)})
		if conflict, ok := errors.AsType[*journal.Conflict](err); ok {
			after = conflict.Last
			continue
		}
		if err != nil {
			return err
		}
		after = last
		if _, err := fmt.Println(last); err != nil {
			return err
		}
	}
}

// start runs this test as another process, told by the variable of its environment what to
// do, and returns it with the lines it prints.
func start(t *testing.T, env string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), self)
	c.Env = append(os.Environ(), env)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c, bufio.NewScanner(out)
}

// TestKilledProcess kills a process in the midst of writing, while this one
// writes to the same network: every number that either was told is there, whole
// batches only, and the survivor writes on.
func TestKilledProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roundtable.db")
	s := opened(t, path)
	defer shut(t, s)
	acknowledged := make(map[uint64]string)
	after := uint64(0)
	for range 3 {
		c, lines := start(t, childFile+"="+path)
		for got := 0; got < 30 && lines.Scan(); got++ {
			var last uint64
			if _, err := fmt.Sscan(lines.Text(), &last); err != nil {
				t.Fatal(err)
			}
			acknowledged[last-1], acknowledged[last] = "child", "child"
			for tries := 0; ; tries++ {
				_, err := s.Append(t.Context(), journal.Batch{Network: "alpha", After: after, Entries: note("parent")})
				if conflict, ok := errors.AsType[*journal.Conflict](err); ok && tries < 3 {
					after = conflict.Last
					continue
				} else if err != nil && !ok {
					t.Fatalf("Append beside another process: %v", err)
				} else if err == nil {
					after++
					acknowledged[after] = "parent"
				}
				break
			}
		}
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() { // acknowledged before the end
			var last uint64
			if _, err := fmt.Sscan(lines.Text(), &last); err == nil {
				acknowledged[last-1], acknowledged[last] = "child", "child"
			}
		}
		_ = c.Wait() // "signal: killed"
	}
	next, run := uint64(1), 0
	for e, err := range s.Read(t.Context(), "alpha", 1) {
		if err != nil {
			t.Fatalf("Read: %v", err)
		}
		if want, ok := acknowledged[next]; ok && want != string(e.Data) {
			t.Errorf("entry %d is the %s's, want the %s's", next, e.Data, want)
		}
		delete(acknowledged, next)
		if string(e.Data) == "child" {
			run++
		} else {
			if run%2 != 0 {
				t.Errorf("half a batch ends before entry %d", next)
			}
			run = 0
		}
		next++
	}
	if len(acknowledged) > 0 {
		t.Errorf("of those acknowledged, %d are missing: %v", len(acknowledged), acknowledged)
	}
	if _, err := s.Append(t.Context(), journal.Batch{Network: "alpha", After: next - 1, Entries: note("the survivor")}); err != nil {
		t.Errorf("Append by the survivor: %v", err)
	}
}

// TestTornWrite cuts the write-ahead log anywhere, as the end of a machine does:
// the file opens and holds the first few batches, each of them whole.
func TestTornWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "roundtable.db")
	s := opened(t, path)
	defer shut(t, s)
	const batches, size = 25, 3
	for i := range uint64(batches) {
		b := journal.Batch{Network: "alpha", After: i * size}
		for k := range uint64(size) {
			b.Entries = append(b.Entries, note(fmt.Sprintf("%d %s", i*size+k+1, strings.Repeat("content ", int(i)*20)))...)
		}
		if _, err := s.Append(t.Context(), b); err != nil {
			t.Fatalf("Append: %v", err)
		}
	}
	file, wal := bytesOf(t, path), bytesOf(t, path+"-wal")
	most, shorter := 0, 0
	for cut := 0; cut <= len(wal); cut += max(1, min(len(wal)/150, len(wal)-cut)) {
		got, err := holds(t, file, wal[:cut])
		if err != nil || got%size != 0 || got < most {
			t.Fatalf("with %d of the %d bytes of the log: %d entries, %v", cut, len(wal), got, err)
		}
		most = got
		if torn := append([]byte(nil), wal...); cut < len(torn) { // the same with a bad block
			torn[cut] ^= 0xff
			if got, err = holds(t, file, torn); err != nil || got%size != 0 || got > most+size {
				t.Fatalf("with a bad byte at %d of the log: %d entries, %v", cut, got, err)
			}
			if got < batches*size {
				shorter++
			}
		}
	}
	if most != batches*size {
		t.Errorf("with the whole log: %d entries, want %d", most, batches*size)
	}
	if shorter == 0 {
		t.Error("no bad byte was noticed")
	}
	for cut := 1; cut < len(file); cut += len(file) / 20 {
		if got, err := holds(t, file[:cut], nil); err == nil && got > 0 || err != nil && !errors.Is(err, journal.ErrDamaged) {
			t.Errorf("with %d of the %d bytes of the file: %d entries, %v, want ErrDamaged", cut, len(file), got, err)
		}
	}
}

// bytesOf returns the bytes of one file that is open.
func bytesOf(t *testing.T, path string) []byte {
	t.Helper()
	raw, err := exec.CommandContext(t.Context(), "cat", path).Output()
	if err != nil {
		t.Fatalf("read %s: %v", path, err)
	}
	return raw
}

// holds opens a file with the bytes and returns how many entries it holds, all
// of them in order and as they were written.
func holds(t *testing.T, file, wal []byte) (n int, err error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy.db")
	for name, raw := range map[string][]byte{path: file, path + "-wal": wal} {
		if err := os.WriteFile(name, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := Open(path)
	if err != nil {
		return 0, err
	}
	defer shut(t, s)
	for e, err := range s.Read(t.Context(), "alpha", 1) {
		if err != nil {
			return n, err
		}
		n++
		if !strings.HasPrefix(string(e.Data), fmt.Sprintf("%d ", n)) {
			t.Fatalf("entry %d holds %.20q", n, e.Data)
		}
	}
	return n, nil
}
