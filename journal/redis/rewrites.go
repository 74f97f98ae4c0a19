package redis

import "sync"

// rewrites are those of the append-only file that were asked for and not seen done, by
// network: of which server, by its run's id, as a server that died rewrites nothing. An
// erasure in the network needs another. Safe for concurrent use.
type rewrites struct {
	mu    sync.Mutex // guards what follows
	runOf map[string]string
}

func (r *rewrites) note(network, run string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.runOf == nil {
		r.runOf = map[string]string{}
	}
	r.runOf[network] = run
}

func (r *rewrites) forget(network string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.runOf, network)
}

// of says whether one was asked for of the server.
func (r *rewrites) of(network, run string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	asked, is := r.runOf[network]
	return is && asked == run
}
