package bot

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"roundtable/chat"
)

// Who waits goes on when the last post of the channel is known; posts elsewhere hold
// up nobody.
func TestPosting(t *testing.T) {
	here, there := chat.ChannelID{Connection: "c", Channel: "here"}, chat.ChannelID{Connection: "c", Channel: "there"}
	synctest.Test(t, func(t *testing.T) {
		var p posting
		began := time.Now()
		p.wait(t.Context(), here)
		first, second := p.begin(here), p.begin(here)
		elsewhere := p.begin(there)
		go func() {
			time.Sleep(time.Second)
			first()
			time.Sleep(time.Second)
			second()
		}()
		p.wait(t.Context(), here)
		if took := time.Since(began); took != 2*time.Second {
			t.Errorf("after %v", took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		p.wait(ctx, there)
		if took := time.Since(began); took != 3*time.Second {
			t.Errorf("given up after %v", took)
		}
		elsewhere()
		if p.wait(t.Context(), there); len(p.counts) > 0 {
			t.Errorf("still counted: %v", p.counts)
		}
	})
}
