package freetext

import "strings"

// RoundBrackets replaces every sign that looks like a round bracket by one.
func RoundBrackets(s string) string { return roundBrackets.Replace(s) }

// SquareBrackets replaces round brackets, and what looks like one, by square ones: what
// stands in round ones behind a name is then said by nobody but the bot.
func SquareBrackets(s string) string {
	return strings.NewReplacer("(", "[", ")", "]").Replace(RoundBrackets(s))
}

var roundBrackets = strings.NewReplacer(
	"（", "(", "）", ")", "﹙", "(", "﹚", ")", "⁽", "(", "⁾", ")", "₍", "(", "₎", ")", "❨", "(", "❩", ")",
	"❪", "(", "❫", ")", "⟮", "(", "⟯", ")", "⦅", "(", "⦆", ")", "｟", "(", "｠", ")", "⸨", "(", "⸩", ")", "︵", "(", "︶", ")",
	"❲", "(", "❳", ")", "〔", "(", "〕", ")", "﴾", ")", "﴿", "(", "⦇", "(", "⦈", ")", "⎛", "(", "⎞", ")",
)
