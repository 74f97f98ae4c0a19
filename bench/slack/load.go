package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
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
// that are kept. It shares the machine with what is measured, so that it does as
// little as it can.
type load struct {
	secret string
	// templates are made of submissions as Slack sent them, one for each network.
	templates   []template
	connections *connections
	signers     sync.Pool // of hash.Hash
	// serial counts what was made, taken what was acknowledged.
	made, taken atomic.Int64
}

// newLoad returns a load for the address that submissions go to; inFlight bounds
// how many are under way.
func newLoad(url, secret string, templates []template, inFlight int) (*load, error) {
	pool, err := newConnections(url, inFlight)
	if err != nil {
		return nil, err
	}
	l := &load{secret: secret, templates: templates, connections: pool}
	l.signers.New = func() any { return hmac.New(sha256.New, []byte(secret)) }
	return l, nil
}

// request appends the next submission to the buffer, as it is sent.
func (l *load) request(buffer []byte, now time.Time) []byte {
	n := l.made.Add(1)
	t := l.templates[int(n)%len(l.templates)]
	stamp := strconv.FormatInt(now.Unix(), 10)
	buffer = append(buffer, l.connections.head...)
	buffer = append(buffer, "\r\nX-Slack-Request-Timestamp: "...)
	buffer = append(buffer, stamp...)
	buffer = append(buffer, "\r\nContent-Length: "...)
	buffer = strconv.AppendInt(buffer, int64(t.size), 10)
	buffer = append(buffer, "\r\nX-Slack-Signature: v0="...)
	at := len(buffer)
	buffer = append(buffer, make([]byte, hex.EncodedLen(sha256.Size))...)
	buffer = append(buffer, "\r\n\r\n"...)
	body := len(buffer)
	buffer = t.body(buffer, n)
	mac, _ := l.signers.Get().(hash.Hash)
	defer l.signers.Put(mac)
	mac.Reset()
	_, _ = io.WriteString(mac, "v0:"+stamp+":") // a hash takes everything
	_, _ = mac.Write(buffer[body:])
	var sum [sha256.Size]byte
	hex.Encode(buffer[at:], mac.Sum(sum[:0]))
	return buffer
}

// send sends one submission, made by request, and returns how long after from its
// answer was there. An answer that leaves the form open is an error.
func (l *load) send(ctx context.Context, request []byte, from time.Time) (time.Duration, error) {
	status, body, err := l.connections.exchange(ctx, request)
	took := time.Since(from)
	if err != nil {
		return took, err
	}
	switch text := strings.TrimSpace(body); {
	case status != http.StatusOK, text != "" && text != "{}" && !strings.Contains(text, `"clear"`):
		return took, fmt.Errorf("a submission was not taken: %d %.300s", status, text)
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
		r := l.request(nil, due)
		time.Sleep(time.Until(due))
		out.Go(func() { took[n], errs[n] = l.send(ctx, r, due) })
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
			var buffer []byte
			for errs[k] == nil && time.Since(begin) < length {
				now := time.Now()
				buffer = l.request(buffer[:0], now)
				_, errs[k] = l.send(ctx, buffer, now)
			}
		})
	}
	out.Wait()
	return float64(l.taken.Load()-before) / time.Since(begin).Seconds(), errors.Join(errs...)
}
