//go:build !race

package attack

// worldsAtOnce are attacked in an ordinary test. ROUNDTABLE_ATTACK=10m goes on for so
// long.
const worldsAtOnce = 6
