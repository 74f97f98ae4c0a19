package mattermost

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"roundtable/chat"
)

// answers answers calls to paths that end so.
func (f *fake) answers(method, suffix string, code int, id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answer = func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != method || !strings.HasSuffix(r.URL.Path, suffix) {
			return false
		}
		_, _ = io.Copy(io.Discard, r.Body)
		if id == "" {
			http.Error(w, "<html>a proxy's words", code)
		} else {
			refuseAs(w, code, id)
		}
		return true
	}
}

// Where a server takes no files, or not this one, a message stands in words and its
// sender is told; a server that isn't well is another matter.
func TestFilesRefused(t *testing.T) {
	m := chat.Message{Text: "results", Key: "k", Blocks: []chat.Block{
		chat.Paragraph{Text: "results"},
		chat.Picture{Name: "all.png", Title: "All", Alt: "a line that falls", PNG: []byte("\x89PNG\r\n\x1a\n")},
		chat.File{Name: "all.csv", MediaType: "text/csv", Data: []byte("a;b")},
	}}
	tests := map[string]struct {
		code    int
		id      string
		inWords bool
	}{
		"switched off":        {403, "api.file.attachments.disabled.app_error", true},
		"switched off, newer": {501, "api.file.attachments.disabled.app_error", true},
		"no right to upload":  {403, "api.context.permissions.app_error", true},
		"too large":           {413, "api.file.upload_file.too_large_detailed.app_error", true},
		"too large, a proxy":  {413, "", true},
		"kind not wanted":     {415, "", true},
		"picture too large":   {400, "api.file.upload_file.large_image_detailed.app_error", true},
		"a store that is ill": {500, "api.file.write_file.app_error", false},
		"a proxy that is ill": {502, "", false},
		"too often":           {429, "", false},
		"the token":           {401, "api.context.session_expired.app_error", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := newFake(t)
			p := f.platform(newClock())
			f.answers(http.MethodPost, "/files", tt.code, tt.id)
			calls := map[string]func() error{
				"Post": func() error {
					post, err := p.Post(t.Context(), p.channelID(hereID), chat.PostID{}, m)
					if (post.Message != "") != tt.inWords {
						t.Errorf("Post returned the post %+v", post)
					}
					return err
				},
				"Direct": func() error { _, err := p.Direct(t.Context(), p.personID(annaID), m); return err },
			}
			for call, do := range calls {
				err := do()
				if _, is := errors.AsType[*chat.InWords](err); is != tt.inWords || err == nil {
					t.Errorf("%s: %v", call, err)
				}
				if !tt.inWords {
					if errors.Is(err, chat.ErrRefused) || errors.Is(err, chat.ErrGone) {
						t.Errorf("%s: %v would never be tried again", call, err)
					}
					continue
				}
				made := f.last()
				if len(made.FileIds) > 0 || !strings.Contains(made.Message, "a line that falls") || !strings.Contains(made.Message, "📎 all.csv") {
					t.Errorf("%s: people read %q", call, made.Message)
				}
			}
		})
	}
}
