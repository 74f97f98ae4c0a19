package commands

import (
	"context"
	"errors"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/bot"
	"roundtable/chat"
)

// link has two sides: at a table it gives its facilitator a code, in a channel
// that is at none it takes the code, typed or by the form.
func (r *request) link(ctx context.Context, text string) chat.Reply {
	code := strings.TrimSpace(text)
	switch {
	case r.table != nil && code == "":
		return r.offersSeat(ctx)
	case r.table != nil && !r.in.Direct:
		return r.refused(refuse(refusal.AlreadyFounded))
	case r.in.Direct:
		return r.say(r.t("link.in-a-channel"))
	}
	if reply, no := r.maySetUp(ctx); no {
		return reply
	}
	if code == "" {
		f := r.linkForm()
		return chat.Reply{Form: &f}
	}
	t, err := r.links(ctx, code)
	if err != nil {
		return r.refused(err)
	}
	return r.linked(t)
}

// offersSeat gives out a code, privately.
func (r *request) offersSeat(ctx context.Context) chat.Reply {
	if reply, no := r.mayFacilitate(ctx); no {
		return reply
	}
	code := benchmark.NewCode(r.c.options.Chance())
	if err := r.do(ctx, benchmark.OfferSeat{Code: code}); err != nil {
		return r.refused(err)
	}
	var reply chat.Reply
	r.read(func(n *benchmark.Network) {
		until, _ := n.Offered(r.now())
		reply = r.say(r.t("link.code", "Network", n.Name, "Code", code, "Until", r.when(until)))
	})
	return reply
}

func (r *request) linkForm() chat.Form {
	return chat.Form{
		Name: "link", Title: r.t("link.title"), Submit: r.t("link.send"), Intro: r.t("link.intro"),
		Fields: []chat.Field{{Name: "code", Label: r.t("link.label"), Help: r.t("link.help"), Placeholder: "7K3M-9QXT-2HVB", MaxLength: 40}},
	}
}

func (r *request) linkFilled(ctx context.Context, f chat.Filled) chat.Reply {
	if r.table != nil && !r.in.Direct {
		return r.refused(refuse(refusal.AlreadyFounded))
	}
	if reply, no := r.maySetUp(ctx); no {
		return reply
	}
	t, err := r.links(ctx, f.Values["code"])
	if err != nil {
		return r.again(r.linkForm(), f.Values, err, func(*benchmark.Refusal) string { return "code" })
	}
	return r.linked(t)
}

// links takes the code, unless whoever types it has typed too many that were
// wrong.
func (r *request) links(ctx context.Context, code string) (*bot.Table, error) {
	who, now := r.in.From.ID, r.now()
	if until, tired := r.c.guesses.tired(who, now); tired {
		return nil, refuse(codeGuessed, "Until", until)
	}
	t, err := r.c.tables.Link(ctx, r.in, code)
	if why, is := errors.AsType[*benchmark.Refusal](err); is && strings.HasPrefix(string(why.Reason), "code-") {
		r.c.guesses.wrong(who, now)
	}
	return t, err
}

// linked says which table the channel is at now. The welcome follows in public.
func (r *request) linked(t *bot.Table) chat.Reply {
	var reply chat.Reply
	t.Read(func(n *benchmark.Network) {
		reply = r.say(r.t("link.done", "Network", n.Name), primary(r.button("join", "join", "")), r.button("status", "status", ""))
	})
	return reply
}
