package report

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"roundtable/mistake"
)

// table is a CSV file being read, row by row.
type table struct {
	*mistakes
	csv      *csv.Reader
	before   int // lines before the one that the CSV reader calls 1
	comments int // lines that begin with #
	cells    []string
	names    []string // of the columns, once the header is read
}

// sniffBytes is how much of a file is looked at to detect its encoding and line
// ends.
const sniffBytes = 64 << 10

// readAll returns a file of figures as far as one may be read; what is wrong with it
// is among the mistakes, and then ok is false. Errors are those of r.
func readAll(r io.Reader, c *mistakes) (data []byte, ok bool, err error) {
	limited := newLimitedReader(r)
	if limited.isTooLarge() {
		c.tell(mistake.Place{}, "figures.too-large")
		return nil, false, nil
	}
	var held bytes.Buffer
	switch _, err := held.ReadFrom(limited); {
	case errors.Is(err, errTooLarge):
		c.tell(mistake.Place{}, "figures.too-large")
		return nil, false, nil
	case errors.Is(err, errRowTooLong):
		c.tell(mistake.Place{}, "figures.row-too-long")
		return nil, false, nil
	case err != nil:
		return nil, false, err
	}
	return held.Bytes(), true, nil
}

// openTable returns the table at its first line, or nil when what is wrong is
// among the mistakes.
func openTable(data []byte, c *mistakes) *table {
	start := data[:min(len(data), sniffBytes)]
	switch {
	case bytes.HasPrefix(start, []byte("PK\x03\x04")), bytes.HasPrefix(start, []byte("\xd0\xcf\x11\xe0")):
		c.tell(mistake.Place{}, "figures.workbook")
		return nil
	}
	data, readable := toUTF8(data)
	if !readable {
		c.tell(mistake.Place{}, "figures.utf16")
		return nil
	}
	t := &table{mistakes: c}
	start = data[:min(len(data), sniffBytes)]
	if bytes.IndexByte(start, '\r') >= 0 && bytes.IndexByte(start, '\n') < 0 {
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n")) // as old Macs end lines
	}
	data, t.comments = withoutComments(data)
	first, rest := firstLine(data)
	comma := delimiter(string(first))
	if m := separatorLine.FindSubmatch(first); m != nil { // as Excel has it
		comma = rune(m[1][0])
		t.before = bytes.Count(data, []byte("\n")) - bytes.Count(rest, []byte("\n"))
		data = rest
	}
	t.csv = csv.NewReader(bytes.NewReader(data))
	t.csv.Comma = comma
	t.csv.FieldsPerRecord = -1
	t.csv.ReuseRecord = true
	return t
}

// separatorLine says what columns are kept apart by; a spreadsheet that saved it
// again put quotation marks around it, or delimiters after it.
var separatorLine = regexp.MustCompile(`^"?(?i:sep)=([,;\t|])"?[,;\t|" \r]*$`)

// firstLine returns the first line that isn't blank, and what follows it.
func firstLine(data []byte) (first, rest []byte) {
	for rest = data; len(rest) > 0; {
		first, rest, _ = bytes.Cut(rest, []byte("\n"))
		if len(bytes.TrimSpace(first)) > 0 {
			return bytes.TrimRight(first, "\r"), rest
		}
	}
	return nil, nil
}

// withoutComments returns the data with the lines that begin with # made blank, but
// for those within quotation marks, and how many there were.
func withoutComments(data []byte) (kept []byte, comments int) {
	kept, quoted, begins := data, false, true
	for k := 0; k < len(kept); k++ {
		switch b := kept[k]; {
		case b == '#' && begins && !quoted:
			if comments == 0 {
				kept = bytes.Clone(data)
			}
			comments++
			end := bytes.IndexByte(kept[k:], '\n')
			if end < 0 {
				end = len(kept) - k
			}
			for ; end > 0; end, k = end-1, k+1 {
				kept[k] = ' '
			}
			k--
		case b == '"':
			quoted, begins = !quoted, false
		default:
			begins = b == '\n'
		}
	}
	return kept, comments
}

// delimiter returns what the columns of the first line are kept apart by.
func delimiter(first string) rune {
	best, most := ',', 0
	for _, d := range []rune{',', ';', '\t', '|'} {
		if n := strings.Count(first, string(d)); n > most {
			best, most = d, n
		}
	}
	return best
}

// next reads the next row that holds something. It returns false at the end of
// the file, or where nothing more can be read.
func (t *table) next() bool {
	for {
		cells, err := t.csv.Read()
		parse, isParse := errors.AsType[*csv.ParseError](err)
		switch {
		case isParse:
			t.addCSVMistake(parse)
			continue
		case err != nil: // the end: it is read from memory
			return false
		}
		t.cells = cells
		for k, cell := range cells {
			if !utf8.ValidString(cell) {
				t.tell(t.place(k), "figures.not-utf8")
				return false
			}
		}
		if strings.TrimSpace(strings.Join(cells, "")) != "" {
			return true
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
		t.tell(at, "figures.quote")
		return
	}
	t.tell(at, "figures.row-unread", "Why", err.Err.Error())
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
