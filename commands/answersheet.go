package commands

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// answerSheet is a round as one organisation answers it.
type answerSheet struct {
	id        benchmark.RoundID
	closed    bool
	published bool // and closed: what changes, all see at once
	shown     bool // the round's results have been, although it may be open again
	closedAt  time.Time
	template  benchmark.Template
	answers   map[benchmark.IndicatorID]benchmark.Version
	notes     map[benchmark.IndicatorID]string
	previous  map[benchmark.IndicatorID]string // the last value of an earlier round, in words
	versions  map[benchmark.IndicatorID]int
	by        map[benchmark.IndicatorID]benchmark.ParticipantID // who gave, or took back, the last version
	at        map[benchmark.IndicatorID]time.Time
	saysWhy   map[benchmark.IndicatorID]bool // a note came with the figure that stands
	// isNamed: everybody sees who gave a figure. isOwn: nobody sees what another gave.
	isNamed, isOwn bool
	// lettersSeen: a letter tells by what is new what was answered since.
	lettersSeen bool
	// promise is what others will see; in the first form also whether that is new.
	promise string
}

// openAnswerSheet returns the round for one's own organisation, the current one for
// an empty id. The error says why there is nothing to answer.
func openAnswerSheet(r *request, id benchmark.RoundID) (answerSheet, error) {
	sheet, err := anyAnswerSheet(r, id)
	if err == nil && sheet.closed && len(sheet.answers) == 0 {
		err = sheet.locked()
	}
	return sheet, err
}

// anyAnswerSheet is openAnswerSheet, for a round too that has closed unanswered.
func anyAnswerSheet(r *request, id benchmark.RoundID) (sheet answerSheet, err error) {
	err = refuse(refusal.NoNetwork)
	r.read(func(n *benchmark.Network) {
		o, member := n.Organisation(r.me.Organisation)
		c := n.Current()
		if id != "" {
			c, _ = n.Round(id)
		}
		switch {
		case r.me.ID == "":
			err = refuse(refusal.NotAParticipant)
		case r.me.Observer:
			err = refuse(refusal.ObserversDontAnswer)
		case !member || !r.me.Confirmed:
			err = notActive(o)
		case c == nil && id != "":
			err = refuse(refusal.NoSuchRound, "Round", id)
		case c == nil:
			err = refuse(refusal.NoRound)
		case !n.MaySeeOwn(r.me, c):
			err = refuse(refusal.RoundBeforeYou, "Round", c.ID, "Organisation", o.Name)
		default:
			sheet, err = newAnswerSheet(r, n, c), nil
		}
	})
	return sheet, err
}

// notActive is why somebody may not speak for their organisation.
func notActive(o benchmark.Organisation) *benchmark.Refusal {
	if o.ID == "" {
		return refuse(refusal.NoOrganisation)
	}
	return refuse(refusal.NotConfirmed, "Organisation", o.Name)
}

// newAnswerSheet has of the round, and of those before, what is theirs to see.
func newAnswerSheet(r *request, n *benchmark.Network, c *benchmark.Round) answerSheet {
	t, _ := n.TemplateVersion(c.Template)
	sheet := answerSheet{
		id: c.ID, closed: isClosed(c, r.now()), closedAt: closedAt(c), template: t,
		published: c.Phase == benchmark.Published, shown: c.Publications > 0, isNamed: c.Visibility == benchmark.Named, isOwn: c.Visibility == benchmark.Own, lettersSeen: hasShownLetters(c),
		answers:  map[benchmark.IndicatorID]benchmark.Version{},
		notes:    map[benchmark.IndicatorID]string{},
		previous: map[benchmark.IndicatorID]string{},
		versions: map[benchmark.IndicatorID]int{},
		by:       map[benchmark.IndicatorID]benchmark.ParticipantID{},
		at:       map[benchmark.IndicatorID]time.Time{},
		saysWhy:  map[benchmark.IndicatorID]bool{},
	}
	for _, i := range t.Indicators {
		if v, ok := c.Submission(r.me.Organisation, i.ID); ok && n.MaySeeOwn(r.me, c) {
			sheet.answers[i.ID], sheet.notes[i.ID] = v, n.Text(v.Note)
		}
		if all := c.Submissions[benchmark.Slot{Organisation: r.me.Organisation, Indicator: i.ID}]; all != nil && n.MaySeeOwn(r.me, c) {
			sheet.versions[i.ID], sheet.by[i.ID], sheet.at[i.ID] = len(all.Versions), all.Current().By, all.Current().At
			before := len(all.Versions) - 2
			sheet.saysWhy[i.ID] = sheet.notes[i.ID] != "" && (before < 0 || all.Versions[before].Note != all.Current().Note)
		}
		if past := n.History(r.me.Organisation, i, c, n.OwnRounds(r.me)); len(past) > 0 {
			p := past[len(past)-1]
			sheet.previous[i.ID] = figureText(r.l, i, p.Version, "") + " (" + r.l.Period(string(p.Round.ID)) + ")"
		}
	}
	sheet.promise = r.othersSee(n, c)
	if len(sheet.versions) == 0 {
		sheet.promise = r.promise(n, c)
	}
	return sheet
}

// indicator finds one by id, whatever the case, or by its whole title.
func (a answerSheet) indicator(name string) (benchmark.Indicator, bool) {
	return indicatorNamed(a.template, name)
}

// standing is the answer that stands, in words.
func (a answerSheet) standing(r *request, i benchmark.Indicator) string {
	if v, answered := a.answers[i.ID]; answered {
		return answerText(r.l, i, v, a.notes[i.ID])
	}
	return r.t("submit.none")
}

// proposed is an item in words, as it would stand.
func (a answerSheet) proposed(r *request, i benchmark.Indicator, item benchmark.Item) string {
	v, note := benchmark.Version{Answer: item.Answer, Figure: item.Figure}, item.Note
	if item.KeepFigure {
		v = a.answers[i.ID]
	}
	if item.KeepNote {
		note = a.notes[i.ID]
	}
	return answerText(r.l, i, v, note)
}

// mine is what of an item is one's own: what stands already and would stay is said to stay.
func (a answerSheet) mine(r *request, i benchmark.Indicator, item benchmark.Item) string {
	switch {
	case item.KeepFigure:
		return r.t("submit.mine-note", "Note", chat.Quiet(item.Note))
	case item.KeepNote && a.notes[i.ID] != "":
		return r.t("submit.mine-figure", "Figure", answerText(r.l, i, benchmark.Version{Answer: item.Answer, Figure: item.Figure}, ""))
	}
	return a.proposed(r, i, item)
}

// answered is how many of the indicators are.
func (a answerSheet) answered(indicators []benchmark.Indicator) int {
	answered := 0
	for _, i := range indicators {
		if _, is := a.answers[i.ID]; is {
			answered++
		}
	}
	return answered
}

// isLocked says that none of the indicators can be answered any more, since the
// round is closed and they were not answered before; locked says it to people.
func (a answerSheet) isLocked(indicators ...benchmark.Indicator) bool {
	return a.closed && a.answered(indicators) == 0
}

func (a answerSheet) locked() *benchmark.Refusal {
	return refuse(refusal.RoundClosed, "Round", a.id, "Closed", a.closedAt)
}

const noSuchIndicatorNear refusal.Reason = "no-such-indicator-near"

func indicatorNamed(t benchmark.Template, name string) (benchmark.Indicator, bool) {
	name = strings.TrimRight(strings.TrimSpace(name), ":,=")
	for _, i := range t.Indicators {
		if strings.EqualFold(string(i.ID), name) || strings.EqualFold(i.Title, name) {
			return i, true
		}
	}
	return benchmark.Indicator{}, false
}

// leadingIndicator finds the indicator that a text begins with, by its title or
// its id, and returns what follows.
func leadingIndicator(t benchmark.Template, text string) (i benchmark.Indicator, rest string, known bool) {
	if i, rest, known = beginningWith(t, text); known {
		return i, rest, known
	}
	if bare := number.ReplaceAllString(bullet.ReplaceAllString(text, ""), ""); bare != text { // a line of a list
		if i, rest, known = beginningWith(t, bare); known {
			return i, rest, known
		}
	}
	return benchmark.Indicator{}, strings.TrimSpace(text), false
}

// beginningWith is [leadingIndicator] of a text without the mark of a list.
func beginningWith(t benchmark.Template, text string) (i benchmark.Indicator, rest string, known bool) {
	text = strings.TrimSpace(text)
	if name, rest, is := cutQuoted(text); is {
		if i, known := indicatorNamed(t, name); known {
			return i, afterName(rest), true
		}
	}
	if name, rest, is := cutColumn(text); is {
		if i, known := indicatorNamed(t, name); known {
			return i, rest, true
		}
	}
	longest := -1
	for _, one := range t.Indicators {
		for _, name := range []string{one.Title, string(one.ID)} {
			if len(name) > longest && isNameBefore(name, text) {
				i, longest = one, len(name)
			}
		}
	}
	if longest >= 0 {
		return i, afterName(text[longest:]), true
	}
	name, rest := firstWord(text)
	if i, known = indicatorNamed(t, name); known {
		return i, afterName(rest), true
	}
	return benchmark.Indicator{}, text, false
}

// isNameBefore says whether a text begins with the name, whatever the case, and a sign or a
// blank behind it.
func isNameBefore(name, text string) bool {
	if len(text) < len(name) || !strings.EqualFold(text[:len(name)], name) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(text[len(name):])
	return len(text) == len(name) || unicode.IsSpace(next) || strings.ContainsRune(":,=", next)
}

// afterName is what follows a name, without what parts them: "falls = 3/412", "falls: 3/412",
// "falls – 3/412". A dash close to a number is its sign.
func afterName(rest string) string {
	rest = strings.TrimSpace(strings.TrimLeft(rest, " \t\u00a0:,=;"))
	mark, after := firstWord(rest)
	if after != "" && slices.Contains([]string{"-", "–", "—", "−", "->", "→", "=>"}, mark) {
		return strings.TrimSpace(strings.TrimLeft(after, " :,=;"))
	}
	return rest
}

// cutQuoted parts a name in quotation marks from what follows.
func cutQuoted(text string) (name, rest string, is bool) {
	for _, marks := range []string{`"`, "'", "”", "»"} {
		if inside, begins := strings.CutPrefix(text, marks); begins {
			return strings.Cut(inside, marks)
		}
	}
	for open, shut := range map[string]string{"“": "”", "‘": "’", "«": "»", "„": "“"} {
		if inside, begins := strings.CutPrefix(text, open); begins {
			return strings.Cut(inside, shut)
		}
	}
	return "", text, false
}

// cutColumn parts a row of columns with semicolons or tabs between them, whose second is a
// number: "Falls;9;1000" is "Falls" and "9;1000".
func cutColumn(text string) (name, rest string, is bool) {
	k := strings.IndexAny(text, ";\t")
	if k < 0 {
		return text, "", false
	}
	name, rest, is = text[:k], text[k+1:], true
	rest = strings.TrimSpace(rest)
	return name, rest, is && rest != "" && strings.ContainsAny(rest[:1], "0123456789")
}

// indicatorByPrefix finds the only indicator that is called by the words that a text begins
// with: "deaths" means deaths-30-days, "hand hygiene" hand-hygiene. The answer says
// which it was. A figure is never meant for one that asks for words.
func indicatorByPrefix(t benchmark.Template, text string) (found benchmark.Indicator, rest string, known bool) {
	for _, c := range namesBefore(text) {
		among := t
		if figureFirst.MatchString(c.rest) {
			among = withoutTexts(t)
		}
		called := indicatorsCalled(among, c.name)
		switch len(called) {
		case 0:
		case 1:
			return called[0], c.rest, true
		default:
			return benchmark.Indicator{}, text, false
		}
	}
	return benchmark.Indicator{}, text, false
}

// unknownIndicator suggests the nearest indicators, by id or by the first word
// of the title.
func unknownIndicator(t benchmark.Template, name string) *benchmark.Refusal {
	lower := strings.ToLower(name)
	away := func(i benchmark.Indicator) int {
		word, _ := firstWord(strings.ToLower(i.Title))
		return min(distance(lower, string(i.ID)), distance(lower, strings.TrimRight(word, ",:")))
	}
	nearest := slices.SortedStableFunc(slices.Values(t.Indicators), func(x, y benchmark.Indicator) int { return away(x) - away(y) })
	var names []string
	for _, i := range nearest[:min(len(nearest), 4)] {
		text := string(i.ID)
		if title := clipText(oneLine(i.Title), 40); !strings.EqualFold(title, text) {
			text += " (" + title + ")"
		}
		names = append(names, text)
	}
	return refuse(noSuchIndicatorNear, "Indicator", name, "Near", verbatim(strings.Join(names, ", ")))
}

// splitIndicator separates an indicator that a text begins with from the rest.
func splitIndicator(r *request, text string) (benchmark.IndicatorID, string) {
	var found benchmark.IndicatorID
	words := text
	r.read(func(n *benchmark.Network) {
		if i, rest, whole, known := leadingName(n.Template(), text); known {
			found = i.ID
			if whole {
				words = rest
			}
		}
	})
	return found, words
}

// indicatorField lets one choose an indicator, or none.
func indicatorField(r *request, chosen string) chat.Field {
	f := chat.Field{Name: "indicator", Kind: chat.Choice, Label: r.t("ask.indicator"), Optional: true}
	r.read(func(n *benchmark.Network) {
		for _, i := range n.Template().Indicators {
			if string(i.ID) == chosen {
				f.Value = chosen
			}
			f.Options = append(f.Options, chat.Option{Label: oneLine(i.Title), Value: string(i.ID)})
		}
	})
	if len(f.Options) > chat.MaxOptions {
		f.Options = f.Options[:chat.MaxOptions]
	}
	return f
}

// roundIndicator is what a button carries that is about a round's indicator:
// "2026-Q4/falls", or "2026-Q4/" for none of them.
func roundIndicator(round benchmark.RoundID, indicator string) string {
	return string(round) + "/" + indicator
}
