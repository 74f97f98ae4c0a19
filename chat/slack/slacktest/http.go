package slacktest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// sendHTTP posts a delivery to the app's URL, signed.
func (s *Slack) sendHTTP(ctx context.Context, d *delivery, at attempt) (json.RawMessage, error) {
	s.mu.Lock()
	r := d.app.routes
	var target, kind string
	var body []byte
	var err error
	switch d.kind {
	case "events_api":
		target, kind = r.Events, "application/json"
		body, err = json.Marshal(d.payload)
	case "slash_commands":
		target, kind = r.Commands, "application/x-www-form-urlencoded"
		form := url.Values{}
		for k, v := range d.payload {
			form.Set(k, fmt.Sprint(v))
		}
		body = []byte(form.Encode())
	default:
		target, kind = r.Interactions, "application/x-www-form-urlencoded"
		var payload []byte
		payload, err = json.Marshal(d.payload)
		body = []byte(url.Values{"payload": {string(payload)}}.Encode())
	}
	doubled := s.chance(s.faults.Doubled) && d.kind == "events_api"
	s.mu.Unlock()
	if err != nil || target == "" {
		return nil, errors.Join(ErrNobody, err)
	}
	if doubled {
		s.async(func() { _, _ = s.postSigned(s.ctx, d, at, target, kind, body) }) // the copy's answer is nobody's
	}
	return s.postSigned(ctx, d, at, target, kind, body)
}

// Sign is the signature of a body, https://docs.slack.dev/authentication/verifying-requests-from-slack.
func Sign(secret string, timestamp int64, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "v0:%d:", timestamp)
	mac.Write(body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

func (s *Slack) postSigned(ctx context.Context, d *delivery, at attempt, target, kind string, body []byte) (json.RawMessage, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return nil, errors.Join(ErrNobody, err)
	}
	now := s.opts.Clock().Unix()
	req.Header.Set("Content-Type", kind)
	req.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	req.Header.Set("X-Slack-Request-Timestamp", strconv.FormatInt(now, 10))
	req.Header.Set("X-Slack-Signature", Sign(d.app.SigningSecret, now, body))
	if at.number > 0 {
		req.Header.Set("X-Slack-Retry-Num", strconv.Itoa(at.number))
		req.Header.Set("X-Slack-Retry-Reason", at.reason)
	}
	resp, err := s.server.Client().Do(req)
	if ctx.Err() != nil {
		return nil, ErrTimeout
	}
	if err != nil {
		return nil, errors.Join(ErrNobody, err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	switch {
	case ctx.Err() != nil:
		return nil, ErrTimeout
	case err != nil:
		return nil, errors.Join(ErrNobody, err)
	case resp.StatusCode/100 != 2:
		return nil, fmt.Errorf("%w: HTTP %d", ErrNobody, resp.StatusCode)
	}
	answer = bytes.TrimSpace(answer)
	if len(answer) == 0 || d.kind == "events_api" {
		return nil, nil
	}
	if !json.Valid(answer) || !strings.Contains(resp.Header.Get("Content-Type"), "json") {
		if d.kind == "interactive" { // plain text says nothing there
			return nil, nil
		}
		if answer, err = json.Marshal(map[string]any{"text": string(answer)}); err != nil {
			return nil, err
		}
	}
	recordAnswer(d, answer)
	return answer, nil
}

// Verify sends the handshake with which Slack makes sure of an app's events URL.
func (a *App) Verify(ctx context.Context) error {
	challenge := "challenge-" + a.ID
	body, err := json.Marshal(map[string]any{"token": a.Verifier, "challenge": challenge, "type": "url_verification"})
	if err != nil {
		return err
	}
	d := &delivery{app: a, kind: "url_verification"}
	answer, err := a.s.postSigned(ctx, d, attempt{}, a.routes.Events, "application/json", body)
	if err != nil {
		return err
	}
	var said struct {
		Challenge string `json:"challenge"`
		Text      string `json:"text"`
	}
	if json.Unmarshal(answer, &said) != nil || said.Challenge != challenge && said.Text != challenge {
		return fmt.Errorf("fake: the events URL answered %q to the challenge", answer)
	}
	return nil
}
