package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/locale"
)

// actionTimeout bounds how long a person waits for the bot's answer. What they did
// stands; the answer comes when it comes.
const actionTimeout = 12 * time.Second

// action is what a page sends when its person does something. Which fields count
// depends on the verb.
type action struct {
	Channel string            `json:"channel"`
	Message string            `json:"message"` // the post that it is about, or the thread's root
	Text    string            `json:"text"`
	Button  int               `json:"button"`
	Label   string            `json:"label"` // of the button, as the page shows it
	Emoji   string            `json:"emoji"`
	Values  map[string]string `json:"values"`
	// Connection of the channel to be seated.
	Connection string `json:"connection"`
	// Name, Language of a new person.
	Name string `json:"name"`
}

// problem is why something could not be done; an id of a message.
type problem struct {
	id     string
	status int
}

func (p *problem) Error() string { return "web: " + p.id }

// serveAction does what a person does.
func (p *Page) serveAction(w http.ResponseWriter, r *http.Request) {
	at, ok := p.viewpointOf(w, r)
	if !ok {
		return
	}
	var a action
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil {
		p.refuse(w, r, &problem{"too-long", http.StatusRequestEntityTooLarge})
		return
	}
	at.in.Channel = a.Channel
	if !p.model.exists(at) {
		notFound(w, r)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), actionTimeout)
	defer cancel()
	if err := p.setLanguage(at.who, languageOf(r)); err != nil {
		p.refuse(w, r, err)
		return
	}
	if err := p.perform(ctx, r.PathValue("verb"), at, a); err != nil {
		p.refuse(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// setLanguage lets the bot speak to a person in the language of the page on which they
// are played.
func (p *Page) setLanguage(who chat.PersonID, lang string) error {
	person := p.model.person(who)
	if person.Language == lang {
		return nil
	}
	person.Language = lang
	return p.options.Chat.Join(person)
}

// perform does one action. The error may be a problem, or the chat's.
func (p *Page) perform(ctx context.Context, verb string, at viewpoint, a action) (err error) {
	talk := p.options.Chat
	post := chat.PostID{Connection: at.in.Connection, Channel: at.in.Channel, Message: a.Message}
	switch verb {
	case "type":
		return p.write(ctx, at, post, a.Text)
	case "press":
		return p.press(ctx, at, post, a)
	case "fill":
		_, err = talk.Fill(ctx, at.who, a.Values)
	case "cancel":
		err = talk.Cancel(at.who)
	case "react":
		_, err = talk.React(ctx, at.who, post, a.Emoji)
	case "unreact":
		_, err = talk.Unreact(ctx, at.who, post, a.Emoji)
	case "edit":
		_, err = talk.Rewrite(ctx, at.who, post, a.Text)
	case "delete":
		_, err = talk.Delete(ctx, at.who, post)
	case "read":
		place := at.in.Channel
		if a.Message != "" {
			place = threadPlace(at.in, a.Message)
		}
		p.model.markRead(at.who, place)
	case "seat":
		if p.options.Seats == nil {
			return &problem{"cant", http.StatusConflict}
		}
		err = p.options.Seats.Seat(ctx, at.who, chat.ChannelID{Connection: a.Connection, Channel: a.Text})
		p.model.signal(func(s *signals) { s.people++ })
	case "join":
		return p.join(at, a)
	default:
		return &problem{"cant", http.StatusNotFound}
	}
	return err
}

// write writes a line, in a thread when there is one.
func (p *Page) write(ctx context.Context, at viewpoint, root chat.PostID, text string) (err error) {
	switch {
	case strings.TrimSpace(text) == "":
		return nil
	case utf8.RuneCountInString(text) > chat.MaxText:
		return &problem{"too-long", http.StatusUnprocessableEntity}
	case root.Message == "":
		_, err = p.options.Chat.Type(ctx, at.who, at.in, text)
	default:
		_, err = p.options.Chat.Reply(ctx, at.who, root, text)
	}
	return err
}

// press presses the n-th button of a post, if it still reads as the page shows
// it.
func (p *Page) press(ctx context.Context, at viewpoint, id chat.PostID, a action) error {
	post, found := p.options.Chat.Post(id)
	if !found {
		return &problem{"stale", http.StatusConflict}
	}
	var all []chat.Button
	for _, b := range post.Message.Blocks {
		if row, ok := b.(chat.Buttons); ok {
			all = append(all, row.Buttons...)
		}
	}
	if a.Button < 0 || a.Button >= len(all) || all[a.Button].Label != a.Label {
		return &problem{"stale", http.StatusConflict}
	}
	pressed, same := all[a.Button], 0
	for _, b := range all {
		if b.Label == pressed.Label {
			same++
		}
	}
	name := pressed.Label
	if same > 1 {
		name = pressed.Scope + "/" + pressed.Action + "/" + pressed.Value
	}
	_, err := p.options.Chat.Press(ctx, at.who, id, name)
	return err
}

// join brings a new person into the chat, on the platform of the one who asks.
func (p *Page) join(at viewpoint, a action) error {
	name := strings.Join(strings.Fields(a.Name), " ")
	if name == "" || utf8.RuneCountInString(name) > 60 {
		return &problem{"name-needed", http.StatusUnprocessableEntity}
	}
	user := strings.ToLower(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, name))
	id := chat.PersonID{Connection: at.who.Connection, User: "x" + user}
	for p.model.exists(viewpoint{who: id}) {
		id.User += "x"
	}
	zone := p.options.Zone.String()
	return p.options.Chat.Join(chat.Person{ID: id, Name: name, Zone: zone})
}

// refuse says in words why something could not be done.
func (p *Page) refuse(w http.ResponseWriter, r *http.Request, err error) {
	var known *problem
	switch {
	case errors.As(err, &known):
	case errors.Is(err, playground.ErrImpossible), errors.Is(err, ErrImpossible):
		known = &problem{"cant", http.StatusConflict}
	case errors.Is(err, chat.ErrRefused):
		known = &problem{"refused-by-chat", http.StatusConflict}
	case errors.Is(err, context.DeadlineExceeded):
		known = &problem{"slow", http.StatusGatewayTimeout}
	case errors.Is(err, context.Canceled):
		return // nobody waits any more
	default:
		p.options.Log.Error("not done", "error", err)
		known = &problem{"failed", http.StatusInternalServerError}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(known.status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": locale.For(languageOf(r)).T("playground."+known.id, "Count", chat.MaxText)}) // whoever asked may be gone
}
