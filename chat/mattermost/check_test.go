package mattermost

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/mattermost/mattermosttest"
)

// says returns the findings as lines: "0 what: mend".
func says(findings []chat.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%d %s", f.Severity, f.What)
		if f.Mend != "" {
			fmt.Fprintf(&b, " => %s", f.Mend)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestExamineOnARealServer(t *testing.T) {
	s := newStage(t, mattermosttest.Shared(t), "")
	findings := s.platform.Examine(t.Context())
	text := says(findings)
	for _, want := range []string{"Mattermost 9.9", "bot account @", "in 4 channels", "reaches the bot", "The bot answers at its own address"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	for _, f := range findings {
		if f.Severity != chat.Well {
			t.Errorf("found: %+v", f)
		}
		if (f.Severity == chat.Well) != (f.Mend == "") {
			t.Errorf("a mend where there is nothing to mend, or none: %+v", f)
		}
	}
	if strings.Contains(text, s.options.Token) || strings.Contains(text, s.options.CommandToken) {
		t.Error("it tells a secret")
	}
	t.Log("\n" + text)
}

func TestExamineWhatIsWrong(t *testing.T) {
	s := newStage(t, mattermosttest.Shared(t), "")
	// The server may call 127.0.0.1 only; this address is as private, and not named.
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.2:0")
	if err != nil {
		t.Fatal(err)
	}
	hidden := httptest.NewUnstartedServer(s.calls)
	_ = hidden.Listener.Close()
	hidden.Listener = l
	hidden.Start()
	defer hidden.Close()
	strange := httptest.NewServer(http.NotFoundHandler())
	defer strange.Close()
	tests := map[string]struct {
		change func(*Options)
		want   string
	}{
		"no such server":  {change: func(o *Options) { o.URL = "http://127.0.0.1:1" }, want: "2 The server at http://127.0.0.1:1 does not answer"},
		"no Mattermost":   {change: func(o *Options) { o.URL = strange.URL }, want: "is perhaps no Mattermost server"},
		"a wrong token":   {change: func(o *Options) { o.Token = "wrong" }, want: "2 The server does not accept the token"},
		"a wrong team":    {change: func(o *Options) { o.Team = "elsewhere" }, want: "2 The bot is no member of the team elsewhere"},
		"no address":      {change: func(o *Options) { o.PublicURL = "" }, want: "2 The bot has no address of its own"},
		"a wrong address": {change: func(o *Options) { o.PublicURL = strange.URL }, want: "2 What answers at " + strange.URL},
		"another command": {change: func(o *Options) { o.Trigger = "nosuch" }, want: "Request URL \"" + s.options.PublicURL + "/mattermost/chat/command\""},
		"another token":   {change: func(o *Options) { o.CommandToken = "other" }, want: "put the command's token into the settings as command_token"},
		"no bot":          {change: func(o *Options) { o.PublicURL = "http://127.0.0.1:1" }, want: "1 Nothing answers at the bot's own address"},
		"a clock":         {change: func(o *Options) { o.Clock = func() time.Time { return time.Now().Add(-time.Hour) } }, want: "1 The server's clock differs"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			o := s.options
			tt.change(&o)
			p, err := New(o)
			if err != nil {
				t.Fatal(err)
			}
			s.calls.serve(p)
			if text := says(p.Examine(t.Context())); !strings.Contains(text, tt.want) {
				t.Errorf("it does not say %q:\n%s", tt.want, text)
			}
		})
	}
	t.Run("another key", func(t *testing.T) {
		o := s.options
		o.Key = []byte(strings.Repeat("x", 32))
		p, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		s.calls.serve(s.platform)
		if text := says(p.Examine(t.Context())); !strings.Contains(text, "with another signing_key") {
			t.Errorf("it says:\n%s", text)
		}
	})
	t.Run("untrusted connections", func(t *testing.T) {
		o := s.options
		o.PublicURL, o.Trigger = hidden.URL, "hidden"
		token, err := s.Command(t.Context(), "hidden", hidden.URL+"/mattermost/chat/command")
		if err != nil {
			t.Fatal(err)
		}
		o.CommandToken = token
		p, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		s.calls.serve(p)
		if text := says(p.Examine(t.Context())); !strings.Contains(text, "AllowedUntrustedInternalConnections") || !strings.Contains(text, "127.0.0.2") {
			t.Errorf("it says:\n%s", text)
		}
	})
}
