package web

import (
	"encoding/json"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/locale"
)

// place is who looks at which channel, as the address says.
type place struct {
	who chat.PersonID
	in  chat.ChannelID
}

// placeOf reads the address. ok is false, and the answer given, when there is
// nobody of that name or they see no such channel.
func (p *Page) placeOf(w http.ResponseWriter, r *http.Request) (at place, ok bool) {
	p.board.catchUp()
	at.who = chat.PersonID{Connection: r.PathValue("connection"), User: r.PathValue("user")}
	at.in = chat.ChannelID{Connection: at.who.Connection, Channel: r.PathValue("channel")}
	if !p.board.here(at) {
		p.lost(w, r)
		return at, false
	}
	return at, true
}

// here says whether the person is there and sees the channel; one without a
// name is none.
func (b *board) here(at place) bool {
	b.mu.RLock()
	defer b.mu.RUnlock()
	_, known := b.people[at.who]
	return known && (at.in.Channel == "" || at.in == playground.Direct(at.who) || slices.Contains(b.channels, at.in))
}

// lost leads back: a bookmark of an earlier chat is no mistake.
func (p *Page) lost(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet && strings.HasPrefix(r.URL.Path, "/chat/") {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	http.Error(w, "There is nothing of that name.", http.StatusNotFound)
}

// url is where a page is.
func (at place) url() string {
	return "/chat/" + url.PathEscape(at.who.Connection) + "/" + url.PathEscape(at.who.User) + "/" + url.PathEscape(at.in.Channel)
}

// item returns what is known of a post; nil when nothing is.
func (b *board) item(id chat.PostID) *item {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.items[id]
}

func (b *board) footOf(id chat.PostID, it *item) foot {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return foot{elementID(id), it.replies, it.last}
}

func (b *board) name(id chat.PersonID) string {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if p := b.people[id]; p.Name != "" {
		return p.Name
	}
	return id.User
}

// pageView is the whole page.
type pageView struct {
	Lang, Other, OtherName string
	CSRF, Epoch            string
	Seq                    int64
	Me, MeAbout, MeKey     string
	MeConnection           string
	MeHue, MeInitials      string
	Channel, ChannelName   string
	Direct, Framed         bool
	Trigger                string
	Posts                  template.HTML
	Thread                 *threadView
	Side                   sideView
	Form                   template.HTML
	Verbs, Words           string
	Now                    time.Time
	NowText                string
	ThreadsTrigger         bool
	Emoji                  any
	Limit                  int
	// UnreadThreads are the elements of roots whose threads have news.
	UnreadThreads string
	// FirstNew is the element of the first root that is new to the person.
	FirstNew string
}

type threadView struct {
	ID, Message string
	Posts       template.HTML
}

// chat answers with the page of a person in a channel.
func (p *Page) chat(w http.ResponseWriter, r *http.Request) {
	at, ok := p.placeOf(w, r)
	if !ok {
		return
	}
	if p.chooseLanguage(w, r) {
		return
	}
	lang := p.lang(r)
	l := locale.For(lang)
	v := pageView{
		Lang: lang, CSRF: csrf(w, r), Epoch: p.board.epoch(), Seq: p.board.known(), Trigger: p.o.Trigger,
		MeKey: personKey(at.who), MeConnection: at.who.Connection, Channel: channelKey(at.in), ChannelName: at.in.Channel,
		Direct: isDirect(at.in), Framed: r.URL.Query().Has("framed"), Now: p.o.Clock.Now(), Emoji: emoji, Limit: chat.MaxText,
		ThreadsTrigger: p.o.Chat.Platform(at.who.Connection).Capabilities().CommandsInThreads,
	}
	v.NowText = clockText(l, v.Now, p.o.Zone)
	v.Me, v.MeAbout = p.person(at.who)
	v.MeInitials, v.MeHue = initials(v.Me), hue(v.MeKey)
	for _, tag := range locale.Languages() {
		if tag != lang {
			v.Other, v.OtherName = tag, locale.For(tag).T("language.name")
		}
	}
	var err error
	v.Posts, err = p.list(at, chat.PostID{}, lang)
	if root := r.URL.Query().Get("thread"); root != "" && err == nil {
		v.Thread, err = p.threadOf(at, root, lang)
	}
	if err == nil {
		v.Side = p.sideOf(r.Context(), at, l)
		v.Form, err = p.openForm(at.who, lang)
	}
	if err == nil {
		v.Words, v.Verbs, err = p.words(l)
	}
	if err != nil {
		p.broken(w, err)
		return
	}
	v.UnreadThreads, v.FirstNew = p.board.unreadThreads(at), p.board.firstNew(at)
	p.board.looked(at.who, at.in.Channel)
	p.show(w, r, "page", v)
}

// list is what a person sees in a channel, or in a thread, from the top.
func (p *Page) list(at place, root chat.PostID, lang string) (template.HTML, error) {
	var all strings.Builder
	for _, it := range p.board.standing(at.in, root, at.who) {
		html, err := p.itemHTML(it, lang)
		if err != nil {
			return "", err
		}
		all.Write(html)
	}
	return template.HTML(all.String()), nil //nolint:gosec // of templates
}

// itemHTML is an item as it is now.
func (p *Page) itemHTML(it *item, lang string) ([]byte, error) {
	for {
		p.board.mu.RLock()
		f := it.latest
		p.board.mu.RUnlock()
		html, err := f.once("html "+lang, func(c *content) ([]byte, error) {
			s, err := p.postHTML(it, c.post, lang)
			return []byte(s), err
		})
		if html != nil || err != nil {
			return html, err
		}
	}
}

func (p *Page) threadOf(at place, message, lang string) (*threadView, error) {
	id := chat.PostID{Connection: at.in.Connection, Channel: at.in.Channel, Message: message}
	root := p.board.item(id)
	if root == nil || !root.sees(at.who) || root.root != (chat.PostID{}) {
		return nil, nil
	}
	first, err := p.itemHTML(root, lang)
	if err != nil {
		return nil, err
	}
	rest, err := p.list(at, id, lang)
	if err != nil {
		return nil, err
	}
	p.board.looked(at.who, at.in.Channel+"\n"+message)
	html := strings.Replace(string(first), ` id="p-`, ` id="root-p-`, 1)
	return &threadView{ID: elementID(id), Message: message, Posts: template.HTML(html) + rest}, nil //nolint:gosec // of templates
}

// thread answers with a thread alone, for a page that is there already.
func (p *Page) thread(w http.ResponseWriter, r *http.Request) {
	at, ok := p.placeOf(w, r)
	if !ok {
		return
	}
	v, err := p.threadOf(at, r.PathValue("message"), p.lang(r))
	if err != nil {
		p.broken(w, err)
		return
	}
	if v == nil {
		p.lost(w, r)
		return
	}
	p.show(w, r, "thread", v)
}

// openForm is the form that is open in front of a person; empty when none is.
func (p *Page) openForm(who chat.PersonID, lang string) (template.HTML, error) {
	p.board.mu.RLock()
	f := p.board.forms[who]
	p.board.mu.RUnlock()
	if f == nil {
		return "", nil
	}
	html, err := f.once("html "+lang, func(c *content) ([]byte, error) {
		s, err := p.html(lang, "form", formView(c.form))
		return []byte(s), err
	})
	return template.HTML(html), err //nolint:gosec // of a template
}

// words are the texts and the verbs that the page's script needs, as JSON.
func (p *Page) words(l *locale.Locale) (texts, verbs string, err error) {
	all := map[string]string{}
	for _, id := range scriptTexts {
		all[id] = l.T("playground."+id, "Count", "{Count}", "Name", "{Name}", "Emoji", "{Emoji}")
	}
	t, err := json.Marshal(all)
	if err != nil {
		return "", "", err
	}
	known := []Verb{}
	if p.o.Verbs != nil {
		known = append(known, p.o.Verbs(l.Language())...)
	}
	v, err := json.Marshal(known)
	return string(t), string(v), err
}

// scriptTexts are the messages that the script shows by itself.
var scriptTexts = []string{
	"required", "too-long", "failed", "offline", "online", "sent", "edit-what", "delete-sure", "stale",
	"unread-said", "clock-moving", "clock-moved", "new-below", "nothing-due",
}

func clockText(l *locale.Locale, t time.Time, zone *time.Location) string {
	return l.Weekday(t, zone) + " " + l.Date(t, zone) + ", " + l.Clock(t, zone)
}

// first leads to somebody: an administrator, if there is one.
func (p *Page) first(w http.ResponseWriter, r *http.Request) {
	p.board.catchUp()
	at, ok := p.board.start()
	if !ok {
		http.Error(w, "Nobody is here yet.", http.StatusNotFound)
		return
	}
	http.Redirect(w, r, at.url(), http.StatusSeeOther)
}

func (b *board) start() (at place, ok bool) {
	people := b.chat.People()
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, admin := range []bool{true, false} {
		for _, person := range people {
			for _, in := range b.channels {
				if person.Admin == admin && !person.Gone && in.Connection == person.ID.Connection {
					return place{person.ID, in}, true
				}
			}
		}
	}
	return at, false
}

// beside shows two chats next to each other: two platforms, as two people see
// them.
func (p *Page) beside(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	left, right := q.Get("left"), q.Get("right")
	if !strings.HasPrefix(left, "/chat/") || !strings.HasPrefix(right, "/chat/") {
		p.lost(w, r)
		return
	}
	p.show(w, r, "beside", map[string]string{
		"Lang": p.lang(r), "Left": left + "?framed", "Right": right + "?framed", "Back": left,
	})
}

// lang is the language that a browser's owner has chosen, or reads.
func (p *Page) lang(r *http.Request) string {
	if cookie, err := r.Cookie(langCookie); err == nil && slices.Contains(locale.Languages(), cookie.Value) {
		return cookie.Value
	}
	for part := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		if base, _, _ := strings.Cut(tag, "-"); slices.Contains(locale.Languages(), strings.ToLower(base)) {
			return strings.ToLower(base)
		}
	}
	return locale.Default
}

// chooseLanguage keeps a choice that the address makes, and leads back.
func (p *Page) chooseLanguage(w http.ResponseWriter, r *http.Request) bool {
	chosen := r.URL.Query().Get("lang")
	if !slices.Contains(locale.Languages(), chosen) {
		return false
	}
	setCookie(w, r, langCookie, chosen)
	at := place{chat.PersonID{Connection: r.PathValue("connection"), User: r.PathValue("user")}, chat.ChannelID{Channel: r.PathValue("channel")}}
	http.Redirect(w, r, at.url(), http.StatusSeeOther)
	return true
}
