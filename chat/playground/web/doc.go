// Package web shows a playground chat in a browser: channels, threads, direct
// messages, forms, buttons, pictures and files, as several people at once, with
// a clock that can be moved forward.
//
// It is a handler ([New]) over a [playground.Chat], rendered on the server by
// html/template; small JavaScript modules keep the page up to date from a
// stream of server-sent events. Nothing comes from another host, and there is
// no build step.
//
// What it promises:
//
//   - Every text is escaped, whoever wrote it; a strict Content-Security-Policy
//     stands behind that. Requests by another site's page are refused.
//   - A page misses nothing: it is drawn as of a number and then follows from
//     that number on, also after the connection or the server was gone.
//   - A slow page holds up nobody.
//
// What it does not do: keep its people apart from each other. Whoever has the
// page may act as everybody, which is what a playground is for. It is therefore
// for loopback, or behind an access token ([Options.Token]).
//
// The domain does not appear here. What the page needs from outside, such as
// the verbs for completion or the moving of the clock, are functions in
// [Options].
package web
