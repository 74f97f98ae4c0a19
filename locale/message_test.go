package locale

import (
	"errors"
	"math"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

func TestFor(t *testing.T) {
	for name, want := range map[string]string{
		"en": "en", "sv": "sv", "sv-SE": "sv", "sv_FI": "sv", "SV": "sv", "en-GB": "en", "en-US": "en",
		"": "en", "de": "en", "ja-JP": "en", "not a language": "en", "und": "en", "*": "en", "x-private": "en",
	} {
		if got := For(name).Language(); got != want {
			t.Errorf("For(%q) is %s, want %s", name, got, want)
		}
	}
	if For("sv") != For("sv-SE") {
		t.Error("a locale is made twice")
	}
}

// testLocales has messages of its own, so that the built-in ones may change.
func testLocales(t *testing.T) map[string]*Locale {
	t.Helper()
	c, err := load(fstest.MapFS{
		"messages/sv/left.yaml": {Data: []byte("left:\n  one: En kvar för {{.Who}}.\n  other: \"{{.Count}} kvar för {{.Who}}.\"\n")},
		"messages/en/left.yaml": {Data: []byte("left:\n  one: One left for {{.Who}}.\n  other: \"{{.Count}} left for {{.Who}}.\"\n")},
		"messages/en/only.yaml": {Data: []byte("only:\n  english:\n    here: \"{{.Value}} here\"\n  1: yes\n  other: \"Only: {{.Value}}\"\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return map[string]*Locale{"en": c.locales[0], "sv": c.locales[1]}
}

func TestT(t *testing.T) {
	locales := testLocales(t)
	tests := []struct {
		language, id string
		args         []any
		want         string
	}{
		{"en", "left", []any{"Count", 1, "Who", "us"}, "One left for us."},
		{"sv", "left", []any{"Count", 1, "Who", "oss"}, "En kvar för oss."},
		{"en", "left", []any{"Count", 0, "Who", "us"}, "0 left for us."},
		{"en", "left", []any{"Count", int64(1), "Who", "us"}, "One left for us."},
		{"en", "left", []any{"Count", 1.5, "Who", "us"}, "1.5 left for us."},
		{"sv", "left", []any{"Count", 1.5, "Who", "oss"}, "1,5 kvar för oss."},
		{"en", "left", []any{"Count", 1234, "Who", "us"}, "1,234 left for us."},
		{"sv", "left", []any{"Count", 1234, "Who", "oss"}, "1\u00a0234 kvar för oss."},
		{"en", "left", []any{"Count", -1, "Who", "us"}, "-1 left for us."},
		{"en", "left", []any{"Count", math.NaN(), "Who", "us"}, "– left for us."},
		{"en", "left", []any{"Count", "many", "Who", "us"}, "many left for us."},
		{"en", "left", []any{"Count", 2}, "2 left for ⟦Who⟧."},
		{"en", "left", []any{"Who", "us"}, "⟦Count⟧ left for us."},
		{"en", "left", []any{"Count", 2, "Who"}, "2 left for ⟦Who⟧."},
		{"en", "left", []any{"Count", 2, "Who", "{{.Count}} <b>"}, "2 left for {{.Count}} <b>."},
		{"sv", "only.english.here", []any{"Value", true, "Count", 1}, "true here"},
		{"en", "only.1", nil, "yes"},
		{"en", "only.other", []any{"Value", 12.5}, "Only: 12.5"},
		{"sv", "only.english", nil, "⟦only.english⟧"},
		{"en", "", nil, "⟦⟧"},
	}
	for _, test := range tests {
		if got := locales[test.language].T(test.id, test.args...); got != test.want {
			t.Errorf("%s %s %v: %q, want %q", test.language, test.id, test.args, got, test.want)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, test := range map[string]struct{ path, content, want string }{
		"not a language": {"messages/x y/a.yaml", "a: b\n", "not a language"},
		"not YAML":       {"messages/en/a.yaml", "a: [b\n", "messages/en/a.yaml"},
		"a key twice":    {"messages/en/a.yaml", "a: b\na: c\n", "messages/en/a.yaml"},
		"a list":         {"messages/en/a.yaml", "a: [b, c]\n", "line 1"},
		"an alias":       {"messages/en/a.yaml", "a: &x b\nc: *x\n", "line 2"},
		"nothing":        {"messages/en/a.yaml", "# later\n", "messages/en/a.yaml"},
		"a text":         {"messages/en/a.yaml", "later\n", "not a file of messages"},
		"no text":        {"messages/en/a.yaml", "a:\n  b:\n", "a.b is neither"},
		"not canonical":  {"messages/sv_SE/a.yaml", "a: b\n", "not a language"},
	} {
		_, err := load(fstest.MapFS{test.path: {Data: []byte(test.content)}})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q in it", name, err, test.want)
		}
	}
	if _, err := load(fstest.MapFS{}); err == nil {
		t.Error("no messages at all were accepted")
	}
}

func TestLocaleIsSharedBetweenGoroutines(*testing.T) {
	var group sync.WaitGroup
	for n := range 8 {
		group.Go(func() {
			l := For(Languages()[n%len(Languages())])
			for i := range 50 {
				_ = l.T("list.pair", "First", i, "Last", l.Number(float64(i)*1.5, 2))
				_, err := ParseNumber("1,234")
				if problem, ok := errors.AsType[*NumberError](err); ok {
					_ = l.NumberProblem(problem)
				}
			}
		})
	}
	group.Wait()
}
