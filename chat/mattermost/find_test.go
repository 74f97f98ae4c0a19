package mattermost

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// A private message of long ago is found when it is known by when it was sent, however
// much was written since; and nobody turns the pages further back than they have to.
func TestFindDirectOfLongAgo(t *testing.T) {
	f, c := newFake(t), newClock()
	const perMonth, months = 250, 8
	var all []*model.Post // newest first
	for k := range perMonth * months {
		at := c.time().Add(-time.Duration(k) * 30 * 24 * time.Hour / perMonth)
		post := &model.Post{Id: fmt.Sprintf("%026d", k), UserId: botID, ChannelId: directID, CreateAt: at.UnixMilli(), Message: "x"}
		post.AddProp(propKey, shortHash(fmt.Sprint("k/", k)))
		all = append(all, post)
	}
	pages := 0
	f.answer = func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/posts") || r.Method != http.MethodGet {
			return false
		}
		pages++
		var page int
		if _, err := fmt.Sscan(r.URL.Query().Get("page"), &page); err != nil {
			t.Error(err)
		}
		list := model.NewPostList()
		for _, post := range all[min(page*postsPerPage, len(all)):min((page+1)*postsPerPage, len(all))] {
			list.AddPost(post)
			list.AddOrder(post.Id)
		}
		if err := json.NewEncoder(w).Encode(list); err != nil {
			t.Error(err)
		}
		return true
	}
	p, who := f.platform(c), chat.PersonID{Connection: "chat", User: annaID}
	sent := c.time().AddDate(0, -5, 0)
	const k = 5 * perMonth
	if _, found, err := p.FindDirect(t.Context(), who, fmt.Sprint("k/", k+30), time.Time{}); err != nil || found {
		t.Errorf("found as of now: %v, %v", found, err)
	}
	pages = 0
	post, found, err := p.FindDirect(t.Context(), who, fmt.Sprint("k/", k+30), sent)
	if err != nil || !found || post.Message != fmt.Sprintf("%026d", k+30) {
		t.Errorf("%+v, %v, %v", post, found, err)
	}
	if all := (len(all) + postsPerPage - 1) / postsPerPage; pages >= all {
		t.Errorf("%d of %d pages were turned", pages, all)
	}
}
