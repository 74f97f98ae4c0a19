package commands

import (
	"context"
	"errors"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// answersGiven is one submission: what was typed, or filled in, as it is understood.
type answersGiven struct {
	items []benchmark.Item
	typed []typedAnswer // of the items, and of what can't be read
	// taken says what of the typed text was taken for something else: another unit, or a
	// name that is near.
	taken  map[benchmark.IndicatorID]string
	wrong  map[benchmark.IndicatorID]benchmark.Refusals
	unread []string
	// before were saved when the form was shown again for the others.
	before []benchmark.IndicatorID
	inForm bool // which said beforehand what others may guess
}

// readTyped reads what was typed, and takes a name that is near only one indicator for it
// where nothing stands there yet.
func readTyped(r *request, sheet answerSheet, answers []typedAnswer, unread []string) answersGiven {
	g := answersGiven{taken: map[benchmark.IndicatorID]string{}, wrong: map[benchmark.IndicatorID]benchmark.Refusals{}}
	g.typed = slices.Clone(answers)
	for _, line := range unread {
		near := nearAnswers(r.l, sheet.template, line)
		if len(near) != 1 || sheet.versions[near[0].Only] > 0 || slices.ContainsFunc(g.typed, func(a typedAnswer) bool { return a.Only == near[0].Only }) {
			g.unread = append(g.unread, line)
			continue
		}
		i, _ := sheet.indicator(string(near[0].Only))
		g.typed = append(g.typed, near[0])
		g.taken[i.ID] = r.t("submit.taken", "Typed", givenBack(line), "Value", oneLine(i.Title))
	}
	for _, a := range g.typed {
		i, _ := sheet.indicator(string(a.Only))
		item, err := sheet.item(r, i, a)
		if bad, is := errors.AsType[*benchmark.Refusal](err); is {
			g.wrong[i.ID] = benchmark.Refusals{bad}
			continue
		}
		g.items = append(g.items, item)
		g.takeUnits(r, i, a, item)
	}
	return g
}

// takeUnits notes that a figure came in another unit.
func (g answersGiven) takeUnits(r *request, i benchmark.Indicator, a typedAnswer, item benchmark.Item) {
	if a.KeepFigure || a.Typed == "" {
		return
	}
	if _, from, err := readConverted(r.l, i, a.Typed, a.Note == ""); err == nil && from != "" {
		value := answerText(r.l, i, benchmark.Version{Answer: item.Answer, Figure: item.Figure}, "")
		g.taken[i.ID] = joinLines(g.taken[i.ID], r.t("submit.taken", "Typed", givenBack(from), "Value", value))
	}
}

// saveWhatCan saves what is clear or in doubt, and tells in one message all that isn't
// clear.
func saveWhatCan(ctx context.Context, r *request, sheet answerSheet, g answersGiven) chat.Reply {
	s := saving{sheet: sheet, items: g.items}
	if err := s.save(ctx, r); maybeNumber(err) != nil {
		return r.refused(err)
	} else if err != nil {
		return giveBack(r, r.refused(err), typedOf(g.typed))
	}
	if onlyMoved(s.wrong) && len(s.wrong) > 0 {
		return askMoved(r, sheet, s.events, g.items, s.wrong)
	}
	var doubts []unclearAnswer
	saved := savedDoubts(r, sheet, s.events, g.before)
	for _, a := range g.typed {
		why := g.wrong[a.Only]
		for _, x := range s.wrong {
			if x.Field == string(a.Only) {
				why = append(why, x)
			}
		}
		if len(why) > 0 {
			doubts = append(doubts, unclearAnswer{typedAnswer: a, why: why})
		}
	}
	doubts = append(doubts, saved...)
	if len(s.events) == 0 && len(doubts) == 1 && len(g.unread) == 0 {
		text, buttons := doubtText(r, sheet, doubts[0], versionsAfter(sheet, s.events, doubts[0].Only))
		reply := r.say(text, buttons...)
		if d := doubts[0]; d.saved || d.why[0].Question || d.why[0].Reason == refusal.PersonalNumber {
			return reply // what is asked about is said already; the other is not repeated
		}
		return giveBack(r, reply, typedOf(g.typed))
	}
	if len(s.events)+len(doubts)+len(g.unread) == 0 {
		return unchanged(r, sheet, g.typed)
	}
	k := confirmation{before: g.before, doubtful: len(savedDoubts(r, sheet, s.events, nil))+len(s.hidden)+len(g.taken) > 0}
	for _, d := range s.hidden {
		k.noted = append(k.noted, d.Only)
	}
	k.more = func(m *chat.Message) {
		if !g.inForm {
			tellOfLetters(r, sheet, s.events, m)
		}
		tellTaken(r, sheet, m, s.events, g.taken)
		tellHidden(r, sheet, m, s.hidden, saved)
		tellDoubts(r, sheet, m, s.events, doubts, g.unread)
	}
	return k.of(r, sheet, s.events)
}

// addLine adds a paragraph to a message, and to its text.
func addLine(m *chat.Message, text string) {
	m.Text = joinLines(m.Text, text)
	m.Blocks = append(m.Blocks, chat.Paragraph{Text: text})
}

// tellTaken tells what was taken for something else, each with a way back where several
// were saved; one alone is undone by what stands below the message.
func tellTaken(r *request, sheet answerSheet, m *chat.Message, events []benchmark.Event, taken map[benchmark.IndicatorID]string) {
	changed := changesOf(r, sheet, events)
	for _, c := range changed {
		text := taken[c.indicator.ID]
		if text == "" {
			continue
		}
		addLine(m, text)
		if undo := undoOf(r, sheet.id, []change{c}); len(changed) > 1 && len(undo) > 0 {
			undo[0].Label = clipText(r.t("submit.undo-one", "Title", oneLine(c.indicator.Title)), chat.MaxLabel)
			m.Blocks = append(m.Blocks, rows(undo)...)
		}
	}
}

// tellHidden tells of notes that may be answers to something else: they are kept, and
// others don't see them.
func tellHidden(r *request, sheet answerSheet, m *chat.Message, hidden, saved []unclearAnswer) {
	for _, d := range hidden {
		i, _ := sheet.indicator(string(d.Only))
		note, _ := argument(d.why[0], "Note").(string)
		addLine(m, r.t("submit.kept-as-note", "Title", oneLine(i.Title), "Note", givenBack(note)))
		buttons := asAnswer(r, sheet, d)
		if !slices.ContainsFunc(saved, func(x unclearAnswer) bool { return x.Only == d.Only }) {
			buttons = append(buttons, submitButton(r, "mend", submitButtonState{Round: sheet.id, typedAnswer: typedAnswer{Only: i.ID}}))
		}
		m.Blocks = append(m.Blocks, rows(labelled(buttons, i, len(hidden)+len(saved) > 1))...)
	}
}

// saving is a submission on its way into the journal.
type saving struct {
	sheet  answerSheet
	items  []benchmark.Item
	events []benchmark.Event
	wrong  benchmark.Refusals // why what is left was not saved
	hidden []unclearAnswer    // notes that are kept, and that others don't see
}

// save saves the items that the network takes, and remembers why it does not take the
// others. Where only the note is in doubt, the figure is saved; a note that others won't
// see is; and over what a colleague saved meanwhile nothing is written unasked.
func (s *saving) save(ctx context.Context, r *request) error {
	items := s.items
	for len(items) > 0 {
		events, err := r.decideEvents(ctx, benchmark.Submit{Round: s.sheet.id, Items: items, SaveDoubts: true})
		var many benchmark.Refusals
		if !errors.As(err, &many) || maybeNumber(err) != nil { // all of it is held until that is answered
			s.events = events
			return err
		}
		var left []benchmark.Item
		for _, item := range items {
			k := slices.IndexFunc(many, func(x *benchmark.Refusal) bool { return x.Field == string(item.Indicator) })
			switch {
			case k < 0:
				left = append(left, item)
			case s.sheet.isHiddenNote(r, item, many[k]):
				item.NoteAsked = true
				s.hidden = append(s.hidden, unclearAnswer{typedAnswer: typedAnswer{Only: item.Indicator}, why: benchmark.Refusals{many[k]}})
				left = append(left, item)
			case s.sheet.isClearWithoutNote(item, many[k]):
				item.Note, item.KeepNote = "", true
				left = append(left, item)
				s.wrong = append(s.wrong, many[k])
			default:
				s.wrong = append(s.wrong, many[k])
			}
		}
		items = left
	}
	return nil
}

// isHiddenNote says whether a note is asked about that others don't see in any case.
func (a answerSheet) isHiddenNote(r *request, item benchmark.Item, why *benchmark.Refusal) bool {
	i, _ := a.indicator(string(item.Indicator))
	return why.Question && isOfNote(why.Reason) && (a.isOwn || !a.mayShow(r, i, item.Note))
}

// isClearWithoutNote says whether nothing but the note of an item is in doubt, and the
// note isn't of the same indicator.
func (a answerSheet) isClearWithoutNote(item benchmark.Item, why *benchmark.Refusal) bool {
	i, _ := a.indicator(string(item.Indicator))
	if i.Kind == benchmark.Text || item.Answer != benchmark.Value || item.KeepFigure || item.KeepNote {
		return false
	}
	return why.Reason == refusal.NoteHasFigure || isOfNote(why.Reason) && argument(why, "Named") != i.Title
}

// typedOf is what was typed, to be given back.
func typedOf(answers []typedAnswer) string {
	var lines []string
	for _, a := range answers {
		lines = append(lines, strings.TrimSpace(string(a.Only)+" "+a.Typed))
	}
	return strings.Join(lines, "\n")
}
