package benchmark_test

import (
	"testing"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
)

var _ = with(subject{
	unfounded: []refusalCase{{reason: "no-network", intent: benchmark.ShortenName("o1", "N")}},
	refusals: []refusalCase{
		{"not-your-organisation", nil, "p2", benchmark.ShortenName("o1", "N")},
		{"not-your-organisation", stranger, "p4", benchmark.ShortenName("o2", "N")}, // not confirmed yet
		{"no-such-organisation", nil, "p1", benchmark.ShortenName("o9", "N")},
		{"text-too-long", nil, "p2", benchmark.ShortenName("o2", "The ward for those who fell")},
		{"personal-number", nil, "p2", benchmark.ShortenName("o2", "811218-9876")},
		{"name-too-short", nil, "p2", benchmark.ShortenName("o2", "o3")},
		{"organisation-taken", nil, "p2", benchmark.ShortenName("o2", "ORG 1")},
		{"organisation-taken", isShort, "p2", benchmark.ShortenName("o2", "the first")},
	},
	last: func(b *table) { b.do("p1", benchmark.ShortenName("o1", "First")) },
	actions: func(w *world) map[string]func() benchmark.Intent {
		return map[string]func() benchmark.Intent{"shorten": func() benchmark.Intent {
			return benchmark.ShortenName(pick[benchmark.OrganisationID](w.t, "o1", "o2", "o9"), pick(w.t, "", "Short", anyWords(w.t)))
		}}
	},
})

func isShort(b *table) { b.do("p1", benchmark.ShortenName("o1", "The first")) }

// TestShortName: an organisation's own people choose how it is called where there is little
// room, and can let it be; another name of it takes the short one away.
func TestShortName(t *testing.T) {
	b := founded(t, 3, falls())
	short := func(o benchmark.OrganisationID) string {
		found, _ := b.n.Organisation(o)
		return found.Short
	}
	b.do("p2", benchmark.ShortenName("o2", "  Second\n"))
	if got := short("o2"); got != "Second" {
		t.Errorf("it is called %q", got)
	}
	b.do("p2", benchmark.ShortenName("o2", ""))
	if got := short("o2"); got != "" {
		t.Errorf("it is still called %q", got)
	}
	b.do("p2", benchmark.ShortenName("o2", "Org 2")) // which is its name
	if got := short("o2"); got != "" {
		t.Errorf("its name is its short name too: %q", got)
	}
	b.do("p1", benchmark.ShortenName("o2", "Second"))
	b.do("p1", benchmark.RenameOrganisation("o2", "Org 2, in the new house"))
	if got := short("o2"); got != "" {
		t.Errorf("under another name it is still called %q", got)
	}
}

// TestShortNameTellsNoLetter: where organisations stand under letters, their short names
// aren't shown; where they are named, they are.
func TestShortNameTellsNoLetter(t *testing.T) {
	for _, test := range []struct {
		visibility benchmark.Visibility
		want       string
	}{{benchmark.Named, "Second"}, {benchmark.Coded, ""}} {
		b := founded(t, 6, falls())
		b.do("p1", seeing(test.visibility))
		b.do("p2", benchmark.ShortenName("o2", "Second"))
		b.open("2026-Q4")
		for k := 1; k <= 6; k++ {
			b.submit(k, float64(20+k), 400)
		}
		b.do("p1", benchmark.CloseRound{})
		b.do("p1", benchmark.PublishRound{})
		v, err := view.Of(b.n, "2026-Q4", "falls", view.Viewer{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, m := range v.Marks {
			got += m.Short
		}
		if got != test.want {
			t.Errorf("%s: short names are %q, want %q", test.visibility, got, test.want)
		}
	}
}
