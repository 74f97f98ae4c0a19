package chat

import (
	"context"
	"errors"
	"time"
)

// Errors that tell a caller whether to try again.
var (
	// ErrGone says that the person or post does not exist (any more), or can't be
	// reached by the bot. Trying again is no use. Of a channel that can't be written
	// to, [Unreachable] says so.
	ErrGone = errors.New("chat: gone")
	// ErrRefused says that the platform will never take this message as it is.
	ErrRefused = errors.New("chat: refused by the platform")
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
	// Home: everybody has a page of their own with the bot; see [Entered].
	Home bool
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
// trying again is useless, an *Unreachable when somebody has to let the bot in first,
// a *Later when the platform said when, and otherwise the cause; all respect the context's deadline. Post, Edit and Direct
// return an *InWords when the message stands without its pictures and files. All are
// safe for concurrent use.
type Platform interface {
	// Connection is the configured name of this connection.
	Connection() string

	// Capabilities say what the platform can do; they do not change.
	Capabilities() Capabilities

	// Run receives what people do and answers with the handler until the
	// context ends; it returns after the last answer has been given. A thing
	// may arrive twice, with the same ID. No order is promised of what comes in:
	// each adapter's package says what it keeps of it.
	Run(ctx context.Context, handle Handler) error

	// Post puts a message into a channel: as a root when thread is zero, else
	// into the thread of that root.
	Post(ctx context.Context, to ChannelID, thread PostID, m Message) (PostID, error)

	// Edit replaces a post of the bot's own, in place. The post keeps the Key
	// that it was posted with, whatever that of m.
	Edit(ctx context.Context, post PostID, m Message) error

	// Direct sends a private message that is kept.
	Direct(ctx context.Context, to PersonID, m Message) (PostID, error)

	// Find looks for a post of the bot's own, not older than a month, by the Key
	// of its message: among the roots of the channel when thread is zero, else in
	// the thread of that root; FindDirect looks among direct messages to the
	// person, not older than a month at the instant by (zero: now) and not younger than
	// that. found is false when there is none.
	Find(ctx context.Context, in ChannelID, thread PostID, key string) (post PostID, found bool, err error)
	FindDirect(ctx context.Context, to PersonID, key string, by time.Time) (post PostID, found bool, err error)

	// Person looks up who somebody is.
	Person(ctx context.Context, id PersonID) (Person, error)
}

// ChannelNamer is a platform that can tell what people call a channel.
type ChannelNamer interface {
	// ChannelName asks the platform anew, since channels are renamed. What is known
	// comes beside an error too: where the channel can't be seen, its server is named.
	ChannelName(ctx context.Context, id ChannelID) (ChannelName, error)
}

// ChannelName is a channel as people know it. What isn't known is empty.
type ChannelName struct {
	// Channel is its own name, without a sign before it.
	Channel string
	// Platform is what the platform calls itself: "Slack".
	Platform string
	// Server is where the channel is: a workspace's name, or a server's host.
	Server string
	// Team is the part of the server that the channel is in, on platforms that have some.
	Team string
}

// Monitored is a platform that knows how it is without asking. All adapters of real
// platforms do.
type Monitored interface {
	// Trouble returns why nothing gets through now, as far as is known; nil when all is
	// well. It is [ErrConnecting] until the platform was first heard, unless that has
	// failed for long. It is English, and holds no secret.
	Trouble() error
}

// ErrConnecting says that a platform hasn't been heard yet since the bot was started, and
// that nothing is known to be wrong.
var ErrConnecting = errors.New("connecting for the first time")

// Doctor is a platform that can say how well it is. All adapters of real
// platforms are doctors; they also implement [net/http.Handler] where the
// platform calls the bot, for paths below "/<platform>/<connection>/".
type Doctor interface {
	// Examine looks at everything that the bot needs on its platform and returns
	// what it found, the good included, in the order in which it was looked at.
	// What can't be looked at since something before it is broken is left out. It
	// changes nothing that people see.
	Examine(ctx context.Context) []Finding
}

// Forgetful is a platform that remembers for a while what it was told of people. All
// adapters of real platforms are.
type Forgetful interface {
	// Forget lets go of what is remembered of a person, who is being erased.
	Forget(id PersonID)
}

// Severity says how much a finding matters.
type Severity int

// The severities.
const (
	Well    Severity = iota // as it should be
	Lacking                 // the bot works, with something missing
	Broken                  // the bot does not work
)

// Finding is one thing that a [Doctor] found. Both texts are English, one or two
// sentences, and hold no secret.
type Finding struct {
	Severity Severity
	// What was found.
	What string
	// Mend says what to do about it; empty when all is well.
	Mend string
}
