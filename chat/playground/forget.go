package playground

import (
	"os"
	"slices"
	"time"

	"roundtable/chat"
)

// forgetAfter is how long what the bot edited may still be in the file as it read
// before: it edits often. What people edit or delete is gone at once.
const forgetAfter = 2 * time.Second

// rewriter is a store that can be written anew, without what is forgotten.
type rewriter interface {
	rewrite(name string, log []Change) error
}

// forgets says whether the changes leave words that nobody is to find any more, and
// whether a person did it.
func forgets(changes []Change) (some, byPerson bool) {
	for _, c := range changes {
		some = some || c.Edited != nil || c.Deleted != nil
		byPerson = byPerson || c.Deleted != nil || c.Edited != nil && c.Edited.By != (chat.PersonID{})
	}
	return some, byPerson
}

// forget writes the file anew without what posts said before they were edited or
// deleted, and takes it out of the changes. Only for [Chat.Redeliver] is what was said
// kept, until the chat is closed. What can't be left out yet is tried again soon. The
// caller holds the lock.
func (c *Chat) forget() {
	store, ok := c.store.(rewriter)
	if !ok {
		return
	}
	c.stopForgetting()
	log, all := c.state.withoutForgotten(c.log)
	if err := store.rewrite(c.idPrefix, log); err != nil {
		c.forgetSoon()
		return
	}
	c.log = log // a new one: others may be reading the old one
	if !all {
		c.forgetSoon()
	}
}

// forgetSoon has forget called in a while, if it isn't called before.
func (c *Chat) forgetSoon() {
	c.stopForgetting()
	c.forgetting = time.AfterFunc(forgetAfter, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.forget()
	})
}

// stopForgetting says whether forget was going to be called.
func (c *Chat) stopForgetting() bool { return c.forgetting != nil && c.forgetting.Stop() }

// withoutForgotten returns the changes without the words that were edited or deleted
// since. What the bot has not answered yet stays as it was said, and then it isn't all.
func (s *state) withoutForgotten(log []Change) (left []Change, all bool) {
	last := map[chat.PostID]int64{} // the last edit or deletion
	for _, c := range log {
		switch {
		case c.Edited != nil:
			last[c.Edited.Post] = c.Seq
		case c.Deleted != nil:
			last[*c.Deleted] = c.Seq
		}
	}
	left, all = slices.Clone(log), true
	for i, c := range left {
		switch {
		case c.Posted != nil && c.Seq < last[c.Posted.ID]:
			post := *c.Posted
			post.Message = chat.Message{Key: post.Message.Key}
			left[i].Posted = &post
		case c.Edited != nil && c.Seq < last[c.Edited.Post]:
			left[i].Edited = &Edit{Post: c.Edited.Post, By: c.Edited.By, Message: chat.Message{Key: c.Edited.Message.Key}}
		case c.Acted != nil && c.Seq < last[c.Acted.Post]:
			if slices.Contains(s.unanswered, c.Acted.ID) {
				all = false
				continue
			}
			act := c.Acted.withoutWords()
			left[i].Acted = &act
		}
	}
	return left, all
}

// withoutWords returns the act without what was written.
func (a Act) withoutWords() Act {
	a.Shown = ""
	switch {
	case a.Typed != nil:
		typed := *a.Typed
		typed.Text = ""
		a.Typed = &typed
	case a.Said != nil:
		said := *a.Said
		said.Text = ""
		a.Said = &said
	case a.Rewrote != nil:
		rewrote := *a.Rewrote
		rewrote.Text = ""
		a.Rewrote = &rewrote
	}
	return a
}

// isForgotten says whether the words are gone.
func (a Act) isForgotten() bool {
	return a.Shown == "" && (a.Typed != nil || a.Said != nil || a.Rewrote != nil)
}

// rewrite puts a new file in the place of the old one, at one moment, and locks it
// before anybody else can.
func (f *fileStore) rewrite(name string, log []Change) (err error) {
	if f.broken != nil {
		return f.broken
	}
	file, err := os.OpenFile(f.path+".new", os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	next := &fileStore{file: file}
	defer func() {
		if err != nil {
			_ = file.Close()
			_ = os.Remove(file.Name())
		}
	}()
	if err := lock(file); err != nil {
		return err
	}
	text := []byte(fileHeader + name + "\n")
	for _, change := range log {
		line, err := recordOf([]Change{change})
		if err != nil {
			return err
		}
		text = append(text, line...)
	}
	if err := next.write(text); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), f.path); err != nil {
		return err
	}
	_ = f.file.Close() // nobody needs the old one
	f.file, f.size = file, next.size
	return syncFolderOf(f.path)
}
