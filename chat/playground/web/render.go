package web

import (
	"embed"
	"fmt"
	"hash/fnv"
	"html/template"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/locale"
)

//go:embed templates
var templateFiles embed.FS

//go:embed assets
var assetFiles embed.FS

const (
	// botName is what the bot is called.
	botName = "Roundtable"
	// longTextRunes is how many characters a text has that gets a box of its own
	// to scroll in.
	longTextRunes = 2500
	// maxSpokenRunes is how much of a post a screen reader reads out by itself.
	maxSpokenRunes = 300
)

// renderer renders what the read model holds as HTML, in the language of whoever
// looks. Safe for concurrent use.
type renderer struct {
	model *readModel
	about func(who chat.PersonID) string // nil: nothing is said of people
	zone  *time.Location
	log   *slog.Logger

	parse  sync.Once
	parsed map[string]*template.Template // by language
}

// templates returns the templates, bound to a language.
func (rend *renderer) templates(lang string) *template.Template {
	rend.parse.Do(func() {
		rend.parsed = map[string]*template.Template{}
		for _, tag := range locale.Languages() {
			l := locale.For(tag)
			rend.parsed[tag] = template.Must(template.New("").Funcs(template.FuncMap{
				"t":    func(id string, args ...any) string { return l.T("playground."+id, args...) },
				"when": func(at time.Time) string { return l.ShortDate(at, rend.zone) + " " + l.Clock(at, rend.zone) },
				"iso":  func(at time.Time) string { return at.UTC().Format(time.RFC3339) },
				"text": revealBidi,
				"rich": richText,
				"icon": emojiIcon,
				"dict": dict,
				"long": func(s string) bool { return utf8.RuneCountInString(s) > longTextRunes },
			}).ParseFS(templateFiles, "templates/*.gohtml"))
		}
	})
	return rend.parsed[lang]
}

// dict makes a map of names and values by turns, to give a template several.
func dict(pairs ...any) map[string]any {
	m := map[string]any{}
	for k := 0; k+1 < len(pairs); k += 2 {
		m[fmt.Sprint(pairs[k])] = pairs[k+1]
	}
	return m
}

// html runs a template.
func (rend *renderer) html(lang, name string, data any) (string, error) {
	var b strings.Builder
	if err := rend.templates(lang).ExecuteTemplate(&b, name, data); err != nil {
		return "", fmt.Errorf("template %s: %w", name, err)
	}
	return revealBidi(b.String()), nil // what stands in attributes too
}

// respond answers a request with a template.
func (rend *renderer) respond(w http.ResponseWriter, r *http.Request, name string, data any) {
	html, err := rend.html(languageOf(r), name, data)
	if err != nil {
		rend.fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(html)) // whoever asked may be gone
}

// fail answers a request whose page can't be rendered.
func (rend *renderer) fail(w http.ResponseWriter, err error) {
	rend.log.Error("page not shown", "error", err)
	http.Error(w, "Something went wrong here. It has been noted in the log.", http.StatusInternalServerError)
}

// itemHTML returns an item as it is now.
func (rend *renderer) itemHTML(it *item, lang string) ([]byte, error) {
	for {
		html, err := rend.model.latest(it).renderOnce("html "+lang, func(c *content) ([]byte, error) {
			s, err := rend.postHTML(it, c.post, lang)
			return []byte(s), err
		})
		if html != nil || err != nil {
			return html, err
		}
	}
}

// formHTML returns the form that is open in front of a person; empty when none is.
func (rend *renderer) formHTML(who chat.PersonID, lang string) (template.HTML, error) {
	u := rend.model.form(who)
	if u == nil {
		return "", nil
	}
	html, err := u.renderOnce("html "+lang, func(c *content) ([]byte, error) {
		s, err := rend.html(lang, "form", newFormView(c.form))
		return []byte(s), err
	})
	return template.HTML(html), err //nolint:gosec // of a template
}

// event returns an update as one event of the stream to a person's page, or
// nothing when it was superseded meanwhile.
func (rend *renderer) event(u *update, who chat.PersonID, lang string) ([]byte, error) {
	if u.kind == postUpdate && !u.it.visibleTo(who) {
		return u.renderOnce(markUpdate, func(*content) ([]byte, error) { return encodeEvent(u.seq, u.position()) })
	}
	return u.renderOnce(lang, func(c *content) ([]byte, error) {
		e := event{Kind: u.kind}
		var err error
		id := u.seq
		switch u.kind {
		case postUpdate:
			e = u.position()
			e.Kind, e.ID, e.By = u.kind, elementID(c.post.ID), personKey(u.it.by)
			e.HTML, err = rend.postHTML(u.it, c.post, lang)
			if u.seq == u.it.seq {
				e.Text = rend.spokenText(c.post, lang)
			}
		case footerUpdate:
			// Its number is that of the reply that follows: only that one says it.
			id, e.ID = 0, c.footer.ID
			e.HTML, err = rend.html(lang, "foot", c.footer)
		case formUpdate:
			e.ID = c.form.ID
			e.HTML, err = rend.html(lang, "form", newFormView(c.form))
		case formClosedUpdate:
			e.ID = c.closed
		}
		if err != nil {
			return nil, err
		}
		return encodeEvent(id, e)
	})
}

// spokenText returns a post as a screen reader is told of it.
func (rend *renderer) spokenText(post playground.Post, lang string) string {
	if strings.HasPrefix(post.ID.Message, typedPrefix) {
		return ""
	}
	name := botName
	if !post.ByBot() {
		name, _ = rend.person(post.By)
	}
	text := []rune(revealBidi(chat.Quiet(post.Message.Text)))
	if len(text) > maxSpokenRunes {
		text = append(text[:maxSpokenRunes-1], '…')
	}
	id := "announce"
	if post.To != (chat.PersonID{}) {
		id = "announce-private"
	}
	return locale.For(lang).T("playground."+id, "Name", revealBidi(name), "Text", string(text))
}

// person returns what a person is called and what they are; about may be empty.
func (rend *renderer) person(id chat.PersonID) (name, about string) {
	name = rend.model.person(id).Name
	if name == "" {
		name = id.User
	}
	if rend.about != nil {
		about = rend.about(id)
	}
	return revealBidi(name), about
}

// revealBidi shows the characters that turn the direction of writing (Unicode Standard
// Annex 9, all of them), so that nothing reads otherwise than it stands there.
func revealBidi(s string) string { return bidiControls.Replace(s) }

var bidiControls = strings.NewReplacer("\u202a", "�", "\u202b", "�", "\u202c", "�", "\u202d", "�", "\u202e", "�",
	"\u2066", "�", "\u2067", "�", "\u2068", "�", "\u2069", "�", "\u200e", "�", "\u200f", "�", "\u061c", "�")

// initials returns the first letters of a name's first and last word.
func initials(name string) string {
	var out []rune
	for w := range strings.FieldsSeq(revealBidi(name)) {
		r, _ := utf8.DecodeRuneInString(w)
		out = append(out, r)
	}
	if len(out) > 2 {
		out = []rune{out[0], out[len(out)-1]}
	}
	return strings.ToUpper(string(out))
}

// hue picks one of six quiet colours for a person, always the same.
func hue(key string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key)) // never fails
	return strconv.Itoa(int(h.Sum32() % 6))
}
