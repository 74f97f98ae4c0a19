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
	"sync"
	"sync/atomic"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
	"roundtable/chat/adapter"
)

// The last parts of the paths that the server calls.
const (
	pathCommand = "command"
	pathAction  = "action"
	pathDialog  = "dialog"
)

// maxBody bounds what the server sends with one request: a form of
// [chat.MaxFields] long texts (the server itself takes 300,000 bytes from people by default).
const maxBody = 1 << 20

// bodyTimeout bounds how long a request's body may take.
const bodyTimeout = 10 * time.Second

// callbacks takes the requests that the server makes when people give commands,
// press buttons and send forms, and refuses those that come from nowhere.
type callbacks struct {
	*server
	lifecycle  *adapter.Lifecycle
	people     *directory
	channels   *channels
	posts      *poster
	buttons    *buttons
	dialogs    *dialogs
	answers    *replies
	commands   *commands
	prober     *prober
	refused    refusalCounts
	refusalLog throttle
	ackTimeout time.Duration
}

// How long the server's request waits for an answer before it goes another way
// (the server gives up after OutgoingIntegrationRequestsTimeout, 30 s by default,
// and lets forms be opened as long), and how long a handler's context lives.
const (
	ackTimeout     = 10 * time.Second
	handlerTimeout = 30 * time.Second
)

// ServeHTTP is [Platform.ServeHTTP].
func (c *callbacks) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	base, last, ok := cutLast(r.URL.Path)
	take := map[string]func(http.ResponseWriter, *http.Request, []byte){
		pathCommand: c.command, pathAction: c.action, pathDialog: c.dialog,
	}[last]
	if !ok || take == nil || !strings.HasSuffix(base, "/mattermost/"+c.options.Connection) {
		http.NotFound(w, r)
		return
	}
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "POST only: Mattermost calls this address", http.StatusMethodNotAllowed)
		return
	}
	// Not every server can be told; those that can't have a deadline of their own.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyTimeout)) //nolint:forbidigo // the network's clock, not the bot's
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		code := http.StatusBadRequest
		if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
			code = http.StatusRequestEntityTooLarge
		}
		c.refuse(w, unreadable, code)
		return
	}
	take(w, r, body)
}

// cutLast splits a path before its last part.
func cutLast(path string) (base, last string, ok bool) {
	i := strings.LastIndexByte(path, '/')
	if i < 0 {
		return "", "", false
	}
	return path[:i], path[i+1:], true
}

// command answers a slash command.
func (c *callbacks) command(w http.ResponseWriter, r *http.Request, body []byte) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	form, err2 := url.ParseQuery(string(body))
	if err = errors.Join(err, err2); err != nil || kind != "application/x-www-form-urlencoded" {
		c.refuse(w, unreadable, http.StatusBadRequest)
		return
	}
	trusted := c.commands.accepts(form.Get("token"))
	answer, own, probed := c.prober.answer(form.Get("text"))
	if !trusted && !own {
		if c.commands.rejections.allow(c.options.Clock()) {
			c.commands.requestCheck()
		}
		c.refuse(w, wrongToken, http.StatusForbidden)
		return
	}
	if probed {
		writeJSON(w, model.CommandResponse{ResponseType: model.CommandResponseTypeEphemeral, Text: answer, SkipSlackParsing: true})
		return
	}
	user, channel, trigger := form.Get("user_id"), form.Get("channel_id"), form.Get("trigger_id")
	if !model.IsValidId(user) || !model.IsValidId(channel) || trigger == "" {
		c.refuse(w, unreadable, http.StatusBadRequest)
		return
	}
	tell := func(id string) {
		writeJSON(w, model.CommandResponse{ResponseType: model.CommandResponseTypeEphemeral, Text: c.people.text(r.Context(), user, id)})
	}
	run, done, ok := c.hold(tell)
	if !ok {
		return
	}
	defer done()
	me, err := c.bot(r.Context())
	if err != nil {
		c.options.Log.Error("a command could not be answered", "connection", c.options.Connection, "error", err)
		tell("platform.busy")
		return
	}
	with, direct := directPartner(me.Id, form.Get("channel_name"))
	if direct {
		c.channels.put(channel, channelInfo{direct: true, partner: with})
	}
	root := form.Get("root_id") // servers from 11 on tell
	if !model.IsValidId(root) {
		root = ""
	}
	from := origin{id: "command:" + shortHash(trigger), user: user, channel: channel, thread: root, direct: direct, trigger: trigger}
	c.people.acted(from)
	in := c.incoming(from, chat.Typed{Text: strings.TrimSpace(form.Get("text"))})
	_, hook, _ := cutLast(form.Get("response_url"))
	reply, inTime := c.ask(r.Context(), run, in, func(ctx context.Context, reply chat.Reply) { c.answers.sendLate(ctx, from, reply, hook) })
	if !inTime {
		writeJSON(w, model.CommandResponse{})
		return
	}
	answered := c.answers.toCommand(r.Context(), from, reply)
	if !direct && c.channels.lacksBot(r.Context(), channel) {
		answered.Text = strings.TrimSpace("⚠ " + c.people.text(r.Context(), user, "platform.not-here", "Name", me.Username) + blockSeparator + answered.Text)
	}
	writeJSON(w, answered)
}

// action answers a button.
func (c *callbacks) action(w http.ResponseWriter, r *http.Request, body []byte) {
	var req model.PostActionIntegrationRequest
	if err := json.Unmarshal(body, &req); err != nil || !model.IsValidId(req.UserId) {
		c.refuse(w, unreadable, http.StatusBadRequest)
		return
	}
	tell := func(id string) {
		writeJSON(w, model.PostActionIntegrationResponse{EphemeralText: c.people.text(r.Context(), req.UserId, id), SkipSlackParsing: true})
	}
	payload, err := c.buttons.decode(r.Context(), &req)
	switch {
	case errors.Is(err, errExpired):
		c.refused.count(expired)
		tell("platform.button-old")
		return
	case errors.Is(err, errForged), errors.Is(err, errOther), errors.Is(err, errElsewhere):
		c.refuse(w, refusalOf(err), http.StatusForbidden)
		return
	case err != nil:
		c.options.Log.Error("a button could not be answered", "connection", c.options.Connection, "error", err)
		tell("platform.busy")
		return
	}
	run, done, ok := c.hold(tell)
	if !ok {
		return
	}
	defer done()
	from := origin{id: "press:" + shortHash(req.TriggerId), user: req.UserId, channel: payload.Channel, thread: payload.Thread, direct: payload.Direct, trigger: req.TriggerId}
	c.people.acted(from)
	if payload.Draft != nil {
		if !payload.Ephemeral {
			payload.Draft.Offer = req.PostId
		}
		if b := payload.ReturnTo; b != nil {
			from.channel, from.thread, from.direct = b.Channel, b.Thread, b.Direct
		}
		if err := c.dialogs.open(r.Context(), from, *payload.Draft); err != nil {
			c.options.Log.Error("a form could not be opened", "connection", c.options.Connection, "error", err)
			tell("platform.busy")
			return
		}
		writeJSON(w, model.PostActionIntegrationResponse{})
		return
	}
	in := c.incoming(from, chat.Pressed{Action: payload.Action, Value: payload.Value, Scope: payload.Scope, On: c.postID(payload.Channel, req.PostId)})
	reply, inTime := c.ask(r.Context(), run, in, func(ctx context.Context, reply chat.Reply) { c.answers.sendLate(ctx, from, reply, "") })
	if !inTime {
		writeJSON(w, model.PostActionIntegrationResponse{})
		return
	}
	writeJSON(w, c.answers.toButton(r.Context(), from, reply))
}

// hold keeps the run from ending until done is called. Where none is on, ok is false
// and the person has been told.
func (c *callbacks) hold(tell func(id string)) (run *adapter.Run, done func(), ok bool) {
	if run, done, ok = c.lifecycle.Hold(); !ok {
		tell("platform.starting")
	}
	return run, done, ok
}

// ask gives something to the handler and waits for its reply for a while. A reply
// that takes longer goes to late. The caller is part of the run.
func (c *callbacks) ask(ctx context.Context, run *adapter.Run, in chat.Incoming, late func(context.Context, chat.Reply)) (reply chat.Reply, inTime bool) {
	replied, left := make(chan chat.Reply), make(chan struct{})
	run.Continue(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), handlerTimeout)
		defer cancel()
		r := run.Handle(ctx, in)
		select {
		case replied <- r:
		case <-left:
			late(context.WithoutCancel(ctx), r)
		}
	})
	timer := time.NewTimer(c.ackTimeout)
	defer timer.Stop()
	select {
	case r := <-replied:
		return r, true
	case <-timer.C:
		close(left)
		return chat.Reply{}, false
	}
}

// refuse answers a request that no person sent by honest means, and counts it.
func (c *callbacks) refuse(w http.ResponseWriter, why refusal, code int) {
	if c.refused.count(why) && c.refusalLog.allow(c.options.Clock()) {
		c.options.Log.Warn("a request to the bot was refused", "connection", c.options.Connection, "reason", why.String(), "so_far", c.refused.total())
	}
	http.Error(w, "refused: "+why.String(), code)
}

// writeJSON answers with JSON.
func writeJSON(w http.ResponseWriter, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", fmt.Sprint(len(b)))
	_, _ = w.Write(b) // who asked has gone; nothing to be done
}

// refusal is why a request was refused.
type refusal int

const (
	unreadable refusal = iota
	wrongToken
	forged
	anotherPersons
	usedElsewhere
	expired
	usedAlready
	refusalKinds // how many there are
)

// String is the refusal for the log and for who asked.
func (r refusal) String() string {
	return [...]string{
		"unreadable", "wrong command token", "forged", "another person's", "used on another post or channel", "expired", "used already",
	}[r]
}

// refusalOf is why [buttons.decode] refused a button.
func refusalOf(err error) refusal {
	switch {
	case errors.Is(err, errElsewhere):
		return usedElsewhere
	case errors.Is(err, errOther):
		return anotherPersons
	case errors.Is(err, errExpired):
		return expired
	case errors.Is(err, errUsed):
		return usedAlready
	}
	return forged
}

// refusalCounts counts what was refused, by reason. Safe for concurrent use.
type refusalCounts [refusalKinds]atomic.Int64

// count counts one; it is always true.
func (r *refusalCounts) count(why refusal) bool {
	r[why].Add(1)
	return true
}

func (r *refusalCounts) of(why refusal) int64 { return r[why].Load() }

func (r *refusalCounts) total() (n int64) {
	for i := range r {
		n += r[i].Load()
	}
	return n
}

// throttleInterval is how often refused requests are logged.
const throttleInterval = time.Minute

// throttle keeps the log from being flooded.
type throttle struct {
	mu    sync.Mutex
	until time.Time
}

// allow says whether it is time to speak again, which it is once an interval.
func (q *throttle) allow(now time.Time) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if now.Before(q.until) {
		return false
	}
	q.until = now.Add(throttleInterval)
	return true
}
