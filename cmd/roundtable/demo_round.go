package main

import (
	"fmt"
	"time"

	"roundtable/examples"
)

// actAnswers: guesses, mistakes, questions and answers.
func (s *stage) actAnswers() error {
	s.scene("Guess first")
	if err := s.presses(tom, "opening/"+round+"/s1", "Guess first"); err != nil {
		return err
	}
	if _, err := s.fills(tom, map[string]string{deaths: "around"}); err != nil {
		return err
	}
	s.clock.set(s.day(4, 13, 5))
	s.scene("Two minutes between patients")
	if _, err := s.types(nadia, "/round submit "+deaths+" 323/24"); err != nil {
		return err
	}
	if _, err := s.types(nadia, "/round submit "+deaths+" 24/323"); err != nil {
		return err
	}
	s.clock.set(s.day(5, 8, 20))
	if err := s.presses(helen, "opening/"+round+"/s1", "Submit"); err != nil {
		return err
	}
	if _, err := s.fills(helen, map[string]string{deaths: "forty-one/143"}); err != nil {
		return err
	}
	_, err := s.fills(helen, map[string]string{
		deaths: "41/143", deaths + ".note": "Includes children sent to us late from other hospitals.",
		handing: "The surgeon walks with the child and says it once, aloud, at the bed. The nurse repeats it back.",
	})
	if err != nil {
		return err
	}
	if err := s.moveTo(s.day(10, 11, 0)); err != nil {
		return err
	}
	s.narrate("   (in the days that follow six more hospitals answer)")
	return s.pass(func() error { return s.others(6) })
}

// others has that many more hospitals answer, in an order that chance decides,
// with their real figures.
func (s *stage) others(many int) error {
	_, figures := examples.ChildHeart()
	typed := map[string]string{}
	for _, row := range figures.Rows {
		typed[row.Organisation] = fmt.Sprintf("%.0f/%.0f", row.Figure.Numerator, row.Figure.Denominator)
	}
	for _, k := range s.dice.Perm(len(company)) {
		p := company[k]
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
func (s *stage) actReminders() error {
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
	_, err := s.fills(owen, map[string]string{
		deaths: "53/482", handing: "Parents are told by the surgeon and the nurse together, sitting down, within the hour.",
	})
	if err != nil {
		return err
	}
	if err := s.moveTo(s.day(20, 8, 59)); err != nil {
		return err
	}
	s.scene("The due day")
	if err := s.moveTo(s.day(20, 15, 0)); err != nil {
		return err
	}
	s.narrate("   (the last three answer)")
	return s.pass(func() error { return s.others(len(company)) })
}

// actClosing: the round closes by itself, and the facilitator looks first.
func (s *stage) actClosing() error {
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
func (s *stage) actTalk() error {
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
	s.narrate("   (Owen keeps what she said, with a 💡)")
	if err := s.keeps(owen, comparison, "Thank you for saying that."); err != nil {
		return err
	}
	s.clock.set(s.clock.Now().Add(2 * time.Hour))
	if err := s.presses(owen, comparison, "Reflect"); err != nil {
		return err
	}
	if _, err := s.fills(owen, map[string]string{"text": "A parent sees one child, not a rate. Who tells the parents what these figures say?", "share": "yes"}); err != nil {
		return err
	}
	s.clock.set(s.clock.Now().Add(time.Hour))
	if _, err := s.types(tom, "/round commit "+deaths+" Visit Leeds and try their induction checklist with two operations by 2027-01-31"); err != nil {
		return err
	}
	if _, err := s.types(tom, "/round learn"); err != nil {
		return err
	}
	_, err := s.types(tom, "/round")
	return err
}
