//go:build unix

package sqlite

import (
	"errors"
	"os"
	"syscall"
)

// lockHandle locks the file for this handle until it is closed or the process dies.
func lockHandle(file *os.File) error {
	err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return errLocked
	}
	return err
}
