package benchmark

import (
	"encoding/json"
	"fmt"
	"reflect"
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

// contentOf is an event as the journal holds it, without what isn't told.
func contentOf(b Body, own bool) (json.RawMessage, error) {
	v := reflect.ValueOf(b)
	var told []reflect.StructField
	var values []reflect.Value
	for field, value := range v.Fields() {
		if tag := field.Tag.Get(contentTag); tag == forEverybody || tag == toldToOwn && own {
			told, values = append(told, field), append(values, value)
		}
	}
	if len(told) < v.NumField() {
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
	case organisationMerged:
		t.in[b.Into] = t.in[b.Into] || t.in[b.Organisation]
	}
}
