package chart

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"roundtable/benchmark/prompt"
	"roundtable/locale"
)

// messagesOf returns the ids of the messages that begin with one of the prefixes;
// plural forms are one message.
func messagesOf(t *testing.T, prefixes ...string) []string {
	t.Helper()
	var ids []string
	var walk func(id string, node map[any]any)
	walk = func(id string, node map[any]any) {
		if _, plural := node["other"]; plural {
			ids = append(ids, id)
			return
		}
		for key, value := range node {
			name := fmt.Sprintf("%s.%v", id, key)
			switch inner := value.(type) {
			case map[any]any:
				walk(name, inner)
			case map[string]any:
				walk(name, anyKeys(inner))
			default:
				ids = append(ids, name)
			}
		}
	}
	files, err := filepath.Glob(filepath.Join("..", "locale", "messages", locale.Default, "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var all map[string]any
		if err := yaml.Unmarshal(data, &all); err != nil {
			t.Fatal(err)
		}
		for _, prefix := range prefixes {
			if node, ok := all[prefix].(map[string]any); ok {
				walk(prefix, anyKeys(node))
			}
		}
	}
	return ids
}

func anyKeys(node map[string]any) map[any]any {
	all := map[any]any{}
	for key, value := range node {
		all[key] = value
	}
	return all
}

// parts are messages that no sentence is made of alone.
var parts = map[string]bool{"caption.pair": true, "caption.of": true, "caption.more": true, "alt.you": true}

// elsewhere are messages that the drawn views and series have no reason for, and that
// tests of their own hold against the numbers.
var elsewhere = map[string]string{
	"caption.trend.headline.none": "TestTrendCaptionGolden", "caption.trend.headline.no-figures": "TestTrendCaptionGolden",
	"caption.trend.standing.chosen": "TestTrendCaptionGolden",
	"caption.no-limits.alone":       "TestTextGolden of package analysis",
	"caption.looks.none":            "TestManyLooks", "caption.looks.one": "TestManyLooks", "caption.looks.several": "TestManyLooks",
}

// Every message that something is said with has its check in the property tests.
func TestEveryClaimIsChecked(t *testing.T) {
	rules := (&course{}).ruleNames()
	found := 0
	for _, id := range messagesOf(t, "caption", "alt", "round-picture", "own-picture", "picture") {
		trend, ofTrend := strings.CutPrefix(id, "caption.trend.")
		found++
		switch {
		case parts[id], elsewhere[id] != "", checks[id] != nil, trendChecks[id] != nil, roundChecks[id] != nil, ownChecks[strings.TrimPrefix(id, "own-picture.")] != nil:
		case ofTrend && (trendChecks[trend] != nil || rules[strings.TrimPrefix(trend, "headline.")]):
		default:
			t.Errorf("%s: nothing checks what it claims", id)
		}
	}
	if found < 120 {
		t.Errorf("only %d messages were found", found)
	}
}

// Every question says what it takes for granted.
func TestEveryPromptClaims(t *testing.T) {
	n := 0
	for _, id := range messagesOf(t, "prompt") {
		id = strings.TrimPrefix(id, "prompt.")
		signal, _, claims := prompt.Claims(id)
		if n++; !prompt.Known(id) || claims == strings.HasPrefix(id, "double.") || claims && !strings.HasPrefix(id, string(signal)) {
			t.Errorf("%s: known %v, claims %v %s", id, prompt.Known(id), claims, signal)
		}
	}
	if n < 18 {
		t.Errorf("only %d questions were found", n)
	}
}

// No sentence is made but of a claim: nowhere else is one put together, and the words
// of captions and alternative texts are asked for nowhere else.
func TestSentencesAreMadeOfClaims(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(node ast.Node) bool {
			switch n := node.(type) {
			case *ast.CompositeLit:
				if made, ok := n.Type.(*ast.Ident); ok && made.Name == "Sentence" && len(n.Elts) > 0 && name != "sentence.go" {
					t.Errorf("%s: a sentence of its own", name)
				}
			case *ast.CallExpr:
				method, ok := n.Fun.(*ast.SelectorExpr)
				if !ok || method.Sel.Name != "T" || len(n.Args) == 0 {
					break
				}
				id, ok := n.Args[0].(*ast.BasicLit)
				if ok && !parts[strings.Trim(id.Value, `"`)] && (strings.HasPrefix(id.Value, `"caption.`) || strings.HasPrefix(id.Value, `"alt.`) || strings.HasPrefix(id.Value, `"round-picture.`) || strings.HasPrefix(id.Value, `"own-picture.`) || strings.HasPrefix(id.Value, `"picture.`)) {
					t.Errorf("%s: %s is said without a claim", name, id.Value)
				}
			}
			return true
		})
	}
}
