package report

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
)

func TestReadTemplate(t *testing.T) {
	got, err := ReadTemplate("t.yaml", strings.NewReader("\ufeff"+`name: "  Ward\tsafety "
language: sv
indicators:
  - {id: falls, title: "Falls\u200b\u202e here", kind: rate, multiplier: 1 000, plausible: ["0,5", 12.125], target: 1.234, direction: lower}
  - id: scale-1
    title: 5
    kind: scale
    levels: 5
    target: null
    plausible: {high: 5, low: -0}
    professions: [nurse, "assistant   nurse"]
    measures: |
      Two lines,
      the second.
`))
	if err != nil {
		t.Fatal(err)
	}
	target := 1.234
	want := TemplateFile{Name: "Ward safety", Language: "sv", Indicators: []benchmark.Indicator{
		{
			ID: "falls", Title: "Falls here", Kind: benchmark.Rate, Multiplier: 1000, Direction: benchmark.Lower,
			Plausible: &benchmark.Range{Low: 0.5, High: 12.125}, Target: &target,
		},
		{
			ID: "scale-1", Title: "5", Kind: benchmark.Scale, Levels: 5, Plausible: &benchmark.Range{High: 5},
			Professions: []benchmark.Profession{"nurse", "assistant nurse"}, Measures: "Two lines,\nthe second.",
		},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if math.Signbit(got.Indicators[1].Plausible.Low) {
		t.Error("a minus before a zero was kept")
	}
}

func TestReadTemplateLimits(t *testing.T) {
	_, err := ReadTemplate("t.yaml", strings.NewReader(strings.Repeat("#", MaxTemplateBytes+1)))
	if err == nil || !strings.Contains(err.Error(), "more than 256 kB") {
		t.Errorf("too large: %v", err)
	}
	broken := errors.New("broken")
	if _, err := ReadTemplate("t.yaml", failing{broken}); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	const most = 20_000 // a billion, if aliases were followed
	if work := testing.AllocsPerRun(1, func() { _, err = ReadTemplate("t.yaml", strings.NewReader(bomb())) }); err == nil || work > most {
		t.Errorf("after %v allocations: %v", work, err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error)  { return 0, f.err }
func (f failing) Write([]byte) (int, error) { return 0, f.err }

// bomb is a file of some hundred bytes that would be a billion strings.
func bomb() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n")
	for i := range 9 {
		now, before := string(rune('1'+i)), "*a"+string(rune('0'+i))
		b.WriteString("a" + now + ": &a" + now + " [" + strings.TrimSuffix(strings.Repeat(before+",", 10), ",") + "]\n")
	}
	return b.String() + "indicators: *a9\nname: *a9\n"
}

// anyTemplate draws templates that the domain takes, with texts that YAML could
// take for something else.
func anyTemplate() *rapid.Generator[TemplateFile] {
	odd := []string{"", "yes", "~", "null", "12,5", "1e3", "0x1F", "#no", "a: b", "- a", "%", "*a", "&a", "!tag", "'q'", `"q"`, "a\nb", "{", "|", "=", "2026-11-22", "1_000", "👩‍⚕️ åäö", "---", "<<", "a  b", "x\\n"}
	text := rapid.Custom(func(t *rapid.T) string {
		s := rapid.OneOf(rapid.SampledFrom(odd), rapid.StringN(0, 40, 100)).Draw(t, "text")
		s, _ = freetext.Clean(s, maxDefinition)
		return s
	})
	label := rapid.Map(text, oneLine)
	decimal := rapid.Float64Range(-1e6, 1e6)
	indicator := rapid.Custom(func(t *rapid.T) benchmark.Indicator {
		i := benchmark.Indicator{
			ID:    benchmark.IndicatorID(rapid.StringMatching(`[a-z][a-z0-9_-]{0,39}`).Draw(t, "id")),
			Title: "T" + label.Draw(t, "title"), Measures: text.Draw(t, "measures"),
			Kind: rapid.SampledFrom(benchmark.Kinds).Draw(t, "kind"), Unit: label.Draw(t, "unit"),
			Direction: rapid.SampledFrom([]benchmark.Direction{"", benchmark.Neutral, benchmark.Higher, benchmark.Lower}).Draw(t, "direction"),
			Section:   label.Draw(t, "section"), Numerator: text.Draw(t, "numerator"), Denominator: text.Draw(t, "denominator"),
		}
		switch i.Kind {
		case benchmark.Proportion, benchmark.Rate:
			i.Multiplier = rapid.SampledFrom([]float64{0, 1, 100, 1000, 100000, 0.5, 1.234}).Draw(t, "multiplier")
		case benchmark.Scale:
			i.Levels = rapid.IntRange(2, 20).Draw(t, "levels")
		default:
		}
		if rapid.Bool().Draw(t, "has target") {
			x := decimal.Draw(t, "target")
			i.Target = &x
		}
		if rapid.Bool().Draw(t, "has range") {
			low, high := decimal.Draw(t, "low"), decimal.Draw(t, "high")
			i.Plausible = &benchmark.Range{Low: min(low, high), High: max(low, high)}
		}
		for _, p := range rapid.SliceOfN(label, 0, 3).Draw(t, "professions") {
			i.Professions = append(i.Professions, benchmark.Profession("p"+p))
		}
		return i
	})
	return rapid.Custom(func(t *rapid.T) TemplateFile {
		return TemplateFile{
			Name:       label.Draw(t, "name"),
			Language:   rapid.SampledFrom([]string{"", "en", "sv", "no", "zh-Hant"}).Draw(t, "language"),
			Indicators: rapid.SliceOfNDistinct(indicator, 1, 5, func(i benchmark.Indicator) benchmark.IndicatorID { return i.ID }).Draw(t, "indicators"),
		}
	})
}

// sameZero makes one of the two zeros.
var sameZero = cmp.Comparer(func(a, b float64) bool { return a == b })

func TestTemplateRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyTemplate().Draw(t, "template")
		var b bytes.Buffer
		if err := WriteTemplate(&b, want); err != nil {
			t.Fatal(err)
		}
		got, err := ReadTemplate("t.yaml", bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatalf("%v\n%s", err, b.Bytes())
		}
		if diff := cmp.Diff(want, got, sameZero); diff != "" {
			t.Fatalf("(-want +got):\n%s\n%s", diff, b.Bytes())
		}
	})
}

func TestWriteTemplate(t *testing.T) {
	broken := errors.New("broken")
	if err := WriteTemplate(failing{broken}, TemplateFile{}); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	starter, _ := Starter("en", "ward-safety")
	var b bytes.Buffer
	if err := WriteTemplate(&b, starter); err != nil {
		t.Fatal(err)
	}
	checkGolden(t, "testdata/ward-safety.yaml", b.String())
}

func FuzzReadTemplate(f *testing.F) {
	for _, pattern := range []string{"testdata/bad/*.yaml", "starters/*/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	f.Add([]byte(bomb()))
	f.Fuzz(func(t *testing.T, data []byte) {
		template, err := ReadTemplate("t.yaml", bytes.NewReader(data))
		if err != nil {
			checkMistakes(t, err)
			return
		}
		found(t, template, nil)
		var b bytes.Buffer
		if err := WriteTemplate(&b, template); err != nil {
			t.Fatal(err)
		}
		again, err := ReadTemplate("t.yaml", bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatalf("%v\n%s", err, b.Bytes())
		}
		if diff := cmp.Diff(template, again, sameZero); diff != "" {
			t.Fatalf("(-want +got):\n%s\n%s", diff, b.Bytes())
		}
	})
}
