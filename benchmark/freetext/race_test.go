//go:build race

package freetext

// triesOfForm is how many numbers are written in each form: fewer under the race detector,
// which makes each fifteen times as slow.
const triesOfForm = 40
