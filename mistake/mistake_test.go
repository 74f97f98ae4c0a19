package mistake

import "testing"

func TestList(t *testing.T) {
	at := Place{Source: "round.yaml", Line: 3, Column: 5, Subject: "kind"}
	list := List{More: 2, Mistakes: []Mistake{
		{Place: at, Problem: "no kind", Hint: "write rate"},
		{Place: Place{Source: "round.yaml", Line: 4}, Problem: "no end"},
		{Place: Place{Source: "flags", Subject: "--listen"}, Problem: "no port"},
	}}
	const want = "round.yaml:3:5: kind: no kind; write rate\n" +
		"round.yaml:4: no end\n" +
		"flags: --listen: no port\n" +
		"and 2 more"
	if got := list.Error(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
