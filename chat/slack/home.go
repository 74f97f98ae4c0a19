package slack

import (
	"context"
	"log/slog"

	"github.com/slack-go/slack"

	"roundtable/chat"
	"roundtable/chat/slack/webapi"
)

// entered shows somebody their own page.
func (s *run) entered(e incomingEvent) {
	w := place{channel: e.Channel, user: s.p.people.resolve(s.ctx, e.User, ""), direct: true, home: true}
	in := s.incoming(w, "e/"+e.id, chat.Entered{})
	if reply, ok := s.handled(in, e.ack); ok && reply.Message != nil {
		s.p.homes.publish(s.ctx, w, *reply.Message)
	}
}

// refresh shows somebody's own page as it is after what they did there.
func (s *run) refresh(w place, id string) {
	if reply := s.ask(s.incoming(w, id+"/page", chat.Entered{})); reply.Message != nil {
		s.p.homes.publish(s.ctx, w, *reply.Message)
	}
}

// homes are people's own pages. Safe for concurrent use.
type homes struct {
	api     *webapi.Client
	log     *slog.Logger
	uploads *uploads
}

// publish makes a message somebody's own page.
func (p *homes) publish(ctx context.Context, w place, m chat.Message) {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	err := m.Check()
	var page part
	if err == nil {
		page, err = p.page(ctx, m)
	}
	if err == nil {
		err = p.api.Retry(ctx, func() error { return p.publishPage(ctx, w, &page) })
	}
	if err != nil {
		p.log.Error("somebody's page was not shown", "error", err)
	}
}

// page renders a page. One of more blocks than Slack takes ends early, visibly.
func (p *homes) page(ctx context.Context, m chat.Message) (part, error) {
	ids, images, err := p.uploads.illustrate(ctx, m)
	if err != nil {
		return part{}, err
	}
	page := part{images: images}
	for _, piece := range pieces(m, ids) {
		page.blocks = append(page.blocks, piece.blocks...)
	}
	if len(page.blocks) > maxViewBlock {
		page.blocks = append(page.blocks[:maxViewBlock-1], smallPrint("…")...)
	}
	return page, nil
}

func (p *homes) publishPage(ctx context.Context, w place, page *part) error {
	return p.uploads.whenProcessed(ctx, page, func() error {
		view := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: page.blocks}}
		return p.api.PublishView(ctx, w.user.id, view)
	})
}
