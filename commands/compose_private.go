package commands

import (
	"errors"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/chart"
	"roundtable/chat"
)

// draft shows a facilitator what would be posted: the summary as it will read, and with
// what each post of its own will open.
func (w *composition) draft() func() (chat.Message, error) {
	if w.d.TakenOut {
		m := w.takenOut()
		return func() (chat.Message, error) { return m, nil }
	}
	views, err := view.Round(w.n, w.round.ID, view.Viewer{Draft: true})
	if err != nil {
		return failing(err)
	}
	intro := w.t("draft.intro", "Period", w.thisPeriod())
	if doubts := benchmark.Doubts(w.n, w.round); doubts > 0 {
		intro += " " + w.t("draft.doubts", "Count", doubts)
	}
	if few := fewLetters(w.n, w.round); few > 0 {
		intro += " " + w.t("draft.few-letters", "Count", few)
	}
	if at, will := benchmark.ShownByItself(w.n, w.round, w.tables.WorkingDay(w.n)); will {
		intro += " " + w.t("draft.by-itself", "At", w.when(at))
	}
	m := chat.Message{Text: intro, Blocks: []chat.Block{chat.Heading{Text: w.t("draft.title")}, chat.Paragraph{Text: intro}}}
	m.Blocks = append(m.Blocks, overview(w, nil, views, maxPostWords)...)
	var posts []string
	var below []chat.Block
	for _, t := range view.Worth(views) {
		k := slices.IndexFunc(views, func(v view.View) bool { return v.Indicator.ID == t.Indicator })
		posts = append(posts, indicatorTitle(w, t.Indicator)+": "+chart.Join(chart.Opening(w.l, views[k])))
	}
	if len(posts) > 0 {
		below = append(below, chat.Paragraph{Text: w.t("draft.posts", "Count", len(posts))}, chat.Items{Items: posts})
	}
	below = append(below, chat.Buttons{Buttons: []chat.Button{
		primary(w.button("publish", "publish", draftOf(w.n, w.round))), w.button("reopen", "reopen", ""), w.button("compare", "compare", roundIndicator(w.round.ID, "")),
	}})
	return func() (chat.Message, error) {
		m.Blocks, err = withRound(m.Blocks, w.l, views)
		m.Blocks = append(m.Blocks, below...)
		return m, err
	}
}

// private is a participant's own view of the round: what there is to say of their own
// figures, the guess beside the outcome, and one picture.
func (w *composition) private() func() (chat.Message, error) {
	if w.d.TakenOut {
		m := w.takenOut()
		return func() (chat.Message, error) { return m, nil }
	}
	before := w.asShown()
	all, err := view.Round(w.n, w.round.ID, view.ViewerFor(w.n, w.round, w.to))
	if err != nil {
		return failing(err)
	}
	o, _ := w.n.RoundOrganisation(w.round, w.to.Organisation)
	rows := ownRows(w, o, all)
	own := slices.DeleteFunc(all, func(v view.View) bool {
		_, answered := w.round.Submission(o.ID, v.Indicator.ID)
		return !answered
	})
	title := w.t("private.title", "Organisation", o.Name, "Period", w.periodName())
	m := chat.Message{Text: title, Blocks: []chat.Block{chat.Heading{Text: title}}}
	footnote := w.t("private.note")
	if w.round.Visibility == benchmark.Coded && o.Code != "" {
		code := "private.code"
		if w.round.LettersAnew() {
			code += "-anew"
		}
		footnote = w.t(code, "Code", o.Code) + " " + footnote
	}
	said := ownStory(w, o, own)
	most := maxPrivateWords - len(strings.Fields(w.n.Name)) - 1 // with the network's name, which it begins with
	for k, line := range slices.Concat(changedSince(w, o, own, before), said) {
		more := chat.Block(chat.Paragraph{Text: line})
		if k == 0 || wordsIn(m.Blocks)+wordsIn([]chat.Block{more, chat.Footnote{Text: footnote}}) <= most {
			m.Blocks = append(m.Blocks, more)
		}
	}
	buttons := chat.Buttons{Buttons: []chat.Button{
		w.button("compare", "compare", roundIndicator(w.round.ID, "")), w.button("trend", "trend", ""),
		w.button("reflect", "reflect", reflection{Round: w.round.ID}.String()), w.button("commit", "commit", ""),
	}}
	return func() (chat.Message, error) {
		pictures, err := chart.Own(w.l, rows)
		if err != nil && !errors.Is(err, chart.ErrNoPicture) {
			return chat.Message{}, err
		}
		for _, p := range pictures {
			m.Blocks = append(m.Blocks, chat.Picture{Name: p.Name, Alt: p.Alt, PNG: p.PNG})
		}
		m.Blocks = append(m.Blocks, buttons, chat.Footnote{Text: footnote})
		return m, nil
	}
}

// ownRows are what the picture of an organisation's own view is drawn from: each view of the
// round, and its own figures over time.
func ownRows(w *composition, o benchmark.Organisation, views []view.View) []chart.OwnRow {
	rows := make([]chart.OwnRow, len(views))
	for k, v := range views {
		s := chart.SeriesOf(w.n, o.ID, v.Indicator, w.n.OwnRounds(w.to))
		s.Organisation = o.Name
		rows[k] = chart.OwnRow{View: v, Series: s}
	}
	return rows
}

// changedSince says why somebody gets their own view again, or why it is another than it
// was.
func changedSince(w *composition, o benchmark.Organisation, own []view.View, before string) []string {
	switch {
	case before != "":
		return []string{before}
	case w.d.OnlyEdit:
		return []string{w.t("private.edited")}
	case w.round.Publications < 2:
		return nil
	}
	var titles []string
	for _, v := range own {
		if slices.Contains(benchmark.ChangedSinceShown(w.round, o.ID), v.Indicator.ID) {
			titles = append(titles, oneLine(v.Indicator.Title))
		}
	}
	if len(titles) == 0 {
		return []string{w.t("private.again")}
	}
	return []string{w.t("private.changed", "Titles", listOf(w, titles, 2))}
}

// ownStory is what there is to say of an organisation's own figures, the most telling first.
func ownStory(w *composition, o benchmark.Organisation, own []view.View) (said []string) {
	if len(own) == 0 {
		return nil
	}
	titled := func(k int, sentence string) string {
		return clipText(oneLine(own[k].Indicator.Title), maxTitle) + ": " + chart.Within(sentence) + "."
	}
	news, about := ownNews(w, o, own)
	switch {
	case news == "" && w.round.Visibility == benchmark.Own: // beside others' figures nobody's is held there
	case news == "" && !slices.ContainsFunc(own, chart.Judged): // too few to say anything of chance
	case news == "":
		said = append(said, w.t("private.nothing"))
	default:
		said = append(said, titled(about, news))
	}
	for k, v := range own {
		guessed, is := chart.Guessed(w.l, v)
		switch {
		case !is || news != "" && k != about: // of the same indicator, where there is news
			continue
		case news != "":
			said[0] += " " + guessed.String()
		default:
			said = append(said, titled(k, guessed.String()))
		}
		break
	}
	return append(said, w.t("private.next"))
}

// ownNews is the first finding in an organisation's own figures: over time, or beside the
// others; empty for none, then about the first of them.
func ownNews(w *composition, o benchmark.Organisation, own []view.View) (news string, about int) {
	for k, v := range own {
		if s, is := chart.TrendNews(w.l, chart.SeriesOf(w.n, o.ID, v.Indicator, w.n.OwnRounds(w.to))); is {
			return s.String(), k
		}
	}
	for k, v := range own {
		if s, is := chart.OwnNews(w.l, v); is {
			return s.String(), k
		}
	}
	return "", 0
}

// safeLetters is how many organisations have to answer for it not to be easy to guess whose
// letter is whose.
const safeLetters = 5

// fewLetters is how many organisations have answered a round by letters, where they are so few
// that some may guess whose is whose; else 0.
func fewLetters(n *benchmark.Network, c *benchmark.Round) int {
	if c.Visibility != benchmark.Coded {
		return 0
	}
	answered := 0
	for _, o := range n.RoundOrganisations(c) {
		if c.Answered(o.ID) > 0 {
			answered++
		}
	}
	if answered >= safeLetters {
		return 0
	}
	return answered
}
