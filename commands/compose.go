package commands

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
	"roundtable/benchmark/view"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/locale"
)

// Compose puts a duty into words: for a seat in the network's language, for a
// person in theirs. It is a [bot.Compose].
func (c *Commands) Compose(n *benchmark.Network, d benchmark.Duty) func() (chat.Message, error) {
	p := n.Recipient(d)
	w := &composition{audience: audience{l: locale.For(n.Settings.Language), zone: n.Location(), trigger: "/" + c.options.Trigger}, n: n, d: d, to: p}
	scope := n.ID
	if d.Participant != "" {
		if role, several := p.For(d.Organisation); several && toldOfOwn(d.Kind) {
			w.to = role
			if p.HasSeveral() {
				scope = scopeOf(n.ID, role.Organisation)
			}
		}
		w.zone = n.LocationOf(p)
		w.l = spoken(p.Language, n.Settings.Language)
	}
	w.round, _ = n.Round(d.Round)
	w.network, w.tables, w.channelName = n.Name, c.tables, c.options.Channel
	compose, known := composers[d.Kind]
	if !known {
		return failing(fmt.Errorf("compose: no words for a duty of kind %q", d.Kind))
	}
	render := compose(w)
	if d.Participant != "" {
		render = fromNetwork(w, render)
	}
	if n.Rehearsal {
		render = w.rehearsed(render)
	}
	return func() (chat.Message, error) {
		m, err := render()
		return addressMessage(m, scope), err
	}
}

// toldOfOwn says whether a duty's Organisation is that of who is told: they are told as
// one of it.
func toldOfOwn(kind benchmark.DutyKind) bool {
	return kind == benchmark.NudgeDuty || kind == benchmark.PrivateDuty || kind == benchmark.WelcomeDuty
}

// composer puts a duty into words while the network is at hand. What takes long, as
// drawing does, is left to the function that it returns.
type composer func(w *composition) func() (chat.Message, error)

// composers has one for each kind of duty that is a message.
var composers = map[benchmark.DutyKind]composer{
	benchmark.OpeningDuty:    wordsOnly((*composition).opening),
	benchmark.NudgeDuty:      wordsOnly((*composition).nudge),
	benchmark.StuckDuty:      wordsOnly((*composition).stuck),
	benchmark.DraftDuty:      (*composition).draft,
	benchmark.SummaryDuty:    (*composition).summary,
	benchmark.ComparisonDuty: (*composition).comparison,
	benchmark.DetailDuty:     wordsOnly(detailOf),
	benchmark.QuestionDuty:   wordsOnly(questionOf),
	benchmark.RestDuty:       wordsOnly(restOf),
	benchmark.PrivateDuty:    (*composition).private,
	benchmark.RelayDuty:      wordsOnly((*composition).relay),
	benchmark.TemplateDuty:   wordsOnly((*composition).templateTopic),
	benchmark.ConfirmDuty:    wordsOnly((*composition).confirm),
	benchmark.VouchDuty:      wordsOnly((*composition).vouchFor),
	benchmark.WelcomeDuty:    wordsOnly((*composition).welcome),
	benchmark.SeatedDuty:     (*composition).seated,
	benchmark.LinkedDuty:     (*composition).linked,
	benchmark.UnlinkedDuty:   (*composition).unlinked,
	benchmark.NoticeDuty:     (*composition).noticeOf,
	benchmark.AloneDuty:      wordsOnly((*composition).alone),
	benchmark.WaitingDuty:    wordsOnly((*composition).waiting),
	benchmark.RemainsDuty:    wordsOnly((*composition).remains),
	benchmark.FarewellDuty:   (*composition).farewell,
}

// wordsOnly is a composer of messages that take no time.
func wordsOnly(write func(w *composition) chat.Message) composer {
	return func(w *composition) func() (chat.Message, error) {
		m := write(w)
		return func() (chat.Message, error) { return m, nil }
	}
}

// composition is one duty being put into words.
type composition struct {
	audience
	n     *benchmark.Network
	d     benchmark.Duty
	round *benchmark.Round // nil when the duty is about none
	// network is its name, and tables where the store is asked, for what is put into
	// words once the network has been let go.
	network string
	tables  *bot.Tables
	// channelName returns what people call a channel; nil where nobody can be asked.
	channelName func(ctx context.Context, id chat.ChannelID) chat.ChannelName

	to benchmark.Participant // zero for a seat
}

func failing(err error) func() (chat.Message, error) {
	return func() (chat.Message, error) { return chat.Message{}, err }
}

// thisPeriod is the round's as it stands in a sentence, periodName alone.
func (w *composition) thisPeriod() string { return w.period(w.round.ID) }
func (w *composition) periodName() string { return w.l.Period(string(w.round.ID)) }

var errNoView = errors.New("compose: the view was refused")

// view is what everybody may see of an indicator.
func (w *composition) view(i benchmark.IndicatorID) (view.View, error) {
	v, err := view.Of(w.n, w.d.Round, i, view.Viewer{})
	if err != nil {
		return v, fmt.Errorf("%w: %w", errNoView, err)
	}
	return v, nil
}

// nameAndRole is a participant as others know them: "Owen Hughes (parent
// representative, Leeds)". Where organisations are hidden, now or in the topic, theirs
// is, but not who speaks; nobody speaks for one that has not confirmed them, which is said.
// What is in the round brackets at the end is said by the bot: in names they are square.
func nameAndRole(l *locale.Locale, n *benchmark.Network, p benchmark.Participant, in benchmark.TopicID) string {
	var more []string
	if p.User == "" { // erased: their organisation might tell who they were
		return nameOf(l, p)
	}
	if does := benchmark.ProfessionOf(n, p); does != "" {
		more = append(more, string(does))
	}
	names := freetext.SquareBrackets(organisationsOf(n, p, func(role benchmark.Participant) bool { return role.Confirmed }))
	switch {
	case names == "" && p.Organisation != "":
		more = append(more, l.T("person.not-confirmed"))
	case names == "":
		more = append(more, l.T("person.no-organisation"))
	}
	if names != "" && n.Settings.Visibility == benchmark.Named && n.VisibilityIn(in) == benchmark.Named {
		more = append(more, names)
	}
	name := nameOf(l, p)
	if len(more) > 0 {
		name += " (" + strings.Join(more, ", ") + ")"
	}
	return chat.Quiet(name)
}

func nameOf(l *locale.Locale, p benchmark.Participant) string {
	if p.Name == "" {
		return l.T("person.somebody")
	}
	return chat.Quiet(freetext.SquareBrackets(p.Name))
}
