package web

import (
	"context"
	"errors"
	"html/template"
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

// ErrCant is returned by what stands in [Options] when a person asks for what
// can't be; any other error is the program's own and is logged.
var ErrCant = errors.New("web: can't be done")

// Page is the web page of a chat. It is an [http.Handler], safe for concurrent
// use.
type Page struct {
	o       Options
	board   *board
	handler http.Handler
	access  string // what the access cookie holds; empty when there is no token

	parse  sync.Once
	parsed map[string]*template.Template // by language
}

// New returns the page of a chat. It is up to date only while [Page.Run] runs.
func New(o Options) *Page {
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	p := &Page{o: o, board: newBoard(o.Chat), access: accessValue(o.Token)}
	if err := p.board.recall(o.Marks); err != nil {
		o.Log.Warn("what people have read is not known any more", "error", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.first)
	mux.HandleFunc("GET /chat/{connection}/{user}/{channel}", p.chat)
	mux.HandleFunc("GET /thread/{connection}/{user}/{channel}/{message}", p.thread)
	mux.HandleFunc("GET /side/{connection}/{user}/{channel}", p.side)
	mux.HandleFunc("GET /chat/{connection}/{user}/file/{channel}/{message}/{n}/{name}", p.file)
	mux.HandleFunc("GET /beside", p.beside)
	mux.HandleFunc("GET /feed/{connection}/{user}", p.feed)
	mux.HandleFunc("GET /clock", p.clockState)
	mux.HandleFunc("POST /do/{connection}/{user}/{verb}", p.do)
	mux.HandleFunc("POST /clock", p.moveClock)
	mux.HandleFunc("POST /enter", p.enter)
	mux.Handle("GET /assets/{name}", assets())
	p.handler = p.guard(mux)
	return p
}

// ServeHTTP implements [http.Handler].
func (p *Page) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.handler.ServeHTTP(w, r) }

// Run keeps the pages up to date until the context ends or the chat is closed.
func (p *Page) Run(ctx context.Context) {
	var keeping sync.WaitGroup
	defer keeping.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	keeping.Go(func() { p.keepMarks(ctx) })
	for range p.o.Chat.Follow(ctx, p.board.known()) {
		p.board.catchUp()
	}
}
