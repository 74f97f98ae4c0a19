package report

import (
	"bytes"
	"embed"
	"fmt"
	"path"
	"slices"

	"roundtable/locale"
)

//go:embed starters/*/*.yaml
var starterFiles embed.FS

// starterIDs in the order that they are offered.
var starterIDs = []string{"ward-safety", "emergency", "maternity", "open"}

// StarterTemplate is a template that a new network may start from, and change
// as soon as it wants to.
type StarterTemplate struct {
	// ID is the same in every language.
	ID string
	TemplateFile
}

// Starters returns the templates to start from, in the order that they are
// offered, in the language that suits best of those there are; English for what
// isn't known. The caller may change what it gets.
func Starters(language string) []StarterTemplate {
	all := make([]StarterTemplate, len(starterIDs))
	for k, id := range starterIDs {
		all[k] = StarterTemplate{ID: id, TemplateFile: mustRead(language, id)}
	}
	return all
}

// Starter returns the template with the id, in the language as [Starters] does.
// It is false when there is none.
func Starter(language, id string) (TemplateFile, bool) {
	if !slices.Contains(starterIDs, id) {
		return TemplateFile{}, false
	}
	return mustRead(language, id), true
}

// mustRead reads a starter. It panics when a file of ours is missing or wrong,
// which a test sees first.
func mustRead(language, id string) TemplateFile {
	name := path.Join("starters", locale.For(language).Language(), id+".yaml")
	data, err := starterFiles.ReadFile(name)
	if err != nil {
		// A language that has messages but no starters yet.
		name = path.Join("starters", locale.Default, id+".yaml")
		data, err = starterFiles.ReadFile(name)
	}
	if err != nil {
		panic(fmt.Sprintf("starter template: %v", err))
	}
	t, err := ReadTemplate(name, bytes.NewReader(data))
	if err != nil {
		panic(fmt.Sprintf("starter template: %v", err))
	}
	return t
}
