package slack

import "encoding/json"

// What Slack sends, as far as the bot reads it. slack-go's own types for what
// comes in refuse kinds that they don't know; these take no notice.

// envelope is one message over a socket.
type envelope struct {
	Type       string          `json:"type"`
	EnvelopeID string          `json:"envelope_id"`
	Payload    json.RawMessage `json:"payload"`
	Reason     string          `json:"reason"` // of a disconnect
	Number     int             `json:"num_connections"`
}

// outer is what wraps an event.
type outer struct {
	Type           string          `json:"type"`
	Challenge      string          `json:"challenge"`
	TeamID         string          `json:"team_id"`
	ContextTeamID  string          `json:"context_team_id"`
	EventID        string          `json:"event_id"`
	Event          json.RawMessage `json:"event"`
	Authorizations []struct {
		TeamID       string `json:"team_id"`
		EnterpriseID string `json:"enterprise_id"`
	} `json:"authorizations"`
}

// event is an event of one of the kinds that the bot asks for.
type event struct {
	Type        string  `json:"type"`
	Subtype     string  `json:"subtype"`
	User        string  `json:"user"`
	BotID       string  `json:"bot_id"`
	Team        string  `json:"team"`
	UserTeam    string  `json:"user_team"`
	Text        string  `json:"text"`
	TS          string  `json:"ts"`
	ThreadTS    string  `json:"thread_ts"`
	Channel     string  `json:"channel"`
	ChannelType string  `json:"channel_type"`
	EventTS     string  `json:"event_ts"`
	DeletedTS   string  `json:"deleted_ts"`
	Message     *event  `json:"message"`
	Previous    *event  `json:"previous_message"` // Slack's pages promise none
	Edited      *edited `json:"edited"`
	Reaction    string  `json:"reaction"`
	// Files came with a message; of each the bot asks nothing.
	Files []struct{} `json:"files"`
	Item  struct {
		Type    string `json:"type"`
		Channel string `json:"channel"`
		TS      string `json:"ts"`
	} `json:"item"`
	Tab        string `json:"tab"`
	Inviter    string `json:"inviter"`
	OldChannel string `json:"old_channel_id"`
	NewChannel string `json:"new_channel_id"`
	Tokens     struct {
		Bot []string `json:"bot"`
	} `json:"tokens"`
}

// edited says who changed a message last, and when.
type edited struct {
	User string `json:"user"`
	TS   string `json:"ts"`
}

// command is a slash command. Over HTTP it comes as a form with the same names.
type command struct {
	TeamID       string `json:"team_id"`
	EnterpriseID string `json:"enterprise_id"`
	ChannelID    string `json:"channel_id"`
	UserID       string `json:"user_id"`
	Command      string `json:"command"`
	Text         string `json:"text"`
	ResponseURL  string `json:"response_url"`
	TriggerID    string `json:"trigger_id"`
}

// interaction is a press, a form sent back, or a shortcut.
type interaction struct {
	Type string `json:"type"`
	Team struct {
		ID string `json:"id"`
	} `json:"team"`
	Enterprise struct {
		ID string `json:"id"`
	} `json:"enterprise"`
	User struct {
		ID     string `json:"id"`
		TeamID string `json:"team_id"`
	} `json:"user"`
	TriggerID   string `json:"trigger_id"`
	ResponseURL string `json:"response_url"`
	CallbackID  string `json:"callback_id"`
	Channel     struct {
		ID string `json:"id"`
	} `json:"channel"`
	MessageTS string `json:"message_ts"`
	Message   struct {
		TS       string `json:"ts"`
		ThreadTS string `json:"thread_ts"`
	} `json:"message"`
	Container struct {
		Type        string `json:"type"`
		MessageTS   string `json:"message_ts"`
		ChannelID   string `json:"channel_id"`
		ThreadTS    string `json:"thread_ts"`
		IsEphemeral bool   `json:"is_ephemeral"`
	} `json:"container"`
	View    view     `json:"view"`
	Actions []action `json:"actions"`
}

// within says whether an interaction is of the bot's own organisation in Enterprise
// Grid: the app may be installed in several of its workspaces, and a view name any.
func (i interaction) within(me identity) bool {
	return me.enterprise != "" && (i.Enterprise.ID == me.enterprise || i.View.AppTeamID == me.enterprise)
}

type action struct {
	ActionID string `json:"action_id"`
	Value    string `json:"value"`
	ActionTS string `json:"action_ts"`
}

type view struct {
	ID              string `json:"id"`
	Type            string `json:"type"`
	PrivateMetadata string `json:"private_metadata"`
	AppTeamID       string `json:"app_installed_team_id"`
	State           struct {
		Values map[string]map[string]input `json:"values"`
	} `json:"state"`
}

// input is what stands in one field of a form.
type input struct {
	Type            string  `json:"type"`
	Value           string  `json:"value"`
	SelectedOption  *choice `json:"selected_option"`
	SelectedOptions []any   `json:"selected_options"`
}

type choice struct {
	Value string `json:"value"`
}

// text is what the field holds, as [chat.Filled] has it.
func (i input) text() string {
	switch {
	case i.Type == "checkboxes" && len(i.SelectedOptions) > 0:
		return "yes"
	case i.SelectedOption != nil:
		return i.SelectedOption.Value
	}
	return i.Value
}
