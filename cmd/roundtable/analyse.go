package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"roundtable/analysis"
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
	Without   []string `help:"Leave out this organisation, a total for example; may be given again." sep:"none" placeholder:"NAME"`
	Rate      []string `help:"This indicator is a rate, though its numerators are no larger than its denominators; may be given again." sep:"none" placeholder:"NAME"`
	figureFlags
}

// Help implements kong's interface.
func (analyseCmd) Help() string {
	return "Nothing is withheld here: small numbers are shown, as it is your own file. No journal and no chat is touched, and nothing but --pictures writes a file."
}

// Run implements the subcommand.
func (x *analyseCmd) Run(e *env) error {
	source, err := x.read(defaultOptions().clock())
	if err != nil {
		return err
	}
	a, err := analysis.New(source, analysis.Options{
		Indicators: x.Indicator, Periods: x.Period, Without: x.Without, Method: chart.Method(x.Chart), Baseline: x.Baseline,
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
func (x *analyseCmd) read(now time.Time) (analysis.Source, error) {
	options := x.over(report.FigureOptions{}, now)
	options.Rates = x.Rate
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
		options.Indicators = template.Indicators
	}
	data, err := x.bytes()
	if err != nil {
		return analysis.Source{}, err
	}
	name := x.File
	if name == "-" {
		name = "standard input"
	}
	return analysis.Read(name, data, options)
}

// bytes returns what the file holds, or standard input.
func (x *analyseCmd) bytes() ([]byte, error) {
	in := io.Reader(os.Stdin)
	if x.File != "-" {
		lower := strings.ToLower(x.File)
		if strings.HasSuffix(lower, ".yaml") || strings.HasSuffix(lower, ".yml") {
			return nil, errors.New(locale.For(x.Language).T("analysis.error.template", "File", x.File))
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
