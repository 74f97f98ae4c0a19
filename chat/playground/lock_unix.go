//go:build unix

package playground

import (
	"errors"
	"os"
	"syscall"
)

// lock takes the file for this process until it closes it or dies.
func lock(file *os.File) error {
	err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return errors.New("another process has the chat open")
	}
	return err
}
