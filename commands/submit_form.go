package commands

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// The fields of the form beside the indicators' own.
const (
	noteSuffix  = ".note"
	reasonField = "reason"
)

// submitFormState travels with the form.
type submitFormState struct {
	Round benchmark.RoundID     `json:"round"`
	Part  int                   `json:"part,omitempty"`
	Only  benchmark.IndicatorID `json:"only,omitempty"`
	// Asked are the fingerprints of figures of which it was asked whether they
	// are right.
	Asked map[benchmark.IndicatorID]string `json:"asked,omitempty"`
}

func (s submitFormState) String() string {
	b, err := json.Marshal(s)
	if err != nil || len(b) > chat.MaxState {
		s.Asked = nil
		b, _ = json.Marshal(s) //nolint:errchkjson // strings only
	}
	return string(b)
}

// rememberQuestions remembers which figures it was asked about, so that sending the same
// again, with a note, says that they are right.
func (s *submitFormState) rememberQuestions(err error, items []benchmark.Item) {
	var many benchmark.Refusals
	if !errors.As(err, &many) {
		return
	}
	asked := map[benchmark.IndicatorID]string{}
	for _, x := range many {
		for _, item := range items {
			if x.Question && x.Reason != refusal.MaybePersonalNumber && x.Field == string(item.Indicator) {
				asked[item.Indicator] = fingerprint(item)
			}
		}
	}
	for id, figure := range s.Asked {
		if _, now := asked[id]; !now {
			asked[id] = figure
		}
	}
	s.Asked = asked
}

// fingerprint tells figures apart, however they were typed.
func fingerprint(item benchmark.Item) string {
	f := item.Figure
	parts := []float64{f.Numerator, f.Denominator, f.Value, f.N}
	if f.SD != nil {
		parts = append(parts, *f.SD)
	}
	texts := make([]string, len(parts))
	for k, x := range parts {
		texts[k] = strconv.FormatFloat(x, 'g', -1, 64)
	}
	return strings.Join(texts, ";")
}

// submitForm asks for the indicators: for each its figure, and beside it a
// note.
func submitForm(r *request, sheet answerSheet, asked []benchmark.Indicator, state submitFormState) chat.Form {
	f := chat.Form{
		Name: "submit", Title: r.t("submit.title"), Submit: r.t("submit.send"), State: state.String(),
		Intro: r.t("submit.intro", "Period", r.period(sheet.id)),
	}
	if state.Only != "" {
		f.Intro = r.t("submit.intro-one", "Period", r.period(sheet.id))
	}
	if len(sheet.answers) > 0 {
		f.Intro += " " + r.t("submit.intro-empty")
	}
	if sheet.closed {
		f.Intro = r.t("submit.intro-closed", "Period", r.period(sheet.id))
		f.Fields = append(f.Fields, chat.Field{Name: reasonField, Label: r.t("submit.reason"), Help: r.t("submit.reason-help"), MaxLength: 500})
	}
	for _, i := range asked {
		v, answered := sheet.answers[i.ID]
		if sheet.closed && !answered {
			continue // nothing new comes in
		}
		field := figureField(r, sheet, i)
		label := clipText(r.t("submit.note", "Title", oneLine(i.Title)), chat.MaxLabel)
		note := chat.Field{Name: string(i.ID) + noteSuffix, Label: label, Optional: true, Section: i.Section}
		if answered {
			field.Value, note.Value = figureFieldValue(r, i, v, sheet.notes[i.ID]), oneLine(sheet.notes[i.ID])
		}
		f.Fields = append(f.Fields, field)
		if i.Kind != benchmark.Text {
			f.Fields = append(f.Fields, note)
		}
	}
	return f
}

func figureField(r *request, sheet answerSheet, i benchmark.Indicator) chat.Field {
	f := chat.Field{
		Name: string(i.ID), Label: oneLine(i.Title), Section: i.Section, Optional: true, MaxLength: 100,
		Placeholder: r.t("submit.example", "Example", example(r.l, i)), Help: figureHelp(r, sheet, i),
	}
	switch i.Kind {
	case benchmark.Text:
		f.Kind, f.MaxLength, f.Placeholder = chat.Area, 0, ""
	case benchmark.YesNo:
		f.Kind, f.Placeholder = chat.Choice, ""
		f.Options = append([]chat.Option{{Label: r.t("answer.yes"), Value: "yes"}, {Label: r.t("answer.no"), Value: "no"}}, noValueOptions(r)...)
	case benchmark.Scale:
		f.Kind, f.Placeholder = chat.Choice, ""
		for k := 1; k <= i.Levels; k++ {
			f.Options = append(f.Options, chat.Option{Label: strconv.Itoa(k), Value: strconv.Itoa(k)})
		}
		f.Options = append(f.Options, noValueOptions(r)...)
	case benchmark.Proportion, benchmark.Rate, benchmark.Mean, benchmark.Count, benchmark.Duration:
	}
	return f
}

func noValueOptions(r *request) []chat.Option {
	var options []chat.Option
	for _, a := range []benchmark.Answer{benchmark.NotMeasured, benchmark.NotApplicable, benchmark.DoesNotFit} {
		options = append(options, chat.Option{Label: r.t("answer." + string(a)), Value: string(a)})
	}
	return options
}

// figureHelp shows the own last value, and says what to count: of a quotient
// both numbers, each shortened to its half of the room.
func figureHelp(r *request, sheet answerSheet, i benchmark.Indicator) string {
	help := ""
	if last := sheet.previous[i.ID]; last != "" {
		help = r.t("submit.last", "Last", last) + " "
	}
	room := chat.MaxHelp - len([]rune(help))
	if i.Numerator == "" || i.Denominator == "" {
		return strings.TrimSpace(help + clipText(oneLine(i.Measures), room))
	}
	words := r.t("submit.counted", "Numerator", "", "Denominator", "")
	half := (room - len([]rune(words))) / 2
	over, under := sentenceOf(i.Numerator), sentenceOf(i.Denominator)
	over = clipText(over, max(half, 2*half-len([]rune(under))))
	return help + r.t("submit.counted", "Numerator", over, "Denominator", clipText(under, 2*half-len([]rune(over))))
}

// figureFieldValue is what the figure's field holds for an answer that stands.
func figureFieldValue(r *request, i benchmark.Indicator, v benchmark.Version, note string) string {
	choice := i.Kind == benchmark.YesNo || i.Kind == benchmark.Scale
	switch {
	case v.Answer != benchmark.Value && choice:
		return string(v.Answer)
	case v.Answer != benchmark.Value && i.Kind == benchmark.Text && note != "":
		return r.t("answer."+string(v.Answer)) + ": " + note
	case v.Answer != benchmark.Value:
		return r.t("answer." + string(v.Answer))
	case i.Kind == benchmark.YesNo && v.Figure.Value == 1:
		return "yes"
	case i.Kind == benchmark.YesNo:
		return "no"
	case i.Kind == benchmark.Scale:
		return strconv.Itoa(int(v.Figure.Value))
	}
	return typedText(r.l, i, v, note)
}

// indicatorsOf are the indicators that the form asked for.
func indicatorsOf(r *request, sheet answerSheet, s submitFormState) ([]benchmark.Indicator, bool) {
	if s.Only != "" {
		i, known := sheet.indicator(string(s.Only))
		return []benchmark.Indicator{i}, known
	}
	parts := partsOf(r.l, sheet.template.Indicators)
	if len(parts) == 1 {
		return parts[0].indicators, true
	}
	p, known := partNumbered(parts, s.Part)
	return p.indicators, known
}

// parseSubmitForm reads what was filled in. Of an answer without a figure the note may
// stand in either field.
func parseSubmitForm(r *request, sheet answerSheet, asked []benchmark.Indicator, state submitFormState, values map[string]string) ([]benchmark.Item, benchmark.Refusals) {
	var items []benchmark.Item
	var wrong benchmark.Refusals
	for _, i := range asked {
		typed, note := strings.TrimSpace(values[string(i.ID)]), strings.TrimSpace(values[string(i.ID)+noteSuffix])
		if typed == "" && note == "" {
			continue
		}
		item, err := readItem(r.l, i, typed, false)
		if bad, ok := errors.AsType[*benchmark.Refusal](err); ok {
			bad.Field = string(i.ID)
			wrong = append(wrong, bad)
			continue
		}
		if i.Kind != benchmark.Text {
			item.Note = strings.TrimSpace(item.Note + "\n" + note)
			if stands := sheet.notes[i.ID]; oneLine(stands) == oneLine(item.Note) {
				item.Note = stands // a field of one line shows it without its line breaks
			}
		}
		item.Confirmed = state.Asked[i.ID] != "" && state.Asked[i.ID] == fingerprint(item)
		if was, answered := sheet.answers[i.ID]; answered && was.Confirmed && was.Answer == item.Answer {
			item.Confirmed = item.Confirmed || fingerprint(benchmark.Item{Figure: was.Figure}) == fingerprint(item)
		}
		items = append(items, item)
	}
	return items, wrong
}

// wordQuestions puts the values of questions into their indicator's unit.
func wordQuestions(r *request, sheet answerSheet, err error) error {
	var many benchmark.Refusals
	if !errors.As(err, &many) {
		return err
	}
	worded := make(benchmark.Refusals, len(many))
	for k, x := range many {
		worded[k] = wordQuestion(r, sheet, x)
	}
	return worded
}

// fieldOf puts what is wrong with a note at the note.
func fieldOf(x *benchmark.Refusal) string {
	switch x.Reason {
	case refusal.WhyMissing, refusal.PersonalNumber, refusal.MaybePersonalNumber, refusal.TextTooLong:
		return x.Field + noteSuffix
	case refusal.CorrectionReason:
		return reasonField
	default:
		return x.Field
	}
}

// sentenceOf is a definition with a stop at its end.
func sentenceOf(text string) string {
	return strings.TrimRight(oneLine(text), " .;,:") + "."
}
