package mattermost

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"roundtable/chat"
)

func TestEscape(t *testing.T) {
	// · stands for the character that nobody sees.
	tests := map[string]string{
		"":                            "",
		"plain words, 3/412 (0,7 %)!": "plain words, 3/412 (0,7 %)!",
		"*bold* _slanted_ `code`":     "\\*bold\\* \\_slanted\\_ \\`code\\`",
		"snake_case_name":             "snake\\_case\\_name",
		"~~gone~~ ~town-square":       "\\~\\~·gone\\~\\~ \\~·town-square",
		"[text](https://x.se)":        "\\[text](https://x.se)",
		"![picture](x)":               "!\\[picture](x)",
		"https://x.se/a_b*c?d=1#e":    "https://x.se/a_b*c?d=1#e",
		"see https://x.se/a_b, *now*": "see https://x.se/a_b, \\*now\\*",
		"# heading":                   "\\# heading",
		"#tag and C# and #1":          "#·tag and C# and #1",
		"> quote":                     "\\> quote",
		"a > b":                       "a > b",
		"- one\n+ two\n* three":       "\\- one\n\\+ two\n\\* three",
		"---":                         "\\---",
		"title\n===":                  "title\n·===",
		"1. one\n2) two":              "1\\. one\n2\\) two",
		"12,5 and 3.":                 "12,5 and 3.",
		"    code":                    "·    code",
		"\tcode":                      "·    code",
		"a | b\n--|--":                "a \\| b\n\\--\\|--",
		"<b>bold</b> <!-- x --> a<b":  "<·b>bold<·/b> ＜!-- x --> a<·b",
		"n <3 and <5":                 "n <·3 and <·5",
		":bulb: 10:30 a:b":            ":·bulb: 10:30 a:b",
		"fine :) ;-) :D":              "fine :·) ;·-) :·D",
		"ratio: 3":                    "ratio: 3",
		"a &amp; b & c":               "a &amp;amp; b & c",
		"$5 or $6":                    "&#36;5 or &#36;6",
		"just $5":                     "just $5",
		`\\server\share \_x \`:        `\\\server\share \·\_x \\`,
		"@channel and anna@x.se":      "＠channel and anna@x.se",
		"one\r\ntwo":                  "one\ntwo",
	}
	for text, want := range tests {
		if got := strings.ReplaceAll(escape(text), zeroWidth, "·"); got != want {
			t.Errorf("escape(%q)\n got %q\nwant %q", text, got, want)
		}
	}
}

// escapes are those of Mattermost's web page: a backslash before one of these,
// and before a backslash unless a letter follows.
var escapes = regexp.MustCompile("\\\\([`*{}\\[\\]()#+\\-.!_>~|\\\\])")

// reads is what people read, as far as the text alone says.
func reads(markdown string) string {
	s := strings.ReplaceAll(escapes.ReplaceAllString(markdown, "$1"), zeroWidth, "")
	return strings.NewReplacer("&amp;", "&", "&#36;", "$").Replace(s)
}

// markdownMark is what makes markup when it isn't escaped.
var markdownMark = regexp.MustCompile("(?m)^ {0,3}(#{1,6} |> |[-+] |\\d+[.)] |=+ *$)|^ {4}|:[a-zA-Z0-9_+-]+:|<[a-zA-Z0-9/!?]|[^\\\\][`\\[]|(^|[^\\\\a-zA-Z0-9/:._~%#?&=+*,;!-])[*~|]")

func FuzzEscape(f *testing.F) {
	for _, s := range []string{
		"a_b *c* `d`", "# x\n> y\n- z\n1. q", "\\\\x\\_y\\", "https://x.se/a_b_*c*", "$a$ & &lt; <b>", ":a::b: :) <3", "~a~~b~~", "[x](y) | z", "    x\n===", "@all\t#tag", "://_", "http://a\\*b*",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.Contains(text, zeroWidth) || strings.Contains(text, "\r") || strings.Contains(text, "\\") {
			return // reads would not give these back
		}
		got := escape(text)
		if !utf8.ValidString(got) {
			t.Fatalf("not UTF-8: %q", got)
		}
		want := strings.ReplaceAll(chat.Quiet(text), "\t", "    ")
		if webLink.FindStringIndex(text) == nil && !strings.Contains(text, "://") {
			if read := reads(got); read != want {
				t.Errorf("escape(%q) = %q reads %q, want %q", text, got, read, want)
			}
			if at := markdownMark.FindString(got); at != "" {
				t.Errorf("escape(%q) = %q has markup: %q", text, got, at)
			}
		}
		if chat.Quiet(got) != got {
			t.Errorf("escape(%q) = %q could ping", text, got)
		}
	})
}

func TestLabel(t *testing.T) {
	if got, want := plainLabel(" Go *now* :bulb: @all "), "Go *now* :"+zeroWidth+"bulb: ＠all"; got != want {
		t.Errorf("label is %q, want %q", got, want)
	}
}
