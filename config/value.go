package config

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"unicode"

	"roundtable/mistake"
)

// maxSecretBytes is more than any token or key; see maxFileBytes.
const maxSecretBytes = 64 << 10

// variable is the name of an environment variable as POSIX has it: Base
// Definitions 8.1, https://pubs.opengroup.org/onlinepubs/9799919799/.
var variable = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

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
		case !variable.MatchString(name):
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

// secret returns what stands at a key or in the file that KEY_file names.
func (s section) secret(key string) (Secret, mistake.Place) {
	v, inline := s.text(key), s.nodes[key]
	path := s.text(key + "_file")
	switch {
	case v.text != "" && path.text != "":
		s.loader.mistake(path.at, "the secret is given twice", "keep "+key+" or "+key+"_file")
	case path.text != "":
		return NewSecret(s.loader.secretFile(path, s.loader.folder)), path.at
	case v.text != "" && !strings.Contains(inline.Value, "${") && s.loader.written == nil:
		s.loader.written = &v.at
	}
	if strings.IndexFunc(v.text, unicode.IsControl) >= 0 {
		s.loader.mistake(v.at, "the secret has a line break or another control character in it", "keep only the secret")
		return Secret{}, v.at
	}
	return NewSecret(v.text), v.at
}

// secretFile returns the first line of a file that has no other.
func (l *loader) secretFile(path value, folder string) string {
	name := path.text
	if !filepath.IsAbs(name) {
		name = filepath.Join(folder, name)
	}
	settings := l.mode
	data, err := l.readFile(name, maxSecretBytes)
	mode := l.mode
	l.mode = settings
	if err != nil {
		l.mistake(path.at, "cannot read the secret: "+reason(name, err), "give the path of a file with the secret and nothing else")
		return ""
	}
	text := strings.TrimSuffix(strings.TrimSuffix(string(data), "\n"), "\r")
	switch {
	case text == "":
		l.mistake(path.at, name+" is empty", "write the secret into it")
	case strings.IndexFunc(text, unicode.IsControl) >= 0:
		l.mistake(path.at, name+" has more than one line, or a control character", "keep only the secret in it")
		return ""
	case openToOthers(mode):
		l.warn(path.at, name+" can be read by every user of this machine", "chmod o-r "+name)
	}
	return text
}

// checkFileMode warns of secrets in a settings file that everybody can read.
func (l *loader) checkFileMode() {
	if l.written == nil || !openToOthers(l.mode) {
		return
	}
	l.warn(*l.written, fmt.Sprintf("a secret stands in a file that every user of this machine can read (mode %04o)", l.mode.Perm()),
		"chmod o-r "+l.path+", or use ${VARIABLE} or "+lastKey(l.written.Subject)+"_file")
}

// openToOthers says whether users beside owner and group may read. Windows has
// no such bits.
func openToOthers(mode fs.FileMode) bool {
	return runtime.GOOS != "windows" && mode.Perm()&0o004 != 0
}

func lastKey(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// maxShown is how much of a wrong value a message repeats, in bytes.
const maxShown = 60

// show quotes a value that is no secret.
func show(text string) string {
	if len(text) > maxShown {
		text = text[:maxShown] + "..."
	}
	return fmt.Sprintf("%q", text)
}

func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return '?'
}
