package slacktest

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// surface is where blocks stand.
type surface int

const (
	surfaceMessage surface = iota
	surfaceView
)

// kit checks blocks against https://docs.slack.dev/reference/block-kit. What is
// wrong is said as Slack says it, with a JSON pointer.
type kit struct {
	s        *Slack
	app      *App
	surface  surface
	problems []string
	runes    int // over all texts
	blockIDs map[string]bool
	actions  map[string]bool // of the block at hand
	focused  bool
	inputs   bool // an input block was seen
	tables   int
	markdown int // characters in markdown blocks
	unready  int // pictures that are not processed yet
}

// known is what blocks may be made of.
var known struct{ blocks, elements map[string]object }

func init() { known.blocks, known.elements = blockKinds(), elementKinds() }

// kit returns a checker. The lock is held while it works.
func (s *Slack) kit(app *App, where surface) *kit {
	return &kit{s: s, app: app, surface: where, blockIDs: map[string]bool{}}
}

func (k *kit) problem(at, format string, args ...any) {
	k.problems = append(k.problems, fmt.Sprintf("%s [json-pointer:%s]", fmt.Sprintf(format, args...), at))
}

// rule checks one value.
type rule func(k *kit, at string, v any)

// object is a kind of thing: its properties, which of them must be there, and
// what else must hold.
type object struct {
	props    map[string]rule
	required []string
	also     func(k *kit, at string, o map[string]any)
	views    bool // only in views
	messages bool // only in messages
}

func (o object) check(k *kit, at string, m map[string]any) {
	for _, name := range o.required {
		if m[name] == nil {
			k.problem(at, "missing required field: %s", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		switch r, known := o.props[name]; {
		case !known:
			k.problem(at+"/"+name, "invalid additional property: %s", name)
		case m[name] == nil:
			k.problem(at+"/"+name, "must be present, not null")
		default:
			r(k, at+"/"+name, m[name])
		}
	}
	if o.also != nil {
		o.also(k, at, m)
	}
}

// text is a string of least to most characters, counted as they are sent.
func text(least, most int) rule {
	return func(k *kit, at string, v any) {
		s, ok := v.(string)
		switch n := runes(s); {
		case !ok:
			k.problem(at, "must be a string")
		case n < least:
			k.problem(at, "must be more than %d characters", least-1)
		case n > most:
			k.problem(at, "must be less than %d characters", most+1)
		}
	}
}

func boolean(k *kit, at string, v any) {
	if _, ok := v.(bool); !ok {
		k.problem(at, "must be a boolean")
	}
}

func integer(least, most int) rule {
	return func(k *kit, at string, v any) {
		if n, ok := v.(float64); !ok || n != math.Trunc(n) || n < float64(least) || n > float64(most) {
			k.problem(at, "must be a whole number from %d to %d", least, most)
		}
	}
}

func oneOf(values ...string) rule {
	return func(k *kit, at string, v any) {
		if s, ok := v.(string); !ok || !slices.Contains(values, s) {
			k.problem(at, "must be one of %s", strings.Join(values, ", "))
		}
	}
}

func numeric(k *kit, at string, v any) {
	s, ok := v.(string)
	if _, err := strconv.ParseFloat(s, 64); !ok || err != nil {
		k.problem(at, "must be a number written as a string")
	}
}

func list(least, most int, each rule) rule {
	return func(k *kit, at string, v any) {
		all, ok := v.([]any)
		switch {
		case !ok:
			k.problem(at, "must be an array")
		case len(all) < least:
			k.problem(at, "no fewer than %d items allowed", least)
		case len(all) > most:
			k.problem(at, "no more than %d items allowed", most)
		}
		for i, one := range all {
			each(k, fmt.Sprintf("%s/%d", at, i), one)
		}
	}
}

// textObject is a text object of the given types, with 1 to most characters.
func textObject(most int, types ...string) rule {
	return func(k *kit, at string, v any) {
		m, ok := v.(map[string]any)
		if !ok {
			k.problem(at, "must be a text object")
			return
		}
		kind, _ := m["type"].(string)
		if !slices.Contains(types, kind) {
			k.problem(at+"/type", "must be one of %s", strings.Join(types, ", "))
		}
		props := map[string]rule{"type": anything, "text": text(1, most)}
		if kind == "plain_text" {
			props["emoji"] = boolean
		} else {
			props["verbatim"] = boolean
		}
		object{props: props, required: []string{"type", "text"}}.check(k, at, m)
		s, _ := m["text"].(string)
		k.runes += runes(s)
		if kind == "mrkdwn" {
			k.stray(at+"/text", s)
		}
	}
}

// stray notes control characters that Slack would read as markup: an unescaped
// '<' that begins nothing.
func (k *kit) stray(at, s string) {
	for rest := s; ; {
		_, after, found := strings.Cut(rest, "<")
		if !found {
			return
		}
		inside, more, closed := strings.Cut(after, ">")
		if !closed || !control(inside) {
			k.s.breaks("an unescaped '<' that begins no link or mention [json-pointer:%s]", at)
			return
		}
		rest = more
	}
}

func control(inside string) bool {
	for _, begin := range []string{"@", "#", "!", "http://", "https://", "mailto:", "tel:"} {
		if strings.HasPrefix(inside, begin) {
			return true
		}
	}
	return false
}

func plainText(most int) rule { return textObject(most, "plain_text") }
func words(most int) rule     { return textObject(most, "plain_text", "mrkdwn") }

func anything(*kit, string, any) {}

// rule lets an object's checker stand as a rule.
func (o object) rule() rule {
	return func(k *kit, at string, v any) {
		m, ok := v.(map[string]any)
		if !ok {
			k.problem(at, "must be an object")
			return
		}
		o.check(k, at, m)
	}
}

// element is one of some kinds of elements.
func element(kinds ...string) rule {
	return func(k *kit, at string, v any) {
		m, _ := v.(map[string]any)
		kind, _ := m["type"].(string)
		o, exists := known.elements[kind]
		if !slices.Contains(kinds, kind) || !exists {
			k.problem(at+"/type", "unsupported type: %s", kind)
			return
		}
		o.check(k, at, m)
		if id, ok := m["action_id"].(string); ok {
			if k.actions[id] {
				k.problem(at+"/action_id", "action_id %q already exists in this block", id)
			}
			if k.actions != nil {
				k.actions[id] = true
			}
		}
		if m["focus_on_load"] == true {
			if k.focused {
				k.problem(at+"/focus_on_load", "only one element may take the focus")
			}
			k.focused = true
		}
	}
}

// blocks checks a list of blocks.
func (k *kit) blocks(at string, all []any, most int) {
	if len(all) > most {
		k.problem(at, "no more than %d items allowed", most)
	}
	for i, b := range all {
		k.block(fmt.Sprintf("%s/%d", at, i), b)
	}
}

func (k *kit) block(at string, v any) {
	m, ok := v.(map[string]any)
	kind, _ := m["type"].(string)
	o, exists := known.blocks[kind]
	switch {
	case !ok:
		k.problem(at, "must be an object")
		return
	case kind == "":
		k.problem(at, "missing required field: type")
		return
	case !exists, o.views && k.surface != surfaceView, o.messages && k.surface != surfaceMessage:
		k.problem(at+"/type", "unsupported type: %s", kind)
		return
	}
	k.actions = map[string]bool{}
	o.check(k, at, m)
	if id, ok := m["block_id"].(string); ok {
		if k.blockIDs[id] {
			k.problem(at+"/block_id", "block_id %q already exists", id)
		}
		k.blockIDs[id] = true
	}
}
