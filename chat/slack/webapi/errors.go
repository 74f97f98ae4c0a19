package webapi

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
)

// What Slack's errors mean to the bot. Those that are not here may pass.
// Sources: the pages of the methods below docs.slack.dev/reference/methods.
var (
	goneErrors = set("user_not_found", "users_not_found", "user_not_visible", "user_disabled", "user_is_bot", "user_is_restricted", "cannot_dm_bot",
		"cannot_dm_user", "no_such_user", "message_not_found", "thread_not_found", "user_not_in_channel", "method_not_supported_for_channel_type")
	// obstacles may end again, once somebody has done something.
	obstacles = map[string]chat.Obstacle{
		"channel_not_found": chat.NotMember, "not_in_channel": chat.NotMember,
		"is_archived": chat.Archived, "is_inactive": chat.Archived,
		"team_access_not_granted": chat.NotAllowed, "team_not_found": chat.NotAllowed, "ekm_access_denied": chat.NotAllowed,
		"messages_tab_disabled": chat.NoRight, "missing_scope": chat.NoRight, "no_permission": chat.NoRight,
	}
	// fileErrors are a workspace's policies about files
	// (docs.slack.dev/reference/methods/files.getUploadURLExternal and
	// files.completeUploadExternal, chat.postMessage).
	fileErrors = set("file_uploads_disabled", "file_uploads_except_images_disabled", "file_type_not_allowed", "file_upload_size_restricted",
		"storage_limit_reached", "posting_to_channel_denied", "slack_connect_file_link_sharing_blocked", "slack_connect_file_upload_sharing_blocked",
		"slack_connect_blocked_file_type", "malware_detected")
	refusedErrors = set("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "no_text", "too_many_attachments",
		"invalid_attachments", "invalid_arguments", "invalid_arg_name", "invalid_metadata_format", "invalid_metadata_schema", "metadata_too_large",
		"cant_update_message", "cant_delete_message", "edit_window_closed", "cannot_reply_to_message", "view_too_large", "invalid_auth_view")
	// passing are those of a Slack that is not well.
	passing       = set("internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited", "rate_limited")
	barringErrors = set("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "app_uninstalled", "org_login_required")
)

func set(names ...string) map[string]bool {
	s := map[string]bool{}
	for _, n := range names {
		s[n] = true
	}
	return s
}

// Pauses after errors that do not say how long.
const (
	limitedPause = 30 * time.Second // "ratelimited" without Retry-After
	scopePause   = 10 * time.Minute // a scope is missing: somebody has to add it
)

// meaning turns an error of Slack's into one that the bot understands.
func (c *Client) meaning(method, channel string, err error) error {
	if err == nil {
		c.admit()
		return nil
	}
	err = WithoutAddress(err)
	answer, ok := errors.AsType[slack.SlackErrorResponse](err)
	if !ok {
		status, ok := errors.AsType[slack.StatusCodeError](err)
		if ok && status.Code == http.StatusTooManyRequests {
			err = &chat.Later{After: c.Scaled(limitedPause), Err: err}
		}
		return fmt.Errorf("slack %s: %w", method, err)
	}
	why, hindered := obstacle(answer.Err)
	switch code := answer.Err; {
	case code == "missing_scope":
		c.log.Error("a scope is missing; install the app again with the manifest", "method", method, "needed", answer.Needed)
		return fmt.Errorf("slack %s: %w", method, &chat.Unreachable{Why: why, Err: &chat.Later{After: c.Scaled(scopePause), Err: fmt.Errorf("missing_scope %s: %w", answer.Needed, err)}})
	case hindered && (why != chat.NotMember && why != chat.Archived || !toPerson(channel)):
		return fmt.Errorf("slack %s: %w", method, &chat.Unreachable{Why: why, Alone: strings.Contains(code, "thread"), Err: answer})
	case goneErrors[code], hindered:
		return fmt.Errorf("slack %s: %w: %w", method, answer, chat.ErrGone)
	case refusedErrors[code]:
		return fmt.Errorf("slack %s: %w: %w", method, detailed(answer), chat.ErrRefused)
	case barringErrors[code] && method != "apps.connections.open":
		c.Bar(code)
		return fmt.Errorf("slack %s: %w", method, barredUntil(c.Scaled(barredFor), fmt.Errorf("%w: %s", ErrBarred, code)))
	case code == "ratelimited", code == "rate_limited", code == "message_limit_exceeded":
		return fmt.Errorf("slack %s: %w", method, &chat.Later{After: c.Scaled(limitedPause), Err: err})
	case passing[code]:
		return fmt.Errorf("slack %s: %w", method, err)
	}
	return fmt.Errorf("slack %s: %w", method, &chat.Unreachable{Why: chat.Declined, Alone: true, Err: detailed(answer)})
}

// obstacle says what an error of Slack's tells that may end again.
func obstacle(code string) (why chat.Obstacle, is bool) {
	if strings.HasPrefix(code, "restricted_action") {
		return chat.NotAllowed, true
	}
	why, is = obstacles[code]
	return why, is
}

// toPerson says whether a call is about a person or their direct conversation: that
// this isn't there doesn't end again.
func toPerson(channel string) bool {
	return channel != "" && strings.Contains("UWD", channel[:1])
}

// barredUntil is an error while Slack does not let the bot in.
func barredUntil(wait time.Duration, why error) error {
	return &chat.Unreachable{Why: chat.SignedOut, Err: &chat.Later{After: wait, Err: why}}
}

// RefusesFiles says whether an error means that files are not taken, or that the app may
// not send any: the message itself would be.
func RefusesFiles(err error) bool {
	answer, ok := errors.AsType[slack.SlackErrorResponse](err)
	return ok && (fileErrors[answer.Err] || answer.Err == "missing_scope" && answer.Needed == "files:write")
}

// WithoutAddress keeps the addresses that Slack gives for uploads and answers out
// of errors, and so out of logs: whoever has one may use it.
func WithoutAddress(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}

// detailed adds which part of a message Slack objects to.
func detailed(answer slack.SlackErrorResponse) error {
	for _, m := range answer.ResponseMetadata.Messages {
		return fmt.Errorf("%w (%s)", answer, m)
	}
	return answer
}

// Coded says whether an error is this one of Slack's.
func Coded(err error, code string) bool {
	answer, ok := errors.AsType[slack.SlackErrorResponse](err)
	return ok && answer.Err == code
}

// Temporary says whether a failure may be gone in a moment, so that a call that
// does no harm twice is worth another try.
func Temporary(err error) bool {
	if err == nil || errors.Is(err, chat.ErrGone) || errors.Is(err, chat.ErrRefused) || errors.Is(err, ErrBarred) {
		return false
	}
	if answer, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		return passing[answer.Err]
	}
	return true
}
