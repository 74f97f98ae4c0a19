package mattermost

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

func TestOptions(t *testing.T) {
	good := func() Options {
		return Options{
			Connection: "chat", URL: "https://chat.example.org/sub/", Token: "token", Trigger: "round", PublicURL: "https://bot.example.org/",
			Key: bytes.Repeat([]byte("k"), 32), T: func(_, id string, _ ...any) string { return id }, Log: slog.New(slog.DiscardHandler), Clock: time.Now,
		}
	}
	p, err := New(good())
	if err != nil {
		t.Fatal(err)
	}
	if got := p.callbackURL(pathDialog); got != "https://bot.example.org/mattermost/chat/dialog" {
		t.Errorf("the server calls %s", got)
	}
	if p.Connection() != "chat" || !p.Capabilities().Forms {
		t.Errorf("it is %s and can do %+v", p.Connection(), p.Capabilities())
	}
	alone := good()
	alone.PublicURL = ""
	if p, err = New(alone); err != nil || p.Capabilities().Forms {
		t.Errorf("without an address: %v, and it has forms", err)
	}
	for want, change := range map[string]func(*Options){
		"connection's name":    func(o *Options) { o.Connection = "a/b" },
		"server's address":     func(o *Options) { o.URL = "chat.example.org" },
		"own address":          func(o *Options) { o.PublicURL = "ftp://x" },
		"no token":             func(o *Options) { o.Token = "" },
		"no trigger":           func(o *Options) { o.Trigger = "" },
		"key has 5 bytes":      func(o *Options) { o.Key = []byte("short") },
		"T, Log and Clock is ": func(o *Options) { o.Log = nil },
	} {
		o := good()
		change(&o)
		if _, err := New(o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("New says %v, want %q", err, want)
		}
	}
}

func TestMention(t *testing.T) {
	p := &server{me: &model.User{Id: botID, Username: "roundtable"}}
	for text, want := range map[string]string{
		"@roundtable": "", "@roundtable help": "help", " @Roundtable:  help me": "help me", "@roundtable, help": "help", "@roundtable\nhelp": "help",
		"@roundtable. help": ". help", "@roundtable2 help": "-", "@roundtable.old help": "-", "@roundtable_x": "-", "help @roundtable": "-", "@round": "-", "": "-",
	} {
		got, mentioned := p.mention(text)
		if !mentioned {
			got = "-"
		}
		if got != want {
			t.Errorf("mention(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestByPerson(t *testing.T) {
	p := &server{me: &model.User{Id: botID}}
	for name, tt := range map[string]struct {
		post *model.Post
		want bool
	}{
		"a person's":   {&model.Post{UserId: annaID}, true},
		"slash me":     {&model.Post{UserId: annaID, Type: model.PostTypeMe}, true},
		"the bot's":    {&model.Post{UserId: botID}, false},
		"the system's": {&model.Post{UserId: annaID, Type: model.PostTypeJoinChannel}, false},
		"another bot":  {&model.Post{UserId: boID, Props: model.StringInterface{model.PostPropsFromBot: "true"}}, false},
		"a webhook's":  {&model.Post{UserId: boID, Props: model.StringInterface{model.PostPropsFromWebhook: "true"}}, false},
	} {
		if got := p.isByPerson(tt.post); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestWhoIsWho(t *testing.T) {
	for want, u := range map[string]model.User{
		"Anna Ek":  {FirstName: "Anna", LastName: "Ek", Nickname: "annie", Username: "anna"},
		"Anna":     {FirstName: "Anna", Username: "anna"},
		"annie":    {Nickname: "annie", Username: "anna"},
		"anna.ek1": {Username: "anna.ek1"},
	} {
		if got := nameOf(&u); got != want {
			t.Errorf("%+v is called %q", u, got)
		}
	}
	zones := model.StringMap{"useAutomaticTimezone": "true", "automaticTimezone": "Europe/Oslo", "manualTimezone": "Asia/Tokyo"}
	if got := zoneOf(&model.User{Timezone: zones}); got != "Europe/Oslo" {
		t.Errorf("the zone is %q", got)
	}
	zones["useAutomaticTimezone"] = "false"
	if got := zoneOf(&model.User{Timezone: zones}); got != "Asia/Tokyo" {
		t.Errorf("the zone is %q", got)
	}
	if with, direct := directPartner(botID, annaID+"__"+botID); with != annaID || !direct {
		t.Errorf("the conversation is with %q", with)
	}
	for _, name := range []string{annaID + "__" + boID, "town-square", "a__" + botID, ""} {
		if _, direct := directPartner(botID, name); direct {
			t.Errorf("%q is a conversation with the bot", name)
		}
	}
}

func TestIncomingIDs(t *testing.T) {
	r := &model.Reaction{UserId: annaID, PostId: firstPost, EmojiName: "bulb", CreateAt: 5}
	same, later := *r, *r
	later.CreateAt = 6
	if reactionID(r) != reactionID(&same) || reactionID(r) == reactionID(&later) {
		t.Errorf("the IDs are %s, %s and %s", reactionID(r), reactionID(&same), reactionID(&later))
	}
	p := &server{options: Options{Connection: "chat"}}
	in := p.incoming(origin{id: "x", user: annaID, channel: hereID}, chat.Typed{})
	if in.Thread != (chat.PostID{}) || in.Channel != p.channelID(hereID) || in.From.ID != p.personID(annaID) {
		t.Errorf("%+v", in)
	}
}
