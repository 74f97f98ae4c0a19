package webapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
)

// Identify asks who the bot is (auth.test).
func (c *Client) Identify(ctx context.Context) (who *slack.AuthTestResponse, err error) {
	err = c.call(ctx, "auth.test", "", func(ctx context.Context) (err error) {
		who, err = c.api.AuthTestContext(ctx)
		return err
	})
	return who, err
}

// TryToken asks the same at once, whatever is known of rates and of whether Slack
// lets the bot in. Its error is Slack's own.
func (c *Client) TryToken(ctx context.Context) (who *slack.AuthTestResponse, err error) {
	err = within(ctx, func(ctx context.Context) (err error) {
		who, err = c.api.AuthTestContext(ctx)
		return err
	})
	if err == nil && who.BotID != "" {
		c.admit()
	}
	return who, err
}

// Bot looks up a bot user (bots.info).
func (c *Client) Bot(ctx context.Context, id string) (bot *slack.Bot, err error) {
	err = c.call(ctx, "bots.info", "", func(ctx context.Context) (err error) {
		bot, err = c.api.GetBotInfoContext(ctx, slack.GetBotInfoParameters{Bot: id})
		return err
	})
	return bot, err
}

// User looks up a user (users.info).
func (c *Client) User(ctx context.Context, id string) (user *slack.User, err error) {
	err = c.call(ctx, "users.info", id, func(ctx context.Context) (err error) {
		user, err = c.api.GetUserInfoContext(ctx, id)
		return err
	})
	return user, err
}

// SocketAddress asks for the address of a new socket, which can be used once and
// for 30 seconds (apps.connections.open, with the app token). Its error is Slack's
// own, a [slack.RateLimitedError] included.
func (c *Client) SocketAddress(ctx context.Context) (address string, err error) {
	if err := c.rates.wait(ctx, "apps.connections.open", ""); err != nil {
		return "", err
	}
	err = within(ctx, func(ctx context.Context) (err error) {
		_, address, err = c.api.StartSocketModeContext(ctx)
		return err
	})
	return address, err
}

// PageSize is how many messages or channels are read at once; Slack recommends at
// most 200 (docs.slack.dev/reference/methods/conversations.history).
const PageSize = 200

// Channels is a page of the channels of a kind that the bot is in
// (users.conversations). next is empty after the last page.
func (c *Client) Channels(ctx context.Context, kinds []string, cursor string) (page []slack.Channel, next string, err error) {
	err = c.call(ctx, "users.conversations", "", func(ctx context.Context) (err error) {
		page, next, err = c.api.GetConversationsForUserContext(ctx, &slack.GetConversationsForUserParameters{
			Types: kinds, ExcludeArchived: true, Limit: PageSize, Cursor: cursor,
		})
		return err
	})
	return page, next, err
}

// Channel is what Slack tells of a channel (conversations.info).
func (c *Client) Channel(ctx context.Context, id string) (got *slack.Channel, err error) {
	err = c.call(ctx, "conversations.info", "", func(ctx context.Context) (err error) {
		got, err = c.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: id})
		return err
	})
	return got, err
}

// History is a page of a channel's roots, the newest first (conversations.history).
// next is empty after the last page.
func (c *Client) History(ctx context.Context, q slack.GetConversationHistoryParameters) (page []slack.Message, next string, err error) {
	err = c.call(ctx, "conversations.history", q.ChannelID, func(ctx context.Context) error {
		got, err := c.api.GetConversationHistoryContext(ctx, &q)
		if err == nil {
			page, next = got.Messages, got.ResponseMetaData.NextCursor
		}
		return err
	})
	return page, next, err
}

// Replies is a page of a thread, the oldest first (conversations.replies). next is
// empty after the last page.
func (c *Client) Replies(ctx context.Context, q slack.GetConversationRepliesParameters) (page []slack.Message, next string, err error) {
	err = c.call(ctx, "conversations.replies", q.ChannelID, func(ctx context.Context) (err error) {
		page, _, next, err = c.api.GetConversationRepliesContext(ctx, &q)
		return err
	})
	return page, next, err
}

// Conversation returns the channel of the bot's direct conversation with a user,
// opened if there was none (conversations.open).
func (c *Client) Conversation(ctx context.Context, user string) (channel string, err error) {
	var got *slack.Channel
	err = c.call(ctx, "conversations.open", user, func(ctx context.Context) (err error) {
		got, _, _, err = c.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{user}})
		return err
	})
	if err != nil {
		return "", err
	}
	if got == nil || got.ID == "" {
		return "", errors.New("slack conversations.open: no channel in the answer")
	}
	return got.ID, nil
}

// PostMessage posts to a channel, or to a user by id (chat.postMessage), and
// returns where the message stands.
func (c *Client) PostMessage(ctx context.Context, to string, options ...slack.MsgOption) (channel, ts string, err error) {
	err = c.call(ctx, "chat.postMessage", to, func(ctx context.Context) (err error) {
		channel, ts, err = c.api.PostMessageContext(ctx, to, options...)
		return err
	})
	return channel, ts, err
}

// PostEphemeral shows a message to one user in a channel (chat.postEphemeral).
func (c *Client) PostEphemeral(ctx context.Context, channel, user string, options ...slack.MsgOption) error {
	return c.call(ctx, "chat.postEphemeral", channel, func(ctx context.Context) error {
		_, err := c.api.PostEphemeralContext(ctx, channel, user, options...)
		return err
	})
}

// UpdateMessage replaces a message of the bot's (chat.update).
func (c *Client) UpdateMessage(ctx context.Context, channel, ts string, options ...slack.MsgOption) error {
	return c.call(ctx, "chat.update", channel, func(ctx context.Context) error {
		_, _, _, err := c.api.UpdateMessageContext(ctx, channel, ts, options...)
		return err
	})
}

// DeleteMessage deletes a message of the bot's (chat.delete).
func (c *Client) DeleteMessage(ctx context.Context, channel, ts string) error {
	return c.call(ctx, "chat.delete", channel, func(ctx context.Context) error {
		_, _, err := c.api.DeleteMessageContext(ctx, channel, ts)
		return err
	})
}

// Upload sends a file to Slack, which does not show it anywhere yet
// (files.getUploadURLExternal and a POST), and returns its id.
func (c *Client) Upload(ctx context.Context, name string, data []byte) (id string, err error) {
	var to *slack.GetUploadURLExternalResponse
	err = c.call(ctx, "files.getUploadURLExternal", "", func(ctx context.Context) (err error) {
		to, err = c.api.GetUploadURLExternalContext(ctx, slack.GetUploadURLExternalParameters{FileName: name, FileSize: len(data)})
		return err
	})
	if err != nil {
		return "", err
	}
	err = c.call(ctx, "upload", "", func(ctx context.Context) error { return c.send(ctx, to.UploadURL, data) })
	return to.FileID, err
}

// send posts a file's bytes as they are: slack-go makes a form of them whose end stands
// there twice.
func (c *Client) send(ctx context.Context, url string, data []byte) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(data))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/octet-stream")
	response, err := c.http.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	switch _, err := io.Copy(io.Discard, io.LimitReader(response.Body, 1000)); {
	case err != nil:
		return err
	case response.StatusCode == http.StatusTooManyRequests:
		after, _ := strconv.Atoi(response.Header.Get("Retry-After"))
		return &slack.RateLimitedError{RetryAfter: time.Duration(max(after, 1)) * time.Second}
	case response.StatusCode != http.StatusOK:
		return slack.StatusCodeError{Code: response.StatusCode, Status: response.Status}
	}
	return nil
}

// CompleteUpload ends an upload and shows the file in a channel's thread; nowhere
// when channel is empty (files.completeUploadExternal).
func (c *Client) CompleteUpload(ctx context.Context, id, title, channel, thread string) error {
	return c.call(ctx, "files.completeUploadExternal", channel, func(ctx context.Context) error {
		_, err := c.api.CompleteUploadExternalContext(ctx, slack.CompleteUploadExternalParameters{
			Files: []slack.FileSummary{{ID: id, Title: title}}, Channel: channel, ThreadTimestamp: thread,
		})
		return err
	})
}

// OpenView opens a modal (views.open). A trigger lives three seconds and can be
// used once.
func (c *Client) OpenView(ctx context.Context, trigger string, v slack.ModalViewRequest) (view *slack.ViewResponse, err error) {
	err = c.call(ctx, "views.open", "", func(ctx context.Context) (err error) {
		view, err = c.api.OpenViewContext(ctx, trigger, v)
		return err
	})
	return view, err
}

// View names a modal that is open: by its ID, maybe as it was when it had that
// Hash, or by the ExternalID that the bot gave it.
type View struct{ ID, Hash, ExternalID string }

// UpdateView replaces a modal that is open (views.update).
func (c *Client) UpdateView(ctx context.Context, which View, v slack.ModalViewRequest) error {
	return c.call(ctx, "views.update", "", func(ctx context.Context) error {
		_, err := c.api.UpdateViewContext(ctx, v, which.ExternalID, which.Hash, which.ID)
		return err
	})
}

// PublishView makes a view a user's home page (views.publish).
func (c *Client) PublishView(ctx context.Context, user string, v slack.HomeTabViewRequest) error {
	return c.call(ctx, "views.publish", user, func(ctx context.Context) error {
		_, err := c.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: v})
		return err
	})
}

// Respond posts to a response_url, which has no limit but its uses
// (docs.slack.dev/interactivity/handling-user-interaction). An error wraps
// [chat.ErrGone] when Slack doesn't take the address (any more).
func (c *Client) Respond(ctx context.Context, url string, m slack.WebhookMessage) error {
	body, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("response_url: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("response_url: %w", WithoutAddress(err))
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	response, err := c.http.Do(request)
	if err != nil {
		return fmt.Errorf("response_url: %w", WithoutAddress(err))
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, 1000)) // "ok", or an error in words
	switch {
	case err != nil:
		return fmt.Errorf("response_url: %w", err)
	case response.StatusCode >= http.StatusInternalServerError, response.StatusCode == http.StatusTooManyRequests:
		return fmt.Errorf("response_url: %s", response.Status)
	case response.StatusCode != http.StatusOK:
		return fmt.Errorf("response_url: %s %s: %w", response.Status, answer, chat.ErrGone)
	}
	return nil
}
