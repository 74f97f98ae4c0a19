package commands

import (
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/bot"
)

// The fields of the form beside the indicators' own.
const (
	noteSuffix  = ".note"
	reasonField = "reason"
)

// answering is a round as one organisation answers it.
type answering struct {
	id       benchmark.RoundID
	closed   bool
	template benchmark.Template
	given    map[benchmark.IndicatorID]benchmark.Version
	texts    map[benchmark.IndicatorID]string // notes by indicator
	last     map[benchmark.IndicatorID]string // own last value before, in words
}

// answerable returns the current round for one's own organisation; otherwise
// the reply says why there is nothing to answer.
func (r *request) answerable() (answering, bot.Reply, bool) { return r.answerableIn("") }

func (r *request) answerableIn(id benchmark.RoundID) (a answering, reply bot.Reply, ok bool) {
	why := refusal("no-network")
	r.read(func(n *benchmark.Network) {
		o, member := n.Organisation(r.me.Organisation)
		c := n.Current()
		if id != "" {
			c, _ = n.Round(id)
		}
		switch {
		case r.me.ID == "":
			why = refusal("not-a-participant")
		case !member:
			why = refusal("no-organisation")
		case !r.me.Confirmed:
			why = refusal("not-confirmed", "Organisation", o.Name)
		case c == nil:
			why = refusal("no-round")
		case (c.Phase != benchmark.Open || !r.now().Before(c.Closes)) && c.Answered(o.ID) == 0:
			why = refusal("round-closed", "Round", c.ID, "Closed", c.Closes)
		default:
			a, ok = r.answeringOf(n, c, o.ID), true
		}
	})
	if !ok {
		return a, r.refused(why), false
	}
	return a, bot.Reply{}, true
}

func (r *request) answeringOf(n *benchmark.Network, c *benchmark.Round, o benchmark.OrganisationID) answering {
	t, _ := n.TemplateVersion(c.Template)
	a := answering{
		id: c.ID, closed: c.Phase != benchmark.Open || !r.now().Before(c.Closes), template: t,
		given: map[benchmark.IndicatorID]benchmark.Version{},
		texts: map[benchmark.IndicatorID]string{}, last: map[benchmark.IndicatorID]string{},
	}
	for _, i := range t.Indicators {
		if v, ok := c.Submission(o, i.ID); ok {
			a.given[i.ID], a.texts[i.ID] = v, n.Text(v.Note)
		}
		if past := n.History(o, i, c); len(past) > 0 {
			p := past[len(past)-1]
			a.last[i.ID] = figureText(r.l, i, p.Version, "") + " (" + r.period(p.Round.ID) + ")"
		}
	}
	return a
}

// indicator finds one by id, whatever the case, or by its whole title.
func (a answering) indicator(name string) (benchmark.Indicator, bool) {
	for _, i := range a.template.Indicators {
		if strings.EqualFold(string(i.ID), name) || strings.EqualFold(i.Title, name) {
			return i, true
		}
	}
	return benchmark.Indicator{}, false
}

// unknown suggests the nearest indicators.
func (a answering) unknown(name string) *benchmark.Refusal {
	return unknownIndicator(a.template, name)
}

func unknownIndicator(t benchmark.Template, name string) *benchmark.Refusal {
	var ids []string
	for _, i := range t.Indicators {
		ids = append(ids, string(i.ID))
	}
	slices.SortStableFunc(ids, func(x, y string) int {
		return distance(strings.ToLower(name), x) - distance(strings.ToLower(name), y)
	})
	if len(ids) > 4 {
		ids = ids[:4]
	}
	return refusal("no-such-indicator-near", "Indicator", name, "Near", strings.Join(ids, ", "))
}

func (a answering) sections() []string {
	var sections []string
	for _, i := range a.template.Indicators {
		if !slices.Contains(sections, i.Section) {
			sections = append(sections, i.Section)
		}
	}
	return sections
}

func (a answering) of(section string) []benchmark.Indicator {
	var found []benchmark.Indicator
	for _, i := range a.template.Indicators {
		if i.Section == section {
			found = append(found, i)
		}
	}
	return found
}

// same says whether the item is what stands.
func (a answering) same(i benchmark.Indicator, was benchmark.Version, item benchmark.Item) bool {
	before, ok := was.Figure.Of(i)
	now, ok2 := item.Figure.Of(i)
	return ok && ok2 && before == now && was.Figure.Denominator == item.Figure.Denominator
}

// submitForm asks for the indicators: for each its figure, and beside it a
// note.
func (r *request) submitForm(a answering, asked []benchmark.Indicator, state submitState) bot.Form {
	f := bot.Form{
		Name: "submit", Title: r.t("submit.title"), Submit: r.t("submit.send"), State: state.String(),
		Intro: r.t("submit.intro", "Period", r.period(a.id)),
	}
	if a.closed {
		f.Intro = r.t("submit.intro-closed", "Period", r.period(a.id))
		f.Fields = append(f.Fields, bot.Field{Name: reasonField, Label: r.t("submit.reason"), Help: r.t("submit.reason-help"), MaxLength: 500})
	}
	for _, i := range asked {
		v, answered := a.given[i.ID]
		field := r.figureField(a, i)
		if answered {
			field.Value = r.fieldValue(i, v, a.texts[i.ID])
		}
		f.Fields = append(f.Fields, field)
		if i.Kind == benchmark.Text {
			continue
		}
		note := bot.Field{Name: string(i.ID) + noteSuffix, Label: r.t("submit.note"), Optional: true, MaxLength: 1000, Section: i.Section}
		if answered {
			note.Value = a.texts[i.ID]
		}
		f.Fields = append(f.Fields, note)
	}
	return f
}

func (r *request) figureField(a answering, i benchmark.Indicator) bot.Field {
	f := bot.Field{Name: string(i.ID), Label: i.Title, Section: i.Section, Optional: true, MaxLength: 100, Placeholder: example(i), Help: r.fieldHelp(a, i)}
	switch i.Kind {
	case benchmark.Text:
		f.Kind, f.MaxLength, f.Placeholder = bot.Area, 3000, ""
	case benchmark.YesNo:
		f.Kind, f.Placeholder = bot.Choice, ""
		f.Options = append([]bot.Option{{Label: r.t("answer.yes"), Value: "yes"}, {Label: r.t("answer.no"), Value: "no"}}, r.withoutValue()...)
	case benchmark.Scale:
		f.Kind, f.Placeholder = bot.Choice, ""
		for k := 1; k <= i.Levels; k++ {
			f.Options = append(f.Options, bot.Option{Label: r.l.Integer(k), Value: r.l.Integer(k)})
		}
		f.Options = append(f.Options, r.withoutValue()...)
	case benchmark.Proportion, benchmark.Rate, benchmark.Mean, benchmark.Count, benchmark.Duration:
	}
	return f
}

func (r *request) withoutValue() []bot.Option {
	var options []bot.Option
	for _, a := range []benchmark.Answer{benchmark.NotMeasured, benchmark.NotApplicable, benchmark.DoesNotFit} {
		options = append(options, bot.Option{Label: r.t("answer." + string(a)), Value: string(a)})
	}
	return options
}

// fieldHelp says what to count, and shows the own last value.
func (r *request) fieldHelp(a answering, i benchmark.Indicator) string {
	what := i.Measures
	if i.Numerator != "" && i.Denominator != "" {
		what = i.Numerator + " / " + i.Denominator
	}
	if last := a.last[i.ID]; last != "" {
		what = r.t("submit.last", "Last", last) + " " + what
	}
	letters := []rune(strings.TrimSpace(what))
	if len(letters) > maxHelp {
		return string(letters[:maxHelp-1]) + "…"
	}
	return string(letters)
}

// maxHelp is the length of a field's help in characters (Mattermost: 150).
const maxHelp = 150

// fieldValue is what the figure's field holds for an answer that stands.
func (r *request) fieldValue(i benchmark.Indicator, v benchmark.Version, note string) string {
	choice := i.Kind == benchmark.YesNo || i.Kind == benchmark.Scale
	switch {
	case v.Answer != benchmark.Value && choice:
		return string(v.Answer)
	case v.Answer != benchmark.Value:
		return r.t("answer." + string(v.Answer))
	case i.Kind == benchmark.YesNo && v.Figure.Value == 1:
		return "yes"
	case i.Kind == benchmark.YesNo:
		return "no"
	}
	return figureText(r.l, i, v, note)
}

// answerText is an answer in words: "3/412 (0.73 %), new ward".
func (r *request) answerText(i benchmark.Indicator, v benchmark.Version, note string) string {
	text := figureText(r.l, i, v, note)
	if x, ok := v.Figure.Of(i); ok && v.Answer == benchmark.Value && (i.Kind == benchmark.Proportion || i.Kind == benchmark.Rate) {
		text += " (" + r.valueText(i, x) + ")"
	}
	if note != "" && i.Kind != benchmark.Text {
		text += " · " + bot.Quiet(note)
	}
	return text
}

// valueText is a value with its unit.
func (r *request) valueText(i benchmark.Indicator, x float64) string {
	decimals := 1
	if x != 0 && x < 1 && x > -1 {
		decimals = 2
	}
	number := r.l.Number(x, decimals)
	switch {
	case i.Unit == "" && i.Kind == benchmark.Proportion && i.Factor() == 100, i.Unit == "%":
		return number + " %"
	case i.Unit == "":
		return number
	}
	return number + " " + i.Unit
}
