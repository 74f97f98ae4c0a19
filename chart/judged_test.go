package chart

import (
	"testing"

	"roundtable/benchmark"
)

// TestJudged: of one's own value nothing is said beside chance where it was held against
// nothing: where nobody looks for their own, or sees the others.
func TestJudged(t *testing.T) {
	if v := heart(t).seenBy("Oxford"); !Judged(v) {
		t.Error("a hospital of twelve isn't held against chance")
	}
	if v := heart(t).seenBy(""); Judged(v) {
		t.Error("nobody's own value is held against chance")
	}
	if v := heart(t).with(benchmark.Own).seenBy("Oxford"); Judged(v) {
		t.Error("where organisations don't see each other, one is held against chance")
	}
}
