package config

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"roundtable/mistake"
)

// value is a text of the settings and where it was written.
type value struct {
	text string
	at   mistake.Place
}

// Where a setting may have been written, when not in a file.
const (
	fromEnvironment = "environment"
	fromFlags       = "flags"
)

// variablePattern is the name of an environment variable as POSIX has it: Base
// Definitions 8.1, https://pubs.opengroup.org/onlinepubs/9799919799/.
var variablePattern = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// expand fills ${NAME} in from the environment. $${ stands for ${ itself; any
// other $ is a plain one.
func (l *loader) expand(text string, at mistake.Place) string {
	var b strings.Builder
	for {
		i := strings.Index(text, "${")
		if i < 0 {
			return b.String() + text
		}
		if i > 0 && text[i-1] == '$' {
			b.WriteString(text[:i-1] + "${")
			text = text[i+2:]
			continue
		}
		name, rest, closed := strings.Cut(text[i+2:], "}")
		b.WriteString(text[:i])
		// What stands here may be half a secret, so it is not repeated unless
		// it is a name.
		switch {
		case !closed:
			l.mistake(at, "a ${ has no }", "write ${NAME} for a variable, $${ for the text ${ itself")
			return b.String()
		case !variablePattern.MatchString(name):
			l.mistake(at, "a ${...} holds no name", "write ${NAME}, without spaces or defaults, or $${ for the text ${ itself")
		default:
			text, ok := l.env(name)
			if !ok {
				l.mistake(at, "the environment variable "+name+" is not set", "set it, or write $${"+name+"} if you mean that text")
			}
			b.WriteString(text)
		}
		text = rest
	}
}

// setting returns a value by the order that wins: flag, environment, file.
func (l *loader) setting(top section, key, flag string) value {
	if flag != "" {
		return value{text: flag, at: mistake.Place{Source: fromFlags, Subject: "--" + strings.ReplaceAll(key, "_", "-")}}
	}
	name := "ROUNDTABLE_" + strings.ToUpper(key)
	if text, _ := l.env(name); text != "" {
		return value{text: text, at: mistake.Place{Source: fromEnvironment, Subject: name}}
	}
	return top.text(key)
}

// maxQuoted is how much of a wrong value a message repeats, in bytes.
const maxQuoted = 60

// quote returns a value, which is no secret, as a message repeats it.
func quote(text string) string {
	if len(text) > maxQuoted {
		text = text[:maxQuoted] + "..."
	}
	return fmt.Sprintf("%q", text)
}

func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return '?'
}
