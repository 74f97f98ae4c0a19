package bot

import (
	"context"
	"sync"

	"roundtable/chat"
)

// posting knows the channels in which a post is being made that the journal
// doesn't know yet: people may answer it as soon as they see it. The zero value is
// ready to use. Safe for concurrent use.
type posting struct {
	mu     sync.Mutex
	counts map[chat.ChannelID]int
	ended  chan struct{} // closed when a post has been written down; nil: nobody waits
}

// begin notes that a post is being made; end is called when it has been written
// down, or given up.
func (p *posting) begin(in chat.ChannelID) (end func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.counts == nil {
		p.counts = map[chat.ChannelID]int{}
	}
	p.counts[in]++
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.counts[in]--; p.counts[in] == 0 {
			delete(p.counts, in)
		}
		if p.ended != nil {
			close(p.ended)
			p.ended = nil
		}
	}
}

// wait returns when no post is being made in the channel, or the context ends.
func (p *posting) wait(ctx context.Context, in chat.ChannelID) {
	for {
		p.mu.Lock()
		if p.counts[in] == 0 {
			p.mu.Unlock()
			return
		}
		if p.ended == nil {
			p.ended = make(chan struct{})
		}
		ended := p.ended
		p.mu.Unlock()
		select {
		case <-ended:
		case <-ctx.Done():
			return
		}
	}
}

// AwaitPosts returns when every post that is being made in the channel is known to
// the network, at once when none is. It gives up when the context ends.
func (t *Table) AwaitPosts(ctx context.Context, in chat.ChannelID) { t.posting.wait(ctx, in) }
