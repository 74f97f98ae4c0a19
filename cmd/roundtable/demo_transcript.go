package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"roundtable/chat"
	"roundtable/chat/playground"
)

// transcript prints a conversation as it happens, and saves its pictures.
type transcript struct {
	chat     *playground.Chat
	zone     *time.Location
	dir      string // where pictures are saved
	outs     []io.Writer
	writers  []*playground.TranscriptWriter // one for each of outs
	last     int64                          // the last change that was printed or skipped
	pictures int                            // saved so far
	private  map[chat.PersonID]bool         // whose private messages are printed
}

// printTo has the conversation printed there too, from now on.
func (t *transcript) printTo(w io.Writer, colour bool) {
	t.outs = append(t.outs, w)
	t.writers = append(t.writers, playground.NewTranscriptWriter(w, playground.Style{Colour: colour, Width: 100, Zone: t.zone, Bot: "Roundtable"}))
}

// print prints the changes since the last time, and saves their pictures. Private
// messages to others than t.private are only counted.
func (t *transcript) print() error {
	others := map[chat.PersonID]bool{}
	for _, c := range t.chat.Changes(t.last) {
		t.last = c.Seq
		if who, direct := t.recipient(c); direct && !t.private[who] {
			others[who] = true
			continue
		}
		for _, writer := range t.writers {
			if err := writer.Write(c); err != nil {
				return fmt.Errorf("print: %w", err)
			}
		}
		if err := t.savePictures(c); err != nil {
			return err
		}
	}
	if len(others) > 0 {
		t.narrate("   (%d others get theirs, each privately)", len(others))
	}
	return nil
}

// skip passes over the changes since the last time.
func (t *transcript) skip() {
	for _, c := range t.chat.Changes(t.last) {
		t.last = c.Seq
	}
}

// recipient returns the person to whom the bot has posted directly, if that is
// what changed.
func (t *transcript) recipient(c playground.Change) (who chat.PersonID, direct bool) {
	if c.Posted == nil || !c.Posted.ByBot() {
		return who, false
	}
	for _, p := range t.chat.People() {
		to := playground.Direct(p.ID)
		if to.Connection == c.Posted.ID.Connection && to.Channel == c.Posted.ID.Channel {
			return p.ID, true
		}
	}
	return who, false
}

func (t *transcript) savePictures(c playground.Change) error {
	if c.Posted == nil {
		return nil
	}
	for _, b := range c.Posted.Message.Blocks {
		p, ok := b.(chat.Picture)
		if !ok {
			continue
		}
		t.pictures++
		name := filepath.Join(t.dir, fmt.Sprintf("picture-%02d-%s", t.pictures, filepath.Base(p.Name)))
		if err := os.WriteFile(name, p.PNG, 0o600); err != nil {
			return fmt.Errorf("keep picture: %w", err)
		}
	}
	return nil
}

// scene prints the heading of a scene.
func (t *transcript) scene(now time.Time, title string) {
	t.narrate("━━ %s ━━ %s", now.In(t.zone).Format("Monday 2 January"), title)
}

// narrate prints a line of the narrator's.
func (t *transcript) narrate(format string, args ...any) {
	for _, w := range t.outs {
		fmt.Fprintf(w, "\n"+format+"\n", args...)
	}
}
