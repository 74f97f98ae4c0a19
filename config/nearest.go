package config

// nearest returns the known word that a mistyped one most likely stands for: at
// most two edits away, and at most a third of its length. The first wins.
func nearest(word string, known []string) (string, bool) {
	best, least := "", min(2, len(word)/3)+1
	for _, k := range known {
		if d := distance(word, k, least); d < least {
			best, least = k, d
		}
	}
	return best, best != ""
}

// distance returns the number of bytes to insert, delete, replace or swap with
// their neighbour to get from a to b (optimal string alignment, Boytsov 2011,
// doi:10.1145/1963190.1963191, section 2), or enough once it can't be less.
func distance(a, b string, enough int) int {
	if len(a)-len(b) >= enough || len(b)-len(a) >= enough {
		return enough
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			replace := last[j-1]
			if a[i-1] != b[j-1] {
				replace++
			}
			row[j] = min(last[j]+1, row[j-1]+1, replace)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
