package mattermost

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"

	"roundtable/chat"
	"roundtable/chat/mattermost/mattermosttest"
)

// TestOverTLS reaches the server through a front that speaks HTTP/2 to those who
// can, as most do.
func TestOverTLS(t *testing.T) {
	t.Parallel()
	s := mattermosttest.Shared(t)
	target, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	onward := &http.Transport{}
	var second atomic.Bool
	pass := &httputil.ReverseProxy{
		Transport: onward, FlushInterval: -1,
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target); r.Out.Host = target.Host },
	}
	front := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor == 2 {
			second.Store(true)
		}
		pass.ServeHTTP(w, r)
	}))
	front.EnableHTTP2 = true
	front.Config.ErrorLog = log.New(io.Discard, "", 0)
	front.StartTLS()
	t.Cleanup(func() { front.Close(); onward.CloseIdleConnections() })
	ctx, cancel := context.WithTimeout(t.Context(), outageTimeout)
	defer cancel()
	o := &outage{stage: newStage(t, s, front.URL), t: t, ctx: ctx, server: s, recorder: &recorder{t: t}}
	o.options.Transport = front.Client().Transport
	o.platform = o.newPlatform(t)
	o.start()
	t.Cleanup(func() { o.stop(); front.CloseClientConnections() })
	o.root, err = o.platform.Post(ctx, o.here, chat.PostID{}, chat.Say("root"))
	o.must(err)
	o.say("hello")
	o.waitFor("hello")
	if !second.Load() {
		t.Error("nothing came over HTTP/2: this test tests nothing")
	}
}
