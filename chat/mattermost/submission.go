package mattermost

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
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
	content, _ := json.Marshal(values) // strings always can be
	from.id = "form:" + dialog.Nonce + ":" + shortHash(state+"\x00"+string(content))
	in := c.incoming(from, chat.Filled{Form: dialog.Form, State: state, Scope: dialog.Scope, Values: maps.Clone(values)})
	reply, inTime := c.ask(ctx, run, in, func(ctx context.Context, reply chat.Reply) { c.afterForm(ctx, from, dialog, reply) })
	if !inTime {
		c.dialogs.sent.finish(dialog.Nonce)
		return model.SubmitDialogResponse{}
	}
	if f := reply.Form; f != nil && f.Name == dialog.Form && hasErrors(*f) {
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

// afterForm answers a form that has been taken: its dialog is closed by now.
func (c *callbacks) afterForm(ctx context.Context, from origin, dialog dialogState, reply chat.Reply) {
	c.answers.send(ctx, from, chat.Reply{Message: reply.Message})
	if reply.Form != nil {
		c.dialogs.openOrOffer(ctx, from, *reply.Form)
	}
	if dialog.Offer != "" {
		c.posts.delete(ctx, dialog.Offer)
	}
}
