package commands

import (
	"context"
	"errors"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/locale"
)

// words says what a refusal means, with its next step.
func (r *request) words(x *benchmark.Refusal) string {
	return Words(r.l, r.zone, "/"+r.c.options.Trigger, x)
}

// Words says a refusal in a language, with instants in the zone; trigger is how
// a command begins.
func Words(l *locale.Locale, zone *time.Location, trigger string, x *benchmark.Refusal) string {
	args := make([]any, len(x.Args), len(x.Args)+2)
	copy(args, x.Args)
	for k := 1; k < len(args); k += 2 {
		switch v := args[k].(type) {
		case time.Time:
			args[k] = l.DateTime(v, zone)
		case benchmark.RoundID:
			args[k] = l.Period(string(v))
		case benchmark.IndicatorID:
			args[k] = shown(string(v))
		case string:
			if args[k-1] != "Problem" && args[k-1] != "Near" { // those are ours, and whole
				args[k] = shown(v)
			}
		}
	}
	return l.T("refusal."+x.Reason, append(args, "Trigger", trigger)...)
}

// refused replies to an error of a decision: a refusal in words, or a failure.
func (r *request) refused(err error) bot.Reply {
	var one *benchmark.Refusal
	var many benchmark.Refusals
	switch {
	case errors.Is(err, benchmark.ErrRepeated):
		return bot.Reply{}
	case errors.As(err, &many):
		text := ""
		for k, x := range many {
			if k > 0 {
				text += "\n"
			}
			text += r.words(x)
		}
		return r.say(text)
	case errors.As(err, &one):
		return r.say(r.words(one), r.nextSteps(one)...)
	}
	return r.failed(err)
}

// nextSteps are the buttons that help after a refusal.
func (r *request) nextSteps(x *benchmark.Refusal) []bot.Button {
	switch x.Reason {
	case "no-network":
		return []bot.Button{r.button("setup", "setup", "")}
	case "not-a-participant", "no-organisation":
		return []bot.Button{r.button("join", "join", "")}
	case "no-such-indicator", "no-such-indicator-near":
		return []bot.Button{r.button("template", "template", "")}
	}
	return nil
}

// failed replies to what isn't the person's doing. What it was is logged, not
// shown.
func (r *request) failed(err error) bot.Reply {
	return r.say(r.failure(err))
}

func (r *request) failure(err error) string {
	r.c.options.Log.Error("request failed", "error", err)
	if r.l == nil {
		r.l = locale.For("")
	}
	switch {
	case errors.Is(err, bot.ErrStoreFull):
		return r.t("failure.full")
	case errors.Is(err, bot.ErrStoreReadOnly):
		return r.t("failure.read-only")
	case errors.Is(err, bot.ErrStoreNewer), errors.Is(err, benchmark.ErrUnknownEvent):
		return r.t("failure.newer")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return r.t("failure.slow")
	}
	return r.t("failure.other")
}

// again shows a form once more with what was wrong, each at its field, keeping
// what was typed.
func (r *request) again(f bot.Form, values map[string]string, err error, fieldOf func(x *benchmark.Refusal) string) bot.Reply {
	if errors.Is(err, benchmark.ErrRepeated) {
		return bot.Reply{}
	}
	var one *benchmark.Refusal
	var many benchmark.Refusals
	switch {
	case errors.As(err, &many):
	case errors.As(err, &one):
		many = benchmark.Refusals{one}
	default:
		f.Error = r.failure(err)
	}
	for k := range f.Fields {
		if v, typed := values[f.Fields[k].Name]; typed {
			f.Fields[k].Value = v
		}
	}
	for _, x := range many {
		at := x.Field
		if fieldOf != nil {
			at = fieldOf(x)
		}
		placed := false
		for k := range f.Fields {
			if f.Fields[k].Name == at {
				f.Fields[k].Error, placed = r.words(x), true
			}
		}
		if !placed {
			f.Error = joinLines(f.Error, r.words(x))
		}
	}
	return bot.Reply{Form: &f}
}

func joinLines(a, b string) string {
	if a == "" {
		return b
	}
	return a + "\n" + b
}
