package honest

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// What npm installs: exact versions with their checksums.
var (
	//go:embed package.json
	packageJSON []byte
	//go:embed package-lock.json
	packageLock []byte
)

// oldestNode is the oldest major version of Node that Bolt runs on.
const oldestNode = 20

// peer is Slack's own code, installed, with what runs it.
type peer struct {
	node string
	// dir has a node_modules.
	dir string
}

// command is a run of Node, with what is installed in sight of require.
func (p peer) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, p.node, args...) //nolint:gosec // the node on the path, as the developer has it
	cmd.Env = append(os.Environ(), "NODE_PATH="+filepath.Join(p.dir, "node_modules"))
	return cmd
}

// install looks for Node, and installs Slack's packages into the user's cache
// unless they are there; so the second run needs no network.
func install(ctx context.Context) (peer, error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return peer{}, errors.New("no node on the path: install nodejs and npm (Debian: apt-get install nodejs npm)")
	}
	version, err := exec.CommandContext(ctx, node, "--version").Output() //nolint:gosec // the node on the path
	if err != nil {
		return peer{}, fmt.Errorf("node --version: %w", err)
	}
	var major int
	if _, err := fmt.Sscanf(string(version), "v%d.", &major); err != nil || major < oldestNode {
		return peer{}, fmt.Errorf("node is %s: Bolt needs %d or newer", strings.TrimSpace(string(version)), oldestNode)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return peer{}, err
	}
	dir := filepath.Join(cache, "roundtable", fmt.Sprintf("slack-packages-%.6x", sha256.Sum256(packageLock)))
	if _, err := os.Stat(dir); err == nil {
		return peer{node, dir}, nil
	}
	return peer{node, dir}, fetch(ctx, dir)
}

// fetch installs beside dir and then takes its name, so that a dir is always
// whole and runs that do it at the same time don't meet.
func fetch(ctx context.Context, dir string) error {
	npm, err := exec.LookPath("npm")
	if err != nil {
		return errors.New("no npm on the path: install npm (Debian: apt-get install npm)")
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return err
	}
	fresh, err := os.MkdirTemp(filepath.Dir(dir), "slack-packages-new-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(fresh) //nolint:errcheck // what is left is only in the way of nothing
	for name, data := range map[string][]byte{"package.json": packageJSON, "package-lock.json": packageLock} {
		if err := os.WriteFile(filepath.Join(fresh, name), data, 0o600); err != nil {
			return err
		}
	}
	cmd := exec.CommandContext(ctx, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund") //nolint:gosec // the npm on the path
	cmd.Dir = fresh
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci: %w: %s", err, out)
	}
	err = os.Rename(fresh, dir)
	if _, there := os.Stat(dir); err != nil && there == nil {
		return nil // somebody else was first
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
