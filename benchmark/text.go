package benchmark

import (
	"cmp"
	"strconv"
	"time"

	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
)

// texts are what people wrote, and what is to be erased.
type texts struct {
	written      map[TextID]written
	textsWritten int // erased ones counted too
	oldestText   int // the number of the first one that may stand
	fewestMonths int // that any text was ever kept for; 0: all are kept on
	erasures     []erasure
}

// TextID is "t1", "t2", ...: a text that somebody wrote. Empty: none.
type TextID string

// written is a text, who wrote it, and the number of the event that holds it. Of one
// that is erased already the number alone is known.
type written struct {
	body string
	by   ParticipantID
	at   time.Time
	seq  uint64
	use  textUse
	keep int // months that it is kept for, the fewest that were promised since; 0: none was
}

// maxText is the length of a free text in characters.
const maxText = 3000

// Text returns what was written; empty when it has been erased.
func (t *texts) Text(id TextID) string { return t.written[id].body }

// textWritten is the only event that holds what a person wrote. Others
// refer to it, so that it can be erased alone.
type textWritten struct {
	Text TextID `json:"text"`
	Body string `json:"body"`
	// By is who wrote it first, when another gives it back; empty: who did it.
	By ParticipantID `json:"by,omitempty"`
}

var textWrittenKind = newKind[textWritten]("text.written", 1)

func (textWritten) kind() *eventKind { return textWrittenKind }

func (b textWritten) apply(n *Network, e Event) error {
	n.textsWritten++
	n.fewestMonths = fewerMonths(n.fewestMonths, n.Settings.KeepTexts)
	n.written[b.Text] = written{body: b.Body, by: cmp.Or(b.By, e.By), at: e.At, seq: e.Seq, keep: n.Settings.KeepTexts}
	return nil
}

// textErased keeps the place of a text that is out of the journal: texts are numbered
// in the order in which they were written.
func (t *texts) textErased(seq uint64) {
	t.textsWritten++
	t.written[textID(t.textsWritten)] = written{seq: seq}
}

func textID(number int) TextID { return TextID("t" + strconv.Itoa(number)) }

// writeText cleans a text, refuses one that is too long or holds a personal
// number, and adds it as an event; an empty one is no text.
func (d *decision) writeText(text, field string) (TextID, error) {
	return d.writeTextFor("", text, field)
}

// writeTextFor is writeText for what somebody else wrote first; empty for one's own.
func (d *decision) writeTextFor(by ParticipantID, text, field string) (TextID, error) {
	clean, err := d.checkText(text, maxText, field)
	if err != nil || clean == "" {
		return "", err
	}
	d.texts++
	id := textID(d.n.textsWritten + d.texts)
	d.emit(textWritten{Text: id, Body: clean, By: by})
	return id, nil
}

// rewriteText is writeText for what may be another's text as it stood before: then it
// remains theirs.
func (d *decision) rewriteText(was TextID, text, field string) (TextID, error) {
	if w := d.n.written[was]; w.body == text && text != "" && w.by != d.who.By {
		return was, nil
	}
	return d.writeText(text, field)
}

// writeRequiredText is writeText for the field "text", which must not be empty.
func (d *decision) writeRequiredText(words string) (TextID, error) {
	text, err := d.writeText(words, "text")
	if err == nil && text == "" {
		err = refuse(refusal.TextMissing).at("text")
	}
	return text, err
}

// checkText returns the text as it may be stored and shown. What may be somebody's
// number is asked about, and taken once its writer says that it is none.
func (d *decision) checkText(text string, limit int, field string) (string, error) {
	clean, err := freetext.Clean(text, limit)
	if err != nil {
		return "", refuse(refusal.TextTooLong, "Limit", limit, "Length", len([]rune(text))).at(field)
	}
	switch kind, verdict := freetext.PersonalNumber(clean); {
	case verdict == freetext.Personal:
		return "", refuse(refusal.PersonalNumber, "Kind", string(kind)).at(field)
	case verdict == freetext.Doubtful && !d.who.NoPersonalNumber:
		bad := refuse(refusal.MaybePersonalNumber, "Kind", string(kind)).at(field)
		bad.Question = true
		return "", bad
	}
	return clean, nil
}

// checkName is checkText for a name: one line, not empty.
func (d *decision) checkName(name, field string) (string, error) {
	clean, err := d.checkText(name, maxName, field)
	if err != nil {
		return "", err
	}
	if clean == "" {
		return "", refuse(refusal.NameEmpty).at(field)
	}
	return oneLine(clean), nil
}
