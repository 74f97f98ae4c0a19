package benchmark

// recentKept is how many incoming things a network remembers. Platforms repeat
// a thing within minutes (Slack: at once, after 1 and after 5); this many
// things in five minutes is 27 a second.
const recentKept = 8192

// recent remembers the last ids that were added.
type recent struct {
	order []string
	next  int
	ids   map[string]struct{}
}

func (r *recent) add(id string) {
	if r.ids == nil {
		r.ids = map[string]struct{}{}
	}
	if _, known := r.ids[id]; known {
		return
	}
	r.ids[id] = struct{}{}
	if len(r.order) < recentKept {
		r.order = append(r.order, id)
		return
	}
	delete(r.ids, r.order[r.next])
	r.order[r.next] = id
	r.next = (r.next + 1) % recentKept
}

func (r *recent) has(id string) bool {
	_, known := r.ids[id]
	return known
}
