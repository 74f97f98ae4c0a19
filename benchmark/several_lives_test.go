package benchmark_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"roundtable/benchmark"
)

// Whoever joins and parts, in whatever order: those who come are asked about, each verdict is
// told once, and nothing else is told.
func TestEveryComingIsAskedAboutAndEveryVerdictTold(t *testing.T) {
	for seed := range uint64(400) {
		dice := rand.New(rand.NewPCG(seed, 0))
		b := founded(t, 4, falls())
		b.do("p2", benchmark.Commit{Text: "We try.", Until: later}) // so that coming back there is asked about
		b.discharge()
		var life []string
		asked := map[benchmark.OrganisationID]bool{}
		for range 32 {
			o := benchmark.OrganisationID(fmt.Sprint("o", 1+dice.IntN(4)))
			before, _ := b.n.Participant("p2")
			held := fmt.Sprintf("%+v", before)
			_, was := before.For(o)
			var err error
			joins, verdict := false, false
			switch what := dice.IntN(6); {
			case what < 2:
				joins = true
				_, err = b.try("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2", Name: "P2"}, Organisation: string(o), Also: what == 1})
				life = append(life, fmt.Sprint("join ", o, " too: ", what == 1))
			case what == 2:
				_, err = b.try("p2", benchmark.PartFrom(o))
				life = append(life, fmt.Sprint("part from ", o))
			case what == 5:
				if dice.IntN(4) > 0 {
					continue
				}
				_, err = b.try("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2", Name: "P2"}, Observer: true})
				life = append(life, "observe")
			case !was:
				continue
			default:
				verdict = true
				yes := what == 3
				voucher := benchmark.ParticipantID("p" + o[1:])
				if o == "o2" {
					voucher = "p1" // nobody is there but who leads
				}
				_, err = b.try(voucher, benchmark.Vouch{Newcomer: "p2", Organisation: o, Yes: yes})
				life = append(life, fmt.Sprint("vouch ", o, ": ", yes))
			}
			if err != nil {
				continue
			}
			if after := fmt.Sprintf("%+v", before); after != held {
				t.Errorf("seed %d: who they were is another one after %s:\n%s\n%s", seed, strings.Join(life, "; "), held, after)
			}
			asks, told := askedAndTold(b, o)
			p, _ := b.n.Participant("p2")
			now, is := p.For(o)
			switch {
			case joins && is && !was && !now.Confirmed && len(asks) == 0 && !asked[o]:
				t.Errorf("seed %d: nobody is asked after %s", seed, strings.Join(life, "; "))
			case verdict && len(told) != 1:
				t.Errorf("seed %d: told are %v after %s", seed, told, strings.Join(life, "; "))
			case !verdict && slices.ContainsFunc(told, func(key string) bool { return strings.HasPrefix(key, "welcome") }):
				t.Errorf("seed %d: told are %v after %s", seed, told, strings.Join(life, "; "))
			}
			asked[o] = (asked[o] || len(asks) > 0) && !verdict
			b.discharge()
			b.now = b.now.Add(time.Minute)
		}
	}
}

// askedAndTold are the duties owed now that ask the organisation's people about p2, and that tell
// p2 anything.
func askedAndTold(b *table, o benchmark.OrganisationID) (asks, told []string) {
	for _, d := range b.n.Duties(b.now, nil) {
		switch {
		case d.Kind == benchmark.ConfirmDuty && d.Newcomer == "p2" && d.Organisation == o && !d.NotBefore.After(b.now):
			asks = append(asks, d.Key)
		case d.Participant == "p2" && (d.Kind == benchmark.WelcomeDuty || d.Kind == benchmark.NoticeDuty):
			told = append(told, d.Key)
		}
	}
	return asks, told
}

// Who came along with a merger and is erased afterwards: the journal tells the same without
// their identity.
func TestMergedAndErased(t *testing.T) {
	b := founded(t, 4, falls())
	b.discharge()
	b.do("p1", benchmark.MergeOrganisations{From: "o2", Into: "o3", Figures: true})
	b.discharge()
	b.do("p2", benchmark.EraseMe(addressOf(2)))
	b.discharge()
	b.now = b.now.Add(2 * time.Hour)
	b.discharge()
	n := &benchmark.Network{}
	for _, r := range b.records() {
		if r.Kind == "identity.given" && strings.Contains(string(r.Data), `"p2"`) {
			r.Data = nil
		}
		e, err := benchmark.Decode(r)
		if err == nil {
			err = n.Apply(e)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	notices := func(n *benchmark.Network) (keys []string) {
		for _, d := range n.Duties(b.now, nil) {
			if d.Kind == benchmark.NoticeDuty {
				keys = append(keys, d.Key)
			}
		}
		return keys
	}
	if live, again := notices(b.n), notices(n); !slices.Equal(live, again) {
		t.Errorf("owed are %v, and read again %v", live, again)
	}
}
