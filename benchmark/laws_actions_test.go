package benchmark_test

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"roundtable/benchmark"
)

// anybody is most often a participant, else the bot or a stranger.
func (w *world) anybody() benchmark.ParticipantID {
	if once(w.t, 10) {
		return pick[benchmark.ParticipantID](w.t, "", "p99", "p0", "x")
	}
	if once(w.t, 3) {
		return "p1" // who founded it
	}
	return participant(rapid.IntRange(1, len(w.n.Participants)).Draw(w.t, "by"))
}

// someTime is past or to come, near or far.
func (w *world) someTime() time.Time {
	return w.now.Add(time.Duration(pick(w.t, -1, 0, 1, 20, 24*7, 24*30, 24*900)) * time.Hour)
}

func (w *world) someDate() benchmark.Date {
	return benchmark.Date(w.someTime().Format(time.DateOnly))
}

// actions are all that can be wanted, each drawn when it is chosen.
func (w *world) actions() map[string]func() benchmark.Intent {
	t := w.t
	when := w.someTime
	return map[string]func() benchmark.Intent{
		"found": func() benchmark.Intent { return anyFound(t) },
		"take": func() benchmark.Intent {
			return benchmark.TakeSeat{Connection: "play", Channel: pick(t, "c1", "c2", "c3")}
		},
		"offer": func() benchmark.Intent { return benchmark.OfferSeat{Code: pick(t, codeA, codeB, "x")} },
		"link": func() benchmark.Intent {
			return benchmark.LinkSeat{Code: pick(t, codeA, codeB), Connection: "play", Channel: pick(t, "c1", "c2", "c3", "c4")}
		},
		"move": func() benchmark.Intent {
			return benchmark.MoveSeat{From: benchmark.Place{Connection: "play", Channel: pick(t, "c1", "c2", "c3")}, To: benchmark.Place{Connection: "play", Channel: pick(t, "c1", "c2", "c5")}}
		},
		"bind": func() benchmark.Intent {
			return benchmark.BindWorkspace{Workspace: benchmark.Workspace{Connection: "play", ID: pick(t, "w1", "w2")}, Organisation: pick(t, "", "o1", "o2", "o9")}
		},
		"adopt":  w.adopt,
		"join":   w.join,
		"vouch":  func() benchmark.Intent { return benchmark.Vouch{Newcomer: w.anybody(), Yes: !once(t, 3)} },
		"leave":  func() benchmark.Intent { return benchmark.Leave{} },
		"mute":   func() benchmark.Intent { return benchmark.Mute{Muted: once(t, 2)} },
		"open":   w.open,
		"open 2": w.open,
		"extend": func() benchmark.Intent {
			return benchmark.ExtendRound{Due: when(), Closes: pick(t, time.Time{}, when())}
		},
		"close":    func() benchmark.Intent { return benchmark.CloseRound{Round: w.aRound()} },
		"publish":  func() benchmark.Intent { return benchmark.PublishRound{Round: w.aRound()} },
		"publish2": func() benchmark.Intent { return benchmark.PublishRound{} },
		"reopen":   func() benchmark.Intent { return benchmark.ReopenRound{Closes: when(), Reason: anyWords(t)} },
		"record":   w.record,
		"submit":   w.submitting,
		"submit 2": w.submitting,
		"submit 3": w.submitting,
		"submit 4": w.submitting,
		"withdraw": func() benchmark.Intent { return benchmark.Withdraw{Indicator: pick(t, "", w.anIndicator())} },
		"skip":     func() benchmark.Intent { return benchmark.Skip{} },
		"predict":  w.predict,
		"ask": func() benchmark.Intent {
			return benchmark.Ask{Indicator: pick(t, "", w.anIndicator()), Text: anyWords(t)}
		},
		"say": w.contribute,
		"reflect": func() benchmark.Intent {
			return benchmark.Reflect{Round: w.aRound(), Indicator: pick(t, "", w.anIndicator()), Prompt: pick(t, "double.1", "x", ""), Text: anyWords(t), Share: once(t, 2)}
		},
		"revise":    func() benchmark.Intent { return benchmark.Revise{Post: w.aMessage(), Text: anyWords(t)} },
		"take back": func() benchmark.Intent { return benchmark.TakeBack{Post: w.aMessage()} },
		"keep":      func() benchmark.Intent { return benchmark.Keep{Post: w.aMessage()} },
		"keep 2":    func() benchmark.Intent { return benchmark.Keep{Post: w.aMessage()} },
		"release":   func() benchmark.Intent { return benchmark.Release{Post: w.aMessage()} },
		"learn":     func() benchmark.Intent { return benchmark.Learn{Text: anyWords(t)} },
		"unlearn": func() benchmark.Intent {
			return benchmark.Unlearn{Learning: pick[benchmark.LearningID](t, "l1", "l2", "l3", "l99", "")}
		},
		"commit": func() benchmark.Intent {
			return benchmark.Commit{Indicator: pick(t, "", w.anIndicator()), Text: anyWords(t), Until: when()}
		},
	}
}

func (w *world) adopt() benchmark.Intent {
	a := benchmark.AdoptTemplate{Name: "Falls", Indicators: anyTemplate(w.t), Reason: pick(w.t, "", "agreed in May")}
	if once(w.t, 5) {
		a.Indicators = append(a.Indicators, pick(w.t, benchmark.Indicator{}, a.Indicators[0], benchmark.Indicator{ID: "x", Title: "\xff", Kind: benchmark.Text}))
	}
	return a
}

func (w *world) join() benchmark.Intent {
	user := fmt.Sprintf("u%d", rapid.IntRange(1, 12).Draw(w.t, "user"))
	return benchmark.Join{
		Person:       benchmark.Identity{Connection: "play", User: user, Name: anyWords(w.t), Zone: pick(w.t, "", "Asia/Tokyo", "Mars"), Workspace: pick(w.t, "", "w1", "w2")},
		Organisation: pick(w.t, "", "o1", "o2", "Hospital Z", "hospital  u", "Clinic 1", "Clinic 2", anyWords(w.t)),
		New:          once(w.t, 3), Profession: pick[benchmark.Profession](w.t, "nurse", "physician", ""),
	}
}

func (w *world) open() benchmark.Intent {
	period := fmt.Sprintf("%d-%s", rapid.IntRange(2020, 2030).Draw(w.t, "year"), pick(w.t, "Q1", "q2", "Q04", "11", "T3", "W07", "H1", "Q5"))
	due := w.now.Add(time.Duration(rapid.IntRange(-1, 400).Draw(w.t, "due")) * time.Hour)
	return benchmark.OpenRound{Period: period, Due: due, Closes: pick(w.t, time.Time{}, due, due.AddDate(0, 0, 5), due.Add(-time.Hour))}
}

func (w *world) record() benchmark.Intent {
	h := benchmark.RecordHistory{Reason: pick(w.t, "", "counted again")}
	for range rapid.IntRange(0, 4).Draw(w.t, "figures") {
		i, _ := w.n.Template().Indicator(w.anIndicator())
		h.Figures = append(h.Figures, benchmark.Recorded{
			Organisation: w.anOrganisation(), Indicator: i.ID, Period: pick(w.t, "2019", "2018", "2020-Q1", "x"),
			Figure: anyFigure(w.t, i), Note: pick(w.t, "from the register", ""),
		})
	}
	return h
}

func (w *world) submitting() benchmark.Intent {
	s := benchmark.Submit{Round: pick(w.t, "", "", "", w.aRound()), Reason: pick(w.t, "", "counted again")}
	var indicators []benchmark.Indicator
	if r := w.n.Current(); r != nil {
		t, _ := w.n.TemplateVersion(r.Template)
		indicators = t.Indicators
	}
	for _, i := range indicators {
		if !once(w.t, 4) {
			s.Items = append(s.Items, anyItem(w.t, i))
		}
	}
	return s
}

func (w *world) predict() benchmark.Intent {
	p := benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{}}
	for range rapid.IntRange(0, 3).Draw(w.t, "guesses") {
		p.Guesses[w.anIndicator()] = pick(w.t, benchmark.Below, benchmark.Around, benchmark.Above, "far")
	}
	return p
}

func (w *world) contribute() benchmark.Intent {
	topic := w.n.TopicFor(pick(w.t, "", w.anIndicator()))
	seat := pick[benchmark.SeatID](w.t, "s1", "s2", "s9")
	return benchmark.Contribute{Topic: pick(w.t, topic, topic, "round/x"), Text: anyWords(w.t), Seat: seat, Post: w.aMessage()}
}

// aMessage is one of the few that people write, or that the bot passes on.
func (w *world) aMessage() benchmark.Post {
	id := fmt.Sprint("said", rapid.IntRange(1, 8).Draw(w.t, "message"))
	if once(w.t, 4) {
		id = fmt.Sprintf("relay/m%d/%s", rapid.IntRange(1, 8).Draw(w.t, "passed on"), pick(w.t, "s1", "s2"))
	}
	return pick(w.t, benchmark.Post{}, benchmark.Post{Connection: "play", Channel: "c1", Message: id}, benchmark.Post{Connection: "play", Channel: "c1", Message: id})
}

func (w *world) aRound() benchmark.RoundID {
	ids := []benchmark.RoundID{"", "", "2031"}
	for _, r := range w.n.Rounds {
		ids = append(ids, r.ID)
	}
	return pick(w.t, ids...)
}

func (w *world) anIndicator() benchmark.IndicatorID {
	ids := []benchmark.IndicatorID{"unknown"}
	for _, i := range w.n.Template().Indicators {
		ids = append(ids, i.ID, i.ID, i.ID)
	}
	return pick(w.t, ids...)
}

func (w *world) anOrganisation() benchmark.OrganisationID {
	return benchmark.OrganisationID(fmt.Sprintf("o%d", rapid.IntRange(1, len(w.n.Organisations)+1).Draw(w.t, "organisation")))
}
