package mattermosttest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// Person is somebody at the server's web page: signed in, and told by the server
// what happens. Like a browser, they look again when the connection breaks, and
// type and press when they do; what only they were shown meanwhile is lost, as it
// is for everybody.
type Person struct {
	// ID is who they are to the bot, Name the account's name.
	ID   chat.PersonID
	Name string

	team   *Team
	client *model.Client4
	// What is done to messages is done one after the other: the server tells of
	// two things at once in any order.
	oneAtATime sync.Mutex

	mu      sync.Mutex
	private []*model.Post // ephemeral posts, oldest first
	form    *dialog       // nil when none is open
	// A dialog opens when both it and the answer to what it was asked for with
	// have come, in either order: they name the same trigger.
	trigger    string
	opening    model.OpenDialogRequest
	channel    string          // that they look at
	botChannel string          // their direct conversation with the bot, once it is known
	pressed    map[string]bool // posts whose form they have opened

	online chan struct{} // closed while the server can tell them something
	stop   context.CancelFunc
	done   sync.WaitGroup
}

// Client is the person's own, for what a Team has no word for.
func (p *Person) Client() *model.Client4 { return p.client }

// connect opens the connection over which the server tells what happens, and keeps
// it open; it returns when the server tells.
func (p *Person) connect(ctx context.Context) error {
	conn, err := p.dial(ctx)
	if err != nil {
		return err
	}
	p.online = make(chan struct{})
	close(p.online)
	ctx, p.stop = context.WithCancel(context.WithoutCancel(ctx))
	p.done.Go(func() {
		for ctx.Err() == nil {
			if conn != nil {
				p.readEvents(ctx, conn)
				p.setOnline(false)
			}
			select {
			case <-ctx.Done():
				return
			case <-time.After(100 * time.Millisecond):
			}
			if conn, _ = p.dial(ctx); conn != nil { // else it is tried again
				p.setOnline(true)
			}
		}
	})
	return nil
}

func (p *Person) setOnline(online bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if online {
		close(p.online)
	} else {
		p.online = make(chan struct{})
	}
}

// awaitConnected waits until the person's page is connected: before, nobody would press.
func (p *Person) awaitConnected(ctx context.Context) error {
	p.mu.Lock()
	up := p.online
	p.mu.Unlock()
	select {
	case <-up:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("the page is not connected: %w", ctx.Err())
	}
}

// dial connects and waits for the server's hello.
func (p *Person) dial(ctx context.Context) (*websocket.Conn, error) {
	url := "ws" + strings.TrimPrefix(p.team.server.URL, "http") + model.APIURLSuffix + "/websocket"
	d := websocket.Dialer{HandshakeTimeout: callTimeout}
	conn, answer, err := d.DialContext(ctx, url, http.Header{"Authorization": {"Bearer " + p.client.AuthToken}})
	if err != nil {
		return nil, fmt.Errorf("watch the server: %w", err)
	}
	_ = answer.Body.Close()
	_ = conn.SetReadDeadline(time.Now().Add(callTimeout)) // a broken one fails below
	var hello event
	if err := conn.ReadJSON(&hello); err != nil {
		_ = conn.Close()
		return nil, fmt.Errorf("watch the server: %w", err)
	}
	_ = conn.SetReadDeadline(time.Time{}) // a broken one fails when it is read
	return conn, nil
}

// event is what the server tells.
type event struct {
	Event string          `json:"event"`
	Data  json.RawMessage `json:"data"`
}

// readEvents reads what the server tells until the connection breaks or the context
// ends.
func (p *Person) readEvents(ctx context.Context, conn *websocket.Conn) {
	closed := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer closed()
	defer func() { _ = conn.Close() }()
	for {
		var e event
		if err := conn.ReadJSON(&e); err != nil {
			return
		}
		p.handle(e)
	}
}

// handle takes in what a browser would show.
func (p *Person) handle(e event) {
	var data struct {
		Post   string `json:"post"`
		Dialog string `json:"dialog"`
	}
	if json.Unmarshal(e.Data, &data) != nil {
		return // other events carry other things
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e.Event {
	case "open_dialog":
		var asked model.OpenDialogRequest
		if json.Unmarshal([]byte(data.Dialog), &asked) == nil {
			p.opening = asked
			p.openDialog()
		}
	case "ephemeral_message", "post_edited", "post_deleted":
		var post model.Post
		if json.Unmarshal([]byte(data.Post), &post) != nil {
			return
		}
		p.handlePrivate(e.Event, &post)
	}
}

// acted notes where the person did something and with which trigger they were
// answered.
func (p *Person) acted(channel, trigger string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.channel, p.trigger = channel, trigger
	p.openDialog()
}

// openDialog opens the dialog that has come if it is the answer to what the person did
// last; p.mu is held.
func (p *Person) openDialog() {
	if p.opening.TriggerId != "" && p.opening.TriggerId == p.trigger {
		p.form = newDialog(p.opening, p.channel)
		p.opening = model.OpenDialogRequest{}
	}
}

func (p *Person) handlePrivate(what string, post *model.Post) {
	i := slices.IndexFunc(p.private, func(old *model.Post) bool { return old.Id == post.Id })
	switch {
	case what == "ephemeral_message" && i < 0:
		p.private = append(p.private, post)
	case i < 0: // a post that all see
	case what == "post_deleted":
		p.private = slices.Delete(p.private, i, i+1)
	default:
		p.private[i] = post
	}
}

// shown returns an ephemeral post, or nil.
func (p *Person) shown(id string) *model.Post {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := slices.IndexFunc(p.private, func(post *model.Post) bool { return post.Id == id }); i >= 0 {
		return p.private[i]
	}
	return nil
}

func (p *Person) disconnect() {
	p.stop()
	p.done.Wait()
}
