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
	"roundtable/chat/adapter"
)

// dialog answers a form that somebody sent.
func (c *callbacks) dialog(w http.ResponseWriter, r *http.Request, body []byte) {
	var req model.SubmitDialogRequest
	if err := json.Unmarshal(body, &req); err != nil || !model.IsValidId(req.UserId) {
		c.refuse(w, unreadable, http.StatusBadRequest)
		return
	}
	dialog, err := c.dialogs.decode(req.State)
	if err != nil {
		c.refuse(w, forged, http.StatusForbidden)
		return
	}
	if dialog.Person != req.UserId {
		c.refuse(w, anotherPersons, http.StatusForbidden)
		return
	}
	if req.Cancelled {
		writeJSON(w, model.SubmitDialogResponse{})
		return
	}
	tell := func(id string) {
		writeJSON(w, model.SubmitDialogResponse{Error: c.people.text(r.Context(), req.UserId, id)})
	}
	if c.options.Clock().Unix() > dialog.Expires {
		c.refused.count(expired)
		tell("platform.form-old")
		return
	}
	run, done, ok := c.hold(tell)
	if !ok {
		return
	}
	defer done()
	state, err := c.dialogs.sent.claim(dialog.Nonce, dialog.State, time.Unix(dialog.Expires, 0), c.options.Clock())
	if err != nil {
		c.refused.count(usedAlready)
		tell("platform.form-used")
		return
	}
	writeJSON(w, c.submit(r.Context(), run, dialog, state, submittedValues(dialog.Fields, req.Submission)))
}

// submit takes what a person sent, and says what the dialog shows.
func (c *callbacks) submit(ctx context.Context, run *adapter.Run, dialog dialogState, state string, values map[string]string) model.SubmitDialogResponse {
	from := origin{user: dialog.Person, channel: dialog.Channel, thread: dialog.Thread, direct: dialog.Direct}
	if dialog.Draft != nil {
		all := map[string]string{}
		for _, f := range dialog.Draft.Form.Fields {
			all[f.Name] = f.Value
		}
		maps.Copy(all, dialog.Draft.Values)
		maps.Copy(all, values)
		values = all
		if next := dialog.Draft.Page + 1; next < len(pagesOf(dialog.Draft.Form)) {
			from.id = "page:" + dialog.Nonce
			return c.turnPage(ctx, run, from, dialog, draft{Form: dialog.Draft.Form, Page: next, Values: values})
		}
	}
	content, _ := json.Marshal(values) // strings always can be
	from.id = "form:" + dialog.Nonce + ":" + shortHash(state+"\x00"+string(content))
	in := c.incoming(from, chat.Filled{Form: dialog.Form, State: state, Scope: dialog.Scope, Values: maps.Clone(values)})
	reply, inTime := c.ask(ctx, run, in, func(ctx context.Context, reply chat.Reply) { c.afterForm(ctx, from, dialog, reply) })
	if !inTime {
		c.dialogs.sent.finish(dialog.Nonce)
		return model.SubmitDialogResponse{}
	}
	if f := reply.Form; f != nil && f.Name == dialog.Form && hasErrors(*f) && c.canShowErrors(dialog, *f) {
		at, other := errorsFor(*f, dialog.Fields)
		c.dialogs.sent.reopen(dialog.Nonce, f.State)
		if reply.Message != nil {
			run.Continue(func() { c.answers.send(context.WithoutCancel(ctx), from, chat.Reply{Message: reply.Message}) })
		}
		return model.SubmitDialogResponse{Errors: at, Error: other}
	}
	c.dialogs.sent.finish(dialog.Nonce)
	run.Continue(func() { c.afterForm(context.WithoutCancel(ctx), from, dialog, reply) })
	return model.SubmitDialogResponse{}
}

// canShowErrors says whether a form with mistakes can be shown in the dialog that is
// open: not when they are on earlier pages.
func (c *callbacks) canShowErrors(dialog dialogState, f chat.Form) bool {
	at, _ := errorsFor(f, dialog.Fields)
	return dialog.Draft == nil || len(at) > 0 || !slices.ContainsFunc(f.Fields, func(x chat.Field) bool { return x.Error != "" })
}

// turnPage offers the next page.
func (c *callbacks) turnPage(ctx context.Context, run *adapter.Run, from origin, dialog dialogState, next draft) model.SubmitDialogResponse {
	if err := c.dialogs.offer(ctx, from, next); err != nil {
		c.logUnanswered(from, err)
		c.dialogs.sent.reopen(dialog.Nonce, dialog.State)
		return model.SubmitDialogResponse{Error: c.people.text(ctx, from.user, "platform.busy")}
	}
	c.dialogs.sent.finish(dialog.Nonce)
	if dialog.Offer != "" {
		run.Continue(func() { c.posts.delete(context.WithoutCancel(ctx), dialog.Offer) })
	}
	return model.SubmitDialogResponse{}
}

// afterForm answers a form that has been taken: its dialog is closed by now.
func (c *callbacks) afterForm(ctx context.Context, from origin, dialog dialogState, reply chat.Reply) {
	c.answers.send(ctx, from, chat.Reply{Message: reply.Message})
	if reply.Form != nil {
		d := draft{Form: *reply.Form}
		if dialog.Draft != nil && reply.Form.Name == dialog.Form {
			d.Page = firstPageWithError(*reply.Form)
		}
		if err := errors.Join(reply.Form.Check(), c.dialogs.offer(ctx, from, d)); err != nil {
			c.logUnanswered(from, err)
		}
	}
	if dialog.Offer != "" {
		c.posts.delete(ctx, dialog.Offer)
	}
}
