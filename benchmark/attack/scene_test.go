package attack

import (
	"fmt"
	"time"

	"roundtable/benchmark"
)

// scene writes a plan.
type scene struct{ plan }

const (
	founder = "u1" // facilitator, of Org 1
	falls   = benchmark.IndicatorID("falls")
)

func organisationName(k int) string { return fmt.Sprintf("Org %d", k) }

func user(k int) string { return fmt.Sprintf("u%d", k) }

// newScene founds a network of so many organisations, with u1, u2 ... in each; u1 is
// the facilitator.
func newScene(organisations int, v benchmark.Visibility, indicators ...benchmark.Indicator) *scene {
	settings := benchmark.DefaultSettings()
	settings.Visibility = v
	if len(indicators) == 0 {
		indicators = []benchmark.Indicator{{ID: falls, Title: "Falls", Kind: benchmark.Proportion}}
	}
	s := &scene{plan{found: benchmark.Found{
		ID: "n1", Name: "Net", Settings: settings, Seed: 7, Connection: "play", Channel: "c1",
		Founder: person(founder), TemplateName: "T", Indicators: indicators,
	}}}
	for k := range organisations {
		s.found.Organisations = append(s.found.Organisations, organisationName(k+1))
	}
	s.found.Mine = organisationName(1)
	for k := 2; k <= organisations; k++ {
		s.join(user(k), organisationName(k))
	}
	return s
}

// wants adds a step.
func (s *scene) wants(by, does string, intent benchmark.Intent) {
	s.decides(by, does, func(*benchmark.Network) benchmark.Intent { return intent })
}

// decides adds a step whose intent hangs on the network as it is then.
func (s *scene) decides(by, does string, intent func(n *benchmark.Network) benchmark.Intent) {
	s.steps = append(s.steps, step{by: by, does: does, intent: intent})
}

func (s *scene) join(who, organisation string) {
	s.wants(who, "joins "+organisation, benchmark.Join{Person: person(who), Organisation: organisation})
}

// joinToo joins an organisation beside those that one is in.
func (s *scene) joinToo(who, organisation string) {
	s.wants(who, "joins "+organisation+" too", benchmark.Join{Person: person(who), Organisation: organisation, Also: true})
}

// observe has somebody come who belongs to no organisation.
func (s *scene) observe(who string) {
	s.wants(who, "observes", benchmark.Join{Person: person(who), Observer: true})
}

// onBehalf says of the last step for which organisation it is.
func (s *scene) onBehalf(organisation string) { s.steps[len(s.steps)-1].behalf = organisation }

// invent joins an organisation that isn't there yet.
func (s *scene) invent(who, organisation string) {
	s.wants(who, "joins the new "+organisation, benchmark.Join{Person: person(who), Organisation: organisation, New: true})
}

func (s *scene) leave(who string) { s.wants(who, "leaves", benchmark.Leave{}) }

// confirm has somebody say that another belongs to the organisation they chose.
func (s *scene) confirm(who, whom string) {
	s.decides(who, "confirms "+whom, func(n *benchmark.Network) benchmark.Intent {
		p, _ := n.At(person(whom).Address())
		return benchmark.Vouch{Newcomer: p.ID, Yes: true}
	})
}

func (s *scene) open(period string) {
	at := start.Add(time.Duration(len(s.steps)) * time.Hour)
	s.wants(founder, "opens "+period, benchmark.OpenRound{Period: period, Due: at.AddDate(0, 1, 0), Closes: at.AddDate(0, 2, 0)})
}

func (s *scene) closeRound() { s.wants(founder, "closes", benchmark.CloseRound{}) }

func (s *scene) publish() { s.wants(founder, "publishes", benchmark.PublishRound{}) }

func (s *scene) reopen() {
	at := start.Add(time.Duration(len(s.steps)) * time.Hour)
	s.wants(founder, "reopens", benchmark.ReopenRound{Closes: at.AddDate(0, 1, 0), Reason: "some were late"})
}

func (s *scene) show() {
	s.closeRound()
	s.publish()
}

// give has somebody answer an indicator, and returns where that stands.
func (s *scene) give(who string, i benchmark.IndicatorID, f benchmark.Figure) place {
	at := place{len(s.steps), 0}
	s.steps = append(s.steps, step{by: who, does: "answers", give: []cell{{indicator: i, figure: f, note: fmt.Sprintf("note %d", at.step)}}})
	return at
}

// falls answers a proportion.
func (s *scene) falls(who string, numerator, denominator float64) place {
	return s.give(who, falls, benchmark.Figure{Numerator: numerator, Denominator: denominator})
}

func (s *scene) threshold(who string, small int) {
	s.wants(who, fmt.Sprintf("sets the threshold to %d", small), benchmark.ChangeSettings(func(_ *string, s *benchmark.Settings) { s.SmallNumber = small }))
}

// sum has somebody answer, in a round, with the sum of what stands at the places.
func (s *scene) sum(who string, round benchmark.RoundID, i benchmark.IndicatorID, parts ...place) {
	at := s.give(who, i, benchmark.Figure{})
	s.steps[at.step].round = round
	s.steps[at.step].give[0].parts = parts
}

// look has the attacker do nothing but look.
func (s *scene) look() { s.wants(s.attacker, "looks", nil) }

// sceneOfFalls is a round in which all have answered and nothing is shown; u2 is the
// attacker.
func sceneOfFalls(organisations int, v benchmark.Visibility) *scene {
	s := newScene(organisations, v)
	s.attacker = "u2"
	s.open("2027-Q1")
	for k, x := range []float64{80, 120, 170, 200, 260, 330, 370, 420, 510, 600, 700, 790}[:organisations] {
		s.falls(user(k+1), x, 1000)
	}
	return s
}
