package main

import (
	"bufio"
	"context"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"roundtable/chat/slack/slacktest/honest"
)

var (
	//go:embed bolt/package.json
	packageJSON []byte
	//go:embed bolt/package-lock.json
	packageLock []byte
	//go:embed bolt/app.js
	boltApp []byte
)

// installBolt installs Bolt, and compiles better-sqlite3 for the Node at hand (a
// minute or two, once).
func installBolt(ctx context.Context) (honest.Peer, error) {
	return honest.Packages{JSON: packageJSON, Lock: packageLock, Build: []string{"better-sqlite3"}}.Install(ctx)
}

// startBolt starts the Bolt app with an empty database in dir.
func startBolt(ctx context.Context, peer honest.Peer, dir, secret string) (*process, error) {
	script := filepath.Join(dir, "app.js")
	if err := os.WriteFile(script, boltApp, 0o600); err != nil {
		return nil, err
	}
	cmd := peer.Command(ctx, script)
	cmd.Env = append(cmd.Env, "NODE_ENV=production", "DATABASE="+filepath.Join(dir, "bolt.db"), "SLACK_SIGNING_SECRET="+secret)
	cmd.Stderr = os.Stderr
	if _, err := cmd.StdinPipe(); err != nil { // it ends when this program does, however that ends
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewReader(stdout)
	line, err := lines.ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("the Bolt app said nothing: %w", err)
	}
	c := &process{name: "Bolt", url: strings.TrimSpace(line), cmd: cmd}
	c.countKept = func(ctx context.Context) (n int64, err error) {
		count := peer.Command(ctx, "-p", `new (require("better-sqlite3"))(process.env.DATABASE).prepare("SELECT count(*) n FROM submission").get().n`)
		count.Env = cmd.Env
		out, err := count.Output()
		if err != nil {
			return 0, err
		}
		return strconv.ParseInt(strings.TrimSpace(string(out)), 10, 64)
	}
	return c, nil
}
