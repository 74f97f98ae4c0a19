package commands

import "roundtable/benchmark/refusal"

// What is refused before the domain is asked: it can't be read, is about
// something that is over, or isn't for everybody.
const (
	adminsOnly          refusal.Reason = "admins-only"
	buttonOld           refusal.Reason = "button-old"
	codeGuessed         refusal.Reason = "code-guessed"
	countryUnknown      refusal.Reason = "country-unknown"
	dateMissing         refusal.Reason = "date-missing"
	figureEmpty         refusal.Reason = "figure-empty"
	figureNotQuotient   refusal.Reason = "figure-not-quotient"
	figureRest          refusal.Reason = "figure-rest"
	figureSpaces        refusal.Reason = "figure-spaces"
	figureUnit          refusal.Reason = "figure-unit"
	formUnreadable      refusal.Reason = "form-unreadable"
	guessNothing        refusal.Reason = "guess-nothing"
	guestsTakePart      refusal.Reason = "guests-take-part"
	noSuchIndicatorNear refusal.Reason = "no-such-indicator-near"
	notAtThatTable      refusal.Reason = "not-at-that-table"
	notOpen             refusal.Reason = "not-open"
	nothingPublished    refusal.Reason = "nothing-published"
	numberUnreadable    refusal.Reason = "number"
	organisationMissing refusal.Reason = "organisation-missing"
	roundOver           refusal.Reason = "round-over"
)

// ownReasons are all of them; a test sees that each has its words.
var ownReasons = []refusal.Reason{
	adminsOnly,
	buttonOld,
	codeGuessed,
	countryUnknown,
	dateMissing,
	figureEmpty,
	figureNotQuotient,
	figureRest,
	figureSpaces,
	figureUnit,
	formUnreadable,
	guessNothing,
	guestsTakePart,
	noSuchIndicatorNear,
	notAtThatTable,
	notOpen,
	nothingPublished,
	numberUnreadable,
	organisationMissing,
	roundOver,
}
