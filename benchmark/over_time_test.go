package benchmark_test

import (
	"cmp"
	"testing"

	diff "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

// anyAftermath is a round that was shown, and what may happen to it then: corrections,
// from what is withheld to what is shown and back, and that it is opened again.
func anyAftermath(t *rapid.T) *table {
	b := anyRound(t)
	b.do("p1", benchmark.PublishRound{})
	for range rapid.IntRange(1, 4).Draw(t, "times") {
		if once(t, 2) {
			b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 9), Reason: "late ones"})
		}
		for k := range b.n.Organisations {
			if once(t, 2) {
				b.anyAnswers(t, k+1)
			}
		}
		if b.n.Current().Phase == benchmark.Open {
			b.do("p1", benchmark.CloseRound{})
			b.do("p1", benchmark.PublishRound{})
		}
	}
	return b
}

// Whoever looks after each event, and keeps what was seen, can't tell a withheld figure
// from another: not when it is corrected, nor by the difference that it makes later.
func TestWithheldFiguresCannotBeHadOverTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := anyAftermath(t)
		r, _ := b.n.Round(lastQuarter)
		threshold := b.n.SmallNumberIn(r)
		small := func(e benchmark.Event) (benchmark.AnswerGiven, bool) {
			body, is := e.Body.(benchmark.AnswerGiven)
			i, _ := b.n.Template().Indicator(body.Indicator)
			return body, is && body.Answer == benchmark.Value && isSmall(body.Figure, i, threshold)
		}
		var withheld []int
		for k, e := range b.log {
			if _, is := small(e); is {
				withheld = append(withheld, k)
			}
		}
		if len(withheld) == 0 {
			return
		}
		k := pick(t, withheld...)
		body, _ := small(b.log[k])
		i, _ := b.n.Template().Indicator(body.Indicator)
		body.Figure = another(t, i, threshold)
		b.looksTheSame(t, k, body)
	})
}

// looksTheSame looks at the round after each event, and once more with another content of
// one answer, which only its own organisation may tell.
func (b *table) looksTheSame(t *rapid.T, k int, body benchmark.AnswerGiven) {
	as, other := &benchmark.Network{}, &benchmark.Network{}
	watching := pick(t, b.n.Organisations...).ID
	for at, e := range b.log {
		changed := e
		if at == k {
			changed.Body = body
		}
		if err := cmp.Or(as.Apply(e), other.Apply(changed)); err != nil {
			t.Fatal(err)
		}
		for _, viewer := range []view.Viewer{{}, {Draft: true}, {Organisation: watching}} {
			if at < k || viewer.Organisation == body.Organisation {
				continue
			}
			v, refused := view.Of(as, lastQuarter, body.Indicator, viewer)
			w, _ := view.Of(other, lastQuarter, body.Indicator, viewer)
			if seen := diff.Diff(v, w, whole); refused == nil && seen != "" {
				t.Fatalf("after event %d %q sees something of %+v:\n%s", at, viewer.Organisation, b.log[k].Body, seen)
			}
		}
	}
}

// Where organisations don't see each other, nothing that everybody sees changes by what
// fewer than four of them do.
func TestCommonStaysOverTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := founded(t, rapid.IntRange(6, 12).Draw(t, "organisations"), stays())
		b.do("p1", seeing(benchmark.Own))
		b.open("2026-Q4")
		days := func(k int) { b.stayed(k, float64(rapid.IntRange(10, 400).Draw(t, "days"))/10) }
		for k := range b.n.Organisations {
			days(k + 1)
		}
		b.close()
		made := b.common()
		changed := map[int]bool{}
		for range rapid.IntRange(1, 12).Draw(t, "corrections") {
			k := rapid.IntRange(1, len(b.n.Organisations)).Draw(t, "organisation")
			changed[k] = true
			days(k)
			switch now := b.common(); {
			case now != made && len(changed) < 4:
				t.Fatalf("%d have changed, and all see %+v, not %+v", len(changed), now, made)
			case now != made:
				made, changed = now, map[int]bool{}
			}
		}
	})
}
