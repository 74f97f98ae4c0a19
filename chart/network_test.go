package chart

import (
	"fmt"
	"math/rand/v2"

	"roundtable/benchmark"
)

// towns are invented organisations, some with long names.
var towns = []string{
	"Avdelning 17, Kullaviks sjukhus", "Bergby kommun, korttidsboendet Solgläntan", "Björkhaga sjukhus, ortopedi avd 3", "Ekliden", "Falkvik", "Grenö lasarett, medicin",
	"Hagsäter geriatrik", "Korsnäs", "Lillåns vårdcentral", "Norrhamns sjukhus, akutvårdsavdelningen", "Norrtorps sjukhus, medicinkliniken avd 3",
	"Norrtorps sjukhus, medicinkliniken avd 4", "Rönnvik", "Sjövik sjukhus", "Storängen", "Tallmo rehab", "Vallby lasarett, kirurgi",
	"Västerhav universitetssjukhus, ortopedkliniken avd 54", "Åsnäs närsjukhus", "Östervik", "مستشفى شجرة التين، الجراحة",
}

// invented is a network of so many organisations, with an indicator of a kind.
func invented(t tester, k benchmark.Kind, n int, language string) *example {
	i := benchmark.Indicator{ID: "any", Kind: k, Direction: benchmark.Lower, Levels: 5}
	title := map[benchmark.Kind][2]string{
		benchmark.Proportion: {"Pressure ulcers", "Trycksår"}, benchmark.Rate: {"Falls with injury", "Fall med skada"}, benchmark.Mean: {"Pain at discharge", "Smärta vid utskrivning"},
		benchmark.Count: {"Medication incidents", "Läkemedelshändelser"}, benchmark.Duration: {"Wait in emergency", "Väntan på akuten"},
		benchmark.Scale: {"We speak up when something is wrong", "Vi säger till när något är fel"}, benchmark.YesNo: {"Daily safety huddles", "Daglig säkerhetsgenomgång"},
	}[k]
	i.Title = title[0]
	if language == "sv" {
		i.Title = title[1]
	}
	switch k {
	case benchmark.Rate:
		i.Unit, i.Denominator = "per 1,000 bed days", "Bed days"
		if language == "sv" {
			i.Unit, i.Denominator = "per 1 000 vårddygn", "Vårddygn"
		}
	case benchmark.Duration:
		i.Unit = "h"
	case benchmark.Proportion, benchmark.Mean, benchmark.Count, benchmark.Scale, benchmark.YesNo, benchmark.Text:
	}
	e := newExample(t, i, "2026-Q3")
	dice := rand.New(rand.NewPCG(uint64(n), 11))
	for at := range n {
		name := towns[at%len(towns)]
		if at >= len(towns) {
			name = fmt.Sprintf("%s, hus %d", name, at/len(towns)+1)
		}
		if k == benchmark.Rate && at%10 == 8 {
			e.answer(name, []benchmark.Answer{benchmark.NotMeasured, benchmark.DoesNotFit}[at/10%2])
			continue
		}
		e.give(name, inventedFigure(dice, k, at, n))
	}
	if k == benchmark.Rate {
		e.v.Absent = append(e.v.Absent, e.v.Marks[len(e.v.Marks)-1])
		e.v.Absent[0] = markNamed("Tallmo rehab, hus 0")[0]
		e.v.Counts.Organisations++
		e.v.Counts.Skipped++
	}
	return e
}

// inventedFigure is one by chance, with a few that differ.
func inventedFigure(dice *rand.Rand, k benchmark.Kind, at, of int) benchmark.Figure {
	size, shift := float64(40+dice.IntN(50)*dice.IntN(20)), 1.0
	if at == 7 || at == 43 || of < 8 && at == 1 {
		shift = 2.2
	}
	events := func(share float64) float64 {
		x := 0.0
		for range int(size) {
			if dice.Float64() < share*shift {
				x++
			}
		}
		return x
	}
	switch k {
	case benchmark.Proportion:
		return benchmark.Figure{Numerator: events(0.24), Denominator: size}
	case benchmark.Rate:
		size *= 3
		return benchmark.Figure{Numerator: events(0.12), Denominator: 30 * size}
	case benchmark.Mean:
		return benchmark.Figure{Value: 3.1 + 0.4*(shift-1) + dice.NormFloat64()*1.6/size*6, N: size, SD: new(1.6)}
	case benchmark.Count:
		if at == 11 {
			return benchmark.Figure{Value: 140}
		}
		return benchmark.Figure{Value: float64(3 + dice.IntN(10) + dice.IntN(8))}
	case benchmark.Duration:
		if at == 3 && of > 5 {
			return benchmark.Figure{Value: 40}
		}
		return benchmark.Figure{Value: 2.2 + 2*dice.Float64() + dice.Float64()}
	case benchmark.Scale:
		return benchmark.Figure{Value: float64(2 + dice.IntN(3) + dice.IntN(2))}
	case benchmark.YesNo:
		return benchmark.Figure{Value: float64(dice.IntN(3) % 2)}
	case benchmark.Text:
	}
	return benchmark.Figure{}
}

// forty are organisations, invented, with names in eight scripts.
func forty(t tester) *example {
	e := newExample(t, benchmark.Indicator{ID: "falls", Title: "Falls with injury", Kind: benchmark.Rate, Unit: "per 1,000 bed days", Direction: benchmark.Lower}, "2026-Q3")
	for i, name := range []string{
		"Norrtorps sjukhus, medicinkliniken avd 3", "Norrtorps sjukhus, medicinkliniken avd 4", "Avdelning 17, Kullaviks sjukhus", "Västerhav universitetssjukhus, ortopedkliniken avd 54",
		"Norrhamns sjukhus, akutvårdsavdelningen", "Νοσοκομείο Ελιάς, χειρουργική κλινική", "Νοσοκομείο Κυψέλης", "Γενικό Νοσοκομείο Βορρά, παθολογική κλινική 2",
		"Γενικό Νοσοκομείο Βορρά, παθολογική κλινική 3", "Κέντρο Υγείας", "Больница Сосновая, хирургическое отделение 2", "Больница Сосновая, хирургическое отделение 3",
		"Клиника Берёзовая", "Городская больница", "Центральная районная больница имени врачей", "מרכז רפואי אורן, מחלקה 3", "מרכז רפואי אורן, מחלקה 4",
		"בית חולים הגליל", "בית חולים אלון הצפוני לרפואה פנימית", "מרפאת הדקל", "مستشفى شجرة التين، الجراحة", "مستشفى شجرة التين، قسم الأمراض الباطنية العامة 3",
		"مستشفى شجرة التين، قسم الأمراض الباطنية العامة 4", "عيادة النخيل", "مركز الواحة الصحي", "नदी अस्पताल, शल्य चिकित्सा विभाग", "नदी अस्पताल, प्रसूति विभाग", "पहाड़ी चिकित्सालय",
		"सामुदायिक स्वास्थ्य केंद्र 7", "ग्राम स्वास्थ्य केंद्र", "โรงพยาบาลแม่น้ำ", "โรงพยาบาลภูเขาแห่งภาคเหนือ อาคารสามชั้นสอง", "คลินิกชุมชน", "ศูนย์สุขภาพ 5", "ศูนย์สุขภาพ 6",
		"河川医院 外科", "河川医院 内科第二病区三号楼护理中心", "강 병원 외과", "山の診療所", "🏥🏥",
	} {
		days := float64(3000 + i*i*37%6000)
		e.give(name, benchmark.Figure{Numerator: float64(int(days*0.004) + i%9), Denominator: days})
	}
	return e
}

// half of an example's organisations.
func half(e *example, part int) *example {
	one, n := *e, len(e.v.Marks)/2
	one.v.Marks = e.v.Marks[part*n : part*n+n]
	one.v.Counts.Organisations, one.v.Counts.Values = n, n
	return &one
}
