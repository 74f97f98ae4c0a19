// Package journal keeps the append-only log of what happened in each network.
//
// It holds the contract ([Journal]), what is promised of every store, and the
// errors callers test for. The stores live in journal/sqlite, journal/redis and,
// for tests and demonstrations, journal/memory; journal/journaltest is the
// conformance suite that all of them pass.
//
// The journal does not know what an entry means. Its content is bytes; kinds
// and versions are kept beside the content so that a person with a database
// shell can read what happened, and so that erased entries still say what they
// were.
package journal

import (
	"context"
	"iter"
	"sync"
	"time"
)

// Entry is one thing that happened in one network.
type Entry struct {
	// Seq is the entry's number in its network: 1, 2, 3 ... without gaps.
	// Append ignores it; the store gives it.
	Seq uint64
	// At is when it happened, UTC, kept to the nanosecond. It must be set, to
	// a time between the years 1678 and 2262.
	At time.Time
	// Kind names what happened ("answer.given"), 1 to [MaxKindBytes] bytes of
	// UTF-8; Version the shape of Data, 0 to 2³¹-1.
	Kind    string
	Version int
	// Data is the content, JSON by convention, at most [MaxDataBytes]. Nil
	// when it has been erased. Nil and empty are told apart.
	Data []byte
	// Erased is true when the content was taken out with Erase. Append takes
	// erased entries too, without content, so that a journal can be moved from
	// one store to another.
	Erased bool
	// Proof is the entry's checksum. Append gives it to an entry that has none, and
	// takes that of an entry that comes from another store, if it is right.
	Proof Proof
}

// Mark is what the store indexes of a network beside its log, so that thousands
// of sleeping networks need not be read to learn which one is wanted.
type Mark struct {
	// Due is when the network next owes something, UTC, cut to the
	// millisecond. Zero: it owes nothing.
	Due time.Time
	// Addresses are the channels and persons that belong to the network, each
	// an opaque string of 1 to [MaxAddressBytes] bytes. An address may belong
	// to several networks. Nil leaves the addresses as they are; empty removes
	// all.
	Addresses []string
}

// Batch is what one Append writes: all of it or nothing. It holds at most
// [MaxEntries] entries with [MaxBatchBytes] of content; see [Batch.Check].
type Batch struct {
	Network string
	// After is the number of the last entry that the writer has seen; 0 for a
	// network that has none yet.
	After   uint64
	Entries []Entry
	// Mark, when not nil, replaces the network's mark in the same transaction.
	// A batch may hold a mark and no entries; After is compared all the same.
	Mark *Mark
}

// Journal is an append-only log per network. All methods are safe for
// concurrent use, also from several processes on the same store, and return
// promptly with the context's error when it ends. After Close they return
// [ErrClosed].
//
// A network's name is 1 to [MaxNetworkBytes] bytes of letters, digits, '-' and
// '_' (ASCII). Any other is answered with [ErrInvalid].
type Journal interface {
	// Append writes the batch's entries with the numbers After+1, After+2 ...
	// and returns the network's last number. All or nothing; durable on return
	// (it survives the death of the process and, as far as the store's own
	// settings promise it, of the machine). [ErrConflict], [ErrFull],
	// [ErrReadOnly] and [ErrInvalid] as documented there; after any other error,
	// the context's included, the caller does not know whether the batch was
	// written, and must Read to find out. The batch must not be changed until
	// Append has returned without a context's error.
	Append(ctx context.Context, b Batch) (last uint64, err error)

	// Read yields the network's entries from number from (1 is the first, and
	// so is 0) in order, without gaps, up to those durable when the reading got
	// there. An unknown network yields nothing. The sequence ends at the first
	// error. Each entry is verified before it is yielded: one that is missing or
	// isn't what was written, and a reading that ends before the last number, is
	// [ErrDamaged], as a [*Damage]; never is less yielded, or something else,
	// without it. Slow consumers hold up nobody.
	Read(ctx context.Context, network string, from uint64) iter.Seq2[Entry, error]

	// Follow blocks until the network has an entry with a number above after,
	// by whichever process it was written, and returns the last number. When
	// the journal ends before after, so that the caller knows of entries that
	// the store has lost, it returns [ErrConflict] at once.
	Follow(ctx context.Context, network string, after uint64) (last uint64, err error)

	// Erase takes out the content of the given entries for good, from the log,
	// its indexes and, as far as the store can, its free pages. Numbers, times,
	// kinds and versions stay. Unknown or already erased numbers are ignored,
	// so that an Erase that failed can be repeated. It returns nil only once the
	// bytes are gone from the store's live files; the erased entries' proofs hold.
	Erase(ctx context.Context, network string, seqs []uint64) error

	// Remains tells which copies of content that is erased at the instant are out
	// of the store's reach, and until when. None: once Erase is done, nothing is left.
	Remains(ctx context.Context, erased time.Time) (Remains, error)

	// Networks returns the names of all networks with an entry, sorted.
	Networks(ctx context.Context) ([]string, error)

	// Due returns the networks whose mark is due at or before the instant,
	// earliest first (by name among equals), and the first due instant after
	// it (zero if none).
	Due(ctx context.Context, at time.Time) (networks []string, next time.Time, err error)

	// Find returns the networks whose mark holds the address, sorted.
	Find(ctx context.Context, address string) ([]string, error)

	// Secret returns the store's own random 32 bytes, made at first use or before
	// and the same ever after for every process on the store. Signatures rest on
	// it, each on a key derived for its purpose.
	Secret(ctx context.Context) ([]byte, error)

	// Lease takes what only one may do at a time on the store, whichever process
	// it is in, such as the courier's work. The name is made as a network's is. It
	// waits until the lease is free, and returns [ErrHeld] when the context ends
	// first. What a process held that died is free within [LeaseFor].
	Lease(ctx context.Context, name string) (*Lease, error)

	// Check looks for damage where Read doesn't: in the indexes and in what is free.
	// It may take as long as reading everything. The error is [ErrDamaged], or that
	// of the look.
	Check(ctx context.Context) error

	// Ping says whether the store can be reached and written.
	Ping(ctx context.Context) error

	// Close releases the store. Appends under way are finished first; what
	// else is under way ends with [ErrClosed]. A second Close returns nil.
	Close() error
}

// Lease is an exclusive lock by name: one holder at a time, among all handles on a
// store in all processes. A process that dies loses its leases within [LeaseFor].
// Release a lease before the journal is closed.
type Lease struct {
	lost        chan struct{}
	loseOnce    sync.Once
	release     func()
	releaseOnce sync.Once
}

// NewLease returns a lease that has been taken, for stores. Release calls release
// once, to give the lease back. The store calls lose when it finds that somebody
// else has taken the lease.
func NewLease(release func()) (l *Lease, lose func()) {
	l = &Lease{lost: make(chan struct{}), release: release}
	return l, func() { l.loseOnce.Do(func() { close(l.lost) }) }
}

// Lost returns a channel that is closed when somebody else has taken the lease. That can only be when
// the store was out of reach, or stood still, for longer than a lease lasts.
func (l *Lease) Lost() <-chan struct{} { return l.lost }

// Release gives the lease back, and returns once the next holder can have it. A
// second call does nothing.
func (l *Lease) Release() { l.releaseOnce.Do(l.release) }

// LeaseFor is how long a lease may outlive a process that died. Those who wait
// for one do well to wait a little longer.
const LeaseFor = 15 * time.Second
