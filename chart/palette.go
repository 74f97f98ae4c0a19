package chart

import (
	"fmt"
	"image/color"
	"slices"
	"strings"
)

// The colours. Those that carry meaning are from Okabe & Ito's palette (2008),
// which people with any kind of colour vision can tell apart; shapes tell the
// same. No pair of them is red and green.
var (
	ink           = color.RGBA{0x1f, 0x23, 0x28, 0xff} // words
	secondary     = color.RGBA{0x57, 0x60, 0x6a, 0xff} // words that come second: 6.4:1 on white
	lineColour    = color.RGBA{0x80, 0x80, 0x80, 0xff} // centre and axis
	ruleColour    = color.RGBA{0xd0, 0xd5, 0xda, 0xff} // under the last of some rows
	gridColour    = color.RGBA{0xe2, 0xe5, 0xe8, 0xff}
	paper         = color.RGBA{0xff, 0xff, 0xff, 0xff}
	outerBand     = color.RGBA{0xea, 0xf0, 0xf4, 0xff} // between the 95 and the 99.8 % limits
	paleBand      = color.RGBA{0xf6, 0xf9, 0xfb, 0xff} // where values are missing
	innerBand     = color.RGBA{0xd6, 0xe0, 0xe8, 0xff} // within the 95 % limits
	bandEdge      = color.RGBA{0xb4, 0xc0, 0xca, 0xff}
	barFill       = color.RGBA{0x9d, 0xa4, 0xab, 0xff} // how many there are
	othersColour  = color.RGBA{0x6b, 0x74, 0x7d, 0xff} // organisations
	crowdColour   = color.RGBA{0x8a, 0x92, 0x9a, 0xff} // organisations of a hundred and more
	halfColour    = color.RGBA{0xbc, 0xc1, 0xc6, 0xff} // under the middle half
	barColour     = color.RGBA{0x9a, 0x9a, 0x9a, 0xff} // intervals
	ownColour     = color.RGBA{0x00, 0x72, 0xb2, 0xff} // blue: you
	outsideColour = color.RGBA{0xd5, 0x5e, 0x00, 0xff} // vermilion: outside 99.8 %
	targetColour  = color.RGBA{0x8a, 0x3f, 0x6d, 0xff} // a dark reddish purple: the target
)

// throngColour is that of organisations where they are so many that they lie on each other:
// at 60 %.
var throngColour = color.NRGBA{0x6b, 0x74, 0x7d, 0x99}

// darkened are the colours on a page that is dark because its reader asks for that.
// Text keeps 5.6 : 1 or better there, and marks 3.5 : 1.
var darkened = map[color.RGBA]color.RGBA{
	ink:           {0xec, 0xee, 0xf0, 0xff},
	secondary:     {0xae, 0xb6, 0xbe, 0xff},
	lineColour:    {0x8a, 0x94, 0x9e, 0xff},
	ruleColour:    {0x4a, 0x53, 0x5b, 0xff},
	gridColour:    {0x33, 0x3a, 0x41, 0xff},
	paper:         {0x1a, 0x1d, 0x21, 0xff},
	outerBand:     {0x29, 0x32, 0x3a, 0xff},
	paleBand:      {0x20, 0x26, 0x2b, 0xff},
	innerBand:     {0x3a, 0x48, 0x54, 0xff},
	bandEdge:      {0x52, 0x61, 0x6e, 0xff},
	barFill:       {0x7c, 0x85, 0x8d, 0xff},
	othersColour:  {0xa3, 0xad, 0xb6, 0xff},
	crowdColour:   {0x8b, 0x94, 0x9d, 0xff},
	halfColour:    {0x5c, 0x64, 0x6c, 0xff},
	barColour:     {0x80, 0x88, 0x90, 0xff},
	ownColour:     {0x56, 0xb4, 0xe9, 0xff},
	outsideColour: {0xf0, 0x85, 0x3f, 0xff},
	targetColour:  {0xcf, 0x8f, 0xb6, 0xff},
}

// darkStyle are the rules by which an SVG turns dark. Where they aren't read, it is
// light.
func darkStyle() string {
	var rules []string
	for light, dark := range darkened {
		for _, what := range []string{"fill", "stroke"} {
			rules = append(rules, fmt.Sprintf("[style*=%q]{%s:%s!important}", what+":"+hexOf(light), what, hexOf(dark)))
		}
	}
	slices.Sort(rules)
	return "<style>@media (prefers-color-scheme:dark){" + strings.Join(rules, "") + "}</style>"
}

// hexOf is a colour as an SVG has it.
func hexOf(c color.RGBA) string { return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B) }
