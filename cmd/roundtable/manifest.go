package main

import (
	"fmt"

	"roundtable/chat/slack"
	"roundtable/config"
)

// manifestCmd prints what a platform needs to know of the bot to make it.
type manifestCmd struct {
	Slack manifestSlackCmd `cmd:"" help:"Print the manifest (YAML) from which Slack makes the app: api.slack.com/apps, Create New App, From a manifest."`
}

// manifestSlackCmd prints a Slack app's manifest.
type manifestSlackCmd struct {
	Connection string `arg:"" optional:"" help:"Name of the connection, if the settings have it already. Without one, the app is for Socket Mode."`
	Name       string `help:"What the app is called in Slack." default:"Roundtable"`
	PublicURL  string `help:"How Slack reaches this bot; not needed for Socket Mode." placeholder:"URL" name:"public-url"`
	Language   string `help:"Language of the app's shortcuts and command, such as sv; Slack shows everybody the same." default:"en" placeholder:"TAG"`
	NoThreads  bool   `help:"Don't listen to threads: nothing said there is kept or joined." name:"no-threads"`
	NoReacting bool   `help:"Don't look at reactions: nothing is kept by a light bulb." name:"no-reactions"`
	NoHome     bool   `help:"No page of one's own in the app." name:"no-home"`
}

// Run implements the subcommand.
func (m *manifestSlackCmd) Run(e *env) error {
	c, err := e.settings(config.Overrides{PublicURL: m.PublicURL})
	if err != nil {
		return err
	}
	o := slack.ManifestOptions{
		Name: m.Name, Trigger: c.Command,
		T:        func(id string) string { return translate(m.Language, id) },
		Features: slack.Features{Threads: !m.NoThreads, Reactions: !m.NoReacting, Home: !m.NoHome},
	}
	if m.Connection != "" {
		found, err := connectionsNamed(c.Connections, []string{m.Connection})
		if err != nil {
			return err
		}
		if found[0].Slack == nil {
			return fmt.Errorf("the connection %q is not one of Slack's", m.Connection)
		}
		if !found[0].Slack.SocketMode() {
			o.Connection, o.PublicURL = m.Connection, c.PublicURL
			if c.PublicURL == "" {
				return fmt.Errorf("the connection %q has no app_token, so Slack must reach the bot: give --public-url, or public_url in the settings", m.Connection)
			}
		}
	}
	y, err := slack.Manifest(o)
	if err != nil {
		return fmt.Errorf("manifest: %w", err)
	}
	_, err = e.stdout.Write(y)
	return err
}
