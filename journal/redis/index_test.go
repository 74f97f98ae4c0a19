package redis

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"roundtable/journal"
)

// slot is the hash slot of a key:
// https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/
func slot(key string) uint16 {
	if _, rest, ok := strings.Cut(key, "{"); ok {
		if tag, _, ok := strings.Cut(rest, "}"); ok && tag != "" {
			key = tag
		}
	}
	var crc uint16
	for i := range len(key) {
		crc ^= uint16(key[i]) << 8
		for range 8 {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ 0x1021
			} else {
				crc <<= 1
			}
		}
	}
	return crc % 16384
}

func TestKeysOfAScriptAreInOneSlot(t *testing.T) {
	if got := slot("123456789"); got != 0x31c3 { // the specification's example
		t.Fatalf("slot of 123456789 is %#x, want 0x31c3", got)
	}
	s := &Store{keys: "prefix"}
	for name, together := range map[string][]string{
		"append": s.keys.batch("acme"),
		"erase":  {s.keys.erased("acme"), s.keys.data("acme")},
		"due":    {s.keys.due(), s.keys.dueTokens()},
	} {
		for _, key := range together {
			if slot(key) != slot(together[0]) {
				t.Errorf("%s: %s and %s are in different slots", name, key, together[0])
			}
			if !strings.HasPrefix(key, "prefix:") {
				t.Errorf("%s: %s is without the prefix", name, key)
			}
		}
	}
	if slot(s.keys.log("acme")) == slot(s.keys.log("other")) {
		t.Error("all networks are in one slot")
	}
}

// TestCrashAfterTheAnnouncement leaves an announcement without a mark, as the end
// of a process between the two does: nobody is misled by it, and it goes away.
func TestCrashAfterTheAnnouncement(t *testing.T) {
	s, m := mini(t)
	early, late := time.Unix(100, 0), time.Unix(200, 0)
	ctx := t.Context()
	write(t, s, "alpha", 0, "content")
	if _, err := s.Append(ctx, journal.Batch{Network: "alpha", After: 1, Mark: &journal.Mark{Due: late, Addresses: []string{"C1"}}}); err != nil {
		t.Fatal(err)
	}
	for _, network := range []string{"alpha", "unborn"} {
		now, err := s.index.readState(ctx, network, true)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.index.announce(ctx, network, journal.Mark{Due: early, Addresses: []string{"C2"}}, now); err != nil {
			t.Fatal(err)
		}
	}
	if score, err := m.ZScore(s.keys.due(), "alpha"); err != nil || score != 100_000 {
		t.Fatalf("the announcement is at %v, %v", score, err)
	}
	for range 3 {
		if got, next, err := s.Due(ctx, early); err != nil || len(got) != 0 || !next.Equal(late) {
			t.Errorf("Due returned %v, %s, %v, want none and %s", got, next, err, late)
		}
		if got, err := s.Find(ctx, "C2"); err != nil || len(got) != 0 {
			t.Errorf("Find returned %v, %v", got, err)
		}
	}
	if score, err := m.ZScore(s.keys.due(), "alpha"); err != nil || score != 200_000 {
		t.Errorf("the index still has alpha at %v, %v", score, err)
	}
	if members, err := m.ZMembers(s.keys.due()); err != nil || len(members) != 1 {
		t.Errorf("the index still has %v, %v", members, err)
	}
	if got, err := s.Networks(ctx); err != nil || strings.Join(got, " ") != "alpha" {
		t.Errorf("Networks returned %v, %v", got, err)
	}
}

// TestTidyingBetweenAnnouncementAndMark is the race that would lose a mark: the
// writer must begin again.
func TestTidyingBetweenAnnouncementAndMark(t *testing.T) {
	s, _ := mini(t)
	ctx := t.Context()
	b := journal.Batch{Network: "alpha", Entries: note("content"), Mark: &journal.Mark{Due: time.Unix(100, 0), Addresses: []string{"C1"}}}
	now, err := s.index.readState(ctx, "alpha", true)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.index.announce(ctx, "alpha", *b.Mark, now); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time it is taken out
		if _, _, err := s.Due(ctx, time.Unix(300, 0)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.client.ZScore(ctx, s.keys.due(), "alpha").Err(); !errors.Is(err, redis.Nil) {
		t.Fatalf("the announcement is still there: %v", err)
	}
	answer, err := appendScript.Run(ctx, s.client, s.keys.batch("alpha"), s.index.batchArgs(b, "batch", now.fence)...).StringSlice()
	if err != nil || answer[0] != "fence" {
		t.Fatalf("the batch was answered with %v, %v, and its mark is in no index", answer, err)
	}
	if _, err := s.Append(ctx, b); err != nil {
		t.Fatal(err)
	}
	if got, _, err := s.Due(ctx, time.Unix(100, 0)); err != nil || len(got) != 1 {
		t.Errorf("Due returned %v, %v", got, err)
	}
}

// TestBatchSentTwice is what the client does when the connection broke before
// the answer: it is the same batch, and no conflict, whatever came after it.
func TestBatchSentTwice(t *testing.T) {
	s, _ := mini(t)
	b := journal.Batch{Network: "alpha", Entries: append(note("one"), note("two")...), Mark: &journal.Mark{Due: time.Unix(100, 0)}}
	var err error
	if b.Entries, err = b.Sealed(); err != nil {
		t.Fatal(err)
	}
	send := func(batch string) []string {
		t.Helper()
		answer, err := appendScript.Run(t.Context(), s.client, s.keys.batch("alpha"), s.index.batchArgs(b, batch, "0")...).StringSlice()
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	for range 2 {
		if got := strings.Join(send("this"), " "); got != "written 2" {
			t.Errorf("the batch was answered with %q, want \"written 2\"", got)
		}
	}
	write(t, s, "alpha", 2, "three")
	if got := strings.Join(send("this"), " "); got != "written 2" {
		t.Errorf("the batch was answered with %q, want \"written 2\"", got)
	}
	if got := strings.Join(send("another"), " "); got != "moved 3" {
		t.Errorf("another batch was answered with %q, want \"moved 3\"", got)
	}
	if got, err := contents(t, s, "alpha"); err != nil || strings.Join(got, " ") != "one two three" {
		t.Errorf("the log holds %v, %v", got, err)
	}
}

// TestAddressesAreNowhereInClear looks at all that the server holds.
func TestAddressesAreNowhereInClear(t *testing.T) {
	s, m := mini(t)
	for _, addresses := range [][]string{{"slack:U024BE7LH"}, {}} {
		if _, err := s.Append(t.Context(), journal.Batch{Network: "alpha", Mark: &journal.Mark{Addresses: addresses}}); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(m.Dump(), "U024BE7LH") {
			t.Error("an address is stored in clear")
		}
	}
	if keys := m.Keys(); strings.Contains(strings.Join(keys, " "), ":address:") {
		t.Errorf("the dropped address is still in the index: %v", keys)
	}
}
