package commands

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"roundtable/benchmark"
	"roundtable/chat"
)

// How learnings are shown: so many at once, each with so many characters of what
// it says.
const (
	learningsShown = 10
	mostExcerpt    = 280
)

// learningNamed is how people type the name of a learning, and learningPage the
// number of a page of the list.
var (
	learningNamed = regexp.MustCompile(`^[lL]\d{1,7}$`)
	learningPage  = regexp.MustCompile(`^\d{1,4}$`)
)

// learn lists the learnings, shows one, or keeps what is typed as one.
func (r *request) learn(ctx context.Context, text string) chat.Reply {
	if reply, no := r.stranger(); no {
		return reply
	}
	switch text = strings.TrimSpace(text); {
	case text == "":
		return r.learnings(1)
	case learningPage.MatchString(text):
		page, _ := strconv.Atoi(text) // it is digits
		return r.learnings(page)
	case learningNamed.MatchString(text):
		return r.learning(benchmark.LearningID(strings.ToLower(text)))
	}
	events, err := r.did(ctx, benchmark.Learn{Text: text})
	if err != nil {
		return r.refused(err)
	}
	return r.learnt(events)
}

// learnt says what has been kept in somebody's own words.
func (r *request) learnt(events []benchmark.Event) chat.Reply {
	id := benchmark.NoticedLearning(events)
	return r.keptAs(func(n *benchmark.Network) (benchmark.Learning, bool) { return n.Learning(id) })
}

// learnPressed takes the number of a page, "new" for a form, or "l3 back".
func (r *request) learnPressed(ctx context.Context, value string) chat.Reply {
	if reply, no := r.stranger(); no {
		return reply
	}
	what, back := cut(value)
	switch {
	case what == "new":
		f := r.learnForm()
		return chat.Reply{Form: &f}
	case back == "back":
		id := benchmark.LearningID(what)
		if err := r.do(ctx, benchmark.Unlearn{Learning: id}); err != nil {
			return r.refused(err)
		}
		return r.released(id)
	}
	page, err := strconv.Atoi(what)
	if err != nil {
		page = 1
	}
	return r.learnings(page)
}

func (r *request) learnForm() chat.Form {
	return chat.Form{
		Name: "learn", Title: r.t("learn.title"), Submit: r.t("learn.send"), Intro: r.t("learn.intro"),
		Fields: []chat.Field{{Name: "text", Kind: chat.Area, Label: r.t("learn.text"), Help: r.t("learn.text-help")}},
	}
}

func (r *request) learnFilled(ctx context.Context, f chat.Filled) chat.Reply {
	events, err := r.did(ctx, benchmark.Learn{Text: f.Values["text"]})
	if err != nil {
		return r.again(r.learnForm(), f.Values, err, nil)
	}
	return r.learnt(events)
}

// learnings lists a page of what is kept, the newest first.
func (r *request) learnings(page int) chat.Reply {
	var all []benchmark.Learning
	var items []string
	pages := 0
	r.read(func(n *benchmark.Network) {
		all = n.Kept()
		pages = (len(all) + learningsShown - 1) / learningsShown
		page = min(max(page, 1), max(pages, 1))
		from := (page - 1) * learningsShown
		for _, l := range all[from:min(from+learningsShown, len(all))] {
			text, by := n.WordsOf(l)
			items = append(items, r.t("learn.item", "ID", called(l.ID), "Text", r.excerpt(text), "More", r.about(n, l, by)))
		}
	})
	write := r.button("learn-own", "learn", "new")
	if len(all) == 0 {
		return r.say(r.t("learn.none"), write)
	}
	title := r.t("learn.all", "Count", len(all))
	if pages > 1 {
		title = r.t("learn.all-page", "Count", len(all), "Page", page, "Pages", pages)
	}
	buttons := []chat.Button{write}
	if page > 1 {
		buttons = append(buttons, r.button("newer", "learn", strconv.Itoa(page-1)))
	}
	if page < pages {
		buttons = append(buttons, r.button("older", "learn", strconv.Itoa(page+1)))
	}
	m := chat.Message{Text: title, Blocks: []chat.Block{
		chat.Heading{Text: title}, chat.Items{Items: items}, chat.Footnote{Text: r.t("learn.more")}, chat.Buttons{Buttons: buttons},
	}}
	return chat.Reply{Message: &m}
}

// learning shows one, whole.
func (r *request) learning(id benchmark.LearningID) chat.Reply {
	var l benchmark.Learning
	var text, more string
	kept := false
	r.read(func(n *benchmark.Network) {
		if l, kept = n.Learning(id); kept {
			words, by := n.WordsOf(l)
			text, more = chat.Quiet(words), r.about(n, l, by)
		}
	})
	if !kept {
		return r.say(r.t("learn.unknown", "ID", called(id)), r.button("learnings", "learn", ""))
	}
	if text == "" {
		text = r.t("relay.erased")
	}
	m := chat.Message{Text: called(id) + ": " + clipText(text, mostExcerpt), Blocks: []chat.Block{chat.Heading{Text: called(id)}, chat.Quote{Text: text, By: more}}}
	buttons := []chat.Button{r.button("learnings", "learn", "")}
	if slices.Contains(l.Supporters, r.me.ID) && l.Text != "" {
		buttons = append(buttons, r.button("unlearn", "learn", string(id)+" back"))
	}
	m.Blocks = append(m.Blocks, chat.Buttons{Buttons: buttons})
	return chat.Reply{Message: &m}
}

// about says who said it, when and where it was noticed, and how many keep it.
func (r *request) about(n *benchmark.Network, l benchmark.Learning, by benchmark.ParticipantID) string {
	p, _ := n.Participant(by)
	parts := []string{who(r.l, n, p), r.l.Date(l.At, r.zone)}
	if where := r.where(n, l.Topic); where != "" {
		parts = append(parts, where)
	}
	if k := len(l.Supporters); k > 1 {
		parts = append(parts, r.t("learn.kept-by", "Count", k))
	}
	return strings.Join(parts, ", ")
}

// where is the thread that a topic is, in words; empty for none.
func (r *request) where(n *benchmark.Network, topic benchmark.TopicID) string {
	if topic == benchmark.TemplateTopic {
		return r.t("learn.template")
	}
	round, indicator := topic.Subject()
	if round == "" {
		return ""
	}
	title := ""
	if c, known := n.Round(round); known {
		t, _ := n.TemplateVersion(c.Template)
		i, _ := t.Indicator(indicator)
		title = oneLine(i.Title)
	}
	if title == "" {
		return r.l.Period(string(round))
	}
	return title + ", " + r.l.Period(string(round))
}

// called is a learning's name: "L3".
func called(id benchmark.LearningID) string { return strings.ToUpper(shown(string(id))) }

// excerpt is the beginning of what a learning says.
func (r *request) excerpt(words string) string {
	if words == "" {
		return r.t("relay.erased")
	}
	return clipText(oneLine(chat.Quiet(words)), mostExcerpt)
}
