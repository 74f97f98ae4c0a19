package stats

// Level is how much of chance variation a pair of lines holds. There are two,
// as in Spiegelhalter (2005). The zero value is [Level95].
type Level uint8

// The two levels. In a funnel of organisations that differ by chance alone,
// about 1 in 20 lies outside the first and 1 in 500 outside the second.
const (
	Level95 Level = iota
	Level998
)

// Tail returns the probability beyond either line: 0.025 or 0.001.
func (l Level) Tail() float64 {
	if l == Level998 {
		return 0.001
	}
	return 0.025
}

// Z returns the standard normal quantile at 1 - Tail: 1.96 or 3.09, in full
// precision.
func (l Level) Z() float64 {
	if l == Level998 {
		return 3.090232306167813
	}
	return 1.959963984540054
}

// String returns "95 %" or "99.8 %".
func (l Level) String() string {
	if l == Level998 {
		return "99.8 %"
	}
	return "95 %"
}
