package report

import (
	"bytes"
	"fmt"
	"io"

	"go.yaml.in/yaml/v4"

	"roundtable/benchmark"
)

// writtenTemplate and writtenIndicator are a template in the order of its keys.
type writtenTemplate struct {
	Name       string             `yaml:"name,omitempty"`
	Language   string             `yaml:"language,omitempty"`
	Indicators []writtenIndicator `yaml:"indicators"`
}

type writtenIndicator struct {
	ID          string    `yaml:"id"`
	Title       string    `yaml:"title"`
	Section     string    `yaml:"section,omitempty"`
	Measures    string    `yaml:"measures,omitempty"`
	Kind        string    `yaml:"kind"`
	Unit        string    `yaml:"unit,omitempty"`
	Multiplier  float64   `yaml:"multiplier,omitempty"`
	Direction   string    `yaml:"direction,omitempty"`
	Numerator   string    `yaml:"numerator,omitempty"`
	Denominator string    `yaml:"denominator,omitempty"`
	Plausible   []float64 `yaml:"plausible,omitempty,flow"`
	Target      *float64  `yaml:"target,omitempty"`
	Levels      int       `yaml:"levels,omitempty"`
	Professions []string  `yaml:"professions,omitempty,flow"`
}

// WriteTemplate writes a template as YAML that [ReadTemplate] reads as the same,
// but for what does nothing in an indicator of its kind: levels of what is no
// scale, the multiplier of what is no quotient. Errors are those of w.
func WriteTemplate(w io.Writer, t TemplateFile) error {
	file := writtenTemplate{Name: t.Name, Language: t.Language}
	for _, i := range t.Indicators {
		file.Indicators = append(file.Indicators, written(i))
	}
	var b bytes.Buffer
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := encoder.Encode(file); err != nil {
		return fmt.Errorf("write template: %w", err)
	}
	if err := encoder.Close(); err != nil {
		return fmt.Errorf("write template: %w", err)
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write template: %w", err)
	}
	return nil
}

func written(i benchmark.Indicator) writtenIndicator {
	w := writtenIndicator{
		ID: string(i.ID), Title: i.Title, Section: i.Section, Measures: i.Measures, Kind: string(i.Kind), Unit: i.Unit,
		Direction: string(i.Direction), Numerator: i.Numerator, Denominator: i.Denominator,
		Target: i.Target, Professions: words(i.Professions),
	}
	if i.Plausible != nil {
		w.Plausible = []float64{i.Plausible.Low, i.Plausible.High}
	}
	if i.Kind == benchmark.Proportion || i.Kind == benchmark.Rate {
		w.Multiplier = i.Multiplier
	}
	if i.Kind == benchmark.Scale {
		w.Levels = i.Levels
	}
	return w
}
