package slack

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
)

// compose renders a message as the posts it takes; its pictures are uploaded
// for that.
func (p *Platform) compose(ctx context.Context, m chat.Message) ([]part, error) {
	ids, images, err := p.illustrate(ctx, m)
	if err != nil {
		return nil, err
	}
	parts := divide(m, pieces(m, ids))
	for i := range parts {
		parts[i].images = images
	}
	return parts, nil
}

// illustrate uploads a message's pictures. It returns the ids of the files, by
// the picture's place in the message, and the pictures by those ids.
func (p *Platform) illustrate(ctx context.Context, m chat.Message) (ids map[int]string, images map[string]chat.Picture, err error) {
	ids, images = map[int]string{}, map[string]chat.Picture{}
	for i, b := range m.Blocks {
		picture, ok := b.(chat.Picture)
		if !ok {
			continue
		}
		id, err := p.picture(ctx, picture)
		if err != nil {
			return nil, nil, err
		}
		ids[i], images[id] = id, picture
	}
	return ids, images, nil
}

// picture uploads a picture, once for all messages that have it.
func (p *Platform) picture(ctx context.Context, b chat.Picture) (id string, err error) {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q %q ", b.Name, b.Title, b.Alt)
	sum.Write(b.PNG)
	key := hex.EncodeToString(sum.Sum(nil))
	if id, ok := p.files.get(key); ok {
		return id, nil
	}
	id, err = p.put(ctx, b.Name, b.Alt, b.PNG)
	if err != nil {
		return "", err
	}
	if err := p.complete(ctx, id, first(b.Title, b.Name), "", ""); err != nil {
		return "", err
	}
	p.files.keep(key, id)
	return id, nil
}

// put sends a file to Slack, which does not show it anywhere yet.
func (p *Platform) put(ctx context.Context, name, alt string, data []byte) (id string, err error) {
	var to *slack.GetUploadURLExternalResponse
	err = p.call(ctx, "files.getUploadURLExternal", "", func(ctx context.Context) (err error) {
		to, err = p.api.GetUploadURLExternalContext(ctx, slack.GetUploadURLExternalParameters{
			FileName: name, FileSize: len(data), AltTxt: shortened(chat.Quiet(alt), maxAlt),
		})
		return err
	})
	if err != nil {
		return "", err
	}
	err = p.call(ctx, "upload", "", func(ctx context.Context) error {
		return p.api.UploadToURL(ctx, slack.UploadToURLParameters{UploadURL: to.UploadURL, Reader: bytes.NewReader(data), Filename: name})
	})
	return to.FileID, err
}

// complete ends an upload and shows the file in a channel's thread; nowhere
// when channel is empty.
func (p *Platform) complete(ctx context.Context, id, title, channel, thread string) error {
	return p.call(ctx, "files.completeUploadExternal", channel, func(ctx context.Context) error {
		_, err := p.api.CompleteUploadExternalContext(ctx, slack.CompleteUploadExternalParameters{
			Files: []slack.FileSummary{{ID: id, Title: chat.Quiet(title)}}, Channel: channel, ThreadTimestamp: thread,
		})
		return err
	})
}

// uploaded is a file on its way.
type uploaded struct{ id, title string }

// upload sends a message's files to Slack, to be shared once the message stands.
func (p *Platform) upload(ctx context.Context, m chat.Message) ([]uploaded, error) {
	var all []uploaded
	for _, b := range m.Blocks {
		if file, ok := b.(chat.File); ok {
			id, err := p.put(ctx, file.Name, "", file.Data)
			if err != nil {
				return nil, err
			}
			all = append(all, uploaded{id, file.Name})
		}
	}
	return all, nil
}

// uploadUnshown sends pictures to Slack that it would not show in their place.
func (p *Platform) uploadUnshown(ctx context.Context, t *part) error {
	for _, b := range t.unshown[len(t.aside):] {
		id, err := p.put(ctx, b.Name, b.Alt, b.PNG)
		if err != nil {
			return err
		}
		t.aside = append(t.aside, uploaded{id, first(b.Title, b.Name)})
	}
	return nil
}

// Slack takes a moment to process a picture, and refuses messages with it until
// then.
const (
	processTries = 7
	processPause = 200 * time.Millisecond // doubled each time
)

// whenProcessed posts until Slack has processed the part's pictures; when that
// takes too long the pictures are left out, to be shared otherwise.
func (p *Platform) whenProcessed(ctx context.Context, t *part, post func() error) error {
	pause := p.rates.scaled(processPause)
	for range processTries {
		err := post()
		if !unprocessed(err) || !t.hasImages() {
			return err
		}
		if !hopeful(ctx, pause) {
			return fmt.Errorf("a picture is being processed: %w", &chat.Later{After: pause, Err: errProcessing})
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
		pause *= 2
	}
	p.log.Warn("slack does not take a picture in its place; it goes into the thread")
	t.withoutImages()
	return post()
}

// errProcessing says that Slack is still busy with a picture.
var errProcessing = errors.New("slack has not processed it yet")

// unprocessed says whether Slack refused the message because of a picture.
func unprocessed(err error) bool {
	answer, ok := errors.AsType[slack.SlackErrorResponse](err)
	if !ok || answer.Err != "invalid_blocks" && answer.Err != "invalid_arguments" { // the latter for views
		return false
	}
	all := strings.ToLower(strings.Join(answer.ResponseMetadata.Messages, " "))
	return all == "" && answer.Err == "invalid_blocks" || strings.Contains(all, "slack_file") || strings.Contains(all, "slack file")
}

func (t *part) hasImages() bool {
	for _, b := range t.blocks {
		if _, ok := b.(*slack.ImageBlock); ok {
			return true
		}
	}
	return false
}

// withoutImages puts words in the place of pictures.
func (t *part) withoutImages() {
	var blocks []slack.Block
	for _, b := range t.blocks {
		image, ok := b.(*slack.ImageBlock)
		if !ok {
			blocks = append(blocks, b)
			continue
		}
		picture := t.images[image.SlackFile.ID]
		t.unshown = append(t.unshown, picture)
		for _, piece := range render(picture, "") {
			blocks = append(blocks, piece.blocks...)
		}
	}
	t.blocks = blocks
}
