// Package freetext is about what people write: [Clean] makes a text safe to keep
// and to show, and [PersonalNumber] finds what looks like the personal identity
// number of somebody, so that it is neither kept nor relayed.
//
// It is pure and knows no network.
package freetext
