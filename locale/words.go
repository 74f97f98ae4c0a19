package locale

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	monthPeriod = regexp.MustCompile(`^(\d{4})-(0[1-9]|1[0-2])$`)
	partPeriod  = regexp.MustCompile(`^(\d{4})-(Q[1-4]|T[1-3]|H[12])$`)
)

// Period writes the id of a round in words when it names a part of a year:
// "2026-Q4" is "fourth quarter of 2026" or "fjärde kvartalet 2026", "2026-T1"
// the first four months, "2026-H2" the second half, "2026-10" "October 2026".
// All else, "2026" among it, is given back as it is.
func (l *Locale) Period(id string) string {
	if part := monthPeriod.FindStringSubmatch(id); part != nil {
		month, _ := strconv.Atoi(part[2]) // two digits, by the pattern
		return l.T("period.month", "Month", l.Month(time.Month(month)), "Year", part[1])
	}
	if part := partPeriod.FindStringSubmatch(id); part != nil {
		return l.T("period."+strings.ToLower(part[2]), "Year", part[1])
	}
	return id
}

// List joins words as in a sentence: "a", "a and b", "a, b and c". None gives "".
func (l *Locale) List(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	last := len(words) - 1
	return l.T("list.pair", "First", strings.Join(words[:last], l.T("list.comma")), "Last", words[last])
}
