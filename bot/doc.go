// Package bot stands between the chat platforms and the domain. It is the
// place to start reading, after cmd/roundtable/main.go.
//
// # A tour, from the domain to the edge
//
// A network of organisations is the fold of its events (package benchmark).
// Here it is live: a [Table] holds one network in memory, decides what people
// ask for one after the other, and writes the events to the journal (package
// journal) before anybody gets an answer. What many people ask for at once is
// written at once. [Tables] finds the table that a channel or person belongs
// to, and loads it when it is needed.
//
// What the bot owes the world outside is computed, not remembered: the
// [Courier] asks a network for its duties, writes "begun", acts, and writes
// "done" with the platform's id of the post. After a crash a duty that was
// begun but not done is first looked for on the platform, then sent. So nothing
// is lost and nothing is doubled. What was taken back is erased in the same way:
// that too is a duty, done on the journal.
//
// People and platforms speak in plain data: [Message], [Form], [Incoming],
// [Reply]. A [Platform] turns these into what its chat understands; the
// adapters live in folders of their own (chat/playground is a chat in memory),
// and none of their types is known here.
//
// # What it doesn't do
//
// It knows no verb (package commands does) and no word of any language
// (package locale does): the courier is given a [Compose] that puts a duty into
// words and pictures, and a platform is given a [Handler].
package bot
