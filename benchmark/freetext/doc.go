// Package freetext is about what people write: [Clean] makes a text safe to keep
// and to show, and [PersonalNumber] finds what looks like the personal identity
// number of somebody, so that it is neither kept nor relayed.
//
// PersonalNumber is a net for slips, not a proof: its doc says how often it takes an
// innocent number for a personal one. What is to be done with a find, the caller
// decides.
//
// It is pure, keeps nothing and knows no network.
package freetext
