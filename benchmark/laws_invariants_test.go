package benchmark_test

import (
	"slices"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// laws are what holds at every moment of a network's life.
func (w *world) laws() {
	w.oneRoundIsOpen()
	for _, r := range w.n.Rounds {
		w.answersAreCounted(r)
		w.nothingIsShownEarly(r)
	}
	w.threadsAreFound()
	w.dutiesAreOwedOnce()
	w.nudgesAreDecent()
	w.leadersAreRemindedDecently()
	w.whatIsTakenBackIsGone()
	w.learningsAreKeptOnce()
	w.somebodyLeads()
	w.nobodyIsAskedWhoIsGone()
}

// somebodyLeads, or everybody who does is out of reach, and the network will be told.
func (w *world) somebodyLeads() {
	reachable, will := false, w.n.FacilitatorSought()
	for _, f := range w.n.Facilitators() {
		reachable = reachable || f.User != "" && !f.Deactivated
	}
	for _, d := range w.n.Duties(w.now, nil) {
		will = will || d.Kind == benchmark.SeekDuty
	}
	if !reachable && !will {
		w.t.Fatalf("nobody leads, and nobody will be sought: %+v", w.n.Facilitators())
	}
}

// nobodyIsAskedWhoIsGone, and nothing is posted where the network has no seat but that
// it left; words that are gone are edited out of it, and out of what may stand there.
func (w *world) nobodyIsAskedWhoIsGone() {
	for _, d := range w.n.Duties(w.now, nil) {
		p, _ := w.n.Participant(d.Participant)
		s, _ := w.n.Seat(d.Seat)
		if p.Deactivated || !s.Left.IsZero() && d.Kind != benchmark.UnlinkedDuty && d.Edit == (benchmark.Post{}) && !d.OnlyEdit {
			w.t.Fatalf("%s goes where nobody is", d.Key)
		}
	}
}

func (w *world) whatIsTakenBackIsGone() {
	for k := 1; ; k++ {
		c, topic, ok := w.n.Contribution(k)
		if !ok {
			break
		}
		if (w.n.Text(c.Text) == "") != c.Withdrawn {
			w.t.Fatalf("contribution %d in %s is withdrawn: %v, and reads %q", k, topic, c.Withdrawn, w.n.Text(c.Text))
		}
	}
	for _, d := range w.n.Duties(w.now, nil) {
		if numbers := w.n.ToErase(d); (d.Kind == benchmark.EraseDuty) != (len(numbers) > 0) {
			w.t.Fatalf("%s is to erase %v", d.Key, numbers)
		}
	}
}

// Each learning says something, is kept by somebody, and by nobody twice.
func (w *world) learningsAreKeptOnce() {
	of := map[int]bool{}
	for _, l := range w.n.Kept() {
		text, by := w.n.WordsOf(l)
		sorted := slices.Sorted(slices.Values(l.Supporters))
		who, _ := w.n.Participant(by)
		if text == "" && who.User != "" || by == "" || len(l.Supporters) == 0 || len(slices.Compact(sorted)) != len(l.Supporters) {
			w.t.Fatalf("learning %+v reads %q, by %q", l, text, by)
		}
		if l.Contribution > 0 && of[l.Contribution] {
			w.t.Fatalf("contribution %d is kept twice", l.Contribution)
		}
		of[l.Contribution] = true
	}
}

// threadsAreFound: below every post that carries a thread, wherever the channel
// is called now.
func (w *world) threadsAreFound() {
	for _, r := range w.n.Rounds {
		t := w.n.Topic(benchmark.RoundTopic(r.ID))
		if t == nil {
			continue
		}
		for seat, root := range t.Roots {
			s, _ := w.n.Seat(seat)
			if id, ok := w.n.TopicAt(root); !ok || id != t.ID || root.Channel != s.Channel {
				w.t.Fatalf("%s at %s stands in %+v, and there is %q", t.ID, seat, root, id)
			}
		}
	}
}

func (w *world) oneRoundIsOpen() {
	var open []*benchmark.Round
	for _, r := range w.n.Rounds {
		if r.Phase == benchmark.Open {
			open = append(open, r)
		}
	}
	if len(open) > 1 || (len(open) == 1 && w.n.Current() != open[0]) {
		w.t.Fatalf("%d rounds are open, the current one is %+v", len(open), w.n.Current())
	}
	sorted := slices.IsSortedFunc(w.n.Rounds, func(a, b *benchmark.Round) int { return a.Period.Start.Compare(b.Period.Start) })
	if !sorted {
		w.t.Fatal("rounds are not in the order of their periods")
	}
}

func (w *world) answersAreCounted(r *benchmark.Round) {
	template, _ := w.n.TemplateVersion(r.Template)
	for slot, s := range r.Submissions {
		_, known := w.n.Organisation(slot.Organisation)
		if _, asked := template.Indicator(slot.Indicator); !known || !asked || len(s.Versions) == 0 {
			w.t.Fatalf("round %s: an answer of nobody or to nothing: %+v", r.ID, slot)
		}
	}
	want := benchmark.Progress{Organisations: len(w.n.RoundOrganisations(r))}
	for _, o := range w.n.RoundOrganisations(r) {
		answered := len(template.Indicators) - len(w.n.Missing(r, o.ID))
		if r.Answered(o.ID) != answered || r.Complete(o.ID) != (answered == len(template.Indicators)) {
			w.t.Fatalf("round %s: %s has answered %d, counted are %d", r.ID, o.ID, answered, r.Answered(o.ID))
		}
		switch {
		case answered > 0 && r.Skipped[o.ID]:
			w.t.Fatalf("round %s: %s has answered and skipped", r.ID, o.ID)
		case r.Complete(o.ID):
			want.Complete++
		case r.Skipped[o.ID]:
			want.Skipped++
		case answered > 0:
			want.Begun++
		}
	}
	if got := w.n.Progress(r); got != want || got.Complete+got.Begun+got.Skipped > got.Organisations {
		w.t.Fatalf("round %s: progress %+v, want %+v", r.ID, got, want)
	}
}

func (w *world) nothingIsShownEarly(r *benchmark.Round) {
	template, _ := w.n.TemplateVersion(r.Template)
	for _, i := range template.Indicators {
		_, err := view.Of(w.n, r.ID, i.ID, view.Viewer{})
		if (err == nil) != (r.Phase == benchmark.Published) {
			w.t.Fatalf("round %s is %s, its view: %v", r.ID, r.Phase, err)
		}
		if _, err := view.Of(w.n, r.ID, i.ID, view.Viewer{Draft: true}); r.Phase == benchmark.Open && err == nil {
			w.t.Fatalf("round %s is open, and there is a draft", r.ID)
		}
	}
}

// forNobody are the kinds of duties that are no posts.
var forNobody = []benchmark.DutyKind{benchmark.CloseDuty, benchmark.PublishDuty, benchmark.SeekDuty, benchmark.AgeDuty, benchmark.EraseDuty}

func (w *world) dutiesAreOwedOnce() {
	seen := map[string]bool{}
	duties := w.n.Duties(w.now, nil)
	for k, d := range duties {
		switch {
		case seen[d.Key]:
			w.t.Fatalf("%s is owed twice", d.Key)
		case d.Revision <= w.done[d.Key]:
			w.t.Fatalf("%s is owed again at revision %d", d.Key, d.Revision)
		case d.NotBefore.IsZero() || (k > 0 && d.NotBefore.Before(duties[k-1].NotBefore)):
			w.t.Fatalf("%s has no time or isn't in order: %v", d.Key, d.NotBefore)
		case !d.NotAfter.IsZero() && (!d.NotBefore.Before(d.NotAfter) || !w.now.Before(d.NotAfter)):
			w.t.Fatalf("%s is too late: %v to %v, now %v", d.Key, d.NotBefore, d.NotAfter, w.now)
		case (d.Seat == "") == (d.Participant == "") && !slices.Contains(forNobody, d.Kind):
			w.t.Fatalf("%s is for nobody, or for two", d.Key)
		}
		seen[d.Key] = true
	}
	var first time.Time
	if len(duties) > 0 {
		first = duties[0].NotBefore
	}
	if next := w.n.NextDue(w.now, nil); !next.Equal(first) {
		w.t.Fatalf("the next one is due at %v, the first at %v", next, first)
	}
}

// Nobody is nudged twice at a time, at night, too late, or without need.
func (w *world) nudgesAreDecent() {
	now := map[benchmark.ParticipantID]bool{}
	last := map[benchmark.ParticipantID]benchmark.Duty{}
	for _, d := range w.n.Duties(w.now, nil) {
		if d.Kind != benchmark.NudgeDuty {
			continue
		}
		p, _ := w.n.Participant(d.Participant)
		r, _ := w.n.Round(d.Round)
		o := r.Skipped[p.Organisation] || r.Complete(p.Organisation)
		if o || p.Left || p.Muted || !p.Confirmed || p.Organisation == "" {
			w.t.Fatalf("%s goes to somebody who needs none: %+v", d.Key, p)
		}
		if r.Phase != benchmark.Open || d.NotAfter.After(r.Closes) || !d.NotBefore.After(r.Opened) {
			w.t.Fatalf("%s lies outside its round: %v to %v", d.Key, d.NotBefore, d.NotAfter)
		}
		if before, ok := last[p.ID]; ok && before.NotAfter.After(d.NotBefore) {
			w.t.Fatalf("%s and %s overlap", before.Key, d.Key)
		}
		last[p.ID] = d
		if d.NotBefore.After(w.now) {
			continue
		}
		if hour := w.now.In(w.n.LocationOf(p)).Hour(); hour < 9 || hour >= 19 || now[p.ID] {
			w.t.Fatalf("%s comes at %d o'clock, another one too: %v", d.Key, hour, now[p.ID])
		}
		now[p.ID] = true
	}
}

// Who leads is reminded of what waits by day, alone, while they are here and it waits.
func (w *world) leadersAreRemindedDecently() {
	now := map[benchmark.ParticipantID]bool{}
	for _, d := range w.n.Duties(w.now, nil) {
		if d.Kind != benchmark.WaitingDuty {
			continue
		}
		p, _ := w.n.Participant(d.Participant)
		if !p.Facilitator || p.Left || p.Muted || p.Deactivated || len(benchmark.AwaitingFacilitator(w.n, p.ID)) == 0 {
			w.t.Fatalf("%s goes to somebody for whom nothing waits: %+v", d.Key, p)
		}
		if d.NotBefore.After(w.now) {
			continue
		}
		local := w.now.In(w.n.LocationOf(p))
		from, until, away := w.n.AwayOn(p, w.now)
		today := benchmark.Date(local.Format(time.DateOnly))
		if hour := local.Hour(); hour < 9 || hour >= 19 || now[p.ID] || away && from <= today && today <= until {
			w.t.Fatalf("%s comes at %d o'clock, another one too: %v, away: %v", d.Key, hour, now[p.ID], away)
		}
		now[p.ID] = true
	}
}
