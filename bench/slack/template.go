package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// template is a submission as Slack sent it, to be sent again and again as
// another view with other figures: a form's body with marks where those stand.
type template string

// The marks; nothing in a form's encoding changes them.
const (
	viewMark   = "xVIEWx"
	figureMark = "xFIGUREx"
)

// viewPrefix begins the ids of the views and triggers that are made up.
const viewPrefix = "V0BENCH"

// newTemplate makes a template of the payload of a view_submission. All fields
// with a slash in what was filled in hold figures.
func newTemplate(payload []byte) (template, error) {
	var p map[string]any
	if err := json.Unmarshal(payload, &p); err != nil {
		return "", fmt.Errorf("a submission: %w", err)
	}
	view, ok := p["view"].(map[string]any)
	if !ok {
		return "", errors.New("a submission without a view")
	}
	view["id"], view["root_view_id"], p["trigger_id"] = viewMark, viewMark, viewMark
	state, _ := view["state"].(map[string]any)
	values, _ := state["values"].(map[string]any)
	figures := 0
	for _, block := range values {
		fields, _ := block.(map[string]any)
		for _, field := range fields {
			f, _ := field.(map[string]any)
			if text, ok := f["value"].(string); ok && strings.Contains(text, "/") {
				f["value"] = figureMark
				figures++
			}
		}
	}
	if figures == 0 {
		return "", errors.New("a submission without figures")
	}
	data, err := json.Marshal(p)
	return template(url.Values{"payload": {string(data)}}.Encode()), err
}

// body is the nth submission: figures that the one before it didn't have.
func (t template) body(n int64) string {
	figure := fmt.Sprintf("%d%%2F%d", 10+n%80, 100+n/80%900)
	return strings.NewReplacer(viewMark, fmt.Sprintf(viewPrefix+"%08d", n), figureMark, figure).Replace(string(t))
}
