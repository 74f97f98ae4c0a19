package slack

import (
	"fmt"
	"strings"

	"roundtable/chat"
)

// actionID is a button's id, unique in its block: its place, its scope where it has
// one, and its action: "0:submit", "0@net-1:submit".
func actionID(place int, b chat.Button) string {
	switch {
	case b.Action == typedAction:
		return fmt.Sprintf("%s/%d", b.Action, place)
	case b.Scope != "":
		return fmt.Sprintf("%d@%s:%s", place, b.Scope, b.Action)
	}
	return fmt.Sprintf("%d:%s", place, b.Action)
}

// readActionID returns the action and scope of an id that actionID made.
func readActionID(id string) (action, scope string) {
	head, action, _ := strings.Cut(id, ":")
	_, scope, _ = strings.Cut(head, "@")
	return action, scope
}
