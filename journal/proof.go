package journal

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"
)

// Proof is an entry's checksum. It binds content, number, time, kind, version and
// network together, holds through an erasure, and tells nothing of what was erased:
//
//	content = SHA-256(salt, 1, data)         or SHA-256(salt, 0) where data is nil
//	Digest  = SHA-256(network, seq, at, kind, version, content)
//
// As long as the content is there, Salt is the salt: 32 random bytes. Erasing puts
// content, the salted hash, in its place. So Digest is the same before and after and
// can be verified either way, whether an entry is erased can't be changed unnoticed,
// and who knows what an erased entry may have said can't try it out, as nobody has the
// salt.
type Proof struct {
	Salt   [sha256.Size]byte
	Digest [sha256.Size]byte
}

// proofDomain begins what is hashed, so that a digest is of nothing else.
const proofDomain = "roundtable journal entry 1\x00"

// Sealed returns the batch's entries with their numbers and proofs, for stores: each
// calls it on what it is about to write. A proof that is there already, because the
// entry comes from another store, is verified. The error is [ErrInvalid]; see also
// [Batch.Check], which is called first.
func (b Batch) Sealed() ([]Entry, error) {
	if err := b.Check(); err != nil {
		return nil, err
	}
	sealed := make([]Entry, len(b.Entries))
	for i, e := range b.Entries {
		e.Seq = b.After + uint64(i) + 1
		e.At = time.Unix(0, e.At.UnixNano()).UTC()
		var err error
		if sealed[i], err = e.Sealed(b.Network); err != nil {
			return nil, err
		}
	}
	return sealed, nil
}

// Sealed returns the entry with its proof; see [Batch.Sealed].
func (e Entry) Sealed(network string) (Entry, error) {
	if e.Proof != (Proof{}) {
		if err := e.Verify(network); err != nil {
			return Entry{}, fmt.Errorf("%w: entry %d comes with a proof of something else", ErrInvalid, e.Seq)
		}
		return e, nil
	}
	_, _ = rand.Read(e.Proof.Salt[:]) // never fails
	e.Proof.Digest = e.digest(network)
	return e, nil
}

// WithoutContent returns the entry as an erasure leaves it.
func (e Entry) WithoutContent() Entry {
	if !e.Erased {
		e.Proof.Salt = e.content()
	}
	e.Data, e.Erased = nil, true
	return e
}

// Verify returns nil when the entry is what was written, and otherwise a [*Damage].
func (e Entry) Verify(network string) error {
	if e.Erased && e.Data != nil {
		return &Damage{Network: network, Seq: e.Seq, What: "is marked erased and has content"}
	}
	if e.digest(network) != e.Proof.Digest {
		return &Damage{Network: network, Seq: e.Seq, What: "is not what was written: its checksum is wrong"}
	}
	return nil
}

func (e Entry) digest(network string) [sha256.Size]byte {
	content := e.Proof.Salt
	if !e.Erased {
		content = e.content()
	}
	text := make([]byte, 0, 512)
	text = append(text, proofDomain...)
	text = appendText(text, network)
	text = binary.BigEndian.AppendUint64(text, e.Seq)
	text = binary.BigEndian.AppendUint64(text, uint64(e.At.UnixNano()))
	text = appendText(text, e.Kind)
	text = binary.BigEndian.AppendUint64(text, uint64(e.Version))
	return sha256.Sum256(append(text, content[:]...))
}

// content returns the salted hash of the content.
func (e Entry) content() [sha256.Size]byte {
	there := byte(1)
	if e.Data == nil {
		there = 0
	}
	text := make([]byte, 0, 1024)
	text = append(append(text, e.Proof.Salt[:]...), there)
	return sha256.Sum256(append(text, e.Data...))
}

func appendText(text []byte, s string) []byte {
	return append(binary.BigEndian.AppendUint32(text, uint32(len(s))), s...)
}
