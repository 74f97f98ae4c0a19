//go:build !race

package freetext

// triesOfForm is how many numbers are written in each form.
const triesOfForm = 150
