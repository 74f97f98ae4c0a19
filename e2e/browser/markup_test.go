package browser

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/chat/playground/web"
)

// nasty are texts that must do nothing but be read.
var nasty = []string{
	`<script>window.hurt = 1</script>`,
	`"><img src=x onerror="window.hurt = 2">`,
	`javascript:window.hurt=3`,
	`</textarea></template></script><svg onload=window.hurt=4>`,
	"{{.}} ${window.hurt=5} `window.hurt=6`",
	"abc\u202egnp.exe\u202c \u2066\u200f def",
	"' onmouseover='window.hurt=7' x='",
}

type fixedClock struct{}

func (fixedClock) Now() time.Time { return time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC) }

func (fixedClock) Next(context.Context) (time.Time, error) { return time.Time{}, nil }

func (fixedClock) Move(context.Context, time.Time) error { return nil }

// TestMarkup puts scripts and markup into every text that a message, a form or
// a name can hold, and 100 kB into those that take it.
func TestMarkup(t *testing.T) {
	t.Parallel()
	chromium(t)
	talk := playground.New(fixedClock{}.Now)
	anna, room := chat.PersonID{Connection: `a<b>"`, User: `u/<i>&`}, chat.ChannelID{Connection: `a<b>"`, Channel: `<b>c</b>`}
	evil := strings.Join(nasty, " ")
	label := nasty[0][:32]
	if err := talk.Join(chat.Person{ID: anna, Name: nasty[0] + "\u202e", Admin: true}); err != nil {
		t.Fatal(err)
	}
	if err := talk.Channel(room); err != nil {
		t.Fatal(err)
	}
	platform := talk.Platform(room.Connection)
	ctx, stop := context.WithCancel(context.Background())
	page := web.New(web.Options{
		Chat: talk, Trigger: "/round", Clock: fixedClock{}, About: func(chat.PersonID) string { return evil },
		Verbs: func(string) []web.Verb { return []web.Verb{{Name: "x<b>", Line: evil}} },
	})
	done := make(chan struct{}, 2)
	go func() { page.Run(ctx); done <- struct{}{} }()
	go func() {
		_ = platform.Run(ctx, func(context.Context, chat.Incoming) chat.Reply { return nastyReply(evil, label) })
		done <- struct{}{}
	}()
	server := httptest.NewServer(page)
	t.Cleanup(func() {
		stop()
		<-done
		<-done
		server.CloseClientConnections()
		server.Close()
	})
	x := newBrowser(t, server.URL).open("/")
	if _, err := platform.Post(ctx, room, chat.PostID{}, nastyMessage(evil, label)); err != nil {
		t.Fatal(err)
	}
	x.sees("Nothing but words")
	for _, text := range append(nasty, strings.Repeat("å", 15_900)) {
		x.says(text)
	}
	x.types("#write", strings.Repeat("<b>100 kB</b>", 8000))
	x.key("Enter")
	x.until(`document.querySelector("#write-trouble").innerText.includes("too long")`)
	x.until(`document.querySelector("#write").value.length === 104000`)
	x.value(`document.querySelector("#write").value = ""`)
	x.says("/round now")
	x.until(`document.querySelector("#form[open]")`)
	for _, name := range []string{"line", "area"} {
		x.value(`document.querySelector("#form [name=` + name + `]").select()`)
		x.types("#form [name="+name+"]", evil)
	}
	x.click(`#form button[type="submit"]`)
	x.until(`document.querySelector("#form [name=area]").value.includes("onload")`)
	x.picture("form")
	for _, check := range []string{
		`window.hurt === undefined`,
		`document.querySelectorAll("#posts script, #posts svg:not(.icon), #form script, #side script, [onerror], [onload], [onmouseover]").length === 0`,
		`[...document.querySelectorAll("a")].every((a) => a.protocol === "http:")`,
		`!/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/.test(document.documentElement.outerHTML)`,
		`document.querySelector("#posts").innerText.includes("<script>window.hurt = 1</script>")`,
		`document.documentElement.scrollWidth <= innerWidth`,
	} {
		x.until(check)
	}
	x.key("Escape")
	x.picture("posts")
}

func nastyMessage(evil, label string) chat.Message {
	return chat.Message{Text: "Nothing but words " + evil, Blocks: []chat.Block{
		chat.Heading{Text: "Nothing but words"},
		chat.Paragraph{Text: evil},
		chat.Quote{Text: evil, By: evil},
		chat.Items{Items: nasty},
		chat.Facts{Facts: []chat.Fact{{Name: nasty[0], Value: evil}}},
		chat.Footnote{Text: evil},
		chat.File{Name: `"><b>.html`, MediaType: "text/html", Data: []byte(evil)},
		chat.Buttons{Buttons: []chat.Button{{Label: label, Action: "x", Value: evil[:50]}}},
	}}
}

func nastyReply(evil, label string) chat.Reply {
	return chat.Reply{Form: &chat.Form{
		Name: "x", Title: label[:20], Submit: label[:10], Intro: evil, Error: evil,
		Fields: []chat.Field{
			{Name: "line", Label: label, Help: label, Value: evil, Error: evil, Section: label, Placeholder: label},
			{Name: "area", Kind: chat.Area, Label: label, Help: label, Value: evil, Error: evil},
			{Name: "choice", Kind: chat.Choice, Label: label, Options: []chat.Option{{Label: label, Value: label}}, Optional: true},
			{Name: "check", Kind: chat.Check, Label: label, Optional: true},
		},
	}}
}

// TestGuard sends what a page of another site, or a stranger, would.
func TestGuard(t *testing.T) {
	t.Parallel()
	talk := playground.New(fixedClock{}.Now)
	anna, room := chat.PersonID{Connection: "a", User: "anna"}, chat.ChannelID{Connection: "a", Channel: "c"}
	if err := talk.Join(chat.Person{ID: anna, Name: "Anna"}); err != nil {
		t.Fatal(err)
	}
	if err := talk.Channel(room); err != nil {
		t.Fatal(err)
	}
	open := web.New(web.Options{Chat: talk, Trigger: "/round", Clock: fixedClock{}})
	locked := web.New(web.Options{Chat: talk, Trigger: "/round", Clock: fixedClock{}, Token: "correct horse battery"})
	token := strings.Repeat("t", 52)
	for _, test := range []struct {
		name, method, path, host string
		page                     http.Handler
		headers                  map[string]string
		code                     int
	}{
		{"a page", "GET", "/chat/a/anna/c", "localhost:8080", open, nil, 200},
		{"a page, by address", "GET", "/chat/a/anna/c", "[::1]:8080", open, nil, 200},
		{"another name that points here", "GET", "/chat/a/anna/c", "evil.example:8080", open, nil, 421},
		{"a link elsewhere", "GET", "/chat/a/anna/c", "localhost", open, map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200},
		{"a frame elsewhere", "GET", "/chat/a/anna/c", "localhost", open, map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403},
		{"a script elsewhere", "GET", "/feed/a/anna?after=0", "localhost", open, map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403},
		{"another origin", "POST", "/do/a/anna/type", "localhost", open, map[string]string{"Origin": "http://evil.example", "Cookie": "roundtable_csrf=" + token, "X-Roundtable": token}, 403},
		{"another port", "POST", "/do/a/anna/type", "localhost:1", open, map[string]string{"Origin": "http://localhost:2", "Cookie": "roundtable_csrf=" + token, "X-Roundtable": token}, 403},
		{"no token", "POST", "/do/a/anna/type", "localhost", open, map[string]string{"Origin": "http://localhost"}, 403},
		{"a wrong token", "POST", "/do/a/anna/type", "localhost", open, map[string]string{"Cookie": "roundtable_csrf=" + token, "X-Roundtable": token + "x"}, 403},
		{"the token", "POST", "/do/a/anna/type", "localhost", open, map[string]string{"Origin": "http://localhost", "Cookie": "roundtable_csrf=" + token, "X-Roundtable": token}, 204},
		{"nobody", "GET", "/side/a/bo/c", "localhost", open, nil, 404},
		{"locked", "GET", "/chat/a/anna/c", "rt.example", locked, nil, 401},
		{"locked feed", "GET", "/feed/a/anna?after=0", "rt.example", locked, map[string]string{"Accept": "text/event-stream"}, 401},
		{"locked deed", "POST", "/do/a/anna/type", "rt.example", locked, map[string]string{"Cookie": "roundtable_csrf=" + token, "X-Roundtable": token}, 401},
	} {
		r := httptest.NewRequest(test.method, "http://"+test.host+test.path, strings.NewReader(`{"channel":"c","text":"hello"}`))
		for k, v := range test.headers {
			r.Header.Set(k, v)
		}
		w := httptest.NewRecorder()
		test.page.ServeHTTP(w, r)
		if w.Code != test.code {
			t.Errorf("%s: %d, want %d", test.name, w.Code, test.code)
		}
		if policy := w.Header().Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", test.name, policy)
		}
	}
	enter := httptest.NewRequest("POST", "http://rt.example/enter", strings.NewReader("token=correct+horse+battery"))
	enter.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	locked.ServeHTTP(w, enter)
	again := httptest.NewRequest("GET", "http://rt.example/chat/a/anna/c", http.NoBody)
	for _, c := range w.Result().Cookies() {
		again.AddCookie(c)
	}
	w = httptest.NewRecorder()
	locked.ServeHTTP(w, again)
	if w.Code != http.StatusOK {
		t.Errorf("with the token: %d", w.Code)
	}
}
