package benchmark

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Trace is one event of a journal that is by a person or about them, as they may
// read it.
type Trace struct {
	Number uint64    `json:"number"`
	At     time.Time `json:"at"`
	// Kind is what the event is called in the journal.
	Kind string `json:"kind"`
	// Mine: the person did it. Else it is about them, by another or the bot.
	Mine bool `json:"by_you,omitempty"`
	// As says what the words of a text.written are: "remark", "note" ... "other"; empty
	// for all other events.
	As string `json:"as,omitempty"`
	// Others: it is an answer of an organisation that the person wasn't of, read from a file
	// perhaps. Its figure isn't told.
	Others bool `json:"of_another_organisation,omitempty"`
	// Content is what the journal holds of it, without letters and what is others'.
	Content json.RawMessage `json:"content"`
}

// Traces returns the events that are by one of the participants or about one, in
// order, out of those of a journal. What others wrote is not among them, and who
// others are isn't told. Events that were erased have nobody and say nothing. The error
// is the journal's.
func Traces(of []ParticipantID, journal iter.Seq2[Event, error]) ([]Trace, error) {
	add, all := TracesSoFar(of)
	for e, err := range journal {
		if err == nil {
			err = add(e)
		}
		if err != nil {
			return nil, err
		}
	}
	return all(), nil
}

// TracesSoFar is Traces for a journal that goes on: add takes its events, in order, and
// all returns what is to be found in those so far. Neither is safe for concurrent use.
func TracesSoFar(of []ParticipantID) (add func(Event) error, all func() []Trace) {
	t := &tracing{of: slices.Clone(of), in: map[OrganisationID]bool{}, as: map[TextID]string{}, texts: map[TextID]int{}, kinds: map[IndicatorID]Kind{}}
	return t.add, t.all
}

// tracing is the traces of somebody found so far.
type tracing struct {
	of     []ParticipantID
	in     map[OrganisationID]bool // what they were of
	traces []Trace
	as     map[TextID]string // what texts are that they may have written
	texts  map[TextID]int    // where they are among the traces
	kinds  map[IndicatorID]Kind
}

func (t *tracing) add(e Event) error {
	t.follow(e.Body)
	mine := t.isOne(e.By)
	for text, kind := range t.textsOf(e.Body) {
		if t.as[text] == "" {
			t.as[text] = kind
		}
	}
	written, isText := e.Body.(textWritten)
	if isText && written.By != "" { // given back by another
		mine = t.isOne(written.By)
	}
	switch {
	case isText && mine:
		t.texts[written.Text] = len(t.traces)
	case isText, !mine && !isAbout(e.Body, t.of):
		return nil
	}
	own := t.isOwn(e.Body)
	given, _ := e.Body.(answerGiven)
	content, err := contentOf(e.Body, own, t.kinds[given.Indicator])
	if err != nil {
		return fmt.Errorf("trace of event %d: %w", e.Seq, err)
	}
	t.traces = append(t.traces, Trace{Number: e.Seq, At: e.At, Kind: e.Kind(), Mine: mine, Others: !own, Content: content})
	return nil
}

func (t *tracing) isOne(p ParticipantID) bool { return slices.Contains(t.of, p) }

func (t *tracing) all() []Trace {
	all := slices.Clone(t.traces)
	for text, k := range t.texts {
		all[k].As = cmp.Or(t.as[text], "other")
	}
	return all
}

// isAbout says whether an event names one of the participants, in a field that is there
// for one or as the person that a duty is for.
func isAbout(b Body, of []ParticipantID) bool {
	switch b := b.(type) {
	case dutyBegun:
		return isForOne(b.Key, of)
	case dutyDone:
		return b.Seat == "" && slices.ContainsFunc(append(slices.Clip(b.With), b.Key), func(key string) bool { return isForOne(key, of) })
	case dutyDropped:
		return isForOne(b.Key, of)
	}
	return namesOne(reflect.ValueOf(b), of)
}

// isForOne says whether a duty's key has one of the participants as a part. What
// else a key is made of could be called so, too, but for the kinds that stand at
// seats.
func isForOne(key string, of []ParticipantID) bool {
	kind, rest, _ := strings.Cut(key, "/")
	if isOneOf(kind+"/", comparisonPrefix, detailPrefix, "question/", relayPrefix) {
		return false
	}
	return slices.ContainsFunc(strings.Split(rest, "/"), func(part string) bool { return slices.Contains(of, ParticipantID(part)) })
}

// namesOne looks into every field for a participant.
func namesOne(v reflect.Value, of []ParticipantID) bool {
	switch v.Kind() {
	case reflect.String:
		return v.Type() == reflect.TypeFor[ParticipantID]() && slices.Contains(of, ParticipantID(v.String()))
	case reflect.Struct:
		for _, field := range v.Fields() {
			if namesOne(field, of) {
				return true
			}
		}
	case reflect.Slice:
		for k := range v.Len() {
			if namesOne(v.Index(k), of) {
				return true
			}
		}
	default:
	}
	return false
}

// textsOf are the texts that an event refers to, with what each is there.
func (t *tracing) textsOf(b Body) map[TextID]string {
	switch b := b.(type) {
	case answerGiven:
		note := "note"
		switch {
		case b.Answer == DoesNotFit:
			note = "misfit"
		case b.Answer == Value && t.kinds[b.Indicator] == Text:
			note = "practice"
		}
		return map[TextID]string{b.Note: note, b.Reason: "reason"}
	case contributionMade:
		return map[TextID]string{b.Text: string(b.Manner)}
	case contributionRevised:
		return map[TextID]string{b.Text: string(Remark)}
	case reflectionMade:
		if b.Shared {
			return map[TextID]string{b.Text: string(ReflectionShared)}
		}
		return map[TextID]string{b.Text: "private-reflection"}
	case learningNoticed:
		return map[TextID]string{b.Text: "learning"}
	case commitmentMade:
		return map[TextID]string{b.Text: string(CommitmentAnnounced)}
	case roundReopened:
		return map[TextID]string{b.Reason: "reason"}
	}
	return nil
}
