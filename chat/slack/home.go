package slack

import (
	"context"
	"log/slog"

	"github.com/slack-go/slack"

	"roundtable/chat"
	"roundtable/chat/slack/webapi"
)

// entered shows somebody their own page.
func (r *run) entered(e incomingEvent) {
	user, known := r.who(e.User, "", e.ack)
	if !known {
		return
	}
	w := place{channel: e.Channel, user: user, direct: true, home: true}
	in := r.incoming(w, "e/"+e.id, chat.Entered{})
	if reply, ok := r.dispatch(in, e.ack); ok && reply.Message != nil {
		r.p.homes.publish(r.ctx, w, *reply.Message)
	}
}

// refresh shows somebody's own page as it is after what they did there.
func (r *run) refresh(w place, id string) {
	if reply := r.ask(r.incoming(w, id+"/page", chat.Entered{})); reply.Message != nil {
		r.p.homes.publish(r.ctx, w, *reply.Message)
	}
}

// homes are people's own pages. Safe for concurrent use.
type homes struct {
	api     *webapi.Client
	log     *slog.Logger
	uploads *uploads
}

// publish makes a message somebody's own page.
func (h *homes) publish(ctx context.Context, w place, m chat.Message) {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	err := m.Check()
	var page postPart
	if err == nil {
		page, err = h.page(ctx, m)
	}
	if err == nil {
		err = h.api.Retry(ctx, func() error { return h.publishPage(ctx, w, &page) })
	}
	if err != nil {
		h.log.Error("somebody's page was not shown", "error", err)
	}
}

// page renders a page. One of more blocks than Slack takes ends early, visibly.
func (h *homes) page(ctx context.Context, m chat.Message) (postPart, error) {
	words := &shortfall{}
	ids, images, err := h.uploads.illustrate(ctx, m, words)
	if err != nil {
		return postPart{}, err
	}
	page := postPart{images: images, words: words}
	for _, piece := range pieces(m, ids) {
		page.blocks = append(page.blocks, piece.blocks...)
	}
	if len(page.blocks) > maxViewBlock {
		page.blocks = append(page.blocks[:maxViewBlock-1], smallPrint("…")...)
	}
	return page, nil
}

func (h *homes) publishPage(ctx context.Context, w place, page *postPart) error {
	return h.uploads.whenProcessed(ctx, page, func() error {
		view := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: page.blocks}}
		return h.api.PublishView(ctx, w.user.id, view)
	})
}
