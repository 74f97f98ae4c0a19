package chat

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Quiet returns the text so that no platform reads a mention in it: it pings
// nobody, whoever wrote it. An '@' that could begin a mention ("@channel",
// "@all", "@anna") becomes the fullwidth '＠', and the '<' of Slack's "<!here>"
// and "<@U123>" the fullwidth '＜'. Addresses such as anna@example.org stay as
// they are. The characters that turn the direction of writing (Unicode Standard Annex
// 9), with which a text can be made to read otherwise than it stands, are taken away.
// Nothing is added, so limits in characters hold. Quiet of a quiet text is the same
// text.
//
// An adapter calls it on every text of a message, before it escapes markup.
// It must be called on whole texts: what is put directly before an '@'
// afterwards is not seen by it.
func Quiet(text string) string {
	if strings.ContainsFunc(text, isBidiControl) {
		text = strings.Map(func(r rune) rune {
			if isBidiControl(r) {
				return -1
			}
			return r
		}, text)
	}
	if !strings.ContainsAny(text, "@<") {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 8)
	before := ' '
	for len(text) > 0 {
		r, n := utf8.DecodeRuneInString(text)
		text = text[n:]
		switch after, _ := utf8.DecodeRuneInString(text); {
		case r == '@' && !address(before) && !unicode.IsSpace(after):
			r = '＠'
		case r == '<' && (after == '!' || after == '@'):
			r = '＜'
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// address says whether an '@' after this character belongs to an address.
// Mattermost strips '.', '-', '_' and ':' before it looks for mentions, so only
// letters and digits do.
func address(before rune) bool { return unicode.IsLetter(before) || unicode.IsNumber(before) }

func isBidiControl(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }
