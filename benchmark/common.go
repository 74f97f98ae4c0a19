package benchmark

import "slices"

// Common is what everybody sees of an indicator's figures in a round where organisations
// don't see each other's. It is frozen when it is shown, and holds no figure of anybody.
// The zero Common says that nothing can be shown.
type Common struct {
	// Organisations is how many it is made of; 0 when it shows nothing.
	Organisations int
	// Middle is the mean of the middle third of their values or, with fewer than nine
	// organisations, of the three or four in the middle; of more where people speak for
	// several. Low and High are the means of the lower and the upper third, when
	// HasThirds. All in the indicator's unit, rounded as they are read.
	Low, Middle, High float64
	HasThirds         bool
}

// FewestForMiddle is how many organisations' figures it takes until anything common is
// shown where organisations don't see each other. A middle of five is nearly theirs.
const FewestForMiddle = 6

// Further bounds. Fewer would give figures away: of two that changed, one's own tells
// the other.
const (
	fewestForThirds = 9 // organisations
	fewestOthers    = 3 // organisations that change before what is common is made anew
)

// figuresOf are the figures that something common is made of, by organisation.
type figuresOf map[OrganisationID]Figure

// commonFigures returns the round's figures that something common is made of, and how
// many are withheld: by the threshold that the round was opened under, since whoever
// raised it later would learn by and by whose figure drops out.
func commonFigures(n *Network, r *Round, i Indicator, answer func(OrganisationID) (Version, bool)) (shown figuresOf, withheld int) {
	shown = figuresOf{}
	for _, o := range n.RoundOrganisations(r) {
		v, answered := answer(o.ID)
		if !answered || v.Answer != Value {
			continue
		}
		if v.Figure.IsSmall(i, r.smallNumber) || tellsAPart(n, r, i, o.ID) {
			withheld++
			continue
		}
		shown[o.ID] = v.Figure
	}
	return shown, withheld
}

// MuchWithheld says whether so many of the values are withheld that what is left says
// little of all: more than a quarter. The middle of the others is biased then, and no
// limits, signal or verdict is made of them.
func MuchWithheld(values, withheld int) bool { return 4*withheld > values }

// commonOf makes what is common of the figures: nothing of fewer than six, the thirds of
// nine and more where they may be shown, else the middle where that may be. Those that
// one person knows together are one to these bounds.
func commonOf(i Indicator, shown figuresOf, withheld int, k knowers) Common {
	values := make([]float64, 0, len(shown))
	for _, f := range shown {
		if x, ok := f.Of(i); ok && !isOneOf(i.Kind, YesNo, Text) {
			values = append(values, x)
		}
	}
	slices.Sort(values)
	if len(values)-(k.one-1) < FewestForMiddle || MuchWithheld(len(values)+withheld, withheld) {
		return Common{}
	}
	third := len(values) / 3
	if third >= k.fewestInMean() {
		from, to := third, len(values)-third
		low, middle, high := meanOf(i, values, 0, from), meanOf(i, values, from, to), meanOf(i, values, to, len(values))
		if mayShowThirds(i, values, low, middle, high) {
			return Common{len(values), low.read, middle.read, high.read, true}
		}
	}
	half := k.fewestInMean()
	if len(values) >= fewestForThirds {
		half = max(half, len(values)-2*third)
	}
	half += (len(values) - half) % 2
	from := (len(values) - half) / 2
	middle := meanOf(i, values, from, from+half)
	if !mayShowMiddle(i, values, middle, k.one) {
		return Common{}
	}
	return Common{Organisations: len(values), Middle: middle.read}
}

// commonShown freezes what everybody sees of an indicator's figures in a round, from now
// on. Without numbers nothing can be shown.
type commonShown struct {
	Round         RoundID     `json:"round"`
	Indicator     IndicatorID `json:"indicator"`
	Organisations int         `json:"organisations,omitempty" trace:"never"`
	Middle        float64     `json:"middle,omitempty" trace:"never"`
	// Thirds are the means of the lower and the upper third, if they are shown.
	Thirds []float64 `json:"thirds,omitempty" trace:"never"`
}

var commonShownKind = newKind[commonShown]("common.shown", 1)

func (commonShown) kind() *eventKind { return commonShownKind }

func (b commonShown) apply(n *Network, _ Event) error {
	c := Common{Organisations: b.Organisations, Middle: b.Middle}
	if len(b.Thirds) == 2 {
		c.Low, c.High, c.HasThirds = b.Thirds[0], b.Thirds[1], true
	}
	return n.changeRound(b.Round, func(r *Round) {
		t, _ := n.TemplateVersion(r.Template)
		i, _ := t.Indicator(b.Indicator)
		from, _ := commonFigures(n, r, i, r.answerOf(b.Indicator))
		shown := from
		if c.Organisations == 0 {
			shown = r.common[b.Indicator].shown
		}
		r.common[b.Indicator] = frozen{Common: c, of: from, shown: shown}
	})
}

// frozen is what is common, and the figures as they were when it was made.
type frozen struct {
	Common
	of figuresOf
	// shown are the figures of the last one that showed something; nil when none did.
	shown figuresOf
}

// changedSince returns the organisations whose figures are others now than before, or are
// there no more, or are new.
func changedSince(before, now figuresOf) []OrganisationID {
	var who []OrganisationID
	for o, was := range before {
		if is, ok := now[o]; !ok || !is.same(was) {
			who = append(who, o)
		}
	}
	for o := range now {
		if _, ok := before[o]; !ok {
			who = append(who, o)
		}
	}
	return who
}

// Common returns what is shown to everybody of an indicator's figures in a round where
// organisations don't see each other's: what was frozen last.
func (r *Round) Common(i IndicatorID) Common { return r.common[i].Common }

// emitCommon freezes what is common to a round where organisations don't see each other:
// when it closes, since a draft is looked at from then on, and anew when enough others
// have changed that nobody can tell by the difference what one of them did. What was
// shown by earlier versions of the program, which froze nothing, is never made again.
//
// The answers are those of this decision, or else those that stand.
func (d *decision) emitCommon(r *Round) {
	if shown := r.Publications > 0 || r.Phase == Published; r.Visibility != Own || shown && len(r.common) == 0 {
		return
	}
	given := map[Slot]Version{}
	for _, e := range d.events {
		if g, is := e.Body.(answerGiven); is && g.Round == r.ID {
			given[Slot{g.Organisation, g.Indicator}] = Version{Answer: g.Answer, Figure: g.Figure}
		}
	}
	known := whoKnows(d.n, r)
	t, _ := d.n.TemplateVersion(r.Template)
	for _, i := range t.Indicators {
		stands := r.answerOf(i.ID)
		shown, withheld := commonFigures(d.n, r, i, func(o OrganisationID) (Version, bool) {
			if v, is := given[Slot{o, i.ID}]; is {
				return v, true
			}
			return stands(o)
		})
		was, made := r.common[i.ID]
		if made && !mayBeMadeAnew(was, shown, known.one) {
			continue
		}
		c := commonOf(i, shown, withheld, known)
		if made && c == was.Common && c.Organisations == 0 {
			continue
		}
		body := commonShown{Round: r.ID, Indicator: i.ID, Organisations: c.Organisations, Middle: c.Middle}
		if c.HasThirds {
			body.Thirds = []float64{c.Low, c.High}
		}
		d.emit(body)
	}
}

// mayBeMadeAnew says whether at least three others have changed, whoever looks: who
// changed knows of one of them, or of as many as one person knows together.
func mayBeMadeAnew(was frozen, now figuresOf, known int) bool {
	enough := func(before figuresOf) bool { return len(changedSince(before, now))-known >= fewestOthers }
	if was.shown != nil && !enough(was.shown) {
		return false // people have seen it, even if nothing is shown now
	}
	if was.Organisations == 0 && len(was.of) < FewestForMiddle {
		return true // there was nothing to compare with
	}
	return enough(was.of)
}

// answerOf returns what organisations say of an indicator.
func (r *Round) answerOf(i IndicatorID) func(OrganisationID) (Version, bool) {
	return func(o OrganisationID) (Version, bool) { return r.Submission(o, i) }
}
