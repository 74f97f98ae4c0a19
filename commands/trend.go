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
	name: "trend", synonyms: []string{"history", "utveckling", "trender"}, needs: aParticipant,
	typed: showTrend, pressed: showTrend,
}

// showTrend shows one's own organisation over the rounds, to its own people alone;
// without an indicator it offers those that there are.
func showTrend(_ context.Context, r *request, text string) chat.Reply {
	a, reply, ok := ownTemplate(r)
	if !ok {
		return reply
	}
	name := strings.TrimSpace(text)
	if name == "" && len(a.Indicators) != 1 {
		return offerTrends(r, a)
	}
	i, known := indicatorNamed(a, name)
	if name == "" {
		i, known = a.Indicators[0], true
	}
	if !known {
		return r.refused(unknownIndicator(a, name))
	}
	var s chart.Series
	r.read(func(n *benchmark.Network) { s = chart.SeriesOf(n, r.me.Organisation, i) })
	blocks, err := trendBlocks(r.l, s)
	if err != nil {
		return r.failed(err)
	}
	title := oneLine(i.Title)
	return chat.Reply{Message: &chat.Message{
		Text:   title + ": " + chart.TrendCaption(r.l, s).Headline,
		Blocks: append([]chat.Block{chat.Heading{Text: title}}, blocks...),
	}}
}

// ownTemplate returns the template, for somebody who speaks for an organisation;
// otherwise the reply says why not.
func ownTemplate(r *request) (t benchmark.Template, reply chat.Reply, ok bool) {
	why := refuse(refusal.NoNetwork)
	r.read(func(n *benchmark.Network) {
		t = n.Template()
		o, member := n.Organisation(r.me.Organisation)
		switch {
		case r.me.ID == "":
			why = refuse(refusal.NotAParticipant)
		case !member:
			why = refuse(refusal.NoOrganisation)
		case !r.me.Confirmed:
			why = refuse(refusal.NotConfirmed, "Organisation", o.Name)
		case len(t.Indicators) == 0:
			why = refuse(refusal.NoTemplate)
		default:
			ok = true
		}
	})
	if !ok {
		return t, r.refused(why), false
	}
	return t, chat.Reply{}, true
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
