// Package period reads what people and programs write for a period, and gives it
// the one id that the house knows it by.
//
// Some of it can mean several things: 2009-10 is a month or a year that begins in
// one calendar year and ends in the next, 2024-01-01 is a day or the month, quarter
// or year that begins on it. [Readings] returns all that it can mean, and whoever
// reads decides by what stands beside it, or asks. [Write] returns how to say one of
// them so that it can mean nothing else.
//
// Whether a week is there in its year, and on which days a period begins and ends,
// is package benchmark's.
package period

import (
	"fmt"
	"strconv"
)

// Length is how long a period is. Figures of one length are compared over time; of
// two they are not.
type Length string

// The lengths. Of several years together it is their number, "5-years".
const (
	Day       Length = "day"
	Week      Length = "week"
	Month     Length = "month"
	Quarter   Length = "quarter"
	Third     Length = "third" // of a year: four months
	Half      Length = "half"
	Year      Length = "year"
	Financial Length = "financial-year" // from April to March
	Years     Length = "years"          // several together, however many
)

// Lengths are those that somebody may choose among, the shortest first.
func Lengths() []Length {
	return []Length{Day, Week, Month, Quarter, Third, Half, Year, Financial, Years}
}

// part of a year, by its letter in an id.
var part = map[string]struct {
	length Length
	months int
}{"Q": {Quarter, 3}, "T": {Third, 4}, "H": {Half, 6}}

// partID returns the id of a part of a year; none when the year has no such part.
func partID(letter string, year, k int) []string {
	if k < 1 || k > 12/part[letter].months {
		return nil
	}
	return []string{fmt.Sprintf("%d-%s%d", year, letter, k)}
}

func monthID(year, month int) string { return fmt.Sprintf("%d-%02d", year, month) }

func financialID(year int) string { return fmt.Sprintf("%d-FY%02d", year, (year+1)%100) }

func yearsID(first, last int) string { return fmt.Sprintf("%d-%d", first, last) }

// lengthOf returns the length of what has an id.
func lengthOf(id string) Length {
	rest := ""
	if len(id) > 5 {
		rest = id[5:]
	}
	switch {
	case len(id) == 4:
		return Year
	case len(rest) == 2 && part[rest[:1]].length != "":
		return part[rest[:1]].length
	case len(rest) == 2:
		return Month
	case len(rest) == 3:
		return Week
	case len(rest) == 4 && rest[0] == 'F':
		return Financial
	case len(rest) == 4:
		return Years
	}
	return Day
}

// Write returns a way to write an id that can mean nothing else: "2009M10",
// "2009/10", "2009+2010", and else the id.
func Write(id string) string {
	year, _ := strconv.Atoi(id[:min(len(id), 4)])
	switch lengthOf(id) {
	case Month:
		if id == monthID(year, (year+1)%100) {
			return id[:4] + "M" + id[5:]
		}
	case Financial:
		return id[:4] + "/" + id[7:]
	case Years:
		if id[5:] == strconv.Itoa(year+1) { // else it can mean nothing else
			return id[:4] + "+" + id[5:]
		}
	case Day, Week, Quarter, Third, Half, Year:
	}
	return id
}

// Choose returns the ids of those readings that are of one length.
func Choose(readings []string, l Length) []string {
	var chosen []string
	for _, id := range readings {
		if lengthOf(id) == l {
			chosen = append(chosen, id)
		}
	}
	return chosen
}
