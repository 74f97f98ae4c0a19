package mattermosttest

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// ErrMissing says that this machine lacks something that the server needs.
var ErrMissing = errors.New("no Mattermost server for tests")

// What the server is built from: a module of its own, since it can't share one
// with the client that the bot is built with.
var (
	//go:embed server.mod
	serverMod []byte
	//go:embed server.sum
	serverSum []byte
)

// serverModule is the module that holds the server.
const serverModule = "github.com/mattermost/mattermost/server/v8"

// serverFolders are the folders that the server reads beside its program.
var serverFolders = []string{"i18n", "templates", "fonts"}

// serverVersion is the version that server.mod names.
func serverVersion() string {
	found := regexp.MustCompile(`(?m)^\s+` + regexp.QuoteMeta(serverModule) + ` (\S+)$`).FindSubmatch(serverMod)
	if found == nil {
		panic("mattermosttest: server.mod names no version of " + serverModule)
	}
	return string(found[1])
}

// cacheFolder is the folder that the server is kept in once it is built.
func cacheFolder() (string, error) {
	folder, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrMissing, err)
	}
	return filepath.Join(folder, "roundtable", "mattermost-"+serverVersion()), nil
}

// Build builds the server unless it has been built before, and returns the
// folder that holds it: the program "mattermost" and what it reads. Two at once
// wait for each other. The first time takes some minutes and the network; without
// build, ErrMissing is returned instead.
func Build(ctx context.Context, build bool) (folder string, err error) {
	folder, err = cacheFolder()
	if err != nil {
		return "", err
	}
	if built(folder) {
		return folder, nil
	}
	if !build {
		return "", fmt.Errorf("%w: it has not been built; make peers builds it", ErrMissing)
	}
	goes, err := exec.LookPath("go")
	if err != nil {
		return "", fmt.Errorf("%w: building it takes the go command: %w", ErrMissing, err)
	}
	if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil {
		return "", err
	}
	unlock, err := lock(ctx, folder+".lock")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if built(folder) { // by the one we waited for
		return folder, nil
	}
	work, err := os.MkdirTemp(filepath.Dir(folder), "mattermost-building-*")
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if err := compile(ctx, goes, work); err != nil {
		return "", fmt.Errorf("%w: it can't be built: %w", ErrMissing, err)
	}
	if err := os.RemoveAll(folder); err != nil { // without a program: not whole
		return "", err
	}
	return folder, os.Rename(work, folder)
}

func built(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, "mattermost"))
	return err == nil
}

// compile makes the server in the folder.
func compile(ctx context.Context, goes, folder string) error {
	for name, data := range map[string][]byte{"go.mod": serverMod, "go.sum": serverSum} {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
			return err
		}
	}
	// Another user runs it.
	if err := os.Chmod(folder, 0o755); err != nil {
		return err
	}
	command := func(arg ...string) (string, error) { return run(ctx, folder, goes, arg...) }
	source, err := command("mod", "download", "-json", serverModule)
	if err != nil {
		return fmt.Errorf("download: %w: %s", err, source)
	}
	if source, err = command("list", "-mod=readonly", "-m", "-f", "{{.Dir}}", serverModule); err != nil {
		return fmt.Errorf("find the sources: %w", err)
	}
	for _, name := range serverFolders {
		if err := copyTree(filepath.Join(folder, name), filepath.Join(source, name)); err != nil {
			return err
		}
	}
	// The program comes last: a folder that has it is whole.
	const program = "built"
	if _, err = command("build", "-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", program, serverModule+"/cmd/mattermost"); err != nil {
		return err
	}
	if err := os.Chmod(filepath.Join(folder, program), 0o755); err != nil {
		return err
	}
	return os.Rename(filepath.Join(folder, program), filepath.Join(folder, "mattermost"))
}

// run runs the go command for this machine, whatever is being tested, behind
// everything else that this machine has to do, and returns what it wrote.
func run(ctx context.Context, folder, goes string, arg ...string) (string, error) {
	arg = append([]string{goes}, arg...)
	if nice, err := exec.LookPath("nice"); err == nil {
		arg = append([]string{nice}, arg...)
	}
	var out, said bytes.Buffer
	c := exec.CommandContext(ctx, arg[0], arg[1:]...)
	c.Dir = folder
	c.Env = append(os.Environ(), "GOOS=", "GOARCH=", "GOFLAGS=", "GOWORK=off", "CGO_ENABLED=0")
	c.Stdout, c.Stderr, c.WaitDelay = &out, &said, time.Second
	if err := c.Run(); err != nil {
		return "", fmt.Errorf("go %s: %w: %s", arg[len(arg)-1], err, tail(said.String()))
	}
	return strings.TrimSpace(out.String()), nil
}

// tail is the last lines of what a program said.
func tail(s string) string {
	const most = 2000
	s = strings.TrimSpace(s)
	return s[max(0, len(s)-most):]
}

// copyTree copies a folder so that everybody may read and the owner change it;
// module caches are read-only.
func copyTree(to, from string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inside, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, inside)
		if d.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		return copyFile(target, path)
	})
}

// copyFile copies a file; who may run it may so afterwards.
func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	info, err := in.Stat()
	if err != nil {
		return err
	}
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Chmod(0o644|info.Mode()&0o111), out.Close())
}
