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

// learnVerb shows what the network has learned, and adds to it.
var learnVerb = verb{
	name: "learn", synonyms: []string{"learnings", "keep", "lär", "lärdomar"}, needs: aParticipant,
	typed: learnTyped, pressed: learnPressed, filled: learnFilled,
}

// How learnings are shown: so many at once, each with so many characters of what
// it says.
const (
	learningsPerPage = 10
	maxExcerpt       = 280
)

// learningNamed is how people type the name of a learning, and learningPage the
// number of a page of the list.
var (
	learningNamed = regexp.MustCompile(`^[lL]\d{1,7}$`)
	learningPage  = regexp.MustCompile(`^\d{1,4}$`)
)

// learnTyped lists the learnings, shows one, or keeps what is typed as one.
func learnTyped(ctx context.Context, r *request, text string) chat.Reply {
	switch text = strings.TrimSpace(text); {
	case text == "":
		return listLearnings(r, 1)
	case learningPage.MatchString(text):
		page, _ := strconv.Atoi(text) // it is digits
		return listLearnings(r, page)
	case learningNamed.MatchString(text):
		return showLearning(r, benchmark.LearningID(strings.ToLower(text)))
	}
	events, err := r.decideEvents(ctx, benchmark.Learn{Text: text})
	if err != nil {
		return r.refused(err)
	}
	return confirmLearned(r, events)
}

// confirmLearned says what has been kept in somebody's own words.
func confirmLearned(r *request, events []benchmark.Event) chat.Reply {
	id := benchmark.NoticedLearning(events)
	return confirmKept(r, func(n *benchmark.Network) (benchmark.Learning, bool) { return n.Learning(id) })
}

// learnPressed takes the number of a page, "new" for a form, "l3 back", or "keep" for the
// message that it stands below.
func learnPressed(ctx context.Context, r *request, value string) chat.Reply {
	what, back := firstWord(value)
	switch {
	case what == "keep":
		pressed, _ := r.in.What.(chat.Pressed)
		r.awaitPost(ctx, pressed.On)
		if reply := keepPost(ctx, r, benchmark.Post(pressed.On)); reply.Message != nil {
			return reply
		}
		return r.say(r.t("learn.kept-already"), r.button("learnings", "learn", ""))
	case what == "new":
		return chat.Reply{Form: new(learnForm(r))}
	case back == "back":
		id := benchmark.LearningID(what)
		if err := r.decide(ctx, benchmark.Unlearn{Learning: id}); err != nil {
			return r.refused(err)
		}
		return confirmReleased(r, id)
	}
	page, err := strconv.Atoi(what)
	if err != nil {
		page = 1
	}
	return listLearnings(r, page)
}

func learnForm(r *request) chat.Form {
	return chat.Form{
		Name: "learn", Title: r.t("learn.title"), Submit: r.t("learn.send"), Intro: r.t("learn.intro"),
		Fields: []chat.Field{{Name: "text", Kind: chat.Area, Label: r.t("learn.text"), Help: r.t("learn.text-help")}},
	}
}

func learnFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	events, err := r.decideEvents(ctx, benchmark.Learn{Text: f.Values["text"]})
	if err != nil {
		return r.showAgain(learnForm(r), f.Values, err, nil)
	}
	return confirmLearned(r, events)
}

// listLearnings lists a page of what is kept, the newest first.
func listLearnings(r *request, page int) chat.Reply {
	var all []benchmark.Learning
	var items []string
	pages := 0
	r.read(func(n *benchmark.Network) {
		all = n.Kept()
		pages = (len(all) + learningsPerPage - 1) / learningsPerPage
		page = min(max(page, 1), max(pages, 1))
		from := (page - 1) * learningsPerPage
		for _, l := range all[from:min(from+learningsPerPage, len(all))] {
			text, by := n.WordsOf(l)
			items = append(items, r.t("learn.item", "ID", learningName(l.ID), "Text", learningExcerpt(r, text), "More", learningSource(r, n, l, by)))
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

// showLearning shows one, whole.
func showLearning(r *request, id benchmark.LearningID) chat.Reply {
	var l benchmark.Learning
	var text, more string
	kept := false
	r.read(func(n *benchmark.Network) {
		if l, kept = n.Learning(id); kept {
			words, by := n.WordsOf(l)
			text, more = chat.Quiet(words), learningSource(r, n, l, by)
		}
	})
	if !kept {
		return r.say(r.t("learn.unknown", "ID", learningName(id)), r.button("learnings", "learn", ""))
	}
	if text == "" {
		text = r.t("relay.erased")
	}
	m := chat.Message{Text: learningName(id) + ": " + clipText(text, maxExcerpt), Blocks: []chat.Block{chat.Heading{Text: learningName(id)}, chat.Quote{Text: text, By: more}}}
	buttons := []chat.Button{r.button("learnings", "learn", "")}
	if slices.Contains(l.Supporters, r.me.ID) && l.Text != "" {
		buttons = append(buttons, r.button("unlearn", "learn", string(id)+" back"))
	}
	m.Blocks = append(m.Blocks, chat.Buttons{Buttons: buttons})
	return chat.Reply{Message: &m}
}

// learningSource says who said it, when and where it was noticed, and how many keep it.
func learningSource(r *request, n *benchmark.Network, l benchmark.Learning, by benchmark.ParticipantID) string {
	p, _ := n.Participant(by)
	parts := []string{nameAndRole(r.l, n, p, l.Topic), r.l.Date(l.At, r.zone)}
	if where := topicName(r, n, l.Topic); where != "" {
		parts = append(parts, where)
	}
	if k := len(l.Supporters); k > 1 {
		parts = append(parts, r.t("learn.kept-by", "Count", k))
	}
	return strings.Join(parts, ", ")
}

// topicName is the thread that a topic is, in words; empty for none.
func topicName(r *request, n *benchmark.Network, topic benchmark.TopicID) string {
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

// learningName is a learning's name: "L3".
func learningName(id benchmark.LearningID) string { return strings.ToUpper(echoed(string(id))) }

// learningExcerpt is the beginning of what a learning says.
func learningExcerpt(r *request, words string) string {
	if words == "" {
		return r.t("relay.erased")
	}
	return clipText(oneLine(chat.Quiet(words)), maxExcerpt)
}
