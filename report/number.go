package report

import (
	"strconv"

	"roundtable/locale"
)

// numberWords says what is wrong with a number, and what to do.
func numberWords(bad *locale.NumberError) (problem, hint string) {
	typed := quote(bad.Typed)
	switch bad.Problem {
	case locale.NumberEmpty:
		return "there is no number", "write digits, such as 12.5"
	case locale.NumberNotFinite:
		return typed + " is not a number that can be compared", "write digits, such as 12.5; leave out what was not measured"
	case locale.NumberTooLarge:
		return typed + " is larger than can be kept exactly", "check the unit"
	case locale.NumberTooSmall:
		return typed + " is closer to zero than can be kept", "check the unit, or write 0"
	case locale.NumberAmbiguous:
		decimal, grouped := bad.Readings[0], bad.Readings[1]
		return typed + " can be read in two ways", "write " + strconv.FormatFloat(decimal, 'f', 4, 64) + " or " + plain(grouped)
	case locale.NumberUnread:
	}
	return typed + " is not a number", "write digits, with a point or a comma before the decimals"
}

// plain writes a number with as many decimals as it has and no exponent.
func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
