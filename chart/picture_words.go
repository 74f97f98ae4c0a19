package chart

import (
	"strings"

	"roundtable/benchmark"
)

// The words of a picture are claims too: the messages "picture.*".

// pictureHeadline is the finding in as few words as one line has room for.
func (c viewText) pictureHeadline() Sentence { return say(c.l, c.unit, c.pictureClaim()) }

func (c viewText) pictureClaim() Claim {
	claim := c.headlineClaim()
	finding, _ := strings.CutPrefix(claim.Says, "caption.headline.")
	switch finding {
	case "higher", "lower", "higher-and-lower", "outside":
		finding = "outside"
		claim.Count, claim.Of = len(claim.Marks)+len(claim.Lower), len(publicMarks(c.v))
	}
	claim.Says = "picture.headline." + finding
	return claim
}

// note is what a picture says under it.
func (c viewText) note(says string) Sentence { return c.sayNote(Claim{Says: says}) }

func (c viewText) sayNote(claim Claim) Sentence {
	claim.Says = "picture.note." + claim.Says
	return say(c.l, c.unit, claim)
}

// withheldNotes say how many have numbers too small to be drawn.
func (c viewText) withheldNotes() []Sentence {
	others := c.v.Counts.Withheld
	if ownWithheldFromOthers(c.v) {
		others--
	}
	if others <= 0 || c.v.Visibility == benchmark.Own {
		return nil
	}
	return []Sentence{c.sayNote(Claim{Says: "withheld", Count: others})}
}

// missingNotes say how many have no answer, where no row does.
func (c viewText) missingNotes() []Sentence {
	notes := c.withheldNotes()
	n := c.v.Counts
	if missing := n.Organisations - n.Values; missing > 0 && c.v.Visibility != benchmark.Own {
		notes = append(notes, c.sayNote(Claim{Says: "missing", Count: missing}))
	}
	return notes
}

// pictureSentences are all that is said of the view's picture, in it and instead of it; none
// without one.
func (c viewText) pictureSentences() []Sentence {
	d, ok := drawingOf(c)
	if !ok {
		return nil
	}
	return append(c.altSentences(d), d.(worded).words().said()...)
}

// worded is a drawing with words of its own around it.
type worded interface{ words() page }

func (r rows) words() page { return r.page }

func (f funnel) words() page { return f.page }

func (h heap) words() page { return h.page }

func (a answers) words() page { return a.page }

func (st strip) words() page { return st.page }
