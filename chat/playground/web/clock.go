package web

import (
	"encoding/json"
	"net/http"
	"time"

	"roundtable/locale"
)

// maxMove is how far the clock may be moved at once.
const maxMove = 800 * 24 * time.Hour

// move says where the clock is to go.
type move struct {
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

func (p *Page) clockState(w http.ResponseWriter, r *http.Request) { p.tellClock(w, r, "") }

func (p *Page) tellClock(w http.ResponseWriter, r *http.Request, message string) {
	l := locale.For(p.lang(r))
	now := p.o.Clock.Now()
	v := clockView{
		Now: now.UnixMilli(), Text: clockText(l, now, p.o.Zone), Local: now.In(p.o.Zone).Format(dateField),
		Zone: p.o.Zone.String(), Message: message,
	}
	next, err := p.o.Clock.Next(r.Context())
	if err != nil {
		p.refuse(w, r, err)
		return
	}
	if !next.IsZero() {
		v.Next = clockText(l, next, p.o.Zone)
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // whoever asked may be gone
}

// moveClock moves the clock forward, never back.
func (p *Page) moveClock(w http.ResponseWriter, r *http.Request) {
	var m move
	if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
		p.refuse(w, r, &problem{"clock-when", http.StatusBadRequest})
		return
	}
	now := p.o.Clock.Now()
	var to time.Time
	switch m.By {
	case "hour":
		to = now.Add(time.Hour)
	case "day":
		to = now.In(p.o.Zone).AddDate(0, 0, 1)
	case "next":
		next, err := p.o.Clock.Next(r.Context())
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
		if to, err = time.ParseInLocation(dateField, m.To, p.o.Zone); err != nil {
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
	if err := p.o.Clock.Move(r.Context(), to); err != nil {
		p.refuse(w, r, err)
		return
	}
	p.board.catchUp()
	p.board.pulse(func(x *pulses) { x.clock++ })
	p.tellClock(w, r, locale.For(p.lang(r)).T("playground.clock-moved"))
}
