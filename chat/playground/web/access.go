package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net"
	"net/http"
	"net/url"
	"strings"
)

const (
	// maxBody is enough for the largest form: [chat.MaxFields] texts of
	// [chat.MaxField] characters.
	maxBody = 2 << 20

	csrfCookie   = "roundtable_csrf"
	accessCookie = "roundtable_access"
	langCookie   = "roundtable_lang"
	csrfHeader   = "X-Roundtable"

	// contentSecurityPolicy lets in what this page serves itself and nothing else;
	// scripts may write into the page only through the one policy of theirs.
	contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
		"frame-src 'self'; frame-ancestors 'self'; form-action 'self'; base-uri 'none'; " +
		"require-trusted-types-for 'script'; trusted-types roundtable"
)

// accessControl lets in who may see the page: whoever asks from this machine or,
// where there is an access token, whoever has it.
type accessControl struct {
	key    string // of this process, so that nobody can make a cookie of a token they guess
	cookie string // what the access cookie holds; empty when there is no token
	tries  *throttle
	render *renderer
}

func newAccessControl(token string, render *renderer) *accessControl {
	key := rand.Text()
	return &accessControl{key: key, cookie: accessCookieValue(key, token), tries: newThrottle(), render: render}
}

// guard stands before every request: it knows who may ask, from where, and how
// much; and says what a browser may do with the answer.
func (a *accessControl) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentSecurityPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Cache-Control", "no-store")
		switch {
		case a.cookie == "" && !isLoopback(r.Host):
			// Another name may have been made to point here (DNS rebinding).
			http.Error(w, "This page answers to localhost and 127.0.0.1 only.", http.StatusMisdirectedRequest)
			return
		case isCrossSite(r):
			http.Error(w, "This was asked for by another site's page.", http.StatusForbidden)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		if a.cookie != "" && !a.admit(w, r) {
			return
		}
		if r.Method == http.MethodPost && r.URL.Path != "/enter" && !hasCSRFToken(r) {
			http.Error(w, "Load the page again.", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// isLoopback says whether a Host header names this machine itself, as seen from
// itself.
func isLoopback(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.Trim(name, "[]")
	if strings.EqualFold(name, "localhost") {
		return true
	}
	ip := net.ParseIP(name)
	return ip != nil && ip.IsLoopback()
}

// isCrossSite says whether another site's page stands behind a request. Pages may
// be linked to; nothing else may be asked for from elsewhere.
func isCrossSite(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" {
		u, err := url.Parse(origin)
		if err != nil || u.Host != r.Host {
			return true
		}
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return false
	}
	return r.Method != http.MethodGet || r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document"
}

// hasCSRFToken says whether a request carries the token of a page that this
// browser was shown: the same in a header as in the cookie.
func hasCSRFToken(r *http.Request) bool {
	cookie, err := r.Cookie(csrfCookie)
	if err != nil || len(cookie.Value) < 32 {
		return false
	}
	return subtle.ConstantTimeCompare([]byte(cookie.Value), []byte(r.Header.Get(csrfHeader))) == 1
}

// csrfToken returns the browser's token, giving it one if it has none.
func csrfToken(w http.ResponseWriter, r *http.Request) string {
	if cookie, err := r.Cookie(csrfCookie); err == nil && len(cookie.Value) >= 32 {
		return cookie.Value
	}
	token := rand.Text() + rand.Text()
	setCookie(w, r, csrfCookie, token)
	return token
}

func setCookie(w http.ResponseWriter, r *http.Request, name, value string) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure where there is TLS; loopback has none
		Name: name, Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil,
	})
}

// accessCookieValue is what the cookie of an admitted browser holds, as long as the
// process with the key runs.
func accessCookieValue(key, token string) string {
	if token == "" {
		return ""
	}
	code := hmac.New(sha256.New, []byte(key))
	code.Write([]byte(token))
	return hex.EncodeToString(code.Sum(nil))
}

// admit lets in who has the token, and shows others where to give it.
func (a *accessControl) admit(w http.ResponseWriter, r *http.Request) bool {
	if cookie, err := r.Cookie(accessCookie); err == nil &&
		subtle.ConstantTimeCompare([]byte(cookie.Value), []byte(a.cookie)) == 1 {
		return true
	}
	switch {
	case r.URL.Path == "/enter", strings.HasPrefix(r.URL.Path, "/assets/"):
		return true
	case r.Method == http.MethodGet && r.Header.Get("Accept") != "text/event-stream":
		a.askForToken(w, r, http.StatusUnauthorized, "")
	default:
		http.Error(w, "An access token is needed.", http.StatusUnauthorized)
	}
	return false
}

// askForToken shows where to give the token; wrong is the message of what was wrong
// before, empty for nothing.
func (a *accessControl) askForToken(w http.ResponseWriter, r *http.Request, status int, wrong string) {
	w.WriteHeader(status)
	a.render.respond(w, r, "enter", map[string]any{"Lang": languageOf(r), "Wrong": wrong})
}

// enter takes the token. Another site's page can't send it: its origin shows.
func (a *accessControl) enter(w http.ResponseWriter, r *http.Request) {
	if !a.tries.await(r.Context(), addressOf(r)) {
		w.Header().Set("Retry-After", "2")
		a.askForToken(w, r, http.StatusTooManyRequests, "token-later")
		return
	}
	given := accessCookieValue(a.key, strings.TrimSpace(r.PostFormValue("token")))
	if a.cookie == "" || subtle.ConstantTimeCompare([]byte(given), []byte(a.cookie)) != 1 {
		a.askForToken(w, r, http.StatusUnauthorized, "token-wrong")
		return
	}
	setCookie(w, r, accessCookie, a.cookie)
	http.Redirect(w, r, "/", http.StatusSeeOther)
}
