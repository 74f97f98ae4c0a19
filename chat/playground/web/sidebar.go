package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/locale"
)

// sidebar makes the list of channels and people that stands beside a chat.
type sidebar struct {
	chat   *playground.Chat
	seats  Seats // nil: nothing is said of seats
	model  *readModel
	render *renderer
}

// sidebarView is the list of people and channels.
type sidebarView struct {
	Groups []groupView
	Direct linkView
	// Many: there are several platforms.
	Many bool
}

// groupView is one platform with its channels and people.
type groupView struct {
	Connection string
	Channels   []linkView
	People     []linkView
}

// linkView leads to a channel, or to the chat as somebody else sees it.
type linkView struct {
	URL, Name, About string
	Key              string
	Hue, Initials    string
	Current          bool
	Unread           int
	MaySeat          bool
	Channel, Beside  string
}

// serveSidebar answers with the sidebar alone, for a page that is there already.
func (p *Page) serveSidebar(w http.ResponseWriter, r *http.Request) {
	at, ok := p.viewpointOf(w, r)
	if !ok {
		return
	}
	p.render.respond(w, r, "side", p.sidebar.view(r.Context(), at, locale.For(languageOf(r))))
}

// view returns the list as a person sees it.
func (s *sidebar) view(ctx context.Context, at viewpoint, l *locale.Locale) sidebarView {
	people := s.chat.People()
	// Whoever may set up a network comes first: that is who a newcomer is.
	slices.SortStableFunc(people, adminsFirst)
	v := sidebarView{Direct: s.directLink(at, l)}
	groups := map[string]*groupView{}
	var order []string
	group := func(connection string) *groupView {
		if groups[connection] == nil {
			groups[connection] = &groupView{Connection: connection}
			order = append(order, connection)
		}
		return groups[connection]
	}
	may := s.seats != nil && s.seats.May(ctx, at.who)
	for _, in := range s.model.openChannels() {
		g := group(in.Connection)
		g.Channels = append(g.Channels, s.channelLink(ctx, at, in, people, may))
	}
	for _, person := range people {
		if !person.Gone {
			g := group(person.ID.Connection)
			g.People = append(g.People, s.personLink(at, person, g.Channels))
		}
	}
	for _, name := range order {
		v.Groups = append(v.Groups, *groups[name])
	}
	v.Many = len(v.Groups) > 1
	return v
}

// adminsFirst compares people so that administrators come before the others.
func adminsFirst(a, b chat.Person) int {
	switch {
	case a.Admin == b.Admin:
		return 0
	case a.Admin:
		return -1
	}
	return 1
}

func (s *sidebar) directLink(at viewpoint, l *locale.Locale) linkView {
	in := playground.Direct(at.who)
	return linkView{
		URL: viewpoint{at.who, in}.url(), Name: l.T("playground.direct"), Key: channelKey(in),
		Current: at.in == in, Unread: s.unread(in, at),
	}
}

// channelLink leads to a channel; on another platform, to somebody there.
func (s *sidebar) channelLink(ctx context.Context, at viewpoint, in chat.ChannelID, people []chat.Person, may bool) linkView {
	who := at.who
	if in.Connection != who.Connection {
		for _, other := range people {
			if other.ID.Connection == in.Connection && !other.Gone {
				who = other.ID
				break
			}
		}
	}
	v := linkView{URL: viewpoint{who, in}.url(), Name: in.Channel, Key: channelKey(in), Current: in == at.in, Channel: in.Channel}
	if who.Connection == at.who.Connection {
		v.Unread = s.unread(in, at)
	} else {
		v.Beside = "/beside?left=" + url.QueryEscape(at.url()) + "&right=" + url.QueryEscape(v.URL)
	}
	if s.seats != nil {
		v.MaySeat = may && !s.seats.Seated(ctx, in)
	}
	return v
}

// personLink leads to the same channel as somebody else sees it.
func (s *sidebar) personLink(at viewpoint, person chat.Person, channels []linkView) linkView {
	to := viewpoint{person.ID, at.in}
	if person.ID.Connection != at.in.Connection || isDirect(at.in) {
		to.in = chat.ChannelID{Connection: person.ID.Connection}
		if len(channels) > 0 {
			to.in.Channel = channels[0].Channel
		} else {
			to.in = playground.Direct(person.ID)
		}
	}
	v := linkView{URL: to.url(), Key: personKey(person.ID), Current: person.ID == at.who}
	v.Name, v.About = s.render.person(person.ID)
	v.Initials, v.Hue = initials(v.Name), hue(v.Key)
	if in := playground.Direct(person.ID); in != at.in {
		v.Unread = s.unread(in, viewpoint{who: person.ID})
	}
	return v
}

// unread counts what is new to somebody in a channel; where they look just now
// nothing is.
func (s *sidebar) unread(in chat.ChannelID, at viewpoint) int {
	if in == at.in {
		return 0
	}
	return s.model.unread(in, at.who)
}
