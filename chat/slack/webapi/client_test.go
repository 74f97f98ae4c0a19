package webapi

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

// Addresses that let whoever has them upload or answer stay out of errors.
func TestErrorsHoldNoAddress(t *testing.T) {
	c := New(Options{BotToken: "xoxb-1", URL: "http://127.0.0.1:1/api/", Log: slog.New(slog.DiscardHandler), Clock: time.Now})
	cut := errors.New("cut")
	err := c.call(t.Context(), "upload", "", func(context.Context) error {
		return fmt.Errorf("upload: %w", &url.Error{Op: "Post", URL: "https://files.example/SECRET", Err: cut})
	})
	if !errors.Is(err, cut) || strings.Contains(err.Error(), "SECRET") {
		t.Errorf("%v", err)
	}
	for _, address := range []string{"http://127.0.0.1:1/SECRET", "http://127.0.0.1:1/SECRET\x7f"} {
		if err := c.Respond(t.Context(), address, slack.WebhookMessage{}); err == nil || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%v", err)
		}
	}
}
