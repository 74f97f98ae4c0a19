package web

import (
	"embed"
	"fmt"
	"hash/fnv"
	"html/template"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/locale"
)

//go:embed templates
var templates embed.FS

//go:embed assets
var assetFiles embed.FS

// botName is what the bot is called.
const botName = "Roundtable"

// longText is how many characters a text has that gets a box of its own to
// scroll in.
const longText = 2500

// parsed are the templates, bound to a language each.
func (p *Page) templates(lang string) *template.Template {
	p.parse.Do(func() {
		p.parsed = map[string]*template.Template{}
		for _, tag := range locale.Languages() {
			l := locale.For(tag)
			p.parsed[tag] = template.Must(template.New("").Funcs(template.FuncMap{
				"t":    func(id string, args ...any) string { return l.T("playground."+id, args...) },
				"when": func(at time.Time) string { return l.ShortDate(at, p.o.Zone) + " " + l.Clock(at, p.o.Zone) },
				"iso":  func(at time.Time) string { return at.UTC().Format(time.RFC3339) },
				"text": visible,
				"rich": rich,
				"icon": icon,
				"dict": dict,
				"long": func(s string) bool { return utf8.RuneCountInString(s) > longText },
			}).ParseFS(templates, "templates/*.gohtml"))
		}
	})
	return p.parsed[lang]
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
func (p *Page) html(lang, name string, data any) (string, error) {
	var b strings.Builder
	if err := p.templates(lang).ExecuteTemplate(&b, name, data); err != nil {
		return "", fmt.Errorf("template %s: %w", name, err)
	}
	return b.String(), nil
}

// show answers with a template.
func (p *Page) show(w http.ResponseWriter, r *http.Request, name string, data any) {
	html, err := p.html(p.lang(r), name, data)
	if err != nil {
		p.broken(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(html)) // whoever asked may be gone
}

func (p *Page) broken(w http.ResponseWriter, err error) {
	p.o.Log.Error("page not shown", "error", err)
	http.Error(w, "Something went wrong here. It has been noted in the log.", http.StatusInternalServerError)
}

// visible shows the marks that turn the direction of writing, so that nothing
// reads otherwise than it stands there.
func visible(s string) string { return turners.Replace(s) }

var turners = strings.NewReplacer("\u202a", "�", "\u202b", "�", "\u202c", "�", "\u202d", "�", "\u202e", "�")

// postView is a post as its template takes it. It is the same for everybody:
// what depends on who looks is added by the page's script and style.
type postView struct {
	ID, Message, Channel  string
	Seq                   int64
	Class, Who, About     string
	Initials, Hue, By     string
	At, EditedAt          time.Time
	Edited, Deleted, Root bool
	Private, Typed, Plain bool
	Refused               bool
	Text                  string
	Blocks                []blockView
	Reactions             []reactionView
	Foot                  foot
}

type blockView struct {
	Kind       string
	Text, By   string
	Items      []string
	Facts      []chat.Fact
	URL, Alt   string
	Name, Size string
	Buttons    []buttonView
}

type buttonView struct {
	N       int
	Label   string
	Primary bool
}

type reactionView struct {
	Emoji, Who, By string
	Count          int
}

func (p *Page) postHTML(it *item, x playground.Post, lang string) (string, error) {
	return p.html(lang, "post", p.postView(it, x, locale.For(lang)))
}

func (p *Page) postView(it *item, x playground.Post, l *locale.Locale) postView {
	v := postView{
		ID: elementID(x.ID), Message: x.ID.Message, Channel: x.ID.Channel, Seq: it.seq,
		At: x.At, EditedAt: x.EditedAt, Edited: x.Edits > 0 && !x.Deleted, Deleted: x.Deleted,
		Root: x.Root == chat.PostID{}, Private: x.To != chat.PersonID{}, By: personKey(x.By), Text: x.Message.Text,
		Typed: strings.HasPrefix(x.ID.Message, "typed-"), Refused: strings.HasPrefix(x.ID.Message, "refused-"),
	}
	if x.ByBot() {
		v.Who, v.Class, v.Initials, v.Hue = botName, "bot", "R", "bot"
	} else {
		v.Who, v.About = p.person(x.By)
		v.Initials, v.Hue = initials(v.Who), hue(personKey(x.By))
	}
	v.Foot = p.board.footOf(x.ID, it)
	n := 0
	for k, b := range x.Message.Blocks {
		v.Blocks = append(v.Blocks, blockOf(x, k, b, &n))
	}
	if len(v.Blocks) == 0 && !x.Deleted {
		v.Blocks = []blockView{{Kind: "paragraph", Text: x.Message.Text}}
	}
	v.Reactions = p.reactions(x, l)
	return v
}

// blockOf is one block; n counts the buttons of the whole message.
func blockOf(x playground.Post, k int, b chat.Block, n *int) blockView {
	url := func(name string) string {
		return path.Join("file", url.PathEscape(x.ID.Channel), url.PathEscape(x.ID.Message), strconv.Itoa(k), url.PathEscape(name)) + "?v=" + strconv.Itoa(x.Edits)
	}
	switch b := b.(type) {
	case chat.Heading:
		return blockView{Kind: "heading", Text: b.Text}
	case chat.Quote:
		return blockView{Kind: "quote", Text: b.Text, By: b.By}
	case chat.Items:
		return blockView{Kind: "items", Items: b.Items}
	case chat.Facts:
		return blockView{Kind: "facts", Facts: b.Facts}
	case chat.Picture:
		return blockView{Kind: "picture", Text: b.Title, Alt: b.Alt, Name: b.Name, URL: url("picture.png")}
	case chat.File:
		return blockView{Kind: "file", Name: b.Name, URL: url("file"), Size: strconv.Itoa((len(b.Data) + 1023) / 1024)}
	case chat.Footnote:
		return blockView{Kind: "footnote", Text: b.Text}
	case chat.Buttons:
		v := blockView{Kind: "buttons"}
		for _, x := range b.Buttons {
			v.Buttons = append(v.Buttons, buttonView{*n, x.Label, x.Primary})
			*n++
		}
		return v
	case chat.Paragraph:
		return blockView{Kind: "paragraph", Text: b.Text}
	}
	return blockView{}
}

func (p *Page) reactions(x playground.Post, l *locale.Locale) []reactionView {
	var out []reactionView
	at := map[string]int{}
	names := map[string][]string{}
	for _, r := range x.Reactions {
		k, known := at[r.Emoji]
		if !known {
			k = len(out)
			at[r.Emoji] = k
			out = append(out, reactionView{Emoji: r.Emoji})
		}
		name, _ := p.person(r.By)
		names[r.Emoji] = append(names[r.Emoji], name)
		out[k].Count++
		out[k].By += personKey(r.By) + "\n"
		out[k].Who = l.List(names[r.Emoji])
	}
	return out
}

// aloud is a post as a screen reader is told of it.
func (p *Page) aloud(x playground.Post, lang string) string {
	if strings.HasPrefix(x.ID.Message, "typed-") {
		return ""
	}
	name := botName
	if !x.ByBot() {
		name, _ = p.person(x.By)
	}
	text := []rune(visible(x.Message.Text))
	if len(text) > 300 {
		text = append(text[:299], '…')
	}
	id := "announce"
	if x.To != (chat.PersonID{}) {
		id = "announce-private"
	}
	return locale.For(lang).T("playground."+id, "Name", visible(name), "Text", string(text))
}

func (p *Page) person(id chat.PersonID) (name, about string) {
	name = visible(p.board.name(id))
	if p.o.About != nil {
		about = p.o.About(id)
	}
	return name, about
}

func initials(name string) string {
	var out []rune
	for w := range strings.FieldsSeq(visible(name)) {
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
