package benchmark

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// codeSymbols are digits and letters without those that are taken for others,
// so that a code can be read aloud (Douglas Crockford's base 32).
const codeSymbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// codeLength symbols hold 60 bits.
const codeLength = 12

// NewCode writes 60 of 64 bits of chance as a code that can be read aloud:
// "7K3M-9QXT-2HVB". Nobody can guess it if nobody can guess the bits.
func NewCode(chance uint64) string {
	var b strings.Builder
	for k := range codeLength {
		if k > 0 && k%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(codeSymbols[chance>>(5*k)&31])
	}
	return b.String()
}

// OfferAddress is how the code that seats another channel is called in the
// journal's index; ok is false for what is no code.
func OfferAddress(code string) (address string, ok bool) {
	digest, ok := digestOf(code)
	return offerAddress(digest), ok
}

func offerAddress(digest string) string { return "link:" + digest }

// digestOf is what is kept of a code; ok is false for what is no code. However
// it was typed, and whichever of two like symbols was heard, it is the same.
func digestOf(code string) (digest string, ok bool) {
	heard := strings.NewReplacer("O", "0", "I", "1", "L", "1", "U", "V", "-", "", "–", "", " ", "", "\t", "", "\u00a0", "").Replace(strings.ToUpper(strings.TrimSpace(code)))
	if len(heard) != codeLength || strings.Trim(heard, codeSymbols) != "" {
		return "", false
	}
	sum := sha256.Sum256([]byte("roundtable link code\x00" + heard))
	return hex.EncodeToString(sum[:]), true
}
