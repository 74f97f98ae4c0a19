//go:build !linux

package mattermosttest

import (
	"context"
	"fmt"
	"os/exec"
	"time"
)

// Elsewhere nothing tells a server that the program that started it has died.
var errElsewhere = fmt.Errorf("%w: it runs on Linux only", ErrMissing)

func lock(context.Context, string) (func() error, error) { return nil, errElsewhere }

type owner struct{}

func newOwner() (owner, error) { return owner{}, errElsewhere }

func (owner) give(string) error { return nil }

func (owner) start(string, *exec.Cmd) (*process, error) { return nil, errElsewhere }

func (owner) run(*exec.Cmd) error { return errElsewhere }

type process struct {
	ended chan struct{}
	err   error
}

func (*process) stop(time.Duration) {}

func (*process) kill() {}
