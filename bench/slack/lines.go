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

// lines are the connections to what is measured: requests that were made before
// go out in one write, since Go's own client takes as much of the machine for one
// as half a server.
type lines struct {
	address string
	// head is how every request begins, without a line's end.
	head string
	free chan *line // nil where none has been opened yet
}

type line struct {
	net.Conn
	in   *bufio.Reader
	used time.Time
}

// idle is how long a line is kept unused: Node closes it after 5 s.
const idle = 3 * time.Second

// answerTimeout bounds how long an answer may take.
const answerTimeout = 30 * time.Second

func newLines(to string, most int) (*lines, error) {
	u, err := url.Parse(to)
	if err != nil {
		return nil, err
	}
	l := &lines{address: u.Host, free: make(chan *line, most)}
	l.head = "POST " + u.RequestURI() + " HTTP/1.1\r\nHost: " + u.Host + "\r\nContent-Type: application/x-www-form-urlencoded"
	for range most {
		l.free <- nil
	}
	return l, nil
}

// exchange sends a request when a line is free, and returns what is answered.
func (l *lines) exchange(ctx context.Context, request []byte) (status int, body string, err error) {
	c := <-l.free
	defer func() { l.free <- c }()
	if c != nil && time.Since(c.used) > idle {
		_ = c.Close() // its error says no more
		c = nil
	}
	if c == nil {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", l.address)
		if err != nil {
			return 0, "", err
		}
		c = &line{Conn: conn, in: bufio.NewReader(conn)}
	}
	status, body, err = c.exchange(request)
	if err != nil {
		_ = c.Close() // its error says no more
		c = nil
	}
	return status, body, err
}

func (c *line) exchange(request []byte) (status int, body string, err error) {
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

// close closes all lines; none may be in use.
func (l *lines) close() {
	for range cap(l.free) {
		if c := <-l.free; c != nil {
			_ = c.Close()
		}
	}
}
