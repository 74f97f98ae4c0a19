package benchmark

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// contentTag is the tag of a field of an event that not everybody may read whom the event
// names, or who did it: with never nobody does, with own those who were of the organisation
// that it is about. A letter, or what letters are made from, is never told: who set the network
// up, read figures from a file or closed a round knows no more of others for that.
const contentTag = "trace"

const (
	neverTold    = "never"
	toldToOwn    = "own"
	forEverybody = ""
)

// contentOf is an event as the journal holds it, without what isn't told, and with what the
// journal leaves out as it goes without saying there: that somebody said no, and a nought.
func contentOf(b Body, own bool, kind Kind) (json.RawMessage, error) {
	v := reflect.ValueOf(b)
	given, isAnswer := b.(answerGiven)
	var told []reflect.StructField
	var values []reflect.Value
	changed := false
	for field, value := range v.Fields() {
		if tag := field.Tag.Get(contentTag); tag != forEverybody && (tag != toldToOwn || !own) {
			changed = true
			continue
		}
		switch {
		case field.Type.Kind() == reflect.Bool:
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			field.Tag, changed = reflect.StructTag(`json:"`+name+`"`), true
		case isAnswer && field.Type == reflect.TypeFor[Figure]():
			field.Type, changed = reflect.TypeFor[map[string]any](), true
			value = reflect.ValueOf(given.Figure.told(given.Answer, kind))
		}
		told, values = append(told, field), append(values, value)
	}
	if changed {
		v = reflect.New(reflect.StructOf(told)).Elem()
		for k, value := range values {
			v.Field(k).Set(value)
		}
	}
	content, err := json.Marshal(v.Interface())
	if err != nil {
		return nil, fmt.Errorf("content: %w", err)
	}
	return content, nil
}

// told is a figure with all that was given of it, noughts too; none where the answer is another
// than a value.
func (f Figure) told(a Answer, kind Kind) map[string]any {
	all := map[string]any{}
	switch {
	case a != Value || kind == Text:
	case kind == YesNo:
		all["value"], all["yes"] = f.Value, f.Value != 0
	case f.Denominator != 0:
		all["numerator"], all["denominator"] = f.Numerator, f.Denominator
	default:
		all["value"] = f.Value
	}
	if f.N != 0 {
		all["n"] = f.N
	}
	if f.SD != nil {
		all["sd"] = *f.SD
	}
	return all
}

// isOwn says whether an event is about no organisation, or about one that the person was of.
func (t *tracing) isOwn(b Body) bool {
	switch b := b.(type) {
	case answerGiven:
		return t.in[b.Organisation]
	case predictionMade:
		return t.in[b.Organisation]
	}
	return true
}

// follow notes of which organisations the person was.
func (t *tracing) follow(b Body) {
	switch b := b.(type) {
	case participantJoined:
		if t.isOne(b.Participant) {
			t.in[b.Organisation] = true
		}
	case templateAdopted:
		for _, i := range b.Template.Indicators {
			t.kinds[i.ID] = i.Kind
		}
	case organisationMerged:
		t.in[b.Into] = t.in[b.Into] || t.in[b.Organisation]
	}
}
