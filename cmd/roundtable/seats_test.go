package main

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/config"
	"roundtable/journal/memory"
)

// A channel that can't be posted to is told by check, at its connection, with what to do,
// and counted by health, which stays well.
func TestSeatsOutOfReachAreTold(t *testing.T) {
	j := memory.New()
	tables := bot.NewTables(j, time.Now, workingDays)
	t.Cleanup(tables.Close)
	table, err := tables.Found(t.Context(), benchmark.Actor{}, benchmark.Found{
		ID: "net", Name: "Net", Settings: benchmark.DefaultSettings(), Connection: "region", Channel: "C1", Profession: "nurse",
		Founder:       benchmark.Identity{Connection: "region", User: "u1", Name: "Anna"},
		Organisations: []string{"North"}, Mine: "North", TemplateName: "T",
		Indicators: []benchmark.Indicator{{ID: "falls", Title: "Falls", Kind: benchmark.Proportion}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, why := range chat.Obstacles {
		if _, err := table.Do(t.Context(), benchmark.Actor{By: benchmark.Bot}, benchmark.Hinder("s1", string(why))); err != nil {
			t.Fatal(err)
		}
	}
	platform := &namingPlatform{name: chat.ChannelName{Channel: "quality", Platform: "Mattermost", Server: "chat.region.se", Team: "Ward 3"}}
	names := newChannelNames(map[string]chat.Platform{"region": platform}, time.Now)
	found := seatFindings(t.Context(), j, "region", names)
	if len(found) != len(chat.Obstacles) {
		t.Errorf("check finds %d, want one for each of %v", len(found), chat.Obstacles)
	}
	for _, f := range found {
		if f.Severity != chat.Lacking || f.Mend == "" || !strings.Contains(f.What, "#quality (Mattermost chat.region.se, channel C1)") || strings.Contains(f.What, "Anna") {
			t.Errorf("check finds %+v", f)
		}
	}
	if other := seatFindings(t.Context(), j, "another", names); len(other) > 0 {
		t.Errorf("at another connection check finds %+v", other)
	}
	answer := httptest.NewRecorder()
	healthHandler(j, tables, []config.Connection{{Name: "region"}}, nil).ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/healthz", nil))
	if body := answer.Body.String(); answer.Code != http.StatusOK || !strings.Contains(body, "connection region: ok") || !strings.Contains(body, "1 channel can't be posted to") {
		t.Errorf("health: %d %s", answer.Code, body)
	}
}

// A connection that wasn't made yet is not well, and is told apart from one that fails.
func TestHealthWhileConnecting(t *testing.T) {
	tables := bot.NewTables(memory.New(), time.Now, workingDays)
	t.Cleanup(tables.Close)
	for want, trouble := range map[string]error{
		"connection region: ok": nil, "connection region: connecting": chat.ErrConnecting, "connection region: not well": errors.New("token_revoked"),
	} {
		answer := httptest.NewRecorder()
		platforms := map[string]chat.Platform{"region": troubledPlatform{trouble: trouble}}
		healthHandler(memory.New(), tables, []config.Connection{{Name: "region"}}, platforms).ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/healthz", nil))
		if body := answer.Body.String(); (answer.Code == http.StatusOK) != (trouble == nil) || !strings.Contains(body, want) {
			t.Errorf("health: %d %s, want %s", answer.Code, body, want)
		}
	}
}

type troubledPlatform struct {
	chat.Platform
	trouble error
}

func (p troubledPlatform) Trouble() error { return p.trouble }

// namingPlatform tells what a channel is called, until it fails.
type namingPlatform struct {
	chat.Platform
	name  chat.ChannelName
	err   error
	asked int
}

func (p *namingPlatform) ChannelName(context.Context, chat.ChannelID) (chat.ChannelName, error) {
	p.asked++
	if p.err != nil {
		return chat.ChannelName{Platform: p.name.Platform, Server: p.name.Server}, p.err
	}
	return p.name, nil
}

// A channel's name is asked for now and then, so that a new one is learnt, and one that
// was learnt serves when the bot has been put out of the channel.
func TestChannelNamesAreKeptFreshAndOutliveTheChannel(t *testing.T) {
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	id := chat.ChannelID{Connection: "region", Channel: "C1"}
	platform := &namingPlatform{name: chat.ChannelName{Channel: "quality", Platform: "Mattermost", Server: "chat.region.se"}}
	names := newChannelNames(map[string]chat.Platform{"region": platform}, func() time.Time { return now })
	names.learn(t.Context(), id)
	names.wait()
	for range 3 {
		if got := names.name(t.Context(), id); got != platform.name || platform.asked != 1 {
			t.Errorf("%v, asked %d times; want %v, asked once", got, platform.asked, platform.name)
		}
	}
	platform.name.Channel = "learning"
	now = now.Add(channelNameFresh)
	if got := names.name(t.Context(), id); got != platform.name {
		t.Errorf("renamed: %v, want %v", got, platform.name)
	}
	platform.err = chat.ErrGone
	now = now.Add(channelNameFresh)
	if got := names.name(t.Context(), id); got != platform.name {
		t.Errorf("put out: %v, want what was learnt, %v", got, platform.name)
	}
	other := chat.ChannelID{Connection: "region", Channel: "C2"}
	if got := names.name(t.Context(), other); got.Channel != "" || got.Server != "chat.region.se" {
		t.Errorf("a channel that was never seen: %v, want its server", got)
	}
}
