// Package stats holds the numbers of a fair comparison: how sure one figure is,
// where organisations lie among each other, and what one organisation's own
// series says.
//
// # What it holds
//
//   - Intervals of one organisation's figure: [Wilson] for a proportion,
//     [Garwood] for a count, [RateInterval], [MeanInterval].
//   - Funnels of organisations around their common centre: [ProportionFunnel],
//     [RateFunnel], [MeanFunnel], with a [Flag] for each, and, from ten
//     organisations on and where their spread is wider than chance gives
//     ([Dispersion].Found), a second set of limits that allows for it.
//     [Funnel.Curve] gives the lines for drawing, [Funnel.Shrunk] a secondary
//     estimate for small places.
//   - Control charts of one organisation over time: [XmR], [ProportionChart],
//     [RateChart], with a [Signal] for each point, its word by [Direction]
//     ([Variation]), and the [Assurance] that a target will be met.
//   - Run charts: [RunsAround], which need no limits.
//   - A new value beside an organisation's own history: [CompareWithHistory].
//
// # What it promises
//
// No NaN and no infinity is ever returned. What can't be said is said in one of
// two ways: a function that was asked for one thing returns [ErrUndefined]; a
// funnel or chart, of which a part may be undefined, names why ([Reason],
// [LimitStatus], Assessed, Measured, HasLimits) and leaves that part zero.
// Figures that cannot be return [ErrImpossible]. Nothing panics. The few
// functions that return no error ([RunsAround], [Quartiles]) take finite values
// only.
//
// A flag and the line that is drawn never disagree: a value is flagged exactly
// when it lies strictly beyond the line, at every count there is. Around a
// known centre, chance alone flags no organisation more often than the level
// says.
//
// Everything is a pure function of its arguments, which are left as they were,
// and may be called from many goroutines at once.
//
// # What it doesn't do
//
// It ranks nothing and knows no better or worse, but for the word that a
// [Direction] gives to an organisation's own series. It doesn't hide small
// numbers, round, or write sentences. It never rebases a chart: segments are
// what people decided. It doesn't adjust for case mix, nor for the number of
// comparisons made: of 100 organisations up to 5 are expected outside 95 %
// limits by chance.
//
// # Sources
//
// Spiegelhalter DJ. Funnel plots for comparing institutional performance. Stat
// Med 2005;24:1185-1202. Spiegelhalter DJ. Handling over-dispersion of
// performance indicators. Qual Saf Health Care 2005;14:347-351. Spiegelhalter D
// et al. Statistical methods for healthcare regulation: rating, screening and
// surveillance. J R Stat Soc A 2012;175:1-47. Newcombe RG. Two-sided confidence
// intervals for the single proportion. Stat Med 1998;17:857-872. Garwood F.
// Fiducial limits for the Poisson distribution. Biometrika 1936;28:437-442.
// Laney DB. Improved control charts for attributes. Quality Engineering
// 2002;14:531-537. Anhøj J, Olesen AV. Run charts revisited. PLoS ONE
// 2014;9:e113825. NHS England. Making Data Count, 2019. Montgomery DC.
// Introduction to Statistical Quality Control, 7th ed, 2013. Iglewicz B,
// Hoaglin DC. How to Detect and Handle Outliers, 1993.
package stats
