package commands

import (
	"context"
	"encoding/json"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/locale"
)

// reflectVerb keeps what somebody thinks, privately or shared.
var reflectVerb = verb{
	name: "reflect", synonyms: []string{"think", "reflektera"}, needs: aParticipant,
	typed: reflectTyped, pressed: reflectPressed, filled: reflectFilled,
}

// reflection is what a reflect button and its form carry.
type reflection struct {
	Round     benchmark.RoundID     `json:"round,omitempty"`
	Indicator benchmark.IndicatorID `json:"indicator,omitempty"`
	Prompt    string                `json:"prompt,omitempty"`
}

func (x reflection) String() string {
	b, err := json.Marshal(x)
	if err != nil {
		return ""
	}
	return string(b)
}

// reflectTyped takes a text, kept privately, or opens the form.
func reflectTyped(ctx context.Context, r *request, text string) chat.Reply {
	if strings.TrimSpace(text) == "" {
		return reflectPressed(ctx, r, "")
	}
	id, words := splitIndicator(r, text)
	if err := r.decide(ctx, benchmark.Reflect{Indicator: id, Text: words}); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("reflect.done"))
}

func reflectPressed(_ context.Context, r *request, value string) chat.Reply {
	return chat.Reply{Form: new(reflectForm(r, value))}
}

func reflectForm(r *request, state string) chat.Form {
	var x reflection
	_ = json.Unmarshal([]byte(state), &x) // a button without a state reflects on the round
	intro := r.t("reflect.intro")
	if locale.Has("prompt." + x.Prompt) {
		intro = r.t("prompt." + x.Prompt)
	}
	shareHelp := r.t("reflect.share-help")
	r.read(func(n *benchmark.Network) {
		if n.Settings.Visibility != benchmark.Named || n.VisibilityIn(benchmark.SummaryTopic(x.Round)) != benchmark.Named {
			shareHelp = r.t("reflect.share-help-unnamed")
		}
		if i, known := n.Template().Indicator(x.Indicator); known {
			intro = i.Title + "\n" + intro
		}
	})
	return chat.Form{
		Name: "reflect", Title: r.t("reflect.title"), Submit: r.t("reflect.send"), Intro: intro, State: x.String(),
		Fields: []chat.Field{
			{Name: "text", Kind: chat.Area, Label: r.t("reflect.text"), Help: r.t("reflect.text-help")},
			{Name: "share", Kind: chat.Check, Label: r.t("reflect.share"), Help: shareHelp, Optional: true},
		},
	}
}

func reflectFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	var x reflection
	_ = json.Unmarshal([]byte(f.State), &x)
	share := f.Values["share"] == "yes"
	err := r.decide(ctx, benchmark.Reflect{Round: x.Round, Indicator: x.Indicator, Prompt: x.Prompt, Text: f.Values["text"], Share: share})
	if err != nil {
		return r.showAgain(reflectForm(r, f.State), f.Values, err, nil)
	}
	if share {
		return r.say(r.t("reflect.shared"))
	}
	return r.say(r.t("reflect.done"))
}
