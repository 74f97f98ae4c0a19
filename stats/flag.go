package stats

// Flag is where one organisation lies in a funnel. It points to where a
// conversation may start. It says nothing of good or bad, and no order among
// organisations follows from it. The zero value is [None].
type Flag uint8

// The flags. High998 implies being outside the 95 % lines too.
const (
	None    Flag = iota // nothing measured, or no funnel to lie in
	In                  // within the 95 % lines
	High95              // above the upper 95 % line, not the 99.8 % one
	High998             // above the upper 99.8 % line
	Low95               // below the lower 95 % line, not the 99.8 % one
	Low998              // below the lower 99.8 % line
)

// String returns none, in, high95, high998, low95 or low998.
func (f Flag) String() string {
	switch f {
	case In:
		return "in"
	case High95:
		return "high95"
	case High998:
		return "high998"
	case Low95:
		return "low95"
	case Low998:
		return "low998"
	case None:
	}
	return "none"
}

// Outside reports whether the flag is beyond the lines of the level.
func (f Flag) Outside(l Level) bool {
	switch f {
	case High998, Low998:
		return true
	case High95, Low95:
		return l == Level95
	case None, In:
	}
	return false
}
