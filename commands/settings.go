package commands

import (
	"context"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
	"roundtable/locale"
)

// settingsVerb shows what the network has agreed on, and changes it.
var settingsVerb = verb{
	name: "settings", synonyms: []string{"configure", "options", "inställningar"}, needs: aParticipant,
	typed: settingsTyped, pressed: settingsPressed, filled: settingsFilled,
}

const (
	settingUnknown  refusal.Reason = "setting-unknown"
	numberNotWhole  refusal.Reason = "number-not-whole"
	languageMissing refusal.Reason = "language-missing"
)

// settingWords are what a setting may be called when it is typed, beside the name of its
// field.
var settingWords = map[string]string{
	"namn": "name", "språk": "language", "tidszon": "zone", "zon": "zone", "timezone": "zone", "helgdagar": "holidays",
	"synlighet": "visibility", "threshold": "small_number", "small": "small_number", "gräns": "small_number",
	"publicering": "publish", "keep": "keep_texts", "months": "keep_texts", "spara": "keep_texts", "månader": "keep_texts",
}

// settingFields are the fields of the form, in order.
var settingFields = []string{"name", "visibility", "small_number", "keep_texts", "publish", "language", "zone", "holidays"}

// promises are the settings that people answer under: their change is shown before it
// is made.
var promises = []string{"visibility", "small_number", "keep_texts"}

// wholeNumbers are the settings that are one.
var wholeNumbers = []string{"small_number", "keep_texts", "publish"}

// settingsTyped takes "visibility coded", or shows all.
func settingsTyped(ctx context.Context, r *request, text string) chat.Reply {
	word, value := firstWord(text)
	word = strings.ToLower(word)
	if known, is := settingWords[word]; is {
		word = known
	}
	if word == "" {
		return showSettings(ctx, r)
	}
	if why := r.mayNotFacilitate(ctx); why != nil {
		return giveBack(r, readSettings(r, r.words(why)), text)
	}
	switch {
	case !slices.Contains(settingFields, word):
		return r.refused(refuse(settingUnknown, "Typed", word))
	case word == "language" && value != "":
		value = languageTag(value)
	case value == "" && word != "holidays":
		return chat.Reply{Form: new(settingsForm(r))}
	}
	reply, err := changeSettings(ctx, r, map[string]string{word: value})
	if err != nil {
		return r.refused(err)
	}
	return reply
}

// settingsPressed opens the form, or makes the change that was shown.
func settingsPressed(ctx context.Context, r *request, value string) chat.Reply {
	if r.mayNotFacilitate(ctx) != nil {
		return showSettings(ctx, r)
	}
	word, rest := firstWord(value)
	switch word {
	case "form":
		return chat.Reply{Form: new(settingsForm(r))}
	case sureAbout:
		typed, err := url.ParseQuery(rest)
		if err != nil {
			return r.refused(refuse(buttonOld))
		}
		changes := map[string]string{}
		for name := range typed {
			changes[name] = typed.Get(name)
		}
		if err := decideSettings(ctx, r, changes); err != nil {
			return r.refused(err)
		}
		return r.say(r.t("settings.done-told"))
	}
	return showSettings(ctx, r)
}

// settingsPromised are those that everybody is shown who takes part.
var settingsPromised = []string{"visibility", "small_number", "keep_texts", "publish", "language", "zone"}

// settingFacts are these settings in words, and who leads.
func settingFacts(r *request, names []string) (facts []chat.Fact) {
	r.read(func(n *benchmark.Network) {
		values := settingValues(n.Name, n.Settings)
		for _, name := range names {
			facts = append(facts, chat.Fact{Name: r.t("settings." + name), Value: settingText(r, name, values[name])})
		}
		var leaders []string
		for _, f := range n.Facilitators() {
			if f.MayLead() {
				leaders = append(leaders, nameOf(r.l, f))
			}
		}
		facts = append(facts, chat.Fact{Name: r.t("settings.facilitators"), Value: strings.Join(leaders, ", ")})
	})
	return facts
}

// readSettings shows what was promised to who takes part and changes nothing of it.
func readSettings(r *request, text string) chat.Reply {
	m := chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}, chat.Facts{Facts: settingFacts(r, settingsPromised)}}}
	m.Blocks = append(m.Blocks, rows([]chat.Button{r.button("facilitators", "facilitator", ""), r.button("privacy", "privacy", "")})...)
	return chat.Reply{Message: &m}
}

// showSettings is all that the network has agreed on.
func showSettings(ctx context.Context, r *request) chat.Reply {
	if r.mayNotFacilitate(ctx) != nil {
		return readSettings(r, r.t("settings.intro", "Network", networkName(r))+" "+r.t("settings.read-only"))
	}
	facts := settingFacts(r, settingFields)
	var seats []string
	for _, s := range seatsByName(ctx, r) {
		seats = append(seats, s.name)
	}
	facts = append(facts, chat.Fact{Name: r.t("settings.seats"), Value: r.l.List(seats)})
	text := r.t("settings.intro", "Network", networkName(r))
	m := chat.Message{Text: text, Blocks: []chat.Block{chat.Paragraph{Text: text}, chat.Facts{Facts: facts}}}
	m.Blocks = append(m.Blocks, rows([]chat.Button{
		primary(r.button("settings-change", "settings", "form")), r.button("facilitators", "facilitator", ""),
		r.button("link-offer", "link", ""), r.button("unlink", "unlink", ""),
	})...)
	return chat.Reply{Message: &m}
}

// settingValues are the settings as the form's fields hold them.
func settingValues(name string, s benchmark.Settings) map[string]string {
	return map[string]string{
		"name": name, "language": s.Language, "zone": s.Zone, "holidays": s.Holidays,
		"visibility": string(s.Visibility), "small_number": strconv.Itoa(s.SmallNumber),
		"publish": strconv.Itoa(int(s.PublishAfter / time.Hour)), "keep_texts": strconv.Itoa(s.KeepTexts),
	}
}

// settingText is a setting's value in words.
func settingText(r *request, name, value string) string {
	switch {
	case name == "visibility":
		return r.t("visibility." + value)
	case name == "language":
		return locale.For(value).T("language.name")
	case value == "" || value == "0" && (name == "publish" || name == "keep_texts"):
		return r.t("settings." + name + "-none")
	case name == "small_number" && value == "0":
		return r.t("settings.small_number-none")
	case name == "small_number":
		return r.t("settings.small_number-up-to", "Threshold", value)
	case name == "keep_texts":
		months, _ := strconv.Atoi(value)
		return r.t("settings.keep_texts-for", "Count", months)
	case name == "publish":
		return r.t("settings.publish-after", "Hours", value)
	}
	return oneLine(value)
}

// settingsForm carries in its state what the settings were when it was opened: only what
// is changed in it is changed.
func settingsForm(r *request) chat.Form {
	f := chat.Form{Name: "settings", Title: r.t("settings.title"), Submit: r.t("settings.send"), Intro: r.t("settings.form-intro")}
	var values map[string]string
	r.read(func(n *benchmark.Network) { values = settingValues(n.Name, n.Settings) })
	for _, name := range settingFields {
		field := chat.Field{Name: name, Label: r.t("settings." + name), Value: values[name], MaxLength: 75}
		switch name {
		case "visibility":
			field.Kind, field.MaxLength = chat.Choice, 0
			for _, v := range []benchmark.Visibility{benchmark.Named, benchmark.Coded, benchmark.Own} {
				field.Options = append(field.Options, chat.Option{Label: r.t("visibility." + string(v)), Value: string(v)})
			}
		case "language":
			field.Kind, field.MaxLength, field.Options = chat.Choice, 0, languages()
		case "holidays":
			field.Optional, field.MaxLength = true, 2
		}
		if help := "settings." + name + "-help"; locale.Has(help) {
			field.Help = r.t(help)
		}
		f.Fields = append(f.Fields, field)
	}
	state, _ := json.Marshal(values) // strings
	f.State = string(state)
	return f
}

func settingsFilled(ctx context.Context, r *request, f chat.Filled) chat.Reply {
	if why := r.mayNotFacilitate(ctx); why != nil {
		return r.refused(why)
	}
	var was map[string]string
	if err := json.Unmarshal([]byte(f.State), &was); err != nil {
		return r.refused(refuse(formUnreadable))
	}
	changes := map[string]string{}
	for _, name := range settingFields {
		if v := strings.TrimSpace(f.Values[name]); v != was[name] {
			changes[name] = v
		}
	}
	reply, err := changeSettings(ctx, r, changes)
	if err != nil {
		again := r.showAgain(settingsForm(r), f.Values, err, nil)
		again.Form.State = f.State
		return again
	}
	return reply
}

// changeSettings makes the changes that are no promises, and shows what the others
// would do.
func changeSettings(ctx context.Context, r *request, changes map[string]string) (chat.Reply, error) {
	asked := url.Values{}
	for _, name := range promises {
		if v, is := changes[name]; is {
			asked.Set(name, v)
		}
	}
	at := changes
	if len(asked) > 0 {
		if err := tryPromises(r, asked); err != nil {
			return chat.Reply{}, withOtherSettings(r, err, changes)
		}
		at = maps.Clone(changes)
		maps.DeleteFunc(at, func(name, _ string) bool { return asked.Has(name) })
	}
	saves := changesSomething(r, at)
	if err := decideSettings(ctx, r, at); err != nil {
		return chat.Reply{}, err
	}
	if len(asked) > 0 {
		return previewSettings(r, asked, saves), nil
	}
	if !saves {
		return r.say(r.t("settings.as-it-was")), nil
	}
	text := r.t("settings.done")
	if _, moved := at["zone"]; moved {
		text += " " + zoneMoved(r)
	}
	return r.say(text), nil
}

// withOtherSettings is what is wrong with promises, and with the other changes.
func withOtherSettings(r *request, err error, changes map[string]string) error {
	all := refusalsIn(err)
	for _, x := range refusalsIn(r.c.checkSettings(changes)) {
		if !slices.ContainsFunc(all, func(y *benchmark.Refusal) bool { return y.Field == x.Field }) {
			all = append(all, x)
		}
	}
	return unreadAnd(r, all, benchmark.ChangeSettings(func(name *string, s *benchmark.Settings) { putSettings(name, s, changes) }))
}

// changesSomething says whether the settings would be others with the changes.
func changesSomething(r *request, changes map[string]string) (changed bool) {
	r.read(func(n *benchmark.Network) {
		name, s := n.Name, n.Settings
		putSettings(&name, &s, changes)
		changed = oneLine(name) != n.Name || s != n.Settings
	})
	return changed
}

// zoneMoved says that an open round's deadlines are the instants that they were.
func zoneMoved(r *request) (text string) {
	r.read(func(n *benchmark.Network) {
		if c := n.Current(); c != nil && c.Phase == benchmark.Open {
			text = r.t("settings.zone-moved", "Closes", r.l.DateTime(c.Closes, n.Location()))
		}
	})
	return text
}

// decideSettings makes changes, each as its field has it.
func decideSettings(ctx context.Context, r *request, changes map[string]string) error {
	if len(changes) == 0 {
		return nil
	}
	intent := benchmark.ChangeSettings(func(name *string, s *benchmark.Settings) { putSettings(name, s, changes) })
	if err := unreadAnd(r, r.c.checkSettings(changes), intent); err != nil {
		return err
	}
	return r.decide(ctx, intent)
}

// checkSettings refuses what the domain can't judge.
func (c *Commands) checkSettings(changes map[string]string) error {
	var wrong benchmark.Refusals
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		v, at := changes[name], func(why *benchmark.Refusal) { why.Field = name; wrong = append(wrong, why) }
		_, err := strconv.Atoi(v)
		switch {
		case name == "language" && !slices.Contains(locale.Languages(), v):
			at(refuse(languageMissing, "Typed", v, "Languages", verbatim(languageNames())))
		case name == "holidays" && !c.options.KnownCountry(strings.ToLower(v)):
			at(refuse(countryUnknown, "Country", v))
		case slices.Contains(wholeNumbers, name) && (err != nil || len(v) > 4 || v[0] == '-'):
			at(refuse(numberNotWhole, "Typed", v))
		}
	}
	switch len(wrong) {
	case 0:
		return nil
	case 1:
		return wrong[0]
	}
	return wrong
}

// languageTag is the tag of a language that was typed by its name, or with a country; else
// what was typed.
func languageTag(typed string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(typed), "_", "-"), "-")
	for _, tag := range locale.Languages() {
		if base == tag || strings.EqualFold(typed, locale.For(tag).T("language.name")) || slices.Contains(languageWords[tag], base) {
			return tag
		}
	}
	return typed
}

// languageWords are what languages are called in others.
var languageWords = map[string][]string{"en": {"engelska", "engelsk"}, "sv": {"swedish", "svensk"}}

// languageNames are the languages that there are words in.
func languageNames() string {
	var names []string
	for _, o := range languages() {
		names = append(names, o.Label+" ("+o.Value+")")
	}
	return strings.Join(names, ", ")
}

// putSettings puts values, as the fields hold them, into the settings.
func putSettings(name *string, s *benchmark.Settings, values map[string]string) {
	for field, v := range values {
		number, _ := strconv.Atoi(v)
		switch field {
		case "name":
			*name = v
		case "language":
			s.Language = v
		case "zone":
			s.Zone = v
		case "holidays":
			s.Holidays = strings.ToLower(v)
		case "visibility":
			s.Visibility = benchmark.Visibility(strings.ToLower(v))
		case "small_number":
			s.SmallNumber = number
		case "keep_texts":
			s.KeepTexts = number
		case "publish":
			s.PublishAfter = time.Duration(number) * time.Hour
		}
	}
}

// languageButtons choose one of the languages that there are.
func languageButtons() []chat.Button {
	var buttons []chat.Button
	for _, o := range languages() {
		buttons = append(buttons, chat.Button{Label: o.Label, Action: "type", Value: "settings language " + o.Value})
	}
	return buttons
}
