package commands

import (
	"slices"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/chart"
	"roundtable/chat"
)

// summary is the round's post once it is shown: what each indicator says, and
// where to talk about it.
func (w *composition) summary() chat.Message {
	before := w.asShown()
	views, err := w.views(view.Viewer{})
	if err != nil {
		return chat.Say(w.t("summary.title", "Period", w.thisPeriod()))
	}
	p := w.n.Progress(w.round)
	title := w.t("summary.title", "Period", w.thisPeriod())
	m := chat.Message{Text: title, Blocks: []chat.Block{
		chat.Heading{Text: title},
		chat.Paragraph{Text: w.t("summary.intro", "Count", p.Complete+p.Begun, "Organisations", p.Organisations)},
		chat.Items{Items: w.headlines(views)},
		chat.Paragraph{Text: w.t("summary.below")},
		chat.Buttons{Buttons: []chat.Button{
			primary(w.button("compare-mine", "compare", roundIndicator(w.round.ID, ""))), w.button("reflect", "reflect", reflection{Round: w.round.ID}.String()), w.button("commit", "commit", ""),
		}},
		chat.Footnote{Text: w.t("purpose")},
	}}
	if looks, ok := chart.ManyLooks(w.l, views); ok {
		m.Blocks = slices.Insert(m.Blocks, 3, chat.Block(chat.Footnote{Text: looks.String()}))
	}
	if w.round.LettersAnew() {
		m.Blocks = slices.Insert(m.Blocks, 3, chat.Block(chat.Paragraph{Text: w.t("summary.letters-anew")}))
	}
	if before != "" {
		m.Blocks = slices.Insert(m.Blocks, 1, chat.Block(chat.Paragraph{Text: before}))
	}
	return m
}

// asShown takes the composition to the results as they were shown last, when the round
// is open again, and marks them as from before that; empty when it isn't.
func (w *composition) asShown() (mark string) {
	at, again := w.round.ReopenedAt()
	if !again {
		return ""
	}
	mark = w.t("comparison.before-reopening", "At", w.when(at))
	w.n = w.round.AsShown(w.n)
	w.round, _ = w.n.Round(w.round.ID)
	return mark
}

// maxHeadlines a summary lists.
const maxHeadlines = 60

// headlines are the views' findings, one line each.
func (w *composition) headlines(views []view.View) []string {
	var lines []string
	for _, v := range views {
		lines = append(lines, oneLine(v.Indicator.Title)+": "+chart.Caption(w.l, v).Headline.String())
	}
	if left := len(lines) - maxHeadlines; left > 0 {
		lines = append(lines[:maxHeadlines], w.t("posts.more", "Count", left))
	}
	return lines
}

// comparison is one indicator's post: picture, words, notes, questions, and
// what to do. The picture is drawn after the network has been let go.
func (w *composition) comparison() func() (chat.Message, error) {
	before := w.asShown()
	v, err := w.view(w.d.Indicator, view.Viewer{})
	if err != nil {
		return failing(err)
	}
	prompts := view.Prompts(w.n, v)
	revised := w.d.Revision > 1
	return func() (chat.Message, error) {
		blocks, text, err := comparisonBlocks(w.l, v, maxOwnWordsLength)
		if err != nil {
			return chat.Message{}, err
		}
		switch {
		case before != "":
			blocks = slices.Insert(blocks, 1, chat.Block(chat.Paragraph{Text: before}))
		case revised && v.Visibility != benchmark.Own: // there it stays as it was first shown
			blocks = append(blocks, chat.Footnote{Text: w.t("comparison.revised")})
		}
		m := chat.Message{Text: text, Blocks: blocks}
		for _, p := range prompts {
			m.Blocks = append(m.Blocks, chat.Quote{Text: w.t("prompt." + p)})
		}
		state := reflection{Round: v.Round, Indicator: v.Indicator.ID}
		if len(prompts) > 0 {
			state.Prompt = prompts[0]
		}
		m.Blocks = append(m.Blocks, chat.Buttons{Buttons: []chat.Button{
			primary(w.button("reflect", "reflect", state.String())), w.button("compare-mine", "compare", roundIndicator(v.Round, string(v.Indicator.ID))),
			w.button("challenge", "ask", string(v.Indicator.ID)), w.button("commit", "commit", string(v.Indicator.ID)),
		}})
		return m, nil
	}
}

// draft shows a facilitator what would be posted.
func (w *composition) draft() func() (chat.Message, error) {
	if w.d.TakenOut {
		m := w.takenOut()
		return func() (chat.Message, error) { return m, nil }
	}
	views, err := w.views(view.Viewer{Draft: true})
	if err != nil {
		return failing(err)
	}
	p := w.n.Progress(w.round)
	intro := w.t("draft.intro", "Period", w.thisPeriod(), "Answered", w.answered(p))
	if doubts := benchmark.Doubts(w.n, w.round); doubts > 0 {
		intro += " " + w.t("draft.doubts", "Count", doubts)
	}
	if at, will := benchmark.ShownByItself(w.n, w.round, w.tables.WorkingDay(w.n)); will {
		intro += " " + w.t("draft.by-itself", "At", w.when(at))
	}
	buttons := chat.Buttons{Buttons: []chat.Button{
		primary(w.button("publish", "publish", draftOf(w.round))), w.button("reopen", "reopen", ""), w.button("compare", "compare", roundIndicator(w.round.ID, "")),
	}}
	return func() (chat.Message, error) {
		m := chat.Message{Text: intro, Blocks: []chat.Block{chat.Heading{Text: w.t("draft.title")}, chat.Paragraph{Text: intro}}}
		blocks, err := w.privately(views, nil)
		m.Blocks = append(append(m.Blocks, blocks...), buttons)
		return m, err
	}
}

// private is a participant's own view of the round: own point marked, the guess
// beside the outcome.
func (w *composition) private() func() (chat.Message, error) {
	if w.d.TakenOut {
		m := w.takenOut()
		return func() (chat.Message, error) { return m, nil }
	}
	before := w.asShown()
	views, err := w.views(view.ViewerFor(w.n, w.round, w.to))
	if err != nil {
		return failing(err)
	}
	o, _ := w.n.RoundOrganisation(w.round, w.to.Organisation)
	title := w.t("private.title", "Organisation", o.Name, "Period", w.periodName())
	note := w.t("private.note")
	if w.round.Visibility == benchmark.Coded && o.Code != "" {
		code := "private.code"
		if w.round.LettersAnew() {
			code += "-anew"
		}
		note = w.t(code, "Code", o.Code) + " " + note
	}
	if w.round.Publications > 1 {
		note = w.t("private.again") + " " + note
	}
	switch {
	case before != "":
		note = before + " " + note
	case w.d.OnlyEdit:
		note = w.t("private.edited") + " " + note
	}
	var own []view.View
	for _, v := range views {
		if _, answered := w.round.Submission(o.ID, v.Indicator.ID); answered {
			own = append(own, v)
		}
	}
	trends := map[benchmark.IndicatorID]chart.Series{}
	for _, v := range own {
		if s := chart.SeriesOf(w.n, o.ID, v.Indicator, w.n.OwnRounds(w.to)); len(s.Points) > 1 {
			trends[v.Indicator.ID] = s
		}
	}
	return func() (chat.Message, error) {
		m := chat.Message{Text: title, Blocks: []chat.Block{chat.Heading{Text: title}, chat.Paragraph{Text: note}}}
		blocks, err := w.privately(own, trends)
		m.Blocks = append(m.Blocks, blocks...)
		m.Blocks = append(m.Blocks, chat.Buttons{Buttons: []chat.Button{
			primary(w.button("reflect", "reflect", reflection{Round: w.round.ID}.String())), w.button("commit", "commit", ""),
			w.button("compare", "compare", roundIndicator(w.round.ID, "")), w.button("trend", "trend", ""),
		}})
		return m, err
	}
}

// maxPictured is how many pictures one private message carries at most; more
// is no longer read.
const maxPictured = 8

// privately puts many views into one message: words for all, pictures for the
// first few, as far as a message has room. Below a view stands its own trend, if
// there is one.
func (w *composition) privately(views []view.View, trends map[benchmark.IndicatorID]chart.Series) ([]chat.Block, error) {
	var blocks []chat.Block
	pictured := maxPictured
	if len(trends) > 0 {
		pictured /= 2
	}
	for k, v := range views {
		var one []chat.Block
		if k < pictured {
			var err error
			if one, _, err = comparisonBlocks(w.l, v, maxOwnWordsLength/min(len(views), maxPictured)); err != nil {
				return nil, err
			}
		}
		if k >= pictured || !fits(blocks, one) {
			one = []chat.Block{chat.Paragraph{Text: oneLine(v.Indicator.Title) + ": " + chart.Caption(w.l, v).String()}}
		}
		if !fits(blocks, one) {
			return append(blocks, chat.Footnote{Text: w.t("private.more")}), nil
		}
		blocks = append(blocks, one...)
		if s, ok := trends[v.Indicator.ID]; ok && k < pictured {
			over, err := trendBlocks(w.l, s)
			if err != nil {
				return nil, err
			}
			if fits(blocks, over) {
				blocks = append(blocks, over...)
			}
		}
	}
	return blocks, nil
}

// views are what a viewer sees of each of the round's indicators.
func (w *composition) views(viewer view.Viewer) ([]view.View, error) {
	t, _ := w.n.TemplateVersion(w.round.Template)
	var views []view.View
	for _, i := range t.Indicators {
		v, err := w.view(i.ID, viewer)
		if err != nil {
			return nil, err
		}
		views = append(views, v)
	}
	return views, nil
}
