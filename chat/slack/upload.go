package slack

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"roundtable/chat"
	"roundtable/chat/adapter"
	"roundtable/chat/slack/webapi"
)

// uploads are the files that messages need. Safe for concurrent use.
type uploads struct {
	api   *webapi.Client
	log   *slog.Logger
	known *adapter.Cache[string, string] // ids of uploaded pictures, by what they show
}

func newUploads(api *webapi.Client, o Options) *uploads {
	return &uploads{api: api, log: o.Log, known: adapter.NewCache[string, string](500, 24*time.Hour, o.Clock)}
}

// shortfall notes that pictures and files of a message go in words, and why.
type shortfall struct{ why error }

// takes says whether an error means that a file goes in words, and notes it.
func (w *shortfall) takes(err error) bool {
	if !webapi.RefusesFiles(err) {
		return false
	}
	w.why = err
	return true
}

// err is what the sender of the message is told; nil when all is shown.
func (w *shortfall) err() error {
	if w.why == nil {
		return nil
	}
	return &chat.InWords{Err: w.why}
}

// compose renders a message as the posts it takes; its pictures are uploaded
// for that. Those that Slack does not take are in words.
func (u *uploads) compose(ctx context.Context, m chat.Message) ([]postPart, error) {
	words := &shortfall{}
	ids, images, err := u.illustrate(ctx, m, words)
	if err != nil {
		return nil, err
	}
	parts := divide(m, pieces(m, ids))
	for i := range parts {
		parts[i].images, parts[i].words = images, words
	}
	return parts, nil
}

// illustrate uploads a message's pictures. It returns the ids of the files, by
// the picture's place in the message, and the pictures by those ids.
func (u *uploads) illustrate(ctx context.Context, m chat.Message, words *shortfall) (ids map[int]string, images map[string]chat.Picture, err error) {
	ids, images = map[int]string{}, map[string]chat.Picture{}
	for i, b := range m.Blocks {
		picture, ok := b.(chat.Picture)
		if !ok {
			continue
		}
		id, err := u.picture(ctx, picture)
		if words.takes(err) {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		ids[i], images[id] = id, picture
	}
	return ids, images, nil
}

// picture uploads a picture, once for all messages that have it.
func (u *uploads) picture(ctx context.Context, b chat.Picture) (id string, err error) {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q %q ", b.Name, b.Title, b.Alt)
	sum.Write(b.PNG)
	key := hex.EncodeToString(sum.Sum(nil))
	if id, ok := u.known.Get(key); ok {
		return id, nil
	}
	id, err = u.upload(ctx, b.Name, b.PNG)
	if err != nil {
		return "", err
	}
	if err := u.complete(ctx, id, cmp.Or(b.Title, b.Name), "", ""); err != nil {
		return "", err
	}
	u.known.Put(key, id)
	return id, nil
}

// upload sends a file to Slack, which does not show it anywhere yet. What a picture
// shows stands in the message, in its block or beside it: an upload takes half as much
// of it, and one with alt_txt may be shown nowhere without a word
// (python-slack-sdk 1575, 1818).
func (u *uploads) upload(ctx context.Context, name string, data []byte) (id string, err error) {
	return u.api.Upload(ctx, name, data)
}

// complete ends an upload and shows the file in a channel's thread; nowhere
// when channel is empty.
func (u *uploads) complete(ctx context.Context, id, title, channel, thread string) error {
	return u.api.CompleteUpload(ctx, id, chat.Quiet(title), channel, thread)
}

// uploaded is a file on its way.
type uploaded struct{ id, title string }

// files sends a message's files to Slack, to be shared once the message stands.
func (u *uploads) files(ctx context.Context, m chat.Message, words *shortfall) ([]uploaded, error) {
	var all []uploaded
	for _, file := range filesIn(m) {
		id, err := u.upload(ctx, file.Name, file.Data)
		if words.takes(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, uploaded{id, file.Name})
	}
	return all, nil
}

// uploadUnshown sends pictures to Slack that it would not show in their place.
func (u *uploads) uploadUnshown(ctx context.Context, t *postPart) error {
	for _, b := range t.unshown[len(t.aside):] {
		id, err := u.upload(ctx, b.Name, b.PNG)
		if t.words.takes(err) {
			t.unshown = t.unshown[:len(t.aside)]
			return nil
		}
		if err != nil {
			return err
		}
		t.aside = append(t.aside, uploaded{id, cmp.Or(b.Title, b.Name)})
	}
	return nil
}

// Slack takes a moment to process a picture, and refuses messages with it until
// then.
const (
	processTries = 8
	processPause = 200 * time.Millisecond // doubled each time
)

// whenProcessed posts until Slack has processed the part's pictures; when that
// takes too long the pictures are left out, to be shared otherwise.
func (u *uploads) whenProcessed(ctx context.Context, t *postPart, post func() error) error {
	tries, pause := 0, time.Duration(0)
	r := adapter.Retry{
		First: u.api.Scaled(processPause), Longest: u.api.Scaled(processPause << processTries), Growth: 2, Exact: true, Tries: processTries,
		Worth: func(err error) bool { return unprocessed(err) && t.hasImages() },
		Pause: func(_ error, d time.Duration) time.Duration { pause = d; return d },
	}
	err := r.Do(ctx, func() error {
		tries++
		return post()
	})
	if t.hasImages() && t.words.takes(err) {
		t.withoutImages()
		t.unshown = nil
		return post()
	}
	switch {
	case !r.Worth(err):
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case tries < processTries: // the context would not live until the next
		return fmt.Errorf("a picture is being processed: %w", &chat.Later{After: pause, Err: errProcessing})
	}
	u.log.Warn("slack does not take a picture in its place; it goes into the thread")
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

func (t *postPart) hasImages() bool {
	for _, b := range t.blocks {
		if _, ok := b.(*slack.ImageBlock); ok {
			return true
		}
	}
	return false
}

// withoutImages puts words in the place of pictures.
func (t *postPart) withoutImages() {
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
