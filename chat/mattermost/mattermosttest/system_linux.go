package mattermosttest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"runtime"
	"strconv"
	"syscall"
	"time"
)

// owner is the user that the servers run as: this one, or, where this one is
// root, one that may do nothing. PostgreSQL refuses to run as root.
type owner struct{ credential *syscall.Credential }

func newOwner() (owner, error) {
	if os.Getuid() != 0 {
		return owner{}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return owner{}, err
		}
		return owner{&syscall.Credential{Uid: uint32(uid), Gid: uint32(gid), NoSetGroups: false}}, nil
	}
	return owner{}, fmt.Errorf("%w: this is root, and there is neither a user postgres nor nobody to run it as", ErrMissing)
}

// chown makes somebody else's what is made for them.
func (o owner) chown(path string) error {
	if o.credential == nil {
		return nil
	}
	return os.Chown(path, int(o.credential.Uid), int(o.credential.Gid))
}

// process is a program that runs, in a group of its own.
type process struct {
	name  string
	pid   int
	ended chan struct{} // closed at its end
	err   error         // of its end
}

// start starts a program that ends when this one does, however that is: the
// kernel tells it. It does so when the thread that started it ends, so that thread
// waits for it.
func (o owner) start(name string, c *exec.Cmd) (*process, error) {
	// What it may leave behind dies of SIGQUIT: PostgreSQL takes its own with it.
	c.SysProcAttr = &syscall.SysProcAttr{Credential: o.credential, Setpgid: true, Pdeathsig: syscall.SIGQUIT}
	p := &process{name: name, ended: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := c.Start()
		if err == nil {
			p.pid = c.Process.Pid
		}
		started <- err
		if err == nil {
			p.err = c.Wait()
			close(p.ended)
		}
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	return p, nil
}

// run runs a program to its end.
func (o owner) run(c *exec.Cmd) error {
	c.SysProcAttr = &syscall.SysProcAttr{Credential: o.credential, Setpgid: true}
	c.WaitDelay = time.Second
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", c.Path, err, tail(string(out)))
	}
	return nil
}

// stop asks the program to end, makes it end when it doesn't within grace, and
// returns when it has.
func (p *process) stop(grace time.Duration) {
	p.signal(syscall.SIGINT) // for PostgreSQL: don't wait for clients
	select {
	case <-p.ended:
	case <-time.After(grace):
		p.kill()
	}
}

// kill ends the program and all that it has started, as a power cut would.
func (p *process) kill() {
	p.signal(syscall.SIGKILL)
	<-p.ended
}

func (p *process) signal(s syscall.Signal) {
	select {
	case <-p.ended: // the number may be another's by now
	default:
		_ = syscall.Kill(-p.pid, s)
	}
}

// lock waits until nobody else, in this program or another, holds the lock file.
// The lock of a program that dies is free.
func lock(ctx context.Context, path string) (unlock func() error, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	again := time.NewTicker(200 * time.Millisecond)
	defer again.Stop()
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return f.Close, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), f.Close())
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(fmt.Errorf("wait for %s: %w", path, ctx.Err()), f.Close())
		case <-again.C:
		}
	}
}
