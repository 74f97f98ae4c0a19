package chart

import (
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

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
}

// exhibits are all kinds of pictures, at the sizes that networks have.
func exhibits(t *testing.T) []exhibit {
	compare := func(name, what, language string, v view.View) exhibit {
		return exhibit{
			name, what, language,
			func(l *locale.Locale) (Picture, error) { return Comparison(l, v) },
		}
	}
	follow := func(name, what, language string, s Series) exhibit {
		return exhibit{
			name, what, language,
			func(l *locale.Locale) (Picture, error) { return Trend(l, s) },
		}
	}
	rounds := func(name, what, language string, organisations int, visibility benchmark.Visibility) exhibit {
		return exhibit{
			name, what, language,
			func(l *locale.Locale) (Picture, error) {
				return first(Round(l, drawnRound(t, eightKinds(language), organisations, visibility, "")))
			},
		}
	}
	own := func(name, what, language string) exhibit {
		return exhibit{
			name, what, language,
			func(l *locale.Locale) (Picture, error) {
				return first(Own(l, ownRows(t, eightKinds(language), 14, benchmark.Named)))
			},
		}
	}
	kinds := func(k benchmark.Kind, numbers ...int) []exhibit {
		var all []exhibit
		for i, n := range numbers {
			language := []string{"en", "sv"}[i%2]
			all = append(all, compare(fmt.Sprintf("%s-%d", k, n), fmt.Sprintf("%s, %d organisations", strings.ToUpper(string(k[:1]))+string(k[1:]), n), language, invented(t, k, n, language).seenBy("")))
		}
		return all
	}
	tried := losFigures(32)
	for i := range 11 {
		tried[21+i].Value = 6.2 + float64(i%4)/10
	}
	long := series(t, los, tried, 6)
	long.Points = append(long.Points[:17:17], long.Points[19:]...)
	long.Organisation = "Sjövik"
	long.Actions = []Action{{At: time.Date(2025, 10, 1, 0, 0, 0, 0, time.UTC), Text: "rounds at the bed before nine"}}
	return slices.Concat(
		[]exhibit{
			rounds("round-12", "A round, 12 organisations", "en", 12, benchmark.Named), rounds("round-3", "A round, 3 organisations", "sv", 3, benchmark.Named),
			rounds("round-21", "A round, 21 organisations", "sv", 21, benchmark.Coded), rounds("round-60", "A round, 60 organisations", "en", 60, benchmark.Named),
			rounds("round-200", "A round, 200 organisations", "sv", 200, benchmark.Named), rounds("round-2000", "A round, 2,000 organisations", "en", 2000, benchmark.Named),
			rounds("round-own", "A round where organisations don't see each other", "en", 12, benchmark.Own),
			own("own", "One's own view", "en"), own("own-swedish", "The same in Swedish", "sv"),
		},
		[]exhibit{compare("funnel", "Real figures: children's heart surgery", "en", heart(t).seenBy(""))},
		kinds(benchmark.Proportion, 3, 5, 12, 22, 23, 60, 200, 2000), kinds(benchmark.Rate, 12, 21), kinds(benchmark.Mean, 12, 60),
		kinds(benchmark.Count, 5, 12, 23, 60, 200), kinds(benchmark.Duration, 12, 23, 2000), kinds(benchmark.Scale, 3, 12, 60), kinds(benchmark.YesNo, 12, 23, 60),
		[]exhibit{
			compare("names-1", "Names in four scripts", "en", half(forty(t), 0).seenBy("")),
			compare("names-2", "Names in four others", "sv", half(forty(t), 1).seenBy("")),
			compare("rows-you", "Means, seen by one of them, against a target", "sv", waits(t).seenBy("Mora")),
			compare("rows-coded", "By letter", "sv", coded(heart(t)).seenBy("")),
			compare("funnel-you", "A funnel, seen by one of them", "sv", sixty(t).seenBy("Alingsås lasarett B2")),
			compare("dots-you", "Dots, seen by one of them", "en", stays(t).seenBy("Ca")),
			compare("withheld", "Much withheld", "en", smallWards(t).seenBy("")),
			compare("strip", "Where organisations don't see each other", "en", heart(t).with(benchmark.Own).seenBy("Oxford")),
			follow("trend", "A new definition, missing months, and what was tried", "en", long),
			follow("trend-few", "Too few points for limits", "sv", series(t, hygiene, hygieneFigures(4))),
			follow("trend-trial", "Limits on trial", "en", series(t, los, losFigures(9))),
			follow("trend-target", "Two and a half years, against a target", "sv", series(t, hygiene, hygieneFigures(30))),
			follow("trend-rebased", "Limits made anew", "en", rebased(t, 24)),
		})
}

// first is the first of some pictures.
func first(pictures []Picture, err error) (Picture, error) {
	if err != nil {
		return Picture{}, err
	}
	return pictures[0], nil
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
	mostExhibits     = 55      // every form, kind and number
	mostExhibitBytes = 150_000 // as of those that are posted
)

// The contact sheet has every exhibit with its words, and its pictures are there
// and small. Their bytes aren't compared: golden pictures do that.
func TestContactSheet(t *testing.T) {
	var page strings.Builder
	page.WriteString("# Pictures\nEvery form of picture, kind and number, as large as a phone shows it (345 units wide) under a ruler, with the alternative text that goes\nwith it, in the language it is in. The figures of children's heart surgery are real ([sources](../examples/README.md)); all others are\nmade up. `make pictures` draws the page anew.\n")
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
		fmt.Fprintf(&page, "\n## %s\n<img src=\"pictures/ruler.svg\" width=\"345\" alt=\"A ruler of 345 units.\"><br>\n<img src=\"pictures/%s.png\" width=\"345\" alt=\"%s\">\n\n%s\n", x.what, x.name, html.EscapeString(p.Alt), p.Alt)
	}
	if *drawSheet {
		if err := os.WriteFile(filepath.Join(folder, "pictures", "ruler.svg"), []byte(ruler()), 0o644); err != nil {
			t.Fatal(err)
		}
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

// ruler is as wide as a phone shows a picture, with a line at every tenth unit.
func ruler() string {
	var lines strings.Builder
	for x := 0; x <= 345; x += 10 {
		tall := 4
		if x%50 == 0 {
			tall = 9
			fmt.Fprintf(&lines, `<text x="%d" y="19" font-size="8" font-family="sans-serif" fill="#57606A">%d</text>`, x+1, x)
		}
		fmt.Fprintf(&lines, `<path d="M%d.5 0v%d" stroke="#57606A"/>`, x, tall)
	}
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 345 22" width="345" height="22">` + lines.String() + "</svg>\n"
}
