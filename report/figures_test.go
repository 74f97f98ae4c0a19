package report

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
)

func TestReadFigures(t *testing.T) {
	const file = `note,SD, Organisation ,period,indicator,n,value,numerator,denominator
"'-- new ward, ""east""",,lakeside clinic,2026-q1,falls,,,3,412
,,b,2026-W7,Hand Hygiene,,,41,"1 042"

,"1,5",Östra  sjukhuset,1991-1995,stay,,"12,5",,
,,Östra sjukhuset,2026,wellbeing,1e3,-3.25,,
,,Lakeside Clinic,2026,transfers,,0,,
,,Lakeside Clinic,2026-H2,speak-up,,4,,
,,Lakeside Clinic,2026-T3,routine,,JA,,
,,Lakeside Clinic,2026-11,routine,,no,,
"two lines,
` + "\u202eof\u200b text" + `",,Lakeside Clinic,2026,how,,,,
'=1+1
`
	// The last line has too few cells: that is taken, as Excel leaves off
	// empty ones; here it lacks the rest.
	body := strings.TrimSuffix(file, "'=1+1\n")
	want := Figures{Rows: []Row{
		{Line: 2, Organisation: "lakeside clinic", Indicator: "falls", Period: "2026-Q1", Figure: benchmark.Figure{Numerator: 3, Denominator: 412}, Note: `-- new ward, "east"`},
		{Line: 3, Organisation: "b", Indicator: "hygiene", Period: "2026-W07", Figure: benchmark.Figure{Numerator: 41, Denominator: 1042}},
		{Line: 5, Organisation: "Östra sjukhuset", Indicator: "stay", Period: "1991-1995", Figure: benchmark.Figure{Value: 12.5, SD: new(1.5)}},
		{Line: 6, Organisation: "Östra sjukhuset", Indicator: "wellbeing", Period: "2026", Figure: benchmark.Figure{Value: -3.25, N: 1000}},
		{Line: 7, Organisation: "Lakeside Clinic", Indicator: "transfers", Period: "2026"},
		{Line: 8, Organisation: "Lakeside Clinic", Indicator: "speak-up", Period: "2026-H2", Figure: benchmark.Figure{Value: 4}},
		{Line: 9, Organisation: "Lakeside Clinic", Indicator: "routine", Period: "2026-T3", Figure: benchmark.Figure{Value: 1}},
		{Line: 10, Organisation: "Lakeside Clinic", Indicator: "routine", Period: "2026-11"},
		{Line: 11, Organisation: "Lakeside Clinic", Indicator: "how", Period: "2026", Note: "two lines,\nof text"},
	}}
	semicolons := convert(t, body, ';')
	for name, text := range map[string]string{
		"commas":           body,
		"byte order mark":  "\ufeff" + body,
		"CRLF":             strings.ReplaceAll(body, "\n", "\r\n"),
		"CR":               strings.ReplaceAll(body, "\n", "\r"),
		"semicolons":       semicolons,
		"tabs":             convert(t, body, '\t'),
		"no last line end": strings.TrimSuffix(body, "\n"),
		"empty columns":    strings.ReplaceAll(semicolons, ";how;;;;", ";how;;;;;;;\n;;;;;;;;;;;;;"),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := ReadFigures("f.csv", iotest.OneByteReader(strings.NewReader(text)), options())
			if err != nil {
				t.Fatal(err)
			}
			for k := range got.Rows {
				if name == "semicolons" || name == "tabs" || name == "empty columns" {
					got.Rows[k].Line = want.Rows[k].Line // converting took the blank line out
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// convert writes a file with another delimiter.
func convert(t *testing.T, text string, delimiter rune) string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = delimiter
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestDecimalSign(t *testing.T) {
	for decimal, want := range map[rune]float64{'.': 1234, ',': 1.234} {
		o := options()
		o.Decimal = decimal
		got, err := ReadFigures("f.csv", strings.NewReader("organisation;indicator;period;value\nB;stay;2026;1,234\n"), o)
		if err != nil || got.Rows[0].Figure.Value != want {
			t.Errorf("%c: %v, %v", decimal, got.Rows, err)
		}
	}
}

func TestFiguresOfAnybody(t *testing.T) {
	o := options()
	o.Organisations = nil
	f, err := ReadFigures("f.csv", strings.NewReader("sep=;\nperiod;organisation;indicator;value\n2026;Here;stay;1\n2027;HERE;stay;1\n2026;There;stay;1\n"), o)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Here", "There"}, f.Organisations()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	h, err := f.History([]benchmark.Organisation{{ID: "o1", Name: "There"}, {ID: "o2", Name: "here"}})
	if err != nil || len(h.Figures) != 3 || h.Figures[1].Organisation != "o2" {
		t.Errorf("%v, %v", h, err)
	}
	if _, err := f.History(nil); err == nil || !strings.Contains(err.Error(), `line 3: "Here"`) {
		t.Errorf("got %v", err)
	}
}

// TestNamesBeforeCodes: a code that is somebody's name is the name.
func TestNamesBeforeCodes(t *testing.T) {
	known := organisationIndex([]benchmark.Organisation{{ID: "o1", Name: "North", Code: "S"}, {ID: "o2", Name: "S", Code: "N"}})
	if diff := cmp.Diff(map[string]benchmark.OrganisationID{"north": "o1", "s": "o2", "n": "o2"}, known); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Once letters were dealt anew a letter names nobody: it is another's in another round.
func TestALetterThatDoesNotStandNamesNobody(t *testing.T) {
	n := found(t, TemplateFile{Indicators: options().Indicators}, nil, "Northfield Hospital", "Lakeside Clinic")
	if o := OptionsFor(&n.Network).Organisations; o[0].Code == "" || o[0].Code == o[1].Code {
		t.Errorf("letters that stand are %v", o)
	}
	n.do("p1", benchmark.ChangeSettings(func(_ *string, s *benchmark.Settings) { s.Visibility = benchmark.Coded }))
	n.do("p1", benchmark.RecordHistory{Figures: []benchmark.Recorded{{Organisation: "o1", Indicator: options().Indicators[0].ID, Period: "2020", Figure: benchmark.Figure{Numerator: 30, Denominator: 400}}}})
	if o := OptionsFor(&n.Network).Organisations; o[0].Code != "" || n.Organisations[0].Code == "" {
		t.Errorf("letters that don't stand are %v", o)
	}
}

func TestReadFiguresLimits(t *testing.T) {
	const head = "organisation,indicator,period,numerator,denominator\n"
	broken := errors.New("broken")
	for _, r := range []io.Reader{failing{broken}, io.MultiReader(strings.NewReader(head), failing{broken}), io.MultiReader(strings.NewReader(head+strings.Repeat("\n", sniffBytes)), failing{broken})} {
		if _, err := ReadFigures("f.csv", r, options()); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	}
	for name, tt := range map[string]struct {
		r    io.Reader
		want string
	}{
		"bytes":  {io.MultiReader(strings.NewReader(head), endless("\n")), "f.csv: the file has more than 50 MB"},
		"a cell": {io.MultiReader(strings.NewReader(head+`"`), endless("a")), "f.csv: a row has more than 1 MB"},
		"cells":  {io.MultiReader(strings.NewReader(head), endless(",")), "f.csv: a row has more than 1 MB"},
		"header": {endless(","), "f.csv: a row has more than 1 MB"},
		"lines":  {io.MultiReader(strings.NewReader(head+`"`), endless("a\n")), "f.csv: a row has more than 1 MB"},
		"known":  {strings.NewReader(strings.Repeat(",", 60<<20)), "f.csv: the file has more than 50 MB"},
		"wrong":  {io.MultiReader(strings.NewReader(head), endless("x,y,z\n")), "more"},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			// What is let go is collected in time; what is held isn't, whatever the limit.
			defer debug.SetMemoryLimit(debug.SetMemoryLimit(int64(before.Sys) + 2*MaxFigureBytes))
			_, err := ReadFigures("f.csv", tt.r, options())
			runtime.ReadMemStats(&after)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("got %v", err)
			}
			checkMistakes(t, err)
			if held := after.Sys - before.Sys; held > 5*MaxFigureBytes { // a buffer that doubles, beside the half that it leaves
				t.Errorf("took %d MB", held>>20)
			}
		})
	}
	long := "a" + strings.Repeat("b", maxCleanedBytes)
	_, err := ReadFigures("f.csv", strings.NewReader("organisation,indicator,period,note\nB,how,2026,"+long+"\n"), options())
	if err == nil || !strings.Contains(err.Error(), "the text has 1,048,577 characters") {
		t.Errorf("got %v", err)
	}
}

// endless reads the same again and again.
type endless string

func (e endless) Read(p []byte) (int, error) {
	n := 0
	for n+len(e) <= len(p) {
		n += copy(p[n:], e)
	}
	if n == 0 {
		n = copy(p, e)
	}
	return n, nil
}

func TestUTF16IsSaid(t *testing.T) {
	var text []byte // without its mark
	for _, u := range utf16.Encode([]rune("organisation")) {
		text = append(text, byte(u>>8), byte(u))
	}
	if _, err := ReadFigures("f.csv", bytes.NewReader(text), options()); err == nil || !strings.Contains(err.Error(), "UTF-16") {
		t.Errorf("got %v", err)
	}
}

func TestPersonalNumbersAreRefused(t *testing.T) {
	_, err := ReadFigures("f.csv", strings.NewReader("organisation,indicator,period,note\nB,how,2026,Tolvan 19121212-1212 fell\n"), options())
	if err == nil || !strings.Contains(err.Error(), "personal identity number") || strings.Contains(err.Error(), "1212") {
		t.Errorf("got %v", err)
	}
}

func FuzzReadFigures(f *testing.F) {
	files, err := filepath.Glob("testdata/*/*.csv")
	if err != nil || len(files) == 0 {
		f.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		o := options()
		figures, err := ReadFigures("f.csv", bytes.NewReader(data), o)
		if err != nil {
			checkMistakes(t, err)
			return
		}
		n := found(t, TemplateFile{Indicators: o.Indicators}, nil, "Northfield Hospital", "Lakeside Clinic", "Östra sjukhuset")
		history, err := figures.History(o.Organisations)
		if err != nil {
			t.Fatal(err)
		}
		n.do("p1", history)
	})
}

// Names are the same however accents are composed, and whatever blanks stand in them: a
// Mac writes others than the network was set up with.
func TestNamesHoweverWritten(t *testing.T) {
	const file = "organisation,indicator,period,numerator,denominator\nO\u0308stra\u00a0sjukhuset,Hand  hygiene,2026,9,120\n"
	got, err := ReadFigures("f.csv", strings.NewReader(file), options())
	if err != nil {
		t.Fatal(err)
	}
	history, err := got.History(options().Organisations)
	if err != nil || len(history.Figures) != 1 || history.Figures[0].Indicator != "hygiene" {
		t.Errorf("%+v, %v", history, err)
	}
	twice := file + "östra sjukhuset,hygiene,2026,10,120\n"
	if _, err := ReadFigures("f.csv", strings.NewReader(twice), options()); err == nil {
		t.Error("the same figure came twice, under a name written in two ways")
	}
}
