package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// span is a place in a file: two bytes' numbers.
type span struct {
	file     string
	from, to int
}

// typesOf returns the types of the expressions in the folder's package, as its files
// would write them, and the package's name.
func typesOf(folder string) (map[span]string, string, error) {
	out, err := exec.CommandContext(context.Background(), "go", "list", "-export", "-deps", "-json=ImportPath,Export", "./"+folder).Output() //nolint:gosec // a folder of ours
	if err != nil {
		return nil, "", fmt.Errorf("go list %s: %w", folder, err)
	}
	exports := map[string]string{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct{ ImportPath, Export string }
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, "", err
		}
		exports[p.ImportPath] = p.Export
	}
	set := token.NewFileSet()
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, "", err
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			return nil, "", err
		}
		files = append(files, f)
	}
	info := types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	config := types.Config{Importer: importer.ForCompiler(set, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })}
	p, err := config.Check(folder, set, files, &info)
	if err != nil {
		return nil, "", err
	}
	found := map[span]string{}
	for e, t := range info.Types {
		at := set.Position(e.Pos())
		text := types.TypeString(t.Type, func(other *types.Package) string {
			if other == p {
				return ""
			}
			return other.Name()
		})
		found[span{at.Filename, at.Offset, set.Position(e.End()).Offset}] = text
	}
	return found, p.Name(), nil
}
