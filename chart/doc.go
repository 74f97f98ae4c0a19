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
// it, in the order of [Caption], alt.go the alternative text. For a series,
// trend_caption.go does all of that. The words themselves are the messages
// "caption.*" and "alt.*" of package locale, those within a picture "chart.*".
//
// What it promises: organisations stand in the view's order, by name or code,
// never by value; no colour says good or bad; what is outside is told by shape
// as well as colour; labels don't cover each other or leave the picture; the
// same view gives the same bytes; many pictures may be drawn at once. It never
// panics on a view of finite figures.
//
// Words are set in Liberation Sans, and names in the fonts of their scripts
// (package lettering).
//
// What it doesn't do: decide what may be shown, escape text for a chat platform,
// or say who did well.
package chart
