package bot_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/bot"
	"roundtable/chat"
)

// A duty whose words panic, as they are taken from the network or as they are rendered, is
// logged with its kind and tried less and less often; everything else goes on.
func TestCourierMeetsAPanic(t *testing.T) {
	for _, rendering := range []bool{false, true} {
		onStage(t, 3, func(t *testing.T, s *stage) {
			var log bytes.Buffer
			broken, tries := true, 0
			s.courier = bot.NewCourier(s.tables, map[string]chat.Platform{"north": s.chat.Platform("north"), "south": s.chat.Platform("south")},
				func(n *benchmark.Network, d benchmark.Duty) func() (chat.Message, error) {
					render := s.compose(n, d)
					if !broken || d.Key != openingNorth {
						return render
					}
					tries++
					var missing *benchmark.Round
					if !rendering {
						_ = missing.Phase
					}
					return func() (chat.Message, error) { return chat.Say(string(missing.Phase)), nil }
				}, slog.New(slog.NewTextHandler(&log, nil)))
			do(t, s.table, "p2", answer(1))
			do(t, s.table, "p1", benchmark.CloseRound{})
			do(t, s.table, "p1", benchmark.PublishRound{})
			s.pass(time.Minute)
			s.stands("summary/2026-Q4/s1", "comparison/2026-Q4/falls/s1", openingSouth)
			if tries < 2 || tries > 20 {
				t.Errorf("rendering %v: tried %d times in a minute", rendering, tries)
			}
			if text := log.String(); !strings.Contains(text, "level=ERROR") || !strings.Contains(text, "duty_kind=opening") || !strings.Contains(text, "nil pointer dereference at roundtable/bot_test.TestCourierMeetsAPanic") {
				t.Errorf("rendering %v: logged is %s", rendering, text)
			}
			broken = false
			s.pass(2 * time.Minute)
			s.stands(openingNorth)
		})
	}
}
