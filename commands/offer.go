package commands

import (
	"strings"

	"roundtable/locale"
)

// Offer is a verb as it is offered to somebody who is typing.
type Offer struct {
	Verb string // "submit"
	Line string // what it does, in a few words
}

// Offers returns the verbs that can be typed, in the order of help, in a
// language.
func Offers(language string) []Offer {
	l := locale.For(language)
	offers := []Offer{}
	for _, v := range verbs() {
		id := "help." + v.name + "-line"
		if v.kind == nil {
			continue
		}
		o := Offer{Verb: v.name}
		if locale.Has(id) {
			_, o.Line, _ = strings.Cut(l.T(id, "Trigger", ""), " – ")
		}
		offers = append(offers, o)
	}
	return offers
}
