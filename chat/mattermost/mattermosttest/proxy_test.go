package mattermosttest_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"roundtable/chat/mattermost/mattermosttest"
)

// TestProxy sees each bad day from both ends.
func TestProxy(t *testing.T) {
	var served atomic.Int32
	target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/socket" {
			served.Add(1)
			_, _ = w.Write([]byte("well"))
			return
		}
		conn, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			t.Error(err)
			return
		}
		defer func() { _ = conn.Close() }()
		for {
			kind, data, err := conn.ReadMessage()
			if err != nil {
				return
			}
			if err := conn.WriteMessage(kind, data); err != nil {
				return
			}
		}
	}))
	defer target.Close()
	p, err := mattermosttest.NewProxy(target.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	wire := &http.Transport{}
	defer wire.CloseIdleConnections()
	ask := func(ctx context.Context) (status int, body string, err error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.URL+"/x", http.NoBody)
		if err != nil {
			return 0, "", err
		}
		answer, err := (&http.Client{Transport: wire}).Do(r)
		if err != nil {
			return 0, "", err
		}
		defer func() { _ = answer.Body.Close() }()
		data, err := io.ReadAll(answer.Body)
		return answer.StatusCode, string(data) + answer.Header.Get("Retry-After"), err
	}
	get := func(patience time.Duration) (status int, body string, err error) {
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		return ask(ctx)
	}
	well := func() {
		t.Helper()
		if status, body, err := get(time.Minute); status != 200 || body != "well" {
			t.Errorf("%d %q %v", status, body, err)
		}
	}
	dial := func() *websocket.Conn {
		t.Helper()
		c, answer, err := websocket.DefaultDialer.Dial("ws"+p.URL[len("http"):]+"/socket", nil)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		return c
	}
	echo := func(c *websocket.Conn) error {
		if err := c.WriteMessage(websocket.TextMessage, []byte("echo")); err != nil {
			return err
		}
		_, _, err := c.ReadMessage()
		return err
	}

	well()
	c := dial()
	defer func() { _ = c.Close() }()
	if err := echo(c); err != nil {
		t.Error(err)
	}
	if n := p.Cut(); n != 2 {
		t.Errorf("%d connections were cut", n)
	}
	if err := echo(c); err == nil {
		t.Error("a WebSocket that was cut echoes")
	}
	well()

	p.Refuse()
	if _, _, err := get(time.Minute); err == nil {
		t.Error("a connection was taken")
	}
	p.Accept()
	well()

	p.Decide(func(*http.Request) mattermosttest.Outcome {
		return mattermosttest.Outcome{Status: 429, RetryAfter: 3 * time.Second}
	})
	before := served.Load()
	if status, body, err := get(time.Minute); status != 429 || body != "Too Many Requests\n3" || err != nil {
		t.Errorf("%d %q %v", status, body, err)
	}
	if served.Load() != before {
		t.Error("the server saw what the proxy answered")
	}
	p.Decide(func(*http.Request) mattermosttest.Outcome { return mattermosttest.Outcome{Lost: true} })
	if _, _, err := get(time.Minute); err == nil || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a lost answer: %v", err)
	}
	if served.Load() != before+1 {
		t.Error("a request whose answer was lost did not arrive")
	}
	p.Decide(func(*http.Request) mattermosttest.Outcome { return mattermosttest.Outcome{Delay: time.Minute} })
	if _, _, err := get(50 * time.Millisecond); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a late answer: %v", err)
	}
	p.Decide(func(*http.Request) mattermosttest.Outcome { return mattermosttest.Outcome{Late: time.Hour} })
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	arrived := make(chan struct{})
	go func() {
		defer close(arrived)
		for served.Load() < before+2 && ctx.Err() == nil {
			time.Sleep(time.Millisecond)
		}
		cancel() // no more patience once it has arrived
	}()
	if _, _, err := ask(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a late answer: %v", err)
	}
	<-arrived
	if served.Load() != before+2 {
		t.Error("a request whose answer was late did not arrive")
	}
	p.Decide(nil)
	well()

	c = dial()
	defer func() { _ = c.Close() }()
	if n := p.Strand(); n == 0 {
		t.Error("nothing was stranded")
	}
	if err := c.SetReadDeadline(time.Now().Add(50 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if timeout, ok := errors.AsType[net.Error](echo(c)); !ok || !timeout.Timeout() {
		t.Errorf("a stranded WebSocket: %v", timeout)
	}
	wire.CloseIdleConnections()
	well()

	c = dial()
	defer func() { _ = c.Close() }()
	p.Freeze()
	if _, _, err := get(50 * time.Millisecond); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("through a frozen connection: %v", err)
	}
	done := make(chan error, 1)
	go func() { done <- echo(c) }()
	select {
	case err := <-done:
		t.Errorf("a frozen WebSocket echoes: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	p.Thaw()
	if err := <-done; err != nil {
		t.Errorf("after the frost: %v", err)
	}
	well()
}
