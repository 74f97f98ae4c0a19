package slacktest_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"roundtable/chat/slack/slacktest"
)

// TestUnacknowledged: what nobody acknowledges is told again if it is an event,
// and seen by the person if it is a command.
func TestUnacknowledged(t *testing.T) {
	t.Parallel() // it waits most of the time
	p, ctx := open(t, slacktest.Options{Patience: 1500 * time.Millisecond, Hurry: 60_000}), within(t)
	l := p.connect(func(e js) any {
		if e["retry_attempt"] == 3.0 {
			return nil
		}
		return "nothing"
	})
	if _, err := p.anna.Say(p.ward.ID, "", "hello"); err != nil {
		t.Fatal(err)
	}
	var ids, envelopes []any
	for n := range 4 {
		e := l.envelope()
		payload, _ := e["payload"].(js)
		ids, envelopes = append(ids, payload["event_id"]), append(envelopes, e["envelope_id"])
		if e["retry_attempt"] != float64(n) || n > 0 && e["retry_reason"] != "timeout" || ids[n] != ids[0] || n > 0 && envelopes[n] == envelopes[0] {
			t.Errorf("try %d: %v", n, e)
		}
	}
	if err := p.anna.Type(ctx, p.app, p.ward.ID, "help"); !errors.Is(err, slacktest.ErrTimeout) {
		t.Errorf("the command: %v", err)
	}
	l.next()
	if got := p.anna.Troubles(); len(got) != 1 || !strings.Contains(got[0], "operation_timeout") {
		t.Errorf("Anna saw %q", got)
	}
}

// TestNobody: without a socket a command fails at once, and an event is given up;
// that is the app's fault once it has been up.
func TestNobody(t *testing.T) {
	p, ctx := open(t, slacktest.Options{Hurry: 60_000}), within(t)
	p.say("before the app is up")
	eventually(t, "the event was never given up", p.s.Idle)
	if broken := p.s.Broken(); len(broken) > 0 {
		t.Errorf("of an app that has never been up: %q", broken)
	}
	p.connect(nil)
	if err := p.anna.Type(ctx, p.app, p.ward.ID, "help"); err != nil {
		t.Fatal(err)
	}
	p.s.CutSockets()
	eventually(t, "the socket stays", func() bool { return p.app.Sockets() == 0 })
	if err := p.anna.Type(ctx, p.app, p.ward.ID, "help"); !errors.Is(err, slacktest.ErrNobody) {
		t.Errorf("the command: %v", err)
	}
	if _, err := p.anna.Say(p.ward.ID, "", "hello"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the event was never given up", func() bool { return len(p.s.Broken()) == 1 })
	p.forgives("never acknowledged: message")
}

// TestSockets: ten at most, hello counts, a cut socket is gone, a refresh warns.
func TestSockets(t *testing.T) {
	p, ctx := open(t), within(t)
	var links []*link
	for n := range 10 {
		links = append(links, p.connect(nil))
		if links[n].hello["num_connections"] != float64(n+1) {
			t.Errorf("hello %d: %v", n, links[n].hello)
		}
	}
	first := map[int]bool{}
	for range 40 {
		if err := p.anna.Type(ctx, p.app, p.ward.ID, "help"); err != nil {
			t.Fatal(err)
		}
		for n, l := range links {
			select {
			case <-l.came:
				first[n] = true
			default:
			}
		}
	}
	if len(first) < 3 {
		t.Errorf("all came on the sockets %v", first)
	}
	if n := p.s.CutSockets(); n != 10 || p.app.Sockets() != 0 {
		t.Errorf("cut %d, left %d", n, p.app.Sockets())
	}
	l := p.connect(nil)
	go p.app.Refresh(ctx, time.Millisecond)
	if e := l.envelope(); e["type"] != "disconnect" || e["reason"] != "warning" {
		t.Errorf("%v", e)
	}
	if e := l.envelope(); e["reason"] != "refresh_requested" {
		t.Errorf("%v", e)
	}
	eventually(t, "the socket stays", func() bool { return p.app.Sockets() == 0 })
	p.app.Unlink()
	p.refused("apps.connections.open", nil, "socket_mode_not_enabled")
	p.app.Link()
	p.connect(nil)
}

// TestBadAcks: answers that are too large or not wanted are noted.
func TestBadAcks(t *testing.T) {
	t.Parallel() // it waits most of the time
	p, ctx := open(t, slacktest.Options{Patience: 1500 * time.Millisecond, Hurry: 60_000}), within(t)
	size := 0
	l := p.connect(func(js) any { return js{"text": strings.Repeat("x", size)} })
	if err := p.anna.Type(ctx, p.app, p.ward.ID, "help"); err == nil { // an empty text is no answer
		l.next()
	}
	p.s.Forgive()
	size = 20 << 10
	if err := p.anna.Type(ctx, p.app, p.ward.ID, "help"); !errors.Is(err, slacktest.ErrTimeout) {
		t.Errorf("a large acknowledgement: %v", err)
	}
	l.next()
	p.forgives("bytes")
	size = 10
	if err := p.anna.Type(ctx, p.app, p.ward.ID, "help"); err != nil {
		t.Fatal(err)
	}
	l.next()
	if got := p.anna.Ephemerals(); got[len(got)-1].Text != "xxxxxxxxxx" {
		t.Errorf("Anna sees %+v", got)
	}
	if err := p.anna.React(p.ward.ID, p.say("hi"), "bulb"); err != nil {
		t.Fatal(err)
	}
	l.next()
	l.next()
	for left := 2; left > 0; { // one for each event, noted when its acknowledgement has been read
		for _, b := range p.s.Forgive() {
			if left--; !strings.Contains(b, "takes none") {
				t.Error(b)
			}
		}
		select {
		case <-ctx.Done():
			t.Fatalf("%d acknowledgements with an answer are not noted", left)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// say makes Björn say something in the ward.
func (p *place) say(text string) string {
	p.t.Helper()
	ts, err := p.bjorn.Say(p.ward.ID, "", text)
	if err != nil {
		p.t.Fatal(err)
	}
	return ts
}

// server is an app that takes HTTP deliveries.
type server struct {
	*httptest.Server
	mu     sync.Mutex
	came   []*http.Request
	bodies []string
	answer func(n int, w http.ResponseWriter, body string)
}

func (p *place) serve(answer func(n int, w http.ResponseWriter, body string)) *server {
	p.t.Helper()
	v := &server{answer: answer}
	v.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		v.mu.Lock()
		v.came, v.bodies = append(v.came, r), append(v.bodies, string(body))
		n := len(v.came)
		v.mu.Unlock()
		v.answer(n, w, string(body))
	}))
	p.t.Cleanup(v.Close)
	p.app.Serve(slacktest.Routes{Events: v.URL, Commands: v.URL, Interactions: v.URL})
	return v
}

func (v *server) seen() (requests []*http.Request, bodies []string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return append([]*http.Request{}, v.came...), append([]string{}, v.bodies...)
}

// TestHTTP: deliveries are signed, forms are forms, and events come again until
// they are taken.
func TestHTTP(t *testing.T) {
	p, ctx := open(t, slacktest.Options{Hurry: 60_000}), within(t)
	v := p.serve(func(n int, w http.ResponseWriter, body string) {
		if n < 4 {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		var event struct{ Type, Challenge string }
		if json.Unmarshal([]byte(body), &event) == nil && event.Type == "url_verification" {
			_, _ = io.WriteString(w, event.Challenge)
			return
		}
		if form, err := url.ParseQuery(body); err == nil && form.Get("command") == "/round" {
			_, _ = io.WriteString(w, "at your service")
		}
	})
	p.say("hello")
	eventually(t, "the event was not told four times", func() bool { came, _ := v.seen(); return len(came) == 4 })
	came, bodies := v.seen()
	for n, r := range came {
		at, err := strconv.ParseInt(r.Header.Get("X-Slack-Request-Timestamp"), 10, 64)
		if err != nil || r.Header.Get("X-Slack-Signature") != slacktest.Sign(p.app.SigningSecret, at, []byte(bodies[n])) || bodies[n] != bodies[0] {
			t.Errorf("delivery %d is signed badly: %v", n, r.Header)
		}
		if num := r.Header.Get("X-Slack-Retry-Num"); n > 0 && (num != strconv.Itoa(n) || r.Header.Get("X-Slack-Retry-Reason") != "http_error") || n == 0 && num != "" {
			t.Errorf("delivery %d: %v", n, r.Header)
		}
	}
	if err := p.app.Verify(ctx); err != nil {
		t.Error(err)
	}
	if err := p.anna.Type(ctx, p.app, p.ward.ID, "help"); err != nil {
		t.Fatal(err)
	}
	if got := p.anna.Ephemerals(); len(got) != 1 || got[0].Text != "at your service" {
		t.Errorf("Anna sees %+v", got)
	}
	v.answer = func(_ int, w http.ResponseWriter, _ string) { w.WriteHeader(http.StatusNotFound) }
	if err := p.anna.Type(ctx, p.app, p.ward.ID, "help"); !errors.Is(err, slacktest.ErrNobody) {
		t.Errorf("404: %v", err)
	}
}

// TestOrder: what happens in one channel comes in its order, whichever sockets
// are open.
func TestOrder(t *testing.T) {
	p := open(t)
	var mu sync.Mutex
	var order []string
	for range 3 {
		p.connect(func(e js) any {
			payload, _ := e["payload"].(js)
			event, _ := payload["event"].(js)
			mu.Lock()
			defer mu.Unlock()
			text, _ := event["text"].(string)
			order = append(order, text)
			return nil
		})
	}
	var want []string
	for n := range 30 {
		want = append(want, strconv.Itoa(n))
		p.say(want[n])
	}
	eventually(t, "not all came", func() bool { mu.Lock(); defer mu.Unlock(); return len(order) == 30 })
	if strings.Join(order, " ") != strings.Join(want, " ") {
		t.Errorf("came %q", order)
	}
}

// TestFaults: what is lost, doubled and late still comes at least once, and
// calls fail in the shares that were asked for.
func TestFaults(t *testing.T) {
	p := open(t, slacktest.Options{Patience: 300 * time.Millisecond, Hurry: 6000, Unlimited: true})
	l := p.connect(nil)
	p.s.Fail(slacktest.Faults{Lost: 0.2, Doubled: 0.2, Late: 0.2, AcksLost: 0.1})
	want := map[any]bool{}
	for n := range 50 {
		want[p.say(strconv.Itoa(n))] = true
	}
	eventually(t, "all is told or given up", p.s.Idle)
	p.s.Fail(slacktest.Faults{})
	p.say("the last")
	events := 0
	for e := (js{}); e["text"] != "the last"; events++ {
		e = l.event("message")
		delete(want, e["ts"])
	}
	if events < 52 {
		t.Errorf("nothing came twice: %d", events)
	}
	given := strings.Join(p.s.Forgive(), "\n") // after four tries
	for ts := range want {
		if !strings.Contains(given, "never acknowledged: message "+ts.(string)) {
			t.Errorf("%v never came and was not given up", ts)
		}
	}

	p.s.Fail(slacktest.Faults{TooMany: 0.2, Server: 0.2, Unanswered: 0.2, Hang: time.Millisecond})
	codes := map[int]int{}
	for n := range 200 {
		body := strings.NewReader(url.Values{"channel": {p.ward.ID}, "text": {strconv.Itoa(n)}}.Encode())
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.s.APIURL()+"chat.postMessage", body)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Authorization", "Bearer "+p.app.BotToken)
		resp, err := p.http.Do(req)
		if err != nil {
			codes[0]++
			continue
		}
		resp.Body.Close()
		codes[resp.StatusCode]++
	}
	posts, err := p.s.Posts(p.ward.ID)
	if err != nil {
		t.Fatal(err)
	}
	done := len(posts) - 50
	for _, code := range []int{0, 429, 503} {
		if codes[code] < 15 || codes[code] > 70 {
			t.Errorf("%d calls of 200 were answered %d", codes[code], code)
		}
	}
	if done <= codes[200] || done >= codes[200]+codes[0]+codes[503] {
		t.Errorf("%d posts with the answers %v", done, codes)
	}
	p.s.Fail(slacktest.Faults{})
	eventually(t, "the rest is told", p.s.Idle)
	for _, b := range p.s.Forgive() {
		if !strings.HasPrefix(b, "an event was never acknowledged") { // as a busy machine has it
			t.Error(b)
		}
	}
}
