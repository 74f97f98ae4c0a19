package commands

import (
	"testing"

	"roundtable/chat"
	"roundtable/locale"
)

// A private message that nobody asked for names its network where a phone shows it, and
// once.
func TestPrivateMessagesNameTheirNetwork(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"without its name":   {"A gentle reminder: the round is due.", "Ward safety · A gentle reminder: the round is due."},
		"with it":            {"Two things wait for you in Ward safety.", "Two things wait for you in Ward safety."},
		"with it far behind": {"A long sentence that goes on and on about this and that, and in the end Ward safety.", "Ward safety · A long sentence that goes on and on about this and that, and in the end Ward safety."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := &composition{audience: audience{l: locale.For("en"), trigger: "/round"}, network: "Ward safety"}
			m, err := fromNetwork(w, func() (chat.Message, error) { return message(test.text), nil })()
			if err != nil || m.Text != test.want || m.Blocks[0] != (chat.Paragraph{Text: test.want}) {
				t.Errorf("%q, %+v, %v", m.Text, m.Blocks[0], err)
			}
		})
	}
}
