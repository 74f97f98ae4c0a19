// Package chat is what is said and who says it, as plain data: messages, forms,
// people, and what people do. It is the language between the bot and every chat
// platform, and imports nothing of either.
//
//   - A [Message] is what the bot says: text and [Block]s. A [Form] asks for
//     fields. Both have limits that every platform can carry, which
//     [Message.Check] and [Form.Check] keep.
//   - An [Incoming] is one thing that somebody did: typed, pressed, filled in,
//     said. A [Handler] answers it with a [Reply].
//   - A [Platform] is one connection to one chat platform. The adapters live in
//     folders below (chat/slack, chat/mattermost, chat/playground); each turns
//     this package's data into what its chat understands, and keeps its SDK's
//     types to itself. Package chat/platformtest is the suite that each passes.
//
// All text is plain. No text that a person wrote can format, ping or break a
// post: see [Quiet].
//
// It sends and receives nothing itself, and knows no network and no verb: what a
// button or a form belongs to is a scope that it carries and doesn't read.
package chat
