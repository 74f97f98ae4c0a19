package bot

import (
	"context"
	"errors"

	"roundtable/benchmark"
	"roundtable/benchmark/refusal"
	"roundtable/chat"
)

// Link seats a channel at the table whose facilitator gave out the code, and
// returns it. The error is the refusal "already-founded" when the channel is at a
// table, "code-unknown" when no table has given out that code, or the table's
// own.
func (ts *Tables) Link(ctx context.Context, in chat.Incoming, code string) (*Table, error) {
	ts.founding.Lock()
	defer ts.founding.Unlock()
	switch _, err := ts.bySeat(ctx, in.Channel); {
	case err == nil:
		return nil, &benchmark.Refusal{Reason: refusal.AlreadyFounded}
	case !errors.Is(err, ErrNoNetwork):
		return nil, err
	}
	t, err := ts.byCode(ctx, code)
	if err != nil {
		return nil, err
	}
	who := benchmark.Actor{Incoming: in.ID}
	t.Read(func(n *benchmark.Network) {
		if p, here := n.At(addressOf(in.From.ID)); here {
			who.By = p.ID
		}
	})
	_, err = t.Do(ctx, who, benchmark.LinkSeat{Code: code, Connection: in.Channel.Connection, Channel: in.Channel.Channel})
	return t, err
}

func (ts *Tables) byCode(ctx context.Context, code string) (*Table, error) {
	address, ok := benchmark.OfferAddress(code)
	if !ok {
		return nil, &benchmark.Refusal{Reason: refusal.CodeUnreadable}
	}
	id, err := ts.find(ctx, address)
	if errors.Is(err, ErrNoNetwork) {
		return nil, &benchmark.Refusal{Reason: refusal.CodeUnknown}
	}
	if err != nil {
		return nil, err
	}
	return ts.upToDate(ctx, id)
}

// Move follows a channel that has got another id. Nothing follows where the
// channel has no seat, or where the other one is at a table already.
func (ts *Tables) Move(ctx context.Context, incoming string, from, to chat.ChannelID) error {
	ts.founding.Lock()
	defer ts.founding.Unlock()
	id, err := ts.bySeat(ctx, from)
	if errors.Is(err, ErrNoNetwork) {
		return nil
	}
	if err != nil {
		return err
	}
	switch _, err := ts.bySeat(ctx, to); {
	case err == nil:
		return nil
	case !errors.Is(err, ErrNoNetwork):
		return err
	}
	t, err := ts.Table(ctx, id)
	if err != nil {
		return err
	}
	_, err = t.Do(ctx, benchmark.Actor{By: benchmark.Bot, Incoming: incoming}, benchmark.MoveSeat{From: benchmark.Place(from), To: benchmark.Place(to)})
	if errors.Is(err, benchmark.ErrRepeated) {
		return nil
	}
	return err
}
