package mattermost

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// uploaded are a message's files on the server, in their order.
type uploaded struct {
	ids     model.StringArray
	refused map[string]bool // the names of those that the server doesn't take
	lacking error           // why it doesn't; nil when it takes all
}

// err is what the sender of the message is told; nil when all is shown.
func (u uploaded) err() error {
	if u.lacking == nil {
		return nil
	}
	return &chat.InWords{Err: u.lacking}
}

// upload gives files to the server. That it doesn't take one is no error: what it shows
// is said in words, and whether the bot may post there the post itself finds out.
func (p *poster) upload(ctx context.Context, channel string, files []file) (u uploaded, err error) {
	for _, f := range files {
		call, cancel := context.WithTimeout(ctx, uploadTimeout)
		up, resp, err := p.client.UploadFile(call, f.data, channel, f.name)
		cancel()
		if err != nil {
			why := apiError("upload a file", resp, err)
			if !refusesFile(resp, why) {
				return uploaded{}, why
			}
			if u.refused == nil {
				u.refused = map[string]bool{}
			}
			u.refused[f.name], u.lacking = true, why
			continue
		}
		if len(up.FileInfos) != 1 {
			return uploaded{}, fmt.Errorf("upload a file: the server tells of %d files", len(up.FileInfos))
		}
		u.ids = append(u.ids, up.FileInfos[0].Id)
	}
	return u, nil
}

// refusesFile says whether the server, or a proxy before it, doesn't take a file: files
// are switched off, it is too large, its kind isn't wanted, or the bot lacks the right.
func refusesFile(r *model.Response, err error) bool {
	switch statusCode(r) {
	case http.StatusForbidden, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType:
		return true // a proxy's words, too
	}
	return errors.Is(err, chat.ErrRefused) || errors.Is(err, chat.ErrGone)
}
