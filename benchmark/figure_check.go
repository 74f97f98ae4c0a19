package benchmark

// Check refuses a figure that can't be what the indicator asks for; nil when it
// can. The reason names what is wrong, as it does when the figure is submitted.
func (f Figure) Check(i Indicator) *Refusal { return f.check(i) }
