package slack

import (
	"fmt"
	"strings"
	"testing"

	"github.com/slack-go/slack"
	"pgregory.net/rapid"

	"roundtable/chat"
)

func TestCut(t *testing.T) {
	for _, tt := range []struct {
		text string
		most int
		want []string
	}{
		{"", 5, []string{""}},
		{"short", 5, []string{"short"}},
		{"one two three", 8, []string{"one two", "three"}},
		{"First one. Second", 13, []string{"First one.", "Second"}},
		{"line one\nline two", 12, []string{"line one", "line two"}},
		{"ååååååååå", 4, []string{"åååå", "åååå", "å"}},
		{"one\n\ntwo three", 8, []string{"one\n\ntwo", "three"}},
	} {
		if got := cut(tt.text, tt.most); fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("cut(%q, %d) = %q, want %q", tt.text, tt.most, got, tt.want)
		}
	}
}

func TestCutLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("ab. å\n"))).Draw(t, "text")
		most := rapid.IntRange(2, 20).Draw(t, "most")
		parts := cut(text, most)
		for _, p := range parts {
			if length(p) > most {
				t.Fatalf("%q is longer than %d", p, most)
			}
		}
		bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if got := strings.Join(parts, " "); bare(got) != bare(text) {
			t.Fatalf("cut(%q) = %q", text, parts)
		}
	})
}

// TestDivideKeepsLimits makes messages as long as the bot allows.
func TestDivideKeepsLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := chat.Message{Text: "text"}
		words := func(most int) string {
			return strings.Repeat("word ", rapid.IntRange(1, most/5).Draw(t, "words"))
		}
		left := chat.MaxText - 100
		for range rapid.IntRange(0, chat.MaxBlocks).Draw(t, "blocks") {
			if left < 10 {
				break
			}
			text := words(min(left, 8000))
			left -= length(text)
			switch rapid.IntRange(0, 5).Draw(t, "kind") {
			case 0:
				m.Blocks = append(m.Blocks, chat.Heading{Text: text})
			case 1:
				m.Blocks = append(m.Blocks, chat.Quote{Text: text, By: "Anna"})
			case 2:
				m.Blocks = append(m.Blocks, chat.Items{Items: strings.Split(text, " w")})
			case 3:
				m.Blocks = append(m.Blocks, chat.Facts{Facts: []chat.Fact{{Name: "a", Value: text}, {Name: "b", Value: "c"}}})
			case 4:
				m.Blocks = append(m.Blocks, chat.Footnote{Text: text})
			default:
				m.Blocks = append(m.Blocks, chat.Paragraph{Text: text})
			}
		}
		for _, part := range divide(m, pieces(m, nil)) {
			if len(part.blocks) == 0 || len(part.blocks) > maxBlocks || part.text == "" || length(part.text) > maxFallback {
				t.Fatalf("a post of %d blocks and %d characters of text", len(part.blocks), length(part.text))
			}
			if _, heading := part.blocks[len(part.blocks)-1].(*slack.HeaderBlock); heading && len(part.blocks) > 2 && len(m.Blocks) > 0 {
				if last, ok := m.Blocks[len(m.Blocks)-1].(chat.Heading); !ok || length(last.Text) > maxHeader {
					t.Fatal("a heading stands last")
				}
			}
		}
	})
}

// A notification that is cut short ends with no half of an escaped character.
func TestFallbackIsCutBetweenCharacters(t *testing.T) {
	for _, sign := range []string{"&", "<", ">"} {
		for n := range 12 {
			text := strings.Repeat("a", maxFallback-n) + strings.Repeat(sign, 12)
			got := fallback(text)
			bare := escapes.Replace(unescapes.Replace(got))
			if bare != got || length(got) > maxFallback || !strings.HasSuffix(got, "…") {
				t.Errorf("%d characters and then %s end with %q", maxFallback-n, sign, got[len(got)-20:])
			}
		}
	}
	if got := fallback("R&D <3"); got != "R&amp;D &lt;3" {
		t.Errorf("a short one reads %q", got)
	}
}
