package freetext

import (
	"strings"
	"testing"
)

func TestReadGap(t *testing.T) {
	spaces, marks := func(n int) string { return strings.Repeat(" ", n) }, func(n int) string { return strings.Repeat("*", n) }
	for between, want := range map[string]gap{
		"":                            {},
		" ":                           {sign: ' '},
		"**":                          {},
		"* *":                         {sign: ' '},
		"-":                           {sign: '-'},
		" - ":                         {sign: '-'},
		"+":                           {sign: '+'},
		"-+":                          {sign: '+'},
		"/-":                          {sign: '-'},
		"./":                          {sign: '.'},
		"…":                           {sign: '…'},
		"……":                          {sign: '…'},
		"----":                        {sign: '-'},
		"\n":                          {sign: ' ', broken: true},
		"-\n":                         {sign: '-', broken: true},
		spaces(8):                     {sign: ' '},
		spaces(4) + "-" + spaces(4):   {sign: '-'},
		"\n" + spaces(20):             {sign: ' ', broken: true},
		spaces(8) + "\n" + spaces(20): {sign: ' ', broken: true},
		marks(40):                     {},
		" last four ":                 {sign: wordsBetween},
		", sista fyra: ":              {sign: wordsBetween},
	} {
		if got, ok := readGap([]rune(between)); !ok || got != want {
			t.Errorf("%q is %+v, %v, want %+v", between, got, ok, want)
		}
	}
	for _, between := range []string{spaces(9), spaces(4) + "-" + spaces(5), "-----", marks(41), "x", " last person ", "€", "!", "%", spaces(9) + "\n"} {
		if got, ok := readGap([]rune(between)); ok {
			t.Errorf("%q is taken for what stands between two groups: %+v", between, got)
		}
	}
}

// A row of at most thirteen digits may be a number, and what is longer isn't.
func TestLongestRow(t *testing.T) {
	for text, want := range map[string]string{
		"1111191598403": "1111191598403", "11111915984031": "", "111119 1598403": "1111191598403", "111119 15984031": "111119", "1 2 3": "123", "1": "1",
	} {
		groups := digitGroups([]rune(text))
		got := ""
		for w, ok := newWindow([]rune(text), groups, 0, nil); ok; ok = w.extend() {
			got = w.digits
		}
		if got != want {
			t.Errorf("of %q the longest row is %q, want %q", text, got, want)
		}
	}
}
