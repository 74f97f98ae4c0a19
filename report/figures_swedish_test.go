package report

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"roundtable/benchmark"
	"roundtable/locale"
)

// swedish is a file as a Swedish spreadsheet has it.
const swedish = "Organisation;Indikator;Kvartal;Täljare;Nämnare\nÄlvsby;Fall;2024-K1;12;1 830\nÅmål;Fall;2024-K2;9;1 412\n"

var swedishIndicators = []benchmark.Indicator{{ID: "fall", Title: "Fall", Kind: benchmark.Proportion}, {ID: "tid", Title: "Tid", Kind: benchmark.Duration}}

// What Swedish spreadsheets make of one file is read alike: letters, blanks, ends of
// lines, marks at the beginning, and what columns and periods are called.
func TestSwedishFilesAreReadAlike(t *testing.T) {
	windows, err := charmap.Windows1252.NewEncoder().String(swedish)
	if err != nil {
		t.Fatal(err)
	}
	wide := func(order binary.AppendByteOrder, text string) string {
		var b []byte
		for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
			b = order.AppendUint16(b, u)
		}
		return string(b)
	}
	instead := func(old, put string) string { return strings.ReplaceAll(swedish, old, put) }
	read := func(t *testing.T, data string) []Row {
		t.Helper()
		got, err := ReadFigures("f.csv", bytes.NewReader([]byte(data)), FigureOptions{Indicators: swedishIndicators, Language: locale.For("sv")})
		if err != nil {
			t.Fatal(err)
		}
		for k := range got.Rows {
			got.Rows[k].Line = k
		}
		return got.Rows
	}
	want := read(t, swedish)
	if len(want) != 2 || want[0].Organisation != "Älvsby" || want[0].Period != "2024-Q1" || want[0].Figure.Denominator != 1830 {
		t.Fatalf("read as %+v", want)
	}
	for name, data := range map[string]string{
		"a mark before it":       "\ufeff" + swedish,
		"Windows-1252":           windows,
		"UTF-16, little":         wide(binary.LittleEndian, instead(";", "\t")),
		"UTF-16, big":            wide(binary.BigEndian, swedish),
		"tabs":                   instead(";", "\t"),
		"lines of Windows":       instead("\n", "\r\n"),
		"lines of an old Mac":    instead("\n", "\r"),
		"sep=":                   "sep=;\n" + swedish,
		"a narrow blank":         instead("1 ", "1\u202f"),
		"a blank that holds":     instead("1 ", "1\u00a0"),
		"letters taken apart":    norm.NFD.String(swedish),
		"empty rows at the end":  swedish + ";;;;\n;;;;\n\n",
		"Kvartal 1 2024":         strings.NewReplacer("2024-K1", "Kvartal 1 2024", "2024-K2", "kvartal 2 2024").Replace(swedish),
		"K1 2024":                strings.NewReplacer("2024-K1", "K1 2024", "2024-K2", "kv 2 2024").Replace(swedish),
		"other columns":          strings.NewReplacer("Organisation", "Sjukhus", "Indikator", "Mått").Replace(swedish),
		"quotation marks":        instead("Älvsby", "\"Älvsby\""),
		"a line break in a name": instead("Älvsby", "\"Älvsby\n\""),
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, read(t, data)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What can't be read says so, with what to do.
func TestSwedishFilesThatAreAskedAbout(t *testing.T) {
	mac, err := charmap.Macintosh.NewEncoder().String(swedish)
	if err != nil {
		t.Fatal(err)
	}
	windows, err := charmap.Windows1252.NewEncoder().String("Örebro;Fall;2024-K1;1;500\n")
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ data, says string }{
		"an old Mac's letters":  {mac, "inte UTF-8"},
		"two encodings":         {swedish + windows, "inte UTF-8"},
		"a per cent":            {"Organisation;Indikator;Kvartal;Värde\nÄlvsby;Tid;2024-K1;12,5 %\n", "ange täljare och nämnare"},
		"year beside quarter":   {strings.NewReplacer("Kvartal", "År;Kvartal", "2024-K1", "2024;1", "2024-K2", "2024;2").Replace(swedish), "2026-K4"},
		"a sum below the table": {swedish + "Summa;;;21;3242\n", "summerar"},
		"two kinds of place":    {strings.NewReplacer("Organisation;", "Region;Sjukhus;", "Älvsby;", "Norr;Älvsby;", "Åmål;", "Väst;Åmål;").Replace(swedish), "--columns organisation="},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadFigures("f.csv", bytes.NewReader([]byte(test.data)), FigureOptions{Indicators: swedishIndicators, Language: locale.For("sv")})
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("it says %v, want %q", err, test.says)
			}
		})
	}
}
