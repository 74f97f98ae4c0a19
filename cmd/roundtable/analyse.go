package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"roundtable/analysis"
	"roundtable/benchmark"
	"roundtable/chart"
	"roundtable/locale"
	"roundtable/report"
)

// analyseCmd compares the figures of a file, without a network.
type analyseCmd struct {
	File      string   `arg:"" help:"Figures (.csv) with the columns that import takes: organisation, indicator, period, and numerator, denominator, value, n, sd, note as there are; - for standard input."`
	JSON      bool     `help:"Write JSON, with values on their natural scale and not rounded; docs/analyse.md describes it." name:"json"`
	Pictures  string   `help:"Also draw, as PNG and SVG into this folder: a comparison for each indicator and period, a chart over time for each organisation and indicator." placeholder:"DIR"`
	Indicator []string `help:"Only this indicator, by id or name; may be given again." sep:"none" placeholder:"NAME"`
	Period    []string `help:"Only this period, as if the file had no other; may be given again." sep:"none" placeholder:"PERIOD"`
	Template  string   `help:"Template (.yaml) that says what the indicators are. Without it their kinds follow from the columns, and the text says how." placeholder:"FILE"`
	Chart     string   `help:"Chart over time: xmr, p, pprime, u or uprime. Without it, what suits the kind: p for proportions, u for rates, xmr for the others." enum:",xmr,p,pprime,u,uprime" default:"" placeholder:"KIND"`
	Baseline  int      `help:"How many periods the limits over time stand on, at least 6. Usually 12, or all when there are fewer." placeholder:"N"`
	Language  string   `help:"Language of text and pictures: en or sv." enum:"en,sv" default:"en"`
	Decimal   string   `help:"How the file writes decimals, for numbers such as 1,234 that could be either: comma or point." enum:",comma,point" default:"" placeholder:"SIGN"`
}

// Help implements kong's interface.
func (analyseCmd) Help() string {
	return "Nothing is withheld here: small numbers are shown, as it is your own file. No journal and no chat is touched, and nothing but --pictures writes a file."
}

// Run implements the subcommand.
func (x *analyseCmd) Run(e *env) error {
	source, err := x.read()
	if err != nil {
		return err
	}
	a, err := analysis.New(source, analysis.Options{
		Indicators: x.Indicator, Periods: x.Period, Method: chart.Method(x.Chart), Baseline: x.Baseline,
	})
	if err != nil {
		return err
	}
	l := locale.For(x.Language)
	if x.JSON {
		out := json.NewEncoder(e.stdout)
		out.SetIndent("", "  ")
		out.SetEscapeHTML(false)
		err = out.Encode(a.Result())
	} else {
		err = a.WriteText(e.stdout, l)
	}
	if err != nil {
		return fmt.Errorf("analyse: %w", err)
	}
	if x.Pictures == "" {
		return nil
	}
	names, err := a.WritePictures(x.Pictures, l)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.stderr, "%d pictures in %s\n", len(names), x.Pictures)
	return nil
}

// read reads the figures and what the indicators are.
func (x *analyseCmd) read() (analysis.Source, error) {
	var indicators []benchmark.Indicator
	if x.Template != "" {
		file, err := os.Open(x.Template)
		if err != nil {
			return analysis.Source{}, fmt.Errorf("analyse: %w", err)
		}
		defer func() { _ = file.Close() }() // only read
		template, err := report.ReadTemplate(x.Template, file)
		if err != nil {
			return analysis.Source{}, err
		}
		indicators = template.Indicators
	}
	data, err := x.bytes()
	if err != nil {
		return analysis.Source{}, err
	}
	name := x.File
	if name == "-" {
		name = "standard input"
	}
	return analysis.Read(name, data, indicators, decimalSign(x.Decimal))
}

// bytes returns what the file holds, or standard input.
func (x *analyseCmd) bytes() ([]byte, error) {
	in := io.Reader(os.Stdin)
	if x.File != "-" {
		lower := strings.ToLower(x.File)
		if strings.HasSuffix(lower, ".yaml") || strings.HasSuffix(lower, ".yml") {
			return nil, errors.New("analyse " + x.File + ": this is a template; give the figures (.csv), and the template with --template")
		}
		file, err := os.Open(x.File)
		if err != nil {
			return nil, fmt.Errorf("analyse: %w", err)
		}
		defer func() { _ = file.Close() }() // only read
		in = file
	}
	data, err := io.ReadAll(io.LimitReader(in, report.MaxFigureBytes+1)) // one more: reading the figures then says so
	if err != nil {
		return nil, fmt.Errorf("analyse: %w", err)
	}
	return data, nil
}

// decimalSign is that of the word; 0 for none.
func decimalSign(word string) rune {
	switch word {
	case "comma":
		return ','
	case "point":
		return '.'
	}
	return 0
}
