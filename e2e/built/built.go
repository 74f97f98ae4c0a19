// Package built has the program as people install it, built once for all tests of
// a test binary.
package built

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
)

var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "roundtable-e2e-")
	if err != nil {
		return "", fmt.Errorf("build: %w", err)
	}
	path := filepath.Join(dir, "roundtable")
	out, err := exec.CommandContext(context.Background(), "go", "build", "-o", path, "roundtable/cmd/roundtable").CombinedOutput() //nolint:gosec // the folder is the one made above
	if err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	folder = dir
	return path, nil
})

// folder has the program in it; empty until it is built.
var folder string

// Program returns the path of the program.
func Program() (string, error) { return program() }

// Remove takes the program away again, at the end of the tests.
func Remove() {
	if folder != "" {
		_ = os.RemoveAll(folder)
	}
}
