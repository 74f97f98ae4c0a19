package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/chat/platformtest"
	"roundtable/journal/sqlite"
)

// killCount is how often the bot is killed: a few times in every run, as often
// as ROUNDTABLE_KILLS says when somebody wants to know.
func killCount(t *testing.T) int {
	t.Helper()
	many, err := strconv.Atoi(os.Getenv("ROUNDTABLE_KILLS"))
	if err != nil {
		return 5
	}
	return many
}

// kills lets people talk and answer while the bot is killed at random moments,
// and counts afterwards. between is how long a person waits between two acts.
func kills(w *world, between time.Duration) {
	w.t.Helper()
	due, closes := calendar(time.Now())
	setUp(w)
	w.tells("anna", "open "+lastQuarter+" due "+due.Format(time.DateOnly)+" closes "+closes.Format(time.DateOnly), "is open")
	k := &killTest{world: w, said: map[string]act{}}
	ctx, stop := context.WithCancel(w.t.Context())
	defer stop()
	var talking sync.WaitGroup
	for _, name := range names {
		root := w.sees(name, chat.PostID{}, opening).ID
		talking.Go(func() { k.live(ctx, name, root, between) })
	}
	dice := rand.New(rand.NewPCG(rand.Uint64(), 1))
	many := killCount(w.t)
	for n := range many {
		if dice.IntN(4) == 0 { // else it may die while it starts
			w.bot.kill()
			w.bot.launch(w.ahead)
			time.Sleep(time.Duration(dice.IntN(200)) * time.Millisecond)
		} else {
			time.Sleep(time.Duration(50+dice.IntN(900)) * time.Millisecond)
		}
		w.bot.kill()
		w.t.Logf("killed %d of %d", n+1, many)
		w.bot.start(w.ahead)
	}
	stop()
	talking.Wait()
	k.verify()
}

// killTest is what people did meanwhile, by its mark.
type killTest struct {
	*world
	mu   sync.Mutex
	said map[string]act
}

// act is one thing that somebody did.
type act struct {
	kind         string // remark, ask or submit
	acknowledged bool
}

// live is what a person does all the time.
func (k *killTest) live(ctx context.Context, name string, root chat.PostID, between time.Duration) {
	dice := rand.New(rand.NewPCG(rand.Uint64(), 2))
	for n := 0; ctx.Err() == nil; n++ {
		mark := fmt.Sprintf("mark-%s-%d.", name, n)
		kind := []string{"remark", "ask", "submit", "submit"}[dice.IntN(4)]
		if kind == "submit" { // known by its denominator, as its note goes when the next one comes
			mark = strconv.Itoa(1_000_000 + 1000*slices.Index(names, name) + n)
		}
		k.note(mark, act{kind: kind})
		if k.do(ctx, kind, name, root, mark, 1000+n) == nil {
			k.note(mark, act{kind, true})
		}
		select {
		case <-ctx.Done():
		case <-time.After(between/2 + time.Duration(dice.Int64N(int64(between)))):
		}
	}
}

func (k *killTest) note(mark string, a act) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.said[mark] = a
}

// do does it, and returns nil once the person has seen that it was taken.
func (k *killTest) do(ctx context.Context, kind, name string, root chat.PostID, mark string, number int) error {
	// Long enough that what comes later is no answer to the next thing they do: only
	// of a bot that was killed there is none.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	p, talk := k.people[name], k.chat(name)
	switch kind {
	case "remark":
		return talk.Say(ctx, p.id, p.home, root, mark)
	case "ask":
		return k.answered(ctx, name, "ask falls "+mark, "Asked")
	default:
		return k.answered(ctx, name, fmt.Sprintf("submit falls %d/%s", number, mark), strconv.Itoa(number)[1:])
	}
}

// answered types a command and waits for the private answer.
func (k *killTest) answered(ctx context.Context, name, text, answer string) error {
	p, talk := k.people[name], k.chat(name)
	before, err := talk.Private(ctx, p.id)
	if err != nil {
		return err
	}
	if err := talk.Type(ctx, p.id, p.home, text); err != nil {
		return err
	}
	for ctx.Err() == nil {
		now, err := talk.Private(ctx, p.id)
		if err == nil && len(now) > len(before) {
			if _, ok := newest(now[len(before):], answer); ok {
				return nil
			}
			return errors.New("another answer")
		}
		time.Sleep(20 * time.Millisecond)
	}
	return ctx.Err()
}

// verify waits until nothing more comes, and counts in the channel and in the
// journal.
func (k *killTest) verify() {
	k.t.Helper()
	w := k.world
	// A last question: it is posted after all that was asked before.
	for _, name := range w.onePerSeat() {
		mark := "last-" + name + "."
		w.tells(name, "ask falls "+mark, "Asked")
		k.note(mark, act{"ask", true})
	}
	// What the platform could not deliver comes again, on Slack after minutes; and
	// what nobody was told had worked may have worked, and come later.
	for end := time.Now().Add(waitTimeout); k.mismatches() != "" && time.Now().Before(end); {
		time.Sleep(time.Second)
	}
	w.bot.stop()
	if wrong := k.mismatches(); wrong != "" {
		k.t.Error(wrong)
	}
	counted := map[string]int{}
	for _, a := range k.said {
		counted[a.kind]++
	}
	k.t.Logf("%d remarks, %d questions, %d submissions; each acknowledged one once", counted["remark"], counted["ask"], counted["submit"])
}

// mismatches says what doesn't stand in the journal and in the threads as often as it
// should, a line each; nothing when all is well.
func (k *killTest) mismatches() string {
	k.t.Helper()
	w := k.world
	var b strings.Builder
	journal := k.journal(filepath.Join(w.bot.dir, "journal.db"))
	for _, name := range w.onePerSeat() {
		home := w.people[name].home
		roots, err := w.chat(name).Posts(k.t.Context(), home, chat.PostID{})
		if got := count(roots, opening); got != 1 || err != nil {
			fmt.Fprintf(&b, "the opening stands %d times at %s (%v)\n", got, home.Channel, err)
			continue
		}
		root, _ := newest(roots, opening)
		posts, err := w.chat(name).Posts(k.t.Context(), home, root.ID)
		if err != nil {
			fmt.Fprintf(&b, "the thread at %s: %v\n", home.Channel, err)
		}
		thread := textOf(posts)
		for mark, a := range k.said {
			many := strings.Count(journal, mark)
			if many > 1 || a.acknowledged && many == 0 {
				fmt.Fprintf(&b, "%s (%s, acknowledged: %v) stands %d times in the journal\n", mark, a.kind, a.acknowledged, many)
			}
			want := many
			if a.kind == "submit" {
				want = 0
			}
			if got := strings.Count(thread, mark); got != want {
				fmt.Fprintf(&b, "%s (%s) stands %d times in the thread at %s, and %d times in the journal\n", mark, a.kind, got, home.Channel, many)
			}
		}
	}
	return b.String()
}

func textOf(posts []platformtest.Shown) string {
	var b strings.Builder
	for _, p := range posts {
		fmt.Fprintln(&b, p.Text)
	}
	return b.String()
}

// journal is everything that people wrote and the denominators that they answered, as the
// bot's file has it.
func (k *killTest) journal(path string) string {
	k.t.Helper()
	j, err := sqlite.Open(path)
	if err != nil {
		k.t.Fatal(err)
	}
	defer func() { _ = j.Close() }()
	networks, err := j.Networks(k.t.Context())
	if err != nil || len(networks) != 1 {
		k.t.Fatalf("%d networks, %v", len(networks), err)
	}
	var b strings.Builder
	for entry, err := range j.Read(k.t.Context(), networks[0], 1) {
		if err != nil {
			k.t.Fatal(err)
		}
		if entry.Kind == "text.written" {
			b.Write(entry.Data)
			b.WriteByte('\n')
		}
		if entry.Kind == "answer.given" {
			var answer struct {
				Body struct{ Figure benchmark.Figure }
			}
			if err := json.Unmarshal(entry.Data, &answer); err != nil {
				k.t.Fatal(err)
			}
			fmt.Fprintf(&b, "denominator %.0f\n", answer.Body.Figure.Denominator)
		}
	}
	return b.String()
}
