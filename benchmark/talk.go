package benchmark

import (
	"slices"
	"time"

	"roundtable/benchmark/refusal"
)

// talks are which of a round's indicators have a post and a thread of their own.
type talks struct {
	chosen []IndicatorID             // as it was shown; nil: each, as earlier versions had it
	asked  map[IndicatorID]time.Time // since then, by somebody, and when
}

// maxTalks is how many indicators get a post of their own without anybody having asked.
const maxTalks = 3

// HasThread says whether an indicator has a post and a thread of its own in a round that is
// shown, or will have: from the beginning, or since somebody asked for it.
func HasThread(r *Round, i IndicatorID) bool {
	_, asked := r.talks.asked[i]
	return r.Publications > 0 && (asked || ShowsEach(r) || WorthATalk(r, i))
}

// ShowsEach says whether each indicator of a round got a post of its own, with everything in
// it, as it was in earlier versions: in rounds that were shown then.
func ShowsEach(r *Round) bool { return r.talks.chosen == nil }

// WorthATalk says whether an indicator got a post of its own when the round was shown, being
// worth a talk by itself; never in rounds in which each got one.
func WorthATalk(r *Round, i IndicatorID) bool { return slices.Contains(r.talks.chosen, i) }

// Rest returns the indicators of a shown round that have no thread of their own yet, in the
// template's order.
func Rest(n *Network, r *Round) []Indicator {
	t, _ := n.TemplateVersion(r.Template)
	return slices.DeleteFunc(slices.Clone(t.Indicators), func(i Indicator) bool { return HasThread(r, i.ID) })
}

// choose adds what a round that is shown has a post of its own for. What has one keeps it,
// also where something else is worth more when the round is shown again.
func (t *talks) choose(all []IndicatorID, isFirst bool) {
	if all == nil || !isFirst && t.chosen == nil {
		return
	}
	chosen := slices.Clone(t.chosen)
	for _, i := range all {
		if !slices.Contains(chosen, i) && len(chosen) < maxTalks {
			chosen = append(chosen, i)
		}
	}
	t.chosen = append([]IndicatorID{}, chosen...)
}

// OpenTalk opens a thread about an indicator of a shown round at every seat, at whoever's
// wish; where there is one nothing follows. Refused: "not-published" while the round isn't
// shown, also when it is open again, and of rounds that were recorded.
func OpenTalk(r RoundID, i IndicatorID) Intent { return openTalk{r, i} }

type openTalk struct {
	round     RoundID
	indicator IndicatorID
}

func (o openTalk) decide(d *decision) error {
	if err := d.requireParticipant(); err != nil {
		return err
	}
	r, err := d.anyRound(o.round)
	if err != nil {
		return err
	}
	if r.Phase != Published || r.Recorded {
		return refuse(refusal.NotPublished, "Round", r.ID)
	}
	if err := d.checkAsked(r, o.indicator); err != nil {
		return err
	}
	openThread(d, r, o.indicator)
	return nil
}

// openThread opens a thread where there is none.
func openThread(d *decision, r *Round, i IndicatorID) {
	if !HasThread(r, i) {
		d.emit(talkOpened{Round: r.ID, Indicator: i})
	}
}

// talkOpened says that somebody wants to talk about an indicator.
type talkOpened struct {
	Round     RoundID     `json:"round"`
	Indicator IndicatorID `json:"indicator"`
}

var talkOpenedKind = newKind[talkOpened]("talk.opened", 1)

func (talkOpened) kind() *eventKind { return talkOpenedKind }

func (b talkOpened) apply(n *Network, e Event) error {
	return n.changeRound(b.Round, func(r *Round) {
		if r.talks.asked == nil {
			r.talks.asked = map[IndicatorID]time.Time{}
		}
		if _, before := r.talks.asked[b.Indicator]; !before {
			r.talks.asked[b.Indicator] = e.At
		}
		n.markActive(r)
	})
}
