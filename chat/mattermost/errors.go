package mattermost

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// What a 429 without a readable Retry-After means, and the longest that one is
// believed.
const (
	defaultRetryAfter = 5 * time.Second
	maxRetryAfter     = 10 * time.Minute
)

// goneIDs are the ids of errors that the server gives as 400 or 500 though what was
// asked for isn't there (seen in server 9.9, channels/app/post.go).
var goneIDs = []string{
	"api.post.create_post.root_id.app_error",         // no such root, or it is a reply itself
	"api.post.create_post.channel_root_id.app_error", // the root is in another channel
	"api.post.create_post.can_not_post_to_deleted.error",
	"api.post.update_post.can_not_update_post_in_deleted.error",
	"api.context.invalid_url_param.app_error",
	"api.channel.create_direct_channel.invalid_user.app_error",
	missingChannelID,
}

// archivedIDs are the ids of errors about a channel that is archived.
var archivedIDs = []string{
	"api.post.create_post.can_not_post_to_deleted.error",
	"api.post.update_post.can_not_update_post_in_deleted.error",
	"api.user.view_archived_channels.get_posts_for_channel.app_error",
}

// refusedIDs are the ids of errors that the server gives as 403 or 501 though no
// one is missing: it never takes such a thing.
var refusedIDs = []string{
	"api.file.attachments.disabled.app_error",
	"api.post.update_post.permissions_time_limit.app_error",
}

// errTokenRejected says that the server doesn't know the bot's token (any more).
var errTokenRejected = errors.New("the bot's token is not accepted")

// apiError puts an error of the client into the terms of [chat.Platform]. Its text
// holds nothing of what the server said but the error's id.
func apiError(doing string, r *model.Response, err error) error {
	if r == nil || r.StatusCode < 300 {
		return fmt.Errorf("%s: %w", doing, err) // no answer, or one that can't be read
	}
	id := ""
	if app, ok := errors.AsType[*model.AppError](err); ok {
		id = app.Id
	}
	said := fmt.Errorf("%s: the server answered %d %s", doing, r.StatusCode, http.StatusText(r.StatusCode))
	if id != "" {
		said = fmt.Errorf("%w (%s)", said, id)
	}
	switch code := r.StatusCode; {
	case code == http.StatusTooManyRequests:
		return &chat.Later{After: retryAfter(r.Header), Err: said}
	case code == http.StatusUnauthorized:
		return &chat.Unreachable{Why: chat.SignedOut, Err: fmt.Errorf("%w: %w", said, errTokenRejected)}
	case slices.Contains(refusedIDs, id), code == http.StatusRequestEntityTooLarge:
		return fmt.Errorf("%w: %w", said, chat.ErrRefused)
	case id == "":
		// A proxy's words, such as a 404 while the server behind it starts again:
		// they say nothing about what was asked for.
		return said
	case slices.Contains(goneIDs, id), code == http.StatusNotFound, code == http.StatusForbidden, code == http.StatusGone:
		return fmt.Errorf("%w: %w", said, chat.ErrGone)
	case code == http.StatusBadRequest, code == http.StatusNotImplemented:
		return fmt.Errorf("%w: %w", said, chat.ErrRefused)
	}
	return said
}

// missingChannelID is the id of the error about a channel that isn't there.
const missingChannelID = "store.sql_channel.get.existing.app_error"

// closed is apiError for what is done in a channel: that it is archived, that the bot is
// not in it, or may not post there, may end again. The server says the same of the last
// two, so that it is asked whether the bot is in the channel.
func (cs *channels) closed(ctx context.Context, channel, doing string, r *model.Response, err error) error {
	said := apiError(doing, r, err)
	app, ok := errors.AsType[*model.AppError](err)
	if !errors.Is(said, chat.ErrGone) || !ok {
		return said
	}
	why := chat.NotMember
	switch {
	case slices.Contains(archivedIDs, app.Id):
		why = chat.Archived
	case app.Id == missingChannelID:
	case statusCode(r) != http.StatusForbidden:
		return said
	default:
		isIn, err := cs.isIn(ctx, channel)
		if err != nil {
			return fmt.Errorf("%s: the server answered %d (%s): %w", doing, statusCode(r), app.Id, err)
		}
		if isIn {
			why = chat.NotAllowed
		}
	}
	return &chat.Unreachable{Why: why, Err: fmt.Errorf("%s: the server answered %d (%s)", doing, statusCode(r), app.Id)}
}

// retryAfter is how long the server asks to wait: whole seconds (server 9.9), or
// since a moment as the standard allows.
func retryAfter(h http.Header) time.Duration {
	for _, name := range []string{"Retry-After", "X-Ratelimit-Reset"} {
		n, err := strconv.Atoi(strings.TrimSpace(h.Get(name)))
		if err == nil && n >= 0 {
			return min(max(time.Duration(n)*time.Second, time.Second), maxRetryAfter)
		}
	}
	at, err := http.ParseTime(h.Get("Retry-After"))
	from, err2 := http.ParseTime(h.Get("Date"))
	if err == nil && err2 == nil && at.After(from) {
		return min(at.Sub(from), maxRetryAfter)
	}
	return defaultRetryAfter
}

// statusCode is the status code of an answer, 0 when there was none.
func statusCode(r *model.Response) int {
	if r == nil {
		return 0
	}
	return r.StatusCode
}
