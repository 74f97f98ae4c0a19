package freetext

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
)

// Every digit that a font has, and nothing beside the rows of them, is a digit.
func TestDigitValue(t *testing.T) {
	want := map[rune]rune{}
	for _, row := range []struct {
		from  rune
		value rune
		n     int
	}{
		{'0', 0, 10},
		{'٠', 0, 10},
		{'۰', 0, 10},
		{'०', 0, 10},
		{'０', 0, 10},
		{'𝟎', 0, 10},
		{'𝟘', 0, 10},
		{'𝟶', 0, 10},
		{'⁴', 4, 6},
		{'⁰', 0, 1},
		{'¹', 1, 1},
		{'²', 2, 2},
		{'₀', 0, 10},
		{'①', 1, 9},
		{'⓪', 0, 1},
		{'⑴', 1, 9},
		{'⒈', 1, 9},
		{'⓵', 1, 9},
		{'⓿', 0, 1},
		{'❶', 1, 9},
		{'➀', 1, 9},
		{'➊', 1, 9},
		{'🄁', 0, 10},
		{'🄀', 0, 1},
		{'🄋', 0, 2},
		{'㈠', 1, 9},
		{'㊀', 1, 9},
		{'〡', 1, 9},
		{'〇', 0, 1},
	} {
		for k := range row.n {
			want[row.from+rune(k)] = row.value + rune(k)
		}
	}
	for r, v := range want {
		if got := DigitValue(r); got != v {
			t.Errorf("%q (%U) is %d, want %d", r, r, got, v)
		}
		for _, beside := range []rune{r - 1, r + 1} {
			if _, digit := want[beside]; !digit && !unicode.Is(unicode.Nd, beside) && DigitValue(beside) != -1 {
				t.Errorf("%q (%U) is taken for %d", beside, beside, DigitValue(beside))
			}
		}
	}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if unicode.Is(unicode.Nd, r) {
			if got := DigitValue(r); got < 0 || got > 9 || got > 0 && DigitValue(r-1) != got-1 {
				t.Errorf("%U is %d", r, got)
			}
		}
	}
}

// One letter, sign or space of any font is read as the plain one.
func TestPlainSigns(t *testing.T) {
	for signs, want := range map[string]rune{
		"aAａＡⓐⒶ𝐀𝐚𝔸𝕒𝘈𝙖🄰🅐🅰": 'a', "zZｚＺⓩⓏ𝐙𝐳𝙕𝙯🅉🅩🆉": 'z', "mＭⓜ𝒎𝖬": 'm',
		"-–—‑−˗⁃∼～〜ー─━─ǀ¯﹣": '-', "+＋﹢➕⁺₊": '+', ".．。·•‧⋅∙․・｡●": '.', "/⁄∕／⧸＼⧵": '/', ",，‚、٫٬": ',', ":：∶ː": ':',
		"*_~`'\"()[]{}<>“”«»‹›´‵′″＊＿｀＂＇（）": emphasis, " \u00a0\u2009\u202f\u3000\u2800": ' ', "\n\u2028\r\v": '\n', "åÅ": 'å', "{": emphasis, "7７𝟳": '7',
	} {
		for _, sign := range signs {
			if got := string(plain("x" + string(sign) + "x")); got != "x"+string(want)+"x" {
				t.Errorf("%q (%U) is read as %q, want %q", sign, sign, got, want)
			}
		}
	}
	// What stands beside the rows of letters is none of them.
	for _, r := range "＠［｀｛⒵⓪\U0001d3ff\U0001d6a4\U0001f12f\U0001f18a" {
		for _, letter := range plain(string(r)) {
			if letter >= 'a' && letter <= 'z' {
				t.Errorf("%q (%U) is read as %q", r, r, letter)
			}
		}
	}
	for text, want := range map[string]string{
		"²8112": "*8112", "1²8": "1*8", "8²": "82", "²³": "23", "²": "2", "¹x": "1x", "a\u200bb\u0301c": "abc",
	} {
		if got := string(plain(text)); got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}

// The escapes of web addresses are bytes.
func TestUnescape(t *testing.T) {
	for escaped, want := range map[string]string{
		"%20": " ", "%2D": "-", "%2d": "-", "%30%39": "09", "%4A%6f": "Jo", "%C3%A9": "é", "%AF": "%AF", "%0A": "\n", "%7E%39": "~9",
	} {
		if got := unescape(escaped); got != want {
			t.Errorf("%s is %q, want %q", escaped, got, want)
		}
	}
}

// How far words may stand from a number.
func TestWordsStandNear(t *testing.T) {
	far := func(n int) string { return strings.Repeat("x", n) }
	for text, want := range map[string]Verdict{
		"pnr" + far(37) + " 8112189875":         Innocent, // the p of pnr is the 41st
		"pnr " + far(35) + " 8112189875":        Doubtful, // the 40th
		"8112189875 " + far(15) + " samordn":    Doubtful,
		"8112189875 " + far(16) + " samordn":    Innocent, // its last letter is the 25th
		"311299-9900 " + far(15) + " patient":   Personal,
		"311299-9900 " + far(20) + " patient":   Doubtful,
		"311299 9900 patient":                   Doubtful,
		"8112189875 personnr":                   Doubtful,
		"den 190312 1430":                       Innocent,
		"den 190312-1430":                       Doubtful,
		"ref 8112189876":                        Innocent,
		"ref 81-12-18-9876":                     Doubtful,
		"tel 943 476 5919":                      Innocent,
		"tel 81 12 18 98 76":                    Innocent,
		"81 12 18 9876 12":                      Doubtful,
		"12 81 12 18 9876":                      Doubtful,
		"81 12 18 9876":                         Personal,
		"12 943 476 5919":                       Doubtful,
		"943 476 5919 12":                       Doubtful,
		"943 476 5919":                          Personal,
		"pnr 8112189876 and 190312 1430 at ten": Personal,
	} {
		if _, got := PersonalNumber(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// Ten digits that begin as a Swedish mobile number does, and by chance are right by the
// rule of a personnummer, are asked about; those that begin otherwise are refused.
func TestMobiles(t *testing.T) {
	for third := '0'; third <= '9'; third++ {
		for month := 1; month <= 12; month++ {
			digits := fmt.Sprintf("07%c%d10123", third, month%10)
			digits += luhnDigit(digits)
			want := Innocent
			if m := numeral(digits[2:4]); m >= 1 && m <= 12 {
				want = Personal
				if third == '0' {
					want = Doubtful
				}
			}
			if _, got := PersonalNumber(digits); got != want {
				t.Errorf("%s: %v, want %v", digits, got, want)
			}
		}
	}
	for digits, want := range map[string]bool{"0701234567": true, "0721234567": true, "0731234567": true, "0761234567": true, "0791234567": true, "0711234567": false, "0741234567": false, "0801234567": false, "1701234567": false, "070123456": false, "07012345678": false} {
		if isMobile(digits) != want {
			t.Errorf("%s is a mobile number: %v", digits, !want)
		}
	}
}

func TestEditDistance(t *testing.T) {
	for _, one := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "abc", 3},
		{"abc", "", 3},
		{"abc", "abc", 0},
		{"abc", "abd", 1},
		{"abc", "acb", 1},
		{"ab", "ba", 1},
		{"abcd", "badc", 2},
		{"ca", "abc", 3},
		{"kitten", "sitting", 3},
		{"saturday", "sunday", 3},
		{"abc", "xabc", 1},
		{"xabc", "abc", 1},
		{"abcd", "cdab", 4},
		{"flaw", "lawn", 2},
	} {
		if got := editDistance([]rune(one.a), []rune(one.b)); got != one.want {
			t.Errorf("from %q to %q are %d, want %d", one.a, one.b, got, one.want)
		}
	}
}

// How many letters may differ grows with the name.
func TestIsNearByLength(t *testing.T) {
	for _, one := range []struct {
		a, b string
		near bool
	}{
		{"abc", "abd", false},
		{"abc", "abcd", false},
		{"abcd", "abce", true},
		{"abcd", "abcde", true},
		{"abcd", "abxx", false},
		{"abcdefg", "abcdexx", false},
		{"abcdefgh", "abcdefxx", true},
		{"abcdefgh", "abcdexxx", false},
		{"abcdefghijklmnop", "abcdefghijklmxxx", true},
		{"abcdefghijklmno", "abcdefghijklxxx", false},
		{"abcdefgh", "abcdefghxyzuv", true},
	} {
		if got := IsNear(one.a, one.b); got != one.near || IsNear(one.b, one.a) != one.near {
			t.Errorf("%q and %q: %v", one.a, one.b, got)
		}
	}
}

// Each Greek and Cyrillic letter that looks like a Latin one is that.
func TestLookalikes(t *testing.T) {
	for latin, others := range map[string]string{"a": "аα", "b": "вβ", "c": "с", "e": "еε", "h": "һ", "i": "іι", "j": "ј", "k": "кκ", "m": "м", "n": "ν", "o": "оο", "p": "р", "s": "ѕ", "t": "тτ", "u": "υ", "x": "хχ", "y": "у", "q": "ԛ", "w": "ԝ"} {
		for _, r := range others {
			if got := NameKey("ward" + string(r)); got != "ward"+latin {
				t.Errorf("%q (%U) is taken for %q, want %q", r, r, got, "ward"+latin)
			}
		}
	}
}

func TestCleanBounds(t *testing.T) {
	for text, want := range map[string]string{
		"🏴\U000e0020\U000e007f": "🏴\U000e0020\U000e007f", "🏴x\u200b": "🏴x", "a\U000e0020": "a", "🏴\U000e0067x\U000e0067": "🏴\U000e0067x",
		"\ufe0f": "", "👍\U0001f3fb\u200d👍": "👍\U0001f3fb\u200d👍", "👍\u200d^": "👍^", "👍\u200d\U0001f3fb": "👍\u200d\U0001f3fb", "👍\u200d\u00a8": "👍\u00a8",
		"a\n\n\n\n\nb": "a\n\n\nb", "a\n\n\n\nb": "a\n\n\nb", "a\n\n\nb": "a\n\n\nb",
	} {
		if got, err := Clean(text, 100); err != nil || got != want {
			t.Errorf("%q: %q, %v, want %q", text, got, err, want)
		}
	}
}
