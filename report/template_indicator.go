package report

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"roundtable/benchmark"
	"roundtable/mistake"
)

// indicatorID is what the domain takes for one; the decision to adopt checks
// again.
var indicatorID = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,39}$`)

// Levels of a scale.
const minLevels, maxLevels = 2, 20

// indicator reads one indicator.
func (s section) indicator() benchmark.Indicator {
	i := benchmark.Indicator{
		ID:          s.id(),
		Title:       s.title(),
		Section:     s.line("section", maxLabel),
		Measures:    s.text("measures", maxDefinition),
		Kind:        s.kind(),
		Unit:        s.line("unit", maxLabel),
		Direction:   s.direction(),
		Numerator:   s.text("numerator", maxDefinition),
		Denominator: s.text("denominator", maxDefinition),
		Plausible:   s.plausible(),
		Target:      s.number(s.nodes["target"], s.place("target")),
		Professions: s.professions(),
	}
	i.Multiplier = s.multiplier(i.Kind)
	i.Levels = s.levels(i.Kind)
	i.People = s.people(i.Kind)
	return i
}

func (s section) id() benchmark.IndicatorID {
	id := s.scalar("id")
	switch {
	case isCollection(s.nodes["id"]):
	case id == "":
		s.add(s.place("id"), "the indicator has no id", "add id: with a short word, for example falls")
	case !indicatorID.MatchString(id):
		s.add(s.place("id"), quote(id)+" can't be an id", "write 1 to 40 small letters a-z, digits, - and _, a letter first, for example falls")
	}
	return benchmark.IndicatorID(id)
}

func (s section) title() string {
	title := s.line("title", MaxTemplateBytes)
	switch n := utf8.RuneCountInString(title); {
	case title == "" && !isCollection(s.nodes["title"]):
		s.add(s.place("title"), "the indicator has no title", "add title: with what people will read")
	case n > maxLabel:
		s.add(s.place("title"), "the title has "+strconv.Itoa(n)+" characters", "shorten it to "+strconv.Itoa(maxLabel)+", and say the rest in measures")
	}
	return title
}

// isCollection says whether a node was refused already, for not being one value.
func isCollection(n *yaml.Node) bool { return n != nil && n.Kind != yaml.ScalarNode }

func (s section) kind() benchmark.Kind {
	kind := s.scalar("kind")
	if isCollection(s.nodes["kind"]) {
		return ""
	}
	known := words(benchmark.Kinds)
	for _, k := range benchmark.Kinds {
		if string(k) == kind {
			return k
		}
	}
	if kind == "" {
		s.add(s.place("kind"), "the indicator has no kind", "add kind: with one of "+strings.Join(known, ", "))
		return ""
	}
	s.add(s.place("kind"), quote(kind)+" is no kind", mistake.DidYouMean(kind, known, "the kinds are"))
	return ""
}

func (s section) direction() benchmark.Direction {
	directions := []benchmark.Direction{benchmark.Neutral, benchmark.Higher, benchmark.Lower}
	direction := s.scalar("direction")
	for _, d := range directions {
		if string(d) == direction {
			return d
		}
	}
	if direction != "" {
		s.add(s.place("direction"), quote(direction)+" is no direction", mistake.DidYouMean(direction, words(directions), "the directions are"))
	}
	return ""
}

func words[T ~string](list []T) []string {
	all := make([]string, len(list))
	for i, w := range list {
		all[i] = string(w)
	}
	return all
}

// multiplier is read for what is a quotient; elsewhere it would do nothing.
func (s section) multiplier(k benchmark.Kind) float64 {
	x := s.number(s.nodes["multiplier"], s.place("multiplier"))
	switch {
	case x == nil:
		return 0
	case k != benchmark.Proportion && k != benchmark.Rate && k != "":
		s.add(s.place("multiplier"), "a "+string(k)+" is not multiplied", "leave multiplier out, or make it a proportion or a rate")
	case *x <= 0:
		s.add(s.place("multiplier"), quote(formatPlain(*x))+" is not above zero", "100 for per cent, 1000 for per 1 000")
	}
	return *x
}

func (s section) levels(k benchmark.Kind) int {
	text := s.scalar("levels")
	levels, err := strconv.Atoi(text)
	switch at := s.place("levels"); {
	case isCollection(s.nodes["levels"]):
	case text == "" && k == benchmark.Scale:
		s.add(at, "the scale has no levels", "add levels: 5 for answers from 1 to 5")
	case text == "":
	case k != benchmark.Scale && k != "":
		s.add(at, "a "+string(k)+" has no levels", "leave levels out, or make it a scale")
	case err != nil || levels < minLevels || levels > maxLevels:
		s.add(at, quote(text)+" can't be the number of levels", fmt.Sprintf("write a whole number from %d to %d", minLevels, maxLevels))
	}
	return levels
}

// people is read as true or false; empty: as is usual for the kind.
func (s section) people(k benchmark.Kind) *bool {
	text := s.scalar("people")
	if isCollection(s.nodes["people"]) || text == "" {
		return nil
	}
	known := map[string]bool{"true": true, "yes": true, "false": false, "no": false}
	counts, ok := known[strings.ToLower(text)]
	switch at := s.place("people"); {
	case !ok:
		s.add(at, quote(text)+" is neither true nor false", "true when the figures count people, false for drills, devices and the like")
	case counts && (k == benchmark.Scale || k == benchmark.YesNo || k == benchmark.Text):
		s.add(at, "a "+string(k)+" counts no people", "leave people out, or write false")
	}
	return &counts
}

// plausible reads [low, high] or low: and high:.
func (s section) plausible() *benchmark.Range {
	n := s.nodes["plausible"]
	at := s.place("plausible")
	const hint = "write [low, high], for example [0, 20]"
	var low, high *float64
	before := s.count()
	switch {
	case n == nil || n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null":
		return nil
	case n.Kind == yaml.SequenceNode && len(n.Content) == 2:
		low = s.number(n.Content[0], s.inside(n.Content[0], at))
		high = s.number(n.Content[1], s.inside(n.Content[1], at))
	case n.Kind == yaml.MappingNode:
		r := s.mapping(n, at.Subject, rangeKeys)
		low, high = r.number(r.nodes["low"], r.place("low")), r.number(r.nodes["high"], r.place("high"))
	default:
		s.add(at, "this is no range", hint)
		return nil
	}
	switch {
	case s.count() > before:
		return nil
	case low == nil || high == nil:
		s.add(at, "the range wants both its ends", hint)
		return nil
	case *low > *high:
		s.add(at, "the range's low end, "+formatPlain(*low)+", is above its high end, "+formatPlain(*high), "change them over")
	}
	return &benchmark.Range{Low: *low, High: *high}
}

func (s section) inside(n *yaml.Node, at mistake.Place) mistake.Place {
	return mistake.Place{Line: n.Line, Column: n.Column, Subject: at.Subject}
}

func (s section) professions() []benchmark.Profession {
	var all []benchmark.Profession
	for _, n := range s.list("professions", "write [physician, nurse]") {
		at := s.inside(n, s.place("professions"))
		name := oneLine(s.clean(s.scalarAt(n, at), at, maxLabel))
		if name == "" {
			if !isCollection(n) {
				s.add(at, "here is no profession", "write [physician, nurse]")
			}
			continue
		}
		all = append(all, benchmark.Profession(name))
	}
	return all
}
