// Package adapter holds what every adapter of a network chat needs besides its
// chat's own API:
//
//   - [Lifecycle] and [Run]: one Run at a time, which ends when all that came in
//     has been answered.
//   - [Deduplicator]: what a platform delivers twice is handled once.
//   - [Lanes]: what happens in one channel is handled one after the other.
//   - [Cache]: so many things for so long, by key.
//   - [Retry]: trying again with growing pauses, as far as it makes sense.
//   - [Outage]: for how far back missed messages are looked up.
//
// It knows package chat and no platform. Everything here lives in memory: what
// must survive a restart belongs in the journal.
package adapter
