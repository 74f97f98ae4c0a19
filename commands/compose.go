package commands

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/locale"
)

// Compose puts a duty into words: for a seat in the network's language, for a
// person in theirs. It is a [bot.Compose].
func (c *Commands) Compose(n *benchmark.Network, d benchmark.Duty) func() (chat.Message, error) {
	p, _ := n.Participant(d.Participant)
	w := &writer{n: n, d: d, zone: n.Location(), l: locale.For(n.Settings.Language), trigger: "/" + c.options.Trigger, to: p}
	if d.Participant != "" {
		w.zone = n.LocationOf(p)
		w.l = spoken(p.Language, n.Settings.Language)
	}
	w.round, _ = n.Round(d.Round)
	render := w.render()
	if d.Participant == "" {
		return render
	}
	id := n.ID
	return func() (chat.Message, error) {
		m, err := render()
		return addressMessage(m, id), err
	}
}

// render says what the duty is about; the pictures are drawn later.
func (w *writer) render() func() (chat.Message, error) {
	switch w.d.Kind {
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
	case benchmark.SeatedDuty:
		return ready(w.seated())
	case benchmark.LinkedDuty:
		return ready(w.linked())
	case benchmark.CloseDuty, benchmark.PublishDuty, benchmark.EraseDuty:
	}
	return failing(fmt.Errorf("compose: no words for a duty of kind %q", w.d.Kind))
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

func ready(m chat.Message) func() (chat.Message, error) {
	return func() (chat.Message, error) { return m, nil }
}

func failing(err error) func() (chat.Message, error) {
	return func() (chat.Message, error) { return chat.Message{}, err }
}

func (w *writer) t(id string, args ...any) string {
	return w.l.T(id, append(args, "Trigger", w.trigger)...)
}

func (w *writer) when(t time.Time) string { return w.l.DateTime(t, w.zone) }

func (w *writer) button(name, action, value string) chat.Button {
	return chat.Button{Label: w.t("button." + name), Action: action, Value: value}
}

// period is the round's as it stands in a sentence, periodName alone.
func (w *writer) period() string     { return periodIn(w.l, w.round.ID) }
func (w *writer) periodName() string { return w.l.Period(string(w.round.ID)) }

// message is a paragraph, with a row of buttons below.
func message(text string, buttons ...chat.Button) chat.Message {
	return chat.Message{Text: text, Blocks: append([]chat.Block{chat.Paragraph{Text: text}}, rows(buttons)...)}
}

// opening is the round's post in a channel. It is edited as answers come in,
// and says how far the round has come, never who answered what.
func (w *writer) opening() chat.Message {
	r, p := w.round, w.n.Progress(w.round)
	t, _ := w.n.TemplateVersion(r.Template)
	title := w.t("opening.title", "Period", w.periodName())
	m := chat.Message{Text: title, Blocks: []chat.Block{chat.Heading{Text: title}}}
	switch r.Phase {
	case benchmark.Open:
		progress := w.t("opening.progress", "Count", p.Complete, "Organisations", p.Organisations)
		if p.Begun > 0 {
			progress += " " + w.t("opening.begun", "Count", p.Begun)
		}
		if p.Skipped > 0 {
			progress += " " + w.t("answered.skipped", "Count", p.Skipped)
		}
		m.Text += ". " + w.t("opening.until", "Due", w.when(dueOf(r)))
		m.Blocks = append(m.Blocks,
			chat.Paragraph{Text: w.t("opening.intro", "Count", len(t.Indicators))},
			chat.Facts{Facts: []chat.Fact{
				{Name: w.t("opening.due"), Value: w.when(dueOf(r))},
				{Name: w.t("opening.closes"), Value: w.when(r.Closes)},
				{Name: w.t("opening.so-far"), Value: bar(p.Complete, p.Organisations) + " " + progress},
			}},
			chat.Buttons{Buttons: w.answers(t)},
			chat.Footnote{Text: w.t("opening.footnote")})
	case benchmark.Closed:
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: w.t("opening.closed") + " " + w.answered(p)})
	case benchmark.Published:
		m.Blocks = append(m.Blocks, chat.Paragraph{Text: w.t("opening.published") + " " + w.answered(p)})
	}
	return m
}

// answered says how many organisations answered a round that is over.
func (w *writer) answered(p benchmark.Progress) string {
	all := []string{w.t("answered.everything", "Count", p.Complete, "Organisations", p.Organisations)}
	if p.Begun > 0 {
		all = append(all, w.t("answered.part", "Count", p.Begun))
	}
	if p.Skipped > 0 {
		all = append(all, w.t("answered.skipped", "Count", p.Skipped))
	}
	return strings.Join(all, " ")
}

// bar draws progress with one mark an organisation, up to twelve.
func bar(done, all int) string {
	if all <= 0 {
		return ""
	}
	length := min(all, 12)
	full := done * length / all
	return strings.Repeat("●", full) + strings.Repeat("○", length-full)
}

// confirm asks a member whether a newcomer belongs to them.
func (w *writer) confirm() chat.Message {
	p, _ := w.n.Participant(w.d.Newcomer)
	o, _ := w.n.Organisation(p.Organisation)
	text := w.t("confirm.ask", "Name", nameOf(w.l, p), "Organisation", o.Name)
	if p.Profession != "" {
		text = w.t("confirm.ask-profession", "Name", nameOf(w.l, p), "Profession", chat.Quiet(string(p.Profession)), "Organisation", o.Name)
	}
	return message(text, primary(w.button("vouch-yes", "vouch", vouching(p, "yes"))), w.button("vouch-no", "vouch", vouching(p, "no")))
}

// vouching is what a button says of a newcomer: about which organisation, too, as
// they may have chosen another one when it is pressed.
func vouching(p benchmark.Participant, verdict string) string {
	return string(p.ID) + " " + verdict + " " + string(p.Organisation)
}

func (w *writer) welcome() chat.Message {
	o, ok := w.n.Organisation(w.to.Organisation)
	if !ok || !w.to.Confirmed {
		return message(w.t("welcome.no"), w.button("join", "join", ""))
	}
	text := w.t("welcome.yes", "Organisation", o.Name)
	if c := w.n.Current(); c == nil || c.Phase != benchmark.Open {
		return message(text, w.button("template", "template", ""), w.button("status", "status", ""))
	}
	return message(text, primary(w.button("submit", "submit", "")), w.button("status", "status", ""))
}

// templateTopic is where the template is talked about before the first round.
func (w *writer) templateTopic() chat.Message {
	t := w.n.Template()
	text := w.t("template.topic", "Name", t.Name, "Count", len(t.Indicators))
	return message(text, w.button("template", "template", ""), w.button("ask", "ask", ""), w.button("join", "join", ""))
}

var errNoView = errors.New("compose: the view was refused")

func (w *writer) view(i benchmark.IndicatorID, viewer benchmark.Viewer) (benchmark.View, error) {
	v, err := w.n.View(w.d.Round, i, viewer)
	if err != nil {
		return v, fmt.Errorf("%w: %w", errNoView, err)
	}
	return v, nil
}

// answers are the buttons of an open round. A guess is asked for where there is
// something to guess.
func (w *writer) answers(t benchmark.Template) []chat.Button {
	buttons := []chat.Button{primary(w.button("submit", "submit", ""))}
	if slices.ContainsFunc(t.Indicators, guessable) {
		buttons = append(buttons, w.button("guess", "predict", ""))
	}
	return append(buttons, w.button("skip", "skip", string(w.round.ID)), w.button("ask-definition", "ask", ""))
}
