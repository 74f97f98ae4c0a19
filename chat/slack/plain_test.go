package slack

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPlain(t *testing.T) {
	names := func(user string) string { return map[string]string{"U1": "Anna"}[user] }
	for text, want := range map[string]string{
		"a &lt;b&gt; &amp; c":                        "a <b> & c",
		"&amp;lt;":                                   "&lt;",
		"ask <@U1> or <@U2> or <@U3|bo>":             "ask @Anna or @U2 or @bo",
		"in <#C1|ward> or <#C2>":                     "in #ward or #C2",
		"<!here> <!channel|channel> <!subteam^S1>":   "@here channel @subteam",
		"<!date^1392734382^{date}|18 February>":      "18 February",
		"<https://a.se/b>":                           "https://a.se/b",
		"<https://a.se/?a=1&amp;b=2>":                "https://a.se/?a=1&b=2",
		"<https://a.se|a.se>":                        "a.se",
		"<https://a.se/b|the rules>":                 "the rules (https://a.se/b)",
		"<mailto:anna@a.se|anna@a.se> <mailto:b@b.>": "anna@a.se b@b.",
		"<tel:0701|0701>":                            "0701",
		"12 < 13 & no end <":                         "12 < 13 & no end <",
		"*bold*, _so_, ~not~, *_both_*":              "bold, so, not, both",
		"*see <https://a.se/_b_|the list>*: `x_y`":   "see the list (https://a.se/_b_): x_y",
		":bulb: we did :+1::tada: :own-logo:":        "💡 we did 👍🎉 :own-logo:",
		":wave::skin-tone-4: 12:30:40":               "👋🏽 12:30:40",
		"```select *a*\n:bulb:``` *end*":             "select *a*\n:bulb: end",
		"• one\n• *two*\n```no end":                  "• one\n• two\n```no end",
		"2 * 3 * 4, fall_rate_x, a*b*c, ~5 to ~6":    "2 * 3 * 4, fall_rate_x, a*b*c, ~5 to ~6",
		"": "",
	} {
		if got := plain(text, names); got != want {
			t.Errorf("plain(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestAddressed(t *testing.T) {
	for text, want := range map[string]string{
		"<@UB> submit falls 3/412": "submit falls 3/412",
		"<@UB|rt>, help":           "help",
		"<@UB>: help":              "help",
		"<@UB>":                    "",
		"help <@UB>":               "help",
		"dear <@UB> help":          "help",
		"<@U1> ask <@UB> status":   "status",
	} {
		if got, is := addressed(text, "UB"); !is || got != want {
			t.Errorf("addressed(%q) = %q, %v, want %q", text, got, is, want)
		}
	}
	for _, text := range []string{"", "UB", "<@U1> help", "<#UB>", "@UB help", "&lt;@UB&gt;"} {
		if got, is := addressed(text, "UB"); is {
			t.Errorf("addressed(%q) = %q", text, got)
		}
	}
}

// FuzzEscape sees that nothing of a person's text is markup of Slack's, and that
// it comes back as it was.
func FuzzEscape(f *testing.F) {
	for _, s := range []string{"", "a", "<!here>", "<@U123>", "&lt;!channel&gt;", "@channel", "a@b.se", "<https://a.se|b>", "&amp;", "<<<>>>", "\x00", "å<", "@@all"} {
		f.Add(s)
	}
	entity := regexp.MustCompile(`&(amp|lt|gt);`)
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		got := escape(text)
		if strings.ContainsAny(got, "<>") || strings.Contains(entity.ReplaceAllString(got, ""), "&") {
			t.Errorf("escape(%q) = %q holds markup", text, got)
		}
		unquiet := strings.NewReplacer("＠", "@", "＜", "<")
		if back := plain(got, func(string) string { return "" }); unquiet.Replace(back) != unquiet.Replace(text) {
			t.Errorf("escape(%q) = %q, which reads %q", text, got, back)
		}
	})
}

// FuzzPlain sees that whatever comes is read.
func FuzzPlain(f *testing.F) {
	for _, s := range []string{"<@U1>", "<", "<>", "<|>", "<!>", "<#>", "<@|>", "<mailto:|>", "&lt", "<!^|>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		plain(text, func(string) string { return "" })
		if command, is := addressed(text, "UB"); is && !strings.Contains(text, command) {
			t.Errorf("addressed(%q) = %q", text, command)
		}
	})
}
