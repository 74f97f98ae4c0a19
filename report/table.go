package report

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"roundtable/mistake"
)

// table is a CSV file being read, row by row.
type table struct {
	*mistakes
	csv    *csv.Reader
	before int // lines before the one that the CSV reader calls 1
	cells  []string
	names  []string // of the columns, once the header is read
}

// sniffBytes is how much of a file is read ahead to detect its encoding, line
// ends and delimiter.
const sniffBytes = 64 << 10

// openTable returns the table at its first line, or nil when what is wrong is
// among the mistakes. Errors are those of r.
func openTable(r io.Reader, c *mistakes) (*table, error) {
	limited := newLimitedReader(r)
	if limited.isTooLarge() {
		c.addTooLarge()
		return nil, nil
	}
	b := bufio.NewReaderSize(limited, sniffBytes)
	start, err := b.Peek(sniffBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	const save = "save it as CSV UTF-8 (in Excel: Save as, CSV UTF-8)"
	switch {
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0")):
		c.add(mistake.Place{}, "this is a workbook, not CSV", save)
		return nil, nil
	case bytes.HasPrefix(start, []byte("\xff\xfe")), bytes.HasPrefix(start, []byte("\xfe\xff")):
		c.add(mistake.Place{}, "this is UTF-16", save)
		return nil, nil
	}
	t := &table{mistakes: c}
	if mark := []byte("\ufeff"); bytes.HasPrefix(start, mark) {
		start = start[len(mark):]
		_, _ = b.Discard(len(mark))
	}
	var source io.Reader = b
	if bytes.IndexByte(start, '\r') >= 0 && bytes.IndexByte(start, '\n') < 0 {
		source = crReader{b}
		start = bytes.ReplaceAll(start, []byte("\r"), []byte("\n"))
	}
	first, _, _ := bytes.Cut(start, []byte("\n"))
	comma := delimiter(string(first))
	if said, ok := strings.CutPrefix(strings.TrimSpace(string(first)), "sep="); ok && len(said) == 1 && strings.Contains(",;\t", said) {
		comma, t.before = rune(said[0]), 1 // as Excel has it
		if _, err := io.ReadFull(source, make([]byte, len(first)+1)); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, err
		}
	}
	t.csv = csv.NewReader(source)
	t.csv.Comma = comma
	t.csv.FieldsPerRecord = -1
	t.csv.ReuseRecord = true
	return t, nil
}

// delimiter returns what the columns of the first line are kept apart by.
func delimiter(first string) rune {
	best, most := ',', 0
	for _, d := range []rune{',', ';', '\t'} {
		if n := strings.Count(first, string(d)); n > most {
			best, most = d, n
		}
	}
	return best
}

// next reads the next row that holds something. It returns false at the end of
// the file, or where nothing more can be read.
func (t *table) next() (bool, error) {
	for {
		cells, err := t.csv.Read()
		switch parse, isParse := errors.AsType[*csv.ParseError](err); {
		case errors.Is(err, io.EOF):
			return false, nil
		case errors.Is(err, errTooLarge):
			t.addTooLarge()
			return false, nil
		case errors.Is(err, errRowTooLong):
			t.add(mistake.Place{}, "a row has more than 1 MB", `is a quotation mark (") without its second, or is it another kind of file?`)
			return false, nil
		case isParse:
			t.addCSVMistake(parse)
			continue
		case err != nil:
			return false, err
		}
		t.cells = cells
		for k, cell := range cells {
			if !utf8.ValidString(cell) {
				t.add(t.place(k), "the letters are not UTF-8", "save the file as CSV UTF-8 (in Excel: Save as, CSV UTF-8)")
				return false, nil
			}
		}
		if strings.TrimSpace(strings.Join(cells, "")) != "" {
			return true, nil
		}
	}
}

// addCSVMistake notes a mistake in the form of a row; the next one can be read.
func (t *table) addCSVMistake(err *csv.ParseError) {
	at := mistake.Place{Line: err.Line + t.before, Column: err.Column}
	if errors.Is(err.Err, csv.ErrBareQuote) || errors.Is(err.Err, csv.ErrQuote) {
		at.Line = err.StartLine + t.before
		if err.Line != err.StartLine {
			at.Column = 0
		}
		t.add(at, `a quotation mark (") is out of place`, `write it twice ("") within a text that is in quotation marks, and close that text`)
		return
	}
	t.add(at, "the row can't be read: "+err.Err.Error(), "")
}

// line returns where the row begins.
func (t *table) line() int {
	line, _ := t.csv.FieldPos(0)
	return line + t.before
}

// place returns where a cell of the row is.
func (t *table) place(k int) mistake.Place {
	line, column := t.csv.FieldPos(k)
	at := mistake.Place{Line: line + t.before, Column: column}
	if k < len(t.names) {
		at.Subject = t.names[k]
	}
	return at
}

// crReader turns the lone carriage returns of old Macs into line feeds.
type crReader struct{ r io.Reader }

func (c crReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	for i, b := range p[:n] {
		if b == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}
