package commands

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/locale"
	"roundtable/report"
)

// setupVerb makes a network of a channel.
var setupVerb = verb{
	name: "setup", synonyms: []string{"start", "create", "skapa"},
	typed: openSetup, pressed: openSetup, filled: setupFilled,
}

const (
	adminsOnly     refusal.Reason = "admins-only"
	countryUnknown refusal.Reason = "country-unknown"
)

// openSetup opens the form that makes a network of this channel.
func openSetup(ctx context.Context, r *request, _ string) chat.Reply {
	if reply, refused := refuseSetup(ctx, r); refused {
		return reply
	}
	return chat.Reply{Form: new(setupForm(ctx, r))}
}

// refuseSetup answers those who can't make a network or take a seat here; refused is
// false for those who can.
func refuseSetup(ctx context.Context, r *request) (reply chat.Reply, refused bool) {
	switch {
	case r.table != nil && !r.in.Direct:
		return r.refused(refuse(refusal.AlreadyFounded)), true
	case r.in.Direct:
		return r.say(r.t("setup.in-a-channel")), true
	}
	p, err := r.lookUp(ctx)
	switch {
	case err != nil: // it might be a guest
		return r.failed(err), true
	case r.c.options.AdminsOnly && !p.Admin:
		return r.refused(refuse(adminsOnly)), true
	case p.Guest:
		return r.refused(refuse(guestsTakePart)), true
	}
	return chat.Reply{}, false
}

func setupForm(ctx context.Context, r *request) chat.Form {
	p := r.person(ctx)
	zone := p.Zone
	if zone == "" {
		zone = "Europe/Stockholm"
	}
	return chat.Form{
		Name: "setup", Title: r.t("setup.title"), Submit: r.t("setup.send"), Intro: r.t("setup.intro"),
		Fields: []chat.Field{
			{Name: "name", Label: r.t("setup.name"), Help: r.t("setup.name-help"), MaxLength: 75},
			{Name: "organisations", Kind: chat.Area, Label: r.t("setup.organisations"), Help: r.t("setup.organisations-help"), Optional: true},
			{Name: "mine", Label: r.t("setup.mine"), Help: r.t("setup.mine-help"), Optional: true, MaxLength: 75},
			{Name: "profession", Label: r.t("join.profession"), Help: r.t("join.profession-help"), Optional: true, MaxLength: 75},
			{Name: "template", Kind: chat.Choice, Label: r.t("setup.template"), Help: r.t("setup.template-help"), Value: "open", Options: starterOptions(r)},
			{Name: "visibility", Kind: chat.Choice, Label: r.t("setup.visibility"), Help: r.t("setup.visibility-help"), Value: string(benchmark.Named), Options: []chat.Option{
				{Label: r.t("visibility.named"), Value: string(benchmark.Named)},
				{Label: r.t("visibility.coded"), Value: string(benchmark.Coded)},
				{Label: r.t("visibility.own"), Value: string(benchmark.Own)},
			}},
			{Name: "language", Kind: chat.Choice, Label: r.t("setup.language"), Value: r.l.Language(), Options: languages()},
			{Name: "zone", Label: r.t("setup.zone"), Help: r.t("setup.zone-help"), Value: zone, MaxLength: 60},
			{Name: "holidays", Label: r.t("setup.holidays"), Help: r.t("setup.holidays-help"), Optional: true, MaxLength: 2},
		},
	}
}

func starterOptions(r *request) []chat.Option {
	var options []chat.Option
	for _, s := range report.Starters(r.l.Language()) {
		options = append(options, chat.Option{Label: clipText(s.Name, chat.MaxLabel), Value: s.ID})
	}
	return options
}

func languages() []chat.Option {
	var options []chat.Option
	for _, tag := range locale.Languages() {
		options = append(options, chat.Option{Label: locale.For(tag).T("language.name"), Value: tag})
	}
	return options
}

// setupFilled founds the network and says what comes next.
func setupFilled(ctx context.Context, r *request, filled chat.Filled) chat.Reply {
	if reply, refused := refuseSetup(ctx, r); refused {
		return reply
	}
	v := filled.Values
	settings := benchmark.DefaultSettings()
	settings.Language, settings.Zone = v["language"], strings.TrimSpace(v["zone"])
	settings.Visibility = benchmark.Visibility(v["visibility"])
	settings.Holidays = strings.ToLower(strings.TrimSpace(v["holidays"]))
	found := benchmark.Found{
		ID: r.c.options.NewID(), Name: v["name"], Settings: settings, Seed: r.c.options.Seed(),
		Connection: r.in.Channel.Connection, Channel: r.in.Channel.Channel,
		Organisations: listItems(v["organisations"]), Mine: strings.TrimSpace(v["mine"]),
		Profession: benchmark.Profession(v["profession"]), Founder: identity(r.person(ctx)), Rehearsal: r.c.options.Rehearsal,
	}
	found.Sure = filled.State == sureOf(slices.Concat(found.Organisations, []string{found.Mine}))
	if s, ok := report.Starter(settings.Language, v["template"]); ok {
		found.TemplateName, found.Indicators = s.Name, s.Indicators
	}
	t, err := r.c.found(ctx, benchmark.Actor{Incoming: r.in.ID, NoPersonalNumber: r.noPersonalNumber}, found)
	if err != nil {
		f := setupForm(ctx, r)
		if slices.ContainsFunc(refusalsIn(err), func(x *benchmark.Refusal) bool { return x.Reason == refusal.OrganisationsAlike }) {
			f.State = sureOf(slices.Concat(found.Organisations, []string{found.Mine}))
		}
		return r.showAgain(f, v, err, nil)
	}
	return confirmFounded(r, t)
}

// found checks what the domain can't, and makes the network.
func (c *Commands) found(ctx context.Context, who benchmark.Actor, f benchmark.Found) (*bot.Table, error) {
	if !c.options.KnownCountry(f.Settings.Holidays) {
		unknown := benchmark.Refusals{{Reason: countryUnknown, Field: "holidays", Args: []any{"Country", f.Settings.Holidays}}}
		_, err := (&benchmark.Network{}).Decide(who, f, c.tables.Now())
		return nil, append(unknown, refusalsIn(err)...)
	}
	return c.tables.Found(ctx, who, f)
}

func confirmFounded(r *request, t *bot.Table) chat.Reply {
	var reply chat.Reply
	t.Read(func(n *benchmark.Network) {
		text := r.t("setup.done", "Network", n.Name, "Count", len(n.Organisations))
		if n.Settings.Visibility == benchmark.Coded && len(n.Organisations) < fewestCoded {
			text += "\n" + r.t("setup.coded-few")
		}
		if n.Settings.Visibility == benchmark.Own && len(n.Organisations) < benchmark.FewestForMiddle {
			text += "\n" + r.t("setup.own-few")
		}
		reply = r.say(text, primary(r.button("open", "open", "")), r.button("template", "template", ""), r.button("help", "help", ""))
	})
	return reply
}

// bullet is what stands before the lines of a list that was pasted; number too, where the
// numbers count the lines.
var (
	bullet = regexp.MustCompile(`^\s*(?:[-–—−*+•·▪▫‣⁃◦●○■□➢➤✓✔>]+\s*(?:\[[ xX]?\])?)\s+`)
	number = regexp.MustCompile(`^\s*\(?(\d{1,3})[.):]\s+`)
)

// listItems returns the lines of a list without their bullets and numbers, and without the
// comma or semicolon at their end. Numbers that don't count up from 1, or stand beside
// lines without any mark, belong to the names.
func listItems(text string) []string {
	items := lines(text)
	counted, last := true, 0
	for k, item := range items {
		bare := strings.TrimSpace(bullet.ReplaceAllString(item, ""))
		at := number.FindStringSubmatch(bare)
		switch {
		case at != nil:
			last++
			counted = counted && (at[1] == strconv.Itoa(last) || at[1] == strconv.Itoa(k+1))
		case bare == item:
			counted = false
		}
		items[k] = strings.TrimRight(bare, ",; \t")
	}
	for k := range items {
		if counted {
			items[k] = strings.TrimSpace(number.ReplaceAllString(items[k], ""))
		}
	}
	return slices.DeleteFunc(items, func(item string) bool { return item == "" })
}

// lines returns the lines that hold something.
func lines(text string) []string {
	var found []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			found = append(found, line)
		}
	}
	return found
}
