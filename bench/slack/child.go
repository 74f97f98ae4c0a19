package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// child is a bot that is measured, in a process of its own.
type child struct {
	name, url string
	cmd       *exec.Cmd
	// kept counts what it has kept, when it has ended.
	kept func(context.Context) (int64, error)
}

// serve starts roundtable with the settings of a file, and returns when it
// listens. What it logs goes on to a file.
func serve(ctx context.Context, program, settings, log string) (*child, error) {
	cmd := exec.CommandContext(ctx, program, "serve", "--config", settings, "--log-format", "json") //nolint:gosec // the program that is to be measured
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewReader(stderr)
	var up struct{ Msg, Listen string }
	for up.Listen == "" {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return nil, fmt.Errorf("roundtable ended: %s: %w", line, cmd.Wait())
		}
		_ = json.Unmarshal(line, &up) // other lines may be anything
	}
	go func() {
		out, err := os.Create(log)
		if err == nil {
			_, _ = io.Copy(out, lines)
			_ = out.Close()
		}
	}() // ends with the process
	return &child{name: "roundtable", url: "http://" + up.Listen + "/slack/" + connection + "/interactions", cmd: cmd}, nil
}

// stop ends the child and waits for it.
func (c *child) stop() error {
	_ = c.cmd.Process.Signal(syscall.SIGTERM) // who has ended needs no signal
	late := time.AfterFunc(30*time.Second, func() { _ = c.cmd.Process.Kill() })
	defer late.Stop()
	if err := c.cmd.Wait(); err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	return nil
}

// usage is what a child has in memory, in megabytes: VmRSS, RssAnon and VmHWM of
// Linux. What is not its own are pages of files, such as the program itself.
type usage struct{ now, own, most float64 }

func (c *child) memory() (u usage, err error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	if err != nil {
		return u, err
	}
	for line := range strings.Lines(string(data)) {
		name, value, _ := strings.Cut(line, ":")
		var kb float64
		if _, err := fmt.Sscanf(value, "%f kB", &kb); err != nil {
			continue // no size
		}
		switch name {
		case "VmRSS":
			u.now = kb / 1024
		case "RssAnon":
			u.own = kb / 1024
		case "VmHWM":
			u.most = kb / 1024
		}
	}
	return u, nil
}
