package slack

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// ServeHTTP takes what Slack sends to "/slack/<connection>/events", "/commands"
// and "/interactions"; any of them takes everything. What is not signed by Slack
// is refused and counted.
func (p *Platform) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch what := strings.TrimPrefix(r.URL.Path, "/slack/"+p.options.Connection+"/"); {
	case what != "events" && what != "commands" && what != "interactions":
		http.NotFound(w, r)
		return
	case r.Method != http.MethodPost:
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "POST only", http.StatusMethodNotAllowed)
		return
	case len(p.signing.secret) == 0:
		http.Error(w, "this connection receives over Socket Mode", http.StatusNotFound)
		return
	}
	body, err := readBody(w, r)
	if err != nil {
		status := http.StatusBadRequest
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			status = http.StatusRequestEntityTooLarge
		}
		http.Error(w, "the body can't be read", status)
		return
	}
	if err := p.signing.verify(r.Header, body, p.options.Clock()); err != nil {
		if n := p.refused.forged.Add(1); n&(n-1) == 0 { // the first, and ever fewer
			p.options.Log.Warn("a request that isn't Slack's was refused", "reason", err, "so_far", n)
		}
		http.Error(w, "not signed by Slack", http.StatusUnauthorized)
		return
	}
	kind, payload, err := read(r.Header.Get("Content-Type"), body)
	if err != nil {
		http.Error(w, "not understood", http.StatusBadRequest)
		return
	}
	p.serve(w, kind, payload)
}

// readBody reads as much as there may be of a body, into a buffer of its size.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	var body bytes.Buffer
	body.Grow(int(min(max(r.ContentLength, 0), maxBody)) + bytes.MinRead)
	_, err := body.ReadFrom(http.MaxBytesReader(w, r.Body, maxBody))
	return body.Bytes(), err
}

// serve hands over what came and answers in time.
func (p *Platform) serve(w http.ResponseWriter, kind string, payload []byte) {
	switch kind {
	case "ssl_check":
		w.WriteHeader(http.StatusOK)
		return
	case "url_verification":
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_, _ = w.Write(payload)
		return
	}
	s, ack := p.run.Load(), newAcknowledgement()
	if s == nil || !s.receive(kind, payload, ack, false) {
		http.Error(w, "not up", http.StatusServiceUnavailable)
		return
	}
	answer, ok := <-ack.body
	if !ok {
		http.Error(w, "not now", http.StatusServiceUnavailable)
		return
	}
	if answer != nil {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
	}
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(answer)
}

// Reasons to refuse a request.
var (
	errUnsigned = errors.New("no signature")
	errStale    = errors.New("signed too long ago, or by another clock")
	errForged   = errors.New("the signature is wrong; if it is Slack's, the signing secret is")
)

// signing proves that requests are Slack's, by the app's signing secret
// (docs.slack.dev/authentication/verifying-requests-from-slack).
type signing struct{ secret []byte }

// The headers that carry a signature, and when it was made in Unix seconds.
const (
	signatureHeader = "X-Slack-Signature"
	timestampHeader = "X-Slack-Request-Timestamp"
)

// mac is the signature of a body: an HMAC-SHA256 over "v0:timestamp:body".
func (s signing) mac(timestamp string, body []byte) []byte {
	mac := hmac.New(sha256.New, s.secret)
	mac.Write([]byte("v0:" + timestamp + ":"))
	mac.Write(body)
	return mac.Sum(nil)
}

// sign adds the headers that Slack would add.
func (s signing) sign(h http.Header, body []byte, now time.Time) {
	at := strconv.FormatInt(now.Unix(), 10)
	h.Set(timestampHeader, at)
	h.Set(signatureHeader, "v0="+hex.EncodeToString(s.mac(at, body)))
}

// verify returns an error when the headers are not Slack's.
func (s signing) verify(h http.Header, body []byte, now time.Time) error {
	timestamp := h.Get(timestampHeader)
	at, err := strconv.ParseInt(timestamp, 10, 64)
	given, isHex := strings.CutPrefix(h.Get(signatureHeader), "v0=")
	if err != nil || !isHex {
		return errUnsigned
	}
	if age := now.Sub(time.Unix(at, 0)); age > signatureWindow || age < -signatureWindow {
		return errStale
	}
	signature, err := hex.DecodeString(given)
	if err != nil || !hmac.Equal(signature, s.mac(timestamp, body)) {
		return errForged
	}
	return nil
}

var errNotSlack = errors.New("nothing that Slack sends")

// read tells what a request is, and returns it as Socket Mode would have it: the
// kind, and JSON.
func read(contentType string, body []byte) (kind string, payload []byte, err error) {
	if strings.HasPrefix(contentType, "application/json") {
		var o outer
		if err := json.Unmarshal(body, &o); err != nil {
			return "", nil, errNotSlack
		}
		if o.Type == "url_verification" {
			payload, err = json.Marshal(map[string]string{"challenge": o.Challenge})
			return o.Type, payload, err
		}
		return "events_api", body, nil
	}
	if escaped, ok := bytes.CutPrefix(body, []byte("payload=")); ok && !bytes.ContainsAny(escaped, "&;") {
		if payload, ok = unescape(escaped); !ok {
			return "", nil, errNotSlack
		}
		if len(payload) > 0 {
			return "interactive", payload, nil
		}
	}
	form, err := url.ParseQuery(string(body))
	switch {
	case err != nil:
		return "", nil, errNotSlack
	case form.Get("ssl_check") != "":
		return "ssl_check", nil, nil
	case form.Get("payload") != "":
		return "interactive", []byte(form.Get("payload")), nil
	case form.Get("command") == "":
		return "", nil, errNotSlack
	}
	payload, err = json.Marshal(command{
		TeamID: form.Get("team_id"), EnterpriseID: form.Get("enterprise_id"), ChannelID: form.Get("channel_id"), UserID: form.Get("user_id"),
		Command: form.Get("command"), Text: form.Get("text"), ResponseURL: form.Get("response_url"), TriggerID: form.Get("trigger_id"),
	})
	return "slash_commands", payload, err
}

// unescape reads one value of a form: what [url.QueryUnescape] does, without
// copying what may be long. Interactions are such forms, of nothing but a payload.
func unescape(escaped []byte) (value []byte, ok bool) {
	value = make([]byte, 0, len(escaped))
	for i := 0; i < len(escaped); i++ {
		switch c := escaped[i]; c {
		case '+':
			value = append(value, ' ')
		case '%':
			if i+2 >= len(escaped) || hexDigits[escaped[i+1]]|hexDigits[escaped[i+2]] > 15 {
				return nil, false
			}
			value = append(value, hexDigits[escaped[i+1]]<<4|hexDigits[escaped[i+2]])
			i += 2
		default:
			value = append(value, c)
		}
	}
	return value, true
}

// hexDigits has the value of each hexadecimal digit, and 255 for what is none.
var hexDigits = func() (digits [256]byte) {
	for c := range digits {
		digits[c] = 255
		if n, err := strconv.ParseUint(string(rune(c)), 16, 4); err == nil && c < 128 {
			digits[c] = byte(n)
		}
	}
	return digits
}()
