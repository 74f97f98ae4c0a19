package lettering

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/plot/vg"
)

// names of hospitals, invented, in twenty scripts.
var names = map[string]string{
	"Latin":      "Åsnäs närsjukhus, avd 3",
	"Greek":      "Νοσοκομείο Ελιάς",
	"Cyrillic":   "Больница Сосновая",
	"Hebrew":     "בית חולים אורן 3",
	"Arabic":     "مستشفى شجرة التين، الجراحة",
	"Devanagari": "नदी अस्पताल",
	"Bengali":    "নদী হাসপাতাল",
	"Gurmukhi":   "ਨਦੀ ਹਸਪਤਾਲ",
	"Gujarati":   "નદી હોસ્પિટલ",
	"Tamil":      "ஆறு மருத்துவமனை",
	"Telugu":     "నది ఆసుపత్రి",
	"Kannada":    "ನದಿ ಆಸ್ಪತ್ರೆ",
	"Malayalam":  "നദി ആശുപത്രി",
	"Sinhala":    "ගඟ රෝහල",
	"Thai":       "โรงพยาบาลแม่น้ำ",
	"Lao":        "ໂຮງໝໍແມ່ນ້ຳ",
	"Khmer":      "មន្ទីរពេទ្យទន្លេ",
	"Myanmar":    "မြစ်ဆေးရုံ",
	"Georgian":   "მდინარის საავადმყოფო",
	"Armenian":   "Գետի հիվանդանոց",
	"Ethiopic":   "ወንዝ ሆስፒታል",
	"Han":        "河川医院",
	"Kana":       "かわ びょういん カワ",
	"Hangul":     "강 병원",
}

func TestEveryScriptIsSet(t *testing.T) {
	for script, name := range names {
		t.Run(script, func(t *testing.T) {
			for _, r := range name {
				if !unicode.IsSpace(r) && fontFor(r, false) == nil {
					t.Errorf("no font has %q", r)
				}
			}
			for _, bold := range []bool{false, true} {
				pieces, width := Style{Size: 12, Bold: bold}.Set(name)
				if width < 12 {
					t.Fatalf("it is %g wide", width)
				}
				at := 0.0
				for _, p := range pieces {
					if math.Abs(p.X-at) > 1e-9 {
						t.Errorf("%q begins at %g, and what stands before it ends at %g", p.Text, p.X, at)
					}
					at = p.X + p.Width
					if len(p.Outline) == 0 && strings.TrimSpace(p.Text) != "" {
						t.Errorf("%q has no outline", p.Text)
					}
				}
				if math.Abs(at-width) > 1e-9 {
					t.Errorf("the pieces end at %g, the line at %g", at, width)
				}
			}
		})
	}
}

// Letters of these scripts are joined or stacked, so that a word is not as wide as
// its letters alone, or has other outlines.
func TestLettersAreJoined(t *testing.T) {
	for script, word := range map[string]string{"Arabic": "مستشفى", "Devanagari": "अस्पताल", "Tamil": "மருத்துவ"} {
		together := Style{Size: 100}.Width(word)
		apart := 0.0
		for _, r := range word {
			apart += Style{Size: 100}.Width(string(r))
		}
		if math.Abs(together-apart) < 1 {
			t.Errorf("%s: %q is %g wide, its letters alone %g", script, word, together, apart)
		}
	}
}

// A name that is read from right to left stands so, with its numbers, and what is
// around it in its own direction.
func TestPlaces(t *testing.T) {
	for text, want := range map[string][]string{
		"avd 3":              {"avd 3"},
		"V: אורן 3 בית (ni)": {"V: ", " בית", "3", "אורן ", " (ni)"},
		"אורן":               {"אורן"},
		"בית אורן 3":         {"3", "בית אורן "},
		"A אורן B":           {"A ", "אורן", " B"},
	} {
		pieces, _ := Style{Size: 10}.Set(text)
		var got []string
		for _, p := range pieces {
			got = append(got, p.Text)
		}
		if diff := cmp.Diff(strings.Join(want, "|"), strings.Join(got, "|")); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestWidthGrowsWithSize(t *testing.T) {
	for _, name := range names {
		small, large := Style{Size: 10}.Width(name), Style{Size: 30}.Width(name)
		if math.Abs(large-3*small) > 1e-6 {
			t.Errorf("%q is %g wide at 10, %g at 30", name, small, large)
		}
	}
	if w := (Style{}).Width("anything"); w != 0 {
		t.Errorf("without a size it is %g wide", w)
	}
}

// A letter that no font has is seen to be there.
func TestUnknownLetterIsABox(t *testing.T) {
	pieces, width := Style{Size: 10}.Set("𓀀")
	if width <= 0 || len(pieces) != 1 || len(pieces[0].Outline) == 0 {
		t.Errorf("%v, %g wide", pieces, width)
	}
}

func TestControlCharactersAreLeftOut(t *testing.T) {
	for _, text := range []string{"", "\x00", "\u001b\ufffd", "\ufffe"} {
		if pieces, width := (Style{Size: 10}).Set(text); len(pieces) != 0 || width != 0 {
			t.Errorf("%q has pieces %v", text, pieces)
		}
	}
	if (Style{Size: 10}).Width("a\x00b") != (Style{Size: 10}).Width("ab") {
		t.Error("a control character is wide")
	}
}

// The same text gives the same outlines, from many at once, also when the cache
// was emptied between.
func TestSameOutlines(t *testing.T) {
	first := map[string][]Piece{}
	for script, name := range names {
		first[script], _ = Style{Size: 12, Bold: true}.Set(name)
	}
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for k := range 700 {
				Style{Size: 10}.Width(fmt.Sprint(i, k))
			}
			for script, name := range names {
				if again, _ := (Style{Size: 12, Bold: true}).Set(name); !cmp.Equal(first[script], again) {
					t.Errorf("%s has other outlines", script)
				}
			}
		})
	}
	wait.Wait()
}

func FuzzSet(f *testing.F) {
	for _, name := range names {
		f.Add(name, true)
	}
	f.Add("\u2067\u202e abc 12 \u200fא 3", false)
	f.Fuzz(func(t *testing.T, text string, bold bool) {
		pieces, width := Style{Size: 10, Bold: bold}.Set(text)
		if math.IsNaN(width) || math.IsInf(width, 0) {
			t.Fatalf("width %g", width)
		}
		letters := 0
		for _, p := range pieces {
			letters += len([]rune(p.Text))
			for _, c := range p.Outline {
				if c.Type != vg.CloseComp && (math.IsNaN(float64(c.Pos.X)) || math.IsNaN(float64(c.Pos.Y))) {
					t.Fatalf("an outline of %q leads nowhere", p.Text)
				}
			}
		}
		if letters != len([]rune(Visible(text))) {
			t.Fatalf("%d letters of %d are set", letters, len([]rune(Visible(text))))
		}
	})
}
