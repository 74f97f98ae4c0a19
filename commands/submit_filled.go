package commands

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// filledForm is a form as it came back, of a round that is open.
type filledForm struct {
	sheet  answerSheet
	asked  []benchmark.Indicator
	state  submitFormState
	values map[string]string
}

// saveFilled saves what is clear of a form, and what is in doubt. Where the rest can be
// told in a message it is; otherwise the form is shown again with all that is wrong, each
// at its field.
func saveFilled(ctx context.Context, r *request, f filledForm, items []benchmark.Item, wrong benchmark.Refusals) chat.Reply {
	g := filledIn(r, items, f.values, f.sheet)
	g.before = f.state.Saved
	dry := dryRun(r, benchmark.Submit{Round: f.sheet.id, Items: items, SaveDoubts: true})
	if len(wrong) == 0 && canBeTold(r, f.sheet, g, dry) {
		return saveWhatCan(ctx, r, f.sheet, g)
	}
	if maybeNumber(dry) != nil { // all of it is held until that is answered
		var more benchmark.Refusals
		errors.As(dry, &more)
		return f.again(r, items, append(wrong, more...))
	}
	s := saving{sheet: f.sheet, items: items}
	if err := s.save(ctx, r); err != nil {
		return f.again(r, items, err)
	}
	wrong = append(wrong, s.wrong...)
	saved := 0
	for _, e := range s.events {
		if _, slot, is := e.Answers(); is {
			saved++
			f.state.Saved = append(f.state.Saved, slot.Indicator)
		}
	}
	reply := f.refreshed(r, s.events, wrong).again(r, items, wrong)
	if saved > 0 && reply.Form != nil {
		told := r.t("submit.saved-but", "Count", saved)
		for _, c := range changesOf(r, f.sheet, s.events) {
			told = joinLines(told, g.taken[c.indicator.ID])
		}
		reply.Form.Error = joinLines(told, reply.Form.Error)
	}
	return reply
}

// refreshed is the form as it would be opened now, but for what was not saved: that is as
// it was typed.
func (f filledForm) refreshed(r *request, events []benchmark.Event, wrong benchmark.Refusals) filledForm {
	sheet, err := openAnswerSheet(r, f.sheet.id)
	if err != nil {
		return f
	}
	before, opened := f.state.Opened, f.state
	opened.Opened = nil
	if json.Unmarshal([]byte(submitForm(r, sheet, f.asked, opened).State), &opened) != nil || len(before) != len(f.asked) {
		return f
	}
	f.sheet, f.values = sheet, maps.Clone(f.values)
	f.state.Opened = slices.Clone(before)
	for k, i := range f.asked {
		given := slices.ContainsFunc(events, func(e benchmark.Event) bool { _, slot, is := e.Answers(); return is && slot.Indicator == i.ID })
		if !given || len(opened.Opened) != len(f.asked) {
			continue
		}
		f.state.Opened[k] = opened.Opened[k]
		if !slices.ContainsFunc(wrong, func(x *benchmark.Refusal) bool { return x.Field == string(i.ID) }) {
			delete(f.values, string(i.ID))
			delete(f.values, string(i.ID)+noteSuffix)
		}
	}
	return f
}

// again shows the form again, with what is wrong at its fields.
func (f filledForm) again(r *request, items []benchmark.Item, err error) chat.Reply {
	f.state.rememberQuestions(err, items)
	f.state.rememberMoves(err, f.sheet, f.asked)
	return r.showAgain(submitForm(r, f.sheet, f.asked, f.state), f.values, wordQuestions(r, f.sheet, err), fieldOf)
}

// filledIn is what was filled in, as one submission.
func filledIn(r *request, items []benchmark.Item, values map[string]string, sheet answerSheet) answersGiven {
	g := answersGiven{inForm: true, items: items, taken: map[benchmark.IndicatorID]string{}}
	for _, item := range items {
		i, _ := sheet.indicator(string(item.Indicator))
		a := typedAnswer{
			Only: i.ID, Typed: strings.TrimSpace(values[string(i.ID)]), Note: strings.TrimSpace(values[string(i.ID)+noteSuffix]),
			KeepFigure: item.KeepFigure, KeepNote: item.KeepNote, Seen: item.Seen,
		}
		g.typed = append(g.typed, a)
		if !item.KeepFigure && i.Kind != benchmark.Text {
			g.takeUnits(r, i, a, item)
		}
	}
	return g
}

// canBeTold says whether all that is refused of a form can be told in a message, with a
// button that carries what was typed; otherwise the form is shown again.
func canBeTold(r *request, sheet answerSheet, g answersGiven, err error) bool {
	var many benchmark.Refusals
	if !errors.As(err, &many) || maybeNumber(err) != nil {
		return err == nil
	}
	for _, x := range many {
		k := slices.IndexFunc(g.items, func(item benchmark.Item) bool { return x.Field == string(item.Indicator) })
		if k < 0 {
			return false
		}
		t := g.typed[slices.IndexFunc(g.typed, func(a typedAnswer) bool { return string(a.Only) == x.Field })]
		e := submitButtonState{Round: sheet.id, Asked: new(1 << 20), typedAnswer: t}
		isClear := sheet.isClearWithoutNote(g.items[k], x) && e.fits()
		isMoved := onlyMoved(many) && e.fits()
		if !isMoved && !sheet.isHiddenNote(r, g.items[k], x) && !isClear {
			return false
		}
	}
	return len(many) <= maxAskedApart
}
