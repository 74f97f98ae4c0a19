package slack

import "strings"

// What was heard in threads is remembered by where it stands, so that after a gap
// it is seen what has been deleted meanwhile: Slack shows no trace of it.

// note remembers a message in a thread, or lets go of one.
func (p *Platform) note(channel string, of *event, gone bool) {
	if gone {
		p.heard.forget(channel + " " + of.TS)
	} else if of.threadOf() != "" {
		p.heard.keep(channel+" "+of.TS, of.threadOf())
	}
}

// talks are the roots of the threads in a channel in which something was heard.
func (p *Platform) talks(channel string) []string {
	seen := map[string]bool{}
	var roots []string
	for _, root := range p.heard.all(channel + " ") {
		if !seen[root] {
			seen[root], roots = true, append(roots, root)
		}
	}
	return roots
}

// heardIn are the messages that were heard in a thread.
func (p *Platform) heardIn(channel, root string) []string {
	var all []string
	for key, in := range p.heard.all(channel + " ") {
		if in == root {
			all = append(all, strings.TrimPrefix(key, channel+" "))
		}
	}
	return all
}
