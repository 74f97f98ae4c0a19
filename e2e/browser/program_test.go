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
	dir  string
	args []string
	cmd  *exec.Cmd
	mu   sync.Mutex
	out  strings.Builder
	end  chan struct{} // closed when it has ended
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
	p := &program{dir: t.TempDir(), args: append(args, "--listen", listen)}
	p.launch(t, path)
	t.Cleanup(func() {
		p.stop()
		if said := p.said(); t.Failed() {
			t.Logf("what the program printed last:\n%s", said[max(0, len(said)-3000):])
		}
	})
	client := &http.Client{Timeout: 10 * time.Second}
	for deadline := time.Now().Add(waitTimeout); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		select {
		case <-p.end:
			_ = p.cmd.Wait()
			if !strings.Contains(p.said(), "address already in use") {
				t.Fatalf("the program ended by itself; it printed:\n%s", p.said())
			}
			p.launch(t, path) // somebody was given its port meanwhile, for a connection
		default:
		}
		request, _ := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://"+listen+"/assets/main.js", http.NoBody)
		if answer, err := client.Do(request); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return p
			}
		}
	}
	t.Fatalf("the page never came up; the program printed:\n%s", p.said())
	return nil
}

// launch runs the program and does not wait for it.
func (p *program) launch(t *testing.T, path string) {
	t.Helper()
	read, write, err := os.Pipe() // what it says to people and what went wrong
	if err != nil {
		t.Fatal(err)
	}
	p.cmd, p.end = exec.Command(path, p.args...), make(chan struct{})
	p.cmd.Dir, p.cmd.Stdout, p.cmd.Stderr = p.dir, write, write
	err = p.cmd.Start()
	_ = write.Close() // the program has it
	if err != nil {
		_ = read.Close()
		t.Fatal(err)
	}
	p.mu.Lock()
	p.out.Reset()
	p.mu.Unlock()
	lines := bufio.NewReader(read)
	go func(end chan struct{}) {
		defer close(end)
		defer func() { _ = read.Close() }()
		for {
			line, err := lines.ReadString('\n')
			p.mu.Lock()
			p.out.WriteString(line)
			p.mu.Unlock()
			if err != nil {
				return
			}
		}
	}(p.end)
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
