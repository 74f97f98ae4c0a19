package journaltest

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/journal"
)

// Harm is what a disk, a bug or a person may do to an entry that is stored.
type Harm string

// What [Options.Damage] is asked for.
const (
	HarmContent Harm = "other content" // other bytes, as many as before
	HarmTime    Harm = "another time"
	HarmKind    Harm = "another kind"
	HarmVersion Harm = "another version"
	HarmProof   Harm = "another checksum"
	HarmSwap    Harm = "the next one's content" // with its salt
	HarmLose    Harm = "gone"                   // all of it
	HarmMark    Harm = "marked erased"          // the mark alone, or with the content gone
	HarmUnmark  Harm = "no longer marked erased"
)

// damageIsNoticed harms an entry in the midst and the last one in every way.
func damageIsNoticed(t *testing.T, s suite) {
	if s.Damage == nil {
		t.Fatal("Options.Damage is missing")
	}
	const total = 20
	for _, harm := range []Harm{HarmContent, HarmTime, HarmKind, HarmVersion, HarmProof, HarmSwap, HarmLose, HarmMark, HarmUnmark} {
		for _, seq := range []uint64{1, 7, total} {
			if harm == HarmSwap && seq == total {
				continue
			}
			t.Run(fmt.Sprintf("%s %d", harm, seq), func(t *testing.T) {
				j := s.fresh(t)
				want := stored(0, numbered(total)...)
				appendTo(t, j, "alpha", 0, numbered(total)...)
				appendTo(t, j, "beta", 0, numbered(total)...)
				if harm == HarmUnmark {
					erase(t, j, "alpha", seq)
				}
				s.Damage(t, j, "alpha", seq, harm)
				wantDamage(t, j, want[:seq-1], seq)
				wantDamage(t, s.another(t, j), want[:seq-1], seq)
				wantEntries(t, j, "beta", want)
				// What is damaged holds up nobody, and nothing is taken for it.
				if last, err := j.Append(testContext(t), journal.Batch{Network: "alpha", After: total, Entries: numbered(1)}); err == nil && last != total+1 || err != nil && !errors.Is(err, journal.ErrDamaged) {
					t.Errorf("Append to the damaged network returned %d, %v", last, err)
				}
				if _, err := j.Append(testContext(t), journal.Batch{Network: "alpha", After: seq - 1, Entries: numbered(1)}); !errors.Is(err, journal.ErrConflict) && !errors.Is(err, journal.ErrDamaged) {
					t.Errorf("Append in the damaged entry's place returned the error %v", err)
				}
				wantDamage(t, j, want[:seq-1], seq)
				appendTo(t, j, "beta", total, numbered(1)...)
				wantVerified(t, j, map[string]uint64{"alpha": seq - 1, "beta": total + 1}, "alpha")
			})
		}
	}
}

// wantDamage reads alpha: what comes before the damage, and then the damage.
func wantDamage(t *testing.T, j journal.Journal, want []journal.Entry, seq uint64) {
	t.Helper()
	var got []journal.Entry
	var damage error
	for e, err := range j.Read(testContext(t), "alpha", 1) {
		if damage = err; err == nil {
			got = append(got, e)
		}
	}
	if diff := cmp.Diff(append([]journal.Entry(nil), want...), got, content); diff != "" {
		t.Errorf("entries before the damage (-want +got):\n%s", diff)
	}
	d, ok := errors.AsType[*journal.Damage](damage)
	if !ok || !errors.Is(damage, journal.ErrDamaged) {
		t.Fatalf("Read ended with the error %v, want a *journal.Damage", damage)
	}
	if d.Network != "alpha" || d.Seq != seq || d.What == "" || d.Mend == "" {
		t.Errorf("the damage is %+v, want entry %d of alpha, what is wrong and what to do", d, seq)
	}
}

// wantVerified has the store verified: so many entries a network, those named damaged.
func wantVerified(t *testing.T, j journal.Journal, want map[string]uint64, damaged ...string) {
	t.Helper()
	got := map[string]uint64{}
	var wrong []string
	err := journal.Verify(testContext(t), j, func(network string, entries uint64, err error) {
		got[network] = entries
		if errors.Is(err, journal.ErrDamaged) {
			wrong = append(wrong, network)
		} else if err != nil {
			t.Errorf("Verify of %s: %v", network, err)
		}
	})
	if err != nil && (len(damaged) == 0 || !errors.Is(err, journal.ErrDamaged)) {
		t.Errorf("Verify: %v", err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("entries verified (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(damaged, wrong); diff != "" {
		t.Errorf("networks found damaged (-want +got):\n%s", diff)
	}
}

func verifiesWhatIsWell(t *testing.T, s suite) {
	j := s.fresh(t)
	wantVerified(t, j, map[string]uint64{})
	appendTo(t, j, "alpha", 0, numbered(30)...)
	appendTo(t, j, "beta", 0, entry("one"))
	setMark(t, j, "gamma", 0, journal.Mark{Due: noon, Addresses: []string{"C1"}})
	erase(t, j, "alpha", 1, 5, 30)
	wantVerified(t, j, map[string]uint64{"alpha": 30, "beta": 1})
	wantVerified(t, s.reopened(t, j), map[string]uint64{"alpha": 30, "beta": 1})
}

// proofsHold looks at the proofs: they are there, differ where the content is the same,
// and their digests stay when the content goes.
func proofsHold(t *testing.T, s suite) {
	j := s.fresh(t)
	appendTo(t, j, "alpha", 0, entry("the same"), entry("the same"), entry("other"))
	before := read(t, j, "alpha", 1)
	if before[0].Proof.Salt == before[1].Proof.Salt {
		t.Error("two entries have the same salt")
	}
	erase(t, j, "alpha", 1, 3)
	after := read(t, s.reopened(t, j), "alpha", 1)
	for i, e := range after {
		if err := e.Verify("alpha"); err != nil {
			t.Error(err)
		}
		if e.Verify("beta") == nil {
			t.Errorf("the proof of entry %d holds in another network", e.Seq)
		}
		if e.Proof.Digest != before[i].Proof.Digest {
			t.Errorf("the digest of entry %d has changed", e.Seq)
		}
		if e.Erased == (e.Proof.Salt == before[i].Proof.Salt) {
			t.Errorf("entry %d is erased: %t; its salt is there: %t", e.Seq, e.Erased, e.Proof.Salt == before[i].Proof.Salt)
		}
		guess := before[i]
		guess.Proof = e.Proof
		if e.Erased && guess.Verify("alpha") == nil {
			t.Errorf("what is left of entry %d tells whether a guess at its content is right", e.Seq)
		}
	}
}
