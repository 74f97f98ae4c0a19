package commands

import (
	"context"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// mostAsked networks one may choose among.
const mostAsked = 20

// whichNetwork asks those who type in their direct conversation and are in several
// networks which one they mean; false when there is nothing to ask. What they
// typed goes on as it was.
func (r *request) whichNetwork(ctx context.Context, line string) (chat.Reply, bool) {
	if !r.in.Direct || r.isAddressed {
		return chat.Reply{}, false
	}
	tables, err := r.c.tables.Of(ctx, r.in.From.ID)
	if err != nil {
		return r.failed(err), true
	}
	if len(tables) < 2 {
		return chat.Reply{}, false
	}
	line = strings.TrimSpace(line)
	if len(line) > mostValue {
		return r.say(r.t("which.too-long")), true
	}
	var buttons []chat.Button
	for _, t := range tables[:min(len(tables), mostAsked)] {
		t.Read(func(n *benchmark.Network) {
			buttons = append(buttons, chat.Button{Label: clipText(oneLine(n.Name), chat.MaxLabel), Action: addressed, Value: string(n.ID) + " type " + line})
		})
	}
	return r.say(r.t("which.network"), buttons...), true
}
