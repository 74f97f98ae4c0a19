package chat_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat"
)

func TestQuiet(t *testing.T) {
	tests := map[string]string{
		"":                               "",
		"nothing here":                   "nothing here",
		"@channel look":                  "＠channel look",
		"look @here, @all and @everyone": "look ＠here, ＠all and ＠everyone",
		"(@Anna.berg)":                   "(＠Anna.berg)",
		"<!here> and <@U123|anna>":       "＜!here> and ＜＠U123|anna>",
		"<!subteam^S1|@nurses>":          "＜!subteam^S1|＠nurses>",
		"@@all":                          "＠＠all",
		"write to anna@example.org":      "write to anna@example.org",
		"åsa@sjukhus.se":                 "åsa@sjukhus.se",
		"_@channel-@here.@all":           "_＠channel-＠here.＠all",
		"e\u0301@here":                   "e\u0301＠here",
		"we meet @ 9":                    "we meet @ 9",
		"ends with @":                    "ends with ＠",
		"3 < 4 and <b>":                  "3 < 4 and <b>",
		"\u2066a\u2067b\u2068c\u2069d\u202ae\u202bf\u202cg\u202dh\u202ei\u200ej\u200fk\u061cl": "abcdefghijkl",
		"<\u2066!here> @\u202eall": "＜!here> ＠all",
		"\xff@here":                "\uFFFD＠here",
	}
	for in, want := range tests {
		if diff := cmp.Diff(want, chat.Quiet(in)); diff != "" {
			t.Errorf("chat.Quiet(%q) (-want +got):\n%s", in, diff)
		}
	}
}

func FuzzQuiet(f *testing.F) {
	for _, s := range []string{"@channel", "a@b.c", "<!here>", "x.@all", "@@here", "_@here", "@\u200bhere", "\xff\xfe@", "é@all", "<\u2066!here", "@\u202e"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := chat.Quiet(s)
		if again := chat.Quiet(got); again != got {
			t.Errorf("chat.Quiet(%q) = %q, and again %q", s, got, again)
		}
		if n := utf8.RuneCountInString(s); n < utf8.RuneCountInString(got) {
			t.Errorf("chat.Quiet(%q) = %q is longer", s, got)
		}
		if m := mentions(got); len(m) > 0 {
			t.Errorf("chat.Quiet(%q) = %q mentions %q", s, got, m)
		}
		if strings.Contains(got, "<!") || strings.Contains(got, "<@") {
			t.Errorf("chat.Quiet(%q) = %q is a mention on Slack", s, got)
		}
	})
}

// mentions reads a text as Mattermost's server does when it looks for mentions:
// it splits at all but letters, numbers and ":.-_@", strips ":.-_" at both
// ends, and tries again with the parts between ".-:".
func mentions(text string) []string {
	var found []string
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !strings.ContainsRune(":.-_@", r) && !unicode.IsLetter(r) && !unicode.IsNumber(r)
	})
	for _, w := range words {
		parts := append(strings.FieldsFunc(w, func(r rune) bool { return strings.ContainsRune(".-:", r) }), w)
		for _, p := range parts {
			p = strings.Trim(p, ":.-_")
			if strings.HasPrefix(p, "@") && len(p) > 1 {
				found = append(found, p)
			}
		}
	}
	return found
}
