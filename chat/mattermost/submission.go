package mattermost

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

func (p *Platform) takeDialog(w http.ResponseWriter, r *http.Request, body []byte) {
	var req model.SubmitDialogRequest
	var is dialog
	if err := json.Unmarshal(body, &req); err != nil || !model.IsValidId(req.UserId) {
		p.refuse(w, unreadable, http.StatusBadRequest)
		return
	}
	if err := unseal(p.seals.dialog, req.State, &is); err != nil {
		p.refuse(w, forged, http.StatusForbidden)
		return
	}
	if is.Person != req.UserId {
		p.refuse(w, othersOwn, http.StatusForbidden)
		return
	}
	if req.Cancelled {
		respond(w, model.SubmitDialogResponse{})
		return
	}
	tell := func(id string) { respond(w, model.SubmitDialogResponse{Error: p.say(r.Context(), req.UserId, id)}) }
	if p.o.Clock().Unix() > is.Expires {
		p.refused.count(expired)
		tell("platform.form-old")
		return
	}
	handle, done, ok := p.shift.begin()
	if !ok {
		tell("platform.starting")
		return
	}
	defer done()
	state, err := p.dialogs.claim(is.Nonce, is.State, time.Unix(is.Expires, 0), p.o.Clock())
	if err != nil {
		p.refused.count(used)
		tell("platform.form-used")
		return
	}
	respond(w, p.filled(r.Context(), handle, is, state, answers(is.Fields, req.Submission)))
}

// filled takes what a person sent, and says what the dialog shows.
func (p *Platform) filled(ctx context.Context, handle chat.Handler, is dialog, state string, values map[string]string) model.SubmitDialogResponse {
	a := asker{user: is.Person, channel: is.Channel, thread: is.Thread, direct: is.Direct}
	if is.Draft != nil {
		all := map[string]string{}
		for _, f := range is.Draft.Form.Fields {
			all[f.Name] = f.Value
		}
		maps.Copy(all, is.Draft.Values)
		maps.Copy(all, values)
		values = all
		if next := is.Draft.Page + 1; next < len(pagesOf(is.Draft.Form)) {
			a.id = "page:" + is.Nonce
			return p.turnPage(ctx, a, is, draft{Form: is.Draft.Form, Page: next, Values: values})
		}
	}
	content, _ := json.Marshal(values) // strings always can be
	a.id = "form:" + is.Nonce + ":" + digest(state+"\x00"+string(content))
	in := p.incoming(a, chat.Filled{Form: is.Form, State: state, Values: maps.Clone(values)})
	reply, inTime := p.shift.ask(ctx, handle, in, func(ctx context.Context, reply chat.Reply) { p.afterForm(ctx, a, is, reply) })
	if !inTime {
		p.dialogs.finish(is.Nonce)
		return model.SubmitDialogResponse{}
	}
	if f := reply.Form; f != nil && f.Name == is.Form && mistaken(*f) && p.shownAgain(is, *f) {
		at, other := mistakes(*f, is.Fields)
		p.dialogs.again(is.Nonce, f.State)
		if reply.Message != nil {
			p.shift.also(func() { p.answer(context.WithoutCancel(ctx), a, chat.Reply{Message: reply.Message}) })
		}
		return model.SubmitDialogResponse{Errors: at, Error: other}
	}
	p.dialogs.finish(is.Nonce)
	p.shift.also(func() { p.afterForm(context.WithoutCancel(ctx), a, is, reply) })
	return model.SubmitDialogResponse{}
}

// shownAgain says whether a form with mistakes can be shown in the dialog that is
// open: not when they are on earlier pages.
func (p *Platform) shownAgain(is dialog, f chat.Form) bool {
	at, _ := mistakes(f, is.Fields)
	return is.Draft == nil || len(at) > 0 || !slices.ContainsFunc(f.Fields, func(x chat.Field) bool { return x.Error != "" })
}

// turnPage offers the next page.
func (p *Platform) turnPage(ctx context.Context, a asker, is dialog, next draft) model.SubmitDialogResponse {
	if err := p.offer(ctx, a, next); err != nil {
		p.unanswered(a, err)
		p.dialogs.again(is.Nonce, is.State)
		return model.SubmitDialogResponse{Error: p.say(ctx, a.user, "platform.busy")}
	}
	p.dialogs.finish(is.Nonce)
	if is.Offer != "" {
		p.shift.also(func() { p.withdraw(context.WithoutCancel(ctx), is.Offer) })
	}
	return model.SubmitDialogResponse{}
}

// afterForm answers a form that has been taken: its dialog is closed by now.
func (p *Platform) afterForm(ctx context.Context, a asker, is dialog, reply chat.Reply) {
	p.answer(ctx, a, chat.Reply{Message: reply.Message})
	if reply.Form != nil {
		d := draft{Form: *reply.Form}
		if is.Draft != nil && reply.Form.Name == is.Form {
			d.Page = firstMistake(*reply.Form)
		}
		if err := errors.Join(reply.Form.Check(), p.offer(ctx, a, d)); err != nil {
			p.unanswered(a, err)
		}
	}
	if is.Offer != "" {
		p.withdraw(ctx, is.Offer)
	}
}

// firstMistake is the first page with a mistake.
func firstMistake(f chat.Form) int {
	for i, fields := range pagesOf(f) {
		if slices.ContainsFunc(fields, func(x chat.Field) bool { return x.Error != "" }) {
			return i
		}
	}
	return 0
}
