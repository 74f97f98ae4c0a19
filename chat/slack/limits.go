package slack

import "time"

// Slack's limits. Characters are counted as Unicode code points.
//
// Sources: docs.slack.dev/reference/block-kit/blocks and
// docs.slack.dev/reference/block-kit/composition-objects unless said otherwise.
const (
	maxHeader  = 150  // characters of a header's text
	maxSection = 3000 // characters of a text object; rich text is kept to the same
	maxField   = 2000 // characters of one of a section's fields
	maxFields  = 10   // fields of a section
	maxTitle   = 2000 // characters of an image's title
	maxAlt     = 2000 // characters of an image's alt text
	maxHint    = 2000 // characters of an input's hint
	maxButton  = 75   // characters of a button's text
	maxBlocks  = 50   // blocks of a message
	// maxMetadata is the length of a view's private_metadata
	// (docs.slack.dev/reference/views/modal-views).
	maxMetadata  = 3000
	maxViewBlock = 100 // blocks of a modal or home tab
	// maxViewBytes is from where Slack answers view_too_large
	// (docs.slack.dev/reference/methods/views.open).
	maxViewBytes = 250_000
	// maxCharacters is how much text the blocks of one message hold together: some
	// 13,200 characters have been reported as the most that Slack takes.
	maxCharacters = 12_000
	// maxFallback is the length of a message's text beside its blocks; Slack
	// recommends at most 4,000 (docs.slack.dev/reference/methods/chat.postMessage).
	maxFallback = 3900
	// maxAck is the size from which Slack drops an answer over Socket Mode in
	// silence: 20 KB, seen by the authors of Slack's own clients.
	maxAck = 20 * 1024
	// maxBody bounds what is read of a request; Slack's own are far smaller.
	maxBody = 1 << 20
)

// Slack's times.
const (
	// ackWithin is how long the acknowledgement of what somebody typed or pressed
	// waits for the handler: it doesn't come again in any case. Slack gives
	// three seconds; the bot's own rule is a tenth of one.
	ackWithin = 90 * time.Millisecond
	// eventWithin is how long the acknowledgement of an event waits for the handler:
	// what is acknowledged does not come again after a crash, so it had better be
	// kept by then. Nobody looks at it; Slack gives three seconds.
	eventWithin = 2 * time.Second
	// formWithin is how long the answer to a form waits for the handler, which
	// decides what the form shows next; Slack gives three seconds.
	formWithin = 2 * time.Second
	// momentAfter is when a form is opened that only says "one moment": a trigger
	// lives three seconds (docs.slack.dev/interactivity/handling-user-interaction).
	momentAfter = 1500 * time.Millisecond
	// triggerLife is how long a trigger is worth trying.
	triggerLife = 2900 * time.Millisecond
	// signatureWindow is how old a signed request may be
	// (docs.slack.dev/authentication/verifying-requests-from-slack).
	signatureWindow = 300 * time.Second
	// responseLife and responseUses bound a response_url: five uses within 30
	// minutes, less a margin.
	responseLife = 29 * time.Minute
	responseUses = 5
	// pingWithin is how often Slack pings a socket at least; one that is silent
	// for longer is dead, as Slack's own clients have it.
	pingWithin = 30 * time.Second
	// lookupTimeout bounds what is looked up once for all who ask.
	lookupTimeout = 15 * time.Second
	// handleTimeout bounds a handler's context, answerTimeout what is done to
	// show the answer.
	handleTimeout = 10 * time.Second
	answerTimeout = 30 * time.Second
	// findBack is how far back posts are looked for: a month and a day.
	findBack = 32 * 24 * time.Hour
	// findAfter is by how much Slack's clock may be ahead of ours.
	findAfter = time.Hour
)
