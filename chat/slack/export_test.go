package slack

// RefusedUnknown is how many things were taken for another workspace's.
func (p *Platform) RefusedUnknown() int64 { return p.refused.unknown.Load() }
