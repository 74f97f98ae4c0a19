package commands

import (
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/chart"
	"roundtable/chat"
	"roundtable/locale"
)

// What a post says in words at most, beside its picture: what is longer isn't read on a
// phone.
const (
	maxPostWords    = 60 // in a channel
	maxPrivateWords = 40
)

// summary is the round's post once it is shown: how many answered, what is worth a talk
// with a question each, how much of that chance alone gives, and a picture of it all.
func (w *composition) summary() func() (chat.Message, error) {
	before := w.asShown()
	views, err := view.Round(w.n, w.round.ID, view.Viewer{})
	title := w.t("summary.title", "Period", w.thisPeriod())
	if err != nil {
		return failing(err)
	}
	blocks := []chat.Block{chat.Heading{Text: capital(w.periodName())}}
	if before != "" {
		blocks = append(blocks, chat.Paragraph{Text: before})
	}
	blocks = overview(w, blocks, views, maxPostWords)
	buttons := chat.Buttons{Buttons: []chat.Button{
		primary(w.button("compare-mine", "compare", roundIndicator(w.round.ID, ""))), w.button("reflect", "reflect", reflection{Round: w.round.ID}.String()), w.button("commit", "commit", ""),
	}}
	m := chat.Message{Text: talkedOf(w, title, views), Blocks: blocks}
	return func() (chat.Message, error) {
		m.Blocks, err = withRound(m.Blocks, w.l, views)
		m.Blocks = append(m.Blocks, buttons)
		return m, err
	}
}

// withRound adds the pictures of a whole round, if there is anything to draw.
func withRound(to []chat.Block, l *locale.Locale, views []view.View) ([]chat.Block, error) {
	pictures, err := chart.Round(l, views)
	if err != nil && !errors.Is(err, chart.ErrNoPicture) {
		return to, err
	}
	for _, one := range pictures {
		to = append(to, chat.Picture{Name: one.Name, Alt: one.Alt, PNG: one.PNG})
	}
	return to, nil
}

// talkedOf adds to a title what is worth a talk.
func talkedOf(w *composition, title string, views []view.View) string {
	var titles []string
	for _, t := range view.Worth(views) {
		titles = append(titles, indicatorTitle(w, t.Indicator))
	}
	if len(titles) == 0 {
		return title
	}
	return title + ". " + w.t("summary.worth", "Titles", w.l.List(titles))
}

// maxTitle is how much of an indicator's title a line has, in characters.
const maxTitle = 40

func indicatorTitle(w *composition, i benchmark.IndicatorID) string {
	t, _ := w.n.TemplateVersion(w.round.Template)
	known, _ := t.Indicator(i)
	return clipText(oneLine(known.Title), maxTitle)
}

// overview adds what a round shows, with at most so many words in all: what is worth a
// talk loses its questions where they don't fit, and what isn't needed is left out.
func overview(w *composition, to []chat.Block, views []view.View, most int) []chat.Block {
	p := w.n.Progress(w.round)
	if p.Complete+p.Begun == 0 {
		return append(to, chat.Paragraph{Text: w.t("summary.nobody")})
	}
	to = append(to, chat.Paragraph{Text: w.t("summary.intro", "Count", p.Complete+p.Begun, "Organisations", p.Organisations)})
	after := chanceOf(w, views)
	var items []talkLine
	for _, t := range view.Worth(views) {
		k := slices.IndexFunc(views, func(v view.View) bool { return v.Indicator.ID == t.Indicator })
		title := indicatorTitle(w, t.Indicator) + ": "
		items = append(items, talkLine{
			full: title + chart.Within(chart.Talk(w.l, views[k], t.Why).String()) + ".", brief: title + chart.Within(chart.TalkBriefly(w.l, views[k], t.Why).String()) + ".",
			question: " " + w.t("prompt."+view.Prompts(w.n, views[k])[0]),
		})
	}
	if len(items) > 0 {
		to = append(to, chat.Items{Items: talkLines(items, most-wordsIn(to)-wordsIn(after))})
	}
	to = append(to, after...)
	for _, more := range besides(w, views) {
		if wordsIn(to)+wordsIn([]chat.Block{more}) <= most {
			to = append(to, more)
		}
	}
	return to
}

// talkLine is one thing worth a talk, in more or fewer words, and the question to it.
type talkLine struct{ full, brief, question string }

// talkLines are the lines with at most so many words: with their questions and, where these
// don't fit, in fewer words, and then without the last ones.
func talkLines(items []talkLine, most int) []string {
	lines := make([]string, len(items))
	for k, one := range items {
		lines[k] = one.full + one.question
	}
	count := func() int { return wordsIn([]chat.Block{chat.Items{Items: lines}}) }
	if count() > most {
		for k, one := range items {
			lines[k] = one.brief + one.question
		}
	}
	for k, one := range slices.Backward(items) {
		if count() > most {
			lines[k] = one.brief
		}
	}
	return lines
}

// chanceOf says how many points chance alone puts outside, and that nothing lies there if
// that is so.
func chanceOf(w *composition, views []view.View) []chat.Block {
	var said []string
	looks, limits := chart.ManyLooks(w.l, views)
	if len(view.Worth(views)) == 0 {
		nothing := "summary.choose"
		if limits {
			nothing = "summary.nothing"
		}
		said = append(said, w.t(nothing))
	}
	if limits {
		said = append(said, looks.String())
	}
	if len(said) == 0 {
		return nil
	}
	return []chat.Block{chat.Paragraph{Text: strings.Join(said, " ")}}
}

// besides are what a summary says where there is room: the more needed first.
func besides(w *composition, views []view.View) (blocks []chat.Block) {
	if w.round.LettersAnew() {
		blocks = append(blocks, chat.Paragraph{Text: w.t("summary.letters-anew")})
	}
	var titles []string
	for _, i := range chart.Unanswered(views) {
		titles = append(titles, clipText(oneLine(i.Title), maxTitle))
	}
	if len(titles) > 0 {
		blocks = append(blocks, chat.Paragraph{Text: w.t("summary.unanswered", "Titles", listOf(w, titles, maxUnanswered))})
	}
	return append(blocks, chat.Footnote{Text: w.t("summary.purpose")})
}

// maxUnanswered is how many indicators are named that nobody answered, before the others are
// counted.
const maxUnanswered = 3

// listOf joins words into a list that counts those after so many. Where one has a comma
// itself, semicolons part them.
func listOf(w *composition, words []string, most int) string {
	if left := len(words) - most; left > 1 {
		words = append(slices.Clone(words[:most]), w.t("posts.more-named", "Count", left))
	}
	if slices.ContainsFunc(words, func(s string) bool { return strings.Contains(s, ", ") }) {
		return strings.Join(words, "; ")
	}
	return w.l.List(words)
}

// wordsIn counts the words of what is read: not those of buttons and of what pictures are
// to those who listen.
func wordsIn(blocks []chat.Block) int {
	count := 0
	for _, b := range blocks {
		eachText(b, func(text string) { count += len(strings.Fields(text)) })
	}
	return count
}

// asShown takes the composition to the results as they were shown last, when the round
// is open again, and marks them as from before that; empty when it isn't.
func (w *composition) asShown() (mark string) {
	if _, again := w.round.ReopenedAt(); !again {
		return ""
	}
	mark = w.t("comparison.before-reopening")
	w.n = w.round.AsShown(w.n)
	w.round, _ = w.n.Round(w.round.ID)
	return mark
}

// maxRestButtons is how many of the indicators without a thread have a button each; of more,
// one is chosen in a form.
const maxRestButtons = 4

// restOf names the indicators without a thread of their own, about any of which anybody opens
// one, and asks what one of them is for.
func restOf(w *composition) chat.Message {
	before := w.asShown()
	left := benchmark.Rest(w.n, w.round)
	title := w.t("rest.title")
	m := chat.Message{Text: title, Blocks: []chat.Block{chat.Heading{Text: title}}}
	if before != "" {
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: before})
	}
	if len(left) == 0 {
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: w.t("rest.none-left")})
		return m
	}
	var titles []string
	var buttons []chat.Button
	for _, i := range left {
		titles = append(titles, clipText(oneLine(i.Title), maxTitle))
		buttons = append(buttons, chat.Button{Label: titles[len(titles)-1], Action: talkVerb.name, Value: roundIndicator(w.round.ID, string(i.ID))})
	}
	how := w.t("rest.press")
	if len(buttons) > maxRestButtons {
		buttons = []chat.Button{w.button("talk", talkVerb.name, roundIndicator(w.round.ID, ""))}
		how = w.t("rest.choose", "Titles", listOf(w, titles, maxRestNamed))
	}
	m.Blocks = append(m.Blocks, chat.Paragraph{Text: how})
	for _, i := range left {
		if v, err := w.view(i.ID); err == nil && view.AsksWhatFor(w.n, v) {
			m.Blocks = append(m.Blocks, chat.Paragraph{Text: clipText(oneLine(i.Title), maxTitle) + ". " + w.t("prompt."+view.Prompts(w.n, v)[0])})
		}
	}
	m.Blocks = append(m.Blocks, rows(buttons)...)
	return m
}

// maxRestNamed is how many of them are named.
const maxRestNamed = 6

// capital begins words with a capital, as they stand alone in a heading.
func capital(words string) string {
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:]
}
