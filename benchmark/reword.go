package benchmark

import "slices"

// rewordRounds notes of shown rounds that words have gone from them: posts that
// repeat these are edited, however old they are.
func rewordRounds(n *Network, e Event, of ParticipantID, forgotten map[TextID]bool) {
	for _, r := range n.Rounds {
		if r.Recorded {
			continue
		}
		for at, s := range r.Submissions {
			if !forgotten[s.Current().Note] {
				continue
			}
			if r.Publications > 0 {
				rewordRound(n, r, at.Indicator)
			}
			rewordPrivately(n, e, r, at.Indicator, of, 0)
		}
	}
}

func rewordRound(n *Network, r *Round, i IndicatorID) {
	r.reworded[i]++
	if !slices.Contains(n.reworded, r) {
		n.reworded = append(n.reworded, r)
	}
}

// rewordAnswer notes that a note has gone with the answer that it stood beside: private
// posts are edited and, while the round is open again, its comparisons, which stand as they
// were shown, but without it.
func rewordAnswer(n *Network, e Event, r *Round, i IndicatorID) {
	if r.reopenings > 0 && r.Phase != Published {
		rewordRound(n, r, i)
	}
	rewordPrivately(n, e, r, i, e.By, rewordedTogether)
}

// rewordDuties: what stands of rounds that are over long ago is edited too, and in
// channels that have left the table. The others are kept up to date anyway.
func (a *agenda) rewordDuties() {
	for _, r := range a.n.reworded {
		active := slices.Contains(a.n.active, r)
		for _, d := range rewordedComparisons(a.n, r) {
			if s, _ := a.n.Seat(d.Seat); !active || !s.Left.IsZero() {
				a.owe(d)
			}
		}
	}
}

// rewordedComparisons are the comparisons that stand and from which words have gone.
func rewordedComparisons(n *Network, r *Round) (duties []Duty) {
	t, _ := n.TemplateVersion(r.Template)
	for _, s := range n.Seats {
		for _, i := range t.Indicators {
			if d := wordsDuty(r, s, i.ID); r.reworded[i.ID] > 0 && n.discharges[d.Key].Done > 0 {
				duties = append(duties, d)
			}
		}
	}
	return duties
}

// dropReworded forgets the rounds whose posts are up to date.
func dropReworded(n *Network) {
	n.reworded = slices.DeleteFunc(n.reworded, func(r *Round) bool {
		return !slices.ContainsFunc(rewordedComparisons(n, r), func(d Duty) bool {
			return !n.discharges[d.Key].settled(d.Revision)
		})
	})
}
