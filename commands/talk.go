package commands

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
)

// said is a message in a thread. In a topic's thread it is a contribution: kept,
// and joined to the topic's threads elsewhere.
func (r *request) said(ctx context.Context, said bot.Said) bot.Reply {
	if r.table == nil || r.in.Thread == (bot.PostID{}) {
		return bot.Reply{}
	}
	var topic benchmark.TopicID
	var seat benchmark.Seat
	known, several := false, false
	r.read(func(n *benchmark.Network) {
		topic, known = n.TopicAt(benchmark.Post(r.in.Thread))
		seat, _ = n.SeatAt(r.in.Channel.Connection, r.in.Channel.Channel)
		several = len(n.Seats) > 1
	})
	switch {
	case !known:
		return bot.Reply{}
	case r.me.ID == "" && several:
		return r.say(r.t("said.join-first"), r.button("join", "join", ""))
	case r.me.ID == "":
		return bot.Reply{}
	}
	err := r.do(ctx, benchmark.Contribute{Topic: topic, Text: said.Text, Seat: seat.ID, Post: benchmark.Post(said.Post)})
	if err != nil {
		return r.refused(err)
	}
	return bot.Reply{}
}

// ask takes "falls do you count near falls?" or just a question, or opens the
// form.
func (r *request) ask(ctx context.Context, text string) bot.Reply {
	if strings.TrimSpace(text) == "" {
		return r.askPressed(ctx, "")
	}
	id, words := r.indicatorFirst(text)
	return r.asks(ctx, id, words)
}

func (r *request) asks(ctx context.Context, id benchmark.IndicatorID, words string) bot.Reply {
	if err := r.do(ctx, benchmark.Ask{Indicator: id, Text: words}); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("ask.done"))
}

// indicatorFirst separates an indicator that a text begins with from the rest.
func (r *request) indicatorFirst(text string) (benchmark.IndicatorID, string) {
	name, rest := cut(text)
	var found benchmark.IndicatorID
	r.read(func(n *benchmark.Network) {
		if i, known := (answering{template: n.Template()}).indicator(strings.TrimRight(name, ":,")); known {
			found = i.ID
		}
	})
	if found == "" {
		return "", text
	}
	return found, rest
}

func (r *request) askPressed(_ context.Context, value string) bot.Reply {
	if r.me.ID == "" {
		return r.refused(refusal("not-a-participant"))
	}
	f := r.askForm(value)
	return bot.Reply{Form: &f}
}

func (r *request) askForm(indicator string) bot.Form {
	return bot.Form{
		Name: "ask", Title: r.t("ask.title"), Submit: r.t("ask.send"), Intro: r.t("ask.intro"),
		Fields: []bot.Field{
			r.indicatorField(indicator),
			{Name: "text", Kind: bot.Area, Label: r.t("ask.text"), Help: r.t("ask.text-help")},
		},
	}
}

// indicatorField lets one choose an indicator, or none.
func (r *request) indicatorField(chosen string) bot.Field {
	f := bot.Field{Name: "indicator", Kind: bot.Choice, Label: r.t("ask.indicator"), Optional: true}
	r.read(func(n *benchmark.Network) {
		for _, i := range n.Template().Indicators {
			if string(i.ID) == chosen {
				f.Value = chosen
			}
			f.Options = append(f.Options, bot.Option{Label: i.Title, Value: string(i.ID)})
		}
	})
	if len(f.Options) > mostOptions {
		f.Options = f.Options[:mostOptions]
	}
	return f
}

func (r *request) askFilled(ctx context.Context, f bot.Filled) bot.Reply {
	err := r.do(ctx, benchmark.Ask{Indicator: benchmark.IndicatorID(f.Values["indicator"]), Text: f.Values["text"]})
	if err != nil {
		return r.again(r.askForm(f.Values["indicator"]), f.Values, err, nil)
	}
	return r.say(r.t("ask.done"))
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

// reflect takes a text, kept privately, or opens the form.
func (r *request) reflect(ctx context.Context, text string) bot.Reply {
	if strings.TrimSpace(text) == "" {
		return r.reflectPressed(ctx, "")
	}
	id, words := r.indicatorFirst(text)
	if err := r.do(ctx, benchmark.Reflect{Indicator: id, Text: words}); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("reflect.done"))
}

func (r *request) reflectPressed(_ context.Context, value string) bot.Reply {
	if r.me.ID == "" {
		return r.refused(refusal("not-a-participant"))
	}
	f := r.reflectForm(value)
	return bot.Reply{Form: &f}
}

func (r *request) reflectForm(state string) bot.Form {
	var x reflection
	_ = json.Unmarshal([]byte(state), &x) // a button without a state reflects on the round
	intro := r.t("reflect.intro")
	if x.Prompt != "" {
		intro = r.t("prompt." + x.Prompt)
	}
	return bot.Form{
		Name: "reflect", Title: r.t("reflect.title"), Submit: r.t("reflect.send"), Intro: intro, State: x.String(),
		Fields: []bot.Field{
			{Name: "text", Kind: bot.Area, Label: r.t("reflect.text"), Help: r.t("reflect.text-help")},
			{Name: "share", Kind: bot.Check, Label: r.t("reflect.share"), Help: r.t("reflect.share-help"), Optional: true},
		},
	}
}

func (r *request) reflectFilled(ctx context.Context, f bot.Filled) bot.Reply {
	var x reflection
	_ = json.Unmarshal([]byte(f.State), &x)
	share := f.Values["share"] == "yes"
	err := r.do(ctx, benchmark.Reflect{Round: x.Round, Indicator: x.Indicator, Prompt: x.Prompt, Text: f.Values["text"], Share: share})
	if err != nil {
		return r.again(r.reflectForm(f.State), f.Values, err, nil)
	}
	if share {
		return r.say(r.t("reflect.shared"))
	}
	return r.say(r.t("reflect.done"))
}

// commit takes "falls try bed alarms by 2027-03-01", or opens the form.
func (r *request) commit(ctx context.Context, text string) bot.Reply {
	if strings.TrimSpace(text) == "" {
		return r.commitPressed(ctx, "")
	}
	id, words := r.indicatorFirst(text)
	until := endOfDay(r.now().In(r.zone).AddDate(0, 0, 30))
	fields := strings.Fields(words)
	if k := len(fields) - 2; k >= 0 && isAny(strings.ToLower(fields[k]), "by", "until", "till", "senast") {
		at, err := readDate(fields[k+1], "until", r.now(), r.zone)
		if err != nil {
			return r.refused(err)
		}
		until, words = at, strings.Join(fields[:k], " ")
	}
	if err := r.do(ctx, benchmark.Commit{Indicator: id, Text: words, Until: until}); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("commit.done", "Until", r.l.Date(until, r.zone)))
}

func isAny(word string, of ...string) bool {
	for _, w := range of {
		if word == w {
			return true
		}
	}
	return false
}

func (r *request) commitPressed(_ context.Context, value string) bot.Reply {
	if !r.me.Active() {
		_, reply, ok := r.answerable()
		if !ok {
			return reply
		}
	}
	f := r.commitForm(value)
	return bot.Reply{Form: &f}
}

func (r *request) commitForm(indicator string) bot.Form {
	return bot.Form{
		Name: "commit", Title: r.t("commit.title"), Submit: r.t("commit.send"), Intro: r.t("commit.intro"),
		Fields: []bot.Field{
			{Name: "text", Kind: bot.Area, Label: r.t("commit.text"), Help: r.t("commit.text-help")},
			{Name: "until", Label: r.t("commit.until"), Help: r.t("open.date-help"), MaxLength: 20, Value: r.now().In(r.zone).AddDate(0, 0, 30).Format(time.DateOnly)},
			r.indicatorField(indicator),
		},
	}
}

func (r *request) commitFilled(ctx context.Context, f bot.Filled) bot.Reply {
	until, err := readDate(f.Values["until"], "until", r.now(), r.zone)
	if err == nil {
		err = r.do(ctx, benchmark.Commit{Indicator: benchmark.IndicatorID(f.Values["indicator"]), Text: f.Values["text"], Until: until})
	}
	if err != nil {
		return r.again(r.commitForm(f.Values["indicator"]), f.Values, err, nil)
	}
	return r.say(r.t("commit.done", "Until", r.l.Date(until, r.zone)))
}
