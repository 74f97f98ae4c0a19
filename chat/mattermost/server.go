package mattermost

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// server is the Mattermost server as the bot's account calls it: the client, who
// the bot is there, and what names and clocks mean on both sides. Safe for
// concurrent use.
type server struct {
	options Options
	client  *model.Client4

	botMu  sync.Mutex
	me     *model.User   // nil until it is known
	teamID string        // of Options.Team, once it is known
	skew   time.Duration // the server's clock is ahead of ours by this much
}

// callTimeout bounds each call to the server, uploadTimeout that of a file.
const (
	callTimeout   = 10 * time.Second
	uploadTimeout = time.Minute
)

// bot returns the bot's account. It asks the server once.
func (s *server) bot(ctx context.Context) (*model.User, error) {
	s.botMu.Lock()
	defer s.botMu.Unlock()
	if s.me != nil {
		return s.me, nil
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	me, r, err := s.client.GetMe(ctx, "")
	if err != nil {
		return nil, apiError("look up the bot account", r, err)
	}
	s.me = me
	s.setSkew(r.Header)
	return me, nil
}

// botID is the bot's user id, empty until it is known; it is while the WebSocket is
// open.
func (s *server) botID() string {
	s.botMu.Lock()
	defer s.botMu.Unlock()
	if s.me == nil {
		return ""
	}
	return s.me.Id
}

// rename follows the bot's account when it gets another name.
func (s *server) rename(u *model.User) {
	s.botMu.Lock()
	defer s.botMu.Unlock()
	if s.me != nil && s.me.Id == u.Id && u.Username != "" {
		me := *s.me
		me.Username = u.Username
		s.me = &me
	}
}

// mention returns a message without the mention of the bot that it begins with,
// or as it is when it doesn't.
func (s *server) mention(text string) (rest string, mentioned bool) {
	text = strings.TrimSpace(text)
	s.botMu.Lock()
	defer s.botMu.Unlock()
	if s.me == nil {
		return text, false
	}
	name := "@" + s.me.Username
	if len(text) < len(name) || !strings.EqualFold(text[:len(name)], name) {
		return text, false
	}
	rest = text[len(name):]
	// "@roundtable2" and "@roundtable.old" are others.
	next, n := utf8.DecodeRuneInString(rest)
	after, _ := utf8.DecodeRuneInString(rest[min(n, len(rest)):])
	if rest != "" && (isWordRune(next) || (strings.ContainsRune(".-", next) && isWordRune(after))) {
		return text, false
	}
	return strings.TrimLeftFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || r == ':' || r == ',' }), true
}

// isByPerson says whether a post was written by a person.
func (s *server) isByPerson(post *model.Post) bool {
	if post.UserId == s.botID() || (post.Type != model.PostTypeDefault && post.Type != model.PostTypeMe) {
		return false
	}
	for _, prop := range []string{model.PostPropsFromBot, model.PostPropsFromWebhook, model.PostPropsFromPlugin} {
		if set, _ := post.GetProp(prop).(string); set == "true" {
			return false
		}
	}
	return true
}

// teams returns those that the bot is present in.
func (s *server) teams(ctx context.Context) ([]*model.Team, error) {
	me, err := s.bot(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	teams, resp, err := s.client.GetTeamsForUser(ctx, me.Id, "")
	if err != nil {
		return nil, apiError("look up the teams", resp, err)
	}
	if s.options.Team == "" {
		return teams, nil
	}
	teams = slices.DeleteFunc(teams, func(t *model.Team) bool { return t.Name != s.options.Team })
	if len(teams) == 1 {
		s.botMu.Lock()
		defer s.botMu.Unlock()
		s.teamID = teams[0].Id
	}
	return teams, nil
}

// checkToken returns an error when the server doesn't know the token (any more): it
// takes WebSockets from everybody and lets them wait until they give up (server
// 9.9).
func (s *server) checkToken(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if _, resp, err := s.client.GetMe(ctx, ""); err != nil {
		return apiError("look up the bot account", resp, err)
	}
	return nil
}

// closeIdleConnections closes connections that wait to be used again.
func (s *server) closeIdleConnections() { s.client.HTTPClient.CloseIdleConnections() }

// learnClock notes what time the server's clock shows, which answered just now.
func (s *server) learnClock(h http.Header) {
	s.botMu.Lock()
	defer s.botMu.Unlock()
	s.setSkew(h)
}

// setSkew is learnClock; s.botMu is held.
func (s *server) setSkew(h http.Header) {
	if sent, err := http.ParseTime(h.Get("Date")); err == nil {
		s.skew = sent.Sub(s.options.Clock())
	}
}

// serverTime is a moment as the server's clock shows it.
func (s *server) serverTime(t time.Time) time.Time {
	s.botMu.Lock()
	defer s.botMu.Unlock()
	return t.Add(s.skew)
}

// callbackURL is the address of one of the bot's own paths.
func (s *server) callbackURL(path string) string {
	return s.options.PublicURL + "/mattermost/" + s.options.Connection + "/" + path
}

func (s *server) channelID(channel string) chat.ChannelID {
	return chat.ChannelID{Connection: s.options.Connection, Channel: channel}
}

func (s *server) personID(user string) chat.PersonID {
	return chat.PersonID{Connection: s.options.Connection, User: user}
}

// postID is the id of a post; zero when there is none.
func (s *server) postID(channel, post string) chat.PostID {
	if post == "" {
		return chat.PostID{}
	}
	return chat.PostID{Connection: s.options.Connection, Channel: channel, Message: post}
}

// checkChannel says whether a channel can be one of this connection's.
func (s *server) checkChannel(c chat.ChannelID) error {
	if c.Connection != s.options.Connection || !model.IsValidId(c.Channel) {
		return fmt.Errorf("no such channel on connection %s: %w", s.options.Connection, chat.ErrGone)
	}
	return nil
}

// checkPost says whether a post can be in a channel.
func (s *server) checkPost(in chat.ChannelID, post chat.PostID) error {
	if post.Connection != in.Connection || post.Channel != in.Channel || !model.IsValidId(post.Message) {
		return fmt.Errorf("no such post in the channel: %w", chat.ErrGone)
	}
	return nil
}

// origin is who did something, where, and how they can be answered.
type origin struct {
	id                    string // of what they did
	user, channel, thread string
	direct                bool
	trigger               string // opens a form; empty when what they did can't
}

// incoming is what somebody did, for the handler.
func (s *server) incoming(from origin, what chat.What) chat.Incoming {
	return chat.Incoming{
		ID: from.id, From: chat.Person{ID: s.personID(from.user)}, Channel: s.channelID(from.channel), Direct: from.direct,
		Thread: s.postID(from.channel, from.thread), What: what,
	}
}

// logUnanswered logs that somebody was not answered.
func (s *server) logUnanswered(from origin, err error) {
	s.options.Log.Error("an answer could not be given", "connection", s.options.Connection, "incoming", from.id, "error", err)
}
