package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"roundtable/chat"
)

// serveFile gives out a picture or a document of a post to somebody who sees it. A
// document is only ever saved, never shown: what it holds is its maker's.
func (p *Page) serveFile(w http.ResponseWriter, r *http.Request) {
	at, ok := p.viewpointOf(w, r)
	if !ok {
		return
	}
	id := chat.PostID{Connection: at.in.Connection, Channel: at.in.Channel, Message: r.PathValue("message")}
	it := p.model.item(id)
	post, found := p.options.Chat.Post(id)
	k, err := strconv.Atoi(r.PathValue("n"))
	if it == nil || !it.visibleTo(at.who) || !found || err != nil || k < 0 || k >= len(post.Message.Blocks) {
		notFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	switch b := post.Message.Blocks[k].(type) {
	case chat.Picture:
		h.Set("Content-Type", "image/png")
		h.Set("Cache-Control", "private, max-age=3600") // its address has the number of edits
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b.PNG))
	case chat.File:
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Content-Disposition", contentDisposition(b.Name))
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b.Data))
	default:
		notFound(w, r)
	}
}

// contentDisposition has a browser save a file under its name, which is written as
// RFC 8187 says, so that no character of it means anything.
func contentDisposition(name string) string {
	var b strings.Builder
	b.WriteString("attachment; filename*=UTF-8''")
	for _, c := range []byte(path.Base(name)) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_' {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + strings.ToUpper(hex.EncodeToString([]byte{c})))
		}
	}
	return b.String()
}

// assets serves the scripts and styles that are built into the program.
func assets() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.PathValue("name")
		data, err := fs.ReadFile(assetFiles, "assets/"+name)
		if err != nil {
			http.Error(w, "There is nothing of that name.", http.StatusNotFound)
			return
		}
		types := map[string]string{".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
		sum := sha256.Sum256(data)
		w.Header().Set("Content-Type", types[path.Ext(name)])
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
	})
}
