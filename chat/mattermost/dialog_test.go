package mattermost

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// submit sends an open dialog as the server does.
func submit(t *testing.T, p *Platform, d model.OpenDialogRequest, user string, values map[string]any) (model.SubmitDialogResponse, int) {
	t.Helper()
	w := callJSON(t, p, "dialog", model.SubmitDialogRequest{
		Type: "dialog_submission", CallbackId: d.Dialog.CallbackId, State: d.Dialog.State, UserId: user,
		ChannelId: thereID, Submission: values, // where the person looks by then
	})
	var r model.SubmitDialogResponse
	if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil && w.Code == 200 {
		t.Fatal(err)
	}
	return r, w.Code
}

func smallForm() chat.Form {
	return chat.Form{Name: "submit", Title: "Submit", Submit: "Send", State: "one", Fields: []chat.Field{
		{Name: "falls", Label: "Falls"}, {Name: "ok", Label: "OK", Kind: chat.Check}, {Name: "note", Label: "Note", Optional: true},
	}}
}

func TestDialogs(t *testing.T) {
	f, now := newFake(t), newClock()
	p := f.platform(now)
	g := &got{}
	g.reply = func(in chat.Incoming) chat.Reply {
		form := smallForm()
		filled, ok := in.What.(chat.Filled)
		switch {
		case !ok:
		case filled.Values["falls"] == "bad":
			form.State, form.Fields[0].Error, form.Error = "two", "no", "look again"
		default:
			m := chat.Say("thanks")
			return chat.Reply{Message: &m}
		}
		return chat.Reply{Form: &form}
	}
	serve(t, p, g.handle)
	if w := call(p, "command", formType, commandForm("secret").Encode()); w.Code != 200 {
		t.Fatal(w.Code, w.Body)
	}
	d := f.dialog()
	if d.TriggerId != "trigger" || d.URL != "https://bot.example.org/mattermost/chat/dialog" || len(d.Dialog.Elements) != 3 {
		t.Fatalf("the form that opened: %+v", d)
	}
	if strings.Contains(d.Dialog.State, "one") {
		t.Error("the state can be read")
	}
	r, _ := submit(t, p, d, annaID, map[string]any{"falls": "bad", "ok": true, "note": nil})
	if diff := cmp.Diff(model.SubmitDialogResponse{Errors: map[string]string{"falls": "no"}, Error: "look again"}, r); diff != "" {
		t.Errorf("a mistake is answered with (-want +got):\n%s", diff)
	}
	if _, code := submit(t, p, d, boID, map[string]any{"falls": "3/412"}); code != 403 || p.callbacks.refused.of(anotherPersons) != 1 {
		t.Errorf("another person's form is answered with %d", code)
	}
	broken := d
	broken.Dialog.State = d.Dialog.State[:len(d.Dialog.State)-4] + "AAAA"
	if _, code := submit(t, p, broken, annaID, map[string]any{"falls": "3/412"}); code != 403 || p.callbacks.refused.of(forged) != 1 {
		t.Errorf("a forged form is answered with %d", code)
	}
	if r, _ := submit(t, p, d, annaID, map[string]any{"falls": "3/412", "ok": false, "note": "n"}); r.Error != "" || len(r.Errors) > 0 {
		t.Errorf("what is right is answered with %+v", r)
	}
	came := g.all()
	if r, _ := submit(t, p, d, annaID, map[string]any{"falls": "3/412"}); r.Error != "platform.form-used" || len(g.all()) != len(came) || p.callbacks.refused.of(usedAlready) != 1 {
		t.Errorf("sent twice it is answered with %+v", r)
	}
	want := []chat.What{
		chat.Typed{Text: "submit falls 3/412"},
		chat.Filled{Form: "submit", State: "one", Values: map[string]string{"falls": "bad", "ok": "yes", "note": ""}},
		chat.Filled{Form: "submit", State: "two", Values: map[string]string{"falls": "3/412", "ok": "", "note": "n"}},
	}
	var what []chat.What
	for _, in := range came {
		what = append(what, in.What)
		if in.Channel.Channel != hereID || in.From.ID.User != annaID {
			t.Errorf("it came from %s in %s", in.From.ID.User, in.Channel.Channel)
		}
	}
	if diff := cmp.Diff(want, what); diff != "" {
		t.Errorf("what came (-want +got):\n%s", diff)
	}
	if came[1].ID == came[2].ID {
		t.Error("both have the same ID")
	}

	call(p, "command", formType, commandForm("secret").Encode())
	d = f.dialog()
	now.pass(formLifetime + time.Minute)
	if r, _ := submit(t, p, d, annaID, map[string]any{"falls": "3/412"}); r.Error != "platform.form-old" || p.callbacks.refused.of(expired) != 1 {
		t.Errorf("an old form is answered with %+v", r)
	}
}

// A form that is sent, and once more after a restart, has the same ID: the journal
// takes it once.
func TestDialogAfterRestart(t *testing.T) {
	f, now, g := newFake(t), newClock(), &got{}
	p := f.platform(now)
	g.reply = func(in chat.Incoming) chat.Reply {
		if _, ok := in.What.(chat.Typed); !ok {
			return chat.Reply{}
		}
		form := smallForm()
		return chat.Reply{Form: &form}
	}
	serve(t, p, g.handle)
	call(p, "command", formType, commandForm("secret").Encode())
	d := f.dialog()
	submit(t, p, d, annaID, map[string]any{"falls": "3/412"})
	p = f.platform(now)
	serve(t, p, g.handle)
	submit(t, p, d, annaID, map[string]any{"falls": "3/412"})
	in := g.all()
	if len(in) != 3 || in[1].ID != in[2].ID {
		t.Errorf("what came: %+v", in)
	}
}

// A form that follows a form is offered by a button, which opens it after a restart
// too. It comes from where the first was, and the offer goes when it has been sent.
func TestOfferedForm(t *testing.T) {
	f, now, g := newFake(t), newClock(), &got{}
	p := f.platform(now)
	g.reply = func(in chat.Incoming) chat.Reply {
		form := smallForm()
		filled, ok := in.What.(chat.Filled)
		switch {
		case ok && filled.Form == "submit":
			form.Name, form.State, form.Fields[2].Value = "more", "s", "was"
		case ok && filled.Values["falls"] == "bad":
			form.Name, form.Fields[0].Error = "more", "can't be"
		case ok:
			return chat.Reply{}
		}
		return chat.Reply{Form: &form}
	}
	serve(t, p, g.handle)
	call(p, "command", formType, commandForm("secret").Encode())
	submit(t, p, f.dialog(), annaID, map[string]any{"falls": "3/412"})
	wait(t, func() bool { return len(f.offers()) == 1 })
	p = f.platform(now) // the bot starts anew in between
	serve(t, p, g.handle)
	if w := callJSON(t, p, "action", pressed(t, f.last(), 0, annaID, "2")); w.Code != 200 || strings.Contains(w.Body.String(), "busy") {
		t.Fatal(w.Code, w.Body)
	}
	d := f.dialog()
	if d.TriggerId != "2" || len(d.Dialog.Elements) != 3 || d.Dialog.Elements[2].Default != "was" {
		t.Fatalf("the form that opened: %+v", d)
	}
	if r, _ := submit(t, p, d, annaID, map[string]any{"falls": "bad"}); r.Errors["falls"] != "can't be" || f.deletedAll() != 0 {
		t.Errorf("a mistake is answered with %+v", r)
	}
	if r, code := submit(t, p, d, annaID, map[string]any{"falls": "4"}); code != 200 || r.Error != "" || len(r.Errors) > 0 {
		t.Errorf("what is right is answered with %d %+v", code, r)
	}
	wait(t, func() bool { return f.deletedAll() == 1 })
	last := g.all()[3]
	if filled, ok := last.What.(chat.Filled); !ok || filled.Form != "more" || filled.Values["falls"] != "4" {
		t.Errorf("what came: %+v", last.What)
	}
	if last.Channel.Channel != hereID || last.Direct {
		t.Errorf("the form came from %+v", last)
	}
}

// A form that is too large for a window is neither opened nor offered.
func TestTooLargeForm(t *testing.T) {
	f, g := newFake(t), &got{}
	p := f.platform(newClock())
	g.reply = func(chat.Incoming) chat.Reply {
		form := smallForm()
		for n := range chat.MaxFields {
			form.Fields = append(form.Fields, chat.Field{Name: fmt.Sprint("f", n), Label: "Falls"})
		}
		return chat.Reply{Form: &form}
	}
	serve(t, p, g.handle)
	call(p, "command", formType, commandForm("secret").Encode())
	if len(f.dialogs()) != 0 || len(f.offers()) != 0 {
		t.Errorf("%d opened, %d offered", len(f.dialogs()), len(f.offers()))
	}
}

// TestLargestForm holds the largest form against what a server takes in one request.
func TestLargestForm(t *testing.T) {
	const maxPayload = 300_000
	p := newFake(t).platform(newClock())
	var options []chat.Option
	for k := range chat.MaxOptions {
		options = append(options, chat.Option{Label: strings.Repeat("@", chat.MaxLabel), Value: fmt.Sprint(strings.Repeat("v", 140), k)})
	}
	for name, field := range map[string]chat.Field{
		"of texts":   {Kind: chat.Area, Label: strings.Repeat("l", chat.MaxLabel), Value: strings.Repeat("v", chat.MaxField), Help: strings.Repeat("@", chat.MaxHelp)},
		"of choices": {Kind: chat.Choice, Label: strings.Repeat("l", chat.MaxLabel), Options: options},
	} {
		form := chat.Form{Name: "submit", Title: "T", Submit: "S", State: strings.Repeat("s", chat.MaxState)}
		for n := range chat.MaxFields {
			field.Name = fmt.Sprint("f", n)
			larger := form
			larger.Fields = append(slices.Clone(form.Fields), field)
			if larger.Check() != nil {
				break
			}
			form = larger
		}
		content, err := json.Marshal(dialogElements(form.Fields))
		if err != nil || len(form.Fields) < 5 || len(content) > maxPayload-20_000 {
			t.Errorf("%s: %d fields take %d bytes, %v", name, len(form.Fields), len(content), err)
		}
		waiting, err := encrypt(p.posts.buttons.cipher, buttonPayload{Draft: &draft{Form: form}})
		if err != nil || len(waiting) > maxPayload-20_000 {
			t.Errorf("%s: an offer takes %d bytes, %v", name, len(waiting), err)
		}
	}
}

// wait waits until something has happened.
func wait(t *testing.T, happened func() bool) {
	t.Helper()
	for end := time.Now().Add(outageTimeout); !happened(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it does not happen")
		}
	}
}

func (f *fake) dialogs() []model.OpenDialogRequest {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.opened
}

func (f *fake) deletedAll() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.gone)
}

// offers are the posts whose buttons open a form.
func (f *fake) offers() (all []*model.Post) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, post := range f.posts {
		if post.GetProp(propForm) != nil {
			all = append(all, post)
		}
	}
	return all
}

func TestElements(t *testing.T) {
	long := "Falls with injury per 1 000 bed days"
	got := dialogElements([]chat.Field{
		{Name: "a", Label: long, Help: "Of all patients.", Section: "Safety", Value: "3/412"},
		{Name: "b", Label: "Note @all", Kind: chat.Area, Section: "Safety", Optional: true, MaxLength: 500},
		{Name: "c", Label: "List", Kind: chat.Choice, Section: "Other", Value: "y", Options: []chat.Option{{Label: "Yes", Value: "y"}}},
		{Name: "d", Label: "Ask us", Kind: chat.Check, Value: "yes"},
		{Name: "e", Label: "Long", Value: strings.Repeat("x", maxLine+1)},
	})
	want := []model.DialogElement{
		{DisplayName: "Falls with injury per…", Name: "a", Type: "text", Default: "3/412", HelpText: "Safety: " + long + ". Of all patients.", MaxLength: 3000},
		{DisplayName: "Note ＠all", Name: "b", Type: "textarea", Optional: true, MaxLength: 500},
		{DisplayName: "List", Name: "c", Type: "select", Default: "y", HelpText: "Other:", Options: []*model.PostActionOptions{{Text: "Yes", Value: "y"}}},
		{DisplayName: "Ask us", Name: "d", Type: "bool", Default: "true", Optional: true, Placeholder: "Ask us"},
		{DisplayName: "Long", Name: "e", Type: "textarea", Default: strings.Repeat("x", maxLine+1), MaxLength: 3000},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, e := range got {
		if err := e.IsValid(); err != nil {
			t.Errorf("the server would warn of %s: %v", e.Name, err)
		}
	}
}
