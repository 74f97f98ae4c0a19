package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// work is for how long processors have worked: for the bot, for this program, and
// for everybody on the machine.
type work struct {
	at                 time.Time
	bot, load, machine time.Duration
}

// worked looks at the processors' work so far, as Linux counts it.
func (c *child) worked() (w work, err error) {
	w.at = time.Now()
	if w.bot, err = ticks(fmt.Sprintf("/proc/%d/stat", c.cmd.Process.Pid), 11, 12); err != nil {
		return w, err
	}
	if w.load, err = ticks("/proc/self/stat", 11, 12); err != nil {
		return w, err
	}
	w.machine, err = ticks("/proc/stat", 1, 2, 3, 6, 7, 8) // all but idle and waiting
	return w, err
}

// ticks adds up fields of the first line of a file of Linux's, in hundredths of a
// second.
func ticks(path string, fields ...int) (sum time.Duration, err error) {
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

func (w work) since(before work) shares {
	all := float64(w.at.Sub(before.at)) * float64(runtime.NumCPU())
	s := shares{bot: float64(w.bot-before.bot) / all, load: float64(w.load-before.load) / all}
	s.others = max(0, float64(w.machine-before.machine)/all-s.bot-s.load)
	return s
}
