package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// process is a bot that is measured, in a process of its own.
type process struct {
	name, url string
	cmd       *exec.Cmd
	// countKept counts the submissions that it has kept, once it has ended.
	countKept func(context.Context) (int64, error)
}

// startServe starts roundtable with the settings of a file, and returns when it
// listens. What it logs goes on to a file.
func startServe(ctx context.Context, program, settings, log string) (*process, error) {
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
	return &process{name: "roundtable", url: "http://" + up.Listen + "/slack/" + connectionName + "/interactions", cmd: cmd}, nil
}

// stop ends the process and waits for it.
func (c *process) stop() error {
	_ = c.cmd.Process.Signal(syscall.SIGTERM) // who has ended needs no signal
	late := time.AfterFunc(30*time.Second, func() { _ = c.cmd.Process.Kill() })
	defer late.Stop()
	if err := c.cmd.Wait(); err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	return nil
}

// memoryUse is what a process has in memory, in megabytes: VmRSS, RssAnon and VmHWM of
// Linux. What is not its own are pages of files, such as the program itself.
type memoryUse struct{ now, own, most float64 }

func (c *process) memory() (u memoryUse, err error) {
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

// cpuTime is for how long processors have worked: for the bot, for this program, and
// for everybody on the machine.
type cpuTime struct {
	at                 time.Time
	bot, load, machine time.Duration
}

// cpuTime returns the processors' work so far, as Linux counts it.
func (c *process) cpuTime() (w cpuTime, err error) {
	w.at = time.Now()
	if w.bot, err = sumTicks(fmt.Sprintf("/proc/%d/stat", c.cmd.Process.Pid), 11, 12); err != nil {
		return w, err
	}
	if w.load, err = sumTicks("/proc/self/stat", 11, 12); err != nil {
		return w, err
	}
	w.machine, err = sumTicks("/proc/stat", 1, 2, 3, 6, 7, 8) // all but idle and waiting
	return w, err
}

// sumTicks adds up fields of the first line of a file of Linux's, in hundredths of a
// second.
func sumTicks(path string, fields ...int) (sum time.Duration, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	line, _, _ := strings.Cut(string(data), "\n")
	if _, after, named := strings.Cut(line, ") "); named { // a process's begins with its name
		line = after
	}
	all := strings.Fields(line)
	for _, k := range fields {
		var n int64
		if k >= len(all) {
			return 0, fmt.Errorf("%s: %q", path, line)
		}
		if _, err := fmt.Sscan(all[k], &n); err != nil {
			return 0, fmt.Errorf("%s: %w", path, err)
		}
		sum += time.Duration(n) * 10 * time.Millisecond
	}
	return sum, nil
}

// shares are the parts of the machine's processors that worked for the bot, for
// this program and for others, from 0 to 1.
type shares struct{ bot, load, others float64 }

func (w cpuTime) since(before cpuTime) shares {
	all := float64(w.at.Sub(before.at)) * float64(runtime.NumCPU())
	s := shares{bot: float64(w.bot-before.bot) / all, load: float64(w.load-before.load) / all}
	s.others = max(0, float64(w.machine-before.machine)/all-s.bot-s.load)
	return s
}
