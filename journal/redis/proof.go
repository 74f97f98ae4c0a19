package redis

import "roundtable/journal"

// proofText is what is stored of a proof: its salt and its digest.
func proofText(p journal.Proof) string { return string(p.Salt[:]) + string(p.Digest[:]) }

// readProof reads what is stored of a proof; of anything else it makes one that is
// wrong.
func readProof(text string) (p journal.Proof) {
	if len(text) == len(p.Salt)+len(p.Digest) {
		copy(p.Salt[:], text)
		copy(p.Digest[:], text[len(p.Salt):])
	}
	return p
}
