// Package bot holds networks live in memory, and delivers what they owe. It is
// the place to start reading.
//
// # A tour, from the domain to the edge
//
// A network of organisations is the fold of its events (package benchmark). It
// decides what people want, and knows what is owed to whom, as pure functions of
// its state and of the time.
//
// A [Table] is one such network, live. What people want are intents: each waits in
// the queue of the table's writer, which decides a batch of them on a working copy
// of the network, appends the events to the journal (package journal), and then
// publishes them to whoever reads the table. Nobody gets an answer, and nobody
// sees a change, before it is durable. [Tables] finds the table that a channel or
// a person belongs to, and loads it when it is first needed.
//
// What a network owes the world outside is computed, not remembered: its duties.
// The [Courier] has a worker for each network that owes something now. A delivery
// writes "begun" to the journal, posts, and writes "done" with the platform's id
// of the post. After a crash a duty that was begun but not done is first looked
// for on the platform, then sent. So nothing is lost and nothing is doubled. What
// fails waits for its next attempt in the retry schedule, and what comes after it
// in the same place waits with it. Taking the content of what was taken back out
// of the journal is a duty too.
//
// What is said, and by whom, is plain data (package chat). A platform turns it
// into what its chat understands, in a folder of its own below chat; no type of
// its SDK is known here.
//
// # From a typed command to the journal
//
// What happens to "/round submit falls 3/412" on Slack, file by file:
//
//  1. chat/slack/socket.go takes the envelope off the connection. It is
//     acknowledged once the handler has returned, or after a tenth of a second.
//  2. chat/slack/run.go gives it a goroutine, unless it has come before.
//  3. chat/slack/interact.go makes a [chat.Typed] of it.
//  4. commands/commands.go handles it: finds out in which network it was said and by
//     whom, finds the verb (verbs.go lists them), and sees that its needs are met.
//  5. bot/tables.go has that network's table, by the channel.
//  6. commands/submit.go is the verb: it reads what follows, asks for the decision,
//     and answers.
//  7. commands/answersheet.go has the round as the organisation answers it, and
//     finds the indicator that is meant.
//  8. commands/figure.go reads "3/412".
//  9. bot/writer.go takes the intent ([Table.Do]), has it decided with those that
//     wait beside it, appends, and publishes.
//  10. benchmark/decide.go finds who wants it, and asks the intent to decide.
//  11. benchmark/answer.go decides: events, or a refusal with a named reason.
//  12. journal/sqlite/writer.go commits the events, with what waits beside them.
//
// "Saved" goes back the same way: submit.go words it, interact.go shows it.
// What is owed by then, such as the opening post's new
// count, the courier hears of at once: the table tells it that something has changed.
//
// # From the clock to a nudge
//
//  1. scheduler/ticker.go ticks every second.
//  2. cmd/roundtable/serve.go has the courier deliver what is due.
//  3. bot/courier.go starts a worker for each network that owes something
//     ([Courier.DeliverDue]).
//  4. journal/sqlite/index.go knows which these are, without their being loaded.
//  5. bot/delivery.go takes the network's duties, one after the other, and writes
//     down that one is begun, and that it is done.
//  6. benchmark/duty.go says what a duty is, and lists them in order.
//  7. benchmark/nudge.go computes who is to be nudged, and when; snooze.go and its
//     like beside it know what people wish of that.
//  8. commands/compose.go puts a duty into words ([Compose]).
//  9. commands/compose_nudge.go has those of a nudge.
//  10. chat/slack/post.go sends them.
//
// # What it doesn't do
//
// It knows no verb (package commands does) and no word of any language
// (package locale does): the courier is given a [Compose] that puts a duty into
// words and pictures, and a platform is given a [chat.Handler].
package bot
