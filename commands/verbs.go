package commands

import (
	"context"
	"slices"
	"strings"
	"sync"

	"roundtable/benchmark/freetext"
	"roundtable/chat"
	"roundtable/mistake"
)

// verb is one command with its ways in. A nil way is closed.
type verb struct {
	name string
	// also are words that people may take it for; they are suggested, not taken.
	also []string
	// facilitator: only for them.
	facilitator bool
	kind        func(r *request, ctx context.Context, text string) chat.Reply
	press       func(r *request, ctx context.Context, value string) chat.Reply
	fill        func(r *request, ctx context.Context, f chat.Filled) chat.Reply
}

var (
	verbsOnce sync.Once
	allVerbs  []verb
)

// verbs in the order of help. The table is made at first use, since help reads
// it too.
func verbs() []verb {
	verbsOnce.Do(func() { allVerbs = listVerbs() })
	return allVerbs
}

func listVerbs() []verb {
	return []verb{
		{name: "setup", also: []string{"start", "create", "skapa"}, kind: (*request).setup, press: (*request).setup, fill: (*request).setupFilled},
		{name: "link", also: []string{"connect", "seat", "länka", "koppla"}, kind: (*request).link, press: (*request).link, fill: (*request).linkFilled},
		{name: "join", also: []string{"register", "gå"}, kind: (*request).join, press: (*request).joinPressed, fill: (*request).joinFilled},
		{name: "leave", also: []string{"quit", "lämna"}, kind: (*request).leave, press: (*request).leavePressed},
		{name: "template", also: []string{"indicators", "definitions", "mall", "indikatorer"}, kind: (*request).template, press: (*request).template},
		{name: "bind", also: []string{"workspace", "knyt"}, facilitator: true, kind: (*request).bind, press: (*request).bind, fill: (*request).bindFilled},
		{name: "open", also: []string{"new", "öppna"}, facilitator: true, kind: (*request).open, press: (*request).open, fill: (*request).openFilled},
		{name: "extend", also: []string{"postpone", "förläng"}, facilitator: true, kind: (*request).extend, press: (*request).extend, fill: (*request).extendFilled},
		{name: "close", also: []string{"lock", "stäng"}, facilitator: true, kind: (*request).close, press: (*request).closePressed},
		{name: "publish", also: []string{"show", "visa"}, facilitator: true, kind: (*request).publish, press: (*request).publish},
		{name: "reopen", also: []string{"unlock"}, facilitator: true, kind: (*request).reopen, press: (*request).reopen, fill: (*request).reopenFilled},
		{name: "submit", also: []string{"answer", "report", "enter", "svara", "rapportera"}, kind: (*request).submit, press: (*request).submitPressed, fill: (*request).submitFilled},
		{name: "withdraw", also: []string{"delete", "remove", "undo", "ångra", "ta"}, kind: (*request).withdraw, press: (*request).withdrawPressed},
		{name: "skip", also: []string{"pass", "hoppa"}, kind: (*request).skip, press: (*request).skipPressed},
		{name: "predict", also: []string{"guess", "gissa"}, kind: (*request).predict, press: (*request).predictPressed, fill: (*request).predictFilled},
		{name: "status", also: []string{"where", "läge"}, kind: (*request).status, press: (*request).status},
		{name: "compare", also: []string{"results", "comparison", "jämför", "resultat"}, kind: (*request).compare, press: (*request).comparePressed},
		{name: "trend", also: []string{"history", "utveckling", "trender"}, kind: (*request).trend, press: (*request).trend},
		{name: "ask", also: []string{"question", "challenge", "fråga"}, kind: (*request).ask, press: (*request).askPressed, fill: (*request).askFilled},
		{name: "reflect", also: []string{"think", "reflektera"}, kind: (*request).reflect, press: (*request).reflectPressed, fill: (*request).reflectFilled},
		{name: "learn", also: []string{"learnings", "keep", "lär", "lärdomar"}, kind: (*request).learn, press: (*request).learnPressed, fill: (*request).learnFilled},
		{name: "commit", also: []string{"promise", "try", "åta", "prova"}, kind: (*request).commit, press: (*request).commitPressed, fill: (*request).commitFilled},
		{name: "snooze", also: []string{"later", "senare", "skjut"}, kind: (*request).snooze, press: (*request).snooze},
		{name: "unsnooze", kind: (*request).unsnooze, press: (*request).unsnooze},
		{name: "mute", also: []string{"quiet", "tyst"}, kind: (*request).mute, press: (*request).mute},
		{name: "unmute", kind: (*request).unmute, press: (*request).unmute},
		{name: "help", also: []string{"hjälp", "?"}, kind: (*request).help, press: (*request).help},
		{name: "vouch", press: (*request).vouch},
		{name: "type", press: (*request).meant},
	}
}

func verbNamed(name string) (verb, bool) {
	for _, v := range verbs() {
		if v.name == name {
			return v, true
		}
	}
	return verb{}, false
}

// typed answers a command.
func (r *request) typed(ctx context.Context, text string) chat.Reply {
	name, rest := cut(text)
	name = strings.ToLower(name)
	if name == "" && r.in.Direct {
		return r.home(ctx)
	}
	if name == "" {
		return r.bare(ctx)
	}
	if v, ok := verbNamed(name); ok && v.kind != nil {
		if reply, asks := r.whichNetwork(ctx, text); asks && v.name != "help" {
			return reply
		}
		return r.through(ctx, v, func() chat.Reply { return v.kind(r, ctx, rest) })
	}
	return r.unknown(name, func(verb string) string { return verb + " " + rest })
}

// meant is pressed by somebody who mistyped a verb: the button carries the whole
// line, mended.
func (r *request) meant(ctx context.Context, line string) chat.Reply { return r.typed(ctx, line) }

// either joins words with "or" before the last.
func (r *request) either(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return r.t("unknown.either", "First", strings.Join(words[:last], ", "), "Last", words[last])
}

// unknown suggests the nearest verbs; line is what is meant with one of them.
func (r *request) unknown(name string, line func(verb string) string) chat.Reply {
	r.isOpen = true
	type near struct {
		name string
		far  int
	}
	var all []near
	for _, v := range verbs() {
		if v.kind == nil || (v.facilitator && !r.me.Facilitator) {
			continue
		}
		d := distance(name, v.name)
		if strings.HasPrefix(v.name, name) || slices.Contains(v.also, name) {
			d = 0
		}
		if d <= 1+len(v.name)/3 {
			all = append(all, near{v.name, d})
		}
	}
	slices.SortStableFunc(all, func(a, b near) int { return a.far - b.far })
	for k := range all {
		if all[k].far > all[0].far || k == 3 {
			all = all[:k]
			break
		}
	}
	if len(all) == 0 {
		return r.say(r.t("unknown.verb", "Typed", shown(name)), r.button("help", "help", ""))
	}
	var names []string
	var buttons []chat.Button
	for _, a := range all {
		names = append(names, a.name)
		meant := strings.TrimSpace(line(a.name))
		if len(meant) > mostValue {
			meant = a.name
		}
		label := clipText(oneLine(shown(meant)), chat.MaxLabel)
		buttons = append(buttons, chat.Button{Label: label, Action: "type", Value: meant})
	}
	buttons = append(buttons, r.button("help", "help", ""))
	return r.say(r.t("unknown.near", "Typed", shown(name), "Near", r.either(names)), buttons...)
}

// farApart is as far as words are told apart: nobody means one of the other.
const farApart = 30

// distance is how many letters must be put in, taken out, changed or swapped
// with their neighbour to make one word of the other.
func distance(a, b string) int { return mistake.EditDistance(a, b, farApart) }

// shown is what was typed, short enough to be shown again and unable to ping.
func shown(typed string) string {
	clean, err := freetext.Clean(typed, 1<<20)
	if err != nil {
		clean = ""
	}
	letters := []rune(chat.Quiet(clean))
	if len(letters) > 60 {
		return string(letters[:60]) + "…"
	}
	return string(letters)
}
