// Package journaltest is the conformance suite for stores: what a
// [journal.Journal] promises, as tests. A store passes when Run does.
package journaltest

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/journal"
)

// Options say what the suite may do with a store.
type Options struct {
	// Reopen opens another handle on the store that j is a handle on, whether j
	// is still open or closed already. The suite closes it. Required.
	Reopen func(t *testing.T, j journal.Journal) journal.Journal
	// Damage harms an entry where it is stored, past the store, while j is open.
	// Required.
	Damage func(t *testing.T, j journal.Journal, network string, seq uint64, harm Harm)
	// ModelRuns is on how many stores random steps are compared with a model,
	// unless -rapid.checks is given. 0 means rapid's own 100, which takes long
	// where each step waits for a disk.
	ModelRuns int
}

// Run tests the store. open returns a handle on a fresh and empty store; the
// suite closes it. Run waits for nothing longer than a minute.
func Run(t *testing.T, open func(t *testing.T) journal.Journal, o Options) {
	s := suite{open: open, Options: o}
	for _, c := range []struct {
		name string
		test func(*testing.T, suite)
	}{
		{"AppendNumbersFromOne", appendNumbersFromOne},
		{"AppendAfterAnotherNumberConflicts", appendConflicts},
		{"AppendIsAllOrNothing", appendAllOrNothing},
		{"AppendRefusesWhatIsNotValid", appendInvalid},
		{"AppendOfNothing", appendOfNothing},
		{"AppendAfterTheContextEnded", appendEndedContext},
		{"ContentComesBackAsItWas", contentRoundTrip},
		{"ReadFromANumber", readFrom},
		{"ReadManyPages", readManyPages},
		{"ReadWhileErasedAndWritten", readWhileErased},
		{"ReadEndsWithTheContext", readEndedContext},
		{"FollowReturnsAtOnceWhenThereIsMore", followAtOnce},
		{"FollowWakesOnNews", followWakes},
		{"FollowWakesOnNewsOfAnotherHandle", followWakesAcross},
		{"FollowEndsWithTheContext", followEnds},
		{"FollowTellsALostTail", followLost},
		{"EraseTakesContentAndLeavesNumbers", eraseTakesContent},
		{"EraseOfTheLastKeepsItsNumberTaken", eraseLast},
		{"EraseIgnoresWhatIsNotThere", eraseIgnores},
		{"ErasedEntriesCanBeMoved", appendErased},
		{"ProofsHold", proofsHold},
		{"ProofOfSomethingElseIsRefused", appendForged},
		{"DamageIsNoticed", damageIsNoticed},
		{"WhatIsWellIsVerified", verifiesWhatIsWell},
		{"Networks", networks},
		{"Due", due},
		{"Find", find},
		{"MarkWithoutAddressesLeavesThem", markLeavesAddresses},
		{"MarkOfAConflictIsNotSet", markOfConflict},
		{"Secret", secret},
		{"LeaseIsOnes", leaseExclusive},
		{"LeaseWaits", leaseWaits},
		{"LeaseOfManyAtOnce", leaseOfMany},
		{"LeaseRefusesWhatIsNotValid", leaseInvalid},
		{"WritersOnOneNetwork", writersOnOneNetwork},
		{"WritersOnManyNetworks", writersOnManyNetworks},
		{"MarksUnderConcurrentWriters", marksUnderWriters},
		{"CloseFinishesAppends", closeFinishes},
		{"ClosedStoreSaysSo", closedSaysSo},
		{"LikeTheModel", likeTheModel},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, s) })
	}
}

type suite struct {
	open func(t *testing.T) journal.Journal
	Options
}

// fresh returns a handle on an empty store that is closed after the test.
func (s suite) fresh(t *testing.T) journal.Journal {
	t.Helper()
	return closeAfter(t, s.open(t))
}

// another returns a second handle on the store of j.
func (s suite) another(t *testing.T, j journal.Journal) journal.Journal {
	t.Helper()
	return closeAfter(t, s.Reopen(t, j))
}

// reopened closes j and opens its store once more.
func (s suite) reopened(t *testing.T, j journal.Journal) journal.Journal {
	t.Helper()
	if err := j.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	return s.another(t, j)
}

// handles yields j itself, then another handle on its store, then one opened
// after j was closed.
func (s suite) handles(t *testing.T, j journal.Journal) iter.Seq2[string, journal.Journal] {
	t.Helper()
	return func(yield func(string, journal.Journal) bool) {
		_ = yield("the writer's handle", j) && yield("another handle", s.another(t, j)) && yield("after reopening", s.reopened(t, j))
	}
}

func closeAfter(t *testing.T, j journal.Journal) journal.Journal {
	t.Helper()
	t.Cleanup(func() {
		if err := j.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return j
}

// testContext returns the test's context with a deadline, so that a store that hangs
// fails and doesn't hang the tests.
func testContext(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// noon is when the suite's entries happen.
var noon = time.Date(2026, 10, 5, 12, 0, 0, 123456789, time.UTC)

// entry returns an entry with the content.
func entry(content string) journal.Entry {
	return journal.Entry{At: noon, Kind: "answer.given", Version: 1, Data: []byte(content)}
}

// numbered returns n entries, each with other content.
func numbered(n int) []journal.Entry {
	entries := make([]journal.Entry, n)
	for i := range entries {
		entries[i] = entry(fmt.Sprintf(`{"entry":%d}`, i+1))
	}
	return entries
}

// stored returns the entries as Read is to yield them when they follow after.
func stored(after uint64, entries ...journal.Entry) []journal.Entry {
	all := make([]journal.Entry, len(entries))
	for i, e := range entries {
		e.Seq = after + uint64(i) + 1
		all[i] = e
	}
	return all
}

func appendTo(t *testing.T, j journal.Journal, network string, after uint64, entries ...journal.Entry) uint64 {
	t.Helper()
	last, err := j.Append(testContext(t), journal.Batch{Network: network, After: after, Entries: entries})
	if err != nil {
		t.Fatalf("Append to %s after %d: %v", network, after, err)
	}
	if want := after + uint64(len(entries)); last != want {
		t.Fatalf("Append to %s after %d returned %d as the last number, want %d", network, after, last, want)
	}
	return last
}

func setMark(t *testing.T, j journal.Journal, network string, after uint64, m journal.Mark) {
	t.Helper()
	if _, err := j.Append(testContext(t), journal.Batch{Network: network, After: after, Mark: &m}); err != nil {
		t.Fatalf("Append of a mark to %s after %d: %v", network, after, err)
	}
}

func read(t *testing.T, j journal.Journal, network string, from uint64) []journal.Entry {
	t.Helper()
	var all []journal.Entry
	for e, err := range j.Read(testContext(t), network, from) {
		if err != nil {
			t.Fatalf("Read %s from %d: after %d entries: %v", network, from, len(all), err)
		}
		if e.At.Location() != time.UTC {
			t.Fatalf("Read %s: entry %d is of %s, want UTC", network, e.Seq, e.At)
		}
		all = append(all, e)
	}
	return all
}

// content compares content as a whole, as a megabyte byte by byte takes
// seconds. Nil and empty are not the same. Proofs are the store's, and are not
// compared.
var content = cmp.Options{
	cmp.Comparer(func(a, b []byte) bool { return (a == nil) == (b == nil) && bytes.Equal(a, b) }),
	cmp.Comparer(func(_, _ journal.Proof) bool { return true }),
}

// wantEntries compares everything that the network holds.
func wantEntries(t *testing.T, j journal.Journal, network string, want []journal.Entry) {
	t.Helper()
	if diff := cmp.Diff(want, read(t, j, network, 1), content); diff != "" {
		t.Fatalf("entries of %s (-want +got):\n%s", network, diff)
	}
}
