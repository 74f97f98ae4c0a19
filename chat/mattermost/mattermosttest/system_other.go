//go:build !linux

package mattermosttest

import (
	"context"
	"fmt"
	"os/exec"
	"time"
)

// Elsewhere nothing tells a server that the program that started it has died.
var errUnsupported = fmt.Errorf("%w: it runs on Linux only", ErrMissing)

func lock(context.Context, string) (func() error, error) { return nil, errUnsupported }

type owner struct{}

func newOwner() (owner, error) { return owner{}, errUnsupported }

func (owner) chown(string) error { return nil }

func (owner) start(string, *exec.Cmd) (*process, error) { return nil, errUnsupported }

func (owner) run(*exec.Cmd) error { return errUnsupported }

type process struct {
	ended chan struct{}
	err   error
}

func (*process) stop(time.Duration) {}

func (*process) kill() {}
