package commands

import (
	"context"
	"errors"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chart"
	"roundtable/chat"
	"roundtable/locale"
)

// trendVerb shows one's own organisation over its rounds.
var trendVerb = verb{
	name: "trend", forOne: true, synonyms: []string{"history", "utveckling", "trender"}, needs: aParticipant,
	typed: showTrend, pressed: showTrend,
}

// showTrend shows one's own organisation over the rounds, to its own people alone;
// without an indicator it offers those that there are.
func showTrend(_ context.Context, r *request, text string) chat.Reply {
	t, err := ownTemplate(r)
	if err != nil {
		return r.refused(err)
	}
	name := strings.TrimSpace(text)
	if name == "" && len(t.Indicators) != 1 {
		return offerTrends(r, t)
	}
	i := t.Indicators[0]
	if name != "" {
		found, asks, is := findIndicator(r, t, "trend", name, "", true)
		if !is {
			return asks
		}
		i = found
	}
	var s chart.Series
	r.read(func(n *benchmark.Network) { s = chart.SeriesOf(n, r.me.Organisation, i, n.OwnRounds(r.me)) })
	blocks, err := trendBlocks(r.l, s)
	if err != nil {
		return r.failed(err)
	}
	title := oneLine(i.Title)
	if r.me.Facilitator && len(s.Points) > 1 && len(chart.MethodsFor(i.Kind)) > 0 {
		blocks = append(blocks, rows([]chat.Button{r.button("rebase", "rebase", string(i.ID))})...)
	}
	return chat.Reply{Message: &chat.Message{
		Text:   title + ": " + chart.TrendCaption(r.l, s).Headline.String(),
		Blocks: append([]chat.Block{chat.Heading{Text: title}}, blocks...),
	}}
}

// ownTemplate returns the template, for somebody who speaks for an organisation. The
// error says why one doesn't.
func ownTemplate(r *request) (t benchmark.Template, err error) {
	err = refuse(refusal.NoNetwork)
	r.read(func(n *benchmark.Network) {
		t, err = n.Template(), nil
		o, member := n.Organisation(r.me.Organisation)
		switch {
		case r.me.ID == "":
			err = refuse(refusal.NotAParticipant)
		case r.me.Observer:
			err = refuse(refusal.ObserversDontAnswer)
		case !member || !r.me.Confirmed:
			err = notActive(o)
		case len(t.Indicators) == 0:
			err = refuse(refusal.NoTemplate)
		}
	})
	return t, err
}

func offerTrends(r *request, t benchmark.Template) chat.Reply {
	var buttons []chat.Button
	for _, i := range t.Indicators {
		if i.Kind != benchmark.Text && i.Kind != benchmark.YesNo {
			buttons = append(buttons, chat.Button{Label: clipText(oneLine(i.Title), chat.MaxLabel), Action: "trend", Value: string(i.ID)})
		}
	}
	return r.say(r.t("trend.which"), buttons...)
}

// trendBlocks are a series' picture and words; words alone while there is
// nothing to draw.
func trendBlocks(l *locale.Locale, s chart.Series) ([]chat.Block, error) {
	words := chat.Paragraph{Text: chart.TrendCaption(l, s).String()}
	picture, err := chart.Trend(l, s)
	switch {
	case errors.Is(err, chart.ErrNoPicture):
		return []chat.Block{words}, nil
	case err != nil:
		return nil, err
	}
	return []chat.Block{chat.Picture{Name: picture.Name, Alt: picture.Alt, PNG: picture.PNG}, words}, nil
}
