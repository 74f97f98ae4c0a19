package mattermosttest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// folders are those of all servers, of this program and others; alive is the file
// in each that is locked as long as its program lives.
const folders, alive = "roundtable-mattermost-*", "alive"

// settle makes the server's folder, and takes away those of programs that died.
func (s *Server) settle(ctx context.Context) (err error) {
	old, err := filepath.Glob(filepath.Join(os.TempDir(), folders))
	if err != nil {
		return err
	}
	for _, folder := range old {
		s.sweep(folder)
	}
	if s.folder, err = os.MkdirTemp("", folders); err != nil {
		return err
	}
	if s.unlock, err = lock(ctx, filepath.Join(s.folder, alive)); err != nil {
		return err
	}
	return s.owner.give(s.folder)
}

// sweep takes a folder away if its program has died.
func (s *Server) sweep(folder string) {
	info, err := os.Stat(filepath.Join(folder, alive))
	if err != nil || time.Since(info.ModTime()) < patience { // it may be about to lock it
		return
	}
	now, cancel := context.WithCancel(context.Background())
	cancel()
	if unlock, err := lock(now, filepath.Join(folder, alive)); err == nil {
		_ = os.RemoveAll(folder) // another user's stays
		_ = unlock()
	}
}

// furnish puts what the server reads and writes into its folder. The cache may be
// where the owner can't read.
func (s *Server) furnish(program string) error {
	err := filepath.WalkDir(program, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inside, err := filepath.Rel(program, path)
		if err != nil || inside == "." {
			return err
		}
		target := filepath.Join(s.folder, inside)
		if d.IsDir() {
			if err := os.Mkdir(target, 0o755); err != nil {
				return err
			}
			return s.owner.give(target)
		}
		if os.Link(path, target) == nil {
			return nil
		}
		return copyFile(target, path)
	})
	if err != nil {
		return err
	}
	for _, name := range []string{"config", "data", "logs", "plugins"} {
		folder := filepath.Join(s.folder, name)
		if err := errors.Join(os.Mkdir(folder, 0o700), s.owner.give(folder)); err != nil {
			return err
		}
	}
	return nil
}
