package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// template is a submission as Slack sent it, to be sent again and again as
// another view with other figures: a form's body, in pieces where those stand.
type template struct {
	pieces []string
	views  []bool // whether a view's id follows the piece, or figures
	size   int    // of a body, in bytes
}

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
		return template{}, fmt.Errorf("a submission: %w", err)
	}
	view, ok := p["view"].(map[string]any)
	if !ok {
		return template{}, errors.New("a submission without a view")
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
		return template{}, errors.New("a submission without figures")
	}
	data, err := json.Marshal(p)
	if err != nil {
		return template{}, err
	}
	t := cutAtMarks(url.Values{"payload": {string(data)}}.Encode())
	t.size = len(t.body(nil, 1))
	return t, nil
}

// cutAtMarks makes a template of a body with marks.
func cutAtMarks(body string) (t template) {
	for {
		v, f := strings.Index(body, viewMark), strings.Index(body, figureMark)
		if v < 0 && f < 0 {
			t.pieces = append(t.pieces, body)
			return t
		}
		isView, at, mark := v >= 0 && (f < 0 || v < f), f, figureMark
		if isView {
			at, mark = v, viewMark
		}
		t.pieces, t.views = append(t.pieces, body[:at]), append(t.views, isView)
		body = body[at+len(mark):]
	}
}

// What stands for the marks is always as long.
const (
	viewFormat   = viewPrefix + "%08d"
	figureFormat = "%d%%2F%d"
)

// body appends the nth submission: figures that the one before it didn't have.
func (t template) body(buffer []byte, n int64) []byte {
	view, figure := fmt.Sprintf(viewFormat, n), fmt.Sprintf(figureFormat, 10+n%80, 100+n/80%900)
	for k, piece := range t.pieces {
		buffer = append(buffer, piece...)
		switch {
		case k == len(t.views):
		case t.views[k]:
			buffer = append(buffer, view...)
		default:
			buffer = append(buffer, figure...)
		}
	}
	return buffer
}
