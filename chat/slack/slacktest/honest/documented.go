package honest

import (
	"bytes"
	"encoding/json"
	"fmt"

	"roundtable/chat/slack/slacktest"
)

// known returns a payload without the members that Slack documents and its types
// don't have, so that no more than those are let through.
func known(p slacktest.Payload) (json.RawMessage, error) {
	decoder := json.NewDecoder(bytes.NewReader(p.Body))
	decoder.UseNumber() // as it was written
	var body map[string]any
	if err := decoder.Decode(&body); err != nil {
		return nil, fmt.Errorf("honest: %s: %w", p.Kind, err)
	}
	if _, isText := body["alt_txt"].(string); isText && p.Kind == "files.getUploadURLExternal" {
		// https://docs.slack.dev/reference/methods/files.getUploadURLExternal; the
		// types have alt_text.
		delete(body, "alt_txt")
	}
	withoutOffset(body)
	data, err := json.Marshal(body)
	return data, err
}

// withoutOffset takes the offset of lists away,
// https://docs.slack.dev/reference/block-kit/block-elements/rich-text-list-element.
func withoutOffset(value any) {
	switch v := value.(type) {
	case map[string]any:
		if _, isNumber := v["offset"].(json.Number); isNumber && v["type"] == "rich_text_list" {
			delete(v, "offset")
		}
		for _, member := range v {
			withoutOffset(member)
		}
	case []any:
		for _, element := range v {
			withoutOffset(element)
		}
	}
}
