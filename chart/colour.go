package chart

import "image/color"

// The colours. Those that carry meaning are from Okabe & Ito's palette (2008),
// which people with any kind of colour vision can tell apart; shapes tell the
// same. No pair of them is red and green.
var (
	ink       = color.RGBA{0x22, 0x22, 0x22, 0xff} // words
	quiet     = color.RGBA{0x5a, 0x5a, 0x5a, 0xff} // words that come second: 6.9:1 on white
	line      = color.RGBA{0x80, 0x80, 0x80, 0xff} // centre and axis
	grid      = color.RGBA{0xe2, 0xe5, 0xe8, 0xff}
	paper     = color.RGBA{0xff, 0xff, 0xff, 0xff}
	outerBand = color.RGBA{0xf0, 0xf3, 0xf6, 0xff} // between the 95 and the 99.8 % limits
	innerBand = color.RGBA{0xdd, 0xe5, 0xec, 0xff} // within the 95 % limits
	bandEdge  = color.RGBA{0xb4, 0xc0, 0xca, 0xff}
	others    = color.RGBA{0x6b, 0x6b, 0x6b, 0xff} // organisations
	barColour = color.RGBA{0x9a, 0x9a, 0x9a, 0xff} // intervals
	yours     = color.RGBA{0x00, 0x72, 0xb2, 0xff} // blue: you
	beyond    = color.RGBA{0xd5, 0x5e, 0x00, 0xff} // vermilion: outside 99.8 %
	aim       = color.RGBA{0x8a, 0x3f, 0x6d, 0xff} // a dark reddish purple: the target
)
