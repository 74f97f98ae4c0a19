package freetext

// PersonalNumberKind names a kind of personal identity number.
type PersonalNumberKind string

// The kinds that [PersonalNumber] knows.
const (
	Personnummer      PersonalNumberKind = "personnummer"      // Swedish
	Samordningsnummer PersonalNumberKind = "samordningsnummer" // Swedish, for those not registered
	Fodselsnummer     PersonalNumberKind = "fødselsnummer"     // Norwegian
	DNumber           PersonalNumberKind = "D-nummer"          // Norwegian, for those not registered
	HelpNumber        PersonalNumberKind = "hjelpenummer"      // Norwegian health care's own
	CPRNumber         PersonalNumberKind = "CPR-nummer"        // Danish
	HETU              PersonalNumberKind = "henkilötunnus"     // Finnish
	NHSNumber         PersonalNumberKind = "NHS number"        // British, Scotland's CHI number too
)

// Verdict says how sure [PersonalNumber] is, and so what is to be done with a text.
type Verdict int

// The verdicts, from the mildest on.
const (
	// Innocent: nothing in it looks like somebody's number.
	Innocent Verdict = iota
	// Doubtful: a number in it may be somebody's, or may be something else. Only the
	// writer knows; ask, and neither keep nor relay it before.
	Doubtful
	// Personal: neither keep nor relay it.
	Personal
)

// PersonalNumber looks for something like a personal identity number anywhere in a
// text. It returns the verdict on the likeliest, and its kind; no kind where the
// text is [Innocent]. It is a net for slips, not a proof.
//
// What counts is the country's check rule ([rules]), how the digits are written
// and what stands beside them. Digits of any script, bold ones, circled ones and those
// with invisible characters or emphasis between them are digits. Between the parts
// may stand what people put there: spaces, dashes, dots, slashes, brackets, a line
// break, or words such as "last four". A number is Personal when it is written as
// such numbers are, or has a word such as "pnr" beside it. It is Doubtful when it is
// right by its rule but written otherwise, or when what is written so may as well be
// something else:
//
//   - a date with a time of day (190312 1430 is right for a tenth of such times),
//   - an ISBN-10, whose check rule is the NHS number's, or any ten digits by that rule,
//   - a mobile number in one piece,
//   - digits one by one, or in twos, as counts or the parts of a version stand,
//   - one with letters for digits: o for 0, l and I for 1,
//   - a Danish number without its control digit, as they are given out since 2007;
//     without a hyphen and a word beside it that is Innocent.
//
// Innocent are telephone numbers as they are grouped, numbers with another word
// before them (ISBN, tel, order) unless they are written as personal ones are,
// fractions, dates and ranges of them, lists of counts, and numbers of more digits.
func PersonalNumber(s string) (PersonalNumberKind, Verdict) {
	best := finding{}
	for _, text := range readings(s) {
		best = best.worse(scan(text))
		for _, as := range lettered(text) {
			found := scan(as)
			found.score = min(found.score, 1)
			best = best.worse(found)
		}
	}
	switch {
	case best.score >= 2:
		return best.kind, Personal
	case best.score == 1:
		return best.kind, Doubtful
	}
	return "", Innocent
}

// finding is a number that may be a personal one: from a score of 2 it is, at 1 it
// is asked about.
type finding struct {
	kind  PersonalNumberKind
	score int
}

// worse returns the likelier of two; the first where they are alike.
func (f finding) worse(g finding) finding {
	if g.score > f.score {
		return g
	}
	return f
}

// scan looks at every row of digits that may be a number.
func scan(text []rune) finding {
	best := finding{}
	groups, heard := digitGroups(text), said{}
	for i := range groups {
		best = best.worse(finnish(text, groups[i].from))
		for w, ok := newWindow(text, groups, i, heard); ok; ok = w.extend() {
			best = best.worse(w.judge())
		}
		if best.score > 2 {
			break
		}
	}
	return best
}
