package platformtest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/chat"
)

// expectAnswer waits until a person has been answered with this text alone, and
// returns the post.
func (p *fixture) expectAnswer(who chat.PersonID, text string) chat.PostID {
	p.t.Helper()
	look := p.privates(who)
	if !p.bot.Capabilities().Private {
		look = p.directs(who)
	}
	return p.expectPosts("what "+who.User+" sees", look, []string{text})[0].ID
}

func privateReply(_ *testing.T, p *fixture) {
	p.run(func(chat.Incoming) chat.Reply {
		m := chat.Message{Text: "fallback", Blocks: []chat.Block{chat.Paragraph{Text: "secret"}}}
		return chat.Reply{Message: &m}
	})
	p.must(p.Type(p.ctx, p.one, p.here, "help"))
	p.expectAnswer(p.one, "secret")
	p.expectPosts("what the other sees", p.privates(p.other), nil)
	p.expectPosts("the other's direct conversation", p.directs(p.other), nil)
	look := p.roots(p.here)
	posts, err := look() // the command may stand there
	p.must(err)
	for _, s := range posts {
		if strings.Contains(s.Text, "secret") {
			p.t.Errorf("everybody sees %q", s.Text)
		}
	}
}

func buttonInPrivateReply(t *testing.T, p *fixture) {
	c := p.run(func(in chat.Incoming) chat.Reply {
		if _, ok := in.What.(chat.Typed); !ok {
			return chat.Reply{}
		}
		m := row(chat.Button{Label: "Go", Action: "go", Value: "v"})
		return chat.Reply{Message: &m}
	})
	p.must(p.Type(p.ctx, p.one, p.here, "help"))
	c.next()
	p.must(p.Press(p.ctx, p.one, p.expectAnswer(p.one, "choose"), "Go"))
	got, ok := c.next().What.(chat.Pressed)
	if !ok || got.Action != "go" || got.Value != "v" {
		t.Errorf("what came: %+v", got)
	}
}

// questions is a form with a field of each kind.
func questions() chat.Form {
	return chat.Form{
		Name: "submit", Title: "Submit", Submit: "Send", Intro: "intro", State: strings.Repeat("s", chat.MaxState), Scope: strings.Repeat("k-._", chat.MaxScope/4),
		Fields: []chat.Field{
			{Name: "falls.value", Label: "Falls", Help: "of patients", Section: "Safety", Placeholder: "such as 3/412"},
			{Name: "note", Kind: chat.Area, Label: "Note", Section: "Safety", Value: "two\nlines", Optional: true},
			{Name: "list", Kind: chat.Choice, Label: "Checklist", Section: "Safety", Value: "y", Options: []chat.Option{{Label: "Yes", Value: "y"}, {Label: "No", Value: "n"}}},
			{Name: "ask_us", Kind: chat.Check, Label: "Ask us", Section: "Safety", Optional: true},
		},
	}
}

// expectForm waits until a form with this title is open, and returns what stands
// in its fields: "name=value" and, with an error, "!error".
func (p *fixture) expectForm(who chat.PersonID, title string, want ...string) {
	p.t.Helper()
	p.eventually(func() (string, error) {
		form, open, err := p.Form(p.ctx, who)
		var got []string
		for _, f := range form.Fields {
			s := f.Name + "=" + f.Value
			if f.Error != "" {
				s += "!" + f.Error
			}
			got = append(got, s)
		}
		if diff := cmp.Diff(want, got); !open || form.Title != title || diff != "" {
			return fmt.Sprintf("%s sees the form %q (open: %v), want %q; fields (-want +got):\n%s", who.User, form.Title, open, title, diff), err
		}
		return "", err
	})
}

// openForm does what opens the questions, and does it again when they don't come: a
// platform lets a form be opened for seconds only, which a busy machine may miss,
// and then offers it in another way. It returns how often it was done.
func (p *fixture) openForm(c *inbox, who chat.PersonID, open func() error) (tries int) {
	p.t.Helper()
	for is := false; p.ctx.Err() == nil && !is; tries++ {
		p.must(open())
		c.next()
		for end := time.Now().Add(10 * time.Second); time.Now().Before(end) && !is; time.Sleep(10 * time.Millisecond) {
			var err error
			_, is, err = p.Form(p.ctx, who)
			p.must(err)
		}
	}
	p.expectForm(who, "Submit", "falls.value=", "note=two\nlines", "list=y", "ask_us=")
	return tries
}

func (p *fixture) expectNoForm(who chat.PersonID) {
	p.t.Helper()
	p.eventually(func() (string, error) {
		form, open, err := p.Form(p.ctx, who)
		if open {
			return fmt.Sprintf("the form %q is still open", form.Title), err
		}
		return "", err
	})
}

// answerWithForm answers commands and buttons with the questions, and the form with
// what filled says.
func answerWithForm(filled func(chat.Filled) chat.Reply) func(chat.Incoming) chat.Reply {
	return func(in chat.Incoming) chat.Reply {
		if f, ok := in.What.(chat.Filled); ok {
			return filled(f)
		}
		form := questions()
		return chat.Reply{Form: &form}
	}
}

func formOpensAndComesBack(t *testing.T, p *fixture) {
	c := p.run(answerWithForm(func(chat.Filled) chat.Reply { m := chat.Say("thanks"); return chat.Reply{Message: &m} }))
	post := p.post(p.here, chat.PostID{}, row(chat.Button{Label: "Go", Action: "go"}))
	for i, open := range []func() error{
		func() error { return p.Press(p.ctx, p.one, post, "Go") },
		func() error { return p.Type(p.ctx, p.other, p.here, "submit") },
	} {
		who := []chat.PersonID{p.one, p.other}[i]
		tries := p.openForm(c, who, open)
		p.must(p.Fill(p.ctx, who, map[string]string{"falls.value": "3/412 åäö", "list": "n", "ask_us": "yes"}))
		got := c.next()
		want := chat.Filled{
			Form: "submit", State: questions().State, Scope: questions().Scope,
			Values: map[string]string{"falls.value": "3/412 åäö", "note": "two\nlines", "list": "n", "ask_us": "yes"},
		}
		if diff := cmp.Diff(chat.What(want), got.What); diff != "" || got.From.ID != who || got.Channel != p.here {
			t.Errorf("%s in %s filled in (-want +got):\n%s", got.From.ID.User, got.Channel.Channel, diff)
		}
		p.expectNoForm(who)
		if tries == 1 { // else the form was offered before
			p.expectAnswer(who, "thanks")
		}
	}
}

func formKeepsWhatWasTyped(_ *testing.T, p *fixture) {
	c := p.run(answerWithForm(func(f chat.Filled) chat.Reply {
		form := questions()
		if f.Values["falls.value"] == "3/412" {
			return chat.Reply{}
		}
		form.Fields[0].Error = "that can't be"
		return chat.Reply{Form: &form}
	}))
	p.openForm(c, p.one, func() error { return p.Type(p.ctx, p.one, p.here, "submit") })
	p.must(p.Fill(p.ctx, p.one, map[string]string{"falls.value": "412/3", "note": "", "list": "n", "ask_us": "yes"}))
	c.next()
	p.expectForm(p.one, "Submit", "falls.value=412/3!that can't be", "note=", "list=n", "ask_us=yes")
	p.must(p.Fill(p.ctx, p.one, map[string]string{"falls.value": "3/412"}))
	got, _ := c.next().What.(chat.Filled)
	want := map[string]string{"falls.value": "3/412", "note": "", "list": "n", "ask_us": "yes"}
	if diff := cmp.Diff(want, got.Values); diff != "" || got.Scope != questions().Scope {
		p.t.Errorf("the second time (-want +got):\n%s", diff)
	}
	p.expectNoForm(p.one)
}

func formFollowsForm(t *testing.T, p *fixture) {
	c := p.run(answerWithForm(func(f chat.Filled) chat.Reply {
		if f.Form != "submit" {
			return chat.Reply{}
		}
		return chat.Reply{Form: &chat.Form{
			Name: "confirm", Title: "Sure?", Submit: "Yes", State: "2",
			Fields: []chat.Field{{Name: "note", Label: "Why", Value: "new", Optional: true}},
		}}
	}))
	p.openForm(c, p.one, func() error { return p.Type(p.ctx, p.one, p.here, "submit") })
	p.must(p.Fill(p.ctx, p.one, map[string]string{"falls.value": "3/412", "note": "typed"}))
	c.next()
	p.expectForm(p.one, "Sure?", "note=new")
	p.must(p.Fill(p.ctx, p.one, nil))
	want := chat.Filled{Form: "confirm", State: "2", Values: map[string]string{"note": "new"}}
	if diff := cmp.Diff(chat.What(want), c.next().What); diff != "" {
		t.Errorf("the second form (-want +got):\n%s", diff)
	}
	p.expectNoForm(p.one)
}
