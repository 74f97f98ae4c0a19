package playground

import (
	"fmt"
	"hash/crc32"
)

// ReadFile reads a file's content.
func ReadFile(data []byte) (log []Change, good int, err error) {
	r, err := parseFile(data)
	return r.log, r.wholeBytes, err
}

// Line returns a file with one line of changes.
func Line(name, body string) []byte {
	return fmt.Appendf(nil, "%s%s\n%08x %s\n", fileHeader, name, crc32.Checksum([]byte(body), castagnoli), body)
}

// Remembered returns the changes without what was edited or deleted since, which a file
// forgets, and memory doesn't.
func Remembered(c *Chat) []Change {
	c.mu.Lock()
	defer c.mu.Unlock()
	left, _ := c.state.withoutForgotten(c.log)
	return left
}
