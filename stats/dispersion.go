package stats

// Dispersion says whether organisations differ more than chance does.
type Dispersion struct {
	Assessed bool    // false with fewer than ten organisations
	Phi      float64 // mean squared winsorised z; about 1 by chance alone
	Tau2     float64 // variance between organisations, on the z's scale
	Found    bool    // Tau2 > 0: adjusted limits differ from unadjusted ones
}

func (f *Funnel) allowForDispersion() {
	for i := range f.Points {
		f.Points[i].Adjusted = f.Points[i].Limits
		f.Points[i].AdjustedFlag = f.Points[i].Flag
	}
}
