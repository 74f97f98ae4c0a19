package mattermost

import (
	"encoding/json"
	"fmt"
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

// longForm has 90 fields in three sections; the last has a mistake.
func longForm() chat.Form {
	form := chat.Form{Name: "long", Title: "Long", Submit: "Send", State: "s"}
	for i := range 90 {
		form.Fields = append(form.Fields, chat.Field{
			Name: fmt.Sprintf("f%02d", i), Label: fmt.Sprintf("Field %d", i), Section: fmt.Sprintf("Section %d", i/30), Optional: true, Value: "was",
		})
	}
	return form
}

func TestPages(t *testing.T) {
	f, now, g := newFake(t), newClock(), &got{}
	p := f.platform(now)
	tries := 0
	g.reply = func(in chat.Incoming) chat.Reply {
		form := longForm()
		if filled, ok := in.What.(chat.Filled); ok {
			if tries++; tries == 2 {
				return chat.Reply{}
			}
			for i := range form.Fields {
				form.Fields[i].Value = filled.Values[form.Fields[i].Name]
			}
			form.Fields[35].Error = "can't be"
		}
		return chat.Reply{Form: &form}
	}
	serve(t, p, g.handle)
	call(p, "command", formType, commandForm("secret").Encode())
	// open presses the button of the offer that came last.
	open := func(trigger string) model.OpenDialogRequest {
		t.Helper()
		if w := callJSON(t, p, "action", pressed(t, f.last(), 0, annaID, trigger)); w.Code != 200 || strings.Contains(w.Body.String(), "busy") {
			t.Fatal(w.Code, w.Body)
		}
		return f.dialog()
	}
	page := func(d model.OpenDialogRequest, first, last string, values map[string]any) {
		t.Helper()
		e := d.Dialog.Elements
		if e[0].Name != first || e[len(e)-1].Name != last {
			t.Fatalf("the page has the fields %s to %s, want %s to %s", e[0].Name, e[len(e)-1].Name, first, last)
		}
		if r, code := submit(t, p, d, annaID, values); code != 200 || r.Error != "" || len(r.Errors) > 0 {
			t.Fatalf("page %s: %d %+v", first, code, r)
		}
	}
	page(f.dialog(), "f00", "f29", map[string]any{"f00": "zero"})
	p = f.platform(now) // the bot starts anew in between
	serve(t, p, g.handle)
	page(open("2"), "f30", "f59", map[string]any{"f30": "thirty"})
	last := open("3")
	page(last, "f60", "f89", map[string]any{"f60": "sixty"})
	filled, ok := g.all()[1].What.(chat.Filled)
	if v := filled.Values; !ok || v["f00"] != "zero" || v["f30"] != "thirty" || v["f60"] != "sixty" || v["f31"] != "" || len(v) != 90 || filled.State != "s" {
		t.Fatalf("what came: %+v", filled)
	}
	// The mistake is on another page: that one is offered.
	wait(t, func() bool {
		return strings.Contains(f.last().Message, "form-waits") && len(f.dialogs()) == 3 && f.deletedAll() == 2
	})
	again := open("4")
	if !strings.Contains(again.Dialog.IntroductionText, "can't be") || again.Dialog.Elements[0].Default != "thirty" {
		t.Errorf("the page with the mistake: %+v", again.Dialog)
	}
	page(again, "f30", "f59", map[string]any{"f30": "right"})
	page(open("5"), "f60", "f89", map[string]any{"f60": "sixty"})
	filled, _ = g.all()[2].What.(chat.Filled)
	if v := filled.Values; v["f00"] != "zero" || v["f30"] != "right" || v["f60"] != "sixty" {
		t.Errorf("what came in the end: %+v", v)
	}
	if in := g.all(); in[1].Channel.Channel != hereID || in[1].Direct {
		t.Errorf("the form came from %+v", in[1])
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

func TestPagesOf(t *testing.T) {
	sizes := func(f chat.Form) (n []int) {
		for _, page := range pagesOf(f) {
			n = append(n, len(page))
		}
		return n
	}
	whole := longForm()
	for i := range whole.Fields {
		whole.Fields[i].Section = ""
	}
	heavy := chat.Form{}
	for i := range 12 {
		var options []chat.Option
		for k := range chat.MaxOptions {
			options = append(options, chat.Option{Label: strings.Repeat("å", chat.MaxLabel), Value: fmt.Sprint(strings.Repeat("v", 140), k)})
		}
		heavy.Fields = append(heavy.Fields, chat.Field{Name: fmt.Sprint(i), Label: "x", Kind: chat.Choice, Options: options})
	}
	for name, tt := range map[string]struct {
		form chat.Form
		want []int
	}{
		"nothing": {chat.Form{}, []int{0}}, "small": {smallForm(), []int{3}}, "sections": {longForm(), []int{30, 30, 30}},
		"no sections": {whole, []int{40, 40, 10}}, "heavy": {heavy, []int{6, 6}},
	} {
		if diff := cmp.Diff(tt.want, sizes(tt.form)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
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
