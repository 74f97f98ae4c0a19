package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// connections are a pool of connections to what is measured. Requests are made
// beforehand and go out in one write, since Go's own client takes as much processor
// time for one as half a server.
type connections struct {
	address string
	// head is how every request begins, without the line break.
	head string
	idle chan *conn // nil where none has been opened yet
}

type conn struct {
	net.Conn
	in   *bufio.Reader
	used time.Time
}

// maxIdle is how long a connection is kept unused: Node closes it after 5 s.
const maxIdle = 3 * time.Second

// answerTimeout bounds how long an answer may take.
const answerTimeout = 30 * time.Second

func newConnections(to string, most int) (*connections, error) {
	u, err := url.Parse(to)
	if err != nil {
		return nil, err
	}
	l := &connections{address: u.Host, idle: make(chan *conn, most)}
	l.head = "POST " + u.RequestURI() + " HTTP/1.1\r\nHost: " + u.Host + "\r\nContent-Type: application/x-www-form-urlencoded"
	for range most {
		l.idle <- nil
	}
	return l, nil
}

// exchange sends a request once a connection is free, and returns the answer.
func (l *connections) exchange(ctx context.Context, request []byte) (status int, body string, err error) {
	c := <-l.idle
	defer func() { l.idle <- c }()
	if c != nil && time.Since(c.used) > maxIdle {
		_ = c.Close() // its error says no more
		c = nil
	}
	if c == nil {
		dialled, err := (&net.Dialer{}).DialContext(ctx, "tcp", l.address)
		if err != nil {
			return 0, "", err
		}
		c = &conn{Conn: dialled, in: bufio.NewReader(dialled)}
	}
	status, body, err = c.exchange(request)
	if err != nil {
		_ = c.Close() // its error says no more
		c = nil
	}
	return status, body, err
}

func (c *conn) exchange(request []byte) (status int, body string, err error) {
	c.used = time.Now()
	if err := c.SetDeadline(c.used.Add(answerTimeout)); err != nil {
		return 0, "", err
	}
	if _, err := c.Write(request); err != nil {
		return 0, "", err
	}
	r, err := http.ReadResponse(c.in, nil)
	if err != nil {
		return 0, "", fmt.Errorf("answer: %w", err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	return r.StatusCode, string(text), err
}

// close closes all connections; none may be in use.
func (l *connections) close() {
	for range cap(l.idle) {
		if c := <-l.idle; c != nil {
			_ = c.Close()
		}
	}
}
