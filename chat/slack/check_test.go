package slack_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/slack"
	"roundtable/chat/slack/slacktest"
)

// finds checks that the doctor says something of that severity, with advice
// unless all is well, and no secret.
func (st *stage) finds(severity chat.Severity, what string) {
	st.t.Helper()
	found := st.p.Examine(st.ctx)
	ok := false
	for _, f := range found {
		ok = ok || f.Severity == severity && strings.Contains(f.What, what)
		if (f.Mend == "") != (f.Severity == chat.Well) {
			st.t.Errorf("%+v", f)
		}
		for _, secret := range []string{st.app.BotToken, st.app.AppToken, st.app.SigningSecret} {
			if strings.Contains(f.What+f.Mend, secret) {
				st.t.Errorf("%q holds a secret", f.What)
			}
		}
	}
	if !ok {
		st.t.Errorf("the doctor does not find %q: %+v", what, found)
	}
}

func TestExamine(t *testing.T) {
	st := newStage(t)
	st.finds(chat.Well, "T0HOME")
	st.finds(chat.Well, "every scope")
	st.finds(chat.Well, "A socket can be opened")
	st.finds(chat.Well, "in 1 channel, 0 of them shared")
	st.run(nil)
	st.eventually(func() string { // Slack knows of a socket before the client has counted it
		if slices.ContainsFunc(st.p.Examine(st.ctx), func(f chat.Finding) bool { return strings.Contains(f.What, "2 sockets are open") }) {
			return ""
		}
		return "the sockets are not counted"
	})
	for _, f := range st.p.Examine(st.ctx) {
		if f.Severity != chat.Well {
			t.Errorf("%+v", f)
		}
	}
}

func TestExamineWhatIsAmiss(t *testing.T) {
	change := func(name string, severity chat.Severity, what string, do func(*stage)) {
		t.Run(name, func(t *testing.T) {
			st := newStage(t)
			do(st)
			st.connect()
			st.finds(severity, what)
		})
	}
	change("bot token", chat.Broken, "does not take the bot token: invalid_auth", func(st *stage) { st.options.BotToken = "xoxb-wrong" })
	change("app token", chat.Broken, "No socket can be opened", func(st *stage) { st.options.AppToken = "xapp-wrong" })
	change("nobody there", chat.Broken, "Slack does not answer", func(st *stage) { st.options.APIURL = "http://127.0.0.1:1/api/" })
	change("clock", chat.Lacking, "off Slack's", func(st *stage) {
		st.options.Clock = func() time.Time { return time.Now().Add(2 * time.Minute) }
	})
	change("clock over HTTP", chat.Broken, "off Slack's", func(st *stage) {
		st.options.SigningSecret = st.app.SigningSecret
		st.options.Clock = func() time.Time { return time.Now().Add(-time.Hour) }
	})
	change("no address", chat.Broken, "not said where", func(st *stage) {
		st.options.AppToken, st.options.SigningSecret = "", st.app.SigningSecret
	})
	for what, answer := range map[string]http.HandlerFunc{
		"another signing secret": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) },
		"is not this bot":        func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("welcome")) },
		"or not this connection": http.NotFound,
	} {
		change(what, chat.Broken, what, func(st *stage) {
			st.options.AppToken, st.options.SigningSecret = "", st.app.SigningSecret
			elsewhere := httptest.NewServer(answer)
			st.t.Cleanup(elsewhere.Close)
			st.options.PublicURL = elsewhere.URL
		})
	}
	change("nothing answers", chat.Lacking, "Nothing answers at the bot's own address", func(st *stage) {
		st.options.AppToken, st.options.SigningSecret = "", st.app.SigningSecret
		st.options.PublicURL = "http://127.0.0.1:1"
	})
	change("no channel", chat.Lacking, "in no channel", func(st *stage) { st.ward.Remove(st.app) })
	change("shared", chat.Well, "1 of them shared", func(st *stage) { st.ward.Share(st.slack.Workspace("T0AWAY", "Away")) })
	change("scope", chat.Lacking, "The scope reactions:read is missing: messages can't be kept", func(st *stage) {
		var scopes []string
		for _, s := range slacktest.DefaultScopes() {
			if s != "reactions:read" {
				scopes = append(scopes, s)
			}
		}
		st.app.Grant(scopes...)
	})
}

func TestNewMistakes(t *testing.T) {
	_, err := slack.New(slack.Options{BotToken: "xoxp-1", AppToken: "xoxb-2", APIURL: "no url"})
	for _, want := range []string{"no name", "xoxb-", "xapp-", "api_url", "no words"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q in it", err, want)
		}
	}
	if _, err := slack.New(slack.Options{Connection: "a", BotToken: "xoxb-1", T: words}); err == nil || !strings.Contains(err.Error(), "signing_secret") {
		t.Errorf("with nothing to receive by: %v", err)
	}
}
