package stats

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// near fails unless got is want to a relative 1e-9, or to an absolute 1e-14
// where want is that close to 0.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	nearBy(t, what, got, want, 1e-9)
}

func nearBy(t *testing.T, what string, got, want, relative float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > relative*math.Abs(want)+1e-14 {
		t.Errorf("%s = %.15g, want %.15g", what, got, want)
	}
}

func referenceJSON(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// row is one line of a reference table, by column name.
type row map[string]string

func (r row) float(t *testing.T, column string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(r[column], 64)
	if err != nil {
		t.Fatalf("column %s: %v", column, err)
	}
	return x
}

func (r row) int(t *testing.T, column string) int {
	t.Helper()
	return int(r.float(t, column))
}

// intOr returns what a blank stands for, or the number.
func (r row) intOr(t *testing.T, column string, blank int) int {
	t.Helper()
	if r[column] == "" || r[column] == "NA" {
		return blank
	}
	return r.int(t, column)
}

func referenceCSV(t *testing.T, name string) []row {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var rows []row
	for _, line := range lines[1:] {
		r := row{}
		for i, column := range lines[0] {
			r[column] = line[i]
		}
		rows = append(rows, r)
	}
	return rows
}

// levelOf reads a level written as its confidence or as its tail.
func levelOf(t *testing.T, text string) Level {
	t.Helper()
	switch text {
	case "0.95", "0.025":
		return Level95
	case "0.998", "0.001":
		return Level998
	}
	t.Fatalf("no level %q", text)
	return Level95
}
