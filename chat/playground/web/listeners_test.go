package web

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// aListener is what asks from an address, in a browser; without one, a program.
func aListener(address, browser string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/feed/north/anna", nil)
	r.RemoteAddr = address + ":4711"
	if browser != "" {
		r.AddCookie(&http.Cookie{Name: csrfCookie, Value: browser})
	}
	return r
}

// However many want to listen, so many do; who has the most gives way, and nobody
// else.
func TestListenersAreBounded(t *testing.T) {
	var l listeners
	anna := l.add(aListener("10.0.0.1", "anna's"))
	stopped := func(n *listener) bool { return isClosed(n.tooMany) }

	first := l.add(aListener("10.0.0.2", ""))
	for range 3000 {
		l.add(aListener("10.0.0.2", ""))
	}
	if !stopped(first) || len(l.all) != 1+maxOfBrowser {
		t.Errorf("one program: %d listen", len(l.all))
	}
	for k := range 3000 {
		l.add(aListener("10.0.0.2", fmt.Sprint("browser ", k)))
	}
	if len(l.all) != 1+maxOfAddress {
		t.Errorf("one address: %d listen", len(l.all))
	}
	for k := range 3000 {
		l.add(aListener(fmt.Sprintf("10.0.1.%d", k%200), fmt.Sprint("browser ", k)))
	}
	if len(l.all) != maxListeners {
		t.Errorf("%d listen", len(l.all))
	}
	if stopped(anna) {
		t.Error("somebody with one page had to give way")
	}
	l.remove(anna)
	l.remove(anna)
	l.remove(first)
	if len(l.all) != maxListeners-1 {
		t.Errorf("%d listen after one has gone", len(l.all))
	}
}

// The oldest page is told why it stops; those that stay hear what happens.
func TestTheOldestPageStopsWithAWord(t *testing.T) {
	page := New(Options{Chat: aChat(t, time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC))})
	server := httptest.NewServer(page)
	t.Cleanup(server.Close)
	told := make(chan string)
	open := func() {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+fmt.Sprintf("/feed/north/anna?after=%d&epoch=%s", page.model.lastSeq(), page.model.epoch()), nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(r) //nolint:bodyclose // closed by who reads it
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			defer func() { _ = answer.Body.Close() }()
			for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
				if strings.Contains(lines.Text(), "too-many") {
					told <- lines.Text()
				}
			}
		}()
	}
	for range maxOfBrowser + 3 {
		open()
	}
	for range 3 {
		select {
		case line := <-told:
			if line != `data: {"kind":"too-many"}` {
				t.Error(line)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("nobody is told to stop")
		}
	}
	page.listeners.mu.Lock()
	defer page.listeners.mu.Unlock()
	if n := len(page.listeners.all); n != maxOfBrowser {
		t.Errorf("%d listen", n)
	}
}

// A token can't be tried out: of thousands a minute a few are looked at. Whoever has
// it comes in, from elsewhere at once, and from there within a moment.
func TestTokensAreThrottled(t *testing.T) {
	const token = "a-token-of-the-playground"
	page := New(Options{Chat: aChat(t, time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)), Token: token})
	access := newAccessControl(token, page.render)
	var seconds atomic.Int64
	start := time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	access.tries.now = func() time.Time { return start.Add(time.Duration(seconds.Load()) * time.Second) }
	try := func(address, token string) int {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://play.example/enter", strings.NewReader("token="+token))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.RemoteAddr = address + ":4711"
		w := httptest.NewRecorder()
		access.enter(w, r)
		return w.Code
	}
	looked, refused := 0, 0
	for range 500 {
		wait, ok := access.tries.turn("10.0.0.2")
		if ok {
			looked++
		} else if refused++; wait <= 0 {
			t.Fatal("no time to wait")
		}
	}
	if looked > triesAtOnce+3 {
		t.Errorf("%d of 500 tries in a moment are looked at", looked)
	}
	if got := try("10.0.0.2", "wrong"); got != http.StatusTooManyRequests {
		t.Errorf("the next try: %d", got)
	}
	if got := try("10.0.0.3", token); got != http.StatusSeeOther {
		t.Errorf("the token from elsewhere: %d", got)
	}
	seconds.Store(3)
	if got := try("10.0.0.2", token); got != http.StatusSeeOther {
		t.Errorf("the token a moment later: %d", got)
	}
	looked = 0
	for k := range 5000 {
		if _, ok := access.tries.turn(fmt.Sprintf("10.1.%d.%d", k/250, k%250)); ok {
			looked++
		}
	}
	if looked > allTriesAtOnce+2*allPerSecond+1 {
		t.Errorf("%d of 5000 tries from everywhere are looked at", looked)
	}
	seconds.Store(30)
	if got := try("10.9.9.9", token); got != http.StatusSeeOther {
		t.Errorf("the token afterwards: %d", got)
	}
	if got := try("10.9.9.9", "wrong"); got != http.StatusUnauthorized {
		t.Errorf("a wrong one: %d", got)
	}
}

// Nobody can make the cookie of a token that they guess.
func TestAccessCookieIsOfThisProcess(t *testing.T) {
	a, b := newAccessControl("a-token-of-the-playground", nil), newAccessControl("a-token-of-the-playground", nil)
	if a.cookie == b.cookie {
		t.Error("the cookie follows from the token")
	}
}
