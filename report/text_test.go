package report

import (
	"strings"
	"testing"
)

func TestHarmless(t *testing.T) {
	for text, want := range map[string]string{
		"":                           "",
		"new ward":                   "new ward",
		"3-4 falls = many; fewer":    "3-4 falls = many; fewer",
		"=1+1":                       "'=1+1",
		"+46 31":                     "'+46 31",
		"-3":                         "'-3",
		"@all":                       "'@all",
		"＝1":                         "'＝1",
		" \t=1":                      " \t'=1",
		"\r@x":                       "\r'@x",
		"'=1":                        "''=1",
		"'quoted'":                   "'quoted'",
		"a;=1":                       "a;'=1",
		"a\n- b\n- c":                "a\n'- b\n'- c",
		`=HYPERLINK("http://x";"y")`: `'=HYPERLINK("http://x";"y")`,
	} {
		if got := escapeFormula(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if got := unescapeFormula(want); got != text {
			t.Errorf("%q back: %q, want %q", want, got, text)
		}
	}
}

func FuzzHarmless(f *testing.F) {
	f.Add("a;=1\n'@x")
	f.Add("\t\t''=;;-")
	f.Fuzz(func(t *testing.T, text string) {
		safe := escapeFormula(text)
		if got := unescapeFormula(safe); got != text {
			t.Errorf("%q becomes %q, and %q again", text, safe, got)
		}
		for _, cell := range strings.FieldsFunc(safe, func(r rune) bool { return strings.ContainsRune(";\t\r\n", r) }) {
			if cell = strings.TrimLeft(cell, " "); cell != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(cell)[0]) {
				t.Errorf("%q holds the formula %q", safe, cell)
			}
		}
	})
}
