package chat

// Form is a dialog with fields, opened in answer to a command or a button and
// sent back as a [Filled].
type Form struct {
	// Name is the verb that gets the answer, such as "submit".
	Name string
	// Title is at most [MaxTitle] characters; Submit labels the button that
	// sends.
	Title, Submit string
	// Intro is shown above the fields; may be empty.
	Intro string
	// Fields are asked in order. An adapter splits them over pages by Section
	// where its platform takes fewer.
	Fields []Field
	// State travels with the form and comes back unchanged, at most [MaxState]
	// bytes. It must not be trusted to be secret.
	State string
	// Scope says what the form belongs to, as that of a [Button] does; it comes
	// back unchanged, too.
	Scope string `json:",omitempty"`
	// Error is a mistake that belongs to no single field; may be empty.
	Error string
}

// FieldKind is the kind of a form's field.
type FieldKind int

// The kinds of fields.
const (
	Line   FieldKind = iota // one line of text
	Area                    // several lines of text
	Choice                  // one of Options
	Check                   // yes or no: "yes" or ""
)

// Field is one question of a form.
type Field struct {
	// Name is unique in the form: letters, digits, '-', '_' and '.'.
	Name string
	Kind FieldKind
	// Label is what is asked, at most 75 characters; Help says more, at most
	// [MaxHelp].
	Label, Help string
	// Value is what the field holds when the form opens: for a Choice the
	// value of an option.
	Value       string
	Placeholder string
	Options     []Option
	Optional    bool
	// MaxLength of a Line or Area in characters; 0 for 3,000.
	MaxLength int
	// Section groups fields under a heading; may be empty.
	Section string
	// Error says what was wrong with the value; the form is shown again with
	// it and with what was typed. Empty when nothing is.
	Error string
}

// Option is one choice: Label is read, Value comes back.
type Option struct{ Label, Value string }
