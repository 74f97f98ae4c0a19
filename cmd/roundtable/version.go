package main

import (
	"fmt"
	"runtime"
)

// versionCmd prints which program this is.
type versionCmd struct{}

// Run implements the subcommand.
func (versionCmd) Run(e *env) error {
	_, err := fmt.Fprintf(e.stdout, "roundtable %s (%s, %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
