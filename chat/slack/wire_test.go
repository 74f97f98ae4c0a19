package slack

import (
	"encoding/json"
	"strings"
	"testing"
)

// FuzzRead sees that whatever is sent over HTTP is read or refused.
func FuzzRead(f *testing.F) {
	f.Add(jsonType, `{"type":"event_callback","event":{"type":"message"}}`)
	f.Add(jsonType, `{"type":"url_verification","challenge":"<\u0000>"}`)
	f.Add(formType, "payload=%7B%7D")
	f.Add(formType, "command=%2Fround&text=a;b")
	f.Add(formType, "ssl_check=1")
	f.Fuzz(func(t *testing.T, contentType, body string) {
		kind, payload, err := read(contentType, []byte(body))
		if err != nil {
			return
		}
		switch kind {
		case "events_api", "url_verification", "slash_commands":
			if !json.Valid(payload) {
				t.Errorf("%s: %q is no JSON", kind, payload)
			}
		case "interactive", "ssl_check":
		default:
			t.Errorf("a kind %q", kind)
		}
	})
}

// FuzzCarried sees that a form's state comes back as it was.
func FuzzCarried(f *testing.F) {
	f.Add("submit", "C1", "state")
	f.Add(`"`, "\n", "a\nb")
	f.Fuzz(func(t *testing.T, name, channel, state string) {
		o := &session{id: strings.Repeat("S", 26), place: place{channel: channel}}
		o.form.Name, o.form.State = name, state
		c, err := readState(view{PrivateMetadata: o.metadata()})
		if err != nil || c.state != state {
			t.Errorf("%q, %v, want %q", c.state, err, state)
		}
	})
}

func TestInput(t *testing.T) {
	for payload, want := range map[string]string{
		`{"type":"plain_text_input","value":"a"}`:                    "a",
		`{"type":"plain_text_input","value":null}`:                   "",
		`{"type":"static_select","selected_option":{"value":"y"}}`:   "y",
		`{"type":"static_select","selected_option":null}`:            "",
		`{"type":"checkboxes","selected_options":[{"value":"yes"}]}`: "yes",
		`{"type":"checkboxes","selected_options":[]}`:                "",
	} {
		var in input
		if err := json.Unmarshal([]byte(payload), &in); err != nil {
			t.Fatal(err)
		}
		if got := in.text(); got != want {
			t.Errorf("%s is %q, want %q", payload, got, want)
		}
	}
}
