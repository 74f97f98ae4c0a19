package refusal

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"
)

// TestAllHasEveryConstant reads the constants from the source.
func TestAllHasEveryConstant(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "refusal.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	constants := 0
	ast.Inspect(file, func(n ast.Node) bool {
		spec, is := n.(*ast.ValueSpec)
		if !is || len(spec.Values) != 1 {
			return true
		}
		if text, is := spec.Values[0].(*ast.BasicLit); is {
			constants++
			reason, err := strconv.Unquote(text.Value)
			if err != nil || !slices.Contains(All(), Reason(reason)) {
				t.Errorf("%s (%s) is not among all: %v", spec.Names[0], text.Value, err)
			}
		}
		return true
	})
	if constants != len(all) {
		t.Errorf("%d constants, and all has %d", constants, len(all))
	}
}
