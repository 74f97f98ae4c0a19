// Package benchmark is the domain: networks of public-healthcare organisations
// that compare themselves in order to learn.
//
// It is pure. It does no I/O, reads no clock, knows no chat and rolls no dice:
// instants, ids, seeds and the working calendar are arguments. It has three
// verbs, and data runs through them one way:
//
//   - [Network.Decide] takes an [Intent] (what somebody wants) and returns the
//     events that follow, or a [Refusal] with a named reason.
//   - [Network.Apply] folds an [Event] into the [Network]. Events are the
//     truth; a Network is nothing but the fold of its journal.
//   - [Network.Duties] says what the bot owes the outside world, as a function
//     of the state and the time.
//
// What one viewer may see of it is the subject of package view below, the one rule
// of visibility.
//
// What it promises: deciding and folding never panic on any input that
// went through them; the same events give the same state; an event folded twice
// changes nothing; figures never depend on names or free text, which are events
// of their own ("identity.given", "text.written") and may be erased without
// touching a figure. A text that was taken back is forgotten by the fold at once,
// and owed to the journal as a duty that erases it.
//
// It doesn't know how anything is said, stored or delivered: words are made in
// commands and chart, the journal keeps the events, and the courier of package bot
// does what is owed.
//
// A file is one subject: its state, what people may want of it, the events that
// follow, what each does to the network, and the duties that come of it, in that
// order.
package benchmark
