package mattermost

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
	"roundtable/chat/mattermost/mattermosttest"
	"roundtable/chat/platformtest"
)

// TestConformance lets the adapter do on a real server what every platform does.
func TestConformance(t *testing.T) {
	mattermosttest.Shared(t) // starts here rather than in the first test's time
	platformtest.Run(t, func(t *testing.T) platformtest.Harness {
		return newStage(t, mattermosttest.Shared(t), "")
	})
}

// stage is a team on a real server with two people, two channels and the adapter.
// It is the suite's harness.
type stage struct {
	*mattermosttest.Team
	platform        *Platform
	options         Options
	here, elsewhere chat.ChannelID
	anna, bo        *mattermosttest.Person
	calls           *calls
}

// newStage makes one. through is the address at which the bot reaches the server;
// empty for the server's own.
func newStage(t *testing.T, s *mattermosttest.Server, through string) *stage {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), outageTimeout)
	defer cancel()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	st := &stage{calls: &calls{}}
	listening := httptest.NewServer(st.calls)
	t.Cleanup(listening.Close)
	var err error
	st.Team, err = s.NewTeam(ctx, "chat")
	must(err)
	t.Cleanup(st.Close)
	token, err := st.Command(ctx, "round", listening.URL+"/mattermost/chat/command")
	must(err)
	st.anna, err = st.Join(ctx, "Anna")
	must(err)
	st.bo, err = st.Join(ctx, "Bo")
	must(err)
	st.here, err = st.Channel(ctx, st.anna, st.bo)
	must(err)
	st.elsewhere, err = st.Channel(ctx, st.anna, st.bo)
	must(err)
	if through == "" {
		through = s.URL
	}
	wire := &http.Transport{MaxIdleConnsPerHost: 20}
	t.Cleanup(wire.CloseIdleConnections)
	st.options = Options{
		Connection: "chat", URL: through, Token: st.BotToken, CommandToken: token, Team: st.Name,
		Trigger: "round", PublicURL: listening.URL, Key: bytes.Repeat([]byte("k"), 32),
		T:   func(_, id string, _ ...any) string { return id },
		Log: slog.New(slog.NewTextHandler(logged{t}, &slog.HandlerOptions{Level: slog.LevelInfo})), Clock: time.Now,
		Transport: wire,
	}
	st.platform = st.newPlatform(t)
	return st
}

// newPlatform is the adapter, as after a restart of the bot.
func (s *stage) newPlatform(t *testing.T) *Platform {
	t.Helper()
	p, err := New(s.options)
	if err != nil {
		t.Fatal(err)
	}
	s.calls.serve(p)
	return p
}

// Platform implements platformtest.Harness.
func (s *stage) Platform() chat.Platform { return s.platform }

// Channels implements platformtest.Harness.
func (s *stage) Channels() (here, elsewhere chat.ChannelID) { return s.here, s.elsewhere }

// People implements platformtest.Harness.
func (s *stage) People() (one, other chat.PersonID) { return s.anna.ID, s.bo.ID }

// Expel and Admit implement platformtest.Harness.
func (s *stage) Expel(ctx context.Context, _ chat.PersonID, in chat.ChannelID) error {
	return s.Remove(ctx, in, s.BotUser)
}

// Admit has the person invite the bot.
func (s *stage) Admit(ctx context.Context, who chat.PersonID, in chat.ChannelID) error {
	inviter := s.anna
	if who == s.bo.ID {
		inviter = s.bo
	}
	_, _, err := inviter.Client().AddChannelMember(ctx, in.Channel, s.BotUser)
	return err
}

// TakeFiles implements platformtest.FileRefusing: an administrator switches files off.
func (s *stage) TakeFiles(ctx context.Context, take bool) error {
	_, _, err := s.Administrator().PatchConfig(ctx, &model.Config{FileSettings: model.FileSettings{EnableFileAttachments: &take}})
	return err
}

// Again implements platformtest.Harness: the server calls the bot once more as it
// did last. What comes by the WebSocket comes again when that breaks, and then the
// adapter knows it; outage_test.go breaks it.
func (s *stage) Again(ctx context.Context, id string) error {
	if strings.HasPrefix(id, "command:") {
		return s.calls.again(ctx)
	}
	return fmt.Errorf("%w make the server tell again what people say", platformtest.ErrUnsupported)
}

// calls is where the server reaches the bot. It remembers the last call.
type calls struct {
	mu   sync.Mutex
	bot  http.Handler
	last *http.Request
	body []byte
}

func (c *calls) serve(bot http.Handler) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bot = bot
}

// ServeHTTP implements http.Handler.
func (c *calls) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the server has hung up
	}
	c.mu.Lock()
	bot := c.bot
	c.last, c.body = r.Clone(context.WithoutCancel(r.Context())), body
	c.mu.Unlock()
	r.Body = io.NopCloser(bytes.NewReader(body))
	bot.ServeHTTP(w, r)
}

func (c *calls) again(ctx context.Context) error {
	c.mu.Lock()
	bot, r, body := c.bot, c.last, c.body
	c.mu.Unlock()
	if r == nil {
		return errors.New("the server has not called the bot")
	}
	r = r.Clone(ctx)
	r.Body = io.NopCloser(bytes.NewReader(body))
	w := httptest.NewRecorder()
	bot.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		return fmt.Errorf("the bot answered %d: %s", w.Code, w.Body)
	}
	return nil
}

// logged writes to a test's log.
type logged struct{ t *testing.T }

// Write implements io.Writer.
func (l logged) Write(b []byte) (int, error) {
	l.t.Helper()
	l.t.Log(string(bytes.TrimSpace(b)))
	return len(b), nil
}
