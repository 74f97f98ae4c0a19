package slack

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"roundtable/chat"
)

// reach asks the bot's own address what Slack asks when an app is made, signed as
// Slack would, so that only this bot, with this signing secret, answers right.
func (x *examination) reach(ctx context.Context) {
	public := ManifestOptions{Connection: x.p.options.Connection, PublicURL: x.p.options.PublicURL}
	all := public.address("{events,commands,interactions}")
	status, err := x.p.challenge(ctx, public.address("events"))
	switch {
	case errors.Is(err, errStrange), err == nil && status != http.StatusOK && status != http.StatusUnauthorized:
		x.found(chat.Broken, "See that public_url leads to this bot, with all that comes after it.", "What answers at %s is not this bot, or not this connection.", all)
	case err != nil:
		x.found(chat.Lacking, "Start the bot (roundtable serve), or see that public_url leads to it. From inside a network the outer address may not work; then ask from outside.",
			"Nothing answers at the bot's own address %s, as seen from here: %s.", all, errorWords(withoutAddress(err)))
	case status == http.StatusUnauthorized:
		x.found(chat.Broken, "Start the bot again if its settings have changed, and see that public_url leads to this bot and not to another.",
			"What answers at %s has another signing secret.", all)
	case !strings.HasPrefix(public.PublicURL, "https://") && strings.Contains(x.p.options.APIURL, "slack"):
		x.found(chat.Broken, "Put a proxy that speaks https before the bot, and make public_url its address.", "The bot answers at %s, but Slack calls https addresses only.", all)
	default:
		x.found(chat.Well, "", "The bot answers at its own address %s. Whether Slack reaches it, the app's page %q says.", all, "Event Subscriptions")
	}
}

// errStrange says that something else than the bot answers.
var errStrange = errors.New("not the bot")

// challenge returns with which status the address answers: http.StatusOK only if
// it knows the answer, and errStrange if it says OK to anything.
func (p *Platform) challenge(ctx context.Context, address string) (status int, err error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	text := rand.Text()
	body, err := json.Marshal(map[string]string{"type": "url_verification", "challenge": text})
	if err != nil {
		return 0, fmt.Errorf("make a challenge: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, fmt.Errorf("make a challenge: %w", err)
	}
	at := strconv.FormatInt(p.clock().Unix(), 10)
	mac := hmac.New(sha256.New, p.secret)
	mac.Write([]byte("v0:" + at + ":"))
	mac.Write(body)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Slack-Request-Timestamp", at)
	request.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	client := &http.Client{Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true}}
	answer, err := client.Do(request)
	if err != nil {
		return 0, fmt.Errorf("challenge: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	said, err := io.ReadAll(io.LimitReader(answer.Body, maxBody))
	if err != nil {
		return 0, fmt.Errorf("challenge: %w", err)
	}
	if answer.StatusCode == http.StatusOK && !bytes.Contains(said, []byte(text)) {
		return 0, errStrange
	}
	return answer.StatusCode, nil
}
