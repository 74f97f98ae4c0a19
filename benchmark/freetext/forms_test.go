package freetext

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// issued makes numbers as they are given out, by the rules as those are told who
// give them out, which is another way than they are checked. parts are the date in
// its parts, and the rest; of an NHS number three parts.
type issued struct {
	country string
	kinds   []PersonalNumberKind
	make    func(*rand.Rand) (parts []string, sign string)
	labels  []string
	// forms are those that only this country has; $1, $2 ... are the parts, $S the sign.
	forms []string
	// onlyNear: without a word beside them they are like any others.
	onlyNear bool
}

func anyBirth(dice *rand.Rand) time.Time {
	return time.Date(1916+dice.IntN(110), 1, 1+dice.IntN(365), 0, 0, 0, 0, time.UTC)
}

func sum(digits string, weights ...int) int {
	n := 0
	for i, weight := range weights {
		n += weight * int(digits[i]-'0')
	}
	return n
}

var countries = []issued{
	{
		country: "Sweden", kinds: []PersonalNumberKind{Personnummer, Samordningsnummer},
		labels: []string{"pnr", "personnr.", "p.nr:", "Personnummer", "persnr", "samordningsnr", "pers.nr"},
		make: func(dice *rand.Rand) ([]string, string) {
			born := anyBirth(dice)
			day := born.Day()
			if dice.IntN(5) == 0 {
				day += 60
			}
			digits := fmt.Sprintf("%s%02d%03d", born.Format("0601"), day, dice.IntN(1000))
			digits += luhnDigit(digits)
			sign := "-"
			if born.Year() < 1926 {
				sign = "+"
			}
			return []string{born.Format("2006")[:2], digits[:2], digits[2:4], digits[4:6], digits[6:]}, sign
		},
		forms: []string{
			"$2$3$4$5", "$1$2$3$4$5", "$2$3$4$S$5", "$1$2$3$4-$5", "$1$2$3$4 $5", "$1 $2$3$4-$5", "$1$2-$3-$4-$5", "$1$2-$3-$4 $5",
			"$1$2.$3.$4-$5", "$1$2/$3/$4-$5", "$1$2 $3 $4 $5", "$1$2 $3 $4-$5", "$2$3 $4 $5", "$2$3 $4-$5", "$1$2$3$4\n$5", "född $2$3$4, sista fyra $5",
			"$2$3$4#$5", "$2$3$4@$5", "$2$3$4&$5", "$2$3$4^$5", "$2$3$4----$5", "$2$3$4…$5", "²$2$3$4-$5", "$2$3$4 (de fyra sista: $5)", "https://journal.example.se/patient/$1$2$3$4-$5/prover", "https://x.example/?pnr=$1$2$3$4$5&v=2",
			"https://x.example/p/$2$3$4%20$5", "https://x.example/p/$2$3$4%2D$5",
		},
	},
	{
		country: "Norway", kinds: []PersonalNumberKind{Fodselsnummer, DNumber, HelpNumber},
		labels: []string{"fnr", "fnr.", "f.nr:", "Fødselsnummer", "fødselsnr", "personnr", "p.nr."},
		make: func(dice *rand.Rand) ([]string, string) {
			for {
				born := anyBirth(dice)
				day, month := born.Day(), int(born.Month())
				switch dice.IntN(10) {
				case 0, 1:
					day += 40
				case 2:
					month += 40
				}
				digits := fmt.Sprintf("%02d%02d%s%03d", day, month, born.Format("06"), dice.IntN(1000))
				remainder := 0
				if dice.IntN(4) == 0 { // as they may be from 2032 on
					remainder = dice.IntN(4)
				}
				first := (22 + remainder - sum(digits, 3, 7, 6, 1, 8, 9, 4, 5, 2)%11) % 11
				second := (11 - (sum(digits, 5, 4, 3, 2, 7, 6, 5, 4, 3)+2*first)%11) % 11
				if first < 10 && second < 10 {
					return []string{born.Format("2006")[:2], digits[:2], digits[2:4], digits[4:6], digits[6:] + fmt.Sprint(first, second)[:1] + fmt.Sprint(second)}, "-"
				}
			}
		},
		forms: []string{
			"$2$3$4$5", "$2.$3.$1$4 $5", "$2.$3.$1$4-$5", "$2/$3/$1$4 $5", "$2-$3-$1$4 $5", "$2$3$1$4 $5", "$2$3$1$4-$5", "født $2.$3.$4, siste fem $5",
			"$2$3$4#$5", "$2$3$4…$5", "¹$2$3$4 $5", "f. $2$3$4 $5", "$2$3 $4 $5", "$2$3 $4-$5", "https://journal.example.no/pasient/$2$3$4$5", "https://x.example/?fnr=$2$3$4$5&v=2",
			"https://x.example/p/$2$3$4%20$5",
		},
	},
	{
		country: "Denmark", kinds: []PersonalNumberKind{CPRNumber},
		labels: []string{"CPR", "CPR-nr", "cpr.nr:", "CPR-nummer", "cpr nr.", "personnummer", "pers.nr."},
		make: func(dice *rand.Rand) ([]string, string) {
			for {
				born := anyBirth(dice)
				digits := born.Format("020106") + fmt.Sprintf("%03d", dice.IntN(1000))
				control := (11 - sum(digits, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11
				if control < 10 {
					return []string{born.Format("2006")[:2], digits[:2], digits[2:4], digits[4:6], digits[6:] + fmt.Sprint(control)}, "-"
				}
			}
		},
		forms: []string{
			"$2$3$4$5", "$2.$3.$1$4-$5", "$2.$3.$1$4 $5", "$2/$3/$1$4-$5", "$2-$3-$1$4-$5", "$2$3$1$4-$5", "$2$3$4#$5", "$2$3$4…$5", "¹$2$3$4-$5", "født $2$3$4, sidste fire $5", "$2$3 $4 $5", "$2$3 $4-$5",
			"https://journal.example.dk/patient/$2$3$4-$5", "https://x.example/?cpr=$2$3$4$5&v=2", "https://x.example/p/$2$3$4%20$5", "https://x.example/p/$2$3$4%2D$5",
		},
	},
	{
		country: "Denmark since 2007", onlyNear: true, kinds: []PersonalNumberKind{CPRNumber},
		labels: []string{"CPR", "CPR-nr", "cpr.nr:", "CPR-nummer", "cpr nr.", "personnummer", "pers.nr."},
		make: func(dice *rand.Rand) ([]string, string) {
			born := anyBirth(dice)
			return []string{born.Format("2006")[:2], born.Format("02"), born.Format("01"), born.Format("06"), fmt.Sprintf("%04d", 6000+dice.IntN(4000))}, "-"
		},
		forms: []string{"$2.$3.$1$4-$5", "patient $2$3$4-$5", "patienten, født $2$3$4-$5,", "$2$3 $4-$5"},
	},
	{
		country: "Finland", kinds: []PersonalNumberKind{HETU},
		labels: []string{"hetu", "hetu:", "HETU", "Henkilötunnus", "henkilötunnus:", "sotu", "hlötunnus"},
		make: func(dice *rand.Rand) ([]string, string) {
			born := anyBirth(dice)
			digits := born.Format("020106") + fmt.Sprintf("%03d", 2+dice.IntN(898))
			signs := "-YXWVU"
			if born.Year() >= 2000 {
				signs = "ABCDEF"
			}
			sign := string(signs[dice.IntN(len(signs))])
			if born.Year() < 1920 {
				sign = "+"
			}
			return []string{born.Format("2006")[:2], digits[:2], digits[2:4], digits[4:6], digits[6:] + string("0123456789ABCDEFHJKLMNPRSTUVWXY"[numeralOf(digits)%31])}, sign
		},
		forms: []string{
			"$2$3$4$S$5", "$2.$3.$4$S$5", "$2.$3.$1$4$S$5", "$2.$3.$1$4 $S$5", "$2 $3 $4 $S $5", "$2$3$4 $S$5", "$2$3$4$S $5", "$2$3$4 $S $5", "$2$3$4\n$S$5", "$2$3$4$S\n$5",
			"https://tiedot.example.fi/potilas/$2$3$4$S$5", "https://x.example/?hetu=$2$3$4$S$5&v=2", "($2$3$4$S$5)", "[$2$3$4]$S[$5]", "**$2$3$4**$S**$5**", "_$2$3$4_$S$5", "`$2$3$4$S$5`",
			"\"$2$3$4$S$5\"", "»$2$3$4$S$5«", "$2$3$4\u200b$S\u200b$5", "$2\u2060$3\u200d$4$S$5", "$2\u00a0$3\u00a0$4$S$5", "$2$3$4\u2009$S\u2009$5", "$2-$3-$4 $S$5", "$2/$3/$4$S$5",
			"potilas $2$3$4$S$5,", "Anna ($2$3$4$S$5)", "<b>$2$3$4</b>$S$5", "$2$3$4$S<br>$5", "$2$3$4$S$5.", "x$2$3$4$S$5", "$2. $3. $4 $S $5",
		},
	},
	{
		country: "Britain", kinds: []PersonalNumberKind{NHSNumber},
		labels: []string{"NHS no", "NHS no.", "NHS number:", "NHS", "nhs nr", "NHS #", "NHS ID:"},
		make: func(dice *rand.Rand) ([]string, string) {
			for {
				digits := string("34679"[dice.IntN(5)]) + fmt.Sprintf("%08d", dice.IntN(100000000))
				control := 11 - sum(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2)%11
				if control != 10 {
					digits += fmt.Sprint(control % 11)
					return []string{"", digits[:3], digits[3:6], digits[6:], ""}, " "
				}
			}
		},
		forms: []string{
			"$2$3$4", "$2 $3 $4", "$2-$3-$4", "$2.$3.$4", "$2/$3/$4", "$2 $3$4", "$2$3 $4", "$2  $3  $4", "$2\u00a0$3\u00a0$4", "$2\u2009$3\u2009$4", "$2\u202f$3\u202f$4", "$2\u2010$3\u2010$4",
			"$2\u2011$3\u2011$4", "$2–$3–$4", "$2—$3—$4", "$2−$3−$4", "$2 - $3 - $4", "$2\n$3 $4", "$2 $3\n$4", "$2 $3-\n$4", "($2) $3 $4", "[$2 $3 $4]", "($2$3$4)", "**$2 $3 $4**", "**$2** $3 $4",
			"_$2 $3_ $4", "`$2 $3 $4`", "~~$2$3~~$4", "\"$2 $3 $4\"", "«$2 $3 $4»", "$2\u200b$3\u200b$4", "$2\u2060 $3\u200d $4", "$2\u00ad$3\u00ad$4", "https://x.example/patient/$2$3$4", "https://x.example/?nhs=$2-$3-$4&v=2",
			"https://x.example/$2%20$3%20$4", "<b>$2</b> $3 $4", "$2&nbsp;$3&nbsp;$4", "patient $2 $3 $4,", "Anna Berg ($2 $3 $4)", "$2 $3 $4.",
		},
	},
}

// commonForms are those of every country whose number is a date and more.
var commonForms = []string{
	"$2$3$4-$5", "$2$3$4 $5", "$2$3$4  $5", "$2 $3 $4 $5", "$2 $3 $4-$5", "$2.$3.$4-$5", "$2.$3.$4 $5", "$2.$3.$4.$5", "$2. $3. $4 - $5", "$2/$3/$4-$5", "$2/$3-$4 $5", "$2-$3-$4-$5",
	"$2-$3-$4 $5", "$2$3$4/$5", "$2$3$4.$5", "$2$3$4\n$5", "$2$3$4-\n$5", "$2$3$4 -\r\n   $5", "> $2$3$4-\n> $5", "$2$3$4\u00a0$5", "$2$3$4\u2009$5", "$2$3$4\u202f$5", "$2\u2009$3\u2009$4\u2009$5", "$2$3$4\u3000$5",
	"$2$3$4\u2010$5", "$2$3$4\u2011$5", "$2$3$4\u2012$5", "$2$3$4–$5", "$2$3$4—$5", "$2$3$4\u2212$5", "$2$3$4－$5", "$2$3$4 – $5", "$2$3$4--$5", "($2$3$4)$5", "($2$3$4)-$5", "$2$3$4 ($5)", "[$2$3$4-$5]", "{$2$3$4}-{$5}",
	"<$2$3$4-$5>", "**$2$3$4-$5**", "$2$3$4-**$5**", "*$2$3$4*-$5", "_$2$3$4_ $5", "~~$2$3$4~~-$5", "`$2$3$4-$5`", "$2**$3**$4-$5", "\"$2$3$4-$5\"", "'$2$3$4' '$5'", "”$2$3$4-$5”", "»$2$3$4-$5«",
	"$2\u200b$3\u200b$4\u200b-\u200b$5", "$2\u2060$3\u200d$4\u200c-$5", "$2\u00ad$3\u00ad$4-$5", "\u202d$2$3$4-$5\u202c", "$2\ufe0f$3$4-$5", "Anna Berg $2$3$4-$5", "Anna ($2$3$4-$5)", "anna.$2$3$4-$5@example.org",
	"<b>$2$3$4</b>-$5", "$2$3$4<br>$5", "$2$3$4&nbsp;$5", "$2$3$4&ndash;$5", "$2$3$4_$5", "$2$3$4:$5", "$2$3$4, $5", "$2$3$4;$5", "$2$3$4|$5", "x$2$3$4-$5y", "#$2$3$4-$5", "$2$3$4-$5.", "$2$3$4-$5, 74 v", "3/412 $2$3$4-$5",
}

// scripts are other digits than ours.
var scripts = map[string]rune{
	"Arabic-Indic": '٠', "Persian": '۰', "Devanagari": '०', "Bengali": '০', "Thai": '๐', "fullwidth": '０', "bold": '𝟎', "double-struck": '𝟘', "sans-serif": '𝟢',
	"sans-serif bold": '𝟬', "monospace": '𝟶', "lowered": '₀', "segmented": '\U0001fbf0', "Adlam": '\U0001e950',
}

// allForms are the ways to write a country's numbers, as templates, and those with
// other digits, as functions of a number in plain form.
func (c issued) allForms() []string {
	forms := slices.Clone(c.forms)
	if c.country != "Finland" && c.country != "Britain" {
		forms = append(forms, commonForms...)
	}
	usual := forms[0]
	if c.country == "Denmark since 2007" {
		usual = "$2$3$4-$5"
	}
	for _, label := range c.labels {
		for _, between := range []string{" ", ": ", "\n"} {
			forms = append(forms, label+between+usual)
		}
	}
	for script := range scripts {
		forms = append(forms, "@"+script+"@"+usual)
	}
	forms = append(forms, "@raised@"+usual, "@circled@"+usual, "@keycaps@"+usual)
	if !c.onlyNear {
		forms = append(forms, "@O for 0@"+usual, "@l for 1@"+usual, "@I for 1@"+usual, "@o for 0, l for 1@"+usual)
		for _, between := range []string{", ", ",", " ", ".", "-", "/"} {
			forms = append(forms, "@one by one"+between+"@"+usual)
		}
	}
	if !c.onlyNear && c.country != "Finland" {
		for _, between := range []string{" ", ".", "-", "/"} {
			if c.country != "Britain" || between != " " { // else they are as well a list of counts
				forms = append(forms, "@in twos"+between+"@"+usual)
			}
		}
	}
	slices.Sort(forms)
	return slices.Compact(forms)
}

var partNames = regexp.MustCompile(`\$[1-5S]`)

// write writes a number in a form.
func write(form string, parts []string, sign string) string {
	script := ""
	if strings.HasPrefix(form, "@") {
		var rest string
		script, rest, _ = strings.Cut(form[1:], "@")
		form = rest
	}
	text := partNames.ReplaceAllStringFunc(form, func(name string) string {
		if name == "$S" {
			return sign
		}
		return parts[name[1]-'1']
	})
	return otherDigits(script, text)
}

func otherDigits(script, text string) string {
	if script == "" {
		return text
	}
	if between, is := strings.CutPrefix(script, "one by one"); is {
		return strings.Join(strings.Split(text, ""), between)
	}
	if between, is := strings.CutPrefix(script, "in twos"); is {
		var twos []string
		for two := range slices.Chunk([]byte(text), 2) {
			twos = append(twos, string(two))
		}
		return strings.Join(twos, between)
	}
	letters := map[string]string{"O for 0": "0O", "l for 1": "1l", "I for 1": "1I", "o for 0, l for 1": "0o1l"}[script]
	var b strings.Builder
	for _, r := range text {
		k := strings.IndexRune(letters, r)
		switch {
		case k >= 0 && r >= '0' && r <= '9':
			b.WriteByte(letters[k+1])
		case r < '0' || r > '9' || letters != "":
			b.WriteRune(r)
		case script == "raised":
			b.WriteRune([]rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[r-'0'])
		case script == "circled":
			b.WriteRune([]rune("⓪①②③④⑤⑥⑦⑧⑨")[r-'0'])
		case script == "keycaps":
			b.WriteString(string(r) + "\ufe0f\u20e3")
		default:
			b.WriteRune(scripts[script] + r - '0')
		}
	}
	return b.String()
}

// sentences are where numbers come to stand.
var sentences = []string{"%s", "Patient %s fell at night.", "Se %s\nTack!", "New ward since May (%s).", "3/412 %s", "Hej! %s, kan du titta?", "- %s\n- 4/12 falls"}

func TestPersonalNumberRecall(t *testing.T) {
	for _, c := range countries {
		t.Run(c.country, func(t *testing.T) {
			t.Parallel()
			dice := rand.New(rand.NewPCG(2026, 11))
			forms := c.allForms()
			if len(forms) < 40 {
				t.Errorf("%s: only %d forms", c.country, len(forms))
			}
			tries, refused, asked := 0, 0, 0
			for _, form := range forms {
				missed, example := 0, ""
				for range triesOfForm {
					parts, sign := c.make(dice)
					written := write(form, parts, sign)
					if c.onlyNear && !strings.Contains(form, "atient") && !slices.ContainsFunc(c.labels, func(l string) bool { return strings.HasPrefix(form, l) }) {
						written = c.labels[dice.IntN(len(c.labels))] + " " + written
					}
					text := fmt.Sprintf(sentences[dice.IntN(len(sentences))], written)
					tries++
					switch _, verdict := PersonalNumber(text); verdict {
					case Personal:
						refused++
					case Doubtful:
						asked++
					case Innocent:
						missed++
						example = text
					}
				}
				if missed > 0 {
					t.Logf("%s: %q is missed %d times of %d: %q", c.country, form, missed, triesOfForm, example)
				}
			}
			recall := 100 * float64(refused+asked) / float64(tries)
			t.Logf("%s: %d forms, found %.3f %%: refused %.2f %%, asked %.2f %%", c.country, len(forms), recall, 100*float64(refused)/float64(tries), 100*float64(asked)/float64(tries))
			if recall < 99.9 {
				t.Errorf("%s: found %.3f %%", c.country, recall)
			}
		})
	}
}

func numeralOf(digits string) int {
	n := 0
	for _, r := range digits {
		n = n*10 + int(r-'0')
	}
	return n
}
