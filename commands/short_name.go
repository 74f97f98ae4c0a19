package commands

import (
	"context"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// shortNameVerb says what one's organisation is called where there is little room.
var shortNameVerb = verb{
	name: "short-name", forOne: true, synonyms: []string{"shorten", "kortnamn"}, needs: aParticipant,
	typed: shortNameTyped, pressed: shortNamePressed, filled: shortNameFilled,
}

// noShortName is typed to be called by the whole name again.
const noShortName = "none"

func shortNameTyped(ctx context.Context, r *request, text string) chat.Reply {
	short := oneLine(text)
	if short == "" {
		return shortNamePressed(ctx, r, "")
	}
	if strings.EqualFold(short, noShortName) || strings.EqualFold(short, "inget") {
		short = ""
	}
	if err := r.decide(ctx, benchmark.ShortenName(r.me.Organisation, short)); err != nil {
		return r.refused(err)
	}
	return shortNameDone(r)
}

func shortNamePressed(_ context.Context, r *request, _ string) chat.Reply {
	o := ownOrganisation(r)
	if o.ID == "" || !r.me.Active() {
		return r.refused(notActive(o))
	}
	f := shortNameForm(r)
	f.Fields[0].Value = o.Short
	return chat.Reply{Form: &f}
}

func shortNameForm(r *request) chat.Form {
	return chat.Form{
		Name: "short-name", Title: r.t("short-name.title"), Submit: r.t("short-name.send"),
		Intro: r.t("short-name.intro", "Organisation", ownOrganisation(r).Name),
		Fields: []chat.Field{{
			Name: "short", Label: r.t("short-name.short"), Help: r.t("short-name.help", "Limit", benchmark.MaxShortName),
			MaxLength: benchmark.MaxShortName, Optional: true,
		}},
	}
}

func shortNameFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	if err := r.decide(ctx, benchmark.ShortenName(r.me.Organisation, f.Values["short"])); err != nil {
		return r.showAgain(shortNameForm(r), f.Values, err, nil)
	}
	return shortNameDone(r)
}

func shortNameDone(r *request) chat.Reply {
	o := ownOrganisation(r)
	if o.Short == "" {
		return r.say(r.t("short-name.none", "Organisation", o.Name))
	}
	return r.say(r.t("short-name.done", "Organisation", o.Name, "Short", o.Short))
}

// ownOrganisation is the one that somebody speaks for.
func ownOrganisation(r *request) (o benchmark.Organisation) {
	r.read(func(n *benchmark.Network) { o, _ = n.Organisation(r.me.Organisation) })
	return o
}
