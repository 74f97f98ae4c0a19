package e2e

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"roundtable/e2e/built"
)

// program is the bot as people install it: a process of its own, with its
// settings and its journal in a folder.
type program struct {
	t      *testing.T
	dir    string
	listen string    // the address it listens on
	held   io.Closer // keeps that address free until the program needs it
	log    *lines

	running *exec.Cmd
	ended   chan struct{}
}

// newProgram makes a place for the bot; configure it before it is started.
func newProgram(t *testing.T) *program {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &program{t: t, dir: t.TempDir(), listen: l.Addr().String(), held: l, log: &lines{}}
	t.Cleanup(func() {
		_ = p.held.Close()
		p.kill()
		if t.Failed() {
			t.Logf("what the bot logged last:\n%s", p.log.last(60))
		}
	})
	return p
}

// configure writes the settings; connections is the YAML below that key.
func (p *program) configure(connections string) {
	p.t.Helper()
	settings := fmt.Sprintf("journal: sqlite:%s\nlisten: %s\npublic_url: http://%s\nconnections:\n%s",
		filepath.Join(p.dir, "journal.db"), p.listen, p.listen, connections)
	if err := os.WriteFile(filepath.Join(p.dir, "roundtable.yaml"), []byte(settings), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// command is the program with a subcommand, not yet started.
func (p *program) command(ctx context.Context, args ...string) *exec.Cmd {
	p.t.Helper()
	path, err := built.Program()
	if err != nil {
		p.t.Fatal(err)
	}
	_ = p.held.Close() // again and again: once is enough
	cmd := exec.CommandContext(ctx, path, append([]string{"--config", filepath.Join(p.dir, "roundtable.yaml")}, args...)...)
	cmd.Dir = p.dir
	return cmd
}

// start runs the bot, its clock ahead, and returns once it is well. While it is
// down anybody may be given its port, for a connection too: then it waits its turn.
func (p *program) start(ahead time.Duration) {
	p.t.Helper()
	p.launch(ahead)
	deadline := time.Now().Add(waitTimeout)
	for !p.well() {
		select {
		case <-p.ended:
			if said := p.log.last(20); !strings.Contains(said, "address already in use") {
				p.t.Fatalf("the bot ended by itself:\n%s", said)
			}
			time.Sleep(200 * time.Millisecond)
			p.launch(ahead)
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("the bot does not get well:\n%s", p.log.last(20))
		}
	}
}

// launch runs the bot and does not wait for it.
func (p *program) launch(ahead time.Duration) {
	p.t.Helper()
	cmd := p.command(context.Background(), "serve", "--ahead", ahead.String())
	cmd.Stderr, cmd.Stdout = p.log, p.log
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	ended := make(chan struct{})
	p.running, p.ended = cmd, ended
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
}

func (p *program) well() bool {
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, "http://"+p.listen+"/healthz", nil)
	if err != nil {
		return false
	}
	client := &http.Client{Timeout: 10 * time.Second} // whoever has its port may say nothing
	answer, err := client.Do(request)
	if err != nil {
		return false
	}
	_ = answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// stop asks the bot to end and waits until it has.
func (p *program) stop() {
	p.t.Helper()
	if p.running == nil {
		return
	}
	_ = p.running.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(waitTimeout):
		p.t.Errorf("the bot does not end when it is told to")
		p.kill()
	}
	if code := p.running.ProcessState.ExitCode(); code != 0 {
		p.t.Errorf("the bot ended with %d:\n%s", code, p.log.last(20))
	}
	p.running = nil
}

// kill ends the bot as a power cut does.
func (p *program) kill() {
	if p.running == nil {
		return
	}
	_ = p.running.Process.Kill()
	<-p.ended
	p.running = nil
}

// lines keep what was written.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lines) last(count int) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := bytes.Split(bytes.TrimSpace(l.text.Bytes()), []byte("\n"))
	if len(all) > count {
		all = all[len(all)-count:]
	}
	return string(bytes.Join(all, []byte("\n")))
}
