// Mutants changes the rules that keep things hidden, one small thing at a time, and
// says which changes no test notices.
//
//	go run ./bench/mutants -tests './benchmark/... ./commands' benchmark/view/*.go
//
// A mutant turns a comparison, a condition, a number or a sign, or leaves a statement
// out. It is compiled by way of an overlay, so that no file is touched. One that doesn't
// compile is none. Those in explained.txt, beside this file, change nothing that
// anybody could see, and it says why; any other that survives is an error.
package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed explained.txt
var explained string

// mutant is one change of a file: what stands from one byte to another becomes
// something else.
type mutant struct {
	file     string
	line     int
	from, to int
	was, is  string
}

// name is how explained.txt calls it; it holds no line number, so that it stays the
// same while others change.
func (m mutant) name() string {
	text := fmt.Sprintf("%s: %s → %s", filepath.ToSlash(m.file), m.was, m.is)
	return strings.Join(strings.Fields(text), " ")
}

// outcome of a mutant.
type outcome int

const (
	killed outcome = iota
	survived
	uncompiled
)

func main() {
	tests := flag.String("tests", "./benchmark/...", "the packages whose tests are to notice")
	workers := flag.Int("workers", 2, "how many are tried at once")
	only := flag.String("func", "", "only in functions whose names match")
	flag.Parse()
	if err := run(strings.Fields(*tests), flag.Args(), *workers, *only); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(tests, files []string, workers int, only string) error {
	within, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	var all []mutant
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		of, err := mutantsOf(f, within)
		if err != nil {
			return err
		}
		all = append(all, of...)
	}
	var mu sync.Mutex
	var group sync.WaitGroup
	count := map[outcome]int{}
	unexplained := 0
	next := make(chan mutant)
	for range workers {
		group.Go(func() {
			for m := range next {
				o := try(m, tests)
				mu.Lock()
				count[o]++
				if o == survived {
					known := strings.Contains(explained, m.name()+"\n")
					if !known {
						unexplained++
					}
					fmt.Printf("%s:%d: survived (explained: %v)\n\t%s\n", m.file, m.line, known, m.name())
				}
				mu.Unlock()
			}
		})
	}
	begun := time.Now()
	for _, m := range all {
		next <- m
	}
	close(next)
	group.Wait()
	fmt.Printf("%d mutants in %v: %d killed, %d survived, %d of them unexplained; %d did not compile\n",
		len(all), time.Since(begun).Round(time.Second), count[killed], count[survived], unexplained, count[uncompiled])
	if unexplained > 0 {
		return fmt.Errorf("%d mutants live, and nobody has said why", unexplained)
	}
	return nil
}

// longest that the tests of a mutant may take: one may loop for ever.
const longest = 5 * time.Minute

// try runs the tests with the mutant in its file's place.
func try(m mutant, tests []string) outcome {
	folder, err := os.MkdirTemp("", "mutant")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder) //nolint:errcheck // a temporary folder
	source, err := os.ReadFile(m.file)
	if err != nil {
		panic(err)
	}
	changed := filepath.Join(folder, filepath.Base(m.file))
	mutated := append(append(append([]byte{}, source[:m.from]...), m.is...), source[m.to:]...)
	path, err := filepath.Abs(m.file)
	if err != nil {
		panic(err)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{path: changed}})
	if err != nil {
		panic(err)
	}
	for name, content := range map[string][]byte{changed: mutated, filepath.Join(folder, "overlay.json"): overlay} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			panic(err)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	defer cancel()
	arguments := append([]string{"test", "-overlay", filepath.Join(folder, "overlay.json"), "-short", "-failfast", "-vet=off"}, tests...)
	out, err := exec.CommandContext(ctx, "go", arguments...).CombinedOutput() //nolint:gosec // what whoever runs it said
	switch {
	case err == nil:
		return survived
	case bytes.Contains(out, []byte("[build failed]")) || bytes.Contains(out, []byte("[setup failed]")):
		return uncompiled
	}
	return killed
}

// turned are operators and what they become.
var turned = map[token.Token]string{
	token.EQL: "!=", token.NEQ: "==", token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">",
	token.LAND: "||", token.LOR: "&&", token.ADD: "-", token.SUB: "+", token.MUL: "/",
}

// mutantsOf returns all that can be changed in a file, within the functions that match.
func mutantsOf(file string, within *regexp.Regexp) (all []mutant, err error) {
	source, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, file, source, 0)
	if err != nil {
		return nil, err
	}
	change := func(from, to token.Pos, is func(was string) string) {
		a, b := set.Position(from), set.Position(to)
		was := string(source[a.Offset:b.Offset])
		all = append(all, mutant{file: file, line: a.Line, from: a.Offset, to: b.Offset, was: was, is: is(was)})
	}
	for _, d := range parsed.Decls {
		if f, is := d.(*ast.FuncDecl); is && !within.MatchString(f.Name.Name) {
			continue
		}
		if g, is := d.(*ast.GenDecl); is && g.Tok != token.CONST {
			continue
		}
		ast.Inspect(d, func(n ast.Node) bool { visit(n, change); return true })
	}
	return all, nil
}

// visit changes a node in all the ways that there are.
func visit(n ast.Node, change func(from, to token.Pos, is func(was string) string)) {
	gone := func(string) string { return "" }
	not := func(was string) string { return "!(" + was + ")" }
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if other, is := turned[n.Op]; is {
			sign := n.Op.String()
			change(n.Pos(), n.End(), func(was string) string {
				at := int(n.OpPos - n.Pos())
				return was[:at] + other + was[at+len(sign):]
			})
		}
	case *ast.IfStmt:
		change(n.Cond.Pos(), n.Cond.End(), not)
	case *ast.CaseClause:
		for _, c := range n.List {
			if _, is := c.(*ast.BasicLit); !is {
				change(c.Pos(), c.End(), func(was string) string { return "false && (" + was + ")" })
			}
		}
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			change(n.Pos(), n.X.Pos(), gone)
		}
	case *ast.BasicLit:
		if x, err := strconv.Atoi(n.Value); err == nil && n.Kind == token.INT {
			change(n.Pos(), n.End(), func(string) string { return strconv.Itoa(x + 1) })
		}
	case *ast.Ident:
		if other, is := map[string]string{"true": "false", "false": "true", "min": "max", "max": "min"}[n.Name]; is {
			change(n.Pos(), n.End(), func(string) string { return other })
		}
	case *ast.BranchStmt:
		change(n.Pos(), n.End(), gone)
	case *ast.ExprStmt:
		change(n.Pos(), n.End(), gone)
	case *ast.IncDecStmt:
		change(n.Pos(), n.End(), gone)
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			change(n.Pos(), n.End(), gone)
		}
	}
}
