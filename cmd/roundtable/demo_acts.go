package main

import (
	"fmt"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/examples"
)

const (
	deaths  = "deaths-30-days"
	handing = "handover"
	round   = "1991-1995"
)

// play plays the whole round, act by act.
func (s *scenario) play() error {
	s.transcript.narrate(strings.TrimSpace(`
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

// actSetup: a facilitator makes a network, and people join.
func (s *scenario) actSetup() error {
	if err := s.joinChat(); err != nil {
		return err
	}
	s.scene("Ruth sets up a network")
	if err := s.types(ruth, "/round setup"); err != nil {
		return err
	}
	_, figures := examples.ChildHeart()
	if err := s.fills(ruth, map[string]string{
		"name": "Heart surgery under one", "organisations": strings.Join(figures.Organisations(), "\n"),
		"profession": "network coordinator", "template": "open", "zone": "Europe/London", "holidays": "gb",
	}); err != nil {
		return err
	}
	s.scene("People join")
	if err := s.types(tom, "/round join Bristol, cardiac surgeon"); err != nil {
		return err
	}
	if err := s.offstage(s.othersJoin); err != nil {
		return err
	}
	s.transcript.narrate("   (eleven more join in the same way, one from each hospital)")
	if err := s.types(helen, "/round join"); err != nil {
		return err
	}
	bristol := s.organisation("Bristol")
	if err := s.fills(helen, map[string]string{"organisation": string(bristol), "profession": helen.profession}); err != nil {
		return err
	}
	return s.presses(tom, s.keyWith("confirm/"), "Yes, one of us")
}

func (s *scenario) othersJoin() error {
	for _, p := range respondents[1:] {
		if _, err := s.chat.Type(s.ctx, p.id(), s.channel, "/round join "+p.hospital+", "+p.profession); err != nil {
			return err
		}
	}
	return nil
}

// actTemplate: learning begins while the benchmark is designed.
func (s *scenario) actTemplate() error {
	s.clock.set(s.day(3, 10, 15))
	s.scene("What shall we compare?")
	if err := s.types(owen, "/round ask Deaths alone tell a parent little. Can we also write how each of us hands over after the operation?"); err != nil {
		return err
	}
	s.clock.set(s.day(3, 12, 40))
	if err := s.replies(nadia, "template/s1", "Yes please. And can we agree that 30 days means 30 days, wherever the child is by then?"); err != nil {
		return err
	}
	s.transcript.narrate("   (Ruth imports what they agreed on: roundtable import child-heart-surgery.yaml)")
	template, _ := examples.ChildHeart()
	indicators := append(template.Indicators, benchmark.Indicator{
		ID: handing, Title: "How we hand over after the operation", Kind: benchmark.Text,
		Measures: "From theatre to intensive care: who is there, what is said, what is written. (An invented indicator.)",
	})
	t, err := s.app.tables.Table(s.ctx, demoNetwork)
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
	return s.types(nadia, "/round template")
}

// actOpening: the round opens, with a post that is kept up to date.
func (s *scenario) actOpening() error {
	s.clock.set(s.day(4, 9, 0))
	s.scene("A round opens")
	return s.types(ruth, "/round open 1991-1995 due 2026-11-20 closes 2026-11-27")
}

// actAnswers: guesses, mistakes, questions and answers.
func (s *scenario) actAnswers() error {
	s.scene("Guess first")
	if err := s.presses(tom, "opening/"+round+"/s1", "Guess first"); err != nil {
		return err
	}
	if err := s.fills(tom, map[string]string{deaths: "around"}); err != nil {
		return err
	}
	s.clock.set(s.day(4, 13, 5))
	s.scene("Two minutes between patients")
	if err := s.types(nadia, "/round submit "+deaths+" 323/24"); err != nil {
		return err
	}
	if err := s.types(nadia, "/round submit "+deaths+" 24/323"); err != nil {
		return err
	}
	s.clock.set(s.day(5, 8, 20))
	if err := s.presses(helen, "opening/"+round+"/s1", "Submit"); err != nil {
		return err
	}
	if err := s.fills(helen, map[string]string{deaths: "forty-one/143"}); err != nil {
		return err
	}
	if err := s.fills(helen, map[string]string{
		deaths: "41/143", deaths + ".note": "Includes children sent to us late from other hospitals.",
		handing: "The surgeon walks with the child and says it once, aloud, at the bed. The nurse repeats it back.",
	}); err != nil {
		return err
	}
	if err := s.moveTo(s.day(10, 11, 0)); err != nil {
		return err
	}
	s.transcript.narrate("   (in the days that follow six more hospitals answer)")
	return s.offstage(func() error { return s.others(6) })
}

// others has that many more hospitals answer, in an order that chance decides,
// with their real figures.
func (s *scenario) others(many int) error {
	_, figures := examples.ChildHeart()
	typed := map[string]string{}
	for _, row := range figures.Rows {
		typed[row.Organisation] = fmt.Sprintf("%.0f/%.0f", row.Figure.Numerator, row.Figure.Denominator)
	}
	for _, k := range s.rng.Perm(len(respondents)) {
		p := respondents[k]
		if many == 0 || p == tom || p == nadia || p == owen || s.answered[p.user] {
			continue
		}
		many--
		s.answered[p.user] = true
		if _, err := s.chat.Type(s.ctx, p.id(), s.channel, "/round submit "+deaths+" "+typed[p.hospital]); err != nil {
			return err
		}
		if _, err := s.chat.Type(s.ctx, p.id(), s.channel, "/round submit "+handing+" not measured"); err != nil {
			return err
		}
	}
	return nil
}

// actReminders: the bot carries the chasing.
func (s *scenario) actReminders() error {
	if err := s.moveTo(s.day(17, 8, 59)); err != nil {
		return err
	}
	s.scene("Three working days before, a quiet reminder to those who can still answer")
	if err := s.moveTo(s.day(17, 9, 0)); err != nil {
		return err
	}
	nudge := "nudge/" + round + "/" + string(s.participant(owen)) + "/before-due"
	if err := s.presses(owen, nudge, "Submit"); err != nil {
		return err
	}
	if err := s.fills(owen, map[string]string{
		deaths: "53/482", handing: "Parents are told by the surgeon and the nurse together, sitting down, within the hour.",
	}); err != nil {
		return err
	}
	if err := s.moveTo(s.day(20, 8, 59)); err != nil {
		return err
	}
	s.scene("The due day")
	if err := s.moveTo(s.day(20, 15, 0)); err != nil {
		return err
	}
	s.transcript.narrate("   (the last three answer)")
	return s.offstage(func() error { return s.others(len(respondents)) })
}

// actClosing: the round closes by itself, and the facilitator looks first.
func (s *scenario) actClosing() error {
	if err := s.moveTo(s.day(23, 8, 59)); err != nil {
		return err
	}
	s.scene("The day after: one last reminder, then the bot stops and tells Ruth")
	if err := s.moveTo(s.day(27, 12, 0)); err != nil {
		return err
	}
	s.scene("The round closes by itself; Ruth gets a draft that only she sees")
	if err := s.moveTo(s.day(28, 8, 0)); err != nil {
		return err
	}
	s.clock.set(s.day(30, 9, 30))
	s.scene("Ruth shows it to everyone")
	return s.presses(ruth, "draft/"+round+"/1/"+string(s.participant(ruth)), "Show it to everyone")
}

// actTalk: the comparison is where the conversation starts.
func (s *scenario) actTalk() error {
	comparison := "comparison/" + round + "/" + deaths + "/s1"
	s.clock.set(s.day(30, 10, 10))
	s.scene("People talk, in the thread")
	if err := s.replies(helen, comparison, "We guessed that we were around the middle. We are not. I would like to understand it before anybody explains it away."); err != nil {
		return err
	}
	s.clock.set(s.clock.Now().Add(25 * time.Minute))
	if err := s.replies(nadia, comparison, "Thank you for saying that. We changed who is in the room at induction two years ago. Come and see it?"); err != nil {
		return err
	}
	s.clock.set(s.clock.Now().Add(10 * time.Minute))
	s.transcript.narrate("   (Owen keeps what she said, with a 💡)")
	if err := s.reacts(owen, comparison, "Thank you for saying that."); err != nil {
		return err
	}
	s.clock.set(s.clock.Now().Add(2 * time.Hour))
	if err := s.presses(owen, comparison, "Reflect"); err != nil {
		return err
	}
	if err := s.fills(owen, map[string]string{"text": "A parent sees one child, not a rate. Who tells the parents what these figures say?", "share": "yes"}); err != nil {
		return err
	}
	s.clock.set(s.clock.Now().Add(time.Hour))
	if err := s.types(tom, "/round commit "+deaths+" Visit Leeds and try their induction checklist with two operations by 2027-01-31"); err != nil {
		return err
	}
	if err := s.types(tom, "/round learn"); err != nil {
		return err
	}
	return s.types(tom, "/round")
}
