package chat

// PersonID names a person: a user of one connection. A person of another
// workspace or server is another person.
type PersonID struct{ Connection, User string }

// ChannelID names a channel of one connection.
type ChannelID struct{ Connection, Channel string }

// PostID names a post: where it stands and its platform's id for it.
type PostID struct {
	Connection string `json:"connection"`
	Channel    string `json:"channel"`
	Message    string `json:"message"`
}

// Person is what a platform tells of somebody. Every field but the ID may be
// empty.
type Person struct {
	ID PersonID
	// Name is the one to call them by.
	Name string
	// Language is a BCP 47 tag, Zone an IANA time zone.
	Language, Zone string
	// Admin is true for those who administer the server, workspace, team or
	// channel.
	Admin bool
	// Gone is true for a deactivated account.
	Gone bool
	// Guest is true for those whom a server admits to some channels only. They
	// take part as others do, but don't set up networks.
	Guest bool
	// Workspace names the organisation that the person belongs to on platforms
	// where the people of several meet in one channel (Slack Connect: the team's
	// id). Empty where all are of one.
	Workspace string
}

// Incoming is one thing that somebody did.
type Incoming struct {
	// ID is the same each time the same thing arrives, and only then. The journal
	// keeps it as an alias: see bot.Table.Alias.
	ID string
	// From is who did it, as far as known without asking; Channel where. In a
	// direct conversation with the bot Direct is true.
	From    Person
	Channel ChannelID
	Direct  bool
	// Thread is the root of the thread it happened in; zero outside threads.
	Thread PostID
	// What they did.
	What What
}

// What somebody did: [Typed], [Pressed], [Filled], [Said], [Rewrote], [Deleted],
// [Reacted], [Unreacted] or [Entered]; or what became of a channel, [Moved] and
// [Reachable], or of a person, [Account].
type What interface{ what() }

type (
	// Typed is a command, without its trigger or mention: "submit falls 3/412".
	Typed struct{ Text string }

	// Pressed is a button; On is the post that carries it. Scope is the button's.
	Pressed struct {
		Action, Value string
		Scope         string `json:",omitempty"`
		On            PostID
	}

	// Filled is a form sent back: the values by field name. Scope is the form's.
	Filled struct {
		Form, State string
		Scope       string `json:",omitempty"`
		Values      map[string]string
	}

	// Said is a message in a thread that is no command. Post is the message; Text may be
	// empty where it is but Files, which are so many pictures or documents.
	Said struct {
		Text  string
		Post  PostID
		Files int `json:",omitempty"`
	}

	// Rewrote is a message that its writer has changed: Text is how it reads now.
	// It comes for messages that were [Said] and, where the platform tells, for those
	// that are or were a command, written to the bot or with its name: Command. A command
	// counts as it was written first.
	Rewrote struct {
		Text    string
		Post    PostID
		Command bool `json:",omitempty"`
	}

	// Deleted is a message that was taken away, by its writer or by somebody who
	// may; From is empty where the platform does not tell who. It comes for
	// messages that were [Said], and maybe for others.
	Deleted struct{ Post PostID }

	// Reacted is an emoji (by its short name, such as "bulb") put on a post.
	Reacted struct {
		Emoji string
		On    PostID
	}

	// Unreacted is one that its person has taken off again.
	Unreacted struct {
		Emoji string
		On    PostID
	}

	// Entered is somebody opening their own page with the bot, on a platform that
	// has such pages ([Capabilities]). The reply's message becomes the page; a
	// zero reply leaves it as it is. Channel is that of the person's direct
	// conversation, Direct is true.
	Entered struct{}

	// Moved says that a channel, named by the Incoming's Channel, has got another
	// id. Nobody did it; From is empty.
	Moved struct{ To ChannelID }

	// Reachable says that the Incoming's Channel, which could not be written to, may be
	// now. Invited: the bot was taken into it, by From where the platform tells.
	// Otherwise nobody did it, and From is empty.
	Reachable struct{ Invited bool }

	// Account says that the account of the person, the Incoming's From, is deactivated
	// or, where Gone is false, active again. They didn't do it; there is no Channel.
	// A platform that can't tell is asked before something is sent to them.
	Account struct{ Gone bool }
)

func (Typed) what()     {}
func (Pressed) what()   {}
func (Filled) what()    {}
func (Said) what()      {}
func (Rewrote) what()   {}
func (Deleted) what()   {}
func (Reacted) what()   {}
func (Unreacted) what() {}
func (Entered) what()   {}
func (Moved) what()     {}
func (Reachable) what() {}
func (Account) what()   {}

// Reply is the bot's answer to what somebody did, seen by that person only.
// The zero Reply says nothing.
type Reply struct {
	// Message is shown to the person alone, where they are.
	Message *Message
	// Form is opened. In answer to a Filled, a form of the same Name with an
	// Error is the same form shown again: it keeps what was typed, whatever
	// the Values. Only Typed, Pressed and Filled can be answered with a form.
	Form *Form
}
