package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"roundtable/benchmark"
)

// sequence yields records, then an error if there is one.
func sequence(records []benchmark.Record, err error) iter.Seq2[benchmark.Record, error] {
	return func(yield func(benchmark.Record, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
		if err != nil {
			yield(benchmark.Record{}, err)
		}
	}
}

func collect(all iter.Seq2[benchmark.Record, error]) ([]benchmark.Record, error) {
	var records []benchmark.Record
	for r, err := range all {
		if err != nil {
			return records, err
		}
		records = append(records, r)
	}
	return records, nil
}

func TestWriteJournal(t *testing.T) {
	n := recorded(t, nil)
	n.journal[1].Data = nil // erased
	var b bytes.Buffer
	if err := WriteJournal(&b, sequence(n.journal, nil)); err != nil {
		t.Fatal(err)
	}
	checkGolden(t, "testdata/journal.jsonl", b.String())
	got, err := collect(ReadJournal("j.jsonl", &b))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(n.journal, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, r := range got {
		if _, err := benchmark.Decode(r); err != nil {
			t.Error(err)
		}
	}
}

func TestJournalRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOf(rapid.Custom(func(t *rapid.T) benchmark.Record {
			r := benchmark.Record{
				At:      time.Unix(rapid.Int64Range(-9e9, 9e9).Draw(t, "s"), rapid.Int64Range(0, 1e9-1).Draw(t, "ns")).UTC(),
				Kind:    rapid.StringN(1, 20, -1).Draw(t, "kind"),
				Version: rapid.IntRange(0, 1<<31-1).Draw(t, "version"),
			}
			if rapid.Bool().Draw(t, "kept") {
				data, err := json.Marshal(rapid.MapOf(rapid.String(), rapid.Float64()).Draw(t, "data"))
				if err != nil {
					t.Fatal(err)
				}
				r.Data = data
			}
			return r
		})).Draw(t, "records")
		for k := range want {
			want[k].Seq = uint64(k) + 1
		}
		var b bytes.Buffer
		if err := WriteJournal(&b, sequence(want, nil)); err != nil {
			t.Fatal(err)
		}
		got, err := collect(ReadJournal("j.jsonl", &b))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, append([]benchmark.Record{}, got...)); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func TestJournalErrors(t *testing.T) {
	broken := errors.New("broken")
	if err := WriteJournal(&bytes.Buffer{}, sequence(nil, broken)); !errors.Is(err, broken) {
		t.Errorf("of the sequence: %v", err)
	}
	if err := WriteJournal(failing{broken}, sequence([]benchmark.Record{{Seq: 1, Kind: "a", At: noon}}, nil)); !errors.Is(err, broken) {
		t.Errorf("of the writer: %v", err)
	}
	if err := WriteJournal(&bytes.Buffer{}, sequence([]benchmark.Record{{Seq: 7, Kind: "a", At: noon, Data: []byte("{")}}, nil)); err == nil || !strings.Contains(err.Error(), "number 7") {
		t.Errorf("of the content: %v", err)
	}
	if _, err := collect(ReadJournal("j", failing{broken})); !errors.Is(err, broken) {
		t.Errorf("of the reader: %v", err)
	}
	const first = `{"seq":1,"at":"2026-11-01T12:00:00Z","kind":"a","version":1,"data":{}}` + "\n"
	for name, tt := range map[string]struct{ file, want string }{
		"gap":       {first + strings.ReplaceAll(first, `"seq":1`, `"seq":3`), "j.jsonl:2: this is not an exported journal: its number is 3, and 2 was to come"},
		"not first": {strings.ReplaceAll(first, `"seq":1`, `"seq":2`), "j.jsonl:1: this is not an exported journal: its number is 2, and 1 was to come"},
		"no JSON":   {first + "hello\n", "j.jsonl:2: this is not an exported journal: cannot read JSON"},
		"cut":       {first + first[:30], "j.jsonl:2: this is not an exported journal: cannot read JSON"},
		"two":       {strings.TrimSpace(first) + first, "something follows the record"},
		"unknown":   {strings.ReplaceAll(first, `"kind"`, `"sort":1,"kind"`), `unknown field "sort"`},
		"year":      {strings.ReplaceAll(first, "2026-11-01T12:00:00Z", "9999-12-31T23:59:59-23:59"), "its year"},
		"no kind":   {strings.ReplaceAll(first, `"kind":"a",`, ""), "a record has seq, at, kind and version"},
		"no data":   {strings.ReplaceAll(first, `,"data":{}`, ""), "a record has data, or null"},
		"negative":  {strings.ReplaceAll(first, `"seq":1`, `"seq":-1`), "cannot read JSON"},
		"long":      {first + strings.Repeat("x", maxLineBytes+1), "the line after number 1 is longer than any record"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := collect(ReadJournal("j.jsonl", strings.NewReader(tt.file)))
			if !errors.Is(err, ErrNotAJournal) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestReadJournalStops(t *testing.T) {
	var b bytes.Buffer
	if err := WriteJournal(&b, sequence(recorded(t, nil).journal, nil)); err != nil {
		t.Fatal(err)
	}
	for r, err := range ReadJournal("j", &b) {
		if err != nil || r.Seq != 1 {
			t.Errorf("%v, %v", r, err)
		}
		break
	}
}

func FuzzReadJournal(f *testing.F) {
	f.Add([]byte(`{"seq":1,"at":"2026-11-01T12:00:00.5+01:00","kind":"a","version":1,"data":{"a": "<"}}` + "\n"))
	f.Add([]byte(`{"seq":1,"at":"2026-11-01T12:00:00Z","kind":"a","version":1,"data":null}` + "\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		records, err := collect(ReadJournal("j", bytes.NewReader(data)))
		if err != nil && !errors.Is(err, ErrNotAJournal) {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := WriteJournal(&b, sequence(records, nil)); err != nil {
			t.Fatal(err)
		}
		again, err := collect(ReadJournal("j", &b))
		if diff := cmp.Diff(records, again); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
	})
}
