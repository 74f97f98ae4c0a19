package benchmark

import (
	"bytes"
	"strconv"
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

// plain is a pointer to a body that reads itself from plain JSON. At a key that it
// doesn't know it makes the lexer give up.
type plain[T Body] interface {
	*T
	read(l *lexer)
}

func readPlain[T Body, P plain[T]](data []byte, e *Event) bool {
	var c content[T]
	l := &lexer{rest: data}
	l.object(func(key []byte) {
		switch string(key) {
		case "by":
			c.By = ParticipantID(l.text())
		case "incoming":
			c.Incoming = l.text()
		case "body":
			P(&c.Body).read(l)
		default:
			l.lost = true
		}
	})
	if l.lost || len(l.rest) > 0 {
		return false
	}
	e.By, e.Incoming, e.Body = c.By, c.Incoming, c.Body
	return true
}

func (b *answerGiven) read(l *lexer) {
	l.object(func(key []byte) {
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
			b.Figure.read(l)
		case "note":
			b.Note = TextID(l.text())
		case "confirmed":
			b.Confirmed = l.truth()
		case "reason":
			b.Reason = TextID(l.text())
		default:
			l.lost = true
		}
	})
}

// answerOf spares a copy of the word that stands in every answer.
func answerOf(word []byte) Answer {
	if string(word) == string(Value) {
		return Value
	}
	return Answer(word)
}

func (f *Figure) read(l *lexer) {
	l.object(func(key []byte) {
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
			l.lost = true
		}
	})
}

func (b *dutyBegun) read(l *lexer) {
	l.object(func(key []byte) {
		switch string(key) {
		case "key":
			b.Key = l.text()
		case "revision":
			b.Revision = l.count()
		default:
			l.lost = true
		}
	})
}

func (b *dutyDone) read(l *lexer) {
	l.object(func(key []byte) {
		switch string(key) {
		case "key":
			b.Key = l.text()
		case "revision":
			b.Revision = l.count()
		case "post":
			b.Post.read(l)
		case "topic":
			b.Topic = TopicID(l.text())
		case "seat":
			b.Seat = SeatID(l.text())
		default:
			l.lost = true
		}
	})
}

func (p *Post) read(l *lexer) {
	l.object(func(key []byte) {
		switch string(key) {
		case "connection":
			p.Connection = l.text()
		case "channel":
			p.Channel = l.text()
		case "message":
			p.Message = l.text()
		default:
			l.lost = true
		}
	})
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

// object reads an object; field reads the value of a key.
func (l *lexer) object(field func(key []byte)) {
	l.take('{')
	l.first = true
	for key := l.key(); key != nil; key = l.key() {
		field(key)
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
