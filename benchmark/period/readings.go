package period

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// longest is how much of a text is looked at, in bytes; no period is longer.
const longest = 40

// form is one way to write periods.
type form struct {
	pattern *regexp.Regexp
	read    func(parts []string) []string
}

// names of months, by their first three letters in the languages of the house.
var names = map[string]int{
	"JAN": 1, "FEB": 2, "MAR": 3, "APR": 4, "MAY": 5, "MAJ": 5, "JUN": 6, "JUL": 7, "AUG": 8,
	"SEP": 9, "OCT": 10, "OKT": 10, "NOV": 11, "DEC": 12,
}

const (
	year     = `([1-9]\d{3})`
	month    = `(JAN|FEB|MAR|APR|MAY|MAJ|JUN|JUL|AUG|SEP|OCT|OKT|NOV|DEC|JANUARY|JANUARI|FEBRUARY|FEBRUARI|MARCH|MARS|APRIL|JUNE|JUNI|JULY|JULI|AUGUST|AUGUSTI|SEPT|SEPTEMBER|OCTOBER|OKTOBER|NOVEMBER|DECEMBER)`
	piece    = `(Q|K|KV|KVARTAL|QUARTER|T|TERTIAL|H|S|HALF|HALVÅR)`
	week     = `(?:W|V|WEEK|VECKA)`
	joint    = `[ \-/]?`
	midnight = `(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?`
)

// forms, the usual first. What matches one is looked for in no other.
var forms = []form{
	{whole(year), func(p []string) []string { return []string{p[0]} }},
	{whole(year, joint, piece, ` ?`, `(\d{1,2})`), func(p []string) []string { return pieceOf(p[1], number(p[0]), number(p[2])) }},
	{whole(piece, ` ?`, `(\d)`, `[ \-/]`, year), func(p []string) []string { return pieceOf(p[0], number(p[2]), number(p[1])) }},
	{whole(`(VT|HT)[ \-/]?(?:20)?(\d\d)`), func(p []string) []string { return termOf(p[0], 2000+number(p[1])) }},
	{whole(year, joint, `(VT|HT)`), func(p []string) []string { return termOf(p[1], number(p[0])) }},
	{whole(year, joint, week, ` ?`, `(\d{1,2})`), func(p []string) []string { return weekOf(p[0], p[1]) }},
	{whole(week, ` ?`, `(\d{1,2})`, `[ \-/]`, year), func(p []string) []string { return weekOf(p[1], p[0]) }},
	{whole(year, `-?M`, `(\d{1,2})`), func(p []string) []string { return monthOf(number(p[0]), number(p[1])) }},
	{whole(`(0?[1-9]|1[0-2])`, `[\-/.]`, year), func(p []string) []string { return monthOf(number(p[1]), number(p[0])) }},
	{whole(month, `\.?[ \-/]?`, year), func(p []string) []string { return monthOf(number(p[1]), names[p[0][:3]]) }},
	{whole(year, `[ \-/]`, month, `\.?`), func(p []string) []string { return monthOf(number(p[0]), names[p[1][:3]]) }},
	{whole(month, `\.?[ \-/]`, `(\d\d)`), func(p []string) []string { return monthOf(century(number(p[1])), names[p[0][:3]]) }},
	{whole(year, `/`, `(\d\d)`), func(p []string) []string { return slashed(number(p[0]), number(p[1])) }},
	{whole(year, `-?`, `(\d\d)`), func(p []string) []string { return monthOrFinancial(number(p[0]), number(p[1])) }},
	{whole(year, `-FY`, `(\d\d)`), func(p []string) []string { return financial(number(p[0]), number(p[1])) }},
	{whole(`FY ?`, year, `[\-/]`, `(?:\d\d)?(\d\d)`), func(p []string) []string { return financial(number(p[0]), number(p[1])) }},
	{whole(year, `/`, year), func(p []string) []string { return spanOf(number(p[0]), number(p[1]), Financial) }},
	{whole(year, `-`, year), func(p []string) []string { return spanOf(number(p[0]), number(p[1]), "") }},
	{whole(year, ` ?\+ ?`, year), func(p []string) []string { return spanOf(number(p[0]), number(p[1]), Years) }},
	{whole(year, `[\-/]`, `(\d\d)`, `[\-/]`, `(\d\d)`, midnight), func(p []string) []string { return dated(p[0], p[1], p[2]) }},
	{whole(year, `(0[1-9]|1[0-2])`, `(\d\d)`), func(p []string) []string { return dated(p[0], p[1], p[2]) }},
}

func whole(parts ...string) *regexp.Regexp {
	return regexp.MustCompile(`^` + strings.Join(parts, "") + `$`)
}

var dashes = strings.NewReplacer("–", "-", "—", "-", "‐", "-", "‑", "-", "−", "-", "\u00a0", " ", "\u202f", " ", "å", "Å")

// Readings returns the ids of all that a text can mean, the likeliest first: none
// for what is no period. Most can mean one thing only.
//
//	2026  2026-H2  2026-T3  2026-Q4  2026-11  2026-W07  1991-1995
//	2026Q4  2026K4  Q4 2026  kv 4 2026  H2 2026  2026S2
//	202611  2026M11  2026/11  11/2026  Nov-26  nov 2026  November 2026
//	2023/24  2023-24  2023/2024  FY2023/24   financial years
//	VT 2026  HT26  2026 VT   Swedish terms, as halves of the year
//	2026W7  v7 2026   2026-11-05  20261105   2009+2010
//
// T is a third of a year, four months. A financial year begins in April.
func Readings(typed string) []string {
	if len(typed) > longest {
		return nil
	}
	text := strings.ToUpper(strings.Join(strings.Fields(dashes.Replace(typed)), " "))
	for _, f := range forms {
		if m := f.pattern.FindStringSubmatch(text); m != nil {
			return f.read(m[1:])
		}
	}
	return nil
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits) // the patterns have digits only
	return n
}

func pieceOf(word string, year, k int) []string {
	switch word[0] {
	case 'Q', 'K':
		return partID("Q", year, k)
	case 'T':
		return partID("T", year, k)
	}
	return partID("H", year, k) // S is a semester
}

// termOf is a Swedish term as what a year is halved by: VT is spring's, HT autumn's.
func termOf(word string, year int) []string {
	if word == "VT" {
		return partID("H", year, 1)
	}
	return partID("H", year, 2)
}

func weekOf(year, week string) []string {
	if k := number(week); k >= 1 && k <= 53 {
		return []string{year + "-W" + pad(k)}
	}
	return nil
}

func pad(k int) string {
	if k < 10 {
		return "0" + strconv.Itoa(k)
	}
	return strconv.Itoa(k)
}

func monthOf(year, month int) []string {
	if month < 1 || month > 12 {
		return nil
	}
	return []string{monthID(year, month)}
}

// century returns the year of two digits, as a spreadsheet takes them.
func century(yy int) int {
	if yy < 50 {
		return 2000 + yy
	}
	return 1900 + yy
}

// monthOrFinancial is 2009-10: both, when the two digits are those of the next year.
func monthOrFinancial(year, k int) []string {
	readings := monthOf(year, k)
	if k == (year+1)%100 {
		readings = append(readings, financialID(year))
	}
	return readings
}

// slashed is 2009/10: a financial year first of all, when it can be one.
func slashed(year, k int) []string {
	if k == (year+1)%100 {
		return append([]string{financialID(year)}, monthOf(year, k)...)
	}
	return monthOf(year, k)
}

func financial(year, k int) []string {
	if k != (year+1)%100 {
		return nil
	}
	return []string{financialID(year)}
}

// mostApart is how many years a period's last one may lie after its first.
const mostApart = 100

// spanOf is several years together; of two that follow each other also the financial
// year between them, unless it is said which.
func spanOf(first, last int, said Length) []string {
	switch {
	case last <= first || last-first > mostApart, said == Financial && last != first+1:
		return nil
	case said == Financial:
		return []string{financialID(first)}
	case said == Years || last != first+1:
		return []string{yearsID(first, last)}
	}
	return []string{yearsID(first, last), financialID(first)}
}

// dated is a date: the day, and what of the year begins or ends on it.
func dated(year, month, day string) []string {
	y, m, d := number(year), number(month), number(day)
	at := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if m < 1 || int(at.Month()) != m || at.Day() != d {
		return nil
	}
	date := at.Format(time.DateOnly)
	before := m - 1 // months that lie before what begins, or are over with what ends
	ends := at.AddDate(0, 0, 1).Day() == 1
	switch {
	case ends:
		before = m
	case d != 1:
		return []string{date}
	}
	readings := []string{monthID(y, m)}
	for _, letter := range []string{"Q", "T", "H"} {
		if months := part[letter].months; before%months == 0 {
			readings = append(readings, partID(letter, y, (m-1)/months+1)...)
		}
	}
	if before%12 == 0 {
		readings = append(readings, year)
	}
	switch {
	case before == 3 && ends:
		readings = append(readings, financialID(y-1))
	case before == 3:
		readings = append(readings, financialID(y))
	}
	return append(readings, date)
}
