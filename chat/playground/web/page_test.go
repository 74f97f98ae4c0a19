package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/locale"
)

// The bot is told that a person reads the language of the page on which they are
// played.
func TestPeopleReadThePagesLanguage(t *testing.T) {
	page := New(Options{Chat: aChat(t, time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC))})
	language := func() string {
		for _, p := range page.options.Chat.People() {
			if p.ID == anna {
				return p.Language
			}
		}
		return "nobody"
	}
	for _, lang := range []string{"sv", "sv", "en"} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://127.0.0.1/do/north/anna/type", strings.NewReader(`{"channel": "ward", "text": "Hej"}`))
		r.Header.Set("Accept-Language", lang)
		token := strings.Repeat("t", 40)
		r.AddCookie(&http.Cookie{Name: csrfCookie, Value: token})
		r.Header.Set(csrfHeader, token)
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		page.ServeHTTP(w, r)
		if w.Code != http.StatusNoContent {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		page.model.catchUp()
		if got := language(); got != lang {
			t.Errorf("they read %q, want %q", got, lang)
		}
	}
}

// stoppedClock stands still.
type stoppedClock struct{}

func (stoppedClock) Now() time.Time { return time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC) }

func (stoppedClock) Next(context.Context) (time.Time, error) { return time.Time{}, nil }

func (stoppedClock) Move(context.Context, time.Time) error { return nil }

// Nothing on the page turns the direction of writing, whoever wrote it, and what the
// bot says mentions nobody, whatever they are called.
func TestPagesAreQuiet(t *testing.T) {
	const controls = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
	talk := aChat(t, time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC))
	if err := talk.Join(chat.Person{ID: chat.PersonID{Connection: "north", User: "eve"}, Name: "Eve" + controls}); err != nil {
		t.Fatal(err)
	}
	evil := "@all <!here>" + controls
	m := chat.Message{Text: evil, Blocks: []chat.Block{
		chat.Heading{Text: evil},
		chat.Paragraph{Text: evil},
		chat.Quote{Text: evil, By: evil},
		chat.Items{Items: []string{evil}},
		chat.Facts{Facts: []chat.Fact{{Name: evil, Value: evil}}},
		chat.Footnote{Text: evil},
		chat.File{Name: "f" + controls, MediaType: "text/plain", Data: []byte("x")},
		chat.Buttons{Buttons: []chat.Button{{Label: evil, Action: "x"}}},
	}}
	if _, err := talk.Platform("north").Post(t.Context(), ward, chat.PostID{}, m); err != nil {
		t.Fatal(err)
	}
	if _, err := talk.Type(t.Context(), anna, ward, "typed"+controls); err != nil {
		t.Fatal(err)
	}
	page := New(Options{Chat: talk, Trigger: "/round", Clock: stoppedClock{}})
	page.model.catchUp()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1/chat/north/anna/ward", nil)
	w := httptest.NewRecorder()
	page.ServeHTTP(w, r)
	html := w.Body.String()
	if w.Code != http.StatusOK || !strings.Contains(html, "＠all") || !strings.Contains(html, "typed") {
		t.Fatalf("%d: %s", w.Code, html)
	}
	if strings.Contains(html, "@all") || strings.ContainsAny(html, controls) {
		t.Errorf("the page can ping, or turns writing: %q", html)
	}
}

// Whoever may set up a network stands first in the list, so that a newcomer sees
// who they are.
func TestAdministratorsComeFirst(t *testing.T) {
	talk := aChat(t, time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC))
	zoe := chat.PersonID{Connection: "north", User: "zoe"}
	if err := talk.Join(chat.Person{ID: zoe, Name: "Zoe", Admin: true}); err != nil {
		t.Fatal(err)
	}
	page := New(Options{Chat: talk})
	side := page.sidebar.view(t.Context(), viewpoint{anna, ward}, locale.For("en"))
	var names []string
	for _, p := range side.Groups[0].People {
		names = append(names, p.Name)
	}
	if got := strings.Join(names, " "); got != "Zoe anna erik" {
		t.Errorf("in the list: %s", got)
	}
}
