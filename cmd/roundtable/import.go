package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/bot"
	"roundtable/commands"
	"roundtable/journal"
	"roundtable/locale"
	"roundtable/report"
)

// importCmd reads a template or past figures into a network.
type importCmd struct {
	File              string `arg:"" help:"A template (.yaml) or figures (.csv: organisation,indicator,period,numerator,denominator,value,n,sd,note in any order)."`
	Network           string `help:"Which network, by id or name; not needed when there is one." placeholder:"NAME"`
	Reason            string `help:"Why the template, or a figure that is recorded otherwise, changes, in the network's words." placeholder:"TEXT"`
	NoPersonalNumbers bool   `help:"Say that no number in the file is somebody's personal number, after the import asked about one." name:"no-personal-numbers"`
	Unlikely          bool   `help:"Take figures that are unlikely too; without it they are listed and left out."`
	figureFlags
}

// Run implements the subcommand. All of the file is taken in, or nothing; figures that are
// possible but unlikely wait for a word.
func (i *importCmd) Run(e *env) (err error) {
	file, err := os.Open(i.File)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	defer func() { _ = file.Close() }() // only read
	_, j, err := e.openExistingJournal()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, j.Close()) }()
	tables := bot.NewTables(j, defaultOptions().clock, workingDays)
	defer tables.Close()
	t, err := findNetwork(e, tables, i.Network)
	if err != nil {
		return err
	}
	switch ext := strings.ToLower(filepath.Ext(i.File)); ext {
	case ".yaml", ".yml":
		return i.template(e, t, file)
	case ".csv", ".tsv", ".txt":
		return i.figures(e, t, file)
	default:
		return fmt.Errorf("import %s: the name should end in .yaml (a template) or .csv (figures)", i.File)
	}
}

func (i *importCmd) template(e *env, t *bot.Table, file *os.File) error {
	template, err := report.ReadTemplate(i.File, file)
	if err != nil {
		return err
	}
	who := benchmark.Actor{By: benchmark.Bot, NoPersonalNumber: i.NoPersonalNumbers}
	adopt := benchmark.AdoptTemplate{Name: template.Name, Indicators: template.Indicators, Reason: i.Reason}
	changes := false
	t.Read(func(n *benchmark.Network) {
		events, _ := n.Decide(who, adopt, defaultOptions().clock()) // an error comes again below
		if changes = len(events) > 0 && n.Template().Version > 0; changes && i.Reason == "" {
			listTemplateChanges(e, n.Template().Indicators, template.Indicators)
		}
	})
	if changes && i.Reason == "" {
		return fmt.Errorf("import %s: the network has a template, which would be replaced, as listed. If that is right, say why with --reason. Nothing was changed", i.File)
	}
	events, err := t.Do(e.ctx, who, adopt)
	if err != nil {
		return i.explain(err)
	}
	if len(events) == 0 {
		fmt.Fprintln(e.stdout, "The network has this template already; nothing was changed.")
		return nil
	}
	t.Read(func(n *benchmark.Network) {
		indicators := "1 indicator"
		if k := len(n.Template().Indicators); k != 1 {
			indicators = fmt.Sprintf("%d indicators", k)
		}
		fmt.Fprintf(e.stdout, "%s now has version %d of its template, with %s.\n", n.Name, n.Template().Version, indicators)
	})
	return nil
}

// listTemplateChanges lists the indicators that go, stay and come.
func listTemplateChanges(e *env, was, next []benchmark.Indicator) {
	var goes, stays, comes []string
	in := func(all []benchmark.Indicator, id benchmark.IndicatorID) bool {
		return slices.ContainsFunc(all, func(i benchmark.Indicator) bool { return i.ID == id })
	}
	for _, i := range was {
		if in(next, i.ID) {
			stays = append(stays, string(i.ID))
		} else {
			goes = append(goes, string(i.ID))
		}
	}
	for _, i := range next {
		if !in(was, i.ID) {
			comes = append(comes, string(i.ID))
		}
	}
	for _, list := range []struct {
		what string
		ids  []string
	}{{"goes", goes}, {"is in both", stays}, {"comes", comes}} {
		if len(list.ids) > 0 {
			fmt.Fprintf(e.stdout, "%s: %s\n", list.what, strings.Join(list.ids, ", "))
		}
	}
}

func (i *importCmd) figures(e *env, t *bot.Table, file *os.File) error {
	var options report.FigureOptions
	t.Read(func(n *benchmark.Network) { options = i.over(report.OptionsFor(n), defaultOptions().clock()) })
	options.NoPersonalNumbers = i.NoPersonalNumbers
	if len(options.Indicators) == 0 {
		return errors.New(options.Language.T("figures.import.no-template"))
	}
	figures, err := report.ReadFigures(i.File, file, options)
	if err != nil {
		return err
	}
	history, err := figures.History(options.Organisations)
	if err != nil {
		return err
	}
	history.Reason, history.Unlikely = i.Reason, i.Unlikely
	unlikely := map[int]*benchmark.Refusal{}
	if !i.Unlikely {
		t.Read(func(n *benchmark.Network) { unlikely = benchmark.UnlikelyRecorded(n, history.Figures) })
	}
	events, err := t.Do(e.ctx, benchmark.Actor{By: benchmark.Bot, NoPersonalNumber: i.NoPersonalNumbers}, history)
	if x, ok := errors.AsType[*benchmark.Refusal](err); ok && x.Reason == refusal.HistoryReason {
		t.Read(func(n *benchmark.Network) { listDiffering(e, locale.For(i.Language), n, history.Figures, unlikely) })
		return errors.New(options.Language.T("figures.import.differ", "File", i.File))
	}
	if err != nil {
		return i.explain(err)
	}
	added := 0
	for _, event := range events {
		if _, _, is := event.Answers(); is {
			added++
		}
	}
	for _, remark := range figures.Remarks(options.Language) {
		fmt.Fprintln(e.stdout, remark)
	}
	fmt.Fprintln(e.stdout, options.Language.T("figures.import.done", "Count", len(figures.Rows), "Changed", added, "Same", len(figures.Rows)-added-len(unlikely)))
	if len(unlikely) > 0 {
		fmt.Fprintln(e.stdout, options.Language.T("figures.import.unlikely", "Count", len(unlikely)))
	}
	return listUnlikely(i.File, options, figures, unlikely)
}

// listUnlikely is an error that lists the figures that were left out; nil when there are
// none.
func listUnlikely(file string, o report.FigureOptions, figures report.Figures, unlikely map[int]*benchmark.Refusal) error {
	of := func(id benchmark.IndicatorID) benchmark.Indicator {
		k := slices.IndexFunc(o.Indicators, func(i benchmark.Indicator) bool { return i.ID == id })
		return o.Indicators[k]
	}
	for k, doubt := range unlikely {
		unlikely[k] = commands.InUnits(o.Language, of(figures.Rows[k].Indicator), doubt)
	}
	return figures.Unlikely(file, o.Language, unlikely, func(id benchmark.IndicatorID, f benchmark.Figure) string {
		return commands.AnswerText(o.Language, of(id), benchmark.Version{Answer: benchmark.Value, Figure: f}, "")
	})
}

// listDiffering lists the figures that are recorded otherwise, as they are and as they
// would be; not those that are unlikely, which are left out.
func listDiffering(e *env, l *locale.Locale, n *benchmark.Network, figures []benchmark.Recorded, unlikely map[int]*benchmark.Refusal) {
	for k, f := range figures {
		if unlikely[k] != nil {
			continue
		}
		period, err := benchmark.ParsePeriod(f.Period)
		r, known := n.Round(benchmark.RoundID(period.ID))
		if err != nil || !known {
			continue
		}
		was, recorded := r.Submission(f.Organisation, f.Indicator)
		t, _ := n.TemplateVersion(r.Template)
		i, _ := t.Indicator(f.Indicator)
		o, _ := n.Organisation(f.Organisation)
		old := commands.AnswerText(l, i, was, n.Text(was.Note))
		now := commands.AnswerText(l, i, benchmark.Version{Answer: benchmark.Value, Figure: f.Figure}, f.Note)
		if recorded && old != now {
			fmt.Fprintf(e.stdout, "%s, %s, %s: %s -> %s\n", o.Name, i.ID, r.ID, old, now)
		}
	}
}

// explain says why nothing was taken in.
func (i *importCmd) explain(err error) error {
	if errors.Is(err, journal.ErrInvalid) {
		return errors.New(locale.For(i.Language).T("figures.import.large", "File", i.File))
	}
	if x, ok := errors.AsType[*benchmark.Refusal](err); ok && x.Reason == refusal.MaybePersonalNumber {
		return fmt.Errorf("import %s: %s holds a number that may be a personal identity number; take it out or, if it is none, import with --no-personal-numbers. Nothing was changed", i.File, fieldNamed(x.Field))
	}
	if x, ok := errors.AsType[*benchmark.Refusal](err); ok {
		l := locale.For(i.Language)
		return errors.New(l.T("figures.import.refused", "File", i.File, "Why", commands.Words(l, time.UTC, "/round", x)))
	}
	return fmt.Errorf("import %s: %w", i.File, err)
}

// fieldNamed is what people call a field in which something was refused.
func fieldNamed(field string) string {
	if field == "reason" {
		return "the reason (--reason)"
	}
	return "a text (" + field + ")"
}
