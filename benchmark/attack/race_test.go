//go:build race

package attack

// worldsAtOnce are attacked in an ordinary test: fewer under the race detector, which makes each
// fifteen times as slow and of which nothing here runs side by side.
const worldsAtOnce = 1
