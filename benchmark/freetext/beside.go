package freetext

import (
	"regexp"
	"strings"
	"unicode"
)

// beside says what the words around a number make of it.
type beside int

const (
	none   beside = iota
	mild          // a word of people: patient, born
	strong        // the name of such a number: pnr, CPR, NHS no
)

// How far words may stand from a number, in characters.
const (
	wordsBefore = 40
	wordsAfter  = 24
)

var (
	strongWords = regexp.MustCompile(`personnum|pers(?:on)?[. -]*nr|\bpnr|\bp[. -]{1,2}nr|\bp\.n\.|samordn|f[øo]dsels?-?[. ]*n(?:r|um)|\bf\.? ?nr\b|\bfnr|\bcpr|henkil[öo]tunn|\bhetu|\bsotu|` +
		`\bnhs[ -]*(?:no|num|nr|#|id|:)|\bchi[ -]*(?:no|num|nr|:)|\bh&c|\bssn\b|social security|national id|personal (?:id|number)|identity n|identitetsn|\bid-?(?:nummer|nr\b)|\bd-?nummer|hjelpenum|tilp[- ]*nr`)
	mildWords = regexp.MustCompile(`pati?[ei]nt|pasient|potila|\bpat\b|\bpt\b|\bf[öø]d|\bf[.:]|\bborn\b|birth|syntyn|\bs\.|\bdob\b|\bnhs\b|\bchi\b|\bmrn\b|brukar|boende|beboer|v[åa]rdtagar|asukas|resident|client|klient|asiakas`)

	// otherWords, directly before a number, name what it is instead.
	otherWords = regexp.MustCompile(`(?:^|[^\pL])(?:isbn|issn|gtin|ean|doi|pmid|orcid|tel|telefon|telephone|tfn|tlf|phone|mobil|mobile|mob|ring|ringa|call|fax|pager|s[öo]kare|ankn|anknytning|ext|lokal|puh|puhelin|` +
		`order|best|beställning|tilaus|faktura|invoice|lasku|ocr|konto|account|tili|bankgiro|plusgiro|iban|org|organisations|cvr|vat|moms|y-tunnus|` +
		`art|artikel|article|vare|vara|tuote|item|ref|referen[sc]e?|serie|serial|sarja|s[/.]?n|lot|batch|erä|parti|udi|version|build|ticket|[äa]rende|dnr|diarie|case|sak|sag|msg|message|meddelande|viesti|ts|thread_ts|timestamp|hsa|ksh|rekv|remiss|prov|sample|lid|rid)` +
		`[ -]?(?:nr|no|num|number|nummer|nummeret|numret|numero|id|kod|kode|code|koodi)?[ .:#*/=-]*(?:(?:nr|no|id|är|is|på|to|on|till|til)\b[ .:#*=-]*)?$`)
	// whenWords, directly before a date and time, say that it is one; so do verbs of
	// what happens at a time.
	whenWords = regexp.MustCompile(`(?:^|[^\pL])(?:den|d|kl|klockan|klokken|klo|datum|dato|date|dated|pvm|tid|tidpunkt|time|timestamp|on|at|from|to|since|fr[åa]n|fra|till|til|sedan|siden|kello|alkaen|` +
		`f[öa]ll|fell|falt|faldt|kaatui|in-?skriven|ut-?skriven|inlagd|innlagt|indlagt|utskrevet|udskrevet|admitted|discharged|kirjattu|opererad|tagen|taget|taken|laget|gjord|gjort|anteckning)[ .:*]*$`)
)

// words says what stands around the number.
func (w *window) words() beside {
	before := w.said.at(-w.groups[w.i].from, w.before(wordsBefore))
	if before == strong {
		return strong
	}
	return max(before, w.said.at(w.groups[w.j-1].to, w.after(wordsAfter)))
}

// said is what the words make of a number that ends at a place of the text, or begins at
// one whose sign is turned: many windows lie between the same words.
type said map[int]beside

func (s said) at(place int, words string) beside {
	made, known := s[place]
	if !known {
		made = besideOf(words)
		if s != nil {
			s[place] = made
		}
	}
	return made
}

func besideOf(words string) beside {
	switch {
	case !strings.ContainsFunc(words, unicode.IsLetter):
		return none
	case strongWords.MatchString(words):
		return strong
	case mildWords.MatchString(words):
		return mild
	}
	return none
}

// weigh makes a finding of a number that is right by its rule, of the score that its
// form gives it, and of what stands beside it.
func (w *window) weigh(kind PersonalNumberKind, how written, score int) finding {
	if how == unlikely && w.words() != strong || w.isClock() || w.isPartOfAnother(how) {
		return finding{}
	}
	words := w.words()
	if words == strong {
		return finding{kind, 3}
	}
	isTime := w.isTimeOfDay()
	before := w.before(wordsBefore)
	switch {
	case isTime && how != hyphened && whenWords.MatchString(before):
		return finding{}
	case words == mild:
		score++
	case otherWords.MatchString(before) && (how == inOnePiece || how == loose || kind == NHSNumber):
		score -= 2
	case otherWords.MatchString(before):
		score = min(score, 1)
	}
	if isTime || how == inOnePiece && isMobile(w.digits) {
		score = min(score, 1)
	}
	if how == datedSpaced && kind != NHSNumber && !w.standsAlone() {
		score = min(score, 1)
	}
	return finding{kind, score}
}

// isMobile tells whether ten digits in one piece may be a Swedish mobile telephone:
// those begin with 070, 072, 073, 076 and 079.
func isMobile(digits string) bool {
	return len(digits) == 10 && digits[:2] == "07" && (digits[2] == '0' || digits[2] == '2' || digits[2] == '3' || digits[2] == '6' || digits[2] == '9')
}
