package benchmark

import "time"

// The events of a network's seats, and of who comes from where.
type (
	// SeatOffered gives out a code with which another channel may take a seat,
	// once, until the instant. It takes the place of an earlier one. The code
	// itself is nowhere written.
	SeatOffered struct {
		Digest string    `json:"digest"`
		Until  time.Time `json:"until"`
	}

	// SeatTaken seats a channel of a connection at the table. Linked: by the
	// code that was given out, which is used up by it.
	SeatTaken struct {
		Seat       SeatID `json:"seat"`
		Connection string `json:"connection"`
		Channel    string `json:"channel"`
		Linked     bool   `json:"linked,omitempty"`
	}

	// SeatMoved says that the platform calls a seat's channel otherwise now.
	// What stood in it stands in it still.
	SeatMoved struct {
		Seat       SeatID `json:"seat"`
		Connection string `json:"connection"`
		Channel    string `json:"channel"`
	}

	// WorkspaceBound says that the people of a workspace belong to an
	// organisation; with none, that they choose for themselves again.
	WorkspaceBound struct {
		Connection   string         `json:"connection"`
		Workspace    string         `json:"workspace"`
		Organisation OrganisationID `json:"organisation,omitempty"`
	}
)

// Kind implements Body.
func (SeatOffered) Kind() string { return "seat.offered" }

// Kind implements Body.
func (SeatTaken) Kind() string { return "seat.taken" }

// Kind implements Body.
func (SeatMoved) Kind() string { return "seat.moved" }

// Kind implements Body.
func (WorkspaceBound) Kind() string { return "workspace.bound" }
