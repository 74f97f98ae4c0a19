// Command roundtable runs the bot, and what goes with it. Each subcommand has a
// file of its own; app.go wires the bot together.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	_ "time/tzdata" // zones on machines that have none, such as a bare container

	"github.com/alecthomas/kong"

	"roundtable/config"
)

// version is stamped by the release build.
var version = "development"

// cli are the subcommands, and what all of them take.
type cli struct {
	Config    string `help:"Settings file. Without it, roundtable.yaml in the current folder is read if it is there." placeholder:"FILE" env:"ROUNDTABLE_CONFIG"`
	Journal   string `help:"Where the journal is: sqlite:PATH or redis://HOST:PORT." placeholder:"ADDRESS"`
	Command   string `help:"Name of the slash command, without the slash." placeholder:"NAME"`
	LogFormat string `help:"How to log: text or json." enum:"text,json" default:"text" name:"log-format"`

	Serve      serveCmd      `cmd:"" help:"Run the bot."`
	Demo       demoCmd       `cmd:"" help:"Play a whole round, with real figures, and print it as people would see it; then look around in a browser."`
	Playground playgroundCmd `cmd:"" help:"Try it in a browser: an empty table, people to be, and a clock to move."`
	Import     importCmd     `cmd:"" help:"Read a template (YAML) or the figures of past rounds (CSV) into a network."`
	Analyse    analyseCmd    `cmd:"" help:"Compare the figures of a file (CSV), without a network or a chat."`
	Export     exportCmd     `cmd:"" help:"Write a network's figures (CSV) or its whole journal (JSON lines)."`
	Network    networkCmd    `cmd:"" help:"List the networks in the journal."`
	Check      checkCmd      `cmd:"" help:"Look whether everything that the bot needs is there, and say how to mend what isn't."`
	Manifest   manifestCmd   `cmd:"" help:"Print what a platform needs to make the bot."`
	Health     healthCmd     `cmd:"" help:"Ask a running bot whether it is well; for health checks."`
	Version    versionCmd    `cmd:"" help:"Print the version."`
}

// env is what a subcommand runs in.
type env struct {
	ctx    context.Context //nolint:containedctx // the subcommand's whole life, as kong hands it over
	cli    *cli
	stdout io.Writer
	stderr io.Writer
	log    *slog.Logger
}

// settings reads the configuration. The error lists all mistakes in it.
func (e *env) settings(o config.Overrides) (*config.Config, error) {
	return e.load(config.Options{Overrides: o})
}

func (e *env) load(o config.Options) (*config.Config, error) {
	o.Path, o.Env = e.cli.Config, os.LookupEnv
	o.Overrides.Journal, o.Overrides.Command = e.cli.Journal, e.cli.Command
	c, err := config.Load(o)
	if err != nil {
		return nil, fmt.Errorf("the settings can't be used:\n%w", err)
	}
	for _, w := range c.Warnings {
		e.log.Warn("setting", "warning", w.String())
	}
	return c, nil
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run runs a subcommand and returns the exit code: 0, 1 when it failed, 2 for
// arguments that can't be.
func run(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c cli
	exit := -1
	parser, err := kong.New(&c,
		kong.Name("roundtable"),
		kong.Description("Roundtable is a chat bot for networks of public-healthcare organisations that compare themselves in order to learn. Voluntary, for learning, never a ranking."),
		kong.Writers(stdout, stderr),
		kong.UsageOnError(),
		kong.Exit(func(code int) { exit = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
	)
	if err != nil {
		fmt.Fprintln(stderr, "roundtable:", err)
		return 2
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if exit >= 0 {
		return exit
	}
	if err != nil {
		fmt.Fprintln(stderr, "roundtable:", err)
		fmt.Fprintln(stderr, "Try: roundtable --help")
		return 2
	}
	if err := parsed.Run(&env{ctx: ctx, cli: &c, stdout: stdout, stderr: stderr, log: logger(c.LogFormat, stderr)}); err != nil {
		if !errors.Is(err, context.Canceled) {
			fmt.Fprintln(stderr, "roundtable:", err)
		}
		return 1
	}
	return 0
}

func logger(format string, w io.Writer) *slog.Logger {
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}

// versionCmd prints which program this is.
type versionCmd struct{}

// Run implements the subcommand.
func (versionCmd) Run(e *env) error {
	_, err := fmt.Fprintf(e.stdout, "roundtable %s (%s, %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
