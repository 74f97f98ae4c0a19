package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"roundtable/benchmark"
)

// line is a record as a line of JSON.
type line struct {
	Seq     uint64          `json:"seq"`
	At      time.Time       `json:"at"`
	Kind    string          `json:"kind"`
	Version int             `json:"version"`
	Data    json.RawMessage `json:"data"` // null: erased
}

// maxLineBytes is more than any record of a journal needs: 16 MiB of content.
const maxLineBytes = 16<<20 + 1<<10

// WriteJournal writes records as JSON lines, one object a record: its seq, at
// (UTC), kind, version and data, which is null once it has been erased. It holds
// all that a journal holds: names, texts and figures, whoever may see them.
//
// The first error of the sequence, or of w, ends the writing and is returned.
func WriteJournal(w io.Writer, records iter.Seq2[benchmark.Record, error]) error {
	b := bufio.NewWriter(w)
	encoder := json.NewEncoder(b)
	encoder.SetEscapeHTML(false) // keeps the content as it was
	for r, err := range records {
		if err != nil {
			return fmt.Errorf("write journal: %w", err)
		}
		l := line{Seq: r.Seq, At: r.At.UTC(), Kind: r.Kind, Version: r.Version, Data: r.Data}
		if err := encoder.Encode(l); err != nil {
			return fmt.Errorf("write journal: number %d: %w", r.Seq, err)
		}
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	return nil
}

// ErrNotAJournal says that a file holds something else than records in order.
var ErrNotAJournal = errors.New("this is not an exported journal")

// ReadJournal yields the records that [WriteJournal] wrote; name is what
// messages call the file. The numbers must count 1, 2, 3 ... without gaps, so
// that a file that was cut, joined or sorted is noticed, except at its end. What
// the records mean is not looked at: [benchmark.Decode] does that. Data is JSON
// without white space between its parts.
//
// The sequence ends at the first error, an [ErrNotAJournal] with the line or one
// of r, which comes with a zero record. It can be read once.
func ReadJournal(name string, r io.Reader) iter.Seq2[benchmark.Record, error] {
	return func(yield func(benchmark.Record, error) bool) {
		lines := bufio.NewScanner(r)
		lines.Buffer(nil, maxLineBytes)
		var last uint64
		for number := 1; lines.Scan(); number++ {
			record, err := readLine(lines.Bytes())
			if err == nil && record.Seq != last+1 {
				err = fmt.Errorf("its number is %d, and %d was to come", record.Seq, last+1)
			}
			if err != nil {
				yield(benchmark.Record{}, fmt.Errorf("%s:%d: %w: %w", name, number, ErrNotAJournal, err))
				return
			}
			last = record.Seq
			if !yield(record, nil) {
				return
			}
		}
		switch err := lines.Err(); {
		case errors.Is(err, bufio.ErrTooLong):
			yield(benchmark.Record{}, fmt.Errorf("%s: %w: the line after number %d is longer than any record", name, ErrNotAJournal, last))
		case err != nil:
			yield(benchmark.Record{}, fmt.Errorf("read journal %s: %w", name, err))
		}
	}
}

func readLine(text []byte) (benchmark.Record, error) {
	var l line
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&l); err != nil {
		return benchmark.Record{}, fmt.Errorf("cannot read JSON: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return benchmark.Record{}, errors.New("something follows the record")
	}
	at := l.At.UTC()
	switch {
	case at.Year() < 1 || at.Year() > 9999:
		return benchmark.Record{}, errors.New("its year is not one that can be written")
	case l.Kind == "" || at.IsZero() || l.Version < 0:
		return benchmark.Record{}, errors.New("a record has seq, at, kind and version")
	case l.Data == nil:
		return benchmark.Record{}, errors.New("a record has data, or null where it was erased")
	}
	record := benchmark.Record{Seq: l.Seq, At: at, Kind: l.Kind, Version: l.Version}
	if string(l.Data) != "null" {
		var data bytes.Buffer
		if err := json.Compact(&data, l.Data); err != nil {
			return benchmark.Record{}, fmt.Errorf("cannot read JSON: %w", err)
		}
		record.Data = data.Bytes()
	}
	return record, nil
}
