package web

import (
	"net/http"
	"slices"
	"sync"
)

// How many pages may listen to what happens: of one browser, from one address and in
// all. One more, and the oldest of whoever has the most is told to stop.
const (
	maxOfBrowser = 16
	maxOfAddress = 200
	maxListeners = 500
)

// listener is one page that listens.
type listener struct {
	browser, address string
	// tooMany is closed when it has to stop, for there are too many.
	tooMany chan struct{}
}

// listeners are all of them, the oldest first. Safe for concurrent use.
type listeners struct {
	mu  sync.Mutex
	all []*listener
}

// add lets a page listen, until remove.
func (l *listeners) add(r *http.Request) *listener {
	n := &listener{address: addressOf(r), tooMany: make(chan struct{})}
	n.browser = n.address
	if cookie, err := r.Cookie(csrfCookie); err == nil {
		n.browser += " " + cookie.Value
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, n)
	sameBrowser := func(o *listener) bool { return o.browser == n.browser }
	sameAddress := func(o *listener) bool { return o.address == n.address }
	switch {
	case l.count(sameBrowser) > maxOfBrowser:
		l.stop(sameBrowser)
	case l.count(sameAddress) > maxOfAddress:
		l.stopOldest(sameAddress, func(o *listener) string { return o.browser })
	case len(l.all) > maxListeners:
		l.stopOldest(func(*listener) bool { return true }, func(o *listener) string { return o.address })
	}
	return n
}

func (l *listeners) count(some func(*listener) bool) int {
	k := 0
	for _, o := range l.all {
		if some(o) {
			k++
		}
	}
	return k
}

// stopOldest stops the oldest of those that have the most among some.
func (l *listeners) stopOldest(among func(*listener) bool, of func(*listener) string) {
	counts, most := map[string]int{}, ""
	for _, o := range l.all {
		if !among(o) {
			continue
		}
		counts[of(o)]++
		if most == "" || counts[of(o)] > counts[most] {
			most = of(o)
		}
	}
	l.stop(func(o *listener) bool { return among(o) && of(o) == most })
}

// stop tells the oldest of some to stop.
func (l *listeners) stop(some func(*listener) bool) {
	for k, o := range l.all {
		if some(o) {
			close(o.tooMany)
			l.all = slices.Delete(l.all, k, k+1)
			return
		}
	}
}

// remove is called when a page listens no more.
func (l *listeners) remove(n *listener) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if k := slices.Index(l.all, n); k >= 0 {
		l.all = slices.Delete(l.all, k, k+1)
	}
}
