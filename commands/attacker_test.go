package commands_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"roundtable/benchmark"
	"roundtable/chat"
)

// play is a life in a chat, played twice: with one hidden number, and with another.
// Whatever the attacker was ever shown must be the same, down to the size of a
// picture.
type play struct {
	visibility benchmark.Visibility
	attacker   string
	// secrets are the numbers that stand for each other.
	secrets [2]string
	acts    func(d *drama)
}

// drama is a play as it is played.
type drama struct {
	*stage
	t      *testing.T
	play   play
	secret string
}

// plays are what got through once, and what is near it.
var plays = map[string]play{
	"eve joins an organisation whose only member left": {benchmark.Named, "eve", [2]string{"3", "5"}, func(d *drama) {
		d.types("anna", "submit falls "+d.secret+"/412 she fell from bed "+d.secret)
		d.types("anna", "predict falls above")
		d.types("bo", "submit falls 30/412")
		d.wants("anna", benchmark.Leave{})
		d.types("eve", "join North")
		d.show()
		d.nextRound()
	}},
	"eve joins an organisation that has a member": {benchmark.Named, "eve", [2]string{"3", "5"}, func(d *drama) {
		d.types("anna", "submit falls "+d.secret+"/412 she fell from bed")
		d.types("eve", "join North")
		d.peek()
		d.show()
		d.nextRound()
	}},
	"eve answers over what stood there": {benchmark.Named, "eve", [2]string{"3", "5"}, func(d *drama) {
		d.types("anna", "submit falls "+d.secret+"/412 she fell from bed")
		d.types("anna", "submit sores "+d.secret+"/412")
		d.types("bo", "submit falls 30/412")
		d.wants("anna", benchmark.Leave{})
		d.types("eve", "join North")
		d.types("eve", "submit falls 9/412")
		d.pressIf("eve", "Undo")
		d.types("eve", "submit sores 3/412")
		d.opens("eve", "submit")
		d.fills("eve", map[string]string{"falls": "5/412"})
		d.types("eve", "withdraw falls")
		d.show()
		d.types("eve", "submit falls 11/412 counted again")
		d.nextRound()
	}},
	"eve comes after it was shown": {benchmark.Own, "eve", [2]string{"33", "55"}, func(d *drama) {
		d.types("anna", "submit falls "+d.secret+"/412")
		d.types("bo", "submit falls 30/412")
		d.show()
		d.wants("anna", benchmark.Leave{})
		d.types("eve", "join North")
		d.peek()
		d.nextRound()
	}},
	"the facilitator joins to read what is open, and goes on": {benchmark.Named, "ruth", [2]string{"33", "55"}, func(d *drama) {
		d.types("anna", "submit falls "+d.secret+"/412")
		d.types("bo", "submit falls 30/412")
		d.types("ruth", "join North")
		d.peek()
		d.types("ruth", "join South")
		d.peek()
	}},
	"the facilitator joins, and it is shown": {benchmark.Named, "ruth", [2]string{"3", "5"}, func(d *drama) {
		d.types("anna", "submit falls "+d.secret+"/412 she fell from bed")
		d.types("bo", "submit falls 30/412")
		d.types("ruth", "join North")
		d.show()
		d.nextRound()
	}},
	"few without the event": {benchmark.Named, "bo", [2]string{"405", "403"}, func(d *drama) {
		d.types("anna", "submit falls "+d.secret+"/408")
		d.types("bo", "submit falls 300/412")
		d.show()
	}},
	"a small number, corrected": {benchmark.Coded, "bo", [2]string{"3", "5"}, func(d *drama) {
		d.types("anna", "submit falls 2/408")
		d.types("bo", "submit falls 300/412")
		d.show()
		d.types("anna", "submit falls "+d.secret+"/408 counted again")
		d.pressIf("anna", "Save")
		d.types("eve", "join East")
		d.types("eve", "submit falls 40/500")
		d.peek()
		d.nextRound()
	}},
	"a second answer on the same line": {benchmark.Named, "bo", [2]string{"3", "5"}, secondAnswer("submit falls 20/130 sores %s/400")},
	"after a comma":                    {benchmark.Named, "bo", [2]string{"3", "5"}, secondAnswer("submit falls 20/130, sores %s/400")},
	"after a semicolon":                {benchmark.Named, "bo", [2]string{"3", "5"}, secondAnswer("submit falls 20/130; sores %s/400")},
	"on the next line":                 {benchmark.Named, "bo", [2]string{"3", "5"}, secondAnswer("submit falls 20/130\nsores %s/400")},
	"by its title":                     {benchmark.Named, "bo", [2]string{"3", "5"}, secondAnswer("submit falls 20/130 pressure sores %s/400")},
	"from a spreadsheet":               {benchmark.Named, "bo", [2]string{"3", "5"}, secondAnswer("submit falls\t20/130\nsores\t%s/400")},
	"in the note of a form": {benchmark.Named, "bo", [2]string{"3", "5"}, func(d *drama) {
		d.types("anna", "submit falls 20/130")
		d.opens("anna", "submit falls")
		d.fills("anna", map[string]string{"falls.note": "sores " + d.secret + "/400"})
		d.types("bo", "submit sores 30/400")
		d.show()
	}},
	"who doesn't see each other": {benchmark.Own, "bo", [2]string{"33", "55"}, func(d *drama) {
		d.types("anna", "submit falls "+d.secret+"/412 we count ours so")
		d.types("bo", "submit falls 30/412")
		d.types("cleo", "submit falls 40/412")
		d.show()
		d.types("bo", "submit falls 60/412 counted again")
		d.pressIf("bo", "Save")
		d.nextRound()
	}},
	"a draft that is opened again": {benchmark.Named, "ruth", [2]string{"3", "5"}, func(d *drama) {
		d.types("anna", "submit falls "+d.secret+"/412")
		d.types("bo", "submit falls 30/412")
		d.wants("ruth", benchmark.CloseRound{})
		d.peek()
		d.wants("ruth", benchmark.ReopenRound{Closes: d.clock.Now().AddDate(0, 0, 5), Reason: "some were late"})
		d.types("anna", "submit falls 6/412")
		d.peek()
		d.show()
	}},
}

// dramaIndicators have no plausible range, so that nothing is asked.
var dramaIndicators = []benchmark.Indicator{
	{ID: "falls", Title: "Falls with injury", Kind: benchmark.Proportion},
	{ID: "sores", Title: "Pressure sores", Kind: benchmark.Rate},
	{ID: "visits", Title: "Visits to the ward", Kind: benchmark.Count},
}

// secondAnswer has a second answer typed behind the first one.
func secondAnswer(typed string) func(d *drama) {
	return func(d *drama) {
		d.types("anna", fmt.Sprintf(typed, d.secret))
		d.types("bo", "submit sores 30/400")
		d.show()
	}
}

// TestAttackerInTheChat plays each play with either number.
func TestAttackerInTheChat(t *testing.T) {
	for name, p := range plays {
		t.Run(name, func(t *testing.T) {
			var saw [2][]string
			for k, secret := range p.secrets {
				saw[k] = strings.Split(perform(t, p, secret), "\n")
			}
			for k := range max(len(saw[0]), len(saw[1])) {
				a, b := lineOf(saw[0], k), lineOf(saw[1], k)
				if a != b {
					from := max(0, k-6)
					t.Fatalf("%s can tell %s from %s:\n%s\n- %s\n+ %s", p.attacker, p.secrets[0], p.secrets[1], strings.Join(saw[0][from:k], "\n"), a, b)
				}
			}
			t.Logf("%d lines were the same", len(saw[0]))
		})
	}
}

func lineOf(lines []string, k int) string {
	if k >= len(lines) {
		return ""
	}
	return lines[k]
}

// perform plays it, and returns all that the attacker was ever shown.
func perform(t *testing.T, p play, secret string) string {
	t.Helper()
	s, err := newStage()
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	s.checks.anything = true
	d := &drama{stage: s, t: t, play: p, secret: secret}
	settings := benchmark.DefaultSettings()
	settings.Zone, settings.Visibility = "Europe/Stockholm", p.visibility
	_, err = s.tables.Found(s.ctx, benchmark.Actor{}, benchmark.Found{
		ID: networkID, Name: "Ward safety", Settings: settings, Connection: homeConnection, Channel: s.channel.Channel, Seed: 7,
		Organisations: []string{"North", "South", "East"}, TemplateName: "Falls and sores", Indicators: dramaIndicators,
		Founder: benchmark.Identity{Connection: homeConnection, User: "ruth", Name: "ruth"},
	})
	d.must(err)
	for _, who := range []string{"ruth", "anna", "bo", "cleo", "eve"} {
		d.must(s.chat.Join(chat.Person{ID: person(who), Name: who}))
	}
	d.types("anna", "join North")
	d.types("bo", "join South")
	d.types("cleo", "join East")
	d.wants("ruth", benchmark.OpenRound{Period: "2026-Q3", Due: d.clock.Now().AddDate(0, 0, 5)})
	p.acts(d)
	d.peek()
	d.pressesAll()
	if len(s.checks.wrong) > 0 {
		t.Fatal(strings.Join(s.checks.wrong, "\n"))
	}
	return s.everything(person(p.attacker))
}

func (d *drama) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// wants has somebody do what takes more than a line to type.
func (d *drama) wants(who string, intent benchmark.Intent) {
	d.t.Helper()
	table, err := d.tables.Table(d.ctx, networkID)
	d.must(err)
	var by benchmark.Participant
	d.read(func(n *benchmark.Network) { by, _ = n.At(benchmark.Address(person(who))) })
	_, err = table.Do(d.ctx, benchmark.Actor{By: by.ID}, intent)
	d.must(err)
	d.must(d.settle())
}

// types has somebody type in the channel; a form that opens is closed.
func (d *drama) types(who, text string) {
	d.t.Helper()
	d.opens(who, text)
	if _, open := d.chat.Form(person(who)); open {
		d.must(d.chat.Cancel(person(who)))
	}
}

func (d *drama) opens(who, text string) {
	d.t.Helper()
	d.must(d.did(d.chat.Type(d.ctx, person(who), d.channel, "/round "+text)))
}

// fills sends the form that is open, if one is.
func (d *drama) fills(who string, values map[string]string) {
	d.t.Helper()
	if _, open := d.chat.Form(person(who)); open {
		d.must(d.did(d.chat.Fill(d.ctx, person(who), values)))
	}
}

// pressIf presses the button that begins so, where there is one.
func (d *drama) pressIf(who, label string) {
	for _, post := range slices.Backward(d.visible(person(who))) {
		for _, b := range buttonsOf(post.Message) {
			if strings.HasPrefix(b.Label, label) {
				d.must(d.did(d.chat.Press(d.ctx, person(who), post.ID, b.Action+"/"+b.Value)))
				return
			}
		}
	}
}

// show closes and publishes, with a look in between.
func (d *drama) show() {
	d.t.Helper()
	d.wants("ruth", benchmark.CloseRound{})
	d.peek()
	d.wants("ruth", benchmark.PublishRound{})
	d.peek()
}

// nextRound lives another round, in which forms show what was before.
func (d *drama) nextRound() {
	d.wants("ruth", benchmark.OpenRound{Period: "2026-Q4", Due: d.clock.Now().AddDate(0, 0, 5)})
	d.types("bo", "submit falls 31/412")
	d.show()
}

// changing are verbs that end what the attacker wants to look at.
var changing = []string{"join", "leave", "setup", "open", "close", "publish", "reopen", "skip", "withdraw", "extend"}

// peek has the attacker type every verb that there is.
func (d *drama) peek() {
	d.t.Helper()
	files, err := filepath.Glob("../locale/messages/en/*.yaml")
	d.must(err)
	for _, f := range files {
		verb := strings.TrimSuffix(filepath.Base(f), ".yaml")
		if slices.Contains(changing, verb) {
			continue
		}
		for _, after := range []string{"", " falls"} {
			d.types(d.play.attacker, verb+after)
		}
	}
}

// pressesAll has the attacker press all that he sees, and send the forms that open as
// they are.
func (d *drama) pressesAll() {
	me := person(d.play.attacker)
	pressed := map[string]bool{}
	for _, post := range d.visible(me) {
		for _, b := range buttonsOf(post.Message) {
			key := b.Action + "/" + b.Value
			if pressed[key] || slices.Contains(changing, b.Action) {
				continue
			}
			pressed[key] = true
			seen, err := d.chat.Press(d.ctx, me, post.ID, key)
			if err == nil && seen.Form != nil {
				d.sendAsItIs(me, key)
			}
		}
	}
	d.must(d.settle())
}
