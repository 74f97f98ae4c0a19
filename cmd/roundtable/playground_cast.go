package main

import (
	"roundtable/chat"
	"roundtable/chat/playground"
)

// castMember is somebody whom one can be in an empty playground. All of them are
// invented, and so are their organisations.
type castMember struct {
	connection, user, name, about string
	admin                         bool
}

// The two platforms of an empty playground, and the channel on each.
const (
	north, northChannel = "north", "learning-together"
	south, southChannel = "south", "quality"
)

var cast = []castMember{
	{north, "karin", "Karin Ek", "facilitator", true},
	{north, "anna", "Anna Lindqvist", "nurse, Sjövik hospital", false},
	{north, "erik", "Erik Holm", "physician, Sjövik hospital", false},
	{north, "maryam", "Maryam Karimi", "ward manager, Ekliden hospital", false},
	{south, "johan", "Johan Berg", "physiotherapist, Norrhamn hospital", false},
	{south, "siw", "Siw Nyström", "patient representative, Norrhamn hospital", false},
	{south, "priya", "Priya Nair", "quality coordinator, Bergby municipality", false},
}

// furnish puts people and channels into an empty chat.
func furnish(talk *playground.Chat, zone string) error {
	for _, m := range cast {
		id := chat.PersonID{Connection: m.connection, User: m.user}
		if err := talk.Join(chat.Person{ID: id, Name: m.name, Zone: zone, Admin: m.admin}); err != nil {
			return err
		}
	}
	for _, in := range []chat.ChannelID{{Connection: north, Channel: northChannel}, {Connection: south, Channel: southChannel}} {
		if err := talk.Channel(in); err != nil {
			return err
		}
	}
	return nil
}

// aboutCast says what somebody of the cast is.
func aboutCast(id chat.PersonID) string {
	for _, m := range cast {
		if m.connection == id.Connection && m.user == id.User {
			return m.about
		}
	}
	return ""
}
