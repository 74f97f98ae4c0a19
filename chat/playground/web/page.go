package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"roundtable/chat"
	"roundtable/chat/playground"
)

// Options are what a page needs to know from outside.
type Options struct {
	Chat *playground.Chat
	// Trigger begins a command: "/round".
	Trigger string
	// Verbs are the commands for completion, in a language; nil: none.
	Verbs func(lang string) []Verb
	// About says what a person is, in a few words ("nurse, Lund"); nil or
	// empty: nothing is said.
	About func(who chat.PersonID) string
	// Clock is the chat's.
	Clock Clock
	// Zone is where the times are local; nil: UTC.
	Zone *time.Location
	// Seats say which channels sit at a table; nil: that is not shown.
	Seats Seats
	// Token has to be given before anything is shown. Empty: nobody asks, and
	// only requests to names of this machine's own are answered.
	Token string
	// Marks is a file that keeps what people have read; empty: nothing does.
	Marks string
	Log   *slog.Logger
}

// Verb is a command to be completed.
type Verb struct {
	Name string // "submit"
	Line string // what it does, in a line
}

// Clock is a clock that can be moved forward.
type Clock interface {
	Now() time.Time
	// Next returns when something is due next; zero: nothing is.
	Next(ctx context.Context) (time.Time, error)
	// Move moves the clock to an instant, which is not before now, and stops on
	// its way wherever something is due, so that it is done at its time.
	Move(ctx context.Context, to time.Time) error
}

// Seats are the channels that sit at a table.
type Seats interface {
	// Seated says whether the channel sits at a table.
	Seated(ctx context.Context, in chat.ChannelID) bool
	// May says whether a person may seat further channels.
	May(ctx context.Context, who chat.PersonID) bool
	// Seat seats a channel at the table of which the person is the facilitator.
	Seat(ctx context.Context, who chat.PersonID, in chat.ChannelID) error
}

// ErrImpossible is returned by what stands in [Options] when a person asks for what
// can't be; any other error is the program's own and is logged.
var ErrImpossible = errors.New("web: can't be done")

// Page is the web page of a chat. It is an [http.Handler], safe for concurrent
// use.
type Page struct {
	options   Options
	model     *readModel
	render    *renderer
	sidebar   *sidebar
	handler   http.Handler
	listeners listeners
}

// New returns the page of a chat. It is up to date only while [Page.Run] runs.
func New(o Options) *Page {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	model := newReadModel(o.Chat)
	if err := model.loadMarks(o.Marks); err != nil {
		o.Log.Warn("what people have read is not known any more", "error", err)
	}
	render := &renderer{model: model, about: o.About, zone: o.Zone, log: o.Log}
	p := &Page{
		options: o, model: model, render: render,
		sidebar: &sidebar{chat: o.Chat, seats: o.Seats, model: model, render: render},
	}
	access := newAccessControl(o.Token, render)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.serveStart)
	mux.HandleFunc("GET /chat/{connection}/{user}/{channel}", p.serveChannel)
	mux.HandleFunc("GET /thread/{connection}/{user}/{channel}/{message}", p.serveThread)
	mux.HandleFunc("GET /side/{connection}/{user}/{channel}", p.serveSidebar)
	mux.HandleFunc("GET /chat/{connection}/{user}/file/{channel}/{message}/{n}/{name}", p.serveFile)
	mux.HandleFunc("GET /beside", p.serveBeside)
	mux.HandleFunc("GET /feed/{connection}/{user}", p.serveStream)
	mux.HandleFunc("GET /clock", p.serveClock)
	mux.HandleFunc("POST /do/{connection}/{user}/{verb}", p.serveAction)
	mux.HandleFunc("POST /clock", p.serveClockMove)
	mux.HandleFunc("POST /enter", access.enter)
	mux.Handle("GET /assets/{name}", assets())
	p.handler = access.guard(mux)
	return p
}

// ServeHTTP implements [http.Handler].
func (p *Page) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.handler.ServeHTTP(w, r) }

// Run keeps the pages up to date until the context ends or the chat is closed.
func (p *Page) Run(ctx context.Context) {
	var saving sync.WaitGroup
	defer saving.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	saving.Go(func() { p.saveMarks(ctx) })
	for range p.options.Chat.Follow(ctx, p.model.lastSeq()) {
		p.model.catchUp()
	}
}

// saveMarks saves what people have read whenever it has changed, until the
// context ends.
func (p *Page) saveMarks(ctx context.Context) {
	if p.options.Marks == "" {
		return
	}
	tick := time.NewTicker(saveInterval)
	defer tick.Stop()
	for ended := false; !ended; {
		select {
		case <-ctx.Done():
			ended = true
		case <-tick.C:
		}
		if err := p.model.saveMarks(p.options.Marks); err != nil {
			p.options.Log.Error("what people have read is not kept", "error", err)
		}
	}
}
