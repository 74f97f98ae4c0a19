package bot

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
)

// aliasBytes of a hash are enough that no two things get the same.
const aliasBytes = 18

// Alias is what the journal calls an incoming thing; empty for the empty id. A
// platform's own id may say who did it ("react:post:user:bulb"), and stands on
// events that stay when a person is erased. So it is hashed, with a key that
// exports of the journal don't hold.
func (t *Table) Alias(incoming string) string {
	if incoming == "" {
		return ""
	}
	mac := hmac.New(sha256.New, t.aliasKey)
	mac.Write([]byte(incoming))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:aliasBytes])
}

// aliasKey is the store's own, so that a thing that comes again has the same alias
// in every process.
func (ts *Tables) aliasKey(ctx context.Context) ([]byte, error) {
	secret, err := ts.journal.Secret(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the journal's secret: %w", err)
	}
	return hkdf.Key(sha256.New, secret, nil, "roundtable incoming", sha256.Size)
}
