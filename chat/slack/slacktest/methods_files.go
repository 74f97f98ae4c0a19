package slacktest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// File is what an app uploaded.
type File struct {
	s    *Slack
	app  *App
	made time.Time

	ID, Name, Title, Alt string
	Data                 []byte

	length  int
	ticket  string
	sent    bool // the bytes have come
	done    bool // completed
	ready   bool // processed
	deleted bool
	shares  []*Channel
}

// Files are the files that were completed and processed, in no order.
func (s *Slack) Files() []File {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []File
	for _, f := range s.files {
		if f.ready && !f.deleted {
			out = append(out, File{ID: f.ID, Name: f.Name, Title: f.Title, Alt: f.Alt, Data: f.Data})
		}
	}
	return out
}

// Unprocessed is how many completed files are still worked on.
func (s *Slack) Unprocessed() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.files {
		if f.done && !f.ready {
			n++
		}
	}
	return n
}

func (f *File) mimetype() string {
	if t := mime.TypeByExtension(path.Ext(f.Name)); t != "" {
		kind, _, _ := strings.Cut(t, ";")
		return kind
	}
	return "application/octet-stream"
}

func (f *File) wire() map[string]any {
	w := map[string]any{
		"id": f.ID, "created": f.made.Unix(), "timestamp": f.made.Unix(), "name": f.Name, "title": f.Title, "user": f.app.BotUser,
		"user_team": f.app.team.ID, "editable": false, "size": len(f.Data), "mode": "hosted", "is_external": false, "external_type": "",
		"is_public": false, "public_url_shared": false, "display_as_bot": false, "username": "", "has_rich_preview": false,
		"mimetype": "", "filetype": "", "pretty_type": "", "channels": []string{}, "groups": []string{}, "ims": []string{},
		"permalink":   "https://" + f.app.team.Domain + ".slack.com/files/" + f.app.BotUser + "/" + f.ID + "/" + f.Name,
		"url_private": f.s.server.URL + "/files-pri/" + f.ID, "file_access": "visible",
	}
	if f.ready { // before, Slack does not know what it is
		ext := strings.TrimPrefix(path.Ext(f.Name), ".")
		w["mimetype"], w["filetype"], w["pretty_type"] = f.mimetype(), ext, strings.ToUpper(ext)
	}
	if f.Alt != "" {
		w["alt_txt"] = f.Alt
	}
	var channels, groups, ims []string
	for _, c := range f.shares {
		switch c.kind() {
		case "im":
			ims = append(ims, c.ID)
		case "groups":
			groups = append(groups, c.ID)
		default:
			channels = append(channels, c.ID)
		}
	}
	w["channels"], w["groups"], w["ims"] = nonNil(channels), nonNil(groups), nonNil(ims)
	return w
}

func nonNil(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func getUploadURL(c *call) (result, *failure) {
	name := c.args.text("filename")
	length, err := strconv.Atoi(c.args.text("length"))
	switch {
	case name == "" || c.args.text("length") == "":
		return nil, refuse("invalid_arguments", "missing required field: filename or length")
	case err != nil || length <= 0:
		return nil, refuse("invalid_arguments", "length must be a positive number")
	case length > 1<<30:
		return nil, refuse("file_upload_size_restricted")
	case utf8.RuneCountInString(c.args.text("alt_txt")) > 1000:
		return nil, refuse("alt_txt_too_large")
	case c.app.team.policies.Uploads != "":
		return nil, refuse(c.app.team.policies.Uploads)
	}
	f := &File{s: c.s, app: c.app, ID: c.s.id("F"), Name: name, Title: name, Alt: c.args.text("alt_txt"), length: length, made: c.s.opts.Clock()}
	f.ticket = strings.ToLower(c.s.id("up"))
	c.s.files[f.ID] = f
	return result{"upload_url": c.s.server.URL + "/upload/" + f.ticket, "file_id": f.ID}, nil
}

// serveUpload takes the bytes of a file, raw or as a form.
func (s *Slack) serveUpload(w http.ResponseWriter, r *http.Request) {
	s.spend()
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	var data []byte
	var err error
	if kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "multipart/form-data" {
		var body []byte
		body, err = io.ReadAll(r.Body)
		if n := bytes.Count(body, []byte("--"+params["boundary"]+"--")); n != 1 {
			s.note("an upload as a form that ends %d times", n)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		if err == nil {
			data, err = firstFile(r)
		}
	} else {
		data, err = io.ReadAll(r.Body)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.files {
		switch {
		case f.ticket != r.PathValue("ticket") || f.sent:
		case err != nil || len(data) != f.length:
			s.breaks("upload of %d bytes where %d were announced (%v)", len(data), f.length, err)
			http.Error(w, "bad upload", http.StatusBadRequest)
			return
		default:
			f.Data, f.sent = data, true
			fmt.Fprintf(w, "OK - %d", len(data))
			return
		}
	}
	http.Error(w, "no such upload", http.StatusNotFound)
}

func firstFile(r *http.Request) ([]byte, error) {
	if err := r.ParseMultipartForm(maxBody); err != nil {
		return nil, err
	}
	for _, headers := range r.MultipartForm.File {
		file, err := headers[0].Open()
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(file)
		return data, errors.Join(err, file.Close())
	}
	return nil, http.ErrMissingFile
}

func completeUpload(c *call) (result, *failure) {
	raw, _, _ := c.args.json("files")
	list, ok := raw.([]any)
	if !ok || len(list) == 0 {
		return nil, refuse("invalid_arguments", "missing required field: files")
	}
	var files []*File
	for _, item := range list {
		m, _ := item.(map[string]any)
		id, _ := m["id"].(string)
		f := c.s.files[id]
		switch {
		case f == nil || f.app != c.app || f.deleted:
			return nil, refuse("file_not_found")
		case !f.sent:
			return nil, refuse("file_update_failed", "the file was never uploaded")
		case f.done:
			return nil, refuse("file_not_found")
		}
		if title, _ := m["title"].(string); title != "" {
			f.Title = title
		}
		files = append(files, f)
	}
	var m *message
	if id := c.args.text("channel_id"); id != "" {
		ch := c.s.channels[id]
		switch {
		case !c.app.seen(ch):
			return nil, refuse("channel_not_found")
		case ch.Archived:
			return nil, refuse("is_archived")
		case !ch.has(c.app.Self):
			return nil, refuse("not_in_channel")
		case c.app.team.policies.Sharing != "":
			return nil, refuse(c.app.team.policies.Sharing)
		case ch.forbidden != "":
			return nil, refuse(ch.forbidden)
		}
		thread, fail := c.threadOf(ch)
		if fail != nil {
			return nil, fail
		}
		m = &message{channel: ch, thread: thread, from: c.app.Self, text: c.args.text("initial_comment"), files: files, subtype: "file_share"}
	}
	out := []any{}
	for _, f := range files {
		f.done = true
		out = append(out, f.wire())
	}
	c.s.asyncLocked(func() { c.s.process(files, m) })
	return result{"files": out}, nil
}

// process works on the files for a while; then they can be shown, and the
// message that carries them is posted.
func (s *Slack) process(files []*File, m *message) {
	if !s.wait(s.ctx, s.opts.Processing) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	lost := s.loses(files)
	for _, f := range files {
		f.ready = !lost
		if m != nil && !lost {
			f.shares = append(f.shares, m.channel)
		}
	}
	if m != nil && !lost {
		m.post()
	}
}

// loses says whether files are not shared, without a word.
func (s *Slack) loses(files []*File) bool {
	return slices.ContainsFunc(files, func(f *File) bool { return f.app.team.policies.AltLosesShares && f.Alt != "" })
}

func filesInfo(c *call) (result, *failure) {
	f := c.s.files[c.args.text("file")]
	if f == nil || f.app != c.app || !f.done {
		return nil, refuse("file_not_found")
	}
	if f.deleted {
		return nil, refuse("file_deleted")
	}
	return result{"file": f.wire()}, nil
}

func filesDelete(c *call) (result, *failure) {
	f := c.s.files[c.args.text("file")]
	if f == nil || f.app != c.app || f.deleted {
		return nil, refuse("file_not_found")
	}
	f.deleted = true
	return nil, nil
}
