package web

import (
	"encoding/json"
	"net/http"
	"time"

	"roundtable/locale"
)

// maxMove is how far the clock may be moved at once.
const maxMove = 800 * 24 * time.Hour

// clockMove says where the clock is to go.
type clockMove struct {
	// By: "hour", "day", "next" (thing that is due) or "to".
	By string `json:"by"`
	// To is a date and time, local: "2026-11-27T12:00".
	To string `json:"to"`
}

// clockView is the clock as a page shows it.
type clockView struct {
	Now     int64  `json:"now"` // milliseconds
	Text    string `json:"text"`
	Local   string `json:"local"` // as a date field takes it
	Next    string `json:"next"`  // in words; empty: nothing is due
	Zone    string `json:"zone"`
	Message string `json:"message,omitempty"`
}

const dateField = "2006-01-02T15:04"

// serveClock tells what time it is in the chat, and what is due next.
func (p *Page) serveClock(w http.ResponseWriter, r *http.Request) { p.writeClock(w, r, "") }

func (p *Page) writeClock(w http.ResponseWriter, r *http.Request, message string) {
	l := locale.For(languageOf(r))
	now := p.options.Clock.Now()
	v := clockView{
		Now: now.UnixMilli(), Text: clockText(l, now, p.options.Zone), Local: now.In(p.options.Zone).Format(dateField),
		Zone: p.options.Zone.String(), Message: message,
	}
	next, err := p.options.Clock.Next(r.Context())
	if err != nil {
		p.refuse(w, r, err)
		return
	}
	if !next.IsZero() {
		v.Next = clockText(l, next, p.options.Zone)
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // whoever asked may be gone
}

// serveClockMove moves the clock forward, never back.
func (p *Page) serveClockMove(w http.ResponseWriter, r *http.Request) {
	var m clockMove
	if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
		p.refuse(w, r, &problem{"clock-when", http.StatusBadRequest})
		return
	}
	now := p.options.Clock.Now()
	var to time.Time
	switch m.By {
	case "hour":
		to = now.Add(time.Hour)
	case "day":
		to = now.In(p.options.Zone).AddDate(0, 0, 1)
	case "next":
		next, err := p.options.Clock.Next(r.Context())
		if err != nil {
			p.refuse(w, r, err)
			return
		}
		if next.IsZero() {
			p.refuse(w, r, &problem{"nothing-due", http.StatusConflict})
			return
		}
		to = next
	default:
		var err error
		if to, err = time.ParseInLocation(dateField, m.To, p.options.Zone); err != nil {
			p.refuse(w, r, &problem{"clock-when", http.StatusUnprocessableEntity})
			return
		}
	}
	switch {
	case to.Before(now):
		p.refuse(w, r, &problem{"clock-back", http.StatusUnprocessableEntity})
		return
	case to.Sub(now) > maxMove:
		p.refuse(w, r, &problem{"clock-far", http.StatusUnprocessableEntity})
		return
	}
	if err := p.options.Clock.Move(r.Context(), to); err != nil {
		p.refuse(w, r, err)
		return
	}
	p.model.catchUp()
	p.model.signal(func(s *signals) { s.clock++ })
	p.writeClock(w, r, locale.For(languageOf(r)).T("playground.clock-moved"))
}
