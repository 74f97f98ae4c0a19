// Package slack is the adapter for one Slack app in one workspace, and for the
// people of other workspaces that meet it in Slack Connect channels.
//
// # What it promises
//
// What people do comes over Socket Mode, on two sockets at a time, or over
// signed HTTP requests to "/slack/<connection>/". Each thing reaches the handler
// once while the process lives, whatever Slack doubles, and again with the same
// ID after a restart that came before the acknowledgement. Acknowledgements wait
// for the handler, so that what Slack holds for delivered is in the journal, but
// never longer than a tenth of a second; only the answer to a form may take two.
// What is said, rewritten, deleted and reacted in a channel is handled in order of
// Slack's times, as far as it comes within a twentieth of a second of what follows
// it. Slack promises no order: what it delivers again, and what is taken up after an
// outage, may come later than what followed it.
//
// Every limit of Slack's that is known is kept before a message is sent: long
// messages go out as several posts, the first of which carries the key. A form is
// small enough for one modal ([chat.Form]). Rates are kept by method, channel and workspace; a 429
// holds up what it names and nothing else.
//
// No text of a person's becomes markup: texts are sent as plain_text or as
// rich_text elements, which Slack does not parse, and are quiet first
// ([chat.Quiet]).
//
// People are known by team and user ("T123/U456"), since a user id is unique in
// its workspace only.
//
// # How it is built
//
// Package webapi makes the calls of Slack's Web API, within its limits. Built on it
// are, each in a file of its name, posts (messages and what they take), uploads,
// answers (what one person is told), modals (forms), homes and people. What Slack
// sends comes in over sockets or [Platform.ServeHTTP], and a run hands it to the
// handler: events, commands and interactions. After an outage, which the connection
// monitor notices, a backfill takes up what was missed.
//
// # What it doesn't do
//
// Slack has no key that would let it drop a message sent twice. A Post that
// fails in a way that leaves open whether Slack took it is not repeated here:
// the caller looks with Find, then sends again. Of a message that takes several
// posts, or files beside its post, Find tells of the first post when all are
// there; when some are missing it finds nothing, and the Post or Direct that
// follows sends those alone.
//
// It reads a channel's history to find its own posts and, at the start and after
// an outage, what was said in their threads unheard. Slack shows no trace there of a
// deleted reply; see docs/slack.md for what is not taken up.
package slack
