package freetext

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"
)

// clinical are sentences as people write them beside figures and in threads, with
// the numbers that they hold. Names in braces are of [clinicalNumbers].
var clinical = []string{
	// Swedish
	"Patienten föll {shorttime} på toaletten.", "Inskriven {shorttime}, utskriven {shorttime}.", "Prov taget den {shorttime}.", "Op kl {clock} den {date}, knivtid {n} min.",
	"Tryck {bp}, puls {n}, sat {pct} %.", "CRP {n}, Hb {n}, kreatinin {n}, Na {n}, K {dec}.", "Insulin {dose} E kl {clock} och {dose} E kl {clock}.", "Ring avdelningen på {mobile} eller {phone}.",
	"Mobil {mobile}, ankn {ext}.", "Avdelningens nummer är {phone}.", "Nås på {mobileplain}.", "{mobileplain}", "Se ISBN {isbn10}.", "Boken heter Fall i vården ({isbn10}).", "ISBN {isbn13}, andra upplagan.",
	"Beställ madrass art.nr {article}.", "Artikelnr {digits8}, lot {digits6}.", "Serienr {serial} bytt mot {serial}.", "Regionens orgnr är {org}.", "HSA-id {hsa} gäller.", "KSH-kod {icd} och {icd}.",
	"Vi har {fraction} i år mot {fraction} förra året.", "{fraction}", "{figure}", "Fall per månad: {counts}.", "{pairs}", "Vårdtillfällen {thousands}, vårddagar {thousands}.", "Rum {room}, säng {small}.",
	"Ny avdelning sedan {isodate}.", "Mätperiod {isorange}.", "Mätperiod {dotrange}, stängd {small} dagar.", "Journalanteckning {isotime}.", "Jour {clock}-{clock}, {small} kväll.",
	"Avvikelse nr {case} utredd.", "Ärende {case}.", "Faktura {digits10} betald.", "OCR {digits10}.", "Meddelande {slackts} i tråden.", "https://example.slack.com/archives/C{digits8}/p{slacklink}", "thread_ts={slackts}", "{slackts}",
	"Backup gjord {compact}.", "Logg {compact14}: klart.", "GTIN {gtin} slut i förrådet.", "Paracetamol {dose} mg x {small}, max {n} mg.", "Bankgiro {giro}.", "Vecka {small}: {counts5}.",
	// Norwegian and Danish
	"Pasienten falt {shorttime} på badet.", "Innlagt {dottime}, utskrevet {dottime}.", "BT {bp}, puls {n}, temp {dec}.", "Ring {phone8} eller +47 {phone8}.", "Org.nr. {orgno} er ført.", "Kontonr {konto}.",
	"Patienten faldt {shorttime} på gangen.", "Indlagt {dottime}.", "Ring på {phone8}, lokal {ext}.", "CVR {digits8}.", "Målt i perioden {dotrange}.", "{fraction} patienter, mod {fraction} før.", "Varenr. {article} er udsolgt.",
	"Avd. {room}: {fraction}, {small} fall.", "Sag {case}.", "ISBN {isbn10} findes på biblioteket.", "Tal pr. måned: {counts}.", "Blodtryk {bp} kl. {clock}.", "Fra {isodate} til {isodate}.", "Laget {dottime} af {small} personer.",
	// Finnish
	"Potilas kaatui {shorttime} osastolla.", "Kirjattu {dottime}.", "Soita {fiphone} tai {fiphone}.", "Y-tunnus {ytunnus}.", "RR {bp}, syke {n}.", "Osasto {room}: {fraction}.", "Tilausnumero {digits10}.", "Kaatumiset kuukausittain: {counts}.",
	"Annos {dose} mg x {small}.", "Klo {clock}–{clock}, {isodate}.", "Sarjanumero {serial}.",
	// English
	"Patient fell {shorttime} in the bathroom.", "Admitted {isotime}, discharged {isotime}.", "BP {bp}, pulse {n}, sats {pct} %.", "Call {ukphone} or bleep {ext}.", "Mobile {ukmobile}.", "See ISBN {isbn10}.", "ISBN {isbn13}.", "{isbn10}",
	"Order no {digits10}.", "Item {article} is out of stock.", "Falls by month: {counts}.", "Beds {n}, admissions {thousands}, bed days {thousands}.", "Room {room}, bed {small}.", "Serial {serial}, firmware {small}.{small}.{small}.",
	"{fraction} this quarter, {fraction} last.", "Reporting window {isorange}.", "ICD-10 {icd}, {icd}.", "PMID {digits8}, doi 10.1016/j.zefq.{year}.{digits6}.", "Build {compact} deployed.", "Ticket {case}.", "Hb {n}, CRP {n}, WBC {dec}.", "International +46 70 {phone7}.",
	"{columns}", "{columns3}", "Barcode {gtin}.", "We had {n} falls in {n} bed days, {pct} % reported.", "Ward code {ward}, site {ward}.", "msg {digits10}", "Scan taken {digits6} {hhmm}.", "{n}/{n} and {n}/{n}", "CI {dec}–{dec}, p = 0.0{small}", "v{small}.{small}.{small}-{compact}",
	"Falls by day: {few10}.", "Fall per månad: {few12}.", "O2 {small}l/min, SpO2 {pct} %, {n} ml x {small}.", "IL-10 {n}, B12 {dec}, {small}i1 och Io{small}.", "Version {small}.{small}.{small}.{small}.{small}.", "Rad {twos}.",
}

var clinicalNames = regexp.MustCompile(`\{[a-z0-9]+\}`)

// clinicalNumbers make what stands in the sentences.
var clinicalNumbers = map[string]func(*rand.Rand) string{
	"n": func(d *rand.Rand) string { return fmt.Sprint(d.IntN(1500)) }, "small": func(d *rand.Rand) string { return fmt.Sprint(1 + d.IntN(30)) }, "pct": func(d *rand.Rand) string { return fmt.Sprint(d.IntN(101)) },
	"dec":  func(d *rand.Rand) string { return fmt.Sprintf("%d%c%d", d.IntN(200), ".,"[d.IntN(2)], d.IntN(100)) },
	"dose": func(d *rand.Rand) string { return fmt.Sprint(5 * (1 + d.IntN(200))) }, "bp": func(d *rand.Rand) string { return fmt.Sprintf("%d/%d", 90+d.IntN(100), 50+d.IntN(60)) },
	"clock": func(d *rand.Rand) string { return fmt.Sprintf("%02d%c%02d", d.IntN(24), ".:"[d.IntN(2)], d.IntN(60)) }, "hhmm": func(d *rand.Rand) string { return fmt.Sprintf("%02d%02d", d.IntN(24), d.IntN(60)) },
	"date": func(d *rand.Rand) string {
		return recently(d).Format([]string{"2006-01-02", "2/1", "02.01.2006", "060102"}[d.IntN(4)])
	},
	"isodate": func(d *rand.Rand) string { return recently(d).Format("2006-01-02") },
	"isotime": func(d *rand.Rand) string {
		return recently(d).Format([]string{"2006-01-02 15:04", "2006-01-02 1504", "2006-01-02T15:04:05Z", "2006-01-02 15.04"}[d.IntN(4)])
	},
	"dottime": func(d *rand.Rand) string {
		return recently(d).Format([]string{"02.01.06 15.04", "02.01.2006 kl. 15.04", "020106 1504", "020106 15:04", "02.01.2006 15:04", "02/01-06 15:04"}[d.IntN(6)])
	},
	"shorttime": func(d *rand.Rand) string {
		return recently(d).Format([]string{"060102 1504", "060102-1504", "060102 kl 1504", "20060102 1504", "060102 15:04", "2006-01-02 1504"}[d.IntN(6)])
	},
	"compact": func(d *rand.Rand) string { return recently(d).Format("200601021504") }, "compact14": func(d *rand.Rand) string { return recently(d).Format("20060102150405") },
	"isorange": func(d *rand.Rand) string {
		t := recently(d)
		return t.Format("2006-01-02") + []string{"–", " - ", " till ", "--", "-"}[d.IntN(5)] + t.AddDate(0, 0, d.IntN(99)).Format("2006-01-02")
	},
	"dotrange": func(d *rand.Rand) string {
		t := recently(d)
		return t.Format("02.01.06") + []string{"–", " - ", "-"}[d.IntN(3)] + t.AddDate(0, 0, d.IntN(99)).Format("02.01.06")
	},
	"mobile": func(d *rand.Rand) string {
		return filled(d, []string{"070-### ## ##", "07#-#######", "+46 70 ### ## ##", "+4670#######", "0046 73 ### ## ##", "+46 (0)70-### ## ##", "076 ### ## ##", "0739-## ## ##", "070 ### ####"})
	},
	"mobileplain": func(d *rand.Rand) string {
		return filled(d, []string{"070#######", "072#######", "073#######", "076#######", "079#######"})
	},
	"phone": func(d *rand.Rand) string {
		return filled(d, []string{"08-### ### ##", "031-### ## ##", "046-## ## ##", "0480-## ## ##", "08-## ## ## ##", "+46 8 ### ### ##", "018-611 ## ##"})
	},
	"phone8": func(d *rand.Rand) string {
		return filled(d, []string{"## ## ## ##", "########", "### ## ###", "#### ####"})
	},
	"phone7": func(d *rand.Rand) string { return filled(d, []string{"### ## ##", "#######"}) },
	"fiphone": func(d *rand.Rand) string {
		return filled(d, []string{"040 ### ####", "050-#######", "+358 40 #######", "09 ### ####", "044 ### ## ##", "0400 ######"})
	},
	"ukphone": func(d *rand.Rand) string {
		return filled(d, []string{"020 7### ####", "0131 ### ####", "+44 20 7### ####", "0161-### ####", "(0131) ### ####"})
	},
	"ukmobile": func(d *rand.Rand) string {
		return filled(d, []string{"07### ######", "07#########", "+44 7### ######"})
	},
	"ext":    func(d *rand.Rand) string { return filled(d, []string{"####", "#####", "### ##"}) },
	"isbn10": func(d *rand.Rand) string { return isbn10(d) }, "isbn13": func(d *rand.Rand) string { return isbn13(d) },
	"article": func(d *rand.Rand) string {
		return filled(d, []string{"######", "#######", "########", "###-###", "######-##", "##########", "#### ####", "######-####"})
	},
	"serial": func(d *rand.Rand) string {
		return filled(d, []string{"SN########", "###########", "20##0#1#-####", "A#########", "############", "####-####-####", "##########"})
	},
	"digits6": func(d *rand.Rand) string { return filled(d, []string{"######"}) }, "digits8": func(d *rand.Rand) string { return filled(d, []string{"########"}) }, "digits10": func(d *rand.Rand) string { return filled(d, []string{"##########"}) },
	"org": func(d *rand.Rand) string { return orgNumber(d) }, "orgno": func(d *rand.Rand) string { return filled(d, []string{"9## ### ###", "9########"}) },
	"konto": func(d *rand.Rand) string { return konto(d) }, "hsa": func(d *rand.Rand) string {
		return "SE" + strings.ReplaceAll(orgNumber(d), "-", "") + filled(d, []string{"-####", "-A###", "-1#B#"})
	},
	"ytunnus": func(d *rand.Rand) string { return filled(d, []string{"#######-#"}) }, "icd": func(d *rand.Rand) string {
		return filled(d, []string{"W19.#", "S72.##", "I##", "E11.#", "QFB##", "AN###"})
	},
	"fraction": func(d *rand.Rand) string { b := 1 + d.IntN(5000); return fmt.Sprintf("%d/%d", d.IntN(b+1), b) },
	"figure": func(d *rand.Rand) string {
		return filled(d, []string{"falls 14##/20##", "falls ##/##### new ward", "infections 3/1####", "stay 4,# (1,#; n=###)", "1412/2034"})
	},
	"counts": func(d *rand.Rand) string { return list(d, 12, 40, []string{", ", " ", "; "}[d.IntN(3)]) }, "counts5": func(d *rand.Rand) string { return list(d, 5, 100, " ") },
	"pairs": func(d *rand.Rand) string {
		return filled(d, []string{"## ## ## ## ##", "## ## ## ##", "12 34 56 78 90", "## ## ## ## ## ##"})
	},
	"thousands": func(d *rand.Rand) string {
		return filled(d, []string{"1 ### ###", "## ###", "### ###", "1,###,###", "1.###.###"})
	},
	"room": func(d *rand.Rand) string { return filled(d, []string{"##", "###", "3#:#", "A###", "##-##"}) }, "ward": func(d *rand.Rand) string { return filled(d, []string{"RH#A#", "####", "###-##", "#####"}) },
	"case": func(d *rand.Rand) string {
		return filled(d, []string{"2026-#####", "2026-####", "RS 2026-0####", "202600####", "2026/#####", "#######"})
	},
	"slackts": func(d *rand.Rand) string { return filled(d, []string{"17########.######", "1699999999.123456"}) }, "slacklink": func(d *rand.Rand) string { return filled(d, []string{"17##############"}) },
	"gtin": func(d *rand.Rand) string { return filled(d, []string{"73###########", "########", "0############"}) }, "giro": func(d *rand.Rand) string { return filled(d, []string{"###-####", "####-####", "## ## ##-#"}) },
	"year":  func(d *rand.Rand) string { return fmt.Sprint(2000 + d.IntN(27)) },
	"few10": func(d *rand.Rand) string { return list(d, 10, 10, []string{", ", ",", " "}[d.IntN(3)]) }, "few12": func(d *rand.Rand) string { return list(d, 12, 10, []string{", ", ",", " "}[d.IntN(3)]) },
	"twos": func(d *rand.Rand) string {
		return filled(d, []string{"##.##.##.##.##", "##-##-##-##-##", "##/##/##/##/##"})
	},
	"columns": func(d *rand.Rand) string { return list(d, 8, 3000, "\t") + "\n" + list(d, 8, 3000, "\t") }, "columns3": func(d *rand.Rand) string { return list(d, 3, 2000, "\n") + "\n" + list(d, 3, 100000, "\n") },
}

// recently is a time of the last years, as clinical times are.
func recently(d *rand.Rand) time.Time {
	return time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC).Add(-time.Duration(d.IntN(3*365*24*60)) * time.Minute)
}

func filled(d *rand.Rand, forms []string) string {
	return strings.Map(func(r rune) rune {
		if r == '#' {
			return '0' + d.Int32N(10)
		}
		return r
	}, forms[d.IntN(len(forms))])
}

func list(d *rand.Rand, n, below int, between string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprint(d.IntN(below))
	}
	return strings.Join(all, between)
}

func isbn10(d *rand.Rand) string {
	digits := filled(d, []string{"0########", "1########", "91#######", "82#######", "87#######", "951######"})
	mark := "X"
	if control := (11 - sum(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2)%11) % 11; control < 10 {
		mark = fmt.Sprint(control)
	}
	switch d.IntN(3) {
	case 0:
		return digits + mark
	case 1:
		return digits[:2] + "-" + digits[2:6] + "-" + digits[6:] + "-" + mark
	}
	return digits[:1] + "-" + digits[1:4] + "-" + digits[4:] + "-" + mark
}

func isbn13(d *rand.Rand) string {
	digits := filled(d, []string{"978#########", "97891#######"})
	digits += fmt.Sprint((10 - sum(digits, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3)%10) % 10)
	if d.IntN(2) == 0 {
		return digits
	}
	return digits[:3] + "-" + digits[3:5] + "-" + digits[5:9] + "-" + digits[9:12] + "-" + digits[12:]
}

// orgNumber is a Swedish organisation's, whose third digit is at least 2 and whose
// control digit is that of persons.
func orgNumber(d *rand.Rand) string {
	digits := filled(d, []string{"55####", "23####", "21####", "76####", "80####", "20####"})
	digits = digits[:2] + string("23456789"[d.IntN(8)]) + digits[3:] + filled(d, []string{"###"})
	return digits[:6] + "-" + digits[6:] + luhnDigit(digits)
}

// konto is a Norwegian account, whose control digit is the second of persons.
func konto(d *rand.Rand) string {
	for {
		digits := filled(d, []string{"##########"})
		if control := (11 - sum(digits, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11) % 11; control < 10 {
			digits += fmt.Sprint(control)
			return []string{digits, digits[:4] + "." + digits[4:6] + "." + digits[6:], digits[:4] + " " + digits[4:6] + " " + digits[6:]}[d.IntN(3)]
		}
	}
}

func TestPersonalNumberFalseAlarms(t *testing.T) {
	t.Parallel()
	const tries = 10000
	for _, seed := range []uint64{1, 2, 3} {
		dice := rand.New(rand.NewPCG(2026, seed))
		refused, asked := map[string]int{}, map[string]int{}
		refusals, questions := 0, 0
		examples := map[string]string{}
		for range tries {
			form := clinical[dice.IntN(len(clinical))]
			text := clinicalNames.ReplaceAllStringFunc(form, func(name string) string { return clinicalNumbers[name[1:len(name)-1]](dice) })
			switch kind, verdict := PersonalNumber(text); verdict {
			case Personal:
				refusals++
				refused[form]++
				examples["refused "+form] = string(kind) + ": " + text
			case Doubtful:
				questions++
				asked[form]++
				examples["asked "+form] = string(kind) + ": " + text
			case Innocent:
			}
		}
		for form, n := range refused {
			t.Logf("refused %d: %q", n, examples["refused "+form])
		}
		for form, n := range asked {
			t.Logf("asked %d: %q", n, examples["asked "+form])
		}
		t.Logf("of %d sentences, %d refused, %d asked", tries, refusals, questions)
		if refusals >= tries/1000 || questions > tries/80 {
			t.Errorf("of %d sentences, %d are refused and %d asked about", tries, refusals, questions)
		}
	}
}
