package commands

import (
	"context"
	"regexp"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// figureFirst is what can only be meant as an answer: a quotient, with or without
// a note, or a number and nothing else. "Falls 3 years ago were worse" isn't.
var figureFirst = regexp.MustCompile(`^(?:\d[\d.,]*\s*/\s*\d|\d[\d.,]*$)`)

// saidFigure takes "falls 3/412 new ward" in the thread of the round that is
// open as an answer, as if it had been typed as a command: on some platforms
// commands don't work in threads. It is then no contribution.
func (r *request) saidFigure(ctx context.Context, topic benchmark.TopicID, text string) (chat.Reply, bool) {
	text = strings.TrimSpace(text)
	if strings.Contains(text, "\n") {
		return chat.Reply{}, false
	}
	round, _, ok := r.answerable("")
	if !ok || round.closed || topic != benchmark.RoundTopic(round.id) {
		return chat.Reply{}, false
	}
	i, typed, known := indicatorFirst(round.template, text)
	if !known || i.Kind == benchmark.Text || !figureFirst.MatchString(typed) {
		return chat.Reply{}, false
	}
	return r.submitTyped(ctx, round, i, typed, false), true
}
