package roundtable

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// What keeps the house easy to find one's way in. Who comes near one of these
// bounds cuts by subject.
const (
	maxExportedTypes = 100 // of a package; 80 is better
	maxMethods       = 50  // of a receiver
	maxLines         = 400 // of a file; a subject has 80 or more
)

// TestSizes measures every package outside tests.
func TestSizes(t *testing.T) {
	exported, methods := map[string]int{}, map[string]int{}
	err := eachSource(func(path string, file *ast.File, set *token.FileSet) {
		folder := filepath.ToSlash(filepath.Dir(path))
		if lines := set.Position(file.FileEnd).Line - 1; lines > maxLines {
			t.Errorf("%s has %d lines; at most %d", path, lines, maxLines)
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv != nil {
					methods[folder+"."+receiverName(d)]++
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if s, is := s.(*ast.TypeSpec); is && s.Name.IsExported() {
						exported[folder]++
					}
				}
			}
		}
	})
	if err != nil || len(exported) == 0 {
		t.Fatalf("%d packages, %v", len(exported), err)
	}
	for folder, n := range exported {
		if n > maxExportedTypes {
			t.Errorf("%s exports %d types; at most %d", folder, n, maxExportedTypes)
		}
	}
	for receiver, n := range methods {
		if n > maxMethods {
			t.Errorf("%s has %d methods; at most %d", receiver, n, maxMethods)
		}
	}
}

func receiverName(f *ast.FuncDecl) string {
	e := f.Recv.List[0].Type
	for {
		switch x := e.(type) {
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.IndexListExpr:
			e = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

// eachSource reads every Go file of ours outside tests, by its path from here.
func eachSource(take func(path string, file *ast.File, set *token.FileSet)) error {
	return eachFile(false, take)
}

// eachFile reads every Go file of ours, tests included where they are wanted.
func eachFile(tests bool, take func(path string, file *ast.File, set *token.FileSet)) error {
	return filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch name := d.Name(); {
		case err != nil:
			return err
		case d.IsDir() && path != "." && (name == "testdata" || name == "node_modules" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || !tests && strings.HasSuffix(name, "_test.go"):
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			return err
		}
		take(path, file, set)
		return nil
	})
}

// TestCommentsNameWhatTheyStandOn finds comments that kept an old name: one that
// begins with a small letter begins with the name of what it stands on.
func TestCommentsNameWhatTheyStandOn(t *testing.T) {
	err := eachFile(true, func(_ string, file *ast.File, set *token.FileSet) {
		check := func(name string, doc *ast.CommentGroup) {
			first, _, _ := strings.Cut(strings.TrimSpace(doc.Text()), " ")
			first, _, _ = strings.Cut(first, "\n")
			first = strings.TrimRight(first, ":,.;")
			if first != "" && first != name && first[0] >= 'a' && first[0] <= 'z' {
				t.Errorf("%s: the comment on %s begins with %q", set.Position(doc.Pos()), name, first)
			}
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				check(d.Name.Name, d.Doc)
			case *ast.GenDecl:
				for _, s := range d.Specs {
					doc := d.Doc
					switch s := s.(type) {
					case *ast.TypeSpec:
						if s.Doc != nil || d.Lparen.IsValid() {
							doc = s.Doc // that of a group is about all of it
						}
						check(s.Name.Name, doc)
					case *ast.ValueSpec:
						if len(s.Names) == 1 && (!d.Lparen.IsValid() || s.Doc != nil) {
							if s.Doc != nil {
								doc = s.Doc
							}
							check(s.Names[0].Name, doc)
						}
					}
				}
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}
