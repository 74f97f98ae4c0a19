package chart

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"roundtable/benchmark"
	"roundtable/benchmark/view"
	"roundtable/locale"
)

func drawnOf(width float64, marks ...view.Mark) []string {
	c := newViewText(locale.For("en"), view.View{Visibility: benchmark.Named})
	return c.drawnNames(marks, organisationPen, width)
}

func markNamed(names ...string) []view.Mark {
	marks := make([]view.Mark, len(names))
	for i, name := range names {
		marks[i] = view.Mark{Label: name}
	}
	return marks
}

// Words go from the middle: the end stays, and every word with a number stays with its word.
// Names that would become the same keep what differs.
func TestShortNames(t *testing.T) {
	for want, names := range map[string][]string{
		"Norrtorps sjukhus … avd 3|Norrtorps sjukhus … avd 4": {"Norrtorps sjukhus, medicinkliniken avd 3", "Norrtorps sjukhus, medicinkliniken avd 4"},
		"Västerhav … avd 54":                                  {"Västerhav universitetssjukhus, ortopedkliniken avd 54"},
		"Norrhamns sjukhus, akutvårds…":                       {"Norrhamns sjukhus, akutvårdsavdelningen"},
		"Ekliden":                                             {"Ekliden"},
		"Åsnäs … kirurgi … nya sjukhus|Åsnäs … medicin … nya sjukhus": {"Åsnäs kommuns närmaste kirurgi på det nya sjukhus", "Åsnäs kommuns närmaste medicin på det nya sjukhus"},
		"Universitetssjukhusområ… avd 7":                              {"Universitetssjukhusområdesförvaltningen avd 7"},
		"Norr Universitetssjukhu… B2 B2":                              {"Norr Universitetssjukhusområdets B2 B2"},
	} {
		if diff := cmp.Diff(strings.Split(want, "|"), drawnOf(mostName, markNamed(names...)...)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// The name that an organisation chose goes before its own; one that no font can write has a
// number, and signs that none has are left out.
func TestNamesThatAreDrawn(t *testing.T) {
	got := drawnOf(mostName, view.Mark{Label: "Västerhav universitetssjukhus", Short: "Västerhav"}, view.Mark{Label: "𓉐𓂋", Organisation: "o7"}, view.Mark{Label: "🏥"}, view.Mark{Label: "Ward 🏥 3"}, view.Mark{Label: ""})
	if diff := cmp.Diff([]string{"Västerhav", "no. 7", "no. 3", "Ward 3", "no. 5"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// No name is empty or wider than there is room for, and no two are the same, whatever they
// are.
func TestNamesStayApart(t *testing.T) {
	word := rapid.SampledFrom([]string{"Norr", "sjukhus", "sjukhus,", "medicinkliniken", "avd", "3", "4", "B2", "Universitetssjukhusets", "kirurgi", "مستشفى", "الجراحة", "3", "🏥", "बड़ी", "河川医院", "e\u0301tage"})
	rapid.Check(t, func(r *rapid.T) {
		marks := make([]view.Mark, rapid.IntRange(1, 22).Draw(r, "organisations"))
		whole := map[string]bool{}
		for i := range marks {
			name := strings.Join(rapid.SliceOfN(word, 0, 9).Draw(r, "words"), " ")
			for whole[name] {
				name += fmt.Sprint(" ", i)
			}
			whole[name] = true
			marks[i].Label = name
		}
		seen := map[string]bool{}
		for i, name := range drawnOf(mostName, marks...) {
			switch p := organisationPen(marks[i]); {
			case name == "" || seen[name]:
				r.Errorf("%q is another's too, or nothing, of %q", name, marks[i].Label)
			case p.width(name) > mostName:
				r.Errorf("%q is %g wide", name, p.width(name))
			case unicode.IsMark([]rune(name)[0]):
				r.Errorf("%q begins with a mark", name)
			}
			seen[name] = true
		}
	})
}

// In a funnel, where most have no name, one that is cut is never that of two.
func TestFunnelNamesAreOneEach(t *testing.T) {
	e := invented(t, benchmark.Proportion, 2000, "en")
	f, ok := newFunnel(newViewText(locale.For("en"), e.seenBy("")))
	if !ok || len(f.names) == 0 || len(f.names) > maxNamed {
		t.Fatalf("%d names", len(f.names))
	}
	for _, n := range f.names {
		start, end, cut := strings.Cut(n.text, "…")
		fits := 0
		for _, m := range e.v.Marks {
			if m.Label == n.text || cut && strings.HasPrefix(m.Label, strings.TrimSpace(start)) && strings.HasSuffix(m.Label, strings.TrimSpace(end)) {
				fits++
			}
		}
		if fits != 1 {
			t.Errorf("%q may be %d organisations", n.text, fits)
		}
	}
}
