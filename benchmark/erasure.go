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

// written is a text, and the number of the event that holds it.
type written struct {
	body string
	seq  uint64
}

// erasure is what is to be taken out of the journal.
type erasure struct {
	key   string // of the duty
	since time.Time
	seqs  []uint64
}

// Text returns what was written; empty when it has been erased.
func (t *texts) Text(id TextID) string { return t.written[id].body }

const erasePrefix = "erase/"

// forget takes a text out of the state, and notes the event that holds it. Of one
// that the journal holds no more there is nothing to note.
func (t *texts) forget(e Event, what string, text TextID) {
	if w, ok := t.written[text]; ok {
		delete(t.written, text)
		t.erasures = append(t.erasures, erasure{key: erasePrefix + what, since: e.At, seqs: []uint64{w.seq}})
	}
}

// forgotten: what a duty was to erase is out of the journal, or is given up.
func (t *texts) forgotten(key string) {
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

// erasing: what was taken back, or reads otherwise now, is erased.
func (w *watch) erasing() {
	for _, x := range w.n.erasures {
		w.owe(Duty{Key: x.key, Kind: EraseDuty, NotBefore: x.since})
	}
}

// maxText is the length of a free text in characters.
const maxText = 3000

// writes cleans a text, refuses one that is too long or holds a personal
// number, and adds it as an event; an empty one is no text.
func (d *decision) writes(text, field string) (TextID, error) {
	clean, err := checkText(text, maxText, field)
	if err != nil || clean == "" {
		return "", err
	}
	d.texts++
	id := TextID("t" + strconv.Itoa(d.n.textsWritten+d.texts))
	d.happens(textWritten{Text: id, Body: clean})
	return id, nil
}

// writesSome is writes for a text that must not be empty.
func (d *decision) writesSome(words, field string) (TextID, error) {
	text, err := d.writes(words, field)
	if err == nil && text == "" {
		err = refuse(refusal.TextMissing).at(field)
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
