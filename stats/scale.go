package stats

import "math"

// scale is where a value's chance variation depends on size alone, so that one
// variance between organisations can be added to it. Spiegelhalter (2005)
// gives these transformations:
//
//   - proportions: y = asin sqrt p, s = 1 / (2 sqrt n)
//   - rates: y = sqrt(O/E), the ratio to the centre, s = 1 / (2 sqrt E)
//   - means: y is the mean itself, s = sigma / sqrt n
type scale struct {
	method        Method
	centre, sigma float64
}

func (f Funnel) scale() scale { return scale{f.Method, f.Centre, f.Sigma} }

// to carries a value to the scale.
func (s scale) to(value float64) float64 {
	switch s.method {
	case Binomial:
		return math.Asin(math.Sqrt(value))
	case Poisson:
		return math.Sqrt(value / s.centre)
	case Normal:
	}
	return value
}

// from carries y back. An angle is first clamped to 0 to pi/2, and a root to 0
// and up, beyond which the square would turn back.
func (s scale) from(y float64) float64 {
	switch s.method {
	case Binomial:
		sine := math.Sin(min(max(y, 0), math.Pi/2))
		return sine * sine
	case Poisson:
		root := max(y, 0)
		return s.centre * root * root
	case Normal:
	}
	return y
}

// standardError is of y, by chance alone, at a size.
func (s scale) standardError(size float64) float64 {
	switch s.method {
	case Binomial:
		return 1 / (2 * math.Sqrt(size))
	case Poisson:
		return 1 / (2 * math.Sqrt(s.centre*size))
	case Normal:
	}
	return s.sigma / math.Sqrt(size)
}

// limits returns the centre ± z sqrt(s² + tau²), carried back.
func (s scale) limits(size, tau2 float64) Limits {
	y0, se := s.to(s.centre), s.standardError(size)
	spread := math.Sqrt(se*se + tau2)
	line := func(z float64) float64 { return s.from(y0 + z*spread) }
	return Limits{
		Low998: line(-Level998.Z()), Low95: line(-Level95.Z()),
		High95: line(Level95.Z()), High998: line(Level998.Z()),
	}
}
