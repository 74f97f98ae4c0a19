package chart

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
)

var drawSheet = flag.Bool("pictures", false, "write docs/pictures.md and its pictures")

// exhibit is a picture of the contact sheet.
type exhibit struct {
	name, what, language string
	picture              func(*locale.Locale) (Picture, error)
	caption              func(*locale.Locale) Words
}

// exhibits are all kinds of pictures, at the sizes that networks have.
func exhibits(t *testing.T) []exhibit {
	compare := func(name, what, language string, v view.View) exhibit {
		return exhibit{
			name, what, language,
			func(l *locale.Locale) (Picture, error) { return Comparison(l, v) },
			func(l *locale.Locale) Words { return Caption(l, v) },
		}
	}
	follow := func(name, what, language string, s Series) exhibit {
		return exhibit{
			name, what, language,
			func(l *locale.Locale) (Picture, error) { return Trend(l, s) },
			func(l *locale.Locale) Words { return TrendCaption(l, s) },
		}
	}
	guessed := heart(t)
	guessed.v.Guess = benchmark.Below
	return []exhibit{
		compare("funnel-three", "Three organisations, against a target", "sv", three(t).seenBy("Sunderby sjukhus")),
		compare("funnel-own", "Twelve, seen by one of them that made a guess", "en", guessed.seenBy("Oxford")),
		compare("funnel-coded", "Twelve, by code", "sv", coded(heart(t)).seenBy("")),
		compare("funnel-sixty", "Sixty, a rate", "sv", sixty(t).seenBy("Alingsås lasarett B2")),
		compare("rows", "Means with their intervals", "sv", waits(t).seenBy("Mora")),
		compare("columns", "A duration of many", "en", stays(t).seenBy("Ca")),
		compare("names", "Names in other scripts", "en", manyScripts(t).seenBy("")),
		compare("levels", "Answers on a scale", "en", culture(t).seenBy("Clinic 03")),
		compare("cells", "Answers of yes or no", "sv", rounds(t).seenBy("Danderyds sjukhus")),
		compare("rows-withheld", "Much withheld", "en", smallWards(t).seenBy("")),
		compare("strip", "Where organisations don't see each other", "en", heart(t).with(benchmark.Own).seenBy("Oxford")),
		follow("trend-few", "Too few points for limits", "sv", series(t, hygiene, hygieneFigures(4))),
		follow("trend-target", "Two and a half years, against a target", "sv", series(t, hygiene, hygieneFigures(30))),
		follow("trend-break", "A new definition", "sv", series(t, los, losFigures(24), 9)),
		follow("trend-rebased", "Limits made anew, and what was tried", "en", rebased(t, 24)),
	}
}

// manyScripts are clinics, invented, with names as their countries write them.
func manyScripts(t tester) *example {
	e := newExample(t, benchmark.Indicator{ID: "stay", Title: "Length of stay", Kind: benchmark.Duration, Unit: "days"}, "2026-Q4")
	for i, name := range []string{
		"Åsnäs närsjukhus, avd 3", "Νοσοκομείο Ελιάς", "Больница Сосновая", "בית חולים אורן 3", "مستشفى شجرة التين، الجراحة", "नदी अस्पताल",
		"ஆறு மருத்துவமனை", "โรงพยาบาลแม่น้ำ", "მდინარის საავადმყოფო", "ወንዝ ሆስፒታል", "河川医院", "강 병원",
	} {
		e.give(name, benchmark.Figure{Value: 4 + float64((i*i*7)%30)/10})
	}
	return e
}

// coded has codes for labels.
func coded(e *example) *example {
	e.with(benchmark.Coded)
	for i := range e.v.Marks {
		e.v.Marks[i].Label = fmt.Sprintf("K%02d", (i*7)%len(e.v.Marks)+1)
	}
	return e
}

const (
	mostExhibits     = 16
	mostExhibitBytes = 100_000
)

// The contact sheet has every exhibit with its words, and its pictures are there
// and small. Their bytes aren't compared: golden pictures do that.
func TestContactSheet(t *testing.T) {
	var page strings.Builder
	page.WriteString("# Pictures\nEvery kind of picture, with its caption and the alternative text that goes with it, in the language it is in. The figures of\nchildren's heart surgery are real ([sources](../examples/README.md)); all others are made up. `make pictures` draws the page anew.\n")
	all := exhibits(t)
	if len(all) > mostExhibits {
		t.Errorf("%d pictures, at most %d", len(all), mostExhibits)
	}
	folder := filepath.Join("..", "docs")
	for _, x := range all {
		l := locale.For(x.language)
		p, err := x.picture(l)
		if err != nil {
			t.Fatal(x.name, err)
		}
		path := filepath.Join(folder, "pictures", x.name+".png")
		if *drawSheet {
			if err := os.WriteFile(path, p.PNG, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if info, err := os.Stat(path); err != nil || info.Size() > mostExhibitBytes {
			t.Errorf("%s: %v, or more than %d bytes", path, err, mostExhibitBytes)
		}
		alt := strings.NewReplacer("[", "(", "]", ")").Replace(p.Alt)
		fmt.Fprintf(&page, "\n## %s\n![%s](pictures/%s.png)\n\nCaption: %s\n\nAlternative text: %s\n", x.what, alt, x.name, x.caption(l), p.Alt)
	}
	sheet := filepath.Join(folder, "pictures.md")
	if *drawSheet {
		if err := os.WriteFile(sheet, []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(sheet)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(page.String(), string(got)); diff != "" {
		t.Errorf("docs/pictures.md (-want +got; make pictures writes it):\n%s", diff)
	}
}
