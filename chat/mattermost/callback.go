package mattermost

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// The last parts of the paths that the server calls.
const (
	pathCommand = "command"
	pathAction  = "action"
	pathDialog  = "dialog"
)

// maxBody bounds what the server sends with one request: a form of a hundred long
// texts (the server itself takes 300,000 bytes from people by default).
const maxBody = 1 << 20

// readWithin bounds how long a request's body may take.
const readWithin = 10 * time.Second

// ServeHTTP implements [http.Handler] for the paths that end in
// /mattermost/<connection>/command, action and dialog.
func (p *Platform) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	base, last, ok := cutLast(r.URL.Path)
	take := map[string]func(http.ResponseWriter, *http.Request, []byte){
		pathCommand: p.takeCommand, pathAction: p.takeAction, pathDialog: p.takeDialog,
	}[last]
	if !ok || take == nil || !strings.HasSuffix(base, "/mattermost/"+p.o.Connection) {
		http.NotFound(w, r)
		return
	}
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "POST only: Mattermost calls this address", http.StatusMethodNotAllowed)
		return
	}
	// Not every server can be told; those that can't have a deadline of their own.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(readWithin)) //nolint:forbidigo // the network's clock, not the bot's
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		code := http.StatusBadRequest
		if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
			code = http.StatusRequestEntityTooLarge
		}
		p.refuse(w, unreadable, code)
		return
	}
	take(w, r, body)
}

func cutLast(path string) (base, last string, ok bool) {
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return "", "", false
	}
	return path[:i], path[i+1:], true
}

func (p *Platform) takeCommand(w http.ResponseWriter, r *http.Request, body []byte) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	form, err2 := url.ParseQuery(string(body))
	if err = errors.Join(err, err2); err != nil || kind != "application/x-www-form-urlencoded" {
		p.refuse(w, unreadable, http.StatusBadRequest)
		return
	}
	trusted := p.command.knows(form.Get("token"))
	answer, own, probed := p.probed(form.Get("text"))
	if !trusted && !own {
		if p.command.looked.lapsed(p.o.Clock()) {
			p.command.lookAgain()
		}
		p.refuse(w, badToken, http.StatusForbidden)
		return
	}
	if probed {
		respond(w, model.CommandResponse{ResponseType: model.CommandResponseTypeEphemeral, Text: answer, SkipSlackParsing: true})
		return
	}
	user, channel, trigger := form.Get("user_id"), form.Get("channel_id"), form.Get("trigger_id")
	if !model.IsValidId(user) || !model.IsValidId(channel) || trigger == "" {
		p.refuse(w, unreadable, http.StatusBadRequest)
		return
	}
	handle, done, ok := p.shift.begin()
	if !ok {
		respond(w, model.CommandResponse{ResponseType: model.CommandResponseTypeEphemeral, Text: p.say(r.Context(), user, "platform.starting")})
		return
	}
	defer done()
	me, err := p.self(r.Context())
	if err != nil {
		p.o.Log.Error("a command could not be answered", "connection", p.o.Connection, "error", err)
		respond(w, model.CommandResponse{ResponseType: model.CommandResponseTypeEphemeral, Text: p.say(r.Context(), user, "platform.busy")})
		return
	}
	with, direct := withWhom(me.Id, form.Get("channel_name"))
	if direct {
		p.channels.put(channel, channelInfo{direct: true, with: with})
	}
	root := form.Get("root_id") // servers from 11 on tell
	if !model.IsValidId(root) {
		root = ""
	}
	p.people.act(user, channel)
	a := asker{id: "command:" + digest(trigger), user: user, channel: channel, thread: root, direct: direct, trigger: trigger}
	in := p.incoming(a, chat.Typed{Text: strings.TrimSpace(form.Get("text"))})
	_, hook, _ := cutLast(form.Get("response_url"))
	reply, inTime := p.shift.ask(r.Context(), handle, in, func(ctx context.Context, reply chat.Reply) { p.answerLate(ctx, a, reply, hook) })
	if !inTime {
		respond(w, model.CommandResponse{})
		return
	}
	answered := p.commandResponse(r.Context(), a, reply)
	if !direct && p.isOutside(r.Context(), channel) {
		answered.Text = strings.TrimSpace("⚠ " + p.say(r.Context(), user, "platform.not-here", "Name", me.Username) + between + answered.Text)
	}
	respond(w, answered)
}

func (p *Platform) takeAction(w http.ResponseWriter, r *http.Request, body []byte) {
	var req model.PostActionIntegrationRequest
	if err := json.Unmarshal(body, &req); err != nil || !model.IsValidId(req.UserId) {
		p.refuse(w, unreadable, http.StatusBadRequest)
		return
	}
	tell := func(id string) {
		respond(w, model.PostActionIntegrationResponse{EphemeralText: p.say(r.Context(), req.UserId, id), SkipSlackParsing: true})
	}
	is, err := p.unsealPress(r.Context(), &req)
	switch {
	case errors.Is(err, errExpired):
		p.refused.count(expired)
		tell("platform.button-old")
		return
	case errors.Is(err, errForged), errors.Is(err, errOther), errors.Is(err, errElsewhere):
		p.refuse(w, reasonOf(err), http.StatusForbidden)
		return
	case err != nil:
		p.o.Log.Error("a button could not be answered", "connection", p.o.Connection, "error", err)
		tell("platform.busy")
		return
	}
	handle, done, ok := p.shift.begin()
	if !ok {
		tell("platform.starting")
		return
	}
	defer done()
	p.people.act(req.UserId, is.Channel)
	a := asker{id: "press:" + digest(req.TriggerId), user: req.UserId, channel: is.Channel, thread: is.Thread, direct: is.Direct, trigger: req.TriggerId}
	if is.Draft != nil {
		if !is.Ephemeral {
			is.Draft.Offer = req.PostId
		}
		if b := is.Back; b != nil {
			a.channel, a.thread, a.direct = b.Channel, b.Thread, b.Direct
		}
		if err := p.openDialog(r.Context(), a, *is.Draft); err != nil {
			p.o.Log.Error("a form could not be opened", "connection", p.o.Connection, "error", err)
			tell("platform.busy")
			return
		}
		respond(w, model.PostActionIntegrationResponse{})
		return
	}
	in := p.incoming(a, chat.Pressed{Action: is.Action, Value: is.Value, On: p.postID(is.Channel, req.PostId)})
	reply, inTime := p.shift.ask(r.Context(), handle, in, func(ctx context.Context, reply chat.Reply) { p.answerLate(ctx, a, reply, "") })
	if !inTime {
		respond(w, model.PostActionIntegrationResponse{})
		return
	}
	respond(w, p.actionResponse(r.Context(), a, reply))
}

// refuse answers a request that no person sent by honest means, and counts it.
func (p *Platform) refuse(w http.ResponseWriter, why reason, code int) {
	if p.refused.count(why) && p.quietUntil.lapsed(p.o.Clock()) {
		p.o.Log.Warn("a request to the bot was refused", "connection", p.o.Connection, "reason", why.String(), "so_far", p.refused.total())
	}
	http.Error(w, "refused: "+why.String(), code)
}

// respond answers with JSON.
func respond(w http.ResponseWriter, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", fmt.Sprint(len(b)))
	_, _ = w.Write(b) // who asked has gone; nothing to be done
}
