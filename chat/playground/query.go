package playground

import (
	"cmp"
	"slices"

	"roundtable/chat"
)

// Channels returns the channels that are open, in the order in which they
// came; direct conversations are not among them.
func (c *Chat) Channels() []chat.ChannelID {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []chat.ChannelID
	for _, id := range c.state.order {
		if _, direct := directPartner(id); !direct && !c.state.channels[id].archived {
			out = append(out, id)
		}
	}
	return out
}

// People returns everybody, sorted by connection and user.
func (c *Chat) People() []chat.Person {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []chat.Person
	for _, p := range c.state.people {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b chat.Person) int { return compareIDs(a.ID, b.ID) })
	return out
}

// Posts returns the channel's roots, oldest first, without what single persons
// see; deleted ones are left out. It takes a direct conversation too.
func (c *Chat) Posts(in chat.ChannelID) []Post {
	return c.posts(in, func(p *Post) bool { return p.Root == (chat.PostID{}) && p.To == (chat.PersonID{}) })
}

// Thread returns the replies to a root, oldest first, without what single
// persons see.
func (c *Chat) Thread(root chat.PostID) []Post {
	return c.posts(channelOf(root), func(p *Post) bool { return p.Root == root && p.To == (chat.PersonID{}) })
}

// Directs returns the direct conversation between the bot and a person: what
// both wrote, oldest first.
func (c *Chat) Directs(who chat.PersonID) []Post {
	return c.posts(Direct(who), func(*Post) bool { return true })
}

// Private returns what the bot answered so that only this person saw it, in
// any channel of theirs, oldest first.
func (c *Chat) Private(who chat.PersonID) []Post {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []Post
	for _, change := range c.log {
		if change.Posted != nil && change.Posted.To == who {
			out = append(out, c.state.posts[change.Posted.ID].clone())
		}
	}
	return out
}

// Post returns one post. found is false when there is none; a deleted one is
// found and says nothing.
func (c *Chat) Post(id chat.PostID) (post Post, found bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := c.state.posts[id]
	if !ok {
		return Post{}, false
	}
	return p.clone(), true
}

// Count returns how many posts of the bot carry the key, in all channels and
// direct conversations: more than one means that the bot said it twice.
func (c *Chat) Count(key string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, p := range c.state.posts {
		if p.Message.Key == key && p.ByBot() && p.To == (chat.PersonID{}) {
			n++
		}
	}
	return n
}

// Keys returns how many posts of the bot carry each key.
func (c *Chat) Keys() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := map[string]int{}
	for _, p := range c.state.posts {
		if p.Message.Key != "" && p.ByBot() && p.To == (chat.PersonID{}) {
			n[p.Message.Key]++
		}
	}
	return n
}

// Unanswered returns the IDs of what people did and the bot has not answered,
// oldest first.
func (c *Chat) Unanswered() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.state.unanswered)
}

func (c *Chat) posts(in chat.ChannelID, want func(*Post) bool) []Post {
	c.mu.Lock()
	defer c.mu.Unlock()
	ch, ok := c.state.channels[in]
	if !ok {
		return nil
	}
	var out []Post
	for _, p := range ch.posts {
		if !p.Deleted && want(p) {
			out = append(out, p.clone())
		}
	}
	return out
}

func (p *Post) clone() Post {
	out := *p
	out.Reactions = slices.Clone(p.Reactions)
	return out
}

func compareIDs(a, b chat.PersonID) int {
	return cmp.Or(cmp.Compare(a.Connection, b.Connection), cmp.Compare(a.User, b.User))
}
