// Package mattermost lets the bot live on a Mattermost server as one bot
// account.
//
// A [Platform] is one connection to one server. What people say comes by a
// WebSocket; commands, buttons and forms come as requests of the server to
// [Platform.ServeHTTP]; what the bot says goes by the server's REST API.
//
// # What it promises
//
//   - Nothing is lost while the connection is down: a short outage is resumed where
//     it broke off, after a longer one, and when the program starts, the last
//     day's posts are read and what is missing is taken up, in order. Commands
//     that have waited for more than ten minutes are not answered any more.
//   - A post that was sent while the program died is found again by its key, and a
//     post that is sent twice within half a minute is taken once by the server.
//   - Nobody acts for somebody else: everything that comes back from a button or a
//     form is encrypted with a key that only the bot has, for this person, channel,
//     post or form and for a time. What is forged, old or comes from elsewhere is
//     refused and counted.
//   - Nobody's text becomes markup, a mention, an emoji or a link to a channel.
//
// # How it is made
//
// [Platform] wires together types of one job each. What people do comes in by the
// socket (socket.go), as events (events.go, reaction.go) or out of the history after
// an outage (catchup.go, history.go), and by callbacks (callback.go, submission.go).
// Each goes to the bot's handler as a [chat.Incoming], and its reply goes back as an
// answer (answer.go) or a dialog (dialog.go, form.go). What the bot says by itself is
// rendered (render.go, escape.go, button.go) and posted (post.go), and found again
// (find.go). All of them call the server as the bot's account (server.go, errors.go)
// and look up people and channels (people.go, channel.go).
//
// # Where Mattermost is narrower than the bot, and what is done
//
// A form can be opened only in answer to a slash command or a button. Where a form
// follows a form or answers a message, the person gets a private message with a
// button that opens it. The form waits in the button,
// encrypted. A dialog that is shown again keeps the fields that it has.
//
// What only one person should see is an ephemeral post where the server lets the
// bot, that is in answer to commands and buttons; else it is a direct message.
// Files, and buttons in answer to a button, always are.
//
// Pictures have no alt text on this server, neither the web page nor the phones
// would read it: it stands as text in the post, at the picture's place, where
// everybody finds it. The files of a post can't be changed: a picture that an edit
// brings is posted in the post's thread.
//
// A reaction that is taken off while the program doesn't run is not noticed: the
// server tells which reactions are there, not which were. While it runs, and is
// only cut off, it is noticed. One that is put on and off again may not be.
//
// Of more than a thousand changes in one channel in one outage the server tells only
// some at a time, and which ones is not settled. All new posts are taken up, and
// all changes of what the running program knows; the deletion of a post from
// before the program's start may be missed then.
package mattermost
