package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"

	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/locale"
)

// sideView is the list of people and channels.
type sideView struct {
	Groups []groupView
	Direct linkView
	// Many: there are several platforms.
	Many bool
	Seq  int64
}

// groupView is one platform with its channels and people.
type groupView struct {
	Connection string
	Mine       bool
	Channels   []linkView
	People     []linkView
}

type linkView struct {
	URL, Name, About string
	Key              string
	Hue, Initials    string
	Current          bool
	Unread           int
	MaySeat, Seated  bool
	Channel, Beside  string
}

func (p *Page) side(w http.ResponseWriter, r *http.Request) {
	at, ok := p.placeOf(w, r)
	if !ok {
		return
	}
	p.show(w, r, "side", p.sideOf(r.Context(), at, locale.For(p.lang(r))))
}

func (p *Page) sideOf(ctx context.Context, at place, l *locale.Locale) sideView {
	people := p.o.Chat.People()
	// Whoever may set up a network comes first: that is who a newcomer is.
	slices.SortStableFunc(people, func(a, b chat.Person) int { return cmp.Compare(last(a), last(b)) })
	p.board.mu.RLock()
	channels := slices.Clone(p.board.channels)
	p.board.mu.RUnlock()
	v := sideView{Direct: p.directLink(at, l)}
	groups := map[string]*groupView{}
	var order []string
	group := func(connection string) *groupView {
		if groups[connection] == nil {
			groups[connection] = &groupView{Connection: connection, Mine: connection == at.who.Connection}
			order = append(order, connection)
		}
		return groups[connection]
	}
	may := p.o.Seats != nil && p.o.Seats.May(ctx, at.who)
	for _, in := range channels {
		g := group(in.Connection)
		g.Channels = append(g.Channels, p.channelLink(ctx, at, in, people, may))
	}
	for _, person := range people {
		if !person.Gone {
			g := group(person.ID.Connection)
			g.People = append(g.People, p.personLink(at, person, g.Channels))
		}
	}
	for _, name := range order {
		v.Groups = append(v.Groups, *groups[name])
	}
	v.Many = len(v.Groups) > 1
	return v
}

// last is 1 of people who come after the administrators.
func last(p chat.Person) int {
	if p.Admin {
		return 0
	}
	return 1
}

func (p *Page) directLink(at place, l *locale.Locale) linkView {
	in := playground.Direct(at.who)
	return linkView{
		URL: place{at.who, in}.url(), Name: l.T("playground.direct"), Key: channelKey(in),
		Current: at.in == in, Unread: p.unread(in, at),
	}
}

// channelLink leads to a channel; on another platform, to somebody there.
func (p *Page) channelLink(ctx context.Context, at place, in chat.ChannelID, people []chat.Person, may bool) linkView {
	who := at.who
	if in.Connection != who.Connection {
		for _, other := range people {
			if other.ID.Connection == in.Connection && !other.Gone {
				who = other.ID
				break
			}
		}
	}
	v := linkView{URL: place{who, in}.url(), Name: in.Channel, Key: channelKey(in), Current: in == at.in, Channel: in.Channel}
	if who.Connection == at.who.Connection {
		v.Unread = p.unread(in, at)
	} else {
		v.Beside = "/beside?left=" + url.QueryEscape(at.url()) + "&right=" + url.QueryEscape(v.URL)
	}
	if p.o.Seats != nil {
		v.Seated = p.o.Seats.Seated(ctx, in)
		v.MaySeat = may && !v.Seated
	}
	return v
}

// personLink leads to the same channel as somebody else sees it.
func (p *Page) personLink(at place, person chat.Person, channels []linkView) linkView {
	to := place{person.ID, at.in}
	if person.ID.Connection != at.in.Connection || isDirect(at.in) {
		to.in = chat.ChannelID{Connection: person.ID.Connection}
		if len(channels) > 0 {
			to.in.Channel = channels[0].Channel
		} else {
			to.in = playground.Direct(person.ID)
		}
	}
	v := linkView{URL: to.url(), Key: personKey(person.ID), Current: person.ID == at.who}
	v.Name, v.About = p.person(person.ID)
	v.Initials, v.Hue = initials(v.Name), hue(v.Key)
	if in := playground.Direct(person.ID); in != at.in {
		v.Unread = p.unread(in, place{who: person.ID})
	}
	return v
}

// unread counts what is new to somebody in a channel; where they look just now
// nothing is.
func (p *Page) unread(in chat.ChannelID, at place) int {
	if in == at.in {
		return 0
	}
	p.board.mu.RLock()
	defer p.board.mu.RUnlock()
	return p.board.unread(in, at.who)
}
