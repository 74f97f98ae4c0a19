// Package stats holds the numbers of fair comparison: intervals, funnels,
// control charts and runs.
package stats
