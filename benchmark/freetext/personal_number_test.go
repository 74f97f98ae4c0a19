package freetext

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestPersonalNumberIsFound(t *testing.T) {
	for text, want := range map[string]PersonalNumberKind{
		// Numbers from public test series and textbooks; nobody has them.
		"811218-9876":                       Personnummer,
		"pat 8112189876 fell":               Personnummer,
		"19811218-9876":                     Personnummer,
		"198112189876":                      Personnummer,
		"19 811218-9876":                    Personnummer,
		"1981-12-18-9876":                   Personnummer,
		"81 12 18 9876":                     Personnummer,
		"811218 9876.":                      Personnummer,
		"811218+9876":                       Personnummer,
		"811218 – 9876":                     Personnummer,
		"811218\u20119876":                  Personnummer,
		"811218\u00a09876":                  Personnummer,
		"811218\u200b-9876":                 Personnummer,
		"８１１２１８-９８７６":                       Personnummer,
		"pnr811218-9876x":                   Personnummer,
		"191212121212":                      Personnummer,
		"3/412 and 811218-9876":             Personnummer,
		"1,8112189876,0":                    Personnummer,
		"1 811218 9876 3":                   Personnummer,
		"701063-2391":                       Samordningsnummer,
		"19701063-2391":                     Samordningsnummer,
		"11111598403":                       Fodselsnummer,
		"231140 48690":                      Fodselsnummer,
		"f. 01010750160":                    Fodselsnummer,
		"01 01 07 50160":                    Fodselsnummer,
		"010107 501 60":                     Fodselsnummer,
		"41010199946":                       DNumber,
		"13527248013":                       HelpNumber,
		"211062-5629":                       CPRNumber,
		"2110625629":                        CPRNumber,
		"211062 5629":                       CPRNumber,
		"311299-0001":                       CPRNumber, // no control digit since 2007
		"131052-308T":                       HETU,
		"131052-308t, 74 v":                 HETU,
		"131052A308T":                       HETU,
		"131052Y308T":                       HETU,
		"131052+308T":                       HETU,
		"hetu:131052 - 308Txx":              HETU,
		"150102-0022 12":                    HETU, // with what follows, as with its century
		"150102-0022\n12":                   HETU,
		"943 476 5919":                      NHSNumber,
		"9434765919":                        NHSNumber,
		"943-476-5919":                      NHSNumber,
		"NHS no. 401 023 2137.":             NHSNumber,
		"010150 1366 (CHI)":                 NHSNumber,
		"first line\n811218-9876\nlast one": Personnummer,
	} {
		if got, v := PersonalNumber(text); v == Innocent || got != want {
			t.Errorf("%q: %q, %v, want %q", text, got, v, want)
		}
	}
}

func TestPersonalNumberLeavesFiguresAlone(t *testing.T) {
	for _, text := range []string{
		"", "3/412", "412", "12,5", "1 234 567", "1,234,567.89", "12 345 678", "1e10", "0.8112189876", "0,8112189876", "3.8112189876",
		"2026-10-31", "2026-10-01 - 2026-10-31", "2026-10-01–2026-10-31", "20261001-20261031", "31/10/2026", "10.10.2026", "kl. 14.30-16.00",
		"2026-10-31 14:30", "2026-10-31T14:30:00Z", "2026-Q4", "1000-1200", "30-49", "95 % CI 12.5–18.9",
		"070-123 45 67", "+46 70 123 45 67", "08-12 34 56", "112", "+45 12 34 56 78", "+47 123 45 678", "020 7946 0958", "(555) 123-4567",
		"556036-0793", "212000-1355", "SE2321000016-1003", "ICD-10 W19.9", "DOI 10.1016/j.zefq.2023", "ISSN 1865-9217",
		"811218-9875", "8112189875", "811318-9876", "810230-9876", // no control, no month, no day
		"11111598404", "943 476 5918", "131052-308S", "131352-308T", "707614285", "18112189876", "8112189876123",
		"811218 or 9876", "811218 %  9876", "den 190312 1430", "260312 kl 1430", "12.03.26 14.30", "2026-03-12 14.30",
		"1699999999.123456", "12 34 56 78 90", "1412/2034", "ISBN 0306406152", "978-0-306-40615-7", "tel 0701234569", "01018510045", "SE7651159969-6856", "35 98 21 50 88", "070-123 45 69", "08-123 112 31", "1 903 121 430", "8112189876.123456", "20960410-1239", "01938510187", "01808510088", "01658510041", "+46701234568", "1234.56.78911",
	} {
		if kind, v := PersonalNumber(text); v != Innocent {
			t.Errorf("%q is taken for a %s", text, kind)
		}
	}
}

// What may be somebody's number or something else is asked about.
func TestPersonalNumberIsAskedAbout(t *testing.T) {
	for text, want := range map[string]PersonalNumberKind{
		"190312-1430":         Personnummer,      // a time, or a child's number
		"20190312 1430":       Personnummer,      //
		"201903121430":        Personnummer,      //
		"0701234569":          Personnummer,      // a mobile telephone, or a teenager's number
		"7010632391":          Samordningsnummer, // any ten digits
		"8112-189876":         Personnummer,      // parted at a strange place
		"8112 18 98 76":       Personnummer,      //
		"ref. 811218-9876":    Personnummer,      // named otherwise
		"pnr 811218-9875":     Personnummer,      // mistyped
		"fnr 11111598404":     Fodselsnummer,     //
		"311299-9900":         CPRNumber,         // no control digit
		"patient 311299 9900": CPRNumber,         //
		"131052308T":          HETU,              // no sign
		"01818510078":         Fodselsnummer,     // of a test population
		"31928510029":         Fodselsnummer,     //
		"01668510031":         Fodselsnummer,     //
		"3598215088":          NHSNumber,         // an ISBN-10, or an NHS number
		"9434765919":          NHSNumber,         //
		"943-476-5919":        NHSNumber,         //
	} {
		if kind, verdict := PersonalNumber(text); kind != want || verdict != Doubtful {
			t.Errorf("%q: %q, %v, want %q, asked about", text, kind, verdict, want)
		}
	}
}

// What is written as such a number is, or called so, is refused without a question.
func TestPersonalNumberIsRefused(t *testing.T) {
	for text, want := range map[string]PersonalNumberKind{
		"811218-9876": Personnummer, "8112189876": Personnummer, "19811218-9876": Personnummer, "81.12.18-9876": Personnummer, "811218/9876": Personnummer, "811218-\n9876": Personnummer,
		"pnr 190312-1430": Personnummer, "**pnr**: 0701234569": Personnummer, "född 811218, sista fyra 9876": Personnummer, "701063-2391": Samordningsnummer, "18.12.1981-9876": Personnummer,
		"11111598403": Fodselsnummer, "11.11.1915 98403": Fodselsnummer, "01018510037": Fodselsnummer, "18811218-9876": Personnummer, "81234500090": HelpNumber, "98765400023": HelpNumber, "41010199946": DNumber, "CPR 311299-9900": CPRNumber, "patient 311299-9900": CPRNumber, "cpr-nr. 3112999900": CPRNumber,
		"131052-308T": HETU, "13.10.52 - 308 T": HETU, "131052U308T": HETU, "131052F308T": HETU, "𝟏𝟑𝟏𝟎𝟓𝟐𝐀𝟑𝟎𝟖𝐓": HETU, "NHS no 9434765919": NHSNumber, "943 476 5919": NHSNumber,
		"٨١١٢١٨-٩٨٧٦": Personnummer, "８１１２１８‐９８７６": Personnummer, "**811218**-9876": Personnummer, "x.example/?pnr=811218%2D9876": Personnummer, "<b>811218</b>&#8209;9876": Personnummer,
	} {
		if kind, verdict := PersonalNumber(text); kind != want || verdict != Personal {
			t.Errorf("%q: %q, %v, want %q, refused", text, kind, verdict, want)
		}
	}
}

// Every number that is given out is found in any text, however it is written.
func TestPersonalNumberIsFoundAnywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := anyPersonalNumber(t)
		before := rapid.SampledFrom([]string{"", " ", "x", "ö", "(", "nr:", "\n", "-", "1 ", "3/", "2026-10-31 ", ", ", "12,", "#"}).Draw(t, "before")
		after := rapid.SampledFrom([]string{"", " ", ".", ")", "g", "ö", "\n12", ", 3", " 12", ",5", "!", "-a"}).Draw(t, "after")
		text := rapid.String().Draw(t, "start") + "¶" + before + number + after + "¶" + rapid.String().Draw(t, "end")
		if _, v := PersonalNumber(text); v == Innocent {
			t.Fatalf("%s is not found in %q", number, text)
		}
		clean, _ := Clean(text, 1000)
		if _, v := PersonalNumber(clean); v == Innocent {
			t.Fatalf("%s is not found in %q, cleaned", number, clean)
		}
	})
}

// anyPersonalNumber makes a number by the rules as they are told to those who
// give numbers out, which is another way than they are checked.
func anyPersonalNumber(t *rapid.T) string {
	born := time.Date(rapid.IntRange(1900, 2049).Draw(t, "year"), 1, 1+rapid.IntRange(0, 364).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
	serial := func(least, most int) string {
		return fmt.Sprintf("%0*d", len(fmt.Sprint(most)), rapid.IntRange(least, most).Draw(t, "serial"))
	}
	mark := rapid.SampledFrom([]string{"", "-", " ", "–", " - ", "\u00a0"}).Draw(t, "mark")
	added := rapid.SampledFrom([]int{0, 1}).Draw(t, "added") // for those who aren't registered
	switch rapid.IntRange(0, 4).Draw(t, "country") {
	case 0:
		digits := fmt.Sprintf("%s%02d%s", born.Format("0601"), born.Day()+60*added, serial(0, 999))
		century := rapid.SampledFrom([]string{"", fmt.Sprint(born.Year() / 100)}).Draw(t, "century")
		return century + digits[:6] + mark + digits[6:] + luhnDigit(digits)
	case 1:
		return norwegianNumber(t, fmt.Sprintf("%02d%s", born.Day()+40*added, born.Format("0106")), mark)
	case 2:
		digits := born.Format("020106") + serial(0, 999)
		control := (11 - weigh(digits, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11
		if control == 10 { // since 2007 any digit may stand there: asked about with a hyphen before
			digits = digits[:6] + "6" + digits[7:]
			return digits[:6] + "-" + digits[6:] + "7"
		}
		return digits[:6] + mark + digits[6:] + fmt.Sprint(control)
	case 3:
		digits := born.Format("020106") + serial(2, 899)
		sign := rapid.SampledFrom(strings.Split("+-YXWVUABCDEFy", "")).Draw(t, "sign")
		return digits[:6] + sign + digits[6:] + "0123456789ABCDEFHJKLMNPRSTUVWXY"[numeral(digits)%31:][:1]
	default:
		digits := rapid.SampledFrom([]string{"4", "6", "7", "9"}).Draw(t, "first") + serial(0, 99999999)
		control := 11 - weigh(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2)%11
		if control == 10 {
			t.Skip("not given out")
		}
		space := rapid.SampledFrom([]string{"", " ", "-"}).Draw(t, "space")
		return digits[:3] + space + digits[3:6] + space + digits[6:] + fmt.Sprint(control%11)
	}
}

func norwegianNumber(t *rapid.T, date, mark string) string {
	digits := date + fmt.Sprintf("%03d", rapid.IntRange(0, 999).Draw(t, "serial"))
	remainder := rapid.IntRange(0, 3).Draw(t, "remainder") // above 0 from 2032
	first := (22 + remainder - weigh(digits, 3, 7, 6, 1, 8, 9, 4, 5, 2)%11) % 11
	digits += fmt.Sprint(first)
	second := (11 - weigh(digits[:10], 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11
	if first == 10 || second == 10 {
		t.Skip("not given out")
	}
	return digits[:6] + mark + digits[6:] + fmt.Sprint(second)
}

// luhnDigit is the digit that makes nine digits a Swedish number.
func luhnDigit(digits string) string {
	sum := 0
	for i, r := range digits {
		product := int(r-'0') * (2 - i%2)
		sum += product/10 + product%10
	}
	return fmt.Sprint((10 - sum%10) % 10)
}

// The odds that the documentation gives.
func TestPersonalNumberOdds(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(2026, 10))
	for _, test := range []struct {
		written     string
		least, most float64 // per cent
	}{
		{"##########", 4.5, 6.5},
		{"###########", 0.5, 1.5},
		{"############", 0, 0.05},
		{"######-####", 3.5, 5.5},
		{"###-###-####", 4, 6},
		{"## ### ###", 0, 0},
		{"####-##-##", 0, 0},
	} {
		const tries = 40000
		hits := 0
		for range tries {
			text := strings.Map(func(r rune) rune {
				if r == '#' {
					return '0' + dice.Int32N(10)
				}
				return r
			}, test.written)
			if _, v := PersonalNumber(text); v != Innocent {
				hits++
			}
		}
		share := 100 * float64(hits) / tries
		t.Logf("%s: %.2f %%", test.written, share)
		if share < test.least || share > test.most {
			t.Errorf("%s is taken for a personal number %.2f times in a hundred, not between %v and %v", test.written, share, test.least, test.most)
		}
	}
}

func FuzzPersonalNumber(f *testing.F) {
	for _, seed := range []string{"", "811218-9876", "131052-308T", "131052A308", "943 476 5919", "1-1-1-1", "0.1234567890", "01010750160", "999999-", "131052A308\u00c5"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		kind, v := PersonalNumber(text)
		found := v != Innocent
		if found != (kind != "") {
			t.Fatalf("%q: %q, %v", text, kind, found)
		}
		digits := 0
		for _, r := range plain(text) {
			if isASCIIDigit(r) {
				digits++
			}
		}
		if found && digits < 9 {
			t.Fatalf("%q is taken for a %s", text, kind)
		}
	})
}
