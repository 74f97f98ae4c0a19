package benchmark

import "slices"

// AdoptTemplate makes a new version of the template.
type AdoptTemplate struct {
	Name       string
	Indicators []Indicator
	Reason     string
}

func (a AdoptTemplate) decide(d *decision) error {
	if err := d.facilitator(); err != nil {
		return err
	}
	was := d.n.Template()
	next, err := cleanTemplate(Template{Name: a.Name, Indicators: a.Indicators, Reason: a.Reason}, was)
	if err != nil {
		return err
	}
	if was.Version > 0 && was.Name == next.Name && sameIndicators(was.Indicators, next.Indicators) {
		return nil
	}
	d.happens(templateAdopted{Template: next})
	return nil
}

// cleanTemplate returns the template as it may be stored and shown, numbered on
// from the one before. An indicator whose definition did not change keeps the
// version that brought it.
func cleanTemplate(t, was Template) (Template, error) {
	clean := cleaning{}
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

// cleaning cleans texts one after the other and keeps the first refusal.
type cleaning struct{ err error }

func (c *cleaning) indicator(i Indicator) Indicator {
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

func (c *cleaning) text(s, field string) string { return c.limited(s, maxText, field) }

func (c *cleaning) line(s string, limit int, field string) string {
	return oneLine(c.limited(s, limit, field))
}

func (c *cleaning) limited(s string, limit int, field string) string {
	clean, err := checkText(s, limit, field)
	if c.err == nil {
		c.err = err
	}
	return clean
}

// sameDefinition says whether figures under both can be compared.
func sameDefinition(a, b Indicator) bool {
	return a.Kind == b.Kind && a.Numerator == b.Numerator && a.Denominator == b.Denominator &&
		a.Measures == b.Measures && a.Factor() == b.Factor() && a.Levels == b.Levels
}

func sameIndicators(a, b []Indicator) bool {
	if len(a) != len(b) {
		return false
	}
	for k := range a {
		if !sameIndicator(a[k], b[k]) {
			return false
		}
	}
	return true
}

func sameIndicator(a, b Indicator) bool {
	same := func(x, y *float64) bool { return (x == nil) == (y == nil) && (x == nil || *x == *y) }
	sameRange := (a.Plausible == nil) == (b.Plausible == nil) && (a.Plausible == nil || *a.Plausible == *b.Plausible)
	if !same(a.Target, b.Target) || !sameRange || len(a.Professions) != len(b.Professions) {
		return false
	}
	for k := range a.Professions {
		if a.Professions[k] != b.Professions[k] {
			return false
		}
	}
	return sameDefinition(a, b) && a.ID == b.ID && a.Title == b.Title && a.Unit == b.Unit &&
		a.Direction == b.Direction && a.Section == b.Section
}
