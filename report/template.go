package report

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"

	"go.yaml.in/yaml/v4"

	"roundtable/benchmark"
	"roundtable/locale"
	"roundtable/mistake"
)

// TemplateFile is a template as a file holds it. It has no version: that is the
// network's that adopts it.
type TemplateFile struct {
	Name string
	// Language that it is written in, a BCP 47 tag; may be empty.
	Language string
	// Indicators, at least one once read. Since is 0 in each.
	Indicators []benchmark.Indicator
}

// MaxTemplateBytes is the largest template that is read.
const MaxTemplateBytes = 256 << 10

// ReadTemplate reads a template from YAML; name is what messages call the file.
// Texts are cleaned as [freetext.Clean] does, titles put on one line.
//
// What can't be taken, by form or by what the domain asks of indicators, gives
// [mistake.List]: unknown and repeated keys, several documents, aliases (which
// are never followed, so that no small file becomes a large one), or more than
// [MaxTemplateBytes]. Other errors are those of r.
func ReadTemplate(name string, r io.Reader) (TemplateFile, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxTemplateBytes+1))
	if err != nil {
		return TemplateFile{}, fmt.Errorf("read template %s: %w", name, err)
	}
	t := &templateReader{mistakes: mistakes{file: name, l: locale.For("en")}}
	if len(data) > MaxTemplateBytes {
		t.add(mistake.Place{}, fmt.Sprintf("the file has more than %d kB", MaxTemplateBytes>>10), "is it a template?")
		return TemplateFile{}, t.err()
	}
	file := t.file(t.parse(data))
	if err := t.err(); err != nil {
		return TemplateFile{}, err
	}
	return file, nil
}

// WriteTemplate writes a template as YAML that [ReadTemplate] reads as the same,
// but for what does nothing in an indicator of its kind: levels of what is no
// scale, the multiplier of what is no quotient. Errors are those of w.
func WriteTemplate(w io.Writer, t TemplateFile) error {
	file := writtenTemplate{Name: t.Name, Language: t.Language}
	for _, i := range t.Indicators {
		file.Indicators = append(file.Indicators, writtenIndicatorOf(i))
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
	People      *bool     `yaml:"people,omitempty"`
	Professions []string  `yaml:"professions,omitempty,flow"`
}

func writtenIndicatorOf(i benchmark.Indicator) writtenIndicator {
	w := writtenIndicator{
		ID: string(i.ID), Title: i.Title, Section: i.Section, Measures: i.Measures, Kind: string(i.Kind), Unit: i.Unit,
		Direction: string(i.Direction), Numerator: i.Numerator, Denominator: i.Denominator,
		Target: i.Target, People: i.People, Professions: words(i.Professions),
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

// templateReader is one reading of a template.
type templateReader struct{ mistakes }

// parse returns the root of the only document, nil if there is none. The nodes
// are walked as they are written.
func (t *templateReader) parse(data []byte) *yaml.Node {
	loader, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		t.add(mistake.Place{}, "cannot read YAML: "+strconv.Quote(err.Error()), "")
		return nil
	}
	var document, second yaml.Node
	if err := loader.Load(&document); err != nil {
		t.addYAMLMistake(err)
		return nil
	}
	if err := loader.Load(&second); err == nil {
		t.add(mistake.Place{Line: second.Line, Column: second.Column}, "there is a second document", "keep one, and take out the line with ---")
	} else {
		t.addYAMLMistake(err)
	}
	if len(document.Content) == 0 {
		return nil
	}
	return document.Content[0]
}

// addYAMLMistake notes a mistake of syntax. The end of the file is none.
func (t *templateReader) addYAMLMistake(err error) {
	if errors.Is(err, io.EOF) {
		return
	}
	var at mistake.Place
	problem := err.Error()
	if load, ok := errors.AsType[*yaml.LoadError](err); ok {
		at.Line, at.Column = load.Mark.Line, load.Mark.Column
		problem = load.Message
		if load.ContextMsg != "" {
			problem += " " + load.ContextMsg
		}
	}
	t.add(at, "this is not YAML: "+problem, "indent with spaces, not tabs, and put texts with : # { [ * & ! % @ ` in quotes")
}

// Keys of a template, in the order that they are written.
var (
	templateKeys  = []string{"name", "language", "indicators"}
	indicatorKeys = []string{
		"id", "title", "section", "measures", "kind", "unit", "multiplier", "direction", "numerator", "denominator",
		"plausible", "target", "levels", "people", "professions",
	}
	rangeKeys = []string{"low", "high"}
)

// file reads the whole template.
func (t *templateReader) file(root *yaml.Node) TemplateFile {
	if root == nil {
		t.addIfFirst(mistake.Place{Line: 1, Column: 1}, "there is no template in the file", "start with name: and indicators:")
		return TemplateFile{}
	}
	top := t.mapping(root, "", templateKeys)
	file := TemplateFile{Name: top.line("name", maxLabel), Language: top.language()}
	seen := map[benchmark.IndicatorID]int{} // the line of each id
	list := top.list("indicators", "start each indicator on its own line with - id: ...")
	switch {
	case len(list) == 0 && !top.broken:
		at := top.place("indicators")
		t.addIfFirst(at, "there are no indicators", "give at least one, as - id: ..., title: ... and kind: ...")
	case len(list) > benchmark.MaxIndicators:
		t.add(top.place("indicators"), fmt.Sprintf("there are %d indicators, and a form holds %d", len(list), benchmark.MaxIndicators), "make two templates")
		list = nil
	}
	for k, n := range list {
		s := t.mapping(n, fmt.Sprintf("indicator %d", k+1), indicatorKeys)
		if s.broken {
			continue
		}
		i := s.indicator()
		if line, twice := seen[i.ID]; twice && i.ID != "" {
			t.add(s.place("id"), fmt.Sprintf("the indicator on line %d has the id %s already", line, i.ID), "give each a word of its own")
		} else {
			seen[i.ID] = s.place("id").Line
		}
		file.Indicators = append(file.Indicators, i)
	}
	return file
}

// addIfFirst adds a mistake unless an earlier one explains it.
func (t *templateReader) addIfFirst(at mistake.Place, problem, hint string) {
	if len(t.found) == 0 {
		t.add(at, problem, hint)
	}
}
