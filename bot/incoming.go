package bot

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
}

// Incoming is one thing that somebody did.
type Incoming struct {
	// ID is the same each time the same thing arrives, and only then.
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

// What somebody did: [Typed], [Pressed], [Filled], [Said] or [Reacted].
type What interface{ what() }

type (
	// Typed is a command, without its trigger or mention: "submit falls 3/412".
	Typed struct{ Text string }

	// Pressed is a button; On is the post that carries it.
	Pressed struct {
		Action, Value string
		On            PostID
	}

	// Filled is a form sent back: the values by field name.
	Filled struct {
		Form, State string
		Values      map[string]string
	}

	// Said is a message in a thread that is no command. Post is the message.
	Said struct {
		Text string
		Post PostID
	}

	// Reacted is an emoji (by its short name, such as "bulb") put on a post.
	Reacted struct {
		Emoji string
		On    PostID
	}
)

func (Typed) what()   {}
func (Pressed) what() {}
func (Filled) what()  {}
func (Said) what()    {}
func (Reacted) what() {}

// Reply is the bot's answer to what somebody did, seen by that person only.
// The zero Reply says nothing.
type Reply struct {
	// Message is shown to the person alone, where they are.
	Message *Message
	// Form is opened. In answer to a Filled, a form of the same Name with an
	// Error is the same form shown again: it keeps what was typed, whatever
	// the Values. Said and Reacted can't be answered with a form.
	Form *Form
}
