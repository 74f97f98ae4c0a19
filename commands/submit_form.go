package commands

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
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
	Round benchmark.RoundID       `json:"round"`
	Part  int                     `json:"part,omitempty"`
	Only  benchmark.IndicatorID   `json:"only,omitempty"`
	Some  []benchmark.IndicatorID `json:"some,omitempty"`
	// Asked are the fingerprints of figures of which it was asked whether they
	// are right; Noted, the digests of notes.
	Asked map[benchmark.IndicatorID]string `json:"asked,omitempty"`
	Noted map[benchmark.IndicatorID]uint32 `json:"noted,omitempty"`
	// Opened is what the form held when it was opened, in the order of its indicators.
	Opened []openedAnswer `json:"opened,omitempty"`
	// Saved are the answers that were saved when the form was shown again for others.
	Saved []benchmark.IndicatorID `json:"saved,omitempty"`
	// Shown is the digest of what was shown before everybody sees it.
	Shown uint32 `json:"shown,omitempty"`
}

// openedAnswer is an answer as the form held it when it was opened: how many versions
// of it there were, and the digests of its two fields. What is sent as it was, is not
// meant.
type openedAnswer struct {
	Versions int    `json:"v,omitempty"`
	Figure   uint32 `json:"f,omitempty"`
	Note     uint32 `json:"n,omitempty"`
	// Moved: it was shown what a colleague has saved meanwhile. An emptied field leaves
	// that.
	Moved bool `json:"m,omitempty"`
}

// digest tells what a field held; 0 for nothing. Blanks and line breaks don't count.
func digest(text string) uint32 {
	text = oneLine(text)
	if text == "" {
		return 0
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(text)) // it never fails
	return h.Sum32()
}

// digestOf tells items apart, but for what was seen before them.
func digestOf(items []benchmark.Item) uint32 {
	var all strings.Builder
	for _, item := range items {
		fmt.Fprintln(&all, item.Indicator, item.Answer, fingerprint(item), item.KeepFigure, item.KeepNote, item.Note)
	}
	return digest(all.String())
}

func (s submitFormState) String() string {
	b, err := json.Marshal(s)
	if err != nil || len(b) > chat.MaxState { // it is asked once more
		s.Asked, s.Noted, s.Shown = nil, nil, 0
		b, _ = json.Marshal(s) //nolint:errchkjson // strings and numbers only
	}
	return string(b)
}

// rememberQuestions remembers which figures and notes it was asked about, so that sending
// the same again says that they are right.
func (s *submitFormState) rememberQuestions(err error, items []benchmark.Item) {
	var many benchmark.Refusals
	if !errors.As(err, &many) {
		return
	}
	asked, noted := maps.Clone(s.Asked), maps.Clone(s.Noted)
	for _, x := range many {
		for _, item := range items {
			switch {
			case !x.Question || x.Field != string(item.Indicator) || x.Reason == refusal.AnswerMoved || x.Reason == refusal.MaybePersonalNumber:
			case isOfNote(x.Reason):
				noted = with(noted, item.Indicator, digest(item.Note))
			default:
				asked = with(asked, item.Indicator, fingerprint(item))
			}
		}
	}
	s.Asked, s.Noted = asked, noted
}

// with is the map with a value more.
func with[K comparable, V any](m map[K]V, key K, value V) map[K]V {
	if m == nil {
		m = map[K]V{}
	}
	m[key] = value
	return m
}

// rememberMoves remembers that it was shown what colleagues have saved meanwhile, so that
// sending the same again is meant.
func (s *submitFormState) rememberMoves(err error, sheet answerSheet, asked []benchmark.Indicator) {
	var many benchmark.Refusals
	if !errors.As(err, &many) || len(s.Opened) != len(asked) {
		return
	}
	s.Opened = slices.Clone(s.Opened)
	for k, i := range asked {
		for _, x := range many {
			if x.Reason == refusal.AnswerMoved && x.Field == string(i.ID) {
				s.Opened[k].Versions, s.Opened[k].Moved = sheet.versions[i.ID], true
			}
		}
	}
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
		Name: "submit", Title: r.t("submit.title"), Submit: r.t("submit.send"),
		Intro: r.t("submit.intro", "Period", r.period(sheet.id)),
	}
	shown := "submit.intro-notes"
	if state.Only != "" {
		f.Intro, shown = r.t("submit.intro-one", "Period", r.period(sheet.id)), "submit.intro-note"
	}
	if !sheet.isOwn {
		f.Intro += " " + r.t(shown)
	}
	if len(sheet.answers) > 0 {
		f.Intro += " " + r.t("submit.intro-empty")
	}
	opens := len(state.Opened) != len(asked)
	if opens {
		state.Opened = nil
	}
	if sheet.closed {
		f.Intro = r.t("submit.intro-closed", "Period", r.period(sheet.id))
		f.Fields = append(f.Fields, chat.Field{Name: reasonField, Label: r.t("submit.reason"), Help: r.t("submit.reason-help"), MaxLength: 500})
	}
	f.Intro += " " + sheet.promise
	if !sheet.isNamed && !sheet.isOwn {
		f.Intro += " " + r.t("submit.intro-coded")
	}
	switch {
	case sheet.lettersSeen && !sheet.closed:
		f.Intro += " " + r.t("submit.intro-again")
	case sheet.lettersSeen && !sheet.published:
		f.Intro += " " + r.t("submit.intro-draft")
	}
	for _, i := range asked {
		v, answered := sheet.answers[i.ID]
		if opens {
			state.Opened = append(state.Opened, openedAnswer{Versions: sheet.versions[i.ID]})
		}
		if sheet.closed && !answered {
			continue // nothing new comes in
		}
		field := figureField(r, sheet, i)
		label := clipText(r.t("submit.note", "Title", oneLine(i.Title)), chat.MaxLabel)
		note := chat.Field{Name: string(i.ID) + noteSuffix, Label: label, Optional: true, Section: i.Section}
		if answered {
			field.Value, note.Value = figureFieldValue(r, i, v, sheet.notes[i.ID]), oneLine(sheet.notes[i.ID])
		}
		if opens {
			last := &state.Opened[len(state.Opened)-1]
			last.Figure, last.Note = digest(field.Value), digest(note.Value)
		}
		f.Fields = append(f.Fields, field)
		if i.Kind != benchmark.Text {
			f.Fields = append(f.Fields, note)
		}
	}
	f.State = state.String()
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
	if unit, percent := unitText(r.l, i); unit != "" && !percent && (i.Kind == benchmark.Mean || i.Kind == benchmark.Duration || i.Kind == benchmark.Count) {
		help = r.t("submit.in-unit", "Unit", unit) + " "
	}
	if last := sheet.previous[i.ID]; last != "" {
		help += r.t("submit.last", "Last", last) + " "
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
func indicatorsOf(r *request, sheet answerSheet, s submitFormState) (asked []benchmark.Indicator, ok bool) {
	if s.Only != "" {
		s.Some = []benchmark.IndicatorID{s.Only}
	}
	for _, id := range s.Some {
		i, known := sheet.indicator(string(id))
		if !known {
			return nil, false
		}
		asked = append(asked, i)
	}
	if len(asked) > 0 {
		return asked, true
	}
	parts := partsOf(r.l, sheet.template.Indicators)
	if len(parts) == 1 {
		return parts[0].indicators, true
	}
	p, known := partNumbered(parts, s.Part)
	return p.indicators, known
}

// parseSubmitForm reads what was changed in the form. Of an answer without a figure the
// note may stand in either field. Forms of earlier versions don't say what they
// held; all of them is read.
func parseSubmitForm(r *request, sheet answerSheet, asked []benchmark.Indicator, state submitFormState, values map[string]string) ([]benchmark.Item, benchmark.Refusals) {
	var items []benchmark.Item
	var wrong benchmark.Refusals
	for k, i := range asked {
		typed, note := strings.TrimSpace(values[string(i.ID)]), strings.TrimSpace(values[string(i.ID)+noteSuffix])
		sent := sentAnswer{figure: typed != "", note: note != ""}
		if len(state.Opened) == len(asked) {
			sent = state.Opened[k].sent(values, i)
		}
		if !sent.figure && !sent.note {
			continue
		}
		item, err := readSent(r, sheet, i, sent, typed, note)
		if bad, ok := errors.AsType[*benchmark.Refusal](err); ok {
			bad.Field = string(i.ID)
			wrong = append(wrong, bad)
			continue
		}
		item.Seen = sent.seen
		item.Confirmed = state.Asked[i.ID] != "" && state.Asked[i.ID] == fingerprint(item)
		item.NoteAsked = state.Noted[i.ID] != 0 && state.Noted[i.ID] == digest(item.Note)
		if was, answered := sheet.answers[i.ID]; answered && was.Confirmed && was.Answer == item.Answer {
			item.Confirmed = item.Confirmed || fingerprint(benchmark.Item{Figure: was.Figure}) == fingerprint(item)
		}
		items = append(items, item)
	}
	return items, wrong
}

// sentAnswer says which fields of an answer were changed, and what their writer saw.
type sentAnswer struct {
	figure, note bool
	seen         *int
}

// sent says what was changed in the fields. An emptied figure is no change, and an
// emptied note takes the note away.
func (o openedAnswer) sent(values map[string]string, i benchmark.Indicator) sentAnswer {
	figure := digest(values[string(i.ID)])
	note, hasNote := values[string(i.ID)+noteSuffix]
	emptied := digest(note) == 0 && o.Moved
	return sentAnswer{figure: figure != 0 && figure != o.Figure, note: hasNote && digest(note) != o.Note && !emptied, seen: &o.Versions}
}

// readSent reads an answer of which one field or both were changed.
func readSent(r *request, sheet answerSheet, i benchmark.Indicator, sent sentAnswer, typed, note string) (benchmark.Item, error) {
	_, answered := sheet.answers[i.ID]
	if !sent.figure && answered {
		return benchmark.Item{Indicator: i.ID, KeepFigure: true, Note: note}, nil
	}
	item, err := readItem(r.l, i, typed, false)
	if err != nil || i.Kind == benchmark.Text {
		return item, err
	}
	item.KeepNote = !sent.note && item.Note == "" && answered
	if !item.KeepNote {
		item.Note = strings.TrimSpace(item.Note + "\n" + note)
	}
	if stands := sheet.notes[i.ID]; oneLine(stands) == oneLine(item.Note) {
		item.Note = stands // a field of one line shows it without its line breaks
	}
	return item, nil
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
	case refusal.NoteIsAnswer, refusal.NoteNamesIndicator, refusal.NoteHasFigure:
		return x.Field + noteSuffix
	default:
		return x.Field
	}
}

// sentenceOf is a definition with a stop at its end.
func sentenceOf(text string) string {
	return strings.TrimRight(oneLine(text), " .;,:") + "."
}
