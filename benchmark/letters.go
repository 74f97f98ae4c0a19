package benchmark

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
)

// lettered is which organisations answered the round that was the last to get its letters, of
// those whose visibility is [Coded].
type lettered struct {
	answering []OrganisationID
	ever      bool // there was such a round
	dealt     bool // letters were dealt anew, of any round
}

// dealLetters deals the letters of a round that is about to close. A letter that is missing or
// new beside the round before would tell whose it is: everybody is told who comes and
// who goes, and may know who didn't answer. So would the only one of two letters. So letters stay
// while the same organisations answer, and are all dealt anew otherwise. What was shown keeps its
// letters.
func dealLetters(d *decision, r *Round) {
	answering := r.answering()
	if r.Visibility != Coded || r.Publications > 0 || len(answering) == 0 {
		return
	}
	if (!d.n.ever || slices.Equal(d.n.answering, answering)) && !r.mixesLetters() {
		return
	}
	var all []OrganisationID
	for _, o := range d.n.Organisations {
		if !o.Gone || r.TakesPart(o.ID) {
			all = append(all, o.ID)
		}
	}
	emitLetters(d, r.ID, r.Closings, all)
}

// mixesLetters says whether some organisations of the round have one letter and others two.
func (r *Round) mixesLetters() bool {
	one, two := false, false
	for _, code := range r.codes {
		one, two = one || len(code) == 1, two || len(code) == 2
	}
	return one && two
}

// dealRecorded deals the letters of a round that is read from a file: they are its own.
func dealRecorded(d *decision, id RoundID) {
	if d.n.Settings.Visibility != Coded {
		return
	}
	var all []OrganisationID
	for _, o := range d.n.Organisations {
		if o.Vouched && !o.Gone {
			all = append(all, o.ID)
		}
	}
	emitLetters(d, id, 0, all)
}

func emitLetters(d *decision, id RoundID, closings int, all []OrganisationID) {
	dealing := fnv.New64a()
	fmt.Fprintf(dealing, "%s/%d", id, closings)
	d.emit(lettersDealt{Round: id, Codes: lettersOf(d.n.seed, dealing.Sum64(), all)})
}

// lettersOf gives each of the organisations another letter, by chance that the seed and the
// dealing decide; two letters where one isn't enough for all.
func lettersOf(seed, dealing uint64, all []OrganisationID) map[OrganisationID]string {
	dice := rand.New(rand.NewPCG(seed, dealing)) //nolint:gosec // letters are no secret from those who hold the seed
	var letters []string
	for _, a := range codeLetters {
		if len(all) <= len(codeLetters) {
			letters = append(letters, string(a))
			continue
		}
		for _, b := range codeLetters {
			letters = append(letters, string(a)+string(b))
		}
	}
	dice.Shuffle(len(letters), func(i, j int) { letters[i], letters[j] = letters[j], letters[i] })
	codes := make(map[OrganisationID]string, len(all))
	for k, o := range all {
		codes[o] = letters[k] // there are 576 of two, and at most 200 organisations now and in the round
	}
	return codes
}

// answering are the organisations of the round that have answered anything, in the order of
// joining.
func (r *Round) answering() (all []OrganisationID) {
	for o := range r.codes {
		if r.answered[o] > 0 {
			all = append(all, o)
		}
	}
	slices.Sort(all)
	return all
}

// lettersDealt gives the organisations of a round other letters. Those of a round that was not
// read from a file are the letters of the next ones too.
type lettersDealt struct {
	Round RoundID                   `json:"round"`
	Codes map[OrganisationID]string `json:"codes" trace:"never"`
}

var lettersDealtKind = newKind[lettersDealt]("letters.dealt", 1)

func (lettersDealt) kind() *eventKind { return lettersDealtKind }

func (b lettersDealt) apply(n *Network, _ Event) error {
	n.dealt = true
	return n.changeRound(b.Round, func(r *Round) {
		for o := range r.codes {
			if code := b.Codes[o]; code != "" {
				r.codes[o] = code
			}
		}
		if r.Recorded {
			return
		}
		r.lettersAnew = true
		for k := range n.Organisations {
			if code := b.Codes[n.Organisations[k].ID]; code != "" {
				n.Organisations[k].Code = code
			}
		}
	})
}

// LettersStand says whether an organisation has the same letter in every round.
func (l *lettered) LettersStand() bool { return !l.dealt }

// LettersAnew says whether organisations stand under other letters in the round than in the
// one before.
func (r *Round) LettersAnew() bool { return r.lettersAnew }

// letterFor is an organisation's letter in a round that it comes to later: its own, unless
// another one has that there.
func (r *Round) letterFor(n *Network, o Organisation) string {
	taken := map[string]bool{}
	for other, code := range r.codes {
		taken[code] = taken[code] || other != o.ID
	}
	if !taken[o.Code] {
		return o.Code
	}
	return codeFor(n.seed, o.ID, taken, len(o.Code) > 1)
}

// lettersSeen says whether somebody may have seen an organisation's figures in the round under
// its letter: everybody, or a facilitator who looked at the draft. Who has taken back what was
// shown stands there until the round is shown anew.
func (r *Round) lettersSeen(o OrganisationID) bool {
	return r.Visibility == Coded && r.TakesPart(o) && (r.Recorded || r.Closings > 0) &&
		(r.answered[o] > 0 || standsAnswered(r, o))
}

// LetterTells says whether it would tell an organisation's letter in some round to take its
// figures out: they, or those of one that was merged into it, have been seen under a letter.
func LetterTells(n *Network, o OrganisationID) bool {
	if slices.ContainsFunc(n.Rounds, func(r *Round) bool { return r.lettersSeen(o) }) {
		return true
	}
	return slices.ContainsFunc(n.Organisations, func(was Organisation) bool {
		return was.Into == o && was.kept && LetterTells(n, was.ID)
	})
}

// inDraft says whether an organisation has answered a round whose letters only facilitators
// have seen.
func inDraft(n *Network, o OrganisationID) bool {
	return slices.ContainsFunc(n.Rounds, func(r *Round) bool { return !r.Recorded && r.Publications == 0 && r.lettersSeen(o) })
}

// NoteTells says whether a note, or an answer in words, of somebody stands beside their
// organisation's letter: when it goes, that tells of both.
func NoteTells(n *Network, p ParticipantID) bool {
	for _, r := range n.Rounds {
		for slot, s := range r.Submissions {
			note := s.Current().Note
			if r.lettersSeen(slot.Organisation) && n.Text(note) != "" && n.written[note].by == p {
				return true
			}
		}
	}
	return false
}
