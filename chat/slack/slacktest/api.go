package slacktest

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxBody bounds what the fake reads of a request.
const maxBody = 64 << 20

func (s *Slack) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.serveMethod)
	mux.HandleFunc("POST /upload/{ticket}", s.serveUpload)
	mux.HandleFunc("POST /response/{id}", s.serveResponse)
	mux.HandleFunc("GET /link/", s.serveSocket)
	return mux
}

// failure is a refusal of the Web API.
type failure struct {
	code     string
	messages []string
	extra    map[string]any
}

func refuse(code string, messages ...string) *failure {
	return &failure{code: code, messages: messages}
}

// result is what a method answers beside "ok".
type result = map[string]any

// call is one call of a method; the lock is held while it runs.
type call struct {
	s      *Slack
	app    *App
	method string
	args   arguments
}

// method is one method of the Web API.
type method struct {
	// scopes that the token needs, all of them; a method whose scope depends on
	// the channel asks for it itself.
	scopes []string
	rate   rate
	level  string // "" for a bot token, "app" for an app-level token
	do     func(*call) (result, *failure)
}

// kept are the methods whose arguments are kept by [record].
var kept = []string{
	"chat.postMessage", "chat.postEphemeral", "chat.update", "files.getUploadURLExternal", "files.completeUploadExternal", "views.open",
	"views.push", "views.update", "views.publish",
}

// serveMethod answers POST /api/<method>.
func (s *Slack) serveMethod(w http.ResponseWriter, r *http.Request) {
	s.spend()
	name := r.PathValue("method")
	args, token, fail := readArguments(r)
	m, known := methods()[name]
	if !known {
		answer(w, nil, refuse("unknown_method"))
		return
	}
	if r.Method != http.MethodPost && r.Method != http.MethodGet {
		answer(w, nil, refuse("method_not_supported"))
		return
	}
	plan := s.plan(name)
	if !s.suffer(r, w, plan.before) {
		return
	}
	s.mu.Lock()
	app := s.app(token)
	if fail == nil {
		fail = m.admit(w, app, token, name)
	}
	if fail == nil {
		if wait, ok := m.rate.within(name, app, args); !ok {
			s.mu.Unlock()
			tooMany(w, wait)
			return
		}
	}
	var out result
	if fail == nil {
		s.calls[name]++
		out, fail = m.do(&call{s: s, app: app, method: name, args: args})
	}
	if fail == nil && slices.Contains(kept, name) {
		record(name, args)
	}
	s.mu.Unlock()
	if s.suffer(r, w, plan.after) {
		answer(w, out, fail)
	}
}

// admit checks token and scopes.
func (m method) admit(w http.ResponseWriter, app *App, token, name string) *failure {
	switch {
	case token == "":
		return refuse("not_authed")
	case app == nil:
		return refuse("invalid_auth")
	case app.revoked != "":
		return refuse(app.revoked)
	case (m.level == "app") != (token == app.AppToken):
		return refuse("not_allowed_token_type")
	}
	provided := app.Scopes
	if m.level == "app" {
		provided = []string{"connections:write"}
	}
	w.Header().Set("X-OAuth-Scopes", strings.Join(provided, ","))
	w.Header().Set("X-Accepted-OAuth-Scopes", strings.Join(m.scopes, ","))
	for _, scope := range m.scopes {
		if !slices.Contains(provided, scope) {
			app.s.breaks("%s without the scope %s", name, scope)
			return missing(scope, provided)
		}
	}
	return nil
}

func missing(needed string, provided []string) *failure {
	return &failure{code: "missing_scope", extra: map[string]any{"needed": needed, "provided": strings.Join(provided, ",")}}
}

// scope asks for a scope that depends on what the call is about.
func (c *call) scope(needed string) *failure {
	if c.app.has(needed) {
		return nil
	}
	c.s.breaks("%s without the scope %s", c.method, needed)
	return missing(needed, c.app.Scopes)
}

func answer(w http.ResponseWriter, out result, fail *failure) {
	body := map[string]any{"ok": fail == nil}
	maps.Copy(body, out)
	if fail != nil {
		body["error"] = fail.code
		maps.Copy(body, fail.extra)
		if len(fail.messages) > 0 {
			body["errors"] = fail.messages
			marked := make([]string, len(fail.messages))
			for i, m := range fail.messages {
				marked[i] = "[ERROR] " + m
			}
			body["response_metadata"] = map[string]any{"messages": marked}
		}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("X-Slack-Req-Id", "fake")
	_ = json.NewEncoder(w).Encode(body) // a caller that is gone is its own loss
}

func tooMany(w http.ResponseWriter, wait time.Duration) {
	seconds := max(1, int((wait+time.Second-1)/time.Second))
	w.Header().Set("Retry-After", strconv.Itoa(seconds))
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(http.StatusTooManyRequests)
	fmt.Fprint(w, `{"ok":false,"error":"ratelimited"}`)
}

// arguments of a call: from a form all are strings, from JSON they are what
// they are.
type arguments map[string]any

// readArguments reads a call, whichever way it is written.
func readArguments(r *http.Request) (args arguments, token string, fail *failure) {
	args = arguments{}
	token, _ = strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	r.Body = http.MaxBytesReader(nil, r.Body, maxBody)
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err == nil && kind == "application/json":
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return args, token, refuse("request_timeout")
		}
		if len(body) > 0 && json.Unmarshal(body, &args) != nil {
			return args, token, refuse("invalid_json")
		}
		if token == "" { // Slack wants the header with JSON
			return args, "", nil
		}
	case err == nil && kind == "multipart/form-data":
		if r.ParseMultipartForm(maxBody) != nil {
			return args, token, refuse("invalid_form_data")
		}
	default:
		if r.ParseForm() != nil {
			return args, token, refuse("invalid_form_data")
		}
	}
	for k, v := range r.Form {
		args[k] = v[0]
	}
	if t := args.text("token"); t != "" && token == "" {
		token = t
	}
	delete(args, "token")
	return args, token, nil
}

// text is a scalar as text.
func (a arguments) text(name string) string {
	switch v := a[name].(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

func (a arguments) yes(name string) bool {
	v := a.text(name)
	return v == "true" || v == "1"
}

// number is a number between least and most, or the usual when it is not given.
func (a arguments) number(name string, usual, least, most int) (int, *failure) {
	t := a.text(name)
	if t == "" {
		return usual, nil
	}
	n, err := strconv.Atoi(t)
	if err != nil || n < least || n > most {
		return 0, refuse("invalid_limit")
	}
	return n, nil
}

// json is a structured argument: as it is, or written as a string in a form.
func (a arguments) json(name string) (v any, given, good bool) {
	switch v := a[name].(type) {
	case nil:
		return nil, false, true
	case string:
		if v == "" {
			return nil, false, true
		}
		var out any
		if json.Unmarshal([]byte(v), &out) != nil {
			return nil, true, false
		}
		return out, true, true
	default:
		return v, true, true
	}
}
