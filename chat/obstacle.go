package chat

// Obstacle is why nothing, or not all, can be put into a channel for now. Somebody has
// to do something about it; it may end at any time.
type Obstacle string

// The obstacles.
const (
	// NotMember: the bot is not in the channel, or not any more. Of a private one a
	// platform may say that there is none.
	NotMember Obstacle = "not-member"
	// Archived: the channel is archived or frozen.
	Archived Obstacle = "archived"
	// NotAllowed: a rule of the channel or of its workspace keeps the bot from posting.
	NotAllowed Obstacle = "not-allowed"
	// SignedOut: the platform does not let the bot in: it was uninstalled, or its token
	// revoked.
	SignedOut Obstacle = "signed-out"
	// NoRight: the bot lacks a right on the platform that its operator gives.
	NoRight Obstacle = "no-right"
	// NoFiles: pictures and files are not taken. Messages go in words.
	NoFiles Obstacle = "no-files"
	// Declined: the platform, which is well, has not taken a message for a reason that
	// the bot doesn't know. It may take it later.
	Declined Obstacle = "declined"
	// Refused: the platform will never take a message as it is; see [ErrRefused].
	Refused Obstacle = "refused"
	// ThreadGone: the thread that a message belongs to isn't there any more.
	ThreadGone Obstacle = "thread-gone"
)

// ShutsOut says whether nothing at all goes to the channel for that reason.
func (o Obstacle) ShutsOut() bool {
	return o != NoFiles && o != Declined && o != Refused && o != ThreadGone
}

// EndsByHearing says whether the obstacle is over once the bot hears what is said in the
// channel: it is in there then.
func (o Obstacle) EndsByHearing() bool { return o == NotMember || o == Archived }

// Obstacles are all of them.
var Obstacles = []Obstacle{NotMember, Archived, NotAllowed, SignedOut, NoRight, NoFiles, Declined, Refused, ThreadGone}

// Unreachable is an error that says that a channel, or a person, can't be written to
// for now. Waiting is right, giving up is not.
type Unreachable struct {
	Why Obstacle
	// Alone: it is so for this message; others may be taken meanwhile.
	Alone bool
	Err   error
}

// Error implements error.
func (u *Unreachable) Error() string { return u.Err.Error() }

// Unwrap returns the cause.
func (u *Unreachable) Unwrap() error { return u.Err }

// InWords is the error of a message that stands, with what its pictures show and the
// names of its files in words: the platform takes neither there. The PostID that comes
// with it is good.
type InWords struct{ Err error }

// Error implements error.
func (w *InWords) Error() string { return w.Err.Error() }

// Unwrap returns why the platform takes no files.
func (w *InWords) Unwrap() error { return w.Err }
