package freetext

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// specimens are digits that stand for a kind of number each: those of test series and
// textbooks, which nobody has, and what is like them and isn't one.
var specimens = []struct{ name, digits string }{
	{"Swedish", "8112189876"},
	{"Swedish with its century", "198112189876"},
	{"Swedish, mistyped", "8112189875"},
	{"Swedish, or a time", "1903121430"},
	{"Swedish with its century, or a time", "201903121430"},
	{"Swedish, or a mobile telephone", "0701234569"},
	{"Swedish, not registered", "7010632391"},
	{"Swedish, day before month", "181219819876"},
	{"Norwegian", "11111598403"},
	{"Norwegian with the year whole", "1111191598403"},
	{"Norwegian, mistyped", "11111598404"},
	{"Norwegian, not registered", "41010199946"},
	{"Norwegian of 2032", "01018510037"},
	{"Norwegian, of health care", "13527248013"},
	{"Norwegian, of health care, without a date", "81234500090"},
	{"Norwegian, of a test population", "01818510078"},
	{"Norwegian, of the other test population", "31928510029"},
	{"Danish", "2110625629"},
	{"Danish with the year whole", "211019625629"},
	{"Danish, without a control digit", "3112999900"},
	{"Danish, or a time", "1203261438"},
	{"British", "9434765919"},
	{"British, or a book's", "3598215088"},
	{"Scottish", "0101501366"},
	{"an organisation's", "5560360793"},
}

// partings are where digits may be parted: in up to three places, of those that are usual
// in some country, and a few others.
func partings(n int) [][]int {
	all := [][]int{nil}
	for a := 2; a < n; a++ {
		all = append(all, []int{a})
		for b := a + 1; b < n; b++ {
			all = append(all, []int{a, b})
			for c := b + 1; c < n && b < 9; c++ {
				if a != 5 && b != 5 && a != 7 && b != 7 {
					all = append(all, []int{a, b, c})
				}
			}
		}
	}
	return all
}

// betweens are what stands at the first parting, the second and the third.
var betweens = [][3]string{
	{" ", " ", " "},
	{"-", "-", "-"},
	{".", ".", "."},
	{"/", "/", "/"},
	{" ", " ", "-"},
	{"-", "-", " "},
	{".", ".", " "},
	{".", " ", "."},
	{"-", " ", ":"},
	{" ", "-", " "},
	{"\n", "\n", "\n"},
	{" ", " ", "-\n"},
	{"+", "+", "+"},
	{",", ",", ","},
	{" last four ", " last four ", " last four "},
}

var surroundings = []string{"%s", "pnr %s", "patient %s", "ref %s", "den %s", "%s 12"}

func partAt(digits string, places []int, between [3]string) string {
	var b strings.Builder
	from := 0
	for k, at := range places {
		// The sign nearest to the end is the last of the three.
		b.WriteString(digits[from:at] + between[3-len(places)+k])
		from = at
	}
	return b.String() + digits[from:]
}

func cell(text string) byte {
	_, v := PersonalNumber(text)
	return ".?!"[v]
}

// TestVerdicts holds every verdict on a great many ways to write a number against the last
// time: . is innocent, ? is asked about, ! is refused. Each sign of a line stands for one
// way to part the digits.
func TestVerdicts(t *testing.T) {
	written := make([]strings.Builder, len(specimens))
	t.Run("specimens", func(t *testing.T) {
		for k, s := range specimens {
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				writeVerdicts(&written[k], s.name, s.digits)
			})
		}
	})
	var all strings.Builder
	for k := range written {
		all.WriteString(written[k].String())
	}
	compareGolden(t, "testdata/verdicts.golden", all.String())
}

// writeVerdicts writes those on the digits, in every way to write them.
func writeVerdicts(b *strings.Builder, name, digits string) {
	ways := partings(len(digits))
	fmt.Fprintf(b, "# %s: %s\n", name, digits)
	for _, in := range surroundings {
		for _, between := range betweens {
			line := make([]byte, 0, len(ways))
			for _, places := range ways {
				line = append(line, cell(fmt.Sprintf(in, partAt(digits, places, between))))
			}
			cells := string(line)
			if strings.Trim(cells, cells[:1]) == "" {
				cells = cells[:1] + " always"
			}
			fmt.Fprintf(b, "%s\t%s\t%s\n", cells, in, strings.ReplaceAll(strings.Join(between[:], "|"), "\n", "¶"))
		}
	}
}

func compareGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}
