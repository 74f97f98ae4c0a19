package commands

import (
	"context"
	"slices"
	"strings"

	"roundtable/benchmark"
	"roundtable/benchmark/freetext"
	"roundtable/bot"
	"roundtable/chat"
)

// seated is a seat as people call it.
type seated struct {
	benchmark.Seat
	known chat.ChannelName
	name  string // told from the others': "#quality on Mattermost (chat.region.se)"
}

// sign is the channel's own name: "#quality"; empty where the platform doesn't tell.
func (s seated) sign() string {
	if s.known.Channel == "" {
		return ""
	}
	return "#" + strings.TrimPrefix(s.known.Channel, "#")
}

// isCalled says whether somebody who typed this may mean the seat: its channel's name, or
// its whole one.
func (s seated) isCalled(typed string) bool {
	key := freetext.NameKey(strings.TrimPrefix(typed, "#"))
	return s.Channel == typed || key == freetext.NameKey(strings.TrimPrefix(s.name, "#")) ||
		(s.known.Channel != "" && key == freetext.NameKey(strings.TrimPrefix(s.known.Channel, "#")))
}

// nameSeats has the platforms tell what people call the seats. Two that would read the
// same are told apart: by their teams, else by their places at the table. ask may be nil:
// then nobody tells.
func nameSeats(ctx context.Context, a audience, ask func(context.Context, chat.ChannelID) chat.ChannelName, seats []benchmark.Seat) []seated {
	all := make([]seated, len(seats))
	for k, s := range seats {
		all[k] = seated{Seat: s}
		if ask != nil {
			all[k].known = quietName(ask(ctx, chat.ChannelID{Connection: s.Connection, Channel: s.Channel}))
		}
		all[k].name = a.seatName(all[k], "")
	}
	tell := func(apart func(s seated) string) {
		read := map[string]int{}
		for _, s := range all {
			read[s.name]++
		}
		for k, s := range all {
			if read[s.name] > 1 {
				all[k].name = apart(s)
			}
		}
	}
	tell(func(s seated) string { return a.seatName(s, s.known.Team) })
	tell(func(s seated) string {
		return a.t("seat.numbered", "Seat", s.name, "Number", strings.TrimPrefix(string(s.ID), "s"))
	})
	return all
}

// quietName is a name that can't ping, on one line.
func quietName(n chat.ChannelName) chat.ChannelName {
	for _, part := range []*string{&n.Channel, &n.Platform, &n.Server, &n.Team} {
		*part = chat.Quiet(oneLine(*part))
	}
	return n
}

// seatName is a channel and where it is, as far as is known.
func (a audience) seatName(s seated, team string) string {
	name := s.sign()
	switch {
	case name == "" && s.known.Server == "" && s.known.Platform == "":
		return a.t("seat.unknown", "Connection", s.Connection)
	case name == "":
		name = a.t("seat.unnamed")
	case team != "":
		name = a.t("seat.team", "Channel", name, "Team", team)
	}
	if s.known.Platform == "" || s.known.Server == "" {
		return a.t("seat.other", "Channel", name, "Where", s.known.Platform+s.known.Server)
	}
	if s.known.Platform == "Slack" {
		return a.t("seat.slack", "Channel", name, "Server", s.known.Server)
	}
	return a.t("seat.server", "Channel", name, "Platform", s.known.Platform, "Server", s.known.Server)
}

// shortSeatName is a seat's channel alone, as a button has room for, where no other of
// them is called so.
func shortSeatName(all []seated, s seated) string {
	alike := 0
	for _, other := range all {
		if other.sign() == s.sign() {
			alike++
		}
	}
	if s.sign() == "" || alike > 1 {
		return s.name
	}
	return s.sign()
}

// seatsByName are those at the table.
func seatsByName(ctx context.Context, r *request) []seated {
	var seats []benchmark.Seat
	r.read(func(n *benchmark.Network) { seats = slices.Collect(n.Seated()) })
	return nameSeats(ctx, r.audience, r.c.options.Channel, seats)
}

// nameOfSeat is the name of one of the seats.
func nameOfSeat(all []seated, id benchmark.SeatID) string {
	for _, s := range all {
		if s.ID == id {
			return s.name
		}
	}
	return ""
}

// seatNamed returns the name of one seat, told from those at the table; the function is
// called once the network has been let go.
func seatNamed(w *composition, id benchmark.SeatID) func() string {
	seats := slices.Collect(w.n.Seated())
	if s, known := w.n.Seat(id); known && !s.Left.IsZero() {
		seats = append(seats, s)
	}
	return func() string {
		return nameOfSeat(nameSeats(context.Background(), w.audience, w.channelName, seats), id)
	}
}

// outOfReach are the names of the seats that can't be posted to now.
func outOfReach(ctx context.Context, r *request) []string {
	away := map[benchmark.SeatID]bool{}
	r.read(func(n *benchmark.Network) {
		for _, s := range bot.SeatsOutOfReach(n) {
			away[s] = true
		}
	})
	if len(away) == 0 {
		return nil
	}
	var names []string
	for _, s := range seatsByName(ctx, r) {
		if away[s.ID] {
			names = append(names, s.name)
		}
	}
	return names
}
