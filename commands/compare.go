package commands

import (
	"context"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/benchmark/view"
	"roundtable/chat"
)

// compareVerb shows a comparison again, privately.
var compareVerb = verb{
	name: "compare", forOne: true, synonyms: []string{"results", "comparison", "jämför", "resultat"}, needs: aNetwork,
	typed: compareTyped, pressed: comparePressed,
}

const (
	nothingPublished refusal.Reason = "nothing-published"
	openAgain        refusal.Reason = "open-again"
)

// compareTyped shows a comparison of the round that was published last again,
// privately, with one's own organisation marked; without an indicator it offers
// them all. A period may follow: "falls 2026-Q3".
func compareTyped(ctx context.Context, r *request, text string) chat.Reply {
	name, round := strings.TrimSpace(text), benchmark.RoundID("")
	if k := strings.LastIndexAny(name, " \n\t") + 1; name != "" {
		if p, err := benchmark.ReadPeriod(name[k:]); err == nil {
			name, round = strings.TrimSpace(name[:k]), benchmark.RoundID(p.ID)
		}
	}
	return showComparison(ctx, r, round, name)
}

// comparePressed is about the round and indicator of the post that carries the
// button: "2026-Q4/falls", "2026-Q4/" for any of its indicators.
func comparePressed(ctx context.Context, r *request, value string) chat.Reply {
	round, name, _ := strings.Cut(value, "/")
	return showComparison(ctx, r, benchmark.RoundID(round), name)
}

// showComparison shows one comparison of a round, the last one for an empty id.
func showComparison(ctx context.Context, r *request, round benchmark.RoundID, name string) chat.Reply {
	round, template, why := seenRound(ctx, r, round)
	if why != nil {
		return r.refused(why)
	}
	if name == "" && len(template.Indicators) > 1 {
		return offerComparisons(r, round, template)
	}
	i := template.Indicators[0]
	if name != "" {
		found, asks, is := findIndicator(r, template, "compare", name, string(round), true)
		if !is {
			return asks
		}
		i = found
	}
	var v view.View
	var err error
	mayOpen := false
	r.read(func(n *benchmark.Network) {
		c, _ := n.Round(round)
		viewer := view.ViewerFor(n, c, r.me)
		if c.Phase == benchmark.Closed { // it is a facilitator, who sees what everybody will
			viewer = view.Viewer{Draft: true}
		}
		v, err = view.Of(n, round, i.ID, viewer)
		mayOpen = r.me.ID != "" && c.Phase == benchmark.Published && !c.Recorded && !benchmark.HasThread(c, i.ID)
	})
	if err != nil {
		return r.refused(err)
	}
	blocks, text, err := comparisonBlocks(r.l, v, maxOwnWordsLength)
	if err != nil {
		return r.failed(err)
	}
	if mayOpen {
		blocks = append(blocks, chat.Buttons{Buttons: []chat.Button{r.button("talk-here", "talk", roundIndicator(round, string(i.ID)))}})
	}
	return chat.Reply{Message: &chat.Message{Text: text, Blocks: blocks}}
}

// seenRound is publishedRound, and for a facilitator also a round whose draft they look
// at.
func seenRound(ctx context.Context, r *request, wanted benchmark.RoundID) (id benchmark.RoundID, t benchmark.Template, why *benchmark.Refusal) {
	isDraft := false
	r.read(func(n *benchmark.Network) {
		if c, known := n.Round(wanted); known && c.Phase == benchmark.Closed {
			isDraft = true
			t, _ = n.TemplateVersion(c.Template)
		}
	})
	if isDraft && r.mayNotFacilitate(ctx) == nil {
		return wanted, t, nil
	}
	return publishedRound(r, wanted)
}

// publishedRound returns the published round with the id, or the one that was
// published last.
func publishedRound(r *request, wanted benchmark.RoundID) (id benchmark.RoundID, t benchmark.Template, why *benchmark.Refusal) {
	why = refuse(nothingPublished)
	r.read(func(n *benchmark.Network) {
		if c, known := n.Round(wanted); wanted != "" && (!known || c.Phase != benchmark.Published) {
			why = refuse(refusal.NoSuchRound, "Round", wanted)
			switch {
			case known && c.Publications > 0:
				why = refuse(openAgain, "Round", wanted)
			case known:
				why = refuse(refusal.NotPublished, "Round", wanted)
			}
			return
		}
		for _, c := range slices.Backward(n.Rounds) {
			if c.Phase == benchmark.Published && (wanted == "" || wanted == c.ID) {
				id, why = c.ID, nil
				t, _ = n.TemplateVersion(c.Template)
				return
			}
		}
		if c := n.Current(); c != nil && c.Publications > 0 {
			why = refuse(openAgain, "Round", c.ID)
		}
	})
	return id, t, why
}

func offerComparisons(r *request, round benchmark.RoundID, t benchmark.Template) chat.Reply {
	var buttons []chat.Button
	for _, i := range t.Indicators {
		buttons = append(buttons, chat.Button{Label: clipText(oneLine(i.Title), chat.MaxLabel), Action: "compare", Value: roundIndicator(round, string(i.ID))})
	}
	return r.say(r.t("compare.which", "Period", r.period(round)), buttons...)
}
