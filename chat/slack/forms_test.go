package slack_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

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

// A form that is open when the bot is restarted is answered all the same.
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
