package bot

import (
	"context"
	"errors"
	"time"
)

// Errors that the courier tells apart.
var (
	// ErrGone says that the person, channel or post does not exist (any more)
	// or can't be reached by the bot. Trying again is no use.
	ErrGone = errors.New("bot: gone")
	// ErrRefused says that the platform will never take this message as it is.
	ErrRefused = errors.New("bot: refused by the platform")
)

// Later is an error that says when to try again.
type Later struct {
	After time.Duration
	Err   error
}

// Error implements error.
func (l *Later) Error() string { return l.Err.Error() }

// Unwrap returns the cause.
func (l *Later) Unwrap() error { return l.Err }

// Capabilities say what a platform can do. Where one is lacking the bot takes
// another way.
type Capabilities struct {
	// Forms: dialogs can be opened in answer to a press or a command.
	Forms bool
	// Private: a reply can be shown to one person in a channel. Otherwise it
	// goes by direct message.
	Private bool
	// Threads: a post can carry a thread.
	Threads bool
	// Reactions can be seen.
	Reactions bool
	// CommandsInThreads: typed commands work inside threads.
	CommandsInThreads bool
}

// Handler answers what somebody did. It returns within a second or so; it is
// called concurrently. It never fails: what went wrong is said in the reply.
type Handler func(ctx context.Context, in Incoming) Reply

// Platform is one connection to one chat platform.
//
// Order: two calls that follow each other on the same channel are seen in that
// order. Post, Edit and Direct return once the platform has taken the message
// for good. Every method returns an error that wraps ErrGone or ErrRefused when
// trying again is useless, a *Later when the platform said when, and otherwise
// the cause; all respect the context's deadline. All are safe for concurrent
// use.
type Platform interface {
	// Connection is the configured name of this connection.
	Connection() string

	// Capabilities say what the platform can do; they do not change.
	Capabilities() Capabilities

	// Run receives what people do and answers with the handler until the
	// context ends; it returns after the last answer has been given. A thing
	// may arrive twice, with the same ID.
	Run(ctx context.Context, handle Handler) error

	// Post puts a message into a channel: as a root when thread is zero, else
	// into the thread of that root.
	Post(ctx context.Context, to ChannelID, thread PostID, m Message) (PostID, error)

	// Edit replaces a post of the bot's own, in place. The post keeps the Key
	// that it was posted with, whatever that of m.
	Edit(ctx context.Context, post PostID, m Message) error

	// Direct sends a private message that is kept.
	Direct(ctx context.Context, to PersonID, m Message) (PostID, error)

	// Find looks for a post of the bot's own by the Key of its message: in the
	// channel (roots and threads), or, with FindDirect, among direct messages
	// to the person. found is false when there is none.
	Find(ctx context.Context, in ChannelID, key string) (post PostID, found bool, err error)
	FindDirect(ctx context.Context, to PersonID, key string) (post PostID, found bool, err error)

	// Person looks up who somebody is.
	Person(ctx context.Context, id PersonID) (Person, error)
}
