package slack

import (
	"context"

	"github.com/slack-go/slack"

	"roundtable/chat"
)

// entered shows somebody their own page.
func (s *shift) entered(e incomingEvent) {
	w := place{channel: e.Channel, user: s.p.person(s.ctx, e.User, ""), direct: true, home: true}
	in := s.p.incoming(w, "e/"+e.id, chat.Entered{})
	if reply, ok := s.handled(in, e.ack); ok && reply.Message != nil {
		s.p.publish(s.ctx, w, *reply.Message)
	}
}

// refresh shows somebody's own page as it is after what they did there.
func (s *shift) refresh(w place, id string) {
	if reply := s.ask(s.p.incoming(w, id+"/page", chat.Entered{})); reply.Message != nil {
		s.p.publish(s.ctx, w, *reply.Message)
	}
}

// publish makes a message somebody's own page.
func (p *Platform) publish(ctx context.Context, w place, m chat.Message) {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	err := m.Check()
	var page part
	if err == nil {
		page, err = p.page(ctx, m)
	}
	if err == nil {
		err = p.patiently(ctx, func() error { return p.publishPage(ctx, w, &page) })
	}
	if err != nil {
		p.log.Error("somebody's page was not shown", "error", err)
	}
}

// page renders a page. One of more blocks than Slack takes ends early, visibly.
func (p *Platform) page(ctx context.Context, m chat.Message) (part, error) {
	ids, images, err := p.illustrate(ctx, m)
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

func (p *Platform) publishPage(ctx context.Context, w place, page *part) error {
	return p.whenProcessed(ctx, page, func() error {
		view := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: page.blocks}}
		return p.call(ctx, "views.publish", w.user.id, func(ctx context.Context) error {
			_, err := p.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: w.user.id, View: view})
			return err
		})
	})
}
