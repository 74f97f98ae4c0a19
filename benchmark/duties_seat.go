package benchmark

import "time"

// welcomedFor is how long a seat may be welcomed, and others told of it. Later
// it would be no news.
const welcomedFor = 7 * 24 * time.Hour

// seats: a channel that comes to the table is welcomed; those who sit there
// already are told that somebody hears them in another place.
func (w *watch) seats() {
	for k, taken := range w.n.Seats {
		until := taken.Taken.Add(welcomedFor)
		if !w.now.Before(until) {
			continue
		}
		for _, s := range w.n.Seats[:k+1] {
			w.owe(Duty{
				Key: join("seated", taken.ID, string(s.ID)), Kind: SeatedDuty,
				NotBefore: taken.Taken, NotAfter: until, Seat: s.ID, Taken: taken.ID,
			})
		}
		if k == 0 {
			continue
		}
		for _, f := range w.n.Facilitators() {
			if f.Address.User != "" && f.ID != taken.By {
				w.owe(Duty{
					Key: join("linked", taken.ID, string(f.ID)), Kind: LinkedDuty,
					NotBefore: taken.Taken, NotAfter: until, Participant: f.ID, Taken: taken.ID,
				})
			}
		}
	}
}

// concerns says whether a round is to be seen at a seat: the current one, what
// happened to it after the seat was taken, and what stands there already. Rounds
// that were over before are not brought to a channel that comes later.
func (w *watch) concerns(r *Round, s Seat, happened time.Time, key string) bool {
	return r == w.n.current || !happened.Before(s.Taken) || w.n.discharges[key].Done > 0
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
