package benchmark

import (
	"slices"

	"roundtable/benchmark/refusal"
)

// Template is one version of the set of indicators. Versions count from 1.
type Template struct {
	Version    int         `json:"version"`
	Name       string      `json:"name,omitempty"`
	Indicators []Indicator `json:"indicators"`
	// Reason for the change, in the network's words. Not free text of a
	// person: it is part of the template.
	Reason string `json:"reason,omitempty"`
}

// Indicator returns the indicator with the id.
func (t Template) Indicator(id IndicatorID) (Indicator, bool) {
	for _, i := range t.Indicators {
		if i.ID == id {
			return i, true
		}
	}
	return Indicator{}, false
}

// Template returns the current version; zero when there is none.
func (n *Network) Template() Template {
	if len(n.Templates) == 0 {
		return Template{}
	}
	return n.Templates[len(n.Templates)-1]
}

// TemplateVersion returns the version of the template with that number.
func (n *Network) TemplateVersion(v int) (Template, bool) {
	if v < 1 || v > len(n.Templates) {
		return Template{}, false
	}
	return n.Templates[v-1], true
}

// MaxIndicators in a template. A form with more would not be filled in.
const MaxIndicators = 100

// CheckTemplate says what is wrong with the indicators, the first mistake only;
// nil when they can be adopted. The error is a [Refusal].
func CheckTemplate(indicators []Indicator) error {
	if len(indicators) == 0 {
		return refuse(refusal.TemplateEmpty)
	}
	if len(indicators) > MaxIndicators {
		return refuse(refusal.TemplateTooLong, "Count", len(indicators), "Limit", MaxIndicators)
	}
	seen := map[IndicatorID]bool{}
	for _, i := range indicators {
		if seen[i.ID] {
			return refuse(refusal.IndicatorTwice, "Indicator", i.ID)
		}
		seen[i.ID] = true
		if err := i.check(); err != nil {
			return err
		}
	}
	return nil
}

// AdoptTemplate makes a new version of the template.
type AdoptTemplate struct {
	Name       string
	Indicators []Indicator
	Reason     string
}

func (a AdoptTemplate) decide(d *decision) error {
	if err := d.requireFacilitator(); err != nil {
		return err
	}
	was := d.n.Template()
	next, err := d.cleanTemplate(Template{Name: a.Name, Indicators: a.Indicators, Reason: a.Reason}, was)
	if err != nil {
		return err
	}
	if was.Version > 0 && was.Name == next.Name && sameIndicators(was.Indicators, next.Indicators) {
		return nil
	}
	d.emit(templateAdopted{Template: next})
	return nil
}

// cleanTemplate returns the template as it may be stored and shown, numbered on
// from the one before. An indicator whose definition did not change keeps the
// version that brought it.
func (d *decision) cleanTemplate(t, was Template) (Template, error) {
	clean := cleaner{d: d}
	next := Template{Version: was.Version + 1, Name: clean.line(t.Name, maxName, "name"), Reason: clean.text(t.Reason, "reason")}
	for _, i := range t.Indicators {
		i = clean.indicator(i)
		i.Since = next.Version
		if before, ok := was.Indicator(i.ID); ok && sameDefinition(before, i) {
			i.Since = before.Since
		}
		next.Indicators = append(next.Indicators, i)
	}
	if err := CheckTemplate(next.Indicators); err != nil {
		return Template{}, err
	}
	return next, clean.err
}

// cleaner cleans texts one after the other and keeps the first refusal.
type cleaner struct {
	d   *decision
	err error
}

func (c *cleaner) indicator(i Indicator) Indicator {
	field := string(i.ID)
	i.Title = c.line(i.Title, maxText, field) // CheckTemplate knows how long it may be
	i.Unit = c.line(i.Unit, maxName, field)
	i.Section = c.line(i.Section, maxName, field)
	i.Measures = c.text(i.Measures, field)
	i.Numerator = c.text(i.Numerator, field)
	i.Denominator = c.text(i.Denominator, field)
	i.Professions = slices.Clone(i.Professions)
	for k, p := range i.Professions {
		i.Professions[k] = Profession(c.line(string(p), maxName, field))
	}
	return i
}

func (c *cleaner) text(s, field string) string { return c.limited(s, maxText, field) }

func (c *cleaner) line(s string, limit int, field string) string {
	return oneLine(c.limited(s, limit, field))
}

func (c *cleaner) limited(s string, limit int, field string) string {
	clean, err := c.d.checkText(s, limit, field)
	if c.err == nil {
		c.err = err
	}
	return clean
}

// templateAdopted is a new version of the template.
type templateAdopted struct {
	Template Template `json:"template"`
}

var templateAdoptedKind = newKind[templateAdopted]("template.adopted", 1)

func (templateAdopted) kind() *eventKind { return templateAdoptedKind }

func (b templateAdopted) apply(n *Network, e Event) error {
	n.Templates = append(n.Templates, b.Template)
	if len(n.Templates) > 1 {
		announce(n, e, Notice{About: DefinitionNotice, Template: b.Template.Version}, n.current)
		if n.current != nil {
			n.current.openingRevision++
		}
	}
	return nil
}

// templateDuties: the template's own thread stands once somebody has used it.
func (a *agenda) templateDuties() {
	t := a.n.topics[TemplateTopic]
	if t == nil {
		return
	}
	for s := range a.n.Seated() {
		a.owe(Duty{Key: dutyKey("template", s.ID), Kind: TemplateDuty, NotBefore: s.Taken, Seat: s.ID, Topic: TemplateTopic})
	}
}
