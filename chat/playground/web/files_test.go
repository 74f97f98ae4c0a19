package web

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"roundtable/chat"
	"roundtable/chat/playground"
)

// A picture or a document is given out to whom its message was for, wherever they say that it
// stands, and to nobody else.
func TestFilesAreForWhomTheyWereFor(t *testing.T) {
	const secret = "only for anna"
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	isSecret := func(body string) bool { return body == secret || body == picture.String() }
	talk := aChat(t, time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC))
	m := chat.Message{Text: "Yours", Blocks: []chat.Block{
		chat.Picture{Name: "trend.png", Alt: "A trend", PNG: picture.Bytes()},
		chat.File{Name: "yours.json", MediaType: "application/json", Data: []byte(secret)},
	}}
	platform := talk.Platform("north")
	direct, err := platform.Direct(t.Context(), anna, m)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		done <- platform.Run(ctx, func(context.Context, chat.Incoming) chat.Reply { return chat.Reply{Message: &m} })
	}()
	if _, err := talk.Type(t.Context(), anna, ward, "/round mine"); err != nil {
		t.Fatal(err)
	}
	stop()
	if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	private := talk.Private(anna)
	if len(private) != 1 {
		t.Fatalf("%d private messages", len(private))
	}
	handler := New(Options{Chat: talk})
	get := func(who chat.PersonID, in chat.ChannelID, message, block string) (int, string) {
		path := "/chat/north/" + who.User + "/file/" + url.PathEscape(in.Channel) + "/" + message + "/" + block + "/x"
		request := httptest.NewRequest(http.MethodGet, path, nil)
		request.Host, request.RemoteAddr = "localhost", "127.0.0.1:9"
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, request)
		return w.Code, w.Body.String()
	}
	for _, message := range []chat.PostID{direct, private[0].ID} {
		for _, in := range []chat.ChannelID{ward, playground.Direct(anna), playground.Direct(erik)} {
			for _, block := range []string{"0", "1"} {
				code, body := get(erik, in, message.Message, block)
				if isSecret(body) || code != http.StatusNotFound {
					t.Errorf("erik in %s: %d %q", in.Channel, code, body)
				}
				_, body = get(anna, in, message.Message, block)
				if stands := in.Channel == message.Channel; stands != isSecret(body) {
					t.Errorf("anna in %s: %q", in.Channel, body)
				}
			}
		}
	}
}
