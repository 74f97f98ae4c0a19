package benchmark

import (
	"bytes"
	"strconv"

	"roundtable/benchmark/refusal"
)

// decodePlain reads the events that fill a journal, as [Event.Encode] writes them,
// without encoding/json: decoding takes a quarter of the time and loading a network
// less than half (BenchmarkDecode, BenchmarkFold). False: this is another
// kind of event, or not as plain as that, and encoding/json must read it.
func decodePlain(k *eventKind, data []byte, e *Event) bool {
	switch k {
	case answerGivenKind:
		return readPlain[answerGiven](data, e)
	case dutyBegunKind:
		return readPlain[dutyBegun](data, e)
	case dutyDoneKind:
		return readPlain[dutyDone](data, e)
	}
	return false
}

// plainObject is read from plain JSON key by key: readValue takes the value of one
// of its keys off the lexer, and returns false for a key that it doesn't know.
type plainObject interface {
	readValue(key []byte, l *lexer) bool
}

// plain is a pointer to a body that is a plainObject.
type plain[T Body] interface {
	*T
	plainObject
}

func readPlain[T Body, P plain[T]](data []byte, e *Event) bool {
	var c plainContent[T, P]
	l := &lexer{rest: data}
	l.object(&c)
	if l.lost || len(l.rest) > 0 {
		return false
	}
	e.By, e.Incoming, e.Body = c.By, c.Incoming, c.Body
	return true
}

// plainContent is the content of an event with a body of that type.
type plainContent[T Body, P plain[T]] struct{ content[T] }

func (c *plainContent[T, P]) readValue(key []byte, l *lexer) bool {
	switch string(key) {
	case "by":
		c.By = ParticipantID(l.text())
	case "incoming":
		c.Incoming = l.text()
	case "body":
		l.object(P(&c.Body))
	default:
		return false
	}
	return true
}

func (b *answerGiven) readValue(key []byte, l *lexer) bool {
	switch string(key) {
	case "round":
		b.Round = RoundID(l.text())
	case "organisation":
		b.Organisation = OrganisationID(l.text())
	case "indicator":
		b.Indicator = IndicatorID(l.text())
	case "answer":
		b.Answer = answerOf(l.quoted())
	case "figure":
		l.object(&b.Figure)
	case "note":
		b.Note = TextID(l.text())
	case "confirmed":
		b.Confirmed = l.truth()
	case "doubt":
		b.Doubt = refusal.Reason(l.text())
	case "reason":
		b.Reason = TextID(l.text())
	default:
		return false
	}
	return true
}

// answerOf spares a copy of the word that stands in every answer.
func answerOf(word []byte) Answer {
	if string(word) == string(Value) {
		return Value
	}
	return Answer(word)
}

func (f *Figure) readValue(key []byte, l *lexer) bool {
	switch string(key) {
	case "numerator":
		f.Numerator = l.number()
	case "denominator":
		f.Denominator = l.number()
	case "value":
		f.Value = l.number()
	case "n":
		f.N = l.number()
	case "sd":
		sd := l.number()
		f.SD = &sd
	default:
		return false
	}
	return true
}

func (b *dutyBegun) readValue(key []byte, l *lexer) bool {
	switch string(key) {
	case "key":
		b.Key = l.text()
	case "revision":
		b.Revision = l.count()
	default:
		return false
	}
	return true
}

func (b *dutyDone) readValue(key []byte, l *lexer) bool {
	switch string(key) {
	case "key":
		b.Key = l.text()
	case "revision":
		b.Revision = l.count()
	case "post":
		l.object(&b.Post)
	case "topic":
		b.Topic = TopicID(l.text())
	case "seat":
		b.Seat = SeatID(l.text())
	default:
		return false
	}
	return true
}

func (p *Post) readValue(key []byte, l *lexer) bool {
	switch string(key) {
	case "connection":
		p.Connection = l.text()
	case "channel":
		p.Channel = l.text()
	case "message":
		p.Message = l.text()
	default:
		return false
	}
	return true
}

// lexer reads the plain JSON that Encode writes: objects of strings without
// escapes, of numbers without sign or exponent, of true and false, and of objects
// again, without white space between. Whatever else stands there makes it give
// up.
type lexer struct {
	rest  []byte
	first bool // nothing of the current object has been read
	lost  bool // it gave up
}

// object reads an object.
func (l *lexer) object(o plainObject) {
	l.take('{')
	l.first = true
	for key := l.key(); key != nil; key = l.key() {
		if !o.readValue(key, l) {
			l.lost = true
			return
		}
	}
}

// key returns the next key of the object; nil at its end.
func (l *lexer) key() []byte {
	switch {
	case l.lost || len(l.rest) == 0:
		l.lost = true
		return nil
	case l.rest[0] == '}':
		l.rest, l.first = l.rest[1:], false
		return nil
	case !l.first:
		l.take(',')
	}
	l.first = false
	key := l.quoted()
	l.take(':')
	if l.lost {
		return nil
	}
	return key
}

func (l *lexer) take(c byte) {
	if l.lost || len(l.rest) == 0 || l.rest[0] != c {
		l.lost = true
		return
	}
	l.rest = l.rest[1:]
}

// quoted reads a string.
func (l *lexer) quoted() []byte {
	l.take('"')
	for k, c := range l.rest {
		switch {
		case c == '"' && !l.lost:
			s := l.rest[:k]
			l.rest = l.rest[k+1:]
			return s
		case c < ' ' || c == '\\' || c > '~':
			l.lost = true
			return nil
		}
	}
	l.lost = true
	return nil
}

func (l *lexer) text() string { return string(l.quoted()) }

// number reads a number such as 412 or 12.5.
func (l *lexer) number() float64 {
	whole, digits := l.digits()
	if l.lost || digits > 15 {
		l.lost = true
		return 0
	}
	if len(l.rest) == 0 || l.rest[0] != '.' {
		return float64(whole)
	}
	from := l.rest
	l.rest = l.rest[1:]
	for len(l.rest) > 0 && l.rest[0] >= '0' && l.rest[0] <= '9' {
		l.rest = l.rest[1:]
	}
	decimals := from[:len(from)-len(l.rest)]
	x, err := strconv.ParseFloat(strconv.Itoa(whole)+string(decimals), 64)
	if err != nil || len(decimals) < 2 {
		l.lost = true
	}
	return x
}

// count reads a whole number; key or take see what follows it.
func (l *lexer) count() int {
	n, digits := l.digits()
	if digits > 15 {
		l.lost = true
	}
	return n
}

// digits reads a whole number of at least one digit, without zeros before it.
func (l *lexer) digits() (n, digits int) {
	for len(l.rest) > digits && l.rest[digits] >= '0' && l.rest[digits] <= '9' {
		n = n*10 + int(l.rest[digits]-'0')
		digits++
	}
	if digits == 0 || (digits > 1 && l.rest[0] == '0') {
		l.lost = true
		return 0, 0
	}
	l.rest = l.rest[digits:]
	return n, digits
}

func (l *lexer) truth() bool {
	if rest, is := bytes.CutPrefix(l.rest, []byte("true")); is {
		l.rest = rest
		return true
	}
	rest, is := bytes.CutPrefix(l.rest, []byte("false"))
	l.rest, l.lost = rest, l.lost || !is
	return false
}
