package main

import (
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
	found := seatFindings(t.Context(), j, "region")
	if len(found) != len(chat.Obstacles) {
		t.Errorf("check finds %d, want one for each of %v", len(found), chat.Obstacles)
	}
	for _, f := range found {
		if f.Severity != chat.Lacking || f.Mend == "" || !strings.Contains(f.What, "C1") || strings.Contains(f.What, "Anna") {
			t.Errorf("check finds %+v", f)
		}
	}
	if other := seatFindings(t.Context(), j, "another"); len(other) > 0 {
		t.Errorf("at another connection check finds %+v", other)
	}
	answer := httptest.NewRecorder()
	healthHandler(j, tables, []config.Connection{{Name: "region"}}, nil).ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/healthz", nil))
	if body := answer.Body.String(); answer.Code != http.StatusOK || !strings.Contains(body, "connection region: ok") || !strings.Contains(body, "1 channel can't be posted to") {
		t.Errorf("health: %d %s", answer.Code, body)
	}
}
