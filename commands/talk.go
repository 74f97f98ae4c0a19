package commands

import (
	"context"
	"errors"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// said is a message in a thread. In a topic's thread it is a contribution: kept,
// and joined to the topic's threads elsewhere.
func (r *request) said(ctx context.Context, said chat.Said) chat.Reply {
	if r.table == nil || r.in.Thread == (chat.PostID{}) {
		return chat.Reply{}
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
		return chat.Reply{}
	case r.me.ID == "" && several:
		return r.say(r.t("said.join-first"), r.button("join", "join", ""))
	case r.me.ID == "":
		return chat.Reply{}
	}
	if reply, is := r.saidFigure(ctx, topic, said.Text); is {
		return reply
	}
	err := r.do(ctx, benchmark.Contribute{Topic: topic, Text: said.Text, Seat: seat.ID, Post: benchmark.Post(said.Post)})
	var why *benchmark.Refusal
	if err == nil || errors.As(err, &why) && why.Reason == refusal.TextMissing { // a picture alone
		return chat.Reply{}
	}
	return r.refused(err)
}

// ask takes "falls do you count near falls?" or just a question, or opens the
// form.
func (r *request) ask(ctx context.Context, text string) chat.Reply {
	if strings.TrimSpace(text) == "" {
		return r.askPressed(ctx, "")
	}
	id, words := r.aboutIndicator(text)
	return r.asks(ctx, id, words)
}

func (r *request) asks(ctx context.Context, id benchmark.IndicatorID, words string) chat.Reply {
	if err := r.do(ctx, benchmark.Ask{Indicator: id, Text: words}); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("ask.done"))
}

// aboutIndicator separates an indicator that a text begins with from the rest.
func (r *request) aboutIndicator(text string) (benchmark.IndicatorID, string) {
	var found benchmark.IndicatorID
	words := text
	r.read(func(n *benchmark.Network) {
		if i, rest, known := indicatorFirst(n.Template(), text); known {
			found, words = i.ID, rest
		}
	})
	return found, words
}

// stranger says why somebody who isn't a participant can't go on.
func (r *request) stranger() (chat.Reply, bool) {
	switch {
	case r.table == nil:
		return r.refused(r.noNetwork()), true
	case r.me.ID == "":
		return r.refused(refuse(refusal.NotAParticipant)), true
	}
	return chat.Reply{}, false
}

func (r *request) askPressed(_ context.Context, value string) chat.Reply {
	if reply, no := r.stranger(); no {
		return reply
	}
	f := r.askForm(value)
	return chat.Reply{Form: &f}
}

func (r *request) askForm(indicator string) chat.Form {
	return chat.Form{
		Name: "ask", Title: r.t("ask.title"), Submit: r.t("ask.send"), Intro: r.t("ask.intro"),
		Fields: []chat.Field{
			r.indicatorField(indicator),
			{Name: "text", Kind: chat.Area, Label: r.t("ask.text"), Help: r.t("ask.text-help")},
		},
	}
}

// indicatorField lets one choose an indicator, or none.
func (r *request) indicatorField(chosen string) chat.Field {
	f := chat.Field{Name: "indicator", Kind: chat.Choice, Label: r.t("ask.indicator"), Optional: true}
	r.read(func(n *benchmark.Network) {
		for _, i := range n.Template().Indicators {
			if string(i.ID) == chosen {
				f.Value = chosen
			}
			f.Options = append(f.Options, chat.Option{Label: oneLine(i.Title), Value: string(i.ID)})
		}
	})
	if len(f.Options) > mostOptions {
		f.Options = f.Options[:mostOptions]
	}
	return f
}

func (r *request) askFilled(ctx context.Context, f chat.Filled) chat.Reply {
	err := r.do(ctx, benchmark.Ask{Indicator: benchmark.IndicatorID(f.Values["indicator"]), Text: f.Values["text"]})
	if err != nil {
		return r.again(r.askForm(f.Values["indicator"]), f.Values, err, nil)
	}
	return r.say(r.t("ask.done"))
}
