package commands_test

import (
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/report"
)

// The most that a year's round may ask: four rounds of twelve organisations that answer
// five indicators, with the slips of yearSlips. Questions are messages and forms that wait
// for an answer before something of the submission is kept; doubts, the messages that tell
// of any. When everything was asked about first, it was 38 and 38.
const (
	mostQuestions = 7
	mostDoubts    = 36
)

// slip is one organisation's submission, as people make them.
type slip struct {
	name   string
	typed  string            // after "submit"; empty: the form
	filled map[string]string // what is filled in otherwise than right
	// mends are what is filled in once it is asked about; a note says why a figure is right.
	mends map[string]string
	// colleague types this while the form is open.
	colleague string
	// confirms that a figure is right, with the note of mends, although it is kept.
	confirms bool
	// noted is the indicator that comes with a note.
	noted string
}

// yearSlips are what people do, in turn.
func yearSlips(quarter int) []slip {
	falls, stay := fmt.Sprintf("%d/1412", 12+quarter), fmt.Sprintf("4.%d", 2+quarter)
	lines := func(change ...string) string {
		all := map[string]string{"falls": falls, "hand-hygiene": "170/200", "catheters": "20/100", "wait": "5.1 n=30", "stay": stay}
		text := ""
		for k := 0; k < len(change); k += 2 {
			all[change[k]] = change[k+1]
		}
		for _, id := range yearIndicators {
			text += id + " " + all[id] + "\n"
		}
		return strings.TrimSpace(text)
	}
	return []slip{
		{name: "a form without a slip"},
		{name: "typed without a slip", typed: lines()},
		{name: "tabs of a spreadsheet", typed: strings.NewReplacer(" ", "\t", "/", "\t", "\t n=30", " n=30").Replace(lines())},
		{name: "a near name", typed: strings.Replace(lines(), "falls", "fall", 1)},
		{name: "another unit, typed", typed: lines("stay", "100 hours"), mends: map[string]string{"stay": "4.2"}},
		{name: "another unit, in the form", filled: map[string]string{"stay": "100 h", "wait": "300 min n=30"}, mends: map[string]string{"stay": "4.2", "wait": "5 n=30"}},
		{name: "ten times too big, typed", typed: lines("wait", "51 n=30"), mends: map[string]string{"wait": "5.1 n=30"}},
		{name: "two that are unlikely, in the form", filled: map[string]string{"wait": "51 n=30", "stay": "42"}, mends: map[string]string{"wait": "5.1 n=30", "stay.note": "one stayed the summer"}},
		{name: "a second answer in the note", typed: lines("hand-hygiene", "170/200 new ward 4/1412"), noted: "hand-hygiene"},
		{name: "a colleague's change meanwhile", filled: map[string]string{"catheters": "21/100"}, colleague: "catheters 22/100"},
		{name: "numbers that changed places", typed: lines("falls", "1412/12"), mends: map[string]string{"falls": falls}},
		{name: "a quotient in the note, and an unlikely figure", filled: map[string]string{"catheters.note": "3/9 were new", "hand-hygiene": "20/200"}, mends: map[string]string{"hand-hygiene.note": "a new way to count"}, noted: "catheters"},
		{name: "a word for a figure, and an unlikely one", filled: map[string]string{"wait": "five", "stay": "42"}, mends: map[string]string{"wait": "5.1 n=30", "stay.note": "one stayed the summer"}},
		{name: "a share without how many", typed: lines("hand-hygiene", "85%"), mends: map[string]string{"hand-hygiene": "170/200"}},
	}
}

var yearIndicators = []string{"falls", "hand-hygiene", "catheters", "wait", "stay"}

// A year's round asks rarely, and everything that people gave is kept in the end.
func TestAYearAsksRarely(t *testing.T) {
	s := yearStage(t)
	var asked, told int
	for quarter, period := range []string{"2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2"} {
		due := s.clock.Now().AddDate(0, 0, 18)
		s.must(t, s.decide(benchmark.OpenRound{Period: period, Due: due, Closes: due.AddDate(0, 0, 7)}))
		slips := yearSlips(quarter)
		for k := range yearOrganisations {
			one := slips[(k+5*quarter)%len(slips)]
			if k == yearOrganisations-1 {
				one = slip{
					name: "one that counts otherwise than the others, each time", typed: "falls 12/1412\nhand-hygiene 20/200\ncatheters 20/100\nwait 5.1 n=30\nstay 4.3",
					mends: map[string]string{"hand-hygiene.note": "we count all moments"}, confirms: true,
				}
			}
			q, d := s.submits(t, k, one, quarter)
			t.Logf("%s, %s: %d questions, %d messages of doubts", period, one.name, q, d)
			asked, told = asked+q, told+d
			s.read(func(n *benchmark.Network) {
				if missing := n.Missing(n.Current(), benchmark.OrganisationID(fmt.Sprint("o", k+1))); len(missing) > 0 {
					t.Errorf("%s, %s: %v is not kept", period, one.name, missing)
				}
			})
		}
		s.must(t, s.decide(benchmark.CloseRound{}))
		s.must(t, s.decide(benchmark.PublishRound{}))
		s.clock.set(s.clock.Now().AddDate(0, 3, 0))
	}
	t.Logf("%d questions, %d messages of doubts", asked, told)
	if asked > mostQuestions || told > mostDoubts {
		t.Errorf("%d questions and %d messages of doubts, at most %d and %d", asked, told, mostQuestions, mostDoubts)
	}
}

const yearOrganisations = 12

// yearStage has twelve organisations with two people and seven quarters each.
func yearStage(t *testing.T) *stage {
	t.Helper()
	s, err := newStage()
	s.must(t, err)
	t.Cleanup(s.close)
	f, err := os.Open("testdata/typed.yaml")
	s.must(t, err)
	template, err := report.ReadTemplate("typed.yaml", f)
	s.must(t, err)
	s.must(t, f.Close())
	settings := benchmark.DefaultSettings()
	settings.Zone = "Europe/Stockholm"
	found := benchmark.Found{
		ID: networkID, Name: "Ward safety", Settings: settings, Seed: 7, Connection: s.channel.Connection, Channel: s.channel.Channel,
		Founder: benchmark.Identity{Connection: homeConnection, User: "ruth", Name: "Ruth Lind", Language: "en"}, TemplateName: template.Name, Indicators: template.Indicators,
	}
	for k := range found.Indicators {
		if found.Indicators[k].ID == "hand-hygiene" {
			found.Indicators[k].Plausible = &benchmark.Range{Low: 40, High: 100}
		}
	}
	for k := range yearOrganisations {
		found.Organisations = append(found.Organisations, fmt.Sprintf("Ward %c", 'A'+k))
	}
	s.must(t, s.chat.Join(chat.Person{ID: person("ruth"), Name: "Ruth Lind"}))
	_, err = s.tables.Found(s.ctx, benchmark.Actor{}, found)
	s.must(t, err)
	table, err := s.tables.Table(s.ctx, networkID)
	s.must(t, err)
	var past benchmark.RecordHistory
	for k, name := range found.Organisations {
		for _, who := range []string{fmt.Sprint("one", k), fmt.Sprint("two", k)} {
			s.must(t, s.chat.Join(chat.Person{ID: person(who), Name: "Nurse " + who, Language: "en"}))
			_, err := table.Do(s.ctx, benchmark.Actor{}, benchmark.Join{Person: benchmark.Identity{Connection: homeConnection, User: who, Name: "Nurse " + who, Language: "en"}, Organisation: name})
			s.must(t, err)
			var me benchmark.Participant
			table.Read(func(n *benchmark.Network) { me, _ = n.At(benchmark.Address(person(who))) })
			if !me.Confirmed {
				s.must(t, s.vouch(table, me))
			}
		}
		for q := range 7 {
			for id, figure := range map[benchmark.IndicatorID]benchmark.Figure{
				"falls":        {Numerator: float64(9 + q), Denominator: 1412},
				"hand-hygiene": {Numerator: float64(165 + 2*q), Denominator: 200},
				"catheters":    {Numerator: float64(17 + q), Denominator: 100},
				"wait":         {Value: 4.4 + 0.2*float64(q), N: 30},
				"stay":         {Value: 3.7 + 0.2*float64(q)},
			} {
				if k == yearOrganisations-1 && id == "hand-hygiene" {
					figure.Numerator = float64(17 + q)
				}
				past.Figures = append(past.Figures, benchmark.Recorded{
					Organisation: benchmark.OrganisationID(fmt.Sprint("o", k+1)), Indicator: id,
					Period: fmt.Sprintf("%d-Q%d", 2024+(q+3)/4, (q+3)%4+1), Figure: figure,
				})
			}
		}
	}
	s.must(t, s.decide(past))
	return s
}

func (s *stage) must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// submits has an organisation answer, and settle what it is asked about, until all of it
// is kept. It returns how often something waited for an answer before it was kept, and how
// many messages and forms told of a doubt.
func (s *stage) submits(t *testing.T, k int, one slip, quarter int) (asked, told int) {
	t.Helper()
	who := person(fmt.Sprint("one", k))
	var seen playground.Seen
	var err error
	if one.typed != "" {
		seen, err = s.chat.Type(s.ctx, who, s.channel, "/round submit "+one.typed)
		s.must(t, err)
	} else {
		_, err = s.chat.Type(s.ctx, who, s.channel, "/round submit")
		s.must(t, err)
		if one.colleague != "" {
			_, err = s.chat.Type(s.ctx, person(fmt.Sprint("two", k)), s.channel, "/round submit "+one.colleague)
			s.must(t, err)
		}
		values := map[string]string{
			"falls": fmt.Sprintf("%d/1412", 12+quarter), "hand-hygiene": "170/200", "catheters": "20/100", "wait": "5.1 n=30", "stay": fmt.Sprintf("4.%d", 2+quarter),
		}
		maps.Copy(values, one.filled)
		seen, err = s.chat.Fill(s.ctx, who, values)
		s.must(t, err)
	}
	for range 8 {
		if tellsDoubt(seen) {
			told++
		}
		if s.keeps(k, one) {
			if one.confirms && tellsDoubt(seen) {
				s.settles(t, who, seen, one)
			}
			return asked, told
		}
		asked++
		seen = s.settles(t, who, seen, one)
	}
	t.Fatalf("%s: it never ends", one.name)
	return asked, told
}

// keeps says whether all that the organisation's writer gave stands.
func (s *stage) keeps(k int, one slip) (keeps bool) {
	s.read(func(n *benchmark.Network) {
		me, _ := n.At(benchmark.Address(person(fmt.Sprint("one", k))))
		keeps = true
		for _, id := range yearIndicators {
			v, answered := n.Current().Submission(me.Organisation, benchmark.IndicatorID(id))
			keeps = keeps && answered && v.By == me.ID && (id != one.noted || n.Text(v.Note) != "")
		}
	})
	return keeps
}

// doubtLabels begin the buttons that settle a doubt.
var doubtLabels = []string{"It is a note", "Use mine", "Answer to", "It is right", "Change what I typed", "Keep ", "Undo"}

// tellsDoubt says whether somebody was told of a doubt: in a message, or in a form that is
// shown again.
func tellsDoubt(seen playground.Seen) bool {
	if seen.Form != nil {
		for _, f := range seen.Form.Fields {
			if f.Error != "" {
				return true
			}
		}
		return false
	}
	return seen.Private != nil && doubtButton(seen.Private.Message) != "" && strings.Contains(seen.Private.Message.Text, "\n")
}

// doubtButton is the first button that settles a doubt.
func doubtButton(m chat.Message) string {
	for _, label := range doubtLabels {
		for _, b := range buttonsOf(m) {
			if strings.HasPrefix(b.Label, label) {
				return b.Label
			}
		}
	}
	return ""
}

// settles does what somebody would whom this was shown, so that what they gave is kept.
func (s *stage) settles(t *testing.T, who chat.PersonID, seen playground.Seen, one slip) playground.Seen {
	t.Helper()
	var err error
	if seen.Form != nil {
		seen, err = s.chat.Fill(s.ctx, who, one.mends)
		s.must(t, err)
		return seen
	}
	label := doubtButton(seen.Private.Message)
	for _, b := range buttonsOf(seen.Private.Message) {
		if len(one.mends) > 0 && !one.confirms && strings.HasPrefix(b.Label, "Change what I typed") {
			label = b.Label
		}
	}
	seen, err = s.chat.Press(s.ctx, who, seen.Private.ID, label)
	s.must(t, err)
	if seen.Form == nil {
		return seen
	}
	mends := map[string]string{}
	for _, f := range seen.Form.Fields {
		if v, is := one.mends[f.Name]; is {
			mends[f.Name] = v
		}
	}
	seen, err = s.chat.Fill(s.ctx, who, mends)
	s.must(t, err)
	return seen
}
