package e2e

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/platformtest"
)

// waitTimeout is how long people wait for what they expect to see. It bounds what
// never comes; on a machine that does ten other things what comes takes a while.
const waitTimeout = 3 * time.Minute

// world is a network's people and channels, on one platform or several, and the
// bot that serves them.
type world struct {
	t     *testing.T
	bot   *program
	ahead time.Duration
	// connections are the bot's settings for the platforms.
	connections string
	// between, when not nil, happens between the acts of a round: a day on which
	// the platform isn't well.
	between func()
	// chats are the people's side of each connection.
	chats map[string]platformtest.Chat
	// seats are the network's channels; the first is where it is set up.
	seats []chat.ChannelID
	// people are by name: anna, ben, cia, dan, eva, finn.
	people map[string]person
}

// person is somebody, and the channel where they are.
type person struct {
	id   chat.PersonID
	home chat.ChannelID
}

func (w *world) chat(name string) platformtest.Chat { return w.chats[w.people[name].id.Connection] }

// must does something until it works: a platform may refuse while the bot is on
// its way up.
func (w *world) must(what string, do func(ctx context.Context) error) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), waitTimeout)
	defer cancel()
	for {
		err := do(ctx)
		if err == nil {
			return
		}
		if errors.Is(err, platformtest.ErrUnsupported) {
			w.t.Fatalf("%s: %v", what, err)
		}
		select {
		case <-ctx.Done():
			w.t.Fatalf("%s: %v", what, err)
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// until looks until it finds.
func until[T any](w *world, what string, look func(ctx context.Context) (T, bool, error)) T {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), waitTimeout)
	defer cancel()
	for {
		found, ok, err := look(ctx)
		if ok {
			return found
		}
		select {
		case <-ctx.Done():
			w.t.Fatalf("%s: not seen (%v)", what, err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// newest is the last of the posts that holds all the words.
func newest(posts []platformtest.Shown, words ...string) (platformtest.Shown, bool) {
	for _, post := range slices.Backward(posts) {
		if holds(post.Text, words...) {
			return post, true
		}
	}
	return platformtest.Shown{}, false
}

func holds(text string, words ...string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// types has somebody type a command where they are.
func (w *world) types(name, text string) {
	w.t.Helper()
	p := w.people[name]
	w.must(name+" types "+text, func(ctx context.Context) error { return w.chat(name).Type(ctx, p.id, p.home, text) })
}

// reads waits until somebody has been told something privately, in their channel
// or directly, and returns the post.
func (w *world) reads(name string, words ...string) platformtest.Shown {
	w.t.Helper()
	return w.readsAnew(name, [2]int{}, words...)
}

// tells is types and reads: what is told newly, not what was told before.
func (w *world) tells(name, text string, words ...string) platformtest.Shown {
	w.t.Helper()
	before := w.told(name)
	w.types(name, text)
	return w.readsAnew(name, before, words...)
}

// told is how much somebody has been told privately.
func (w *world) told(name string) (counts [2]int) {
	w.t.Helper()
	w.must("look at what "+name+" was told", func(ctx context.Context) error {
		private, err := w.chat(name).Private(ctx, w.people[name].id)
		if err != nil {
			return err
		}
		direct, err := w.chat(name).Direct(ctx, w.people[name].id)
		counts = [2]int{len(private), len(direct)}
		return err
	})
	return counts
}

func (w *world) readsAnew(name string, before [2]int, words ...string) platformtest.Shown {
	w.t.Helper()
	return until(w, fmt.Sprintf("%s reads %q", name, words), func(ctx context.Context) (platformtest.Shown, bool, error) {
		private, err := w.chat(name).Private(ctx, w.people[name].id)
		direct, err2 := w.chat(name).Direct(ctx, w.people[name].id)
		told := slices.Concat(private[min(before[0], len(private)):], direct[min(before[1], len(direct)):])
		found, ok := newest(told, words...)
		if !ok {
			err = errors.Join(err, err2, fmt.Errorf("but %q", textOf(told)))
		}
		return found, ok, err
	})
}

// sees waits until a post stands in a channel, or in the thread of a root.
func (w *world) sees(name string, root chat.PostID, words ...string) platformtest.Shown {
	w.t.Helper()
	p := w.people[name]
	return until(w, fmt.Sprintf("%s sees %q", name, words), func(ctx context.Context) (platformtest.Shown, bool, error) {
		posts, err := w.chat(name).Posts(ctx, p.home, root)
		found, ok := newest(posts, words...)
		if !ok {
			err = errors.Join(err, fmt.Errorf("but %q", textOf(posts)))
		}
		return found, ok, err
	})
}

// presses presses a button of a post.
func (w *world) presses(name string, post platformtest.Shown, label string) {
	w.t.Helper()
	w.must(name+" presses "+label, func(ctx context.Context) error {
		return w.chat(name).Press(ctx, w.people[name].id, post.ID, label)
	})
}

// opens presses a button that opens a form, and again when none comes: a page
// that has just lost its server misses one now and then, and people press again.
func (w *world) opens(name string, post platformtest.Shown, label string, words ...string) {
	w.t.Helper()
	w.asks(name, label, func(ctx context.Context) error { return w.chat(name).Press(ctx, w.people[name].id, post.ID, label) }, words...)
}

// typesForForm is opens, for a command.
func (w *world) typesForForm(name, text string, words ...string) {
	w.t.Helper()
	p := w.people[name]
	w.asks(name, text, func(ctx context.Context) error { return w.chat(name).Type(ctx, p.id, p.home, text) }, words...)
}

func (w *world) asks(name, what string, do func(context.Context) error, words ...string) {
	w.t.Helper()
	until(w, fmt.Sprintf("%s opens the form %s with %q", name, what, words), func(ctx context.Context) (bool, bool, error) {
		if err := do(ctx); err != nil {
			return false, false, err
		}
		for end := time.Now().Add(10 * time.Second); time.Now().Before(end) && ctx.Err() == nil; time.Sleep(50 * time.Millisecond) {
			if f, open, err := w.chat(name).Form(ctx, w.people[name].id); err == nil && open && holds(formText(f), words...) {
				return true, true, nil
			}
		}
		return false, false, errors.New("no form")
	})
}

// form waits for a form with these words in its title, errors and fields.
func (w *world) form(name string, words ...string) chat.Form {
	w.t.Helper()
	return until(w, fmt.Sprintf("%s has a form with %q", name, words), func(ctx context.Context) (chat.Form, bool, error) {
		f, open, err := w.chat(name).Form(ctx, w.people[name].id)
		return f, open && holds(formText(f), words...), err
	})
}

func formText(f chat.Form) string {
	var b strings.Builder
	fmt.Fprintln(&b, f.Title, f.Intro, f.Error)
	for _, field := range f.Fields {
		fmt.Fprintln(&b, field.Name, field.Label, field.Error)
	}
	return b.String()
}

// fills fills in the form that is open and sends it.
func (w *world) fills(name string, values map[string]string) {
	w.t.Helper()
	f := until(w, fmt.Sprintf("%s has a form for %v", name, values), func(ctx context.Context) (chat.Form, bool, error) {
		f, open, err := w.chat(name).Form(ctx, w.people[name].id)
		return f, open && asks(f, values), err
	})
	typed := map[string]string{}
	for _, field := range f.Fields {
		if v, ok := values[field.Name]; ok {
			typed[field.Name] = meant(field, v)
		}
	}
	w.must(name+" sends the form "+f.Title, func(ctx context.Context) error {
		return w.chat(name).Fill(ctx, w.people[name].id, typed)
	})
}

// meant is an option's value where somebody chose it by what is read.
func meant(f chat.Field, choice string) string {
	for _, o := range f.Options {
		if o.Label == choice {
			return o.Value
		}
	}
	return choice
}

// asks says whether a form has all of these fields.
func asks(f chat.Form, values map[string]string) bool {
	for name := range values {
		if !slices.ContainsFunc(f.Fields, func(field chat.Field) bool { return field.Name == name }) {
			return false
		}
	}
	return true
}

// says has somebody write into the thread of a post.
func (w *world) says(name string, root platformtest.Shown, text string) {
	w.t.Helper()
	p := w.people[name]
	w.must(name+" says something", func(ctx context.Context) error { return w.chat(name).Say(ctx, p.id, p.home, root.ID, text) })
}

// later moves the clock by starting the bot again.
func (w *world) later(to time.Time) {
	w.t.Helper()
	w.bot.stop()
	w.ahead = time.Until(to)
	w.bot.start(w.ahead)
}
