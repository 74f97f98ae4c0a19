package commands

import (
	"errors"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/prompt"
	"roundtable/benchmark/view"
	"roundtable/chart"
	"roundtable/chat"
)

// comparison is one indicator's post: one sentence, the picture, and what to do. What
// else there is to say stands in its thread. The picture is drawn after the network has been
// let go.
func (w *composition) comparison() func() (chat.Message, error) {
	before := w.asShown()
	v, err := w.view(w.d.Indicator)
	if err != nil {
		return failing(err)
	}
	prompts := view.Prompts(w.n, v)
	state := reflection{Round: v.Round, Indicator: v.Indicator.ID, Prompt: prompts[0]}
	buttons := chat.Buttons{Buttons: []chat.Button{
		primary(w.button("reflect", "reflect", state.String())), w.button("compare-mine", "compare", roundIndicator(v.Round, string(v.Indicator.ID))),
		w.button("challenge", "ask", string(v.Indicator.ID)), w.button("commit", "commit", string(v.Indicator.ID)),
	}}
	mark := chat.Block(nil)
	switch {
	case before != "":
		mark = chat.Paragraph{Text: before}
	case w.d.Revision > 1 && v.Visibility != benchmark.Own: // there it stays as it was first shown
		mark = chat.Footnote{Text: w.t("comparison.revised")}
	}
	if benchmark.ShowsEach(w.round) {
		return wholeComparison(w, v, mark, prompts, buttons)
	}
	return func() (chat.Message, error) {
		title := oneLine(v.Indicator.Title)
		opening := chart.Join(chart.Opening(w.l, v))
		m := chat.Message{Text: title + ": " + opening, Blocks: []chat.Block{chat.Heading{Text: title}, chat.Paragraph{Text: opening}}}
		if mark != nil {
			m.Blocks = append(m.Blocks, mark)
		}
		picture, err := chart.Comparison(w.l, v)
		switch {
		case err == nil:
			m.Blocks = append(m.Blocks, chat.Picture{Name: picture.Name, Alt: picture.Alt, PNG: picture.PNG})
		case !errors.Is(err, chart.ErrNoPicture):
			return chat.Message{}, err
		}
		m.Blocks = append(m.Blocks, buttons)
		return m, nil
	}
}

// wholeComparison has everything in one post, as those have that earlier versions posted and
// that are brought up to date.
func wholeComparison(w *composition, v view.View, mark chat.Block, prompts []string, buttons chat.Buttons) func() (chat.Message, error) {
	return func() (chat.Message, error) {
		blocks, text, err := comparisonBlocks(w.l, v, maxOwnWordsLength)
		if err != nil {
			return chat.Message{}, err
		}
		if _, marks := mark.(chat.Paragraph); marks {
			blocks = slices.Insert(blocks, 1, mark)
		} else if mark != nil {
			blocks = append(blocks, mark)
		}
		for _, p := range prompts {
			blocks = append(blocks, chat.Quote{Text: w.t("prompt." + p)})
		}
		return chat.Message{Text: text, Blocks: append(blocks, buttons)}, nil
	}
}

// detailOf is the first reply below a comparison: who lies where, what is missing, what
// organisations wrote beside their figures, and the small print.
func detailOf(w *composition) chat.Message {
	w.asShown()
	v, err := w.view(w.d.Indicator)
	if err != nil {
		return chat.Say(w.t("detail.title"))
	}
	var said []string
	for _, s := range chart.Details(w.l, v) {
		said = append(said, s.String())
	}
	text := strings.Join(said, " ")
	var blocks []chat.Block
	if text != "" {
		blocks = append(blocks, chat.Paragraph{Text: text})
	}
	most := maxOwnWords
	if v.Indicator.Kind == benchmark.Text {
		most = maxPractices
	}
	blocks = append(blocks, ownWords(w.l, v, maxOwnWordsLength, most)...)
	blocks = append(blocks, quality(w.l, v))
	if text == "" {
		text = w.t("detail.title")
	}
	return chat.Message{Text: text, Blocks: blocks}
}

// questionOf is the reply that asks what to talk of: one thing.
func questionOf(w *composition) chat.Message {
	w.asShown()
	v, err := w.view(w.d.Indicator)
	if err != nil {
		return chat.Say(w.t("detail.title"))
	}
	id := view.Prompts(w.n, v)[0]
	if _, _, single := prompt.Claims(id); !single {
		return message(w.t("prompt." + id))
	}
	return message(w.t("detail.question", "Question", chart.Within(w.t("prompt."+id))))
}

// maxPractices is how many organisations' own words about what they do stand in a thread; all
// of them are to be had with compare.
const maxPractices = 5
