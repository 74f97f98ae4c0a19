package honest

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// What npm installs for the tests: exact versions with their checksums.
var (
	//go:embed package.json
	packageJSON []byte
	//go:embed package-lock.json
	packageLock []byte
)

// Packages are npm packages to be installed: what package.json and
// package-lock.json hold. Build names those that must be compiled here; no script
// of any other is run.
type Packages struct {
	JSON, Lock []byte
	Build      []string
}

// packages are Slack's own, and the compiler of TypeScript.
func packages() Packages { return Packages{JSON: packageJSON, Lock: packageLock} }

// oldestNode is the oldest major version of Node that Bolt runs on.
const oldestNode = 20

// Peer is packages, installed, with what runs them.
type Peer struct {
	// Node is the program; Dir has a node_modules.
	Node, Dir string
}

// Command is a run of Node that finds the packages with require, wherever the
// script is.
func (p Peer) Command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, p.Node, args...) //nolint:gosec // the node on the path, as the developer has it
	cmd.Env = append(os.Environ(), "NODE_PATH="+filepath.Join(p.Dir, "node_modules"))
	return cmd
}

// Install looks for Node, and installs the packages into the user's cache unless
// they are there; so the second run needs no network.
func (p Packages) Install(ctx context.Context) (Peer, error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return Peer{}, errors.New("no node on the path: install nodejs and npm (Debian: apt-get install nodejs npm)")
	}
	version, err := exec.CommandContext(ctx, node, "--version").Output() //nolint:gosec // the node on the path
	if err != nil {
		return Peer{}, fmt.Errorf("node --version: %w", err)
	}
	var major int
	if _, err := fmt.Sscanf(string(version), "v%d.", &major); err != nil || major < oldestNode {
		return Peer{}, fmt.Errorf("node is %s: Bolt needs %d or newer", strings.TrimSpace(string(version)), oldestNode)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return Peer{}, err
	}
	name := fmt.Sprintf("node%d-packages-%.6x", major, sha256.Sum256(p.Lock)) // what is compiled is for one major version
	peer := Peer{Node: node, Dir: filepath.Join(cache, "roundtable", name)}
	if _, err := os.Stat(peer.Dir); err == nil {
		return peer, nil
	}
	return peer, p.fetch(ctx, peer.Dir)
}

// fetch installs beside dir and then takes its name, so that a dir is always
// whole and runs that do it at the same time don't meet.
func (p Packages) fetch(ctx context.Context, dir string) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return err
	}
	fresh, err := os.MkdirTemp(filepath.Dir(dir), "packages-new-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(fresh) //nolint:errcheck // what is left is in nobody's way
	for name, data := range map[string][]byte{"package.json": p.JSON, "package-lock.json": p.Lock} {
		if err := os.WriteFile(filepath.Join(fresh, name), data, 0o600); err != nil {
			return err
		}
	}
	if err := npm(ctx, fresh, "ci", "--ignore-scripts", "--no-audit", "--no-fund"); err != nil {
		return err
	}
	for _, name := range p.Build {
		if err := npm(ctx, fresh, "rebuild", name, "--build-from-source"); err != nil {
			return err
		}
	}
	err = os.Rename(fresh, dir)
	if _, missing := os.Stat(dir); missing == nil {
		return nil // ours, or that of somebody who was first
	}
	return err
}

func npm(ctx context.Context, dir string, args ...string) error {
	program, err := exec.LookPath("npm")
	if err != nil {
		return errors.New("no npm on the path: install npm (Debian: apt-get install npm)")
	}
	cmd := exec.CommandContext(ctx, program, args...) //nolint:gosec // the npm on the path
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("npm %s: %w: %s", args[0], err, out)
	}
	return nil
}
