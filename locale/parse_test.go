package locale

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseNumber(t *testing.T) {
	for typed, want := range map[string]float64{
		"0": 0, "-0": 0, "12": 12, "12,5": 12.5, "12.5": 12.5, " 12,5 ": 12.5, "+3": 3, "-3": -3, "- 3": -3,
		"1 234": 1234, "1 234,5": 1234.5, "1 234.5": 1234.5, "1 234 567": 1234567, "1 234,567": 1234.567,
		"1\u00a0234": 1234, "1\u202f234,5": 1234.5, "1\u2009234 567": 1234567, // no-break, narrow, thin
		"1,234.5": 1234.5, "1.234,5": 1234.5, "1,234,567": 1234567, "1.234.567": 1234567, "1,234,567.89": 1234567.89,
		"1'234.5": 1234.5, "1’234’567": 1234567,
		"\u22125": -5, "\u20135,5": -5.5, // typographic minus, en dash
		"0,412": 0.412, "0.412": 0.412, "1234,567": 1234.567, "1,2340": 1.234, "1,23": 1.23, ",5": 0.5, ".125": 0.125,
		"007": 7, "00,5": 0.5, "1e3": 1000, "1,5E-2": 0.015, "2e+2": 200,
		"1e15": 1e15, "-1000000000000000": -1e15, "0e999": 0,
	} {
		got, err := ParseNumber(typed)
		if err != nil || got != want || math.Signbit(got) != (want < 0) {
			t.Errorf("%q: %v, %v, want %v", typed, got, err, want)
		}
	}
}

func TestParseNumberRefuses(t *testing.T) {
	for typed, want := range map[string]NumberProblem{
		"": NumberEmpty, " \u00a0\t": NumberEmpty,
		"abc": NumberUnread, "12 %": NumberUnread, "3/412": NumberUnread, "1-2": NumberUnread, "--1": NumberUnread,
		"0x10": NumberUnread, "0x1p4": NumberUnread, "0b1": NumberUnread, "1_000": NumberUnread, "12kg": NumberUnread,
		"5,": NumberUnread, "5.": NumberUnread, ",": NumberUnread, "-": NumberUnread, "e3": NumberUnread, "1e": NumberUnread,
		"1e+-3": NumberUnread, "1e3e3": NumberUnread, "1 23": NumberUnread, "12 34": NumberUnread, "1234 567": NumberUnread,
		"0 123": NumberUnread, "1,23,456": NumberUnread, "1,234.567,8": NumberUnread, "1,234 567": NumberUnread, "1.2.3": NumberUnread,
		"1 234'567": NumberUnread, "1  234": NumberUnread, "٣": NumberUnread, "１２": NumberUnread, "½": NumberUnread, "1\n2": NumberUnread,
		"NaN": NumberNotFinite, "inf": NumberNotFinite, "-Infinity": NumberNotFinite, "+∞": NumberNotFinite,
		"1e400": NumberTooLarge, "-1e400": NumberTooLarge, "1000000000000001": NumberTooLarge, "1e99999999999": NumberTooLarge,
		"1e-400": NumberTooSmall, "0," + strings.Repeat("0", 400) + "1": NumberTooSmall,
		"1,234": NumberAmbiguous, "1.234": NumberAmbiguous, "-12,345": NumberAmbiguous, "999.999": NumberAmbiguous, "3,000": NumberAmbiguous,
	} {
		_, err := ParseNumber(typed)
		problem, ok := errors.AsType[*NumberError](err)
		if !ok || problem.Problem != want {
			t.Errorf("%q: %v, want %s", typed, err, want)
		}
	}
}

func TestAmbiguousNumberHasBothReadings(t *testing.T) {
	_, err := ParseNumber(" -3,412 ")
	want := &NumberError{Problem: NumberAmbiguous, Typed: "-3,412", Readings: []float64{-3.412, -3412}}
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Error(diff)
	}
	wantText := "“-3,412” can be read in two ways: as -3.412 or as -3,412. " +
		"Type it as -3.412 with one more decimal (-3.4120), or without anything between the thousands (-3412)."
	if diff := cmp.Diff(wantText, For("en").NumberProblem(want)); diff != "" {
		t.Error(diff)
	}
}

func TestEveryNumberProblemHasWords(t *testing.T) {
	for _, name := range Languages() {
		for _, p := range []NumberProblem{NumberEmpty, NumberUnread, NumberNotFinite, NumberTooLarge, NumberTooSmall, NumberAmbiguous} {
			e := &NumberError{Problem: p, Typed: "x", Readings: []float64{1.234, 1234}}
			if text := For(name).NumberProblem(e); strings.Contains(text, "⟦") {
				t.Errorf("%s %s: %s", name, p, text)
			}
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, seed := range []string{"12,5", "1 234.5", "1,234", "−1.234,5", "1e-7", "NaN", "1\u202f234", "0x1p-2", ",,", "'", "1e400"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		x, err := ParseNumber(typed)
		if err != nil {
			problem, ok := errors.AsType[*NumberError](err)
			if !ok || x != 0 {
				t.Fatalf("%q: %v, %v", typed, x, err)
			}
			for _, name := range Languages() {
				if text := For(name).NumberProblem(problem); text == "" {
					t.Fatalf("%q: no words for %v", typed, err)
				}
			}
			return
		}
		if math.IsNaN(x) || math.Abs(x) > LargestNumber || (x == 0 && math.Signbit(x)) {
			t.Fatalf("%q reads %v", typed, x)
		}
		if x != 0 && !strings.ContainsAny(typed, "123456789") {
			t.Fatalf("%q reads %v", typed, x)
		}
		again, err := ParseNumber(For("sv").Decimal(x))
		if problem, ok := errors.AsType[*NumberError](err); ok && problem.Problem == NumberAmbiguous {
			again = problem.Readings[0]
		}
		if again != x {
			t.Fatalf("%q reads %v, written again %v", typed, x, again)
		}
	})
}
