package journal

import (
	"errors"
	"fmt"
	"math"
	"time"
	"unicode/utf8"
)

// What a journal takes. The limits keep one Append well within what each store
// writes in one transaction (Redis refuses arguments above 512 MiB, SQLite rows
// above 1 GB) and one entry within what a page of Read may hold in memory.
const (
	MaxNetworkBytes = 128      // of a network's or a lease's name
	MaxKindBytes    = 128      // of an entry's kind
	MaxAddressBytes = 512      // of an address
	MaxAddresses    = 100_000  // of a mark
	MaxEntries      = 10_000   // of a batch
	MaxDataBytes    = 16 << 20 // of an entry's content
	MaxBatchBytes   = 64 << 20 // of the content of a batch's entries
)

// The times that fit in 64 bits of nanoseconds since 1970.
var (
	earliest = time.Unix(0, math.MinInt64)
	latest   = time.Unix(0, math.MaxInt64)
)

// Check returns nil if every journal would take the batch, and otherwise an
// [ErrInvalid] that says what is wrong with it.
func (b Batch) Check() error {
	if err := CheckNetwork(b.Network); err != nil {
		return err
	}
	if len(b.Entries) > MaxEntries {
		return fmt.Errorf("%w: %d entries in one batch, at most %d", ErrInvalid, len(b.Entries), MaxEntries)
	}
	if b.After > math.MaxInt64-MaxEntries {
		return fmt.Errorf("%w: no number can follow %d", ErrInvalid, b.After)
	}
	total := 0
	for i, e := range b.Entries {
		if err := e.check(); err != nil {
			return fmt.Errorf("%w: entry %d of the batch %w", ErrInvalid, i+1, err)
		}
		if total += len(e.Data); total > MaxBatchBytes {
			return fmt.Errorf("%w: more than %d bytes of content in one batch", ErrInvalid, MaxBatchBytes)
		}
	}
	if b.Mark != nil {
		return b.Mark.check()
	}
	return nil
}

// CheckNetwork returns nil for a name that every journal takes, and otherwise
// an [ErrInvalid].
func CheckNetwork(name string) error {
	if name == "" || len(name) > MaxNetworkBytes {
		return fmt.Errorf("%w: a network's name has 1 to %d bytes, not %d", ErrInvalid, MaxNetworkBytes, len(name))
	}
	for i := range len(name) {
		switch c := name[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_':
		default:
			return fmt.Errorf("%w: network name %q has more than letters, digits, '-' and '_'", ErrInvalid, name)
		}
	}
	return nil
}

// CheckAddress returns nil for an address that every journal takes, and
// otherwise an [ErrInvalid], which doesn't repeat the address: it may be a
// person's.
func CheckAddress(address string) error {
	if address == "" || len(address) > MaxAddressBytes {
		return fmt.Errorf("%w: an address has 1 to %d bytes, not %d", ErrInvalid, MaxAddressBytes, len(address))
	}
	return nil
}

func (m Mark) check() error {
	if len(m.Addresses) > MaxAddresses {
		return fmt.Errorf("%w: %d addresses in one mark, at most %d", ErrInvalid, len(m.Addresses), MaxAddresses)
	}
	for _, a := range m.Addresses {
		if err := CheckAddress(a); err != nil {
			return err
		}
	}
	if !m.Due.IsZero() && (m.Due.Before(earliest) || m.Due.After(latest)) {
		return fmt.Errorf("%w: due outside the years 1678 to 2262", ErrInvalid)
	}
	return nil
}

// check says what is wrong as the end of a sentence.
func (e Entry) check() error {
	switch {
	case e.At.Before(earliest) || e.At.After(latest):
		return fmt.Errorf("is of %s: the time must be set, within the years 1678 to 2262", e.At.Format(time.RFC3339))
	case e.Kind == "" || len(e.Kind) > MaxKindBytes || !utf8.ValidString(e.Kind):
		return fmt.Errorf("has a kind of %d bytes: it must be 1 to %d bytes of UTF-8", len(e.Kind), MaxKindBytes)
	case e.Version < 0 || e.Version > math.MaxInt32:
		return fmt.Errorf("has the version %d: it must be 0 to %d", e.Version, math.MaxInt32)
	case len(e.Data) > MaxDataBytes:
		return fmt.Errorf("has %d bytes of content, at most %d", len(e.Data), MaxDataBytes)
	case e.Erased && e.Data != nil:
		return errors.New("is marked erased and has content")
	}
	return nil
}
