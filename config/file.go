package config

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"roundtable/mistake"
)

// maxFileBytes is more than any settings need; it keeps a wrong path (a log, a
// device) from being read to its end.
const maxFileBytes = 1 << 20

// loader is one reading of the settings.
type loader struct {
	journalOnly bool // of the connections nothing is read
	env         func(string) (string, bool)
	open        func(string) (fs.File, error)
	path        string // of the settings file; empty if there is none
	folder      string // that relative paths in the file start from
	mode        fs.FileMode

	inlineSecret *mistake.Place // the first secret that stands in the file as it is
	mistakes     []mistake.Mistake
	warnings     []mistake.Mistake
}

// mistake notes something that can't be used.
func (l *loader) mistake(at mistake.Place, problem, hint string) {
	l.mistakes = append(l.mistakes, mistake.Mistake{Place: at, Problem: problem, Hint: hint})
}

// warn notes something doubtful.
func (l *loader) warn(at mistake.Place, problem, hint string) {
	l.warnings = append(l.warnings, mistake.Mistake{Place: at, Problem: problem, Hint: hint})
}

// sorted orders by place; what has no line comes last, in the order it was found.
func sorted(ms []mistake.Mistake) []mistake.Mistake {
	slices.SortStableFunc(ms, func(a, b mistake.Mistake) int {
		if a.Line == 0 || b.Line == 0 {
			return cmp.Compare(b.Line, a.Line)
		}
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return ms
}

// readFile returns the content of a file of at most limit bytes, and remembers
// the mode of the settings file.
func (l *loader) readFile(name string, limit int64) ([]byte, error) {
	f, err := l.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, errors.New("it is a folder")
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("it has more than %d KiB", limit>>10)
	}
	l.mode = info.Mode()
	return data, nil
}

// withPath returns what went wrong with a file, with the path once.
func withPath(path string, err error) string {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathError.Err
	}
	return fmt.Sprintf("%s: %v", path, err)
}

// parse returns the root of the only document, nil if there is none. The nodes
// are walked as they are written, without following aliases, so that no small
// file can become a large one.
func (l *loader) parse(data []byte) *yaml.Node {
	at := mistake.Place{Source: l.path}
	decoder, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		l.mistake(at, "cannot read YAML: "+err.Error(), "")
		return nil
	}
	var document, second yaml.Node
	if err := decoder.Load(&document); err != nil {
		l.addYAMLMistake(at, err)
		return nil
	}
	if err := decoder.Load(&second); err == nil {
		at.Line, at.Column = second.Line, second.Column
		l.mistake(at, "there is a second document", "keep one, and take out the line with ---")
	} else {
		l.addYAMLMistake(at, err)
	}
	if len(document.Content) == 0 {
		return nil
	}
	return document.Content[0]
}

// addYAMLMistake notes a mistake of syntax. The end of the file is none.
func (l *loader) addYAMLMistake(at mistake.Place, err error) {
	if errors.Is(err, io.EOF) {
		return
	}
	problem, hint := err.Error(), "check the indentation, and put texts with : # { [ * & ! % @ ` in quotes"
	if load, ok := errors.AsType[*yaml.LoadError](err); ok {
		at.Line, at.Column = load.Mark.Line, load.Mark.Column
		problem = load.Message
		if load.ContextMsg != "" {
			problem += " " + load.ContextMsg
		}
	}
	if strings.Contains(problem, "cannot start any token") {
		hint = "indent with spaces, not tabs, and put texts that start with % @ or ` in quotes"
	}
	l.mistake(at, "this is not YAML: "+problem, hint)
}

// scalar returns the one value at a node, ${variables} filled in.
func (l *loader) scalar(n *yaml.Node, at mistake.Place) value {
	switch n.Kind {
	case yaml.ScalarNode:
		if n.ShortTag() == "!!null" {
			return value{at: at}
		}
		return value{text: l.expand(n.Value, at), at: at}
	case yaml.AliasNode:
		l.mistake(at, "aliases (*name) are not followed", "write the value out, or use ${VARIABLE}")
	default:
		l.mistake(at, "this wants one value", "write it on the same line, after the colon")
	}
	return value{at: at}
}

// place returns where a node is.
func (l *loader) place(n *yaml.Node, key string) mistake.Place {
	return mistake.Place{Source: l.path, Line: n.Line, Column: n.Column, Subject: key}
}
