package benchmark

import (
	"fmt"
	"iter"
)

// WithoutErasedProfessions yields records of a journal, but without the professions of
// people who are erased. Journals of earlier versions hold them in the event by which
// somebody joined, whose content says where they belong, too, and can't be taken out. The
// records are read twice; errors are those of the second time.
func WithoutErasedProfessions(read func() iter.Seq2[Record, error]) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		gone := erasedIn(read())
		for r, err := range read() {
			if err == nil && r.Kind == participantJoinedKind.name && r.Data != nil {
				r, err = withoutProfession(r, gone)
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// erasedIn are the participants who are erased, as far as the records can be read.
func erasedIn(records iter.Seq2[Record, error]) map[ParticipantID]bool {
	gone := map[ParticipantID]bool{}
	for r, err := range records {
		if err != nil || r.Kind != participantErasedKind.name {
			continue
		}
		if e, err := Decode(r); err == nil {
			if b, is := e.Body.(participantErased); is {
				gone[b.Participant] = true
			}
		}
	}
	return gone
}

func withoutProfession(r Record, gone map[ParticipantID]bool) (Record, error) {
	e, err := Decode(r)
	if err != nil {
		return r, nil //nolint:nilerr // it is written as it is
	}
	b, is := e.Body.(participantJoined)
	if !is || b.Profession == "" || !gone[b.Participant] {
		return r, nil
	}
	b.Profession = ""
	e.Body = b
	without, err := e.Encode()
	if err != nil {
		return Record{}, fmt.Errorf("record %d: %w", r.Seq, err)
	}
	without.Version = r.Version
	return without, nil
}
