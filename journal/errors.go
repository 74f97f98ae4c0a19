package journal

import (
	"errors"
	"fmt"
)

// Errors that callers test for with [errors.Is].
var (
	// ErrConflict says that the journal of the network has moved on: Append was
	// asked to write after a number that is no longer (or not yet) the last.
	// Nothing was written. Catch up with Read and decide again. It comes as a
	// [*Conflict], which says where the journal ends.
	ErrConflict = errors.New("journal: the network has moved on")

	// ErrFull says that the store could not take the entries for lack of room,
	// on disk or in memory. Nothing was written.
	ErrFull = errors.New("journal: no room left")

	// ErrReadOnly says that the store may not be written: the file, its folder
	// or the server is read-only. Nothing was written.
	ErrReadOnly = errors.New("journal: store is read-only")

	// ErrNewer says that the store was written by a newer version of the
	// program, in a layout that this one does not know. Nothing was read.
	ErrNewer = errors.New("journal: store is of a newer version")

	// ErrOlder says that the store is of a layout of an earlier version of the
	// program, and has to be upgraded first, while nobody else uses it. Nothing was
	// read or written.
	ErrOlder = errors.New("journal: store is of an earlier layout")

	// ErrDamaged says that the store is no longer what was written: an entry that
	// is missing or has changed, or a file that the database refuses. For one
	// network it comes as a [*Damage].
	ErrDamaged = errors.New("journal: store is damaged")

	// ErrInvalid says that the caller asked for something no journal takes: a
	// bad name, an entry without a time, too much at once. Nothing was written.
	ErrInvalid = errors.New("journal: not valid")

	// ErrHeld says that somebody else holds the lease, and still did when the
	// context ended.
	ErrHeld = errors.New("journal: held by another process")

	// ErrClosed says that the journal has been closed. An Append that had not
	// begun wrote nothing.
	ErrClosed = errors.New("journal: closed")
)

// Conflict is the [ErrConflict] of one network.
type Conflict struct {
	Network string
	// After is the number the caller took for the last; Last is the last.
	After, Last uint64
}

// Lost says that the journal ends before what the caller has seen: the store
// lost a tail (a failover to a replica that lagged, a restored backup). What the
// caller knows of the network is then wrong and must be loaded anew.
func (c *Conflict) Lost() bool { return c.Last < c.After }

// Error tells both numbers.
func (c *Conflict) Error() string {
	if c.Lost() {
		return fmt.Sprintf("journal: network %s ends at entry %d, before entry %d that was seen: the store has lost its tail, load the network anew", c.Network, c.Last, c.After)
	}
	return fmt.Sprintf("journal: network %s has moved on to entry %d since entry %d", c.Network, c.Last, c.After)
}

// Is makes [ErrConflict] of it.
func (c *Conflict) Is(target error) bool { return target == ErrConflict }
