package mattermosttest

import (
	"fmt"
	"html"
	"regexp"
	"strings"

	"github.com/mattermost/mattermost/server/public/model"
)

// text is all that can be read in a post, a line each: its message, its
// attachments from top to bottom with the labels of their buttons, the names of
// its files.
func text(p *model.Post) string {
	var lines []string
	add := func(texts ...string) {
		for _, s := range texts {
			if s = strings.TrimSpace(read(s)); s != "" {
				lines = append(lines, s)
			}
		}
	}
	add(p.Message)
	for _, a := range p.Attachments() {
		add(a.Pretext, a.AuthorName, a.Title, a.Text)
		for _, f := range a.Fields {
			add(f.Title, fmt.Sprint(f.Value))
		}
		add(a.Footer)
		for _, b := range a.Actions {
			add(b.Name)
		}
	}
	if p.Metadata != nil {
		for _, f := range p.Metadata.Files {
			add(f.Name)
		}
	}
	return strings.Join(lines, "\n")
}

// escaped is a character that Markdown is told to leave alone.
var escaped = regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])")

// read takes escapes and characters without width out of a text in Markdown.
// Other markup stays.
func read(markdown string) string {
	return html.UnescapeString(escaped.ReplaceAllString(strings.ReplaceAll(markdown, "\u200b", ""), "$1"))
}
