package commands

import (
	"net/url"

	"roundtable/benchmark"
	"roundtable/chat"
)

// tryPromises refuses what couldn't be promised.
func tryPromises(r *request, asked url.Values) error {
	changes := map[string]string{}
	for name := range asked {
		changes[name] = asked.Get(name)
	}
	if err := r.c.checkSettings(changes); err != nil {
		return err
	}
	var err error
	r.read(func(n *benchmark.Network) {
		name, s := n.Name, n.Settings
		putSettings(&name, &s, changes)
		err = s.Check()
	})
	return err
}

// previewSettings shows what a change of what people are promised would change, for
// whom, and from which round on. saved: other changes have been made.
func previewSettings(r *request, asked url.Values, saved bool) chat.Reply {
	var lines []string
	r.read(func(n *benchmark.Network) {
		name, now := n.Name, n.Settings
		values := map[string]string{}
		for field := range asked {
			values[field] = asked.Get(field)
		}
		putSettings(&name, &now, values)
		if now.Visibility != n.Settings.Visibility {
			lines = append(lines, previewVisibility(r, n, now.Visibility)...)
		}
		if now.SmallNumber != n.Settings.SmallNumber {
			lines = append(lines, previewThreshold(r, n, now))
		}
		if now.KeepTexts != n.Settings.KeepTexts {
			lines = append(lines, previewKeeping(r, n, now.KeepTexts)...)
		}
	})
	if len(lines) == 0 {
		return r.say(r.t("settings.as-it-was"))
	}
	text := r.t("settings.preview")
	if saved {
		text = r.t("settings.saved-rest") + " " + text
	}
	m := chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}, chat.Items{Items: lines}, chat.Paragraph{Text: r.t("settings.preview-told")}}}
	m.Blocks = append(m.Blocks, rows([]chat.Button{
		primary(r.button("settings-sure", "settings", sureAbout+" "+asked.Encode())), r.button("settings-keep", "settings", ""),
	})...)
	return chat.Reply{Message: &m}
}

// previewVisibility says what would be shown of whom.
func previewVisibility(r *request, n *benchmark.Network, v benchmark.Visibility) []string {
	taking := 0 // those that count
	for _, o := range n.OrganisationsNow() {
		if o.Vouched {
			taking++
		}
	}
	lines := []string{
		r.t("visibility."+string(n.Settings.Visibility)) + " → " + r.t("visibility."+string(v)),
		r.t("preview."+string(v), "Count", taking),
	}
	switch {
	case v == benchmark.Coded && taking < fewestCoded:
		lines = append(lines, r.t("setup.coded-few"))
	case v == benchmark.Own && taking < benchmark.FewestForMiddle:
		lines = append(lines, r.t("preview.own-few", "Fewest", benchmark.FewestForMiddle))
	}
	return append(lines, previewSince(r, n))
}

// fewestCoded is from how many organisations on letters are not easily guessed.
const fewestCoded = 5

// previewSince says which rounds stay as they were.
func previewSince(r *request, n *benchmark.Network) string {
	rounds := len(n.Rounds)
	switch c := n.Current(); {
	case rounds == 0:
		return r.t("preview.since-first")
	case c != nil && c.Phase != benchmark.Published:
		return r.t("preview.since-next", "Round", r.period(c.ID), "Count", rounds)
	}
	return r.t("preview.since-rounds", "Count", rounds)
}

// previewThreshold says how much more, or less, would be hidden.
func previewThreshold(r *request, n *benchmark.Network, now benchmark.Settings) string {
	if now.SmallNumber < n.Settings.SmallNumber {
		if now.SmallNumber == 0 {
			return r.t("preview.threshold-none") + " " + previewSince(r, n)
		}
		return r.t("preview.threshold-lower", "Threshold", now.SmallNumber) + " " + previewSince(r, n)
	}
	text := r.t("preview.threshold-higher", "Threshold", now.SmallNumber)
	var last *benchmark.Round
	for _, round := range n.Rounds {
		if round.Phase == benchmark.Published && (last == nil || !round.Published.Before(last.Published)) {
			last = round
		}
	}
	if last == nil || last.Visibility == benchmark.Own {
		return text // how many would tell something of figures that nobody sees
	}
	was, more := n.SmallNumberIn(last), 0
	t, _ := n.TemplateVersion(last.Template)
	for _, o := range n.RoundOrganisations(last) {
		for _, i := range t.Indicators {
			v, ok := last.Submission(o.ID, i.ID)
			if ok && v.Answer == benchmark.Value && v.Figure.IsSmall(i, now.SmallNumber) && !v.Figure.IsSmall(i, was) {
				more++
			}
		}
	}
	return text + " " + r.t("preview.threshold-more", "Round", r.period(last.ID), "Count", more)
}

// previewKeeping says how long what people write would be kept, and how much of it would
// go now.
func previewKeeping(r *request, n *benchmark.Network, months int) []string {
	var before []string
	if was := n.Settings.KeepTexts; was > 0 && (months == 0 || months > was) {
		before = []string{r.t("promise.kept-before")}
	}
	if months == 0 {
		return append([]string{r.t("preview.kept-on")}, before...)
	}
	older := r.t("preview.kept-all")
	if many := benchmark.AgedTexts(n, months, r.now()); many > 0 {
		older = r.t("preview.kept-now", "Count", many)
	}
	return append([]string{r.t("preview.kept-for", "Count", months), older, r.t("preview.kept-own")}, before...)
}
