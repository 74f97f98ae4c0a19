package benchmark

import (
	"slices"
	"strconv"
	"strings"
)

// holdsSmallNumber says whether words hold a number that may tell who people are: a
// quotient that isn't clearly a date and of which either, or what is between them, is
// from 1 to the threshold ("2/9 died"), or so many people or events ("3 deaths"). It may
// hide too much, which costs little: who wrote it is told.
func holdsSmallNumber(words string, threshold int) bool {
	if threshold <= 0 {
		return false
	}
	said := noteWords(words)
	for k := range said {
		if q, _ := quotientAt(said[k:]); q != "" && isSmallQuotient(q, threshold) && !isClearDate(said, k) {
			return true
		}
	}
	return countsFew(said, threshold, ofPeople)
}

// isSmallQuotient says whether either number of a quotient, or what is between them, is
// small. "31/12" is none: of twelve, no thirty-one.
func isSmallQuotient(quotient string, threshold int) bool {
	first, second, _ := strings.Cut(quotient, "/")
	a, errA := strconv.Atoi(first)
	b, errB := strconv.Atoi(second)
	small := func(x int) bool { return x > 0 && x <= threshold }
	switch {
	case errA != nil || errB != nil || a > lastMonth && a <= lastDay && b <= lastMonth && a > b:
		return false
	case a <= b:
		return small(a) || small(b) || small(b-a)
	}
	return small(a) || small(b)
}

const (
	lastMonth = 12
	lastDay   = 31
)

// isClearDate: a weekday stands before "1/3".
func isClearDate(said []string, k int) bool {
	before := said[:k]
	if n := len(before); n > 0 && isOneOf(before[n-1], "the", "den") {
		before = before[:n-1]
	}
	return len(before) > 0 && slices.Contains(weekdays, strings.TrimSuffix(before[len(before)-1], "en"))
}

var weekdays = []string{
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
	"måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag",
}

// countsFew says whether words say how many, from 1 to the threshold, of what is counted.
func countsFew(said []string, threshold int, counted func(string) bool) bool {
	for k, word := range said {
		if x := wholeNumber(word); x < 1 || x > threshold || k > 0 && slices.Contains(numbered, said[k-1]) || k > 0 && said[k-1] == "/" {
			continue
		}
		after := said[k+1:]
		if len(after) > 0 && (slices.Contains(measures, after[0]) || after[0] == "/") {
			continue
		}
		what := counted
		if isOneOf(word, "one", "ett") { // "one patient" may be anybody
			what = ofEvents
		}
		if isNear(after, what) || isBefore(said[:k], what) {
			return true
		}
	}
	return false
}

// isNear: "3 deaths", "3 new deaths", "3 of them died".
func isNear(after []string, counted func(string) bool) bool {
	for _, word := range after[:min(len(after), maxBetween)] {
		switch {
		case counted(word):
			return true
		case isNumber(word) || strings.ContainsAny(word, ".!?/%‰") || slices.Contains(parting, word):
			return false
		}
	}
	return false
}

// isBefore: "deaths 3", "deaths were only 3".
func isBefore(before []string, counted func(string) bool) bool {
	for k := range min(len(before), maxBetween+1) {
		switch word := before[len(before)-1-k]; {
		case counted(word):
			return true
		case !slices.Contains(connecting, word):
			return false
		}
	}
	return false
}

// wholeNumber reads one in digits or in words; -1 for anything else.
func wholeNumber(word string) int {
	for _, names := range [][]string{numberWords, siffror} {
		if k := slices.Index(names, word); k >= 0 {
			return k + 1
		}
	}
	if x, err := strconv.Atoi(word); err == nil {
		return x
	}
	return -1
}

// inDigits is a number in digits, that was written in digits or in words; empty for
// anything else.
func inDigits(word string) string {
	if isNumber(word) {
		return word
	}
	if x := wholeNumber(word); x > 0 {
		return strconv.Itoa(x)
	}
	for _, names := range [][]string{tens, tiotal} {
		for k, ten := range names {
			rest, begins := strings.CutPrefix(word, ten)
			switch one := wholeNumber(rest); {
			case begins && rest == "":
				return strconv.Itoa(10 * (k + 2))
			case begins && one > 0 && one < 10:
				return strconv.Itoa(10*(k+2) + one)
			}
		}
	}
	return ""
}

// numberWords and siffror are the numbers from one on, tens and tiotal those from twenty.
var (
	numberWords = strings.Fields("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
	siffror     = strings.Fields("ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton")
	tens        = strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety")
	tiotal      = strings.Fields("tjugo trettio fyrtio femtio sextio sjuttio åttio nittio")
)

// numbered: what stands before the number of a thing, as in "ward 3".
var numbered = strings.Fields(`ward wards unit room floor level grade stage step week version day phase part group team no nr number
	avd avdelning avdelningar enhet rum plan våning nivå grad stadium steg vecka fas del grupp nummer kl version dag`)

// measures: what is measured, not counted, after a number.
var measures = strings.Fields(`day days hour hours h min minute minutes second seconds week weeks month months year years times mg ml g kg
	dag dagar timme timmar tim minut minuter sekund sekunder vecka veckor månad månader år gånger gång % ‰ percent procent am pm`)

// parting: what follows is not what the number counts.
var parting = strings.Fields(`a an the each every per after before until when for with at in on by to from and or
	en ett varje efter före innan tills när för med vid på i till från och eller`)

// ofPeople says whether a word is of people, or of what happens to them. Endings of the
// plural and of the definite form don't count.
func ofPeople(word string) bool { return ofEvents(word) || slices.Contains(people, stem(word)) }

// ofEvents says whether a word is of what happens to people.
func ofEvents(word string) bool { return slices.Contains(happenings, stem(word)) }

// stem takes the endings off.
func stem(word string) string {
	for _, ending := range []string{"erna", "arna", "orna", "ens", "ets", "er", "ar", "or", "en", "et", "na", "es", "s", "n"} {
		if bare, ends := strings.CutSuffix(word, ending); ends && len([]rune(bare)) >= shortestStem && (slices.Contains(people, bare) || slices.Contains(happenings, bare)) {
			return bare
		}
	}
	return word
}

const shortestStem = 3

var (
	people = strings.Fields(`patient person people man men woman women child children boy girl baby babies infant newborn resident client
		user mother father relative nurse doctor physician midwife midwives staff colleague employee carer student male female adult
		män kvinna kvinno kvinnor barn pojke flicka flicko bebis spädbarn nyfödd nyfödda boende brukare klient mamma mor pappa anhörig
		anhöriga sjuksköterska sjuksköterskor sköterska sköterskor undersköterska undersköterskor läkare barnmorska barnmorskor personal
		medarbetare kollega kollegor kolleger anställd anställda vårdtagare vuxen vuxna människa människor personer`)
	happenings = strings.Fields(`death dead died dies die deceased case fall fell event incident injury injured harm suicide infection sepsis
		harmed hurt wounded broke broken fractured infected bled suffered scalded burnt burned assaulted restrained
		fracture bleed bleeding ulcer stroke readmission readmitted complication amputation complaint miss error moved overdose
		dödsfall död döda dog avled avlidna avliden avlidit fallolycka fallolyckor fallskada fallskador föll ramlat ramlade händelse händelser skada
		skador skadad skadade självmord suicid infektion fraktur blödning trycksår återinläggning återinlagda komplikation amputation
		klagomål skadats skadades bröt brutit brutna drabbad drabbade drabbades drabbats smittades smittats avvikelse anmälan flyttade smittade smittad`)
)
