//go:build !unix

package sqlite

import "os"

// lockHandle does nothing where files can't be locked this way.
func lockHandle(*os.File) error { return nil }
