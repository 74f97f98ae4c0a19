package benchmark

import (
	"slices"
	"strconv"
	"time"

	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
)

// texts are what people wrote, and what of it is to be erased.
type texts struct {
	written      map[TextID]written
	textsWritten int // erased ones counted too
	erasures     []erasure
}

// TextID is "t1", "t2", ...: a text that somebody wrote. Empty: none.
type TextID string

// written is a text, and the number of the event that holds it.
type written struct {
	body string
	seq  uint64
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
}

var textWrittenKind = newKind[textWritten]("text.written", 1)

func (textWritten) kind() *eventKind { return textWrittenKind }

func (b textWritten) apply(n *Network, e Event) error {
	n.textsWritten++
	n.written[b.Text] = written{b.Body, e.Seq}
	return nil
}

// writeText cleans a text, refuses one that is too long or holds a personal
// number, and adds it as an event; an empty one is no text.
func (d *decision) writeText(text, field string) (TextID, error) {
	clean, err := checkText(text, maxText, field)
	if err != nil || clean == "" {
		return "", err
	}
	d.texts++
	id := TextID("t" + strconv.Itoa(d.n.textsWritten+d.texts))
	d.emit(textWritten{Text: id, Body: clean})
	return id, nil
}

// writeRequiredText is writeText for the field "text", which must not be empty.
func (d *decision) writeRequiredText(words string) (TextID, error) {
	text, err := d.writeText(words, "text")
	if err == nil && text == "" {
		err = refuse(refusal.TextMissing).at("text")
	}
	return text, err
}

// checkText returns the text as it may be stored and shown.
func checkText(text string, limit int, field string) (string, error) {
	clean, err := freetext.Clean(text, limit)
	if err != nil {
		return "", refuse(refusal.TextTooLong, "Limit", limit, "Length", len([]rune(text))).at(field)
	}
	if kind, found := freetext.PersonalNumber(clean); found {
		return "", refuse(refusal.PersonalNumber, "Kind", string(kind)).at(field)
	}
	return clean, nil
}

// checkName is checkText for a name: one line, not empty.
func checkName(name, field string, limit int) (string, error) {
	clean, err := checkText(name, limit, field)
	if err != nil {
		return "", err
	}
	if clean == "" {
		return "", refuse(refusal.NameEmpty).at(field)
	}
	return oneLine(clean), nil
}

// erasable are the events that hold what may have to be erased.
func erasable(b Body) bool {
	switch b.(type) {
	case textWritten, identityGiven:
		return true
	}
	return false
}

// erasure is what is to be taken out of the journal.
type erasure struct {
	key   string // of the duty
	since time.Time
	seqs  []uint64
}

const erasePrefix = "erase/"

// forget takes a text out of the state, and notes the event that holds it. Of one
// that the journal holds no more there is nothing to note.
func (t *texts) forget(e Event, what string, text TextID) {
	if w, ok := t.written[text]; ok {
		delete(t.written, text)
		t.erasures = append(t.erasures, erasure{key: erasePrefix + what, since: e.At, seqs: []uint64{w.seq}})
	}
}

// erasureDone: what the duty was to erase is out of the journal, or was given up.
func (t *texts) erasureDone(key string) {
	t.erasures = slices.DeleteFunc(t.erasures, func(x erasure) bool { return x.key == key })
}

// ToErase returns the numbers of the events whose content an EraseDuty takes out
// of the journal.
func (t *texts) ToErase(d Duty) []uint64 {
	for _, x := range t.erasures {
		if x.key == d.Key {
			return slices.Clone(x.seqs)
		}
	}
	return nil
}

// eraseDuties: what was taken back, or reads otherwise now, is erased.
func (a *agenda) eraseDuties() {
	for _, x := range a.n.erasures {
		a.owe(Duty{Key: x.key, Kind: EraseDuty, NotBefore: x.since})
	}
}
