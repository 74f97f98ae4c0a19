package commands

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"roundtable/benchmark"
)

// TestComposers reads the kinds of duties from the domain's source: each that is a
// message can be put into words.
func TestComposers(t *testing.T) {
	noMessages := []benchmark.DutyKind{benchmark.CloseDuty, benchmark.PublishDuty, benchmark.SeekDuty, benchmark.AgeDuty, benchmark.EraseDuty}
	kinds := 0
	for _, value := range constantsOf(t, "../benchmark", "DutyKind") {
		kinds++
		kind := benchmark.DutyKind(value)
		if _, known := composers[kind]; known == slices.Contains(noMessages, kind) {
			t.Errorf("a duty of kind %q: is there a composer? %v", kind, known)
		}
	}
	if kinds != len(composers)+len(noMessages) {
		t.Errorf("%d kinds of duties, %d composers", kinds, len(composers))
	}
}

// constantsOf are the values of a folder's constants of a type of strings.
func constantsOf(t *testing.T, folder, typ string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(node ast.Node) bool {
			spec, is := node.(*ast.ValueSpec)
			if !is || len(spec.Values) != 1 || typeName(spec.Type) != typ {
				return true
			}
			if text, is := spec.Values[0].(*ast.BasicLit); is {
				value, err := strconv.Unquote(text.Value)
				if err != nil {
					t.Fatal(err)
				}
				values = append(values, value)
			}
			return true
		})
	}
	return values
}

func typeName(node ast.Expr) string {
	switch n := node.(type) {
	case *ast.Ident:
		return n.Name
	case *ast.SelectorExpr:
		return typeName(n.X) + "." + n.Sel.Name
	}
	return ""
}
