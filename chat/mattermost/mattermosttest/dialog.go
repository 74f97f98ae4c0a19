package mattermosttest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
	"roundtable/chat/platformtest"
)

// dialog is a dialog that is open in front of a person.
type dialog struct {
	request model.OpenDialogRequest
	channel string            // the channel that the person looked at
	values  map[string]string // what stands in the fields, by the element's name
	err     string
	errs    map[string]string
}

func newDialog(asked model.OpenDialogRequest, where string) *dialog {
	d := &dialog{request: asked, channel: where, values: map[string]string{}}
	for _, e := range asked.Dialog.Elements {
		d.values[e.Name] = e.Default
		if e.Type == "bool" && e.Default == "true" {
			d.values[e.Name] = "yes"
		} else if e.Type == "bool" {
			d.values[e.Name] = ""
		}
	}
	return d
}

// form is the dialog as the person sees it.
func (d *dialog) form() chat.Form {
	f := chat.Form{
		Name: d.request.Dialog.CallbackId, Title: d.request.Dialog.Title, Submit: d.request.Dialog.SubmitLabel,
		Intro: unescape(d.request.Dialog.IntroductionText), Error: d.err,
	}
	for _, e := range d.request.Dialog.Elements {
		field := chat.Field{
			Name: e.Name, Label: e.DisplayName, Help: e.HelpText, Placeholder: e.Placeholder, Optional: e.Optional,
			MaxLength: e.MaxLength, Value: d.values[e.Name], Error: d.errs[e.Name],
		}
		switch e.Type {
		case "textarea":
			field.Kind = chat.Area
		case "select", "radio":
			field.Kind = chat.Choice
		case "bool":
			field.Kind = chat.Check
		}
		for _, o := range e.Options {
			field.Options = append(field.Options, chat.Option{Label: o.Text, Value: o.Value})
		}
		f.Fields = append(f.Fields, field)
	}
	return f
}

// submission is what the web page sends, or what it says to the person instead.
func (d *dialog) submission() (map[string]any, map[string]string) {
	values, errs := map[string]any{}, map[string]string{}
	for _, e := range d.request.Dialog.Elements {
		v := d.values[e.Name]
		length := utf8.RuneCountInString(v)
		switch {
		case e.Type == "bool":
			values[e.Name] = v == "yes"
		case v == "" && e.Optional:
			values[e.Name] = nil
		case v == "":
			errs[e.Name] = "This field is required."
		case (e.Type == "select" || e.Type == "radio") && !slices.ContainsFunc(e.Options, func(o *model.PostActionOptions) bool { return o.Value == v }):
			errs[e.Name] = "Must be a value from the list."
		case length < e.MinLength, (e.Type == "text" || e.Type == "textarea") && e.MaxLength > 0 && length > e.MaxLength:
			errs[e.Name] = fmt.Sprintf("The length must be from %d to %d.", e.MinLength, e.MaxLength)
		default:
			values[e.Name] = v
		}
	}
	return values, errs
}

// Form implements platformtest.Chat: the dialog that is open. A person who is asked to open a form by a
// button, since the server could not open it by itself, presses it.
func (t *Team) Form(ctx context.Context, who chat.PersonID) (chat.Form, bool, error) {
	p, err := t.person(who)
	if err != nil {
		return chat.Form{}, false, err
	}
	if f, open := p.current(); open {
		return f, true, nil
	}
	if err := p.openForm(ctx); err != nil {
		return chat.Form{}, false, err
	}
	f, open := p.current()
	return f, open, nil
}

func (p *Person) current() (chat.Form, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.form == nil {
		return chat.Form{}, false
	}
	return p.form.form(), true
}

// openForm presses the button of each post that waits to open a form, once.
func (p *Person) openForm(ctx context.Context) error {
	direct, err := p.direct(ctx)
	if err != nil {
		return err
	}
	p.mu.Lock()
	waiting := slices.DeleteFunc(slices.Concat(direct, p.private), func(post *model.Post) bool {
		return post.GetProp(propForm) == nil || p.pressed[post.Id]
	})
	for _, post := range waiting {
		p.pressed[post.Id] = true
	}
	p.mu.Unlock()
	for _, post := range waiting {
		for _, a := range post.Attachments() {
			for _, b := range a.Actions {
				if err := p.press(ctx, post, b); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// Fill implements platformtest.Chat.
func (t *Team) Fill(ctx context.Context, who chat.PersonID, values map[string]string) error {
	p, err := t.person(who)
	if err != nil {
		return err
	}
	p.mu.Lock()
	d := p.form
	p.mu.Unlock()
	if d == nil {
		return errors.New("no dialog is open")
	}
	for name := range values {
		if _, ok := d.values[name]; !ok {
			return fmt.Errorf("the dialog has no field %q but %q", name, slices.Sorted(maps.Keys(d.values)))
		}
	}
	p.mu.Lock()
	maps.Copy(d.values, values)
	submission, errs := d.submission()
	d.err, d.errs = "", errs
	p.mu.Unlock()
	if len(errs) > 0 { // the page itself says so
		return nil
	}
	return p.submit(ctx, d, submission)
}

// submit sends a dialog; it stays open with the errors that come back.
func (p *Person) submit(ctx context.Context, d *dialog, submission map[string]any) error {
	if err := p.awaitConnected(ctx); err != nil {
		return err
	}
	answer, _, err := p.client.SubmitInteractiveDialog(ctx, model.SubmitDialogRequest{
		URL: d.request.URL, CallbackId: d.request.Dialog.CallbackId, State: d.request.Dialog.State,
		ChannelId: d.channel, TeamId: p.team.ID, Submission: submission,
	})
	if err != nil {
		return fmt.Errorf("submit the dialog: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	d.err, d.errs = answer.Error, answer.Errors
	if d.err == "" && len(d.errs) == 0 && p.form == d {
		p.form = nil
	}
	return nil
}

var _ platformtest.Chat = (*Team)(nil)
