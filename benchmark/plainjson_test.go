package benchmark

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What the lexer reads, encoding/json reads too, and the same.
func FuzzPlain(f *testing.F) {
	sd := 1.5
	for _, body := range []Body{
		AnswerGiven{Round: "2026-Q4", Organisation: "o1", Indicator: "falls", Answer: Value, Figure: Figure{Numerator: 3, Denominator: 412}, Note: "t1", Confirmed: true, Reason: "t2"},
		AnswerGiven{Answer: NotMeasured, Figure: Figure{Value: 12.25, N: 30, SD: &sd}},
		AnswerGiven{Figure: Figure{Value: -1e21}},
		DutyBegun{Key: "opening/2026-Q4/s1", Revision: 2},
		DutyDone{Key: "opening/2026-Q4/s1", Revision: 2, Post: Post{"play", "c1", "m1"}, Topic: "round/2026-Q4", Seat: "s1"},
		DutyDone{Key: "<é>", Revision: 1},
	} {
		r, err := Event{By: "p1", Incoming: "x", Body: body}.Encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(r.Data)
	}
	for _, odd := range []string{
		``, `{}`, `{"body":{}}`, `{"body":{"revision":07}}`, `{"body":{"revision":1.0}}`, `{"body":{"revision":1}}{`, `{,"by":"p1"}`, `{"by":"p1",}`,
		`{"by":null}`, `{"by":"p1","by":"p2"}`, `{"By":"p1"}`, `{"other":1}`, `{"body":{"figure":{"value":1.}}}`, `{"body":{"figure":{"value":.5}}}`,
		`{"body":{"figure":{"value":1},"figure":{"n":2,"sd":3,"sd":4}}}`, `{"body":{"confirmed":tru}}`, ` {"by":"p1"}`, `{"by":"\u0041"}`, `{"by`, `{"body":[]}`,
		`{"body":{"figure":{"value":1234567890123456789}}}`, `{"body":{"confirmed":false,"figure":{"value":0.1}}}`,
	} {
		f.Add([]byte(odd))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		agree[AnswerGiven](t, data)
		agree[DutyBegun](t, data)
		agree[DutyDone](t, data)
	})
}

func agree[T Body, P plain[T]](t *testing.T, data []byte) {
	var got, want Event
	if !readPlain[T, P](data, &got) {
		return
	}
	if err := decodeJSON[T](data, &want); err != nil {
		t.Fatalf("%q is read as %+v, though %v", data, got, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%q (-json +plain):\n%s", data, diff)
	}
}

// What Encode writes of the commonest events is plain.
func TestCommonEventsArePlain(t *testing.T) {
	for _, body := range []Body{
		AnswerGiven{Round: "2026-Q4", Organisation: "o1", Indicator: "falls", Answer: Value, Figure: Figure{Numerator: 3, Denominator: 412.5}, Note: "t1", Confirmed: true, Reason: "t2"},
		DutyBegun{Key: "opening/2026-Q4/s1", Revision: 2},
		DutyDone{Key: "opening/2026-Q4/s1", Revision: 2, Post: Post{"play", "c1", "m1"}, Topic: "round/2026-Q4", Seat: "s1"},
	} {
		r, err := Event{By: "p1", Incoming: "Ev0PV52K21", Body: body}.Encode()
		if err != nil {
			t.Fatal(err)
		}
		var e Event
		read := false
		switch body.(type) {
		case AnswerGiven:
			read = readPlain[AnswerGiven](r.Data, &e)
		case DutyBegun:
			read = readPlain[DutyBegun](r.Data, &e)
		case DutyDone:
			read = readPlain[DutyDone](r.Data, &e)
		}
		if diff := cmp.Diff(body, e.Body); !read || diff != "" {
			t.Errorf("%s: read %v, %s", r.Data, read, diff)
		}
	}
}
