// Package freetext is about what people write: [Clean] makes a text safe to keep
// and to show, and [PersonalNumber] finds what looks like the personal identity
// number of somebody, so that it is neither kept nor relayed.
//
// PersonalNumber is a net for slips, not a proof. Of some forty ways and more that
// people write a country's numbers in, it finds 99.9 % or more; of ten thousand sentences
// such as clinicians write, it refuses fewer than ten, and asks about one in a hundred:
// tests hold it to that. What is to be done with a find, the caller decides.
//
// It is pure, keeps nothing and knows no network.
package freetext
