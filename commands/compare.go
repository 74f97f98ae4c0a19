package commands

import (
	"context"
	"errors"
	"strings"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chart"
	"roundtable/locale"
)

// compare shows a comparison of the last published round again, privately, with
// one's own organisation marked; without an indicator it offers them all.
func (r *request) compare(_ context.Context, text string) bot.Reply {
	if r.table == nil {
		return r.refused(refusal("no-network"))
	}
	round, template, ok := r.lastPublished()
	if !ok {
		return r.refused(refusal("nothing-published"))
	}
	name := strings.TrimSpace(text)
	if name == "" && len(template.Indicators) > 1 {
		return r.offerComparisons(round, template)
	}
	i, known := (answering{template: template}).indicator(name)
	if name == "" {
		i, known = template.Indicators[0], true
	}
	if !known {
		return r.refused(unknownIndicator(template, name))
	}
	var view benchmark.View
	var err error
	r.read(func(n *benchmark.Network) {
		viewer := benchmark.Viewer{}
		if r.me.Active() {
			viewer.Organisation = r.me.Organisation
		}
		view, err = n.View(round, i.ID, viewer)
	})
	if err != nil {
		return r.refused(err)
	}
	blocks, text, err := comparisonBlocks(r.l, view)
	if err != nil {
		return r.failed(err)
	}
	return bot.Reply{Message: &bot.Message{Text: text, Blocks: blocks}}
}

func (r *request) lastPublished() (id benchmark.RoundID, t benchmark.Template, ok bool) {
	r.read(func(n *benchmark.Network) {
		for k := len(n.Rounds) - 1; k >= 0 && !ok; k-- {
			if c := n.Rounds[k]; c.Phase == benchmark.Published {
				id, ok = c.ID, true
				t, _ = n.TemplateVersion(c.Template)
			}
		}
	})
	return id, t, ok
}

func (r *request) offerComparisons(round benchmark.RoundID, t benchmark.Template) bot.Reply {
	text := r.t("compare.which", "Period", r.period(round))
	m := bot.Message{Text: text, Blocks: []bot.Block{bot.Paragraph{Text: text}}}
	row := bot.Buttons{}
	for k, i := range t.Indicators {
		row.Buttons = append(row.Buttons, bot.Button{Label: clipLabel(i.Title), Action: "compare", Value: string(i.ID)})
		if len(row.Buttons) == 5 || k == len(t.Indicators)-1 {
			m.Blocks = append(m.Blocks, row)
			row = bot.Buttons{}
		}
	}
	return bot.Reply{Message: &m}
}

// comparisonBlocks are a view's words and picture.
func comparisonBlocks(l *locale.Locale, v benchmark.View) (blocks []bot.Block, text string, err error) {
	caption := chart.Caption(l, v)
	text = v.Indicator.Title + ": " + caption.Headline
	blocks = append(blocks, bot.Heading{Text: v.Indicator.Title})
	picture, err := chart.Comparison(l, v)
	switch {
	case err == nil:
		blocks = append(blocks, bot.Picture{Name: picture.Name, Alt: picture.Alt, PNG: picture.PNG})
	case !errors.Is(err, chart.ErrNoPicture):
		return nil, "", err
	}
	blocks = append(blocks, bot.Paragraph{Text: strings.Join(append([]string{caption.Headline + "."}, caption.Sentences...), " ")})
	if v.Indicator.Kind == benchmark.Text {
		blocks = append(blocks, practices(v)...)
	} else if notes := contextNotes(v); len(notes) > 0 {
		blocks = append(blocks, bot.Items{Items: notes})
	}
	return blocks, text, nil
}

// practices are the texts, side by side.
func practices(v benchmark.View) []bot.Block {
	var blocks []bot.Block
	for _, m := range v.Marks {
		if m.Answer == benchmark.Value && m.Note != "" {
			blocks = append(blocks, bot.Quote{Text: bot.Quiet(m.Note), By: m.Label})
		}
	}
	if len(blocks) > mostPractices {
		blocks = blocks[:mostPractices]
	}
	return blocks
}

// mostPractices and mostNotes keep a post readable, and below what every
// platform takes.
const (
	mostPractices = 20
	mostNotes     = 12
)

// contextNotes are what organisations wrote beside their figures.
func contextNotes(v benchmark.View) []string {
	var notes []string
	for _, m := range v.Marks {
		if m.Note != "" {
			notes = append(notes, m.Label+": "+bot.Quiet(m.Note))
		}
	}
	if len(notes) > mostNotes {
		notes = append(notes[:mostNotes], "…")
	}
	return notes
}
