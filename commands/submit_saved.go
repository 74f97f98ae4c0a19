package commands

import (
	"context"
	"slices"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// change is an answer that has changed: what stands now, and what stood before.
type change struct {
	indicator    benchmark.Indicator
	now, was     benchmark.Version // was is zero where nothing stood
	note, before string            // the notes of both
	versions     int               // up to now
}

// changesOf are what the events have changed, in the template's order. The sheet is the
// one of before them: it has the notes that stood then, which are forgotten since.
func changesOf(r *request, sheet answerSheet, events []benchmark.Event) []change {
	var changed []change
	r.read(func(n *benchmark.Network) {
		c, _ := n.Round(sheet.id)
		for _, e := range events {
			_, slot, is := e.Answers()
			if !is || c == nil || c.Submissions[slot] == nil {
				continue
			}
			all := c.Submissions[slot].Versions
			k := len(all) - 1
			for k > 0 && (all[k].By != e.By || !all[k].At.Equal(e.At)) {
				k--
			}
			one := change{now: all[k], note: n.Text(all[k].Note), versions: k + 1}
			one.indicator, _ = sheet.indicator(string(slot.Indicator))
			if k > 0 && n.MaySeeOwn(r.me, c) {
				one.was, one.before = all[k-1], sheet.notes[slot.Indicator]
			}
			changed = append(changed, one)
		}
	})
	return changed
}

// confirmSaved confirms privately what stands now, what stood there before and whose it
// was, and what is left; of a correction why. More adds what else is to be said.
func confirmSaved(r *request, before answerSheet, events []benchmark.Event, reason string, more func(m *chat.Message)) chat.Reply {
	return confirmation{reason: reason, more: more}.of(r, before, events)
}

// confirmation is what is said beside what stands.
type confirmation struct {
	reason string // for a correction
	// doubtful: some of it was in doubt, so that there is a way back.
	doubtful bool
	// noted are the answers of whose notes it is told already that others don't see them.
	noted []benchmark.IndicatorID
	// before were saved when the form was shown again for the others.
	before []benchmark.IndicatorID
	more   func(m *chat.Message)
}

func (saved confirmation) of(r *request, before answerSheet, events []benchmark.Event) chat.Reply {
	sheet, err := openAnswerSheet(r, before.id)
	if err != nil {
		return r.refused(err)
	}
	changed := changesOf(r, before, events)
	text := r.t("submit.done", "Period", r.period(sheet.id))
	switch left := len(sheet.template.Indicators) - len(sheet.answers); {
	case len(changed) == 0 && saved.more == nil:
		text = r.t("submit.unchanged", "Period", r.period(sheet.id))
	case len(changed) == 0:
		text = r.t("submit.nothing-saved")
	case sheet.closed:
		text = r.t("submit.corrected", "Period", r.period(sheet.id))
	case left > 0:
		text += " " + r.t("submit.left", "Count", left)
	default:
		text += " " + r.t("submit.complete")
	}
	m := chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}}}
	var facts []chat.Fact
	for _, i := range sheet.template.Indicators {
		k := slices.IndexFunc(changed, func(c change) bool { return c.indicator.ID == i.ID })
		switch {
		case k >= 0:
			facts = append(facts, chat.Fact{Name: oneLine(i.Title), Value: changeText(r, changed[k])})
		case slices.Contains(saved.before, i.ID):
			facts = append(facts, chat.Fact{Name: oneLine(i.Title), Value: sheet.standing(r, i)})
		}
	}
	if sheet.closed && saved.reason != "" && len(changed) > 0 {
		facts = append(facts, chat.Fact{Name: r.t("submit.why"), Value: clipText(chat.Quiet(saved.reason), maxNote)})
	}
	if len(facts) > 0 {
		m.Blocks = append(m.Blocks, chat.Facts{Facts: facts})
	}
	tellOfNotes(r, sheet, changed, saved.noted, &m)
	var items []benchmark.Item
	for _, c := range changed {
		items = append(items, benchmark.Item{Indicator: c.indicator.ID, Answer: c.now.Answer, Figure: c.now.Figure})
	}
	if hidden := sheet.nowHidden(r, items); hidden != "" {
		addLine(&m, hidden)
	}
	if len(dropNoteButton(r, sheet, changed)) > 0 && !sheet.closed {
		addLine(&m, r.t("submit.note-stays"))
	}
	if saved.more != nil {
		saved.more(&m)
	}
	if buttons := saved.afterwards(r, sheet, changed); len(buttons) > 0 {
		m.Blocks = append(m.Blocks, chat.Buttons{Buttons: buttons})
	}
	return chat.Reply{Message: &m}
}

// tellOfLetters says what a form says beforehand, to who answered without one: under which
// letter it stands may be guessed.
func tellOfLetters(r *request, before answerSheet, events []benchmark.Event, m *chat.Message) {
	if !before.lettersSeen || len(events) == 0 {
		return
	}
	addLine(m, r.t("submit.intro-again"))
}

// afterwards are the buttons below a confirmation.
func (saved confirmation) afterwards(r *request, sheet answerSheet, changed []change) []chat.Button {
	if sheet.closed {
		return nil
	}
	buttons := append(nextPartButton(r, sheet, changed), saved.undoButton(r, sheet, changed)...)
	buttons = append(buttons, dropNoteButton(r, sheet, changed)...)
	buttons = append(buttons, r.button("change", "submit", ""))
	if hasGuessesLeft(r, sheet) {
		buttons = append(buttons, r.button("guess", "predict", ""))
	}
	return append(buttons, r.button("status", "status", ""))
}

// keptNote says whether a figure was typed anew without a note, and so the one that stood
// before stays with it, though it may be true no more.
func keptNote(r *request, c change) bool {
	_, isForm := r.in.What.(chat.Filled)
	return !isForm && c.note != "" && c.note == c.before && c.now.Answer == benchmark.Value && c.was.Answer == benchmark.Value &&
		typedText(r.l, c.indicator, c.now, "") != typedText(r.l, c.indicator, c.was, "") && !c.now.Confirmed && c.indicator.Kind != benchmark.Text
}

// dropNoteButton takes away the note that stayed beside a figure that was typed anew.
func dropNoteButton(r *request, sheet answerSheet, changed []change) []chat.Button {
	if len(changed) != 1 || !keptNote(r, changed[0]) {
		return nil
	}
	c := changed[0]
	versions := c.versions
	typed := typedAnswer{Only: c.indicator.ID, Typed: typedText(r.l, c.indicator, c.now, ""), NoNote: true, Seen: &versions}
	return []chat.Button{submitButton(r, "drop-note", submitButtonState{Round: sheet.id, typedAnswer: typed})}
}

// changeText is what stands now, and what stood before.
func changeText(r *request, c change) string {
	text := answerText(r.l, c.indicator, c.now, c.note)
	if c.was.Answer == "" || text == answerText(r.l, c.indicator, c.was, c.before) {
		return text
	}
	return text + " – " + wasText(r, c.indicator, c.was, c.before)
}

// wasText is what stood before, and whose it was.
func wasText(r *request, i benchmark.Indicator, v benchmark.Version, note string) string {
	was := strings.TrimRight(answerText(r.l, i, v, clipText(note, maxWas)), ".")
	if v.By == r.me.ID || v.By == "" {
		return r.t("submit.was", "Was", was)
	}
	return r.t("submit.was-by", "Was", was, "Name", r.nameOf(v.By), "When", r.shortly(v.At))
}

// maxWas is how much of an earlier note is shown, in characters.
const maxWas = 80

// shortly is an instant as it is said of something recent: the time, and the day
// where it isn't today.
func (r *request) shortly(t time.Time) string {
	clock := r.l.Clock(t, r.zone)
	if r.l.Date(t, r.zone) == r.l.Date(r.now(), r.zone) {
		return clock
	}
	return r.l.ShortDate(t, r.zone) + " " + clock
}

// undoButton gives back what stood before: where that was a colleague's, where some of it
// was in doubt, and where several were typed at once. There is none when a button can't carry it.
func (saved confirmation) undoButton(r *request, sheet answerSheet, changed []change) []chat.Button {
	_, isForm := r.in.What.(chat.Filled)
	wanted := len(changed) > 0 && (saved.doubtful || len(changed) > 1 && !isForm)
	for _, c := range changed {
		wanted = wanted || c.was.Answer != "" && c.was.By != r.me.ID
	}
	if !wanted {
		return nil
	}
	return undoOf(r, sheet.id, changed)
}

// undoOf is the button that undoes the changes. The notes that stood before travel in
// it, if it has room for them.
func undoOf(r *request, id benchmark.RoundID, changed []change) []chat.Button {
	e := submitButtonState{Round: id, Undo: map[benchmark.IndicatorID]int{}, Notes: map[benchmark.IndicatorID]string{}}
	for _, c := range changed {
		e.Undo[c.indicator.ID] = c.versions
		if c.before != "" {
			e.Notes[c.indicator.ID] = c.before
		}
	}
	if !e.fits() {
		e.Notes, e.Bare = nil, true
	}
	if !e.fits() {
		return nil
	}
	return []chat.Button{submitButton(r, "undo", e)}
}

// undoAnswers gives back what stood before.
func undoAnswers(ctx context.Context, r *request, sheet answerSheet, e submitButtonState) chat.Reply {
	if err := r.decide(ctx, benchmark.Undo(sheet.id, e.Undo, e.Notes)); err != nil {
		return r.refused(err)
	}
	sheet, err := openAnswerSheet(r, sheet.id)
	if err != nil {
		return r.refused(err)
	}
	text := r.t("submit.undone", "Period", r.period(sheet.id))
	if e.Bare {
		text = r.t("submit.undone-bare", "Period", r.period(sheet.id))
	}
	m := message(text)
	var facts []chat.Fact
	for _, i := range sheet.template.Indicators {
		if _, undone := e.Undo[i.ID]; undone {
			facts = append(facts, chat.Fact{Name: oneLine(i.Title), Value: sheet.standing(r, i)})
		}
	}
	m.Blocks = append(m.Blocks, chat.Facts{Facts: facts}, chat.Buttons{Buttons: []chat.Button{r.button("change", "submit", ""), r.button("status", "status", "")}})
	return chat.Reply{Message: &m}
}

// onlyMoved says whether nothing is in the way but what colleagues have saved.
func onlyMoved(many benchmark.Refusals) bool {
	return !slices.ContainsFunc(many, func(x *benchmark.Refusal) bool { return x.Reason != refusal.AnswerMoved })
}

// movedItems are those of the items that are asked about.
func movedItems(items []benchmark.Item, moved benchmark.Refusals) []benchmark.Item {
	return slices.DeleteFunc(slices.Clone(items), func(item benchmark.Item) bool {
		return !slices.ContainsFunc(moved, func(x *benchmark.Refusal) bool { return x.Field == string(item.Indicator) })
	})
}

// askMoved shows both answers, a colleague's and one's own, and asks which is to stand.
func askMoved(r *request, before answerSheet, events []benchmark.Event, items []benchmark.Item, moved benchmark.Refusals) chat.Reply {
	sheet, err := openAnswerSheet(r, before.id)
	if err != nil {
		return r.refused(err)
	}
	return confirmSaved(r, before, events, "", func(m *chat.Message) {
		for _, item := range movedItems(items, moved) {
			i, _ := sheet.indicator(string(item.Indicator))
			name, when := r.nameOf(sheet.by[i.ID]), r.shortly(sheet.at[i.ID])
			text, keep := r.t("submit.moved-which", "Name", name, "Title", oneLine(i.Title)), r.t("submit.keep-theirs", "Name", name)
			if sheet.by[i.ID] == r.me.ID {
				text, keep = r.t("submit.moved-own", "Title", oneLine(i.Title)), r.t("submit.keep-standing")
			}
			m.Text = joinLines(m.Text, text)
			mine := typedAgain(r, i, item, sheet.versions[i.ID])
			m.Blocks = append(m.Blocks, chat.Paragraph{Text: text},
				chat.Facts{Facts: []chat.Fact{
					{Name: name + ", " + when, Value: sheet.standing(r, i)},
					{Name: r.t("submit.mine"), Value: sheet.mine(r, i, item)},
				}},
				chat.Buttons{Buttons: []chat.Button{
					{Label: clipText(keep, chat.MaxLabel), Action: "submit", Value: submitButtonState{Round: sheet.id, Stay: true, typedAnswer: typedAnswer{Only: i.ID}}.value()},
					submitButton(r, "use-mine", submitButtonState{Round: sheet.id, typedAnswer: mine}),
				}})
		}
	})
}

// typedAgain is an item as it would be typed by somebody who has seen so many versions.
func typedAgain(r *request, i benchmark.Indicator, item benchmark.Item, versions int) typedAnswer {
	t := typedAnswer{
		Only: i.ID, Note: item.Note, Right: item.Confirmed, Noted: item.NoteAsked, Seen: &versions,
		KeepFigure: item.KeepFigure, KeepNote: item.KeepNote, NoNote: item.Note == "",
	}
	if !item.KeepFigure {
		t.Typed = typedText(r.l, i, benchmark.Version{Answer: item.Answer, Figure: item.Figure}, item.Note)
	}
	if i.Kind == benchmark.Text && item.Answer == benchmark.Value {
		t.Note = ""
	}
	return t
}

// versionsAfter is how many versions of an answer its writer knows of: those before, and
// what they have just saved.
func versionsAfter(before answerSheet, events []benchmark.Event, i benchmark.IndicatorID) int {
	versions := before.versions[i]
	for _, e := range events {
		if _, slot, is := e.Answers(); is && slot.Indicator == i {
			versions++
		}
	}
	return versions
}
