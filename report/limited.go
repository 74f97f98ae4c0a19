package report

import (
	"errors"
	"io"
	"os"
)

// maxRowBytes is the longest row of a file of figures that is read: more than any text
// that is looked at, and so little that its cells take little room, however many.
const maxRowBytes = maxCleanedBytes + 64<<10

// What ends the reading of a file.
var (
	errTooLarge   = errors.New("the file is too large")
	errRowTooLong = errors.New("a row is too long")
)

// limitedReader reads a file of figures as far as one may be read: it fails with
// [errTooLarge] when there is more, and with [errRowTooLong] in a row that is too long,
// before anybody holds it.
type limitedReader struct {
	r      io.Reader
	left   int
	row    int  // bytes of the row so far
	quoted bool // within quotation marks, where a line break ends no row
}

func newLimitedReader(r io.Reader) *limitedReader { return &limitedReader{r: r, left: MaxFigureBytes} }

// isTooLarge tells whether a file is known to be too large before it is read.
func (l *limitedReader) isTooLarge() bool {
	switch r := l.r.(type) {
	case *os.File:
		info, err := r.Stat()
		return err == nil && info.Mode().IsRegular() && info.Size() > MaxFigureBytes
	case interface{ Len() int }:
		return r.Len() > MaxFigureBytes
	}
	return false
}

// Read implements [io.Reader].
func (l *limitedReader) Read(p []byte) (int, error) {
	if l.left < 0 {
		return 0, errTooLarge
	}
	if len(p) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	l.left -= n
	if l.left < 0 {
		n, err = n-1, errTooLarge
	}
	for _, b := range p[:n] {
		switch {
		case b == '"':
			l.quoted = !l.quoted
		case (b == '\n' || b == '\r') && !l.quoted:
			l.row = 0
			continue
		}
		l.row++
	}
	if l.row > maxRowBytes {
		return 0, errRowTooLong
	}
	return n, err
}
