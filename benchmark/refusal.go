package benchmark

import (
	"errors"
	"fmt"
	"strings"

	"roundtable/benchmark/refusal"
)

// Refusal is a decision not to do what was asked, with a named reason. What
// people read is made from the reason and the arguments in their language.
type Refusal struct {
	// Reason names why: "round-closed", "numerator-over-denominator".
	Reason refusal.Reason
	// Field is the form field or indicator that it is about; may be empty.
	Field string
	// Args are alternating names and values for the words.
	Args []any
	// Question is true when the same thing will be accepted once the person
	// has confirmed it and said why.
	Question bool
}

// Error implements error with the reason and its arguments, for logs and tests.
func (r *Refusal) Error() string {
	var b strings.Builder
	b.WriteString("refused: " + string(r.Reason))
	for i := 0; i+1 < len(r.Args); i += 2 {
		fmt.Fprintf(&b, " %v=%v", r.Args[i], r.Args[i+1])
	}
	return b.String()
}

// Refusals are several at once, one for each field that was wrong.
type Refusals []*Refusal

// Error implements error.
func (r Refusals) Error() string {
	words := make([]string, len(r))
	for i, one := range r {
		words[i] = one.Error()
	}
	return strings.Join(words, "; ")
}

// Unwrap lets errors.As find each of them.
func (r Refusals) Unwrap() []error {
	errs := make([]error, len(r))
	for i, one := range r {
		errs[i] = one
	}
	return errs
}

// ErrRepeated says that the thing that arrived has been handled before. There
// is nothing to do, and nothing to complain of.
var ErrRepeated = errors.New("benchmark: handled before")

func refuse(reason refusal.Reason, args ...any) *Refusal {
	return &Refusal{Reason: reason, Args: args}
}

func (r *Refusal) at(field string) *Refusal {
	r.Field = field
	return r
}
