package slacktest

import "slices"

// Policies are what the administrators of a workspace forbid, as the error with which
// Slack says so. The zero value forbids nothing.
type Policies struct {
	// Uploads is the error of files.getUploadURLExternal: file_uploads_disabled,
	// file_type_not_allowed, file_upload_size_restricted or storage_limit_reached.
	Uploads string
	// Sharing is the error of files.completeUploadExternal with a channel, and of
	// messages that show a file: posting_to_channel_denied or
	// slack_connect_file_link_sharing_blocked.
	Sharing string
	// AltLosesShares: a file that was uploaded with alt_txt is never shared, nor shown in
	// a message, though Slack says that it was taken (python-slack-sdk 1575 and 1818).
	AltLosesShares bool
}

// Forbid sets the workspace's policies; the zero ones allow all again.
func (w *Workspace) Forbid(p Policies) {
	w.s.mu.Lock()
	defer w.s.mu.Unlock()
	w.policies = p
}

// Forbid has the app's posts and edits in the channel fail with Slack's error, such as
// restricted_action_read_only_channel, is_inactive or one that nobody knows; "" allows
// them again.
func (c *Channel) Forbid(code string) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.forbidden = code
}

// Unarchive opens the channel again, for those who were in it.
func (c *Channel) Unarchive() {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.Archived = false
}

// ForbidTexts has a message that says this refused with the error, wherever it goes;
// an empty text takes all again.
func (s *Slack) ForbidTexts(text, code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forbiddenText, s.forbiddenCode = text, code
}

// Limit is how many sockets the app may have, in place of [MaxSockets]; 0 is that.
func (a *App) Limit(sockets int) {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	a.limit = sockets
}

// TurnAway has every socket that is opened from now on told at once that it is to go, for
// that reason; an empty one lets them be.
func (a *App) TurnAway(reason string) {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	a.turnedAway = reason
}

func (a *App) turnsAway() string {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	return a.turnedAway
}

func (a *App) mostSockets() int {
	if a.limit > 0 {
		return a.limit
	}
	return MaxSockets
}

// Grid makes workspaces one organisation of Enterprise Grid: an app that is installed
// in one is at the service of the people of all, and their ids are unique among them.
func (s *Slack) Grid(enterprise string, all ...*Workspace) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range all {
		w.enterprise = enterprise
	}
}

// together says whether two workspaces are of one organisation.
func (w *Workspace) together(other *Workspace) bool {
	return w == other || w.enterprise != "" && w.enterprise == other.enterprise
}

// enterpriseID is the workspace's organisation as Slack writes it.
func (w *Workspace) enterpriseID() any {
	if w.enterprise == "" {
		return nil
	}
	return w.enterprise
}

// showsFile says whether the blocks show an uploaded file.
func showsFile(blocks []any) bool {
	return slices.ContainsFunc(blocks, func(b any) bool {
		m, _ := b.(map[string]any)
		return m["slack_file"] != nil
	})
}
