// Package chart makes pictures of comparisons and trends, and the words that go
// with them: a caption for everybody and an alternative text for those who
// listen.
//
// Comparisons are made from a [view.View] and nothing else, so that a
// picture shows what its viewer may see and no more. A picture holds words, so
// that each function takes the language it speaks.
//
//   - [Caption] says in words what can be said, and no more.
//   - [Comparison] draws organisations side by side, as suits the kind of
//     indicator; [ErrNoPicture] where words do better.
//   - [Round] draws a whole round in one picture for a phone, or two, and [Own]
//     what is one organisation's own in it.
//   - [Trend] draws one organisation's own values over time, and
//     [TrendCaption] says what they show.
//
// Where a sentence is made: claim.go decides on figures alone what is true of a
// view; headline.go puts the finding into words, caption.go the sentences after
// it, in the order of [Caption], alt.go the alternative text, picture_words.go the
// words within a picture. For a series, trend_caption.go does that. The words themselves
// are the messages "caption.*", "alt.*" and "picture.*" of package locale, labels "chart.*".
//
// Where a picture is made: picture.go chooses the form; rows.go, funnel.go, heap.go,
// answers.go and strip.go are the forms of a comparison, across.go the values that run from
// left to right in all of them, names.go what organisations are called; trend.go,
// trend_draw.go and trend_marks.go draw a series.
//
// What it promises: pictures are drawn for a phone and are at most 1.12 times as high as
// wide; organisations stand in the order of names or letters, never by value; no two names
// are the same; no colour says good or bad; what is outside is told by shape as well as
// colour; words cover no point and no other words, and don't leave the picture; the
// same view gives the same bytes; many pictures may be drawn at once. It never
// panics on a view of finite figures.
//
// Words are set in Liberation Sans, and names in the fonts of their scripts
// (package lettering).
//
// What it doesn't do: decide what may be shown, escape text for a chat platform,
// or say who did well.
package chart
