package adapter

import (
	"testing"
	"time"
)

func TestOutage(t *testing.T) {
	for name, c := range map[string]struct {
		began time.Time
		want  time.Duration // before now
	}{
		"at the start":  {time.Time{}, LookBack},
		"after an hour": {noon.Add(-time.Hour), time.Hour + Overlap},
		"after days":    {noon.Add(-90 * time.Hour), LookBack},
	} {
		if got := (Outage{Began: c.began}).Since(noon); !got.Equal(noon.Add(-c.want)) {
			t.Errorf("%s it looks back to %v", name, got)
		}
	}
}
