package locale

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNumbers(t *testing.T) {
	en, sv := For("en"), For("sv")
	tests := []struct{ name, got, want string }{
		{"grouped", en.Number(1234567.5, 2), "1,234,567.50"},
		{"grouped", sv.Number(1234567.5, 2), "1\u00a0234\u00a0567,50"},
		{"four digits", sv.Number(1234, 0), "1\u00a0234"},
		{"minus", en.Number(-3, 1), "-3.0"},
		{"minus", sv.Number(-3, 1), "\u22123,0"},
		{"half away from zero", en.Number(2.5, 0), "3"},
		{"half away from zero", en.Number(-2.5, 0), "-3"},
		{"half of what was typed", en.Number(0.285, 2), "0.29"},
		{"half of what was typed", en.Number(1.005, 2), "1.01"},
		{"carry", en.Number(999.995, 2), "1,000.00"},
		{"carry", en.Number(0.96, 1), "1.0"},
		{"no minus zero", en.Number(-0.04, 1), "0.0"},
		{"no minus zero", en.Decimal(math.Copysign(0, -1)), "0"},
		{"not a number", en.Number(math.NaN(), 2), "–"},
		{"infinite", sv.Number(math.Inf(-1), 2), "–"},
		{"below none", en.Number(12.6, -3), "13"},
		{"as it is", en.Decimal(12.5), "12.5"},
		{"as it is", sv.Decimal(12.5), "12,5"},
		{"as it is", en.Decimal(3), "3"},
		{"as it is", en.Decimal(math.Nextafter(0.3, 1)), "0.30000000000000004"},
		{"no more than is known", en.Number(0.1, 20), "0.10000000000000000000"},
		{"smallest", strings.TrimLeft(en.Decimal(5e-324), "0."), "5"},
		{"per cent, as is known", en.Percent(0.29, 18), "29.000000000000000000%"},
		{"per cent, small", en.Percent(0.001, 0), "0%"},
		{"not a number", en.Decimal(math.NaN()), "–"},
		{"integer", en.Integer(-1234), "-1,234"},
		{"integer", sv.Integer(12345678), "12\u00a0345\u00a0678"},
		{"per cent", en.Percent(0.1234, 1), "12.3%"},
		{"per cent", sv.Percent(0.1234, 1), "12,3\u00a0%"},
		{"per cent, half", en.Percent(0.285, 0), "29%"},
		{"per cent, half", en.Percent(0.0005, 1), "0.1%"},
		{"per cent", en.Percent(1, 0), "100%"},
		{"per cent", en.Percent(-0.25, 0), "-25%"},
		{"not a number", sv.Percent(math.Inf(1), 0), "–"},
		{"above", en.Signed(1.25, 1), "+1.3"},
		{"below", sv.Signed(-1.25, 1), "\u22121,3"},
		{"neither", en.Signed(0.04, 1), "0.0"},
		{"neither", en.Signed(-0.04, 1), "0.0"},
		{"not a number", en.Signed(math.NaN(), 1), "–"},
		{"infinite", en.Signed(math.Inf(1), 1), "–"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%s: %q, want %q", test.name, test.got, test.want)
		}
	}
}

// A power of two below one, whose shortest decimal is not the nearest.
func TestPowersOfTwoReadBack(t *testing.T) {
	for k := range 300 {
		x := math.Ldexp(1, -k)
		if got, err := ParseNumber(For("en").Decimal(x)); err != nil || got != x {
			t.Errorf("%v is written %q, which reads %v, %v", x, For("en").Decimal(x), got, err)
		}
	}
}

// What is written can be typed back, and is the same number.
func TestWrittenNumbersReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-LargestNumber, LargestNumber).Draw(t, "x")
		l := For(rapid.SampledFrom(Languages()).Draw(t, "language"))
		text := l.Decimal(x)
		got, err := ParseNumber(text)
		if problem, ok := errors.AsType[*NumberError](err); ok && problem.Problem == NumberAmbiguous {
			if !slices.Contains(problem.Readings, x) {
				t.Fatalf("%v is written %q, which reads %v", x, text, problem.Readings)
			}
			return
		}
		if err != nil || got != x {
			t.Fatalf("%v is written %q, which reads %v, %v", x, text, got, err)
		}
	})
}

// Rounding moves a number by no more than half of the last decimal.
func TestRounding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-1e6, 1e6).Draw(t, "x")
		decimals := rapid.IntRange(0, 6).Draw(t, "decimals")
		off := math.Abs(round(x, decimals) - x)
		if limit := 0.5*math.Pow10(-decimals) + 1e-9; off > limit {
			t.Fatalf("%v to %d decimals is %v: off by %v", x, decimals, round(x, decimals), off)
		}
	})
}
