package adapter

import (
	"errors"
	"sync"

	"roundtable/chat"
)

// Unreached are the channels that could not be written to since the bot is not in them,
// or since they are archived: what is heard in one shows that this has ended. Other
// obstacles are there though the bot hears what is said. The zero value is ready to use. Safe for concurrent use.
type Unreached struct{ channels sync.Map }

// Note looks whether an error says so of the channel, and returns the error.
func (u *Unreached) Note(channel string, err error) error {
	closed, is := errors.AsType[*chat.Unreachable](err)
	if is && !closed.Alone && closed.Why.EndsByHearing() {
		u.channels.Store(channel, struct{}{})
	}
	return err
}

// Take says whether the channel could not be written to, and forgets it.
func (u *Unreached) Take(channel string) bool {
	_, is := u.channels.LoadAndDelete(channel)
	return is
}

// IsUnreachable says whether the way to where a message goes is closed for now, for all
// messages.
func IsUnreachable(err error) bool {
	u, is := errors.AsType[*chat.Unreachable](err)
	return is && !u.Alone
}
