package slack_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat"
	"roundtable/chat/slack/slacktest"
)

// paging is a form of several pages in front of Anna, whose bot may be restarted.
type paging struct {
	*stage
	form    chat.Form
	reopens func() chat.Reply // what the command answers
	stop    func()
}

func newPaging(t *testing.T, form chat.Form) *paging {
	t.Helper()
	p := &paging{stage: newStage(t), form: form}
	p.reopens = func() chat.Reply { f := p.form; return chat.Reply{Form: &f} }
	p.start()
	p.must(p.anna.Type(p.ctx, p.app, p.ward.ID, "/round submit"))
	p.next()
	p.modal("Submit")
	return p
}

func (p *paging) start() {
	p.stop = p.run(func(in chat.Incoming) chat.Reply {
		if _, filled := in.What.(chat.Filled); filled {
			return say("thanks")
		}
		return p.reopens()
	})
}

func (p *paging) restart() {
	p.t.Helper()
	p.stop()
	p.connect()
	p.start()
}

// turn fills in fields and sends the page; the next one holds the field.
func (p *paging) turn(field string, values map[string]string) slacktest.Modal {
	p.t.Helper()
	p.must(p.anna.Fill(values))
	p.must(p.anna.Submit(p.ctx))
	return p.holds(field)
}

// holds waits for the page with the field.
func (p *paging) holds(field string) (m slacktest.Modal) {
	p.t.Helper()
	p.eventually(func() string {
		m, _ = p.anna.Modal()
		for _, f := range m.Fields {
			if f.Action == field {
				return ""
			}
		}
		return fmt.Sprintf("there is no field %s among %+v: %s", field, m.Fields, m.Text)
	})
	return m
}

func valueOf(m slacktest.Modal, field string) string {
	for _, f := range m.Fields {
		if f.Action == field {
			return f.Value
		}
	}
	return ""
}

// arrives sends the last page; what came holds these values and no others.
func (p *paging) arrives(last, want map[string]string) {
	p.t.Helper()
	p.must(p.anna.Fill(last))
	p.must(p.anna.Submit(p.ctx))
	for {
		filled, ok := p.next().What.(chat.Filled)
		if !ok {
			continue // asked for the form again
		}
		got := map[string]string{}
		for name, v := range filled.Values {
			if v != "" {
				got[name] = v
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			p.t.Errorf("what came (-want +got):\n%s", diff)
		}
		if filled.State != p.form.State {
			p.t.Errorf("the state is %q", filled.State)
		}
		return
	}
}

// TestPagesAfterARestart restarts the bot on each page of a form of three.
func TestPagesAfterARestart(t *testing.T) {
	for restartOn := range 3 {
		t.Run(fmt.Sprint("on page ", restartOn+1), func(t *testing.T) {
			t.Parallel()
			p := newPaging(t, long(100, 1))
			restart := func(page int) {
				if page == restartOn {
					p.restart()
				}
			}
			restart(0)
			p.turn("s46.f0", map[string]string{"s0.f0": "3/412", "s1.f0": "ny avdelning"})
			restart(1)
			p.turn("s92.f0", map[string]string{"s46.f0": "4"})
			restart(2)
			p.arrives(map[string]string{"s99.f0": "last"}, map[string]string{"s0.f0": "3/412", "s1.f0": "ny avdelning", "s46.f0": "4", "s99.f0": "last"})
		})
	}
}

// Going back after a restart brings the page before, with what was typed there.
func TestBackAfterARestart(t *testing.T) {
	p := newPaging(t, long(10, 10))
	p.turn("s9.f9", map[string]string{"s0.f0": "one"})
	p.restart()
	p.must(p.anna.Fill(map[string]string{"s9.f9": "last"}))
	p.must(p.anna.PressHere(p.ctx, "form-back"))
	if m := p.holds("s0.f0"); valueOf(m, "s0.f0") != "one" {
		t.Errorf("the first page has %+v", m.Fields)
	}
	p.restart() // and what stands on a later page is not lost either
	if m := p.turn("s9.f9", map[string]string{"s0.f0": "two"}); valueOf(m, "s9.f9") != "last" {
		t.Errorf("the last page has %+v", m.Fields)
	}
	p.arrives(nil, map[string]string{"s0.f0": "two", "s9.f9": "last"})
}

// prose is text that can't be made shorter.
func prose(seed uint64) string {
	dice := rand.New(rand.NewPCG(seed, 1))
	var b strings.Builder
	for range 2900 {
		b.WriteRune('!' + rune(dice.IntN(90)))
	}
	return b.String()
}

// What is too much to travel with a form is told to be lost, and the rest comes
// back.
func TestTooMuchForARestart(t *testing.T) {
	p := newPaging(t, long(10, 10))
	p.turn("s9.f9", map[string]string{"s0.f0": "3/412", "s0.f1": prose(1), "s0.f2": prose(2)})
	p.restart()
	m := p.turn("s0.f0", map[string]string{"s9.f9": "last"})
	if valueOf(m, "s0.f0") != "3/412" || !strings.Contains(m.Text, "form-partly-lost") {
		t.Errorf("the form reads %q, the fields are %+v", m.Text, m.Fields)
	}
	p.turn("s9.f9", map[string]string{"s0.f1": "again", "s0.f2": ""})
	p.arrives(nil, map[string]string{"s0.f0": "3/412", "s0.f1": "again", "s9.f9": "last"})
}

// Where the form can't be had again, that is said, and what stands on the page
// stays.
func TestNoFormAfterARestart(t *testing.T) {
	p := newPaging(t, long(100, 1))
	p.turn("s46.f0", nil)
	p.reopens = func() chat.Reply { return say("the round has closed") }
	p.restart()
	p.must(p.anna.Fill(map[string]string{"s46.f0": "typed"}))
	_ = p.anna.Submit(p.ctx) // says that there is a mistake
	p.eventually(func() string {
		m, _ := p.anna.Modal()
		if valueOf(m, "s46.f0") != "typed" || !strings.Contains(fmt.Sprint(m.Fields), "form-lost") {
			return fmt.Sprintf("the fields are %+v", m.Fields)
		}
		return ""
	})
	p.must(p.anna.PressHere(p.ctx, "form-back"))
	p.eventually(func() string {
		if m, _ := p.anna.Modal(); !strings.Contains(m.Text, "form-lost") {
			return fmt.Sprintf("the modal reads %q", m.Text)
		}
		return ""
	})
	p.must(p.anna.Close(p.ctx, false))
	if m := p.holds("s46.f0"); valueOf(m, "s46.f0") != "typed" {
		t.Errorf("the fields are %+v", m.Fields)
	}
}
