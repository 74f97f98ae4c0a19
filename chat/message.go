package chat

// Message is what the bot says, as plain data. All text in it is plain: an
// adapter escapes whatever its platform would read as markup or as a mention,
// so no writer's text can format, ping or break a post.
type Message struct {
	// Text says the whole in words: for notifications, screen readers and
	// platforms without blocks. Never empty.
	Text string
	// Blocks are what is shown, in order. Empty: Text is shown.
	Blocks []Block
	// Key names the duty that the post discharges, so that it can be found
	// again with [Platform.Find]. Empty for answers to what somebody did.
	Key string
}

// Block is one part of a message: [Heading], [Paragraph], [Quote], [Items],
// [Facts], [Picture], [File], [Footnote] or [Buttons].
type Block interface{ block() }

type (
	// Heading is one line that stands out.
	Heading struct{ Text string }

	// Paragraph is running text; line breaks are kept.
	Paragraph struct{ Text string }

	// Quote is what a person wrote, with who wrote it ("Anna, nurse, Lund").
	// By may be empty.
	Quote struct{ Text, By string }

	// Items is a bulleted list.
	Items struct{ Items []string }

	// Facts are short pairs of a name and a value, shown as a small table.
	Facts struct{ Facts []Fact }

	// Picture is a PNG picture. Alt says in words what it shows; Title is a
	// caption of a few words and may be empty.
	Picture struct {
		Name, Alt, Title string
		PNG              []byte
	}

	// File is a document to be downloaded.
	File struct {
		Name, MediaType string
		Data            []byte
	}

	// Footnote is small print.
	Footnote struct{ Text string }

	// Buttons is a row of at most five buttons.
	Buttons struct{ Buttons []Button }
)

func (Heading) block()   {}
func (Paragraph) block() {}
func (Quote) block()     {}
func (Items) block()     {}
func (Facts) block()     {}
func (Picture) block()   {}
func (File) block()      {}
func (Footnote) block()  {}
func (Buttons) block()   {}

// Fact is a name with its value.
type Fact struct{ Name, Value string }

// Button is something to press. Pressing it arrives as a [Pressed] with the
// same Action, Value and Scope.
type Button struct {
	// Label is at most [MaxLabel] characters.
	Label string
	// Action is the verb, such as "submit"; Value what it is about, at most
	// [MaxValue] bytes.
	Action, Value string
	// Scope says what of several things that share a conversation the button
	// belongs to; empty where there is but one. Letters, digits, '-', '_' and '.',
	// at most [MaxScope] bytes. The platform carries it back and reads nothing into
	// it.
	Scope string `json:",omitempty"`
	// Primary marks the one button that most people want.
	Primary bool
}

// Sizes that every platform can carry; an adapter may have to split further.
const (
	// MaxLabel is the length of a button's label and of an option's label in
	// characters (Slack: 75 for a button's text).
	MaxLabel = 75
	// MaxValue is the length of a button's value in bytes (Slack: 2,000).
	MaxValue = 1000
	// MaxScope is the length of a button's and of a form's scope in bytes; with a
	// button's action it fits in an id (Slack: 255 for an action_id).
	MaxScope = 64
	// MaxTitle is the length of a form's title in characters (Slack and
	// Mattermost: 24).
	MaxTitle = 24
	// MaxState is the length of a form's state in bytes (Slack's
	// private_metadata: 3,000; a signature must fit too).
	MaxState = 2000
)

// Say returns a message that is nothing but text.
func Say(text string) Message { return Message{Text: text} }
