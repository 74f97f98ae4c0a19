package web

import (
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
