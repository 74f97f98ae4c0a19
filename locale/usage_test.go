package locale

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// composed has the prefixes of ids that the program puts together in another
// way than "prefix." + something, which the scan sees by itself. Say where.
var composed = []string{}

// usage is what the program's sources say about messages.
type usage struct {
	literals map[string]bool // every string literal
	prefixes []string        // literals ending in a point that something is added to
	suffixes []string        // literals that are added to something
}

// asksFor reports whether an id is a literal, or one of the two ways to put an
// id together: "caption.own." + x, and x + "-rest" where x is a literal itself.
func (u usage) asksFor(id string) bool {
	return u.literals[id] ||
		slices.ContainsFunc(u.prefixes, func(p string) bool { return strings.HasPrefix(id, p) }) ||
		slices.ContainsFunc(u.suffixes, func(s string) bool { return strings.HasSuffix(id, s) && u.literals[strings.TrimSuffix(id, s)] })
}

// TestEveryIDExists reads the whole program: ids that are asked for by literal
// exist and get the values they need, and every message is asked for.
func TestEveryIDExists(t *testing.T) {
	used := usage{literals: map[string]bool{}, prefixes: composed}
	for file, parsed := range sources(t) {
		ast.Inspect(parsed, func(node ast.Node) bool {
			switch n := node.(type) {
			case *ast.BasicLit:
				if text, ok := literal(n); ok {
					used.literals[text] = true
				}
			case *ast.AssignStmt: // id += "-rest"
				if text, ok := literal(n.Rhs[0]); ok && n.Tok == token.ADD_ASSIGN {
					used.suffixes = append(used.suffixes, text)
				}
			case *ast.BinaryExpr:
				if text, ok := literal(n.X); ok && n.Op == token.ADD && strings.HasSuffix(text, ".") {
					used.prefixes = append(used.prefixes, text)
				}
				if text, ok := literal(n.Y); ok && n.Op == token.ADD && text != "" {
					used.suffixes = append(used.suffixes, text)
				}
			case *ast.CallExpr:
				for _, fault := range faults(n) {
					t.Errorf("%s: %s", file, fault)
				}
			}
			return true
		})
	}
	for id := range builtIn().placeholders {
		if !used.asksFor(id) {
			t.Errorf("message %s is never asked for", id)
		}
	}
}

// faults returns what is wrong with a call such as l.T("submit.saved", "Count", n),
// or of a method t that passes it on, with the Trigger besides.
func faults(call *ast.CallExpr) []string {
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || (method.Sel.Name != "T" && method.Sel.Name != "t") || len(call.Args) == 0 {
		return nil
	}
	id, ok := literal(call.Args[0])
	if !ok {
		return nil
	}
	if !Has(id) {
		return []string{"no message " + id}
	}
	if call.Ellipsis.IsValid() {
		return nil
	}
	if len(call.Args)%2 == 0 {
		return []string{id + ": a name without a value"}
	}
	var given, found []string
	if method.Sel.Name == "t" {
		given = []string{"Trigger"}
	}
	for i := 1; i < len(call.Args); i += 2 {
		name, ok := literal(call.Args[i])
		if !ok {
			return nil
		}
		given = append(given, name)
		if name != "Count" && !slices.Contains(builtIn().placeholders[id], name) {
			found = append(found, id+": has no place for "+name)
		}
	}
	for _, name := range builtIn().placeholders[id] {
		if !slices.Contains(given, name) {
			found = append(found, id+": no value for "+name)
		}
	}
	if builtIn().plural[id] && !slices.Contains(given, "Count") {
		found = append(found, id+": has plural forms but got no Count")
	}
	return found
}

func literal(node ast.Expr) (string, bool) {
	lit, ok := node.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// sources parses the program, tests and test data excepted.
func sources(t *testing.T) map[string]*ast.File {
	t.Helper()
	root := ".."
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Fatal("the sources are not here:", err)
	}
	parsed := map[string]*ast.File{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := entry.Name()
		if entry.IsDir() && (base == "testdata" || (strings.HasPrefix(base, ".") && base != "..")) {
			return filepath.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(base, ".go") || strings.HasSuffix(base, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		parsed[name] = file
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestFaults(t *testing.T) {
	tests := []struct{ call, want string }{
		{`l.T("no.such")`, "no message no.such"},
		{`l.T("date.short", "Day")`, "date.short: a name without a value"},
		{`l.T("date.short", "Day", d, "Month", m)`, ""},
		{`l.T("date.short", args...)`, ""},
		{`l.T(id, "Day", d)`, ""},
		{`r.t("no.such")`, "no message no.such"},
		{`l.T("date.short", "Day", d)`, "date.short: no value for Month"},
		{`l.T("date.short", "Day", d, "Month", m, "Hour", h)`, "date.short: has no place for Hour"},
	}
	for _, test := range tests {
		call, err := parser.ParseExpr(test.call)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(faults(call.(*ast.CallExpr)), "; "); got != test.want {
			t.Errorf("%s: %q, want %q", test.call, got, test.want)
		}
	}
}
