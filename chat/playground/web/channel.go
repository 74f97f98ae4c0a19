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
	"roundtable/locale"
)

// viewpoint is who looks at which channel, as the address says.
type viewpoint struct {
	who chat.PersonID
	in  chat.ChannelID
}

// viewpointOf reads the address. ok is false, and the answer given, when there is
// nobody of that name or they see no such channel.
func (p *Page) viewpointOf(w http.ResponseWriter, r *http.Request) (at viewpoint, ok bool) {
	p.model.catchUp()
	at.who = chat.PersonID{Connection: r.PathValue("connection"), User: r.PathValue("user")}
	at.in = chat.ChannelID{Connection: at.who.Connection, Channel: r.PathValue("channel")}
	if !p.model.exists(at) {
		notFound(w, r)
		return at, false
	}
	return at, true
}

// notFound answers a request for what isn't there. From a channel's page it leads
// back: a bookmark of an earlier chat is no mistake. A file's address is no page.
func notFound(w http.ResponseWriter, r *http.Request) {
	isFile := r.PathValue("name") != ""
	if r.Method == http.MethodGet && strings.HasPrefix(r.URL.Path, "/chat/") && !isFile {
		http.Redirect(w, r, "/", http.StatusSeeOther)
		return
	}
	http.Error(w, "There is nothing of that name.", http.StatusNotFound)
}

// url returns where the page is.
func (at viewpoint) url() string {
	return "/chat/" + url.PathEscape(at.who.Connection) + "/" + url.PathEscape(at.who.User) + "/" + url.PathEscape(at.in.Channel)
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
	Side                   sidebarView
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

// serveChannel answers with the page of a person in a channel.
func (p *Page) serveChannel(w http.ResponseWriter, r *http.Request) {
	at, ok := p.viewpointOf(w, r)
	if !ok {
		return
	}
	if chooseLanguage(w, r) {
		return
	}
	lang := languageOf(r)
	l := locale.For(lang)
	v := pageView{
		Lang: lang, CSRF: csrfToken(w, r), Epoch: p.model.epoch(), Seq: p.model.lastSeq(), Trigger: p.options.Trigger,
		MeKey: personKey(at.who), MeConnection: at.who.Connection, Channel: channelKey(at.in), ChannelName: at.in.Channel,
		Direct: isDirect(at.in), Framed: r.URL.Query().Has("framed"), Now: p.options.Clock.Now(), Emoji: emoji, Limit: chat.MaxText,
		ThreadsTrigger: p.options.Chat.Platform(at.who.Connection).Capabilities().CommandsInThreads,
	}
	v.NowText = clockText(l, v.Now, p.options.Zone)
	v.Me, v.MeAbout = p.render.person(at.who)
	v.MeInitials, v.MeHue = initials(v.Me), hue(v.MeKey)
	for _, tag := range locale.Languages() {
		if tag != lang {
			v.Other, v.OtherName = tag, locale.For(tag).T("language.name")
		}
	}
	var err error
	v.Posts, err = p.postsHTML(at, chat.PostID{}, lang)
	if root := r.URL.Query().Get("thread"); root != "" && err == nil {
		v.Thread, err = p.thread(at, root, lang)
	}
	if err == nil {
		v.Side = p.sidebar.view(r.Context(), at, l)
		v.Form, err = p.render.formHTML(at.who, lang)
	}
	if err == nil {
		v.Words, v.Verbs, err = scriptData(l, p.options.Verbs)
	}
	if err != nil {
		p.render.fail(w, err)
		return
	}
	v.UnreadThreads, v.FirstNew = p.model.unreadThreads(at), p.model.firstUnread(at)
	p.model.markRead(at.who, at.in.Channel)
	p.render.respond(w, r, "page", v)
}

// postsHTML returns what a person sees in a channel, or in a thread, from the top.
func (p *Page) postsHTML(at viewpoint, root chat.PostID, lang string) (template.HTML, error) {
	var all strings.Builder
	for _, it := range p.model.visible(at.in, root, at.who) {
		html, err := p.render.itemHTML(it, lang)
		if err != nil {
			return "", err
		}
		all.Write(html)
	}
	return template.HTML(all.String()), nil //nolint:gosec // of templates
}

// thread returns a thread; nil when a person sees no such.
func (p *Page) thread(at viewpoint, message, lang string) (*threadView, error) {
	id := chat.PostID{Connection: at.in.Connection, Channel: at.in.Channel, Message: message}
	root := p.model.item(id)
	if root == nil || !root.visibleTo(at.who) || root.root != (chat.PostID{}) {
		return nil, nil
	}
	first, err := p.render.itemHTML(root, lang)
	if err != nil {
		return nil, err
	}
	rest, err := p.postsHTML(at, id, lang)
	if err != nil {
		return nil, err
	}
	p.model.markRead(at.who, threadPlace(at.in, message))
	html := strings.Replace(string(first), ` id="p-`, ` id="root-p-`, 1)
	return &threadView{ID: elementID(id), Message: message, Posts: template.HTML(html) + rest}, nil //nolint:gosec // of templates
}

// serveThread answers with a thread alone, for a page that is there already.
func (p *Page) serveThread(w http.ResponseWriter, r *http.Request) {
	at, ok := p.viewpointOf(w, r)
	if !ok {
		return
	}
	v, err := p.thread(at, r.PathValue("message"), languageOf(r))
	if err != nil {
		p.render.fail(w, err)
		return
	}
	if v == nil {
		notFound(w, r)
		return
	}
	p.render.respond(w, r, "thread", v)
}

// scriptData returns the texts and the verbs that the page's script needs, as JSON.
func scriptData(l *locale.Locale, verbsIn func(lang string) []Verb) (texts, verbs string, err error) {
	all := map[string]string{}
	for _, id := range scriptTexts {
		all[id] = l.T("playground."+id, "Count", "{Count}", "Name", "{Name}", "Emoji", "{Emoji}")
	}
	t, err := json.Marshal(all)
	if err != nil {
		return "", "", err
	}
	known := []Verb{}
	if verbsIn != nil {
		known = append(known, verbsIn(l.Language())...)
	}
	v, err := json.Marshal(known)
	return string(t), string(v), err
}

// scriptTexts are the messages that the script shows by itself.
var scriptTexts = []string{
	"required", "too-long", "failed", "offline", "online", "sent", "edit-what", "delete-sure", "stale",
	"unread-said", "clock-moving", "clock-moved", "new-below", "nothing-due", "too-many",
}

func clockText(l *locale.Locale, t time.Time, zone *time.Location) string {
	return l.Weekday(t, zone) + " " + l.Date(t, zone) + ", " + l.Clock(t, zone)
}

// serveStart leads to somebody: an administrator, if there is one.
func (p *Page) serveStart(w http.ResponseWriter, r *http.Request) {
	p.model.catchUp()
	at, ok := p.model.firstViewpoint()
	if !ok {
		http.Error(w, "Nobody is here yet.", http.StatusNotFound)
		return
	}
	http.Redirect(w, r, at.url(), http.StatusSeeOther)
}

// serveBeside shows two chats next to each other: two platforms, as two people see
// them.
func (p *Page) serveBeside(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	left, right := q.Get("left"), q.Get("right")
	if !strings.HasPrefix(left, "/chat/") || !strings.HasPrefix(right, "/chat/") {
		notFound(w, r)
		return
	}
	p.render.respond(w, r, "beside", map[string]string{
		"Lang": languageOf(r), "Left": left + "?framed", "Right": right + "?framed", "Back": left,
	})
}

// languageOf returns the language that a browser's owner has chosen, or reads.
func languageOf(r *http.Request) string {
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
func chooseLanguage(w http.ResponseWriter, r *http.Request) bool {
	chosen := r.URL.Query().Get("lang")
	if !slices.Contains(locale.Languages(), chosen) {
		return false
	}
	setCookie(w, r, langCookie, chosen)
	at := viewpoint{chat.PersonID{Connection: r.PathValue("connection"), User: r.PathValue("user")}, chat.ChannelID{Channel: r.PathValue("channel")}}
	http.Redirect(w, r, at.url(), http.StatusSeeOther)
	return true
}
