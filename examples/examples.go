// Package examples holds real figures from the history of comparing in
// healthcare, for demonstrations and tests. README.md tells where each is from;
// nothing in the figures is invented.
package examples

import (
	"bytes"
	"embed"
	"fmt"

	"roundtable/report"
)

// Files are the examples as files: for each a template, NAME.yaml, and its
// figures, NAME.csv.
//
//go:embed *.yaml *.csv
var Files embed.FS

// ChildHeart returns open heart operations on children under one year and
// deaths within 30 days, at twelve hospitals in England, 1991 to 1995: one
// period.
func ChildHeart() (report.TemplateFile, report.Figures) { return mustRead("child-heart-surgery") }

// ViennaClinics returns births and maternal deaths at the two maternity clinics
// of Vienna's General Hospital, 1841 to 1846: six periods.
func ViennaClinics() (report.TemplateFile, report.Figures) { return mustRead("vienna-clinics") }

// mustRead reads an example. It panics when a file of ours is missing or wrong,
// which a test sees first.
func mustRead(name string) (report.TemplateFile, report.Figures) {
	template, err := report.ReadTemplate(name+".yaml", open(name+".yaml"))
	if err != nil {
		panic(fmt.Sprintf("example: %v", err))
	}
	figures, err := report.ReadFigures(name+".csv", open(name+".csv"), report.FigureOptions{Indicators: template.Indicators})
	if err != nil {
		panic(fmt.Sprintf("example: %v", err))
	}
	return template, figures
}

func open(name string) *bytes.Reader {
	data, err := Files.ReadFile(name)
	if err != nil {
		panic(fmt.Sprintf("example: %v", err))
	}
	return bytes.NewReader(data)
}
