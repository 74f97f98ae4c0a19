package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// load sends submissions as Slack does: forms with a signature, over connections
// that are kept.
type load struct {
	url, secret string
	// templates are made of submissions as Slack sent them, one for each network.
	templates []template
	client    *http.Client
	// serial counts what was made, taken what was acknowledged.
	serial, taken atomic.Int64
}

func newLoad(secret string, templates []template, inFlight int) *load {
	return &load{secret: secret, templates: templates, client: &http.Client{
		Timeout:   30 * time.Second,
		Transport: &http.Transport{MaxIdleConnsPerHost: inFlight, MaxConnsPerHost: inFlight},
	}}
}

// request is the next submission, ready to be sent: making it is no part of
// what is measured.
func (l *load) request(ctx context.Context, now time.Time) (*http.Request, error) {
	n := l.serial.Add(1)
	body := l.templates[int(n)%len(l.templates)].body(n)
	stamp := strconv.FormatInt(now.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(l.secret))
	_, _ = io.WriteString(mac, "v0:"+stamp+":"+body) // a hash takes everything
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, l.url, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return r, nil
}

// send sends one submission and returns how long its answer took. An answer
// that leaves the form open is an error.
func (l *load) send(r *http.Request, from time.Time) (time.Duration, error) {
	resp, err := l.client.Do(r)
	if err != nil {
		return 0, err
	}
	body, err := io.ReadAll(resp.Body)
	took := time.Since(from)
	_ = resp.Body.Close()
	if err != nil {
		return took, err
	}
	switch text := strings.TrimSpace(string(body)); {
	case resp.StatusCode != http.StatusOK, text != "" && text != "{}" && !strings.Contains(text, `"clear"`):
		return took, fmt.Errorf("a submission was not taken: %s %.300s", resp.Status, text)
	}
	l.taken.Add(1)
	return took, nil
}

// steady sends at a rate, whether or not what was sent before is answered: a
// slow answer makes nobody else wait. Latency counts from when it should have
// been sent.
func (l *load) steady(ctx context.Context, rate int, length time.Duration) ([]time.Duration, error) {
	total := int(length.Seconds() * float64(rate))
	took, errs := make([]time.Duration, total), make([]error, total)
	var out sync.WaitGroup
	begin := time.Now()
	for n := range total {
		due := begin.Add(time.Duration(n) * time.Second / time.Duration(rate))
		r, err := l.request(ctx, due)
		if err != nil {
			return nil, err
		}
		time.Sleep(time.Until(due))
		out.Go(func() { took[n], errs[n] = l.send(r, due) })
	}
	out.Wait()
	slices.Sort(took)
	return took, errors.Join(errs...)
}

// flatOut sends with so many in flight all the time, and returns how many were
// taken a second.
func (l *load) flatOut(ctx context.Context, inFlight int, length time.Duration) (float64, error) {
	before, errs := l.taken.Load(), make([]error, inFlight)
	var out sync.WaitGroup
	begin := time.Now()
	for k := range inFlight {
		out.Go(func() {
			for errs[k] == nil && time.Since(begin) < length {
				var r *http.Request
				if r, errs[k] = l.request(ctx, time.Now()); errs[k] == nil {
					_, errs[k] = l.send(r, time.Now())
				}
			}
		})
	}
	out.Wait()
	return float64(l.taken.Load()-before) / time.Since(begin).Seconds(), errors.Join(errs...)
}
