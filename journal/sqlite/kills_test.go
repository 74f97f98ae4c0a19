package sqlite

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"roundtable/journal"
)

// eraserFile tells a process of the test binary to write to the file and erase.
const eraserFile = "ROUNDTABLE_TEST_ERASE_FROM"

// wordsOf are the content of an entry: found in the files, it can only be that.
func wordsOf(seq uint64) string {
	return strings.Repeat(fmt.Sprintf("<words of %d>", seq), 1+int(seq)%400)
}

// wordsIn returns of which entries there are words among the bytes.
func wordsIn(raw []byte) map[uint64]bool {
	const before = "<words of "
	found := map[uint64]bool{}
	for at := bytes.Index(raw, []byte(before)); at >= 0; at = bytes.Index(raw, []byte(before)) {
		raw = raw[at+len(before):]
		var seq uint64
		for len(raw) > 0 && '0' <= raw[0] && raw[0] <= '9' {
			seq, raw = 10*seq+uint64(raw[0]-'0'), raw[1:]
		}
		found[seq] = true
	}
	return found
}

// eraser appends to one network, and erases every third entry soon after. It prints
// what has been acknowledged: "wrote 7", "erased 5".
func eraser(path string) error {
	s, err := Open(path)
	if err != nil {
		return err
	}
	ctx := context.Background()
	after, err := s.lastOf(ctx, "alpha")
	if err != nil {
		return err
	}
	for {
		if after, err = s.Append(ctx, journal.Batch{Network: "alpha", After: after, Entries: note(wordsOf(after + 1))}); err != nil {
			return err
		}
		fmt.Println("wrote", after)
		if after%3 == 0 {
			if err := s.Erase(ctx, "alpha", []uint64{after - 1}); err != nil {
				return err
			}
			fmt.Println("erased", after-1)
		}
	}
}

// TestKillsAndErasures kills a process ROUNDTABLE_KILLS times while it writes and
// erases. As soon as the journal is open again, all that was acknowledged is there, and
// the words of every entry that is erased are nowhere in the folder: the file, its log,
// its index, whatever lies beside them. What was begun can be finished.
func TestKillsAndErasures(t *testing.T) {
	kills := 10
	if n, err := strconv.Atoi(os.Getenv("ROUNDTABLE_KILLS")); err == nil {
		kills = n
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "roundtable.db")
	random := rand.New(rand.NewPCG(12, 200))
	wrote, erased, inMidst := uint64(0), map[uint64]bool{}, 0
	for kill := range kills {
		last := killEraser(t, path, time.Duration(random.IntN(120))*time.Millisecond, func(did string, seq uint64) {
			if did == "wrote" {
				wrote = seq
			} else {
				erased[seq] = true
			}
		})
		s := opened(t, path)
		found := wordsIn(onDisk(t, folder+"/"))
		seen := uint64(0)
		for e, err := range s.Read(t.Context(), "alpha", 1) {
			if err != nil {
				t.Fatalf("kill %d: Read: %v", kill+1, err)
			}
			seen = e.Seq
			switch {
			case erased[e.Seq] && !e.Erased:
				t.Fatalf("kill %d: entry %d was erased, and has its content", kill+1, e.Seq)
			case e.Erased && found[e.Seq]:
				t.Fatalf("kill %d: the words of entry %d, which is erased (acknowledged: %t), are in the folder", kill+1, e.Seq, erased[e.Seq])
			case !e.Erased && string(e.Data) != wordsOf(e.Seq):
				t.Fatalf("kill %d: entry %d holds %.30q", kill+1, e.Seq, e.Data)
			case e.Erased && !erased[e.Seq]:
				inMidst++
				erased[e.Seq] = true
			}
		}
		if seen < wrote {
			t.Fatalf("kill %d: the journal ends at %d, and %d was acknowledged", kill+1, seen, wrote)
		}
		if due := last - last%3; due > 1 && !erased[due-1] { // it was owed, and may have been begun
			if err := s.Erase(t.Context(), "alpha", []uint64{due - 1}); err != nil {
				t.Fatal(err)
			}
			erased[due-1] = true
			if wordsIn(onDisk(t, folder+"/"))[due-1] {
				t.Fatalf("kill %d: the words of entry %d were erased after the restart, and are in the folder", kill+1, due-1)
			}
		}
		shut(t, s)
	}
	t.Logf("%d kills: %d entries, %d erased, %d of them marked when the process died before it could say so", kills, wrote, len(erased), inMidst)
}

// killEraser runs a process that writes and erases, and kills it after a while. It
// returns the last number that the process wrote.
func killEraser(t *testing.T, path string, after time.Duration, did func(what string, seq uint64)) (last uint64) {
	t.Helper()
	c, lines := start(t, eraserFile+"="+path)
	for lines.Scan() {
		var what string
		var seq uint64
		if _, err := fmt.Sscan(lines.Text(), &what, &seq); err != nil {
			t.Fatal(err)
		}
		if last == 0 { // it is at work
			time.AfterFunc(after, func() { _ = c.Process.Kill() })
		}
		did(what, seq)
		last = max(last, seq)
	}
	_ = c.Wait() // "signal: killed"
	return last
}
