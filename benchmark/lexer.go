package benchmark

import (
	"bytes"
	"strconv"
)

// lexer reads the plain JSON that Encode writes: objects of strings without
// escapes, of numbers without sign or exponent, of true and false, and of objects
// again, without white space between. Whatever else stands there makes it give
// up, and encoding/json reads the record instead, ten times as slowly. The kinds
// that fill a journal are read so.
type lexer struct {
	rest  []byte
	first bool // nothing of the current object has been read
	lost  bool // it gave up
}

// open enters an object.
func (l *lexer) open() {
	l.take('{')
	l.first = true
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
