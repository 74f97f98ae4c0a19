package slack_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat"
	"roundtable/chat/slack/slacktest"
)

const voices = chat.MaxBlocks - 2

// summary is a message of three posts and two files.
func summary(key string) chat.Message {
	m := chat.Message{Text: "summary", Key: key}
	for i := range voices {
		m.Blocks = append(m.Blocks, chat.Quote{Text: fmt.Sprintf("voice-%d", i), By: "Anna"})
	}
	for _, name := range []string{"one.csv", "two.csv"} {
		m.Blocks = append(m.Blocks, chat.File{Name: name, MediaType: "text/csv", Data: []byte("a;b")})
	}
	return m
}

// errand is one way to deliver a message, and to look for it afterwards.
type errand struct {
	send func(context.Context, *stage, chat.Message) (chat.PostID, error)
	find func(context.Context, *stage, string) (chat.PostID, bool, error)
	// reads are all posts of the bot's where it goes, but for the root.
	reads func(*stage) []slacktest.Post
}

// once does what the courier does after a crash: it looks, then sends; again when
// something fails.
func (e errand) once(st *stage, m chat.Message) chat.PostID {
	st.t.Helper()
	for {
		post, found, err := e.find(st.ctx, st, m.Key)
		if err == nil && !found {
			post, err = e.send(st.ctx, st, m)
		}
		if err == nil {
			return post
		}
		if errors.Is(err, chat.ErrGone) || errors.Is(err, chat.ErrRefused) || st.ctx.Err() != nil {
			st.t.Fatalf("given up: %v", err)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// try delivers once, over so many calls; where it isn't known yet whether a file
// is there it is tried again.
func (e errand) try(st *stage, m chat.Message, calls int) error {
	for {
		st.slack.CutAfter(calls)
		_, found, err := e.find(st.ctx, st, m.Key)
		if err == nil && !found {
			_, err = e.send(st.ctx, st, m)
		}
		if _, later := errors.AsType[*chat.Later](err); !later || st.slack.Reached() || st.ctx.Err() != nil {
			return err
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func errands() map[string]func(*stage) errand {
	among := func(st *stage, root string) []slacktest.Post {
		all, err := st.slack.Replies(st.ward.ID, root)
		st.must(err)
		return all
	}
	return map[string]func(*stage) errand{
		"root": func(*stage) errand {
			return errand{
				send: func(ctx context.Context, st *stage, m chat.Message) (chat.PostID, error) {
					return st.p.Post(ctx, st.here, chat.PostID{}, m)
				},
				find: func(ctx context.Context, st *stage, key string) (chat.PostID, bool, error) {
					return st.p.Find(ctx, st.here, chat.PostID{}, key)
				},
				reads: func(st *stage) []slacktest.Post {
					all, err := st.slack.Posts(st.ward.ID)
					st.must(err)
					for _, root := range slices.Clone(all) {
						all = append(all, among(st, root.TS)...)
					}
					return all
				},
			}
		},
		"thread": func(st *stage) errand {
			root := st.post(chat.Say("root"))
			return errand{
				send: func(ctx context.Context, st *stage, m chat.Message) (chat.PostID, error) {
					return st.p.Post(ctx, st.here, root, m)
				},
				find: func(ctx context.Context, st *stage, key string) (chat.PostID, bool, error) {
					return st.p.Find(ctx, st.here, root, key)
				},
				reads: func(st *stage) []slacktest.Post { return among(st, root.Message) },
			}
		},
		"direct": func(*stage) errand {
			return errand{
				send: func(ctx context.Context, st *stage, m chat.Message) (chat.PostID, error) {
					return st.p.Direct(ctx, st.one, m)
				},
				find: func(ctx context.Context, st *stage, key string) (chat.PostID, bool, error) {
					return st.p.FindDirect(ctx, st.one, key, time.Time{})
				},
				reads: func(st *stage) []slacktest.Post { return st.anna.Directs(st.app) },
			}
		},
	}
}

// stands waits until the summary stands there whole, and says how often each of
// its pieces does.
func (e errand) stands(st *stage) {
	st.t.Helper()
	want := map[string]int{"one.csv": 1, "two.csv": 1}
	for i := range voices {
		want[fmt.Sprintf("voice-%d", i)] = 1
	}
	count := func() map[string]int {
		got := map[string]int{}
		for _, post := range e.reads(st) {
			for word := range strings.FieldsSeq(post.Text) {
				if strings.HasPrefix(word, "voice-") {
					got[word]++
				}
			}
			for _, f := range post.Files {
				got[f]++
			}
		}
		return got
	}
	st.eventually(func() string {
		if diff := cmp.Diff(want, count()); diff != "" {
			return "what stands there (-want +got):\n" + diff
		}
		return ""
	})
	st.eventually(func() string { // and nothing more is on its way
		if n := st.slack.Unprocessed(); n > 0 {
			return fmt.Sprintf("%d files are on their way", n)
		}
		return ""
	})
	if diff := cmp.Diff(want, count()); diff != "" {
		st.t.Errorf("what stands there afterwards (-want +got):\n%s", diff)
	}
}

// TestCrashBetweenPosts ends the process after every call that a message of
// several posts and files takes, and again while the next process mends it: it
// stands there whole, once.
func TestCrashBetweenPosts(t *testing.T) {
	for name, begin := range errands() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for cut := 0; ; cut++ {
				crashes(t, begin, cut, (cut+4)%11)
				if crashes(t, begin, cut, cut%7) {
					if cut < 9 {
						t.Errorf("it took %d calls only", cut)
					}
					return
				}
			}
		})
	}
}

// crashes cuts one delivery short, and the first that mends it; whole says that
// the delivery took fewer calls.
func crashes(t *testing.T, begin func(*stage) errand, first, second int) (whole bool) {
	t.Helper()
	st := newStage(t)
	st.app.Subscribe("app_uninstalled") // nobody takes others
	e := begin(st)
	m := summary("k/whole")
	for i, cut := range []int{first, second} {
		err := e.try(st, m, cut)
		reached := st.slack.Reached()
		if reached == (err == nil) {
			t.Errorf("cut after %d calls (%v), and the error is %v", cut, reached, err)
		}
		whole = whole || i == 0 && !reached
		st.slack.CutAfter(-1)
		st.connect()
	}
	post := e.once(st, m)
	e.stands(st)
	found, ok, err := e.find(st.ctx, st, m.Key)
	if err != nil || !ok || found != post {
		t.Errorf("cut after %d and %d calls: Find = %v, %v, %v, want %v", first, second, found, ok, err, post)
	}
	return whole
}

// What Slack fails to take, or takes without saying so, is neither lost nor
// doubled, by one process alone.
func TestLongMessageOnABadDay(t *testing.T) {
	for name, begin := range errands() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(6) {
				st := newStage(t, slacktest.Options{Hurry: haste, Seed: seed})
				st.app.Subscribe("app_uninstalled") // nobody takes others
				e := begin(st)
				st.slack.Fail(slacktest.Faults{TooMany: 0.1, Server: 0.2, Unanswered: 0.1, Hang: 5 * time.Millisecond})
				e.once(st, summary("k/whole"))
				st.slack.Fail(slacktest.Faults{})
				e.stands(st)
			}
		})
	}
}
