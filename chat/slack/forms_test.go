package slack_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat"
	"roundtable/chat/slack/slacktest"
)

// long is a form of so many sections with as many fields.
func long(sections, fields int) chat.Form {
	f := chat.Form{Name: "submit", Title: "Submit", Submit: "Send", Intro: "About falls.", State: strings.Repeat(`"\<`, 600)}
	for s := range sections {
		for n := range fields {
			f.Fields = append(f.Fields, chat.Field{Name: fmt.Sprintf("s%d.f%d", s, n), Label: "Value", Section: fmt.Sprintf("Section %d", s), Optional: true})
		}
	}
	return f
}

func TestPages(t *testing.T) {
	st := newStage(t)
	var replies []func(chat.Filled) chat.Reply
	st.run(func(in chat.Incoming) chat.Reply {
		if f, ok := in.What.(chat.Filled); ok {
			reply := replies[0](f)
			replies = replies[1:]
			return reply
		}
		form := long(10, 10)
		return chat.Reply{Form: &form}
	})
	mistaken := long(10, 10)
	mistaken.Fields[0].Error = "that can't be"
	replies = []func(chat.Filled) chat.Reply{
		func(chat.Filled) chat.Reply { return chat.Reply{Form: &mistaken} },
		func(chat.Filled) chat.Reply { return say("thanks") },
	}
	st.must(st.anna.Type(st.ctx, st.app, st.ward.ID, "/round submit"))
	st.next()
	first := st.modal("Submit")
	if len(first.Fields) < 60 || len(first.Fields) >= 100 || len(first.Fields)%10 != 0 || first.Submit != "form-next" {
		t.Fatalf("the first page has %d fields and the button %q", len(first.Fields), first.Submit)
	}
	st.must(st.anna.Fill(map[string]string{"s0.f0": "one"}))
	st.must(st.anna.Submit(st.ctx))
	second := st.modal("Submit")
	if len(first.Fields)+len(second.Fields) != 100 || second.Submit != "Send" {
		t.Fatalf("the second page has %d fields and the button %q", len(second.Fields), second.Submit)
	}
	st.must(st.anna.Fill(map[string]string{"s9.f9": "last"}))
	st.must(st.anna.PressHere(st.ctx, "form-back"))
	st.eventually(func() string {
		m, _ := st.anna.Modal()
		if m.Submit != "form-next" || m.Fields[0].Value != "one" {
			return fmt.Sprintf("the button is %q, the fields are %+v", m.Submit, m.Fields)
		}
		return ""
	})
	st.must(st.anna.Fill(map[string]string{"s0.f0": "two"}))
	st.must(st.anna.Submit(st.ctx))
	if m := st.modal("Submit"); m.Fields[len(m.Fields)-1].Value != "last" {
		t.Errorf("the last field holds %q", m.Fields[len(m.Fields)-1].Value)
	}
	st.must(st.anna.Submit(st.ctx))
	filled, _ := st.next().What.(chat.Filled)
	if filled.Values["s0.f0"] != "two" || filled.Values["s9.f9"] != "last" || len(filled.Values) != 100 || filled.State != mistaken.State {
		t.Errorf("what came has %d values: %q, %q", len(filled.Values), filled.Values["s0.f0"], filled.Values["s9.f9"])
	}
	// A mistake on the first page brings that page back, with everything typed.
	st.eventually(func() string {
		m, _ := st.anna.Modal()
		if m.Submit != "form-next" || !strings.Contains(m.Text, "that can't be") || m.Fields[0].Value != "two" {
			return fmt.Sprintf("the button is %q, the fields are %+v, and it reads %q", m.Submit, m.Fields, m.Text)
		}
		return ""
	})
	st.must(st.anna.Submit(st.ctx))
	st.must(st.anna.Submit(st.ctx))
	again, _ := st.next().What.(chat.Filled)
	if diff := cmp.Diff(filled.Values, again.Values); diff != "" {
		t.Errorf("the second time (-first +second):\n%s", diff)
	}
	st.eventually(func() string {
		if _, open := st.anna.Modal(); open {
			return "the form is still open"
		}
		return ""
	})
}

// A form of one page survives a restart.
func TestFormAfterARestart(t *testing.T) {
	st := newStage(t)
	opens := func(in chat.Incoming) chat.Reply {
		form := long(1, 2)
		if f, ok := in.What.(chat.Filled); ok && f.Values["s0.f0"] == "wrong" {
			form.Fields[0].Error = "that can't be"
			return chat.Reply{Form: &form}
		}
		if _, ok := in.What.(chat.Filled); ok {
			return say("thanks")
		}
		return chat.Reply{Form: &form}
	}
	stop := st.run(opens)
	st.must(st.anna.Type(st.ctx, st.app, st.ward.ID, "/round submit"))
	st.modal("Submit")
	stop()
	st.connect()
	st.run(opens)
	st.must(st.anna.Fill(map[string]string{"s0.f0": "wrong", "s0.f1": "kept"}))
	_ = st.anna.Submit(st.ctx) // says what is wrong
	st.eventually(func() string {
		m, _ := st.anna.Modal()
		if !strings.Contains(m.Text, "that can't be") || m.Fields[1].Value != "kept" {
			return fmt.Sprintf("the form reads %q, its fields are %+v", m.Text, m.Fields)
		}
		return ""
	})
	st.must(st.anna.Fill(map[string]string{"s0.f0": "3/412"}))
	st.must(st.anna.Submit(st.ctx))
	st.eventually(func() string {
		if posts := st.anna.Ephemerals(); len(posts) != 1 {
			return fmt.Sprintf("%d answers", len(posts))
		}
		return ""
	})
}

// A handler that takes longer than a trigger lives still gets its form shown.
func TestOneMoment(t *testing.T) {
	var later atomic.Int64
	st := newStage(t, slacktest.Options{Hurry: haste, Patience: patience, Clock: func() time.Time {
		return time.Now().Add(time.Duration(later.Load()))
	}})
	release := make(chan struct{})
	st.run(func(in chat.Incoming) chat.Reply {
		<-release
		switch in.What.(type) {
		case chat.Typed:
			form := long(1, 1)
			return chat.Reply{Form: &form}
		case chat.Filled:
			return say("thanks")
		}
		return chat.Reply{}
	})
	st.must(st.anna.Type(st.ctx, st.app, st.ward.ID, "/round submit"))
	st.modal("form-moment")
	later.Store(int64(2 * patience)) // the trigger dies
	release <- struct{}{}
	st.modal("Submit")
	st.must(st.anna.Fill(map[string]string{"s0.f0": "3"}))
	st.must(st.anna.Submit(st.ctx))
	st.modal("form-moment")
	release <- struct{}{}
	st.modal("form-done")
	st.must(st.anna.Type(st.ctx, st.app, st.ward.ID, "/round help"))
	release <- struct{}{}
	close(release)
}

// A command given by naming the bot has no trigger: the form comes by a button.
func TestFormOffered(t *testing.T) {
	st := newStage(t)
	st.run(func(in chat.Incoming) chat.Reply {
		if in.What == (chat.Typed{Text: "submit falls 3/412"}) {
			form := long(1, 1)
			return chat.Reply{Form: &form}
		}
		return chat.Reply{}
	})
	for _, text := range []string{"<@" + st.app.BotUser + "> submit falls 3/412", "<@" + st.app.BotUser + ">: submit falls 3/412"} {
		before := len(st.anna.Ephemerals())
		_, err := st.anna.Say(st.ward.ID, "", text)
		st.must(err)
		st.next()
		st.eventually(func() string {
			if n := len(st.anna.Ephemerals()); n != before+1 {
				return fmt.Sprintf("%d offers", n)
			}
			return ""
		})
		offer := st.anna.Ephemerals()[before]
		st.must(st.anna.Press(st.ctx, st.ward.ID, offer.TS, "form-open"))
		if got := st.next(); got.Channel != st.here || got.What != (chat.Typed{Text: "submit falls 3/412"}) {
			t.Errorf("what came: %+v", got)
		}
		st.modal("Submit")
		st.must(st.anna.Close(st.ctx, true))
	}
}
