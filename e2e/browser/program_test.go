package browser

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"roundtable/e2e/built"
)

func TestMain(m *testing.M) {
	code := m.Run()
	built.Remove()
	os.Exit(code)
}

// program is a running roundtable.
type program struct {
	cmd *exec.Cmd
	mu  sync.Mutex
	out strings.Builder
	end chan struct{}
}

// address finds a port that is free.
func address(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// start starts the program with arguments and waits until its page is there.
func start(t *testing.T, listen string, args ...string) *program {
	t.Helper()
	path, err := built.Program()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{cmd: exec.Command(path, append(args, "--listen", listen)...), end: make(chan struct{})}
	p.cmd.Dir = t.TempDir()
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.cmd.Stderr = os.Stderr
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	go func() {
		defer close(p.end)
		for {
			line, err := lines.ReadString('\n')
			p.mu.Lock()
			p.out.WriteString(line)
			p.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(p.stop)
	client := &http.Client{Timeout: time.Second}
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		request, _ := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://"+listen+"/assets/main.js", http.NoBody)
		if answer, err := client.Do(request); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return p
			}
		}
	}
	t.Fatal("the page never came up")
	return nil
}

// stop ends the program as a person would, with Ctrl+C.
func (p *program) stop() {
	if p.cmd.ProcessState == nil {
		_ = p.cmd.Process.Signal(os.Interrupt)
		<-p.end
		_ = p.cmd.Wait()
	}
}

// kill ends it as a power cut would.
func (p *program) kill() {
	_ = p.cmd.Process.Kill()
	<-p.end
	_ = p.cmd.Wait()
}

// said is what it has printed.
func (p *program) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.String()
}
