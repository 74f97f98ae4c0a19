package benchmark

// Progress is how far a round has come, in organisations.
type Progress struct {
	Organisations int // that belong to the round
	Complete      int // have answered everything
	Begun         int // have answered something, not everything
	Skipped       int // said "not this round"
}

// Progress returns how far the round has come.
func (n *Network) Progress(r *Round) Progress {
	belong := n.RoundOrganisations(r)
	p := Progress{Organisations: len(belong)}
	for _, o := range belong {
		switch {
		case r.Complete(o.ID):
			p.Complete++
		case r.Skipped[o.ID]:
			p.Skipped++
		case r.Answered(o.ID) > 0:
			p.Begun++
		}
	}
	return p
}
