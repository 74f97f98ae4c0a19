package slacktest

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Payload is something that an app sent to any fake of this process, as it went
// over the wire.
type Payload struct {
	// Kind is the way it took: a method of the Web API ("chat.postMessage"),
	// "response_url", or the kind of what it acknowledged ("view_submission",
	// "slash_command").
	Kind string
	// Body is a JSON object: the arguments without the token, or the body.
	Body json.RawMessage
}

// sent are the payloads of this process, one of each shape.
var sent = struct {
	sync.Mutex
	shapes map[string]bool
	all    []Payload
}{shapes: map[string]bool{}}

// Payloads returns one of each shape of what apps have sent to the fakes of this
// process, in the order in which they were first seen. Two payloads have the same
// shape when they differ only in what people read, in names and in how many of the
// same stand in a row. It is what package honest holds against Slack's own types.
func Payloads() []Payload {
	sent.Lock()
	defer sent.Unlock()
	return slices.Clone(sent.all)
}

// record keeps a payload if nothing of its shape was sent before. The values of
// args are JSON's; texts that come of a form are first read as what they stand
// for.
func record(kind string, args map[string]any) {
	body := map[string]any{}
	for name, value := range args {
		if name != "token" {
			body[name] = plain(name, value)
		}
	}
	if len(body) == 0 {
		return // a bare acknowledgement
	}
	key := kind + " " + shape("", body)
	sent.Lock()
	defer sent.Unlock()
	if sent.shapes[key] {
		return
	}
	data, err := json.Marshal(body)
	if err != nil {
		return // not JSON's: whoever reads the arguments says so
	}
	sent.shapes[key] = true
	sent.all = append(sent.all, Payload{Kind: kind, Body: data})
}

// plain reads a form's value as what it stands for: forms know only texts.
func plain(name string, value any) any {
	text, isText := value.(string)
	switch {
	case !isText:
		return value
	case slices.Contains([]string{"blocks", "view", "metadata", "attachments", "files"}, name):
		var v any
		if json.Unmarshal([]byte(text), &v) == nil {
			return v
		}
	case name == "length" || name == "limit":
		var n json.Number
		if json.Unmarshal([]byte(text), &n) == nil {
			return n
		}
	case text == "true" || text == "false":
		return text == "true"
	}
	return value
}

// shape writes a JSON value without what its type doesn't depend on.
func shape(name string, value any) string {
	switch v := value.(type) {
	case map[string]any:
		var b strings.Builder
		for _, key := range slices.Sorted(maps.Keys(v)) {
			b.WriteString(key + ":" + shape(key, v[key]) + ",")
		}
		return "{" + b.String() + "}"
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = shape(name+"[]", e)
		}
		return "[" + strings.Join(slices.Compact(parts), ",") + "]"
	case string:
		if slices.Contains([]string{"type", "style", "response_action", "response_type", "parse"}, name) {
			return v
		}
		return "text"
	case nil:
		return "null"
	case bool:
		return "bool"
	default:
		return "number"
	}
}
