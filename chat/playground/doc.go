// Package playground is a chat of its own: a small Slack or Mattermost in
// memory or in one file, for demonstrations, for trying things out, and for
// tests that read like conversations.
//
// It holds people, channels, threads, direct conversations, private replies,
// forms, buttons, pictures and reactions. The bot meets it through
// [Chat.Platform], which is a full [chat.Platform]; one chat can serve several
// connections, so that two seats of a network can stand on two platforms.
// People act through [Chat.Type], [Chat.Reply], [Chat.Press], [Chat.Fill] and
// the like, each of which returns what that person sees in answer. Whoever
// watches reads the changes with [Chat.Follow] and prints them with a
// [TranscriptWriter].
//
// What it promises:
//
//   - Everything is a [Change] with a number: 1, 2, 3 ... The chat is the fold
//     of its changes. With a file ([Open]) each change is on disk before the
//     call that made it returns, and a process may die at any moment.
//   - It is strict. A message that any real platform would refuse is refused
//     with an error that wraps [chat.ErrRefused] and says which limit it broke.
//   - It never hides a mistake of the bot's: it keeps the Key of a message so
//     that Find works, but a message posted twice stands there twice.
//   - What people did and what was not answered is delivered again by the next
//     Run, with the same ID, as platforms do.
//
// What it does not do: passwords, membership (everybody of a connection is in
// all its channels), search, or forgetting (a file keeps what was deleted).
package playground
