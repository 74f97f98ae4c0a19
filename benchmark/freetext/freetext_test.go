package freetext

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestClean(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"plain", "New ward since May.", "New ward since May."},
		{"nothing", " \n\t ", ""},
		{"line breaks", "a\r\nb\rc\vd\fe\u0085f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh"},
		{"blank lines", "a\n\n\nb\n\n\n\n\nc", "a\n\n\nb\n\n\nc"},
		{"blank lines with space in them", "a\n \n\t\n\u00a0\n\nb", "a\n\n\nb"},
		{"space at the ends", "  a \t\nb  \n", "a\nb"},
		{"inner space is kept", "a  b\n  c", "a  b\n  c"},
		{"tab", "a\tb", "a b"},
		{"control characters", "a\x00b\x07c\x1b[31md\x7fe\u0090f", "abc[31mdef"},
		{"not UTF-8", "a\xffb\xc3", "a\uFFFDb\uFFFD"},
		{"Trojan source", "a\u202eb\u2066c\u2069d\u202c", "abcd"},
		{"direction marks", "a\u200eb\u200fc\u061cd", "abcd"},
		{"zero width", "a\u200bb\ufeffc\u2060d\u00ade\u180ef", "abcdef"},
		{"joiners in Latin", "a\u200db\u200cc", "abc"},
		{"joiners in digits", "85\u200c07", "8507"},
		{"joiner in Persian", "می\u200cخواهم", "می\u200cخواهم"},
		{"joiner in Hindi", "क्\u200dष", "क्\u200dष"},
		{"family", "👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"},
		{"health worker", "👩🏽\u200d⚕\ufe0f", "👩🏽\u200d⚕\ufe0f"},
		{"rainbow flag", "🏳\ufe0f\u200d🌈", "🏳\ufe0f\u200d🌈"},
		{"Scotland", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f!", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f!"},
		{"hidden in tags", "hi\U000e0068\U000e0069", "hi"},
		{"tags after a flag", "🏴\U000e0067\U000e007f\U000e0068", "🏴\U000e0067\U000e007f"},
		{"hidden in selectors", "a\ufe0f\ufe01\U000e0101\ufe02", "a\ufe0f"},
		{"selector of nothing", "\ufe0fa \ufe0f", "a"},
		{"fillers", "a\u3164b\u115fc\u034fd\uffa0e", "abcde"},
		{"noncharacter", "a\ufdd0b\U0001ffffc", "abc"},
		{"accents", "Åsa Wångström, e\u0301", "Åsa Wångström, e\u0301"},
	}
	for _, test := range tests {
		got, err := Clean(test.text, 100)
		if err != nil || got != test.want {
			t.Errorf("%s: %q, %v, want %q", test.name, got, err, test.want)
		}
	}
}

func TestCleanTooLong(t *testing.T) {
	got, err := Clean(" åäö\u200bé ", 3)
	tooLong, ok := errors.AsType[*TooLongError](err)
	if !ok {
		t.Fatalf("%v, want a TooLongError", err)
	}
	if diff := cmp.Diff(&TooLongError{Limit: 3, Over: 1}, tooLong); diff != "" {
		t.Error(diff)
	}
	if got != "åäöé" {
		t.Errorf("%q, want all of the text", got)
	}
	if _, err := Clean(" åäö ", 3); err != nil {
		t.Errorf("just long enough: %v", err)
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"", "a\r\n\n\n\nb", "👩🏽\u200d⚕\ufe0f", "می\u200cخواهم", "a\xff\u202e", "🏴\U000e0067\U000e007f", "\u200d\ufe0f\u200d", "1\ufe0f\u20e3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := Clean(text, 50)
		if n := utf8.RuneCountInString(got); (n > 50) != (err != nil) {
			t.Fatalf("%q: %d runes, %v", text, n, err)
		}
		if again, _ := Clean(got, 50); again != got {
			t.Fatalf("%q is cleaned to %q, and that to %q", text, got, again)
		}
		if !utf8.ValidString(got) || strings.TrimSpace(got) != got || strings.Contains(got, "\n\n\n\n") {
			t.Fatalf("%q is cleaned to %q", text, got)
		}
		for _, r := range got {
			if r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control)) {
				t.Fatalf("%q keeps %U", text, r)
			}
		}
	})
}
