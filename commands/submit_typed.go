package commands

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/locale"
)

// splitAnswers reads what was typed or pasted as answers, each of which begins with an
// indicator: a line each, or one after the other ("falls 3/412, catheters 3/400").
// A line that begins with no indicator belongs to the answer before it, unless it reads
// as an answer to something else; that, and what stands before the first, is unread.
func splitAnswers(l *locale.Locale, t benchmark.Template, text string) (answers []typedAnswer, unread []string) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		i, typed, known := leadingIndicator(t, line)
		if !known {
			i, typed, known = indicatorByPrefix(t, line)
		}
		if !known && len(answers) == 0 {
			line = cutLeadIn(line)
			i, typed, known = leadingIndicator(t, line)
		}
		switch {
		case line == "":
		case known && !slices.ContainsFunc(answers, func(a typedAnswer) bool { return a.Only == i.ID }):
			answers = append(answers, splitLine(l, t, i, typed, answers)...)
		case known && slices.Contains(answers, typedAnswer{Only: i.ID, Typed: typed}): // pasted twice
		case known || len(answers) == 0 || len(nearAnswers(l, t, line)) > 0 || isRowOfItsOwn(t, answers[len(answers)-1], line):
			unread = append(unread, line)
		default:
			last := &answers[len(answers)-1]
			last.Typed = strings.TrimSpace(last.Typed + "\n" + line)
		}
	}
	return answers, unread
}

// labelAndFigure is a line that ends with a figure, "Others 6 52": somebody's number of
// something.
var labelAndFigure = regexp.MustCompile(`^\P{N}*\p{L}\P{N}*[ \t:=;](?:\d[\d.,]*(?:[ \t]+|\s*[/;]\s*))*\d[\d.,]*\s*%?$`)

// isRowOfItsOwn says whether a line that begins with no indicator is no note to the answer
// above it: a row of a table, a total, or a figure of something. What describes a practice may
// go on with figures.
func isRowOfItsOwn(t benchmark.Template, above typedAnswer, line string) bool {
	i, _ := t.Indicator(above.Only)
	switch {
	case strings.Contains(line, "\t") || benchmark.LooksLikeTotal(line) && i.Kind != benchmark.Text:
		return true
	case i.Kind == benchmark.Text:
		return !benchmark.MayShowNote([]benchmark.Template{t}, i, line, 0)
	}
	return labelAndFigure.MatchString(line)
}

// cutLeadIn takes off what only leads to the first answer, as "Our figures:" does.
func cutLeadIn(line string) string {
	lead, rest, is := strings.Cut(line, ":")
	if !is || strings.ContainsAny(lead, "0123456789/") || rest != "" && !strings.HasPrefix(rest, " ") {
		return line
	}
	return strings.TrimSpace(rest)
}

// splitLine reads on in a line whose first answer is to i. Another begins where an
// indicator that has none yet is followed by what can be its answer.
func splitLine(l *locale.Locale, t benchmark.Template, i benchmark.Indicator, typed string, before []typedAnswer) []typedAnswer {
	answers := []typedAnswer{{Only: i.ID, Typed: typed}}
	for k := 1; k < len(typed); k++ {
		if !strings.ContainsAny(typed[k-1:k], " \t,;") || strings.ContainsAny(typed[k:k+1], " \t") {
			continue
		}
		next, begins := nextAnswer(l, t, i, typed[:k], nameWindow(typed[k:]))
		if !begins || next.ID == i.ID || slices.ContainsFunc(before, func(a typedAnswer) bool { return a.Only == next.ID }) {
			continue
		}
		_, rest, known := leadingIndicator(t, typed[k:])
		if !known {
			_, rest, _ = indicatorByPrefix(t, typed[k:])
		}
		answers[0].Typed = joint.ReplaceAllString(typed[:k], "")
		return append(answers, splitLine(l, t, next, rest, append(before, answers...))...)
	}
	return answers
}

// joint is what people put between two answers. It is no part of the first, whose note
// others read.
var joint = regexp.MustCompile(`(?i)(?:[\s,;|·•*–—-]+(?:och|samt|and|plus|&|\+)?)+$`)

// nameWindow is as much of a text as a name and the figure behind it have, so that a long text
// isn't read anew at each of its words.
func nameWindow(text string) string {
	if len(text) <= maxNamed {
		return text
	}
	return strings.ToValidUTF8(text[:maxNamed], "")
}

// maxNamed is how long a name, its marks and a figure are together at most, in bytes.
const maxNamed = 500

// nextAnswer says whether another answer begins after what was said of i: a figure does
// behind its indicator, and a text after a comma or a semicolon. A text that describes a
// practice may name whatever it likes: within one, other texts begin after a semicolon
// or with a colon, and figures after either sign.
func nextAnswer(l *locale.Locale, t benchmark.Template, i benchmark.Indicator, said, text string) (next benchmark.Indicator, begins bool) {
	said = strings.TrimRight(said, " \t")
	semicolon := strings.HasSuffix(said, ";")
	apart := semicolon || strings.HasSuffix(said, ",")
	if i.Kind == benchmark.Text && !apart {
		return next, false
	}
	next, rest, known := leadingIndicator(t, text)
	switch {
	case known && next.Kind == benchmark.Text:
		named := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), rest))
		return next, apart && rest != "" && (i.Kind != benchmark.Text || semicolon || strings.HasSuffix(named, ":"))
	case !known && apart && i.Kind != benchmark.Text:
		next, rest, known = indicatorByPrefix(t, text)
	}
	return next, known && next.Kind != benchmark.Text && readsFully(l, next, rest)
}

// readsFully says whether a text begins with an answer to the indicator.
func readsFully(l *locale.Locale, i benchmark.Indicator, text string) bool {
	item, err := readItem(l, i, text, true)
	return err == nil && (item.Answer != benchmark.Value || item.Figure.Check(i) == nil)
}

// item reads a typed answer. A figure that comes without a note leaves the note that
// stands, unless that explains why another figure is right.
func (a answerSheet) item(r *request, i benchmark.Indicator, t typedAnswer) (benchmark.Item, error) {
	asked := benchmark.Item{Indicator: i.ID, Confirmed: t.Right, NoteAsked: t.Noted, Seen: t.Seen}
	if t.KeepFigure {
		asked.KeepFigure, asked.KeepNote, asked.Note = true, t.KeepNote, t.Note
		return asked, nil
	}
	item, err := readItem(r.l, i, t.Typed, t.Note == "")
	if err != nil {
		return item, err
	}
	if t.Note != "" {
		item.Note = joinNotes(item, t.Note)
	}
	stands, answered := a.answers[i.ID]
	keeps := answered && stands.Answer == benchmark.Value && !stands.Confirmed && item.Answer == benchmark.Value
	item.KeepNote = t.KeepNote || item.Note == "" && !t.NoNote && keeps && i.Kind != benchmark.Text
	item.Confirmed, item.NoteAsked, item.Seen = asked.Confirmed, asked.NoteAsked, asked.Seen
	return item, nil
}

// unchanged says that what was typed stands already.
func unchanged(r *request, sheet answerSheet, answers []typedAnswer) chat.Reply {
	var facts []chat.Fact
	for _, a := range answers {
		i, _ := sheet.indicator(string(a.Only))
		facts = append(facts, chat.Fact{Name: oneLine(i.Title), Value: sheet.standing(r, i)})
	}
	m := message(r.t("submit.unchanged", "Period", r.period(sheet.id)))
	m.Blocks = append(m.Blocks, chat.Facts{Facts: facts}, chat.Buttons{Buttons: confirmation{}.afterwards(r, sheet, nil)})
	return chat.Reply{Message: &m}
}

// saveTyped saves what is clear of what was typed, and tells all that isn't in one
// message, with what was understood.
func saveTyped(ctx context.Context, r *request, sheet answerSheet, answers []typedAnswer, unread []string) chat.Reply {
	if sheet.closed {
		return correctTyped(r, sheet, answers, unread)
	}
	return saveWhatCan(ctx, r, sheet, readTyped(r, sheet, answers, unread))
}

// giveBack adds what was typed to a refusal, so that it isn't lost.
func giveBack(r *request, reply chat.Reply, typed string) chat.Reply {
	if reply.Message != nil {
		typed = r.t("submit.typed", "Typed", givenBack(typed))
		reply.Message.Blocks = append(reply.Message.Blocks, chat.Footnote{Text: typed})
	}
	return reply
}

// joinNotes is a note of a field of its own, after what was written beside an answer without
// a figure: neither is lost.
func joinNotes(item benchmark.Item, note string) string {
	if item.Answer == benchmark.Value || item.Note == "" || item.Note == note {
		return note
	}
	return item.Note + "; " + note
}
