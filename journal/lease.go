package journal

import "sync"

// Lease is something that only one holds at a time, of all handles on a store in
// all processes. A process that dies holds nothing for long. Release it before
// the journal is closed.
type Lease struct {
	lost    chan struct{}
	losing  sync.Once
	release func()
	giving  sync.Once
}

// NewLease returns a lease that has been taken; release, which gives it back, is
// called once. lose says that somebody else has taken it. It is for stores.
func NewLease(release func()) (l *Lease, lose func()) {
	l = &Lease{lost: make(chan struct{}), release: release}
	return l, func() { l.losing.Do(func() { close(l.lost) }) }
}

// Lost is closed when somebody else has taken the lease. That can only be when
// the store was out of reach, or stood still, for longer than a lease lasts.
func (l *Lease) Lost() <-chan struct{} { return l.lost }

// Release gives the lease back. Once it has returned, the next one can have it. A
// second time does nothing.
func (l *Lease) Release() { l.giving.Do(l.release) }
