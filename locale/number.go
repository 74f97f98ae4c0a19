package locale

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/text/number"
)

// Missing is written where there is no number to write (NaN or an infinity).
// It is never a zero.
const Missing = "–"

// maxDecimals is how many zeros x/text can put after the decimal sign.
const maxDecimals = 255

// Number writes x with exactly so many decimals (0 to 255): "1,234.50",
// "1 234,50" with no-break spaces.
//
// It rounds half away from zero, and does so on the shortest decimal that reads
// back as x: 0.285 with two decimals is 0.29, as a person with a pocket
// calculator expects, although the float64 next to 0.285 is a little less. What
// rounds to zero has no minus sign. NaN and infinities give [Missing].
func (l *Locale) Number(x float64, decimals int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return Missing
	}
	decimals = min(max(decimals, 0), maxDecimals)
	rounded := round(x, decimals)
	return l.printer.Sprint(number.Decimal(rounded,
		number.MaxFractionDigits(fractionDigits(rounded)), number.MinFractionDigits(decimals)))
}

// Decimal writes x with as many decimals as it has and no more: 12.5 is "12.5"
// or "12,5", 3 is "3". Nothing is rounded: the decimals are the fewest that
// read back as x.
func (l *Locale) Decimal(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return Missing
	}
	return l.printer.Sprint(number.Decimal(x+0, number.MaxFractionDigits(fractionDigits(x)))) // +0 takes the sign off -0
}

// Integer writes a whole number with its digits grouped: "1,234", "1 234".
func (l *Locale) Integer(n int) string {
	return l.printer.Sprint(number.Decimal(n))
}

// Percent writes a proportion (0 to 1) as per cent with exactly so many
// decimals: 0.1234 with one is "12.3%" or "12,3 %". Rounding as [Locale.Number].
func (l *Locale) Percent(proportion float64, decimals int) string {
	if math.IsNaN(proportion) || math.IsInf(proportion, 0) {
		return Missing
	}
	decimals = min(max(decimals, 0), maxDecimals)
	rounded := round(proportion, decimals+2)
	return l.printer.Sprint(number.Percent(rounded,
		number.MaxFractionDigits(max(fractionDigits(rounded)-2, 0)), number.MinFractionDigits(decimals)))
}

// Signed writes a difference: as [Locale.Number] with a plus sign when it is
// above zero, a minus sign below, and none when it rounds to zero.
func (l *Locale) Signed(x float64, decimals int) string {
	text := l.Number(x, decimals)
	if math.IsInf(x, 0) || math.IsNaN(x) || round(x, min(max(decimals, 0), maxDecimals)) <= 0 {
		return text
	}
	return "+" + text
}

// Decimals returns how many decimals show two or three digits of x: none from 100 on.
func Decimals(x float64) int {
	switch size := math.Abs(x); {
	case size >= 100:
		return 0
	case size >= 1 || size == 0:
		return 1
	case size >= 0.1:
		return 2
	case size >= 0.01:
		return 3
	}
	return KeepDigits(x, 0)
}

// KeepDigits returns so many decimals or, where x would be written as zero and isn't,
// as many as give it two digits: 0.00031 with two is written with five.
func KeepDigits(x float64, decimals int) int {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) || round(x, decimals) != 0 {
		return decimals
	}
	return min(1-int(math.Floor(math.Log10(math.Abs(x)))), maxDecimals-2) // a per cent has two fewer
}

// fractionDigits returns how many decimals it takes until x, rounded to them, reads back
// as x. That is those of the shortest decimal or, rarely, one more: next to a power of
// two the shortest is not the nearest.
func fractionDigits(x float64) int {
	_, fraction, _ := strings.Cut(strconv.FormatFloat(x, 'f', -1, 64), ".")
	digits := len(fraction)
	if y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'f', digits, 64), 64); err != nil || y != x {
		digits++
	}
	return digits
}

// round returns the float64 nearest to x's shortest decimal rounded half away
// from zero; never a negative zero.
func round(x float64, decimals int) float64 {
	digits := strconv.FormatFloat(math.Abs(x), 'f', -1, 64)
	whole, fraction, _ := strings.Cut(digits, ".")
	if len(fraction) <= decimals {
		return x + 0 // +0 takes the sign off -0
	}
	kept := []byte(whole + fraction[:decimals])
	if fraction[decimals] >= '5' {
		kept = increment(kept)
	}
	point := len(kept) - decimals
	rounded, err := strconv.ParseFloat(string(kept[:point])+"."+string(kept[point:]), 64)
	if err != nil {
		return x // above the largest float64: can't be, it had a fraction
	}
	if rounded == 0 {
		return 0
	}
	return math.Copysign(rounded, x)
}

// increment adds one to a row of decimal digits.
func increment(digits []byte) []byte {
	for i := len(digits) - 1; i >= 0; i-- {
		if digits[i] < '9' {
			digits[i]++
			return digits
		}
		digits[i] = '0'
	}
	return append([]byte{'1'}, digits...)
}
