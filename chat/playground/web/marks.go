package web

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// marks are what people have read, as they are kept in a file.
type marks struct {
	// Chat is the epoch of the chat that they are of.
	Chat string `json:"chat"`
	// Base counts as read for all; Read is by person and place.
	Base int64            `json:"base"`
	Read map[string]int64 `json:"read"`
}

// keepEvery is how often marks are written, where they have changed. A process
// that is killed loses as much.
const keepEvery = time.Second

// recall reads the marks of an earlier process. A file that can't be read, or is
// of another chat, is as none: then everything counts as read.
func (b *board) recall(path string) error {
	if path == "" {
		return nil
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var m marks
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		return err
	}
	epoch := b.epoch()
	b.mu.Lock()
	defer b.mu.Unlock()
	if m.Chat == epoch && m.Read != nil && m.Base <= b.seq {
		b.base, b.read = m.Base, m.Read
	}
	return nil
}

// keepMarks writes the marks whenever they have changed, until the context ends.
func (p *Page) keepMarks(ctx context.Context) {
	if p.o.Marks == "" {
		return
	}
	tick := time.NewTicker(keepEvery)
	defer tick.Stop()
	for going := true; going; {
		select {
		case <-ctx.Done():
			going = false
		case <-tick.C:
		}
		if err := p.board.keep(p.o.Marks); err != nil {
			p.o.Log.Error("what people have read is not kept", "error", err)
		}
	}
}

// keep writes the marks if they have changed since.
func (b *board) keep(path string) error {
	m := marks{Chat: b.epoch()}
	b.mu.Lock()
	if !b.unkept {
		b.mu.Unlock()
		return nil
	}
	b.unkept = false
	m.Base, m.Read = b.base, b.read
	data, err := json.Marshal(m)
	b.mu.Unlock()
	if err != nil {
		return err
	}
	whole, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = whole.Write(data)
	if err = errors.Join(err, whole.Close()); err == nil {
		err = os.Rename(whole.Name(), path)
	}
	if err != nil {
		_ = os.Remove(whole.Name()) // it is of no use
	}
	return err
}
