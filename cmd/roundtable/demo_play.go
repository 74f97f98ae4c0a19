package main

import (
	"fmt"
	"strings"

	"roundtable/benchmark"
	"roundtable/examples"
)

const (
	deaths  = "deaths-30-days"
	handing = "handover"
	round   = "1991-1995"
)

// play is the whole round, act by act.
func (s *stage) play() error {
	s.narrate(strings.TrimSpace(`
A ROUND, AS PEOPLE LIVE IT

Twelve hospitals in England compare open heart surgery on children under one
year. The figures are real (1991 to 1995; Spiegelhalter and others). The people,
the dates and everything said are invented.`))
	for _, act := range []func() error{s.actSetup, s.actTemplate, s.actOpening, s.actAnswers, s.actReminders, s.actClosing, s.actTalk} {
		if err := act(); err != nil {
			return err
		}
	}
	return nil
}

func (s *stage) scene(title string) {
	now := s.clock.Now().In(s.zone)
	s.narrate("━━ %s ━━ %s", now.Format("Monday 2 January"), title)
}

// actSetup: a facilitator makes a network, and people join.
func (s *stage) actSetup() error {
	if err := s.enter(); err != nil {
		return err
	}
	s.scene("Ruth sets up a network")
	if _, err := s.types(ruth, "/round setup"); err != nil {
		return err
	}
	_, figures := examples.ChildHeart()
	_, err := s.fills(ruth, map[string]string{
		"name": "Heart surgery under one", "organisations": strings.Join(figures.Organisations(), "\n"),
		"profession": "facilitator", "template": "open", "zone": "Europe/London", "holidays": "gb",
	})
	if err != nil {
		return err
	}
	s.scene("People join")
	if _, err := s.types(tom, "/round join Bristol, cardiac surgeon"); err != nil {
		return err
	}
	if err := s.pass(s.othersJoin); err != nil {
		return err
	}
	s.narrate("   (eleven more join in the same way, one from each hospital)")
	if _, err := s.types(helen, "/round join"); err != nil {
		return err
	}
	bristol := s.organisation("Bristol")
	if _, err := s.fills(helen, map[string]string{"organisation": string(bristol), "profession": helen.profession}); err != nil {
		return err
	}
	return s.presses(tom, s.keyWith("confirm/"), "Yes, one of us")
}

func (s *stage) othersJoin() error {
	for _, p := range company[1:] {
		if _, err := s.chat.Type(s.ctx, p.id(), s.channel, "/round join "+p.hospital+", "+p.profession); err != nil {
			return err
		}
	}
	return nil
}

// actTemplate: learning begins while the benchmark is designed.
func (s *stage) actTemplate() error {
	s.clock.set(s.day(3, 10, 15))
	s.scene("What shall we compare?")
	if _, err := s.types(owen, "/round ask Deaths alone tell a parent little. Can we also write how each of us hands over after the operation?"); err != nil {
		return err
	}
	s.clock.set(s.day(3, 12, 40))
	if err := s.replies(nadia, "template/s1", "Yes please. And can we agree that 30 days means 30 days, wherever the child is by then?"); err != nil {
		return err
	}
	s.narrate("   (Ruth imports what they agreed on: roundtable import child-heart-surgery.yaml)")
	template, _ := examples.ChildHeart()
	indicators := append(template.Indicators, benchmark.Indicator{
		ID: handing, Title: "How we hand over after the operation", Kind: benchmark.Text,
		Measures: "From theatre to intensive care: who is there, what is said, what is written. (An invented indicator.)",
	})
	t, err := s.house.tables.Table(s.ctx, "demo")
	if err != nil {
		return err
	}
	_, err = t.Do(s.ctx, benchmark.Actor{By: "p1"}, benchmark.AdoptTemplate{
		Name: template.Name, Indicators: indicators,
		Reason: "30 days wherever the child is; and how we hand over, as asked by a parent.",
	})
	if err != nil {
		return err
	}
	_, err = s.types(nadia, "/round template")
	return err
}

// actOpening: the round opens, with a post that is kept up to date.
func (s *stage) actOpening() error {
	s.clock.set(s.day(4, 9, 0))
	s.scene("A round opens")
	_, err := s.types(ruth, "/round open 1991-1995 due 2026-11-20 closes 2026-11-27")
	return err
}

// organisation returns the id of a hospital.
func (s *stage) organisation(name string) (id benchmark.OrganisationID) {
	if t, err := s.house.tables.Table(s.ctx, "demo"); err == nil {
		t.Read(func(n *benchmark.Network) {
			if o, ok := n.OrganisationNamed(name); ok {
				id = o.ID
			}
		})
	}
	return id
}

// participant returns the id of somebody who has joined.
func (s *stage) participant(p player) (id benchmark.ParticipantID) {
	if t, err := s.house.tables.Table(s.ctx, "demo"); err == nil {
		t.Read(func(n *benchmark.Network) {
			me, _ := n.At(benchmark.Address{Connection: playgroundName, User: p.user})
			id = me.ID
		})
	}
	return id
}

// keyWith returns the key of the post that begins so.
func (s *stage) keyWith(prefix string) string {
	for key := range s.chat.Keys() {
		if strings.HasPrefix(key, prefix) {
			return key
		}
	}
	return fmt.Sprintf("%s (none)", prefix)
}
