package benchmark

import (
	"maps"
	"slices"
	"strconv"
	"time"
)

// maxKeepTexts is how many months a network may say that free text is kept.
const maxKeepTexts = 120

// agedTogether is how many texts go at once at most: so many posts are edited after it.
const agedTogether = 500

// textUse says what for a text may be kept longer than others.
type textUse struct {
	contribution int
	learning     LearningID
	answerIn     RoundID   // a note or a reason
	until        time.Time // of a commitment
}

// use notes what a text is for; one that is out of the journal is for nothing.
func (t *texts) use(id TextID, note func(*textUse)) {
	if w, stands := t.written[id]; stands && !w.at.IsZero() {
		note(&w.use)
		t.written[id] = w
	}
}

// textsAgeAt is when what was written at an instant has been kept for so many months:
// with the day's end (UTC), so that all of a day goes together.
func textsAgeAt(written time.Time, months int) time.Time {
	year, month, day := written.UTC().AddDate(0, months, 0).Date()
	return time.Date(year, month, day+1, 0, 0, 0, 0, time.UTC)
}

// keepFor has texts kept for so many months from now on. What was written under the promise of
// fewer goes when it was to go: nobody takes a promise back.
func (t *texts) keepFor(months int) {
	t.fewestMonths = fewerMonths(t.fewestMonths, months)
	for id, w := range t.written {
		if !w.at.IsZero() {
			w.keep = fewerMonths(w.keep, months)
			t.written[id] = w
		}
	}
}

// fewerMonths is the shorter of two promises; 0 is none.
func fewerMonths(a, b int) int {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}

// agesAt returns when a text has been kept for so many months, or for as many as it was written
// under when these are fewer; ok is false as long as it is kept all the same: as a learning, or as part of an answer that isn't shown yet. A
// commitment's words are kept until its date.
func agesAt(n *Network, w written, months int) (at time.Time, ok bool) {
	months = fewerMonths(months, w.keep)
	if w.at.IsZero() || months == 0 {
		return at, false
	}
	if _, kept := n.Learning(w.use.learning); kept {
		return at, false
	}
	if _, kept := n.LearningOf(w.use.contribution); kept {
		return at, false
	}
	if r, is := n.Round(w.use.answerIn); w.use.answerIn != "" && is && r.Phase != Published {
		return at, false
	}
	return later(textsAgeAt(w.at, months), w.use.until), true
}

// firstAging returns when the first of the texts has been kept for as long as was
// agreed, and which it is; zero for none.
func firstAging(n *Network) (first time.Time, id TextID) {
	fewest := n.fewestMonths
	for number := n.oldestText; fewest > 0 && number <= n.textsWritten; number++ {
		w, stands := n.written[textID(number)]
		if !stands {
			continue
		}
		if at, ages := agesAt(n, w, 0); ages && (first.IsZero() || at.Before(first)) {
			first, id = at, textID(number)
		}
		if !first.IsZero() && !first.After(textsAgeAt(w.at, fewest)) {
			break // what comes later ages later
		}
	}
	return first, id
}

// AgedTexts returns how many texts would be too old by now if texts were kept for so many
// months.
func AgedTexts(n *Network, months int, now time.Time) (aged int) {
	for _, seqs := range agedTexts(n, months, now) {
		aged += len(seqs)
	}
	return aged
}

// agedTexts are the numbers of the events that hold them, in order, by how many months they were
// kept.
func agedTexts(n *Network, months int, now time.Time) map[int][]uint64 {
	aged := map[int][]uint64{}
	for number := n.oldestText; number <= n.textsWritten; number++ {
		w, stands := n.written[textID(number)]
		if at, ages := agesAt(n, w, months); stands && ages && !at.After(now) {
			kept := fewerMonths(months, w.keep)
			aged[kept] = append(aged[kept], w.seq)
		}
	}
	for _, seqs := range aged {
		slices.Sort(seqs)
	}
	return aged
}

// ageDuties: what was written as long ago as the network keeps texts is taken out.
func (a *agenda) ageDuties() {
	if at, id := firstAging(a.n); id != "" {
		a.owe(Duty{Key: dutyKey("age", id), Kind: AgeDuty, NotBefore: at})
	}
}

// AgeTexts is what the bot wants once texts have been kept for as long as was agreed:
// messages, questions, reflections, notes and reasons. Learnings that somebody keeps
// stay, and so do the template's words and names of organisations.
func AgeTexts() Intent { return ageTexts{} }

type ageTexts struct{}

func (ageTexts) decide(d *decision) error {
	if err := d.requireBot(); err != nil {
		return err
	}
	aged := agedTexts(d.n, 0, d.now)
	for _, months := range slices.Sorted(maps.Keys(aged)) { // the others when they are owed next
		seqs := aged[months]
		d.emit(textsAged{Months: months, Events: seqs[:min(len(seqs), agedTogether)]})
		break
	}
	return nil
}

// textsAged says that the texts that the events hold were kept for so many months, and
// are to be erased.
type textsAged struct {
	Months int      `json:"months"`
	Events []uint64 `json:"events"`
}

var textsAgedKind = newKind[textsAged]("texts.aged", 1)

func (textsAged) kind() *eventKind { return textsAgedKind }

// apply forgets at once. It looks at the numbers alone, as those events may be erased
// already.
func (b textsAged) apply(n *Network, e Event) error {
	if len(b.Events) > 0 {
		n.owesErasure(e, dutyKey("aged", strconv.FormatUint(e.Seq, 10)), "", b.Events)
	}
	forgotten := n.forgetEvents(b.Events)
	rewordRounds(n, e, "", forgotten)
	ageContributions(n, e, b.Months, forgotten)
	for n.oldestText <= n.textsWritten {
		if _, stands := n.written[textID(n.oldestText)]; stands {
			break
		}
		n.oldestText++
	}
	return nil
}

// ageContributions: what was passed on of the texts is taken out there, too.
func ageContributions(n *Network, e Event, months int, forgotten map[TextID]bool) {
	for number := 1; number <= len(n.contributions); number++ {
		at, made := n.contributions[number]
		if !made {
			continue
		}
		if c := n.contribution(at); !c.Withdrawn && forgotten[c.Text] {
			c.Text, c.Withdrawn, c.Aged, c.Changed = "", true, months, e.At
			c.Revision++
			if !slices.Contains(n.relays, at) {
				n.relays = append(n.relays, at)
			}
		}
	}
	n.dropRelayed(e.At)
}
