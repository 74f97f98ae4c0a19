package analysis

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"roundtable/chart"
	"roundtable/locale"
)

// WritePictures draws each comparison, and each series of two periods or more,
// as PNG and as SVG into a folder, which is made if it isn't there, and returns
// the names of the files in order. Where words do better than a picture there is
// none. Pictures are drawn at once on all processors. Errors are those of the
// file system.
func (a *Analysis) WritePictures(dir string, l *locale.Locale) ([]string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // pictures for people to open
		return nil, fmt.Errorf("write pictures: %w", err)
	}
	jobs := a.drawings(l)
	names, failures := make([][]string, len(jobs)), make([]error, len(jobs))
	var drawing sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		drawing.Go(func() {
			for i := range next {
				names[i], failures[i] = jobs[i].write(dir)
			}
		})
	}
	for i := range jobs {
		next <- i
	}
	close(next)
	drawing.Wait()
	var all []string
	for _, n := range names {
		all = append(all, n...)
	}
	return all, errors.Join(failures...)
}

// drawing is one picture to be.
type drawing struct {
	name string // of its files, without their extension
	png  func() (chart.Picture, error)
	svg  func() (chart.Picture, error)
}

// drawings lists the pictures, each with a name that no other has.
func (a *Analysis) drawings(l *locale.Locale) []drawing {
	var all []drawing
	taken := map[string]bool{}
	name := func(words ...string) string {
		plain := fileName(words...)
		one := plain
		for k := 2; taken[one]; k++ {
			one = plain + "-" + strconv.Itoa(k)
		}
		taken[one] = true
		return one
	}
	for _, s := range a.subjects {
		for _, v := range s.views {
			all = append(all, drawing{
				name(string(v.Indicator.ID), v.Period.ID),
				func() (chart.Picture, error) { return chart.Comparison(l, v) },
				func() (chart.Picture, error) { return chart.ComparisonSVG(l, v) },
			})
		}
		for _, o := range s.series {
			all = append(all, drawing{
				name(string(s.indicator.ID), o.series.Organisation, "over-time"),
				func() (chart.Picture, error) { return chart.Trend(l, o.series) },
				func() (chart.Picture, error) { return chart.TrendSVG(l, o.series) },
			})
		}
	}
	return all
}

// write draws a picture and returns the names of its files; none when there is
// no picture to draw.
func (d drawing) write(dir string) ([]string, error) {
	var names []string
	for _, form := range []struct {
		extension string
		draw      func() (chart.Picture, error)
	}{{".png", d.png}, {".svg", d.svg}} {
		p, err := form.draw()
		if errors.Is(err, chart.ErrNoPicture) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		name := d.name + form.extension
		if err := os.WriteFile(filepath.Join(dir, name), append(p.PNG, p.SVG...), 0o644); err != nil { //nolint:gosec // pictures for people to open
			return nil, fmt.Errorf("write pictures: %w", err)
		}
		names = append(names, name)
	}
	return names, nil
}

var plainLetters = strings.NewReplacer("å", "a", "ä", "a", "ö", "o", "é", "e", "ü", "u")

// fileName joins words into a name that every file system takes.
func fileName(words ...string) string {
	clean := func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}
	const most = 120
	name := strings.Map(clean, plainLetters.Replace(strings.ToLower(strings.Join(words, "-"))))
	return strings.Trim(name[:min(len(name), most)], "-")
}
