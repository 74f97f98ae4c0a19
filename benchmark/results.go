package benchmark

import "time"

// What a shown round posts at a seat: its summary, a post for each indicator that is worth a
// talk, in whose thread the details and a question stand, and one post for all others, from
// which anybody opens a thread about any.

// resultDuties: the summary stands before its comparisons do, and those in the
// template's order. While the round is open again, what stands is marked, and nothing
// new is posted.
func (a *agenda) resultDuties(r *Round) {
	results := results{a: a, r: r, from: r.Published, marks: r.Phase != Published}
	if results.marks {
		results.from = r.reopened.at
	}
	t, _ := a.n.TemplateVersion(r.Template)
	for s := range a.n.Seated() {
		key := dutyKey("summary", r.ID, string(s.ID))
		shown := a.isShownAt(r, s, r.Published, key)
		if shown {
			results.owe(Duty{
				Key: key, Kind: SummaryDuty, Revision: r.resultRevision(""),
				NotBefore: later(results.from, s.Taken), Seat: s.ID, Round: r.ID, Topic: SummaryTopic(r.ID),
			})
		}
		if shown && a.n.discharges[key].Done == 0 {
			continue
		}
		for _, i := range t.Indicators {
			asked := r.talks.asked[i.ID]
			if HasThread(r, i.ID) && (shown || !asked.IsZero() && !asked.Before(s.Taken)) {
				results.ofIndicator(s, i.ID, asked)
			}
		}
		if shown && hasRest(r, t) {
			results.owe(Duty{
				Key: dutyKey("rest", r.ID, string(s.ID)), Kind: RestDuty, Revision: r.Publications + r.reopenings + len(r.talks.asked),
				NotBefore: later(results.from, s.Taken), Seat: s.ID, Round: r.ID, Topic: RestTopic(r.ID),
			})
		}
	}
}

// hasRest says whether a round has indicators that got no post of their own when it was
// shown.
func hasRest(r *Round, t Template) bool {
	return !ShowsEach(r) && len(t.Indicators) > len(r.talks.chosen)
}

// results are a round's, as they are owed from an instant on.
type results struct {
	a     *agenda
	r     *Round
	from  time.Time
	marks bool // what stands is marked, and nothing else
}

func (x results) owe(d Duty) {
	if !x.marks || x.a.n.discharges[d.Key].Post != (Post{}) {
		x.a.owe(d)
	}
}

// ofIndicator: the comparison, and in its thread what there is besides.
func (x results) ofIndicator(s Seat, i IndicatorID, asked time.Time) {
	root := comparisonDuty(x.r, s, i, later(x.from, asked))
	x.owe(root)
	stands := x.a.n.discharges[root.Key]
	if ShowsEach(x.r) || stands.Done == 0 || stands.Post == (Post{}) {
		return
	}
	detail := detailDuty(x.r, s, i, root.NotBefore)
	detail.Thread = stands.Post
	x.owe(detail)
	x.owe(Duty{
		Key: dutyKey("question", x.r.ID, string(i), string(s.ID)), Kind: QuestionDuty, Revision: root.Revision, NotBefore: root.NotBefore,
		Thread: stands.Post, Seat: s.ID, Round: x.r.ID, Indicator: i,
	})
}

const (
	comparisonPrefix = "comparison/"
	detailPrefix     = "detail/"
)

// comparisonDuty is an indicator's comparison at a seat, as it is from an instant on.
func comparisonDuty(r *Round, s Seat, i IndicatorID, from time.Time) Duty {
	return Duty{
		Key: comparisonPrefix + dutyKey(string(r.ID), i, string(s.ID)), Kind: ComparisonDuty,
		Revision: r.resultRevision(i), NotBefore: later(from, s.Taken),
		Seat: s.ID, Round: r.ID, Indicator: i, Topic: ComparisonTopic(r.ID, i),
	}
}

// detailDuty is the reply below a comparison that has what organisations wrote beside their
// figures, and the small print.
func detailDuty(r *Round, s Seat, i IndicatorID, from time.Time) Duty {
	d := comparisonDuty(r, s, i, from)
	d.Key, d.Kind, d.Topic = detailPrefix+dutyKey(string(r.ID), i, string(s.ID)), DetailDuty, ""
	return d
}

// wordsDuty is the post at a seat that repeats what organisations wrote beside an
// indicator's figures.
func wordsDuty(r *Round, s Seat, i IndicatorID) Duty {
	if ShowsEach(r) {
		return comparisonDuty(r, s, i, r.Published)
	}
	return detailDuty(r, s, i, r.Published)
}
