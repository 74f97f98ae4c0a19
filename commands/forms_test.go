package commands_test

import (
	"slices"
	"strings"
	"testing"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/chat/playground"
)

// Every field of every form, filled in wrongly, is told of at once: what can be wrong with a
// field stands at it, and nobody mends one only to hear of the next.
func TestAllMistakesOfAFormAtOnce(t *testing.T) {
	number := "Pat 19121212-1212"
	for name, test := range map[string]struct {
		who    string
		closed bool // the round is
		press  string
		opens  string
		values map[string]string
		want   []string
	}{
		"open": {who: "ruth", closed: true, opens: "/round open", values: map[string]string{"period": "soon", "due": "whenever", "closes": "later"}, want: []string{"period", "due", "closes"}},
		"open, in the past": {
			who: "ruth", closed: true, opens: "/round open", values: map[string]string{"period": "soon", "due": "2020-01-01", "closes": "later"}, want: []string{"period", "due", "closes"},
		},
		"extend": {
			who: "ruth", opens: "/round extend", values: map[string]string{"due": "whenever", "closes": "later"}, want: []string{"due", "closes"},
		},
		"commit": {who: "anna", opens: "/round commit", values: map[string]string{"text": number, "until": "whenever"}, want: []string{"text", "until"}},
		"commit, in the past": {
			who: "anna", opens: "/round commit", values: map[string]string{"text": number, "until": "2020-01-01"}, want: []string{"text", "until"},
		},
		"away": {who: "anna", opens: "/round away", values: map[string]string{"from": "whenever", "until": "later"}, want: []string{"from", "until"}},
		"settings": {
			who: "ruth", opens: "/round settings", press: "Change something",
			values: map[string]string{"name": number, "zone": "Mars", "holidays": "xx", "small_number": "few", "keep_texts": "long", "publish": "soon"},
			want:   []string{"name", "zone", "holidays", "small_number", "keep_texts", "publish"},
		},
		"reopen":              {who: "ruth", closed: true, opens: "/round reopen", values: map[string]string{"closes": "whenever", "reason": number}, want: []string{"closes", "reason"}},
		"reopen, in the past": {who: "ruth", closed: true, opens: "/round reopen", values: map[string]string{"closes": "2020-01-01", "reason": number}, want: []string{"closes", "reason"}},
		"join":                {who: "anna", opens: "/round join", values: map[string]string{"organisation": "", "new": number, "profession": "facilitator"}, want: []string{"new", "profession"}},
		"submit": {
			who: "anna", opens: "/round submit",
			values: map[string]string{
				"falls": "12", "falls.note": number, "sores": "-1/10", "pain": "three", "visits": "many", "stay": "4 kg", "safety": "does-not-fit", "board": "does-not-fit", "handover": number,
			},
			want: []string{"falls", "sores", "pain", "visits", "stay", "safety.note", "board.note", "handover"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := openStage(t)
			if test.closed {
				s.must(t, s.decide(benchmark.CloseRound{}))
			}
			seen, err := s.chat.Type(s.ctx, person(test.who), s.channel, test.opens)
			s.must(t, err)
			if test.press != "" {
				seen, err = s.chat.Press(s.ctx, person(test.who), seen.Private.ID, test.press)
				s.must(t, err)
			}
			if seen.Form == nil {
				t.Fatalf("no form: %+v", seen.Private)
			}
			seen, err = s.chat.Fill(s.ctx, person(test.who), test.values)
			s.must(t, err)
			mistakesAt(t, seen, test.want)
		})
	}
}

// The form that sets a network up tells all mistakes at once too.
func TestAllMistakesOfSetupAtOnce(t *testing.T) {
	s, err := newStage()
	s.must(t, err)
	t.Cleanup(s.close)
	s.must(t, s.chat.Join(chat.Person{ID: person("ruth"), Name: "Ruth"}))
	_, err = s.chat.Type(s.ctx, person("ruth"), s.channel, "/round setup")
	s.must(t, err)
	number := "Pat 19121212-1212"
	seen, err := s.chat.Fill(s.ctx, person("ruth"), map[string]string{
		"name": number, "organisations": "North\nNorth", "profession": number, "zone": "Mars", "holidays": "xx",
	})
	s.must(t, err)
	mistakesAt(t, seen, []string{"name", "organisations", "profession", "zone", "holidays"})
}

// mistakesAt says which fields of a form that is shown again lack their mistake.
func mistakesAt(t *testing.T, seen playground.Seen, want []string) {
	t.Helper()
	if seen.Form == nil {
		t.Fatalf("no form again: %+v", seen.Private)
	}
	var wrong []string
	for _, f := range seen.Form.Fields {
		if f.Error != "" {
			wrong = append(wrong, f.Name)
		}
	}
	for _, name := range want {
		if !slices.Contains(wrong, name) {
			t.Errorf("nothing is said at %q; only at %s, and %q", name, strings.Join(wrong, ", "), seen.Form.Error)
		}
	}
}
