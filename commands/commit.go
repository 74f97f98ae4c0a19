package commands

import (
	"context"
	"slices"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/chat"
)

// commitVerb says what an organisation will try.
var commitVerb = verb{
	name: "commit", forOne: true, synonyms: []string{"promise", "try", "åta", "prova"}, needs: aParticipant,
	typed: commitTyped, pressed: commitPressed, filled: commitFilled,
}

// commitTyped takes "falls try bed alarms by 2027-03-01", or opens the form.
func commitTyped(ctx context.Context, r *request, text string) chat.Reply {
	if strings.TrimSpace(text) == "" {
		return commitPressed(ctx, r, "")
	}
	id, words := splitIndicator(r, text)
	words, date := splitUntil(words, r.now().In(r.zone))
	until := endOfDay(r.now().In(r.zone).AddDate(0, 0, 30))
	if date != "" {
		at, err := readDate(date, "until", r.now(), r.zone)
		if err != nil {
			return r.refused(err)
		}
		until = at
	}
	if err := r.decide(ctx, benchmark.Commit{Indicator: id, Text: words, Until: until}); err != nil {
		return r.refused(err)
	}
	return committed(r, id, until)
}

// committed says until when, and in which thread it is told.
func committed(r *request, id benchmark.IndicatorID, until time.Time) chat.Reply {
	about := "commit.done"
	title := ""
	r.read(func(n *benchmark.Network) {
		if i, known := n.Template().Indicator(id); known {
			about, title = "commit.done-about", oneLine(i.Title)
		}
	})
	return r.say(r.t(about, "Until", r.l.Date(until, r.zone), "Title", title))
}

// untilWords stand before the day until when something is tried.
var untilWords = []string{"by", "until", "till", "before", "senast", "före", "innan", "tills"}

// splitUntil separates a date at the end, "by 2027-03-01" or "by friday", from what
// comes before. "Cut falls by half" has none.
func splitUntil(text string, now time.Time) (words, date string) {
	text = strings.TrimSpace(text)
	before, after := text, ""
	for k := 0; before != "" && k < longestDate; k++ {
		j := strings.LastIndexAny(before, " \n\t")
		word := before[j+1:]
		before = strings.TrimSpace(before[:max(j, 0)])
		if slices.Contains(untilWords, strings.ToLower(word)) {
			date = strings.TrimRight(after, ".")
			if isMeantAsDay(date, now) {
				return before, date
			}
		}
		after = strings.TrimSpace(word + " " + after)
	}
	return text, ""
}

// isMeantAsDay says whether a text reads as a day, or has the form of one that the
// calendar lacks. "20%" and "2027" are a goal as likely.
func isMeantAsDay(text string, now time.Time) bool {
	if _, err := (dayReader{now: now}).read(text, ""); err == nil {
		return true
	}
	return text != "" && strings.ContainsAny(text[:1], "0123456789+") && strings.ContainsAny(text, "-+") &&
		strings.Trim(text, "0123456789-+dD") == ""
}

func commitPressed(_ context.Context, r *request, value string) chat.Reply {
	if !r.me.Active() {
		var o benchmark.Organisation
		r.read(func(n *benchmark.Network) { o, _ = n.Organisation(r.me.Organisation) })
		return r.refused(notActive(o))
	}
	return chat.Reply{Form: new(commitForm(r, value))}
}

func commitForm(r *request, indicator string) chat.Form {
	return chat.Form{
		Name: "commit", Title: r.t("commit.title"), Submit: r.t("commit.send"), Intro: r.t("commit.intro"),
		Fields: []chat.Field{
			{Name: "text", Kind: chat.Area, Label: r.t("commit.text"), Help: r.t("commit.text-help")},
			{Name: "until", Label: r.t("commit.until"), Help: r.t("open.date-help"), MaxLength: 40, Value: r.now().In(r.zone).AddDate(0, 0, 30).Format(time.DateOnly)},
			indicatorField(r, indicator),
		},
	}
}

func commitFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	until, err := readDate(f.Values["until"], "until", r.now(), r.zone)
	commitment := benchmark.Commit{Indicator: benchmark.IndicatorID(f.Values["indicator"]), Text: f.Values["text"], Until: until}
	if err = unreadAnd(r, err, commitment); err == nil {
		err = r.decide(ctx, commitment)
	}
	if err != nil {
		return r.showAgain(commitForm(r, f.Values["indicator"]), f.Values, err, nil)
	}
	return committed(r, benchmark.IndicatorID(f.Values["indicator"]), until)
}
