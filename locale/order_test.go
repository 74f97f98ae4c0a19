package locale

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Names stand as the language sorts them: å, ä and ö last in Swedish, and beside a and o in
// English; numbers by their size, and other scripts after.
func TestNameOrder(t *testing.T) {
	names := []string{"Örby", "مستشفى", "Avd 12", "Zorn", "avd 3", "Ängby", "Åby", "Abisko", "Больница"}
	for language, want := range map[string][]string{
		"sv": {"Abisko", "avd 3", "Avd 12", "Zorn", "Åby", "Ängby", "Örby", "Больница", "مستشفى"},
		"en": {"Abisko", "Åby", "Ängby", "avd 3", "Avd 12", "Örby", "Zorn", "Больница", "مستشفى"},
	} {
		var got []string
		for _, k := range For(language).NameOrder(names) {
			got = append(got, names[k])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", language, diff)
		}
	}
}
