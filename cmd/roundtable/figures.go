package main

import (
	"time"

	"roundtable/benchmark/period"
	"roundtable/locale"
	"roundtable/report"
)

// figureFlags say how a file of figures is to be read.
type figureFlags struct {
	Decimal   string            `help:"How the file writes decimals, where its other numbers don't say what 1,234 is: comma or point." enum:",comma,point" default:"" placeholder:"SIGN"`
	Columns   map[string]string `help:"What the file calls a column: --columns organisation=Region --columns value=Rate. Other columns are passed over, and named." mapsep:";" placeholder:"COLUMN=NAME"`
	Periods   string            `help:"How long periods are that could be several, as 2024-01-01 or 2009-10: day, week, month, quarter, third (four months), half, year, financial-year or years." enum:",day,week,month,quarter,third,half,year,financial-year,years" default:"" placeholder:"LENGTH"`
	SkipEmpty bool              `help:"Pass over rows that have no figure." name:"skip-empty"`
	Future    bool              `help:"Take periods that have not begun yet."`
	Language  string            `help:"Language of what is said: en or sv." enum:"en,sv" default:"en"`
}

// over returns the options with what the flags say, of a file that is read today.
func (x figureFlags) over(o report.FigureOptions, today time.Time) report.FigureOptions {
	o.Decimal, o.Columns, o.Length, o.SkipEmpty = decimalSign(x.Decimal), x.Columns, period.Length(x.Periods), x.SkipEmpty
	o.Today, o.Future, o.Language = today, x.Future, locale.For(x.Language)
	return o
}

// decimalSign is that of the word; 0 for none.
func decimalSign(word string) rune {
	switch word {
	case "comma":
		return ','
	case "point":
		return '.'
	}
	return 0
}
