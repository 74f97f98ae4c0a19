package commands

import (
	"context"
	"slices"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/chat"
)

// commit takes "falls try bed alarms by 2027-03-01", or opens the form.
func (r *request) commit(ctx context.Context, text string) chat.Reply {
	if strings.TrimSpace(text) == "" {
		return r.commitPressed(ctx, "")
	}
	id, words := r.aboutIndicator(text)
	words, date := untilWhen(words)
	until := endOfDay(r.now().In(r.zone).AddDate(0, 0, 30))
	if date != "" {
		at, err := readDate(date, "until", r.now(), r.zone)
		if err != nil {
			return r.refused(err)
		}
		until = at
	}
	if err := r.do(ctx, benchmark.Commit{Indicator: id, Text: words, Until: until}); err != nil {
		return r.refused(err)
	}
	return r.say(r.t("commit.done", "Until", r.l.Date(until, r.zone)))
}

// untilWhen separates a date at the end, "by 2027-03-01", from what comes
// before. "Cut falls by half" has none.
func untilWhen(text string) (words, date string) {
	text = strings.TrimSpace(text)
	k := strings.LastIndexAny(text, " \n\t")
	if k < 0 {
		return text, ""
	}
	last, before := strings.TrimRight(text[k+1:], "."), strings.TrimSpace(text[:k])
	j := strings.LastIndexAny(before, " \n\t")
	by := strings.ToLower(before[j+1:])
	if last == "" || !strings.ContainsAny(last[:1], "0123456789+") || !slices.Contains([]string{"by", "until", "till", "senast"}, by) {
		return text, ""
	}
	if strings.Trim(last, "0123456789-+dD") != "" || !strings.ContainsAny(last, "-+") {
		return text, "" // "by 20%", "by 2027": a goal as likely as a day
	}
	return strings.TrimSpace(before[:j+1]), last
}

func (r *request) commitPressed(_ context.Context, value string) chat.Reply {
	if reply, no := r.stranger(); no {
		return reply
	}
	if !r.me.Active() {
		var o benchmark.Organisation
		r.read(func(n *benchmark.Network) { o, _ = n.Organisation(r.me.Organisation) })
		return r.refused(notActive(o))
	}
	f := r.commitForm(value)
	return chat.Reply{Form: &f}
}

func (r *request) commitForm(indicator string) chat.Form {
	return chat.Form{
		Name: "commit", Title: r.t("commit.title"), Submit: r.t("commit.send"), Intro: r.t("commit.intro"),
		Fields: []chat.Field{
			{Name: "text", Kind: chat.Area, Label: r.t("commit.text"), Help: r.t("commit.text-help")},
			{Name: "until", Label: r.t("commit.until"), Help: r.t("open.date-help"), MaxLength: 20, Value: r.now().In(r.zone).AddDate(0, 0, 30).Format(time.DateOnly)},
			r.indicatorField(indicator),
		},
	}
}

func (r *request) commitFilled(ctx context.Context, f chat.Filled) chat.Reply {
	until, err := readDate(f.Values["until"], "until", r.now(), r.zone)
	if err == nil {
		err = r.do(ctx, benchmark.Commit{Indicator: benchmark.IndicatorID(f.Values["indicator"]), Text: f.Values["text"], Until: until})
	}
	if err != nil {
		return r.again(r.commitForm(f.Values["indicator"]), f.Values, err, nil)
	}
	return r.say(r.t("commit.done", "Until", r.l.Date(until, r.zone)))
}
