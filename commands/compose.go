package commands

import (
	"errors"
	"fmt"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/locale"
)

// Compose puts a duty into words: for a seat in the network's language, for a
// person in theirs. It is a [bot.Compose].
func (c *Commands) Compose(n *benchmark.Network, d benchmark.Duty) func() (bot.Message, error) {
	p, _ := n.Participant(d.Participant)
	w := &writer{n: n, d: d, zone: n.Location(), l: locale.For(n.Settings.Language), trigger: "/" + c.options.Trigger, to: p}
	if d.Participant != "" {
		w.zone = n.LocationOf(p)
		if p.Language != "" {
			w.l = locale.For(p.Language)
		}
	}
	w.round, _ = n.Round(d.Round)
	switch d.Kind {
	case benchmark.OpeningDuty:
		return ready(w.opening())
	case benchmark.NudgeDuty:
		return ready(w.nudge())
	case benchmark.StuckDuty:
		return ready(w.stuck())
	case benchmark.DraftDuty:
		return w.draft()
	case benchmark.SummaryDuty:
		return ready(w.summary())
	case benchmark.ComparisonDuty:
		return w.comparison()
	case benchmark.PrivateDuty:
		return w.private()
	case benchmark.RelayDuty:
		return ready(w.relay())
	case benchmark.TemplateDuty:
		return ready(w.templateTopic())
	case benchmark.ConfirmDuty:
		return ready(w.confirm())
	case benchmark.WelcomeDuty:
		return ready(w.welcome())
	case benchmark.CloseDuty, benchmark.PublishDuty:
	}
	return failing(fmt.Errorf("compose: no words for a duty of kind %q", d.Kind))
}

// writer writes one duty.
type writer struct {
	n       *benchmark.Network
	d       benchmark.Duty
	round   *benchmark.Round      // nil when the duty is about none
	to      benchmark.Participant // zero for a seat
	l       *locale.Locale
	zone    *time.Location
	trigger string
}

func ready(m bot.Message) func() (bot.Message, error) {
	return func() (bot.Message, error) { return m, nil }
}

func failing(err error) func() (bot.Message, error) {
	return func() (bot.Message, error) { return bot.Message{}, err }
}

func (w *writer) t(id string, args ...any) string {
	return w.l.T(id, append(args, "Trigger", w.trigger)...)
}

func (w *writer) when(t time.Time) string { return w.l.DateTime(t, w.zone) }

func (w *writer) button(name, action, value string) bot.Button {
	return bot.Button{Label: w.t("button." + name), Action: action, Value: value}
}

func (w *writer) period() string { return w.l.Period(string(w.round.ID)) }

// opening is the round's post in a channel. It is edited as answers come in,
// and says how far the round has come, never who answered what.
func (w *writer) opening() bot.Message {
	r, p := w.round, w.n.Progress(w.round)
	t, _ := w.n.TemplateVersion(r.Template)
	title := w.t("opening.title", "Period", w.period())
	progress := w.t("opening.progress", "Complete", p.Complete, "Organisations", p.Organisations)
	if p.Begun > 0 {
		progress += " " + w.t("opening.begun", "Count", p.Begun)
	}
	m := bot.Message{Text: title, Blocks: []bot.Block{bot.Heading{Text: title}}}
	switch r.Phase {
	case benchmark.Open:
		m.Text += " " + w.t("opening.until", "Due", w.when(r.Due))
		m.Blocks = append(m.Blocks,
			bot.Paragraph{Text: w.t("opening.intro", "Count", len(t.Indicators))},
			bot.Facts{Facts: []bot.Fact{
				{Name: w.t("opening.due"), Value: w.when(r.Due)},
				{Name: w.t("opening.closes"), Value: w.when(r.Closes)},
				{Name: w.t("opening.so-far"), Value: bar(p.Complete, p.Organisations) + " " + progress},
			}},
			bot.Buttons{Buttons: []bot.Button{
				primary(w.button("submit", "submit", "")), w.button("guess", "predict", ""),
				w.button("skip", "skip", ""), w.button("ask-definition", "ask", ""),
			}},
			bot.Footnote{Text: w.t("opening.footnote")})
	case benchmark.Closed:
		m.Blocks = append(m.Blocks, bot.Paragraph{Text: w.t("opening.closed", "Progress", progress)})
	case benchmark.Published:
		m.Blocks = append(m.Blocks, bot.Paragraph{Text: w.t("opening.published", "Progress", progress)})
	}
	return m
}

// bar draws progress with one mark an organisation, up to twelve.
func bar(done, all int) string {
	if all <= 0 {
		return ""
	}
	length := min(all, 12)
	full := done * length / all
	s := ""
	for k := range length {
		if k < full {
			s += "●"
		} else {
			s += "○"
		}
	}
	return s
}

// nudge reminds somebody. It carries no value: phones show it on the lock
// screen.
func (w *writer) nudge() bot.Message {
	missing := len(w.n.Missing(w.round, w.to.Organisation))
	text := w.t("nudge."+string(w.d.Stage), "Period", w.period(), "Due", w.when(w.round.Due), "Closes", w.when(w.round.Closes), "Count", missing)
	return bot.Message{Text: text, Blocks: []bot.Block{
		bot.Paragraph{Text: text},
		bot.Buttons{Buttons: []bot.Button{
			primary(w.button("submit", "submit", "")), w.button("skip", "skip", ""), w.button("mute", "mute", ""),
		}},
	}}
}

// stuck tells a facilitator who is silent, now that nudging is over, and why
// nobody was nudged where nobody was.
func (w *writer) stuck() bot.Message {
	var silent []string
	for _, o := range w.n.Organisations {
		if w.round.Complete(o.ID) || w.round.Skipped[o.ID] {
			continue
		}
		members := w.n.Members(o.ID)
		muted := 0
		for _, p := range members {
			if w.n.NoNudge(w.round, p) == benchmark.HasMuted {
				muted++
			}
		}
		line := w.t("stuck.silent", "Organisation", o.Name, "Done", w.round.Answered(o.ID), "Count", len(members))
		switch {
		case len(members) == 0:
			line = w.t("stuck.nobody", "Organisation", o.Name)
		case muted == len(members):
			line = w.t("stuck.muted", "Organisation", o.Name)
		}
		silent = append(silent, line)
	}
	text := w.t("stuck.intro", "Period", w.period(), "Closes", w.when(w.round.Closes), "Count", len(silent))
	return bot.Message{Text: text, Blocks: []bot.Block{
		bot.Paragraph{Text: text}, bot.Items{Items: silent},
		bot.Buttons{Buttons: []bot.Button{w.button("extend", "extend", ""), w.button("status", "status", "")}},
	}}
}

// confirm asks a member whether a newcomer belongs to them.
func (w *writer) confirm() bot.Message {
	p, _ := w.n.Participant(w.d.Newcomer)
	o, _ := w.n.Organisation(p.Organisation)
	text := w.t("confirm.ask", "Name", nameOf(w.l, p), "Organisation", o.Name)
	if p.Profession != "" {
		text = w.t("confirm.ask-profession", "Name", nameOf(w.l, p), "Profession", string(p.Profession), "Organisation", o.Name)
	}
	return bot.Message{Text: text, Blocks: []bot.Block{bot.Paragraph{Text: text}, bot.Buttons{Buttons: []bot.Button{
		primary(w.button("vouch-yes", "vouch", string(p.ID)+" yes")), w.button("vouch-no", "vouch", string(p.ID)+" no"),
	}}}}
}

func (w *writer) welcome() bot.Message {
	o, ok := w.n.Organisation(w.to.Organisation)
	if !ok || !w.to.Confirmed {
		text := w.t("welcome.no")
		return bot.Message{Text: text, Blocks: []bot.Block{bot.Paragraph{Text: text}, bot.Buttons{Buttons: []bot.Button{w.button("join", "join", "")}}}}
	}
	text := w.t("welcome.yes", "Organisation", o.Name)
	return bot.Message{Text: text, Blocks: []bot.Block{bot.Paragraph{Text: text}, bot.Buttons{Buttons: []bot.Button{
		primary(w.button("submit", "submit", "")), w.button("status", "status", ""),
	}}}}
}

// relay is what somebody said elsewhere, with who said it.
func (w *writer) relay() bot.Message {
	topic := w.n.Topic(w.d.Topic)
	c := topic.Contributions[w.d.Contribution]
	p, _ := w.n.Participant(c.By)
	words := w.n.Text(c.Text)
	if words == "" {
		words = w.t("relay.erased")
	}
	quote := bot.Quote{Text: bot.Quiet(words), By: w.who(p)}
	head := w.t("relay."+string(c.Manner), "Who", quote.By)
	if c.Manner == benchmark.CommitmentAnnounced {
		for _, k := range w.n.Commitments {
			if k.ID == c.Commitment {
				head = w.t("relay.commitment-until", "Who", quote.By, "Until", w.l.Date(k.Until, w.zone))
			}
		}
	}
	if t, ok := w.n.Template().Indicator(c.Indicator); ok && c.Manner == benchmark.QuestionAsked {
		head = w.t("relay.question-about", "Who", quote.By, "Title", t.Title)
	}
	m := bot.Message{Text: head + " " + quote.Text}
	if c.Manner != benchmark.Remark {
		m.Blocks = append(m.Blocks, bot.Paragraph{Text: head})
		quote.By = ""
	}
	m.Blocks = append(m.Blocks, quote)
	return m
}

// who is a participant as others know them: name, profession, organisation. A
// coded network hides the organisation, but not who speaks.
func (w *writer) who(p benchmark.Participant) string {
	parts := []string{nameOf(w.l, p)}
	if p.Profession != "" {
		parts = append(parts, string(p.Profession))
	}
	if o, ok := w.n.Organisation(p.Organisation); ok && w.n.Settings.Visibility == benchmark.Named {
		parts = append(parts, o.Name)
	}
	s := parts[0]
	for _, part := range parts[1:] {
		s += ", " + part
	}
	return bot.Quiet(s)
}

func nameOf(l *locale.Locale, p benchmark.Participant) string {
	if p.Name == "" {
		return l.T("person.somebody")
	}
	return bot.Quiet(p.Name)
}

// templateTopic is where the template is talked about before the first round.
func (w *writer) templateTopic() bot.Message {
	t := w.n.Template()
	text := w.t("template.topic", "Name", t.Name, "Count", len(t.Indicators))
	return bot.Message{Text: text, Blocks: []bot.Block{bot.Paragraph{Text: text}, bot.Buttons{Buttons: []bot.Button{
		w.button("template", "template", ""), w.button("ask", "ask", ""),
	}}}}
}

var errNoView = errors.New("compose: the view was refused")

func (w *writer) view(i benchmark.IndicatorID, viewer benchmark.Viewer) (benchmark.View, error) {
	v, err := w.n.View(w.d.Round, i, viewer)
	if err != nil {
		return v, fmt.Errorf("%w: %w", errNoView, err)
	}
	return v, nil
}
