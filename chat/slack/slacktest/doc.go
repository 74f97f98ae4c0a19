// Package slacktest is a Slack in memory, for tests: strict rather than kind. It
// speaks the Web API, Socket Mode and signed HTTP deliveries, keeps workspaces,
// people, channels, threads, files, modals and home pages, and plays the people's
// side by method calls.
//
// It is written from Slack's documentation and knows no client library, so that
// a library's mistake shows. Where the documentation is silent it takes the
// harder reading.
//
// What it promises: a message, view or call that breaks one of Slack's rules is
// refused with Slack's error name; what Slack lets pass although it is a mistake
// (blocks without fallback text, a thread on a reply, a rate limit broken, an
// envelope that nobody acknowledged, a response_url used up) is counted in
// [Slack.Broken]. Who was pinged is in [Slack.Pings].
//
// What it doesn't do: user tokens, Enterprise Grid, workflows, attachments,
// canvases, lists, calls, search. It keeps nothing on disk.
package slacktest
