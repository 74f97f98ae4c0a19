package slacktest

import (
	"crypto/rand"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// maxStack is how many modals may lie upon each other.
const maxStack = 3

// trigger is the right to open one modal for one person.
type trigger struct {
	id   string
	app  *App
	user *User
	made time.Time
	used bool
	// on is the view in which the person pressed, if any.
	on *view
}

// view is a modal in front of a person, or a home page.
type view struct {
	id, hash string
	app      *App
	user     *User
	kind     string
	spec     map[string]any // as given, with block and action ids
	root     string
	previous string
	errors   map[string]string // by block id
	state    map[string]map[string]any
	external bool // opened from another workspace than the app's
}

// trigger makes a trigger for a person. The lock is held.
func (a *App) trigger(u *User, on *view) string {
	s := a.s
	t := &trigger{id: s.id("1") + "." + s.id("2") + "." + strings.ToLower(s.id("t")), app: a, user: u, made: s.opts.Clock(), on: on}
	s.triggers[t.id] = t
	return t.id
}

// spend uses a trigger up.
func (c *call) spend() (*trigger, *failure) {
	id := c.args.text("trigger_id")
	t := c.s.triggers[id]
	switch {
	case id == "":
		return nil, refuse("invalid_arguments", "missing required field: trigger_id")
	case t == nil || t.app != c.app:
		c.s.breaks("%s: unknown trigger", c.method)
		return nil, refuse("invalid_trigger_id")
	case t.used:
		c.s.breaks("%s: a trigger used twice", c.method)
		return nil, refuse("exchanged_trigger_id")
	case c.s.opts.Clock().Sub(t.made) > c.s.opts.Patience:
		c.s.breaks("%s: a trigger older than %v", c.method, c.s.opts.Patience)
		return nil, refuse("expired_trigger_id")
	}
	t.used = true
	return t, nil
}

// viewArgument reads and checks the view of a call.
func (c *call) viewArgument(kinds ...string) (map[string]any, *failure) {
	raw, given, good := c.args.json("view")
	spec, isMap := raw.(map[string]any)
	switch {
	case !given:
		return nil, refuse("invalid_arguments", "missing required field: view")
	case !good || !isMap:
		return nil, refuse("invalid_arguments", "invalid JSON [json-pointer:/view]")
	}
	return c.app.checkView(c.method, spec, kinds...)
}

func (a *App) checkView(method string, spec map[string]any, kinds ...string) (map[string]any, *failure) {
	s := a.s
	k := s.kit(a, surfaceView)
	k.view("/view", spec, kinds...)
	if len(k.problems) > 0 {
		s.breaks("%s: invalid view: %s", method, strings.Join(k.problems, "; "))
		return nil, refuse("invalid_arguments", k.problems...)
	}
	if k.runes > 250_000 {
		return nil, refuse("view_too_large")
	}
	return spec, nil
}

// show makes a view of a checked specification.
func (a *App) show(u *User, spec map[string]any) *view {
	s := a.s
	v := &view{app: a, user: u, id: s.id("V"), external: u.Team != a.team}
	v.root = v.id
	v.fill(spec)
	return v
}

// fill gives a view new content; what the person typed in blocks that stay is
// kept, as Slack does where block_id and action_id are the same.
func (v *view) fill(spec map[string]any) {
	s := v.app.s
	full := maps.Clone(spec)
	list, _ := spec["blocks"].([]any)
	named := s.named(list)
	if named == nil {
		named = []any{}
	}
	full["blocks"] = named
	v.kind, _ = full["type"].(string)
	v.spec, v.errors = full, nil
	v.hash = s.hash()
	old := v.state
	v.state = map[string]map[string]any{}
	for _, in := range v.inputs() {
		value := in.initial()
		if had, ok := old[in.block][in.action]; ok {
			if m, _ := had.(map[string]any); m["type"] == in.element["type"] {
				value = m
			}
		}
		if v.state[in.block] == nil {
			v.state[in.block] = map[string]any{}
		}
		v.state[in.block][in.action] = value
	}
}

func (s *Slack) hash() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return stampOf(s.opts.Clock()) + "." + hex.EncodeToString(b[:4])
}

// opening is the modal that a call opens, and the trigger that lets it.
func (c *call) opening() (spec map[string]any, t *trigger, fail *failure) {
	spec, fail = c.viewArgument("modal")
	if fail != nil {
		return nil, nil, fail
	}
	t, fail = c.spend()
	return spec, t, fail
}

func viewsOpen(c *call) (result, *failure) {
	spec, t, fail := c.opening()
	if fail != nil {
		return nil, fail
	}
	v := c.app.show(t.user, spec)
	t.user.stack = []*view{v} // a new modal replaces what was open
	return result{"view": v.wire()}, nil
}

func viewsPush(c *call) (result, *failure) {
	spec, t, fail := c.opening()
	if fail != nil {
		return nil, fail
	}
	if t.on == nil || !slices.Contains(t.user.stack, t.on) {
		return nil, refuse("not_found")
	}
	if fail := t.user.push(c.app, spec); fail != nil {
		return nil, fail
	}
	return result{"view": t.user.stack[len(t.user.stack)-1].wire()}, nil
}

// push lays a view upon what is open.
func (u *User) push(a *App, spec map[string]any) *failure {
	s := u.s
	if len(u.stack) >= maxStack {
		s.breaks("a fourth modal upon three")
		return refuse("push_limit_reached")
	}
	v := a.show(u, spec)
	top := u.stack[len(u.stack)-1]
	v.root, v.previous = top.root, top.id
	u.stack = append(u.stack, v)
	return nil
}

func viewsUpdate(c *call) (result, *failure) {
	spec, fail := c.viewArgument("modal", "home")
	if fail != nil {
		return nil, fail
	}
	id, external := c.args.text("view_id"), c.args.text("external_id")
	if id == "" && external == "" {
		return nil, refuse("invalid_arguments", "view_id or external_id is required")
	}
	for _, u := range c.s.users {
		for _, v := range slices.AppendSeq(slices.Clone(u.stack), maps.Values(u.homes)) {
			ext, _ := v.spec["external_id"].(string)
			if v.app != c.app || v.id != id && (ext == "" || ext != external) {
				continue
			}
			if h := c.args.text("hash"); h != "" && h != v.hash {
				return nil, refuse("hash_conflict")
			}
			if spec["type"] != v.kind {
				return nil, refuse("invalid_arguments", "a view can't become one of another type [json-pointer:/view/type]")
			}
			v.fill(spec)
			return result{"view": v.wire()}, nil
		}
	}
	return nil, refuse("not_found")
}

func viewsPublish(c *call) (result, *failure) {
	spec, fail := c.viewArgument("home")
	if fail != nil {
		return nil, fail
	}
	u := c.s.users[c.args.text("user_id")]
	switch {
	case u == nil || u.bot != nil:
		return nil, refuse("invalid_arguments", "user_id is no user")
	case !c.app.knows(u):
		return nil, refuse("user_not_found")
	}
	v := u.homes[c.app.ID]
	if h := c.args.text("hash"); h != "" && (v == nil || h != v.hash) {
		return nil, refuse("hash_conflict")
	}
	if v == nil {
		v = c.app.show(u, spec)
		if u.homes == nil {
			u.homes = map[string]*view{}
		}
		u.homes[c.app.ID] = v
	} else {
		v.fill(spec)
	}
	return result{"view": v.wire()}, nil
}

// installedIn is the workspace that a view names as the app's: in Enterprise Grid the
// person's own (bolt-python 1229).
func (v *view) installedIn() string {
	if v.user.Team.together(v.app.team) {
		return v.user.Team.ID
	}
	return v.app.team.ID
}

// wire is the view as Slack tells it.
func (v *view) wire() map[string]any {
	w := map[string]any{
		"id": v.id, "team_id": v.user.Team.ID, "type": v.kind, "blocks": v.spec["blocks"], "private_metadata": "", "callback_id": "",
		"external_id": "", "state": map[string]any{"values": v.values()}, "hash": v.hash, "title": v.spec["title"],
		"clear_on_close": v.spec["clear_on_close"] == true, "notify_on_close": v.spec["notify_on_close"] == true, "close": v.spec["close"],
		"submit": v.spec["submit"], "previous_view_id": nil, "root_view_id": v.root, "app_id": v.app.ID, "bot_id": v.app.BotID,
		"app_installed_team_id": v.installedIn(),
	}
	for _, k := range []string{"private_metadata", "callback_id", "external_id"} {
		if v.spec[k] != nil {
			w[k] = v.spec[k]
		}
	}
	if v.kind == "home" {
		w["title"] = map[string]any{"type": "plain_text", "text": "View Title", "emoji": true}
	}
	if v.previous != "" {
		w["previous_view_id"] = v.previous
	}
	return w
}

// values is the state as Slack sends it.
func (v *view) values() map[string]any {
	out := map[string]any{}
	for block, actions := range v.state {
		out[block] = maps.Clone(actions)
	}
	return out
}

// viewLimits, https://docs.slack.dev/reference/views/modal-views.
const (
	maxViewBlocks   = 100
	maxViewTitle    = 24
	maxPrivate      = 3000
	maxCallback     = 255
	maxErrorMessage = 2000
)

func runes(s string) int { return utf8.RuneCountInString(s) }

// Modal is a modal or home page as the person sees it.
type Modal struct {
	ID, Callback, Title, Submit, Close, Metadata string
	// Text is all that can be read of the blocks, a line each.
	Text    string
	Buttons []string
	Fields  []ModalField
	Blocks  []any
	// Depth is how many modals lie upon each other.
	Depth int
}

// ModalField is an element with a value.
type ModalField struct {
	Block, Action, Label, Hint, Placeholder string
	// Kind is the element's type; Value what it holds now, Error what stands
	// at it.
	Kind, Value, Error string
	Options            []string
	Optional           bool
}

// Modal is what is open in front of the person.
func (u *User) Modal() (m Modal, open bool) {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	v := u.top()
	if v == nil {
		return Modal{}, false
	}
	m = v.seen()
	m.Depth = len(u.stack)
	return m, true
}

// Home is the person's page of the app, as it was last published.
func (u *User) Home(a *App) (page Modal, published bool) {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	v := u.homes[a.ID]
	if v == nil {
		return Modal{}, false
	}
	return v.seen(), true
}

func (v *view) seen() Modal {
	list, _ := v.spec["blocks"].([]any)
	m := Modal{
		ID: v.id, Title: textOf(v.spec["title"]), Submit: textOf(v.spec["submit"]), Close: textOf(v.spec["close"]), Text: shown(list),
		Buttons: buttons(list), Blocks: list,
	}
	m.Callback, _ = v.spec["callback_id"].(string)
	m.Metadata, _ = v.spec["private_metadata"].(string)
	for _, in := range v.inputs() {
		f := ModalField{Block: in.block, Action: in.action, Label: in.label, Hint: in.hint, Value: v.value(in), Error: v.errors[in.block], Optional: in.optional}
		f.Kind, _ = in.element["type"].(string)
		f.Placeholder = textOf(in.element["placeholder"])
		for _, o := range choices(in.element) {
			f.Options = append(f.Options, optionValue(o))
		}
		m.Fields = append(m.Fields, f)
	}
	return m
}
