package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// mutant is one change of a file: what stands from one byte to another becomes
// something else.
type mutant struct {
	number   int // from 1
	file, in string
	line     int
	from, to int
	was, is  string
	sleeps   sleep
}

// sleep is how a mutant can be compiled beside the others.
type sleep int

const (
	never     sleep = iota // it is compiled alone
	condition              // of type bool
	number                 // an expression whose type the file's own types tell
	statement
	after // the statement after each turn of a loop
)

// name is how explained.txt calls it; it holds no line number, so that it stays the
// same while others change.
func (m *mutant) name() string {
	text := fmt.Sprintf("%s %s: %s → %s", filepath.ToSlash(m.file), m.in, m.was, m.is)
	return strings.Join(strings.Fields(text), " ")
}

func (m *mutant) isExplained() bool { return strings.Contains(explained, m.name()+"\n") }

// turned are operators and what they become.
var turned = map[token.Token]string{
	token.EQL: "!=", token.NEQ: "==", token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">",
	token.LAND: "||", token.LOR: "&&", token.ADD: "-", token.SUB: "+", token.MUL: "/",
}

// finder finds what can be changed in a file.
type finder struct {
	file, in string
	source   []byte
	set      *token.FileSet
	found    []*mutant
	// inLoop are the statements after each turn of a loop; plain are those that stand
	// in a block, where a condition may be put around them.
	inLoop, plain map[ast.Stmt]bool
}

// mutantsOf returns all that can be changed in a file, within the functions that match.
func mutantsOf(file string, within *regexp.Regexp) ([]*mutant, error) {
	source, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	f := finder{file: file, source: source, set: token.NewFileSet(), inLoop: map[ast.Stmt]bool{}, plain: map[ast.Stmt]bool{}}
	parsed, err := parser.ParseFile(f.set, file, source, 0)
	if err != nil {
		return nil, err
	}
	for _, d := range parsed.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if f.in = d.Name.Name; !within.MatchString(f.in) {
				continue
			}
		case *ast.GenDecl:
			if f.in = d.Tok.String(); d.Tok != token.CONST {
				continue
			}
		}
		ast.Inspect(d, func(n ast.Node) bool { f.visit(n); return true })
	}
	for _, m := range f.found {
		if m.in == "const" {
			m.sleeps = never
		}
	}
	return f.found, nil
}

func (f *finder) change(n ast.Node, sleeps sleep, is func(was string) string) {
	a, b := f.set.Position(n.Pos()), f.set.Position(n.End())
	was := string(f.source[a.Offset:b.Offset])
	f.found = append(f.found, &mutant{
		file: f.file, in: f.in, line: a.Line, from: a.Offset, to: b.Offset, was: was, is: is(was), sleeps: sleeps,
	})
}

// visit changes a node in all the ways that there are.
func (f *finder) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.BlockStmt:
		f.notePlain(n.List)
	case *ast.ForStmt:
		f.inLoop[n.Post] = true
	case *ast.IfStmt:
		f.change(n.Cond, condition, func(was string) string { return "!(" + was + ")" })
	case *ast.CaseClause:
		f.notePlain(n.Body)
		for _, c := range n.List {
			if is, may := c.(*ast.Ident); may && is.Obj == nil || isNamed(c) {
				continue // a value to switch on
			}
			if _, is := c.(*ast.BasicLit); !is {
				f.change(c, condition, func(was string) string { return "false && (" + was + ")" })
			}
		}
	case *ast.ExprStmt, *ast.IncDecStmt, *ast.BranchStmt:
		f.leaveOut(n.(ast.Stmt))
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			f.leaveOut(n)
		}
	case ast.Expr:
		f.visitExpression(n)
	}
}

// isNamed: "package.Name", as constants of a switch are.
func isNamed(e ast.Expr) bool {
	s, is := e.(*ast.SelectorExpr)
	return is && ast.IsExported(s.Sel.Name)
}

func (f *finder) notePlain(list []ast.Stmt) {
	for _, s := range list {
		f.plain[s] = true
	}
}

func (f *finder) leaveOut(s ast.Stmt) {
	sleeps := never
	switch b, is := s.(*ast.BranchStmt); {
	case is && b.Tok == token.FALLTHROUGH:
	case f.inLoop[s]:
		sleeps = after
	case f.plain[s]:
		sleeps = statement
	}
	f.change(s, sleeps, func(string) string { return "" })
}

func (f *finder) visitExpression(e ast.Expr) {
	switch e := e.(type) {
	case *ast.BinaryExpr:
		other, is := turned[e.Op]
		if !is {
			return
		}
		sleeps := condition
		if e.Op == token.ADD || e.Op == token.SUB || e.Op == token.MUL {
			sleeps = number
		}
		sign := e.Op.String()
		f.change(e, sleeps, func(was string) string {
			at := int(e.OpPos - e.Pos())
			return was[:at] + other + was[at+len(sign):]
		})
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			f.change(e, condition, func(was string) string { return strings.TrimPrefix(was, "!") })
		}
	case *ast.BasicLit:
		if x, err := strconv.Atoi(e.Value); err == nil && e.Kind == token.INT {
			f.change(e, number, func(string) string { return strconv.Itoa(x + 1) })
		}
	case *ast.Ident:
		if other, is := map[string]string{"true": "false", "false": "true"}[e.Name]; is {
			f.change(e, condition, func(string) string { return other })
		}
	case *ast.CallExpr:
		if name, is := e.Fun.(*ast.Ident); is && (name.Name == "min" || name.Name == "max") {
			other := map[string]string{"min": "max", "max": "min"}[name.Name]
			f.change(e, number, func(was string) string { return other + was[len("min"):] })
		}
	}
}
