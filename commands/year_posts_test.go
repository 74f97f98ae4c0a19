package commands_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/report"
)

// size is how much of a kind of message there is at most: words and characters that are
// read, pictures, and bytes of a picture.
type size struct{ words, characters, pictures, bytes int }

func (s size) or(t size) size {
	return size{max(s.words, t.words), max(s.characters, t.characters), max(s.pictures, t.pictures), max(s.bytes, t.bytes)}
}

// sizeOf counts what people read of a message: not its buttons, nor what is said of a
// picture to those who listen.
func sizeOf(m chat.Message) (s size) {
	var read []string
	for _, b := range m.Blocks {
		switch b := b.(type) {
		case chat.Heading:
			read = append(read, b.Text)
		case chat.Paragraph:
			read = append(read, b.Text)
		case chat.Quote:
			read = append(read, b.Text, b.By)
		case chat.Items:
			read = append(read, b.Items...)
		case chat.Facts:
			for _, f := range b.Facts {
				read = append(read, f.Name, f.Value)
			}
		case chat.Footnote:
			read = append(read, b.Text)
		case chat.Picture:
			s.pictures++
			s.bytes = max(s.bytes, len(b.PNG))
		}
	}
	if len(m.Blocks) == 0 {
		read = []string{m.Text}
	}
	for _, text := range read {
		s.words += len(strings.Fields(text))
		s.characters += utf8.RuneCountInString(text)
	}
	return s
}

// The most that each kind of message may be in a year. What was, when each indicator had a
// post of its own: 10 root posts a seat and round; comparisons of 206 words and 1,081
// characters; the summary of 197 words; own views of 1,104 words, 5,518 characters and 8
// pictures, and drafts of 967, 4,781 and 7; an own view again for everybody when a round was
// shown again.
var mostOf = map[string]size{
	"summary":    {words: 60, characters: 450, pictures: 2, bytes: 150_000},
	"comparison": {words: 40, characters: 250, pictures: 1, bytes: 150_000},
	"rest":       {words: 60, characters: 400},
	"detail":     {words: 120, characters: 600}, // with what organisations wrote
	"question":   {words: 20, characters: 120},
	"private":    {words: 40, characters: 300, pictures: 1, bytes: 150_000},
	"draft":      {words: 160, characters: 900, pictures: 2, bytes: 150_000},
}

const mostRootPosts = 6

// within says whether a size keeps to the most that may be.
func (s size) within(most size) bool {
	return s.words <= most.words && s.characters <= most.characters && s.pictures <= most.pictures && s.bytes <= most.bytes
}

// A year's posts: four rounds of twelve organisations with an indicator of each kind, at
// two seats; one extended, one counted in a new way, one opened again.
func TestAYearsPosts(t *testing.T) {
	s := postsStage(t)
	sizes := map[string]size{}
	roots, private := map[string]int{}, map[string]int{}
	for quarter, period := range []string{"2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3"} {
		s.yearsRound(t, quarter, period)
	}
	for _, c := range s.chat.Changes(0) {
		switch {
		case c.Posted != nil && c.Posted.ByBot() && c.Posted.Message.Key != "":
			kind, rest, _ := strings.Cut(c.Posted.Message.Key, "/")
			period, _, _ := strings.Cut(rest, "/")
			sizes[kind] = sizes[kind].or(sizeOf(c.Posted.Message))
			switch direct := strings.HasPrefix(c.Posted.ID.Channel, "@"); {
			case direct && kind == "private":
				private[c.Posted.ID.Channel+" "+period]++
			case !direct && c.Posted.Root == (chat.PostID{}):
				roots[c.Posted.ID.Connection+" "+period]++
			}
		case c.Edited != nil && c.Edited.Message.Key != "":
			kind, _, _ := strings.Cut(c.Edited.Message.Key, "/")
			sizes[kind] = sizes[kind].or(sizeOf(c.Edited.Message))
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(sizes)) {
		t.Logf("%-12s %4d words %6d characters %2d pictures %7d bytes", kind, sizes[kind].words, sizes[kind].characters, sizes[kind].pictures, sizes[kind].bytes)
	}
	for kind, most := range mostOf {
		if got, posted := sizes[kind]; !posted || !got.within(most) {
			t.Errorf("%s: up to %+v, at most %+v", kind, got, most)
		}
	}
	for where, many := range roots {
		if many > mostRootPosts {
			t.Errorf("%s: %d root posts, at most %d", where, many, mostRootPosts)
		}
	}
	for whose, many := range private {
		if many > 1 {
			t.Errorf("%s: %d own views, though nothing of theirs has changed", whose, many)
		}
	}
	if len(roots) < 8 || len(private) < 40 {
		t.Errorf("too little was posted: %v, %v", roots, private)
	}
}

// yearsRound is one round, from its opening until people have talked about it.
func (s *stage) yearsRound(t *testing.T, quarter int, period string) {
	t.Helper()
	due := s.clock.Now().AddDate(0, 0, 18)
	s.must(t, s.decide(benchmark.OpenRound{Period: period, Due: due, Closes: due.AddDate(0, 0, 7)}))
	s.must(t, s.settle())
	chance := rand.New(rand.NewPCG(uint64(quarter), 13))
	for k := range yearOrganisations {
		if quarter == 2 && k == 11 {
			break // one has begun late, and answers when the round is open again
		}
		s.answersYear(t, k, quarter, chance)
	}
	if quarter == 1 {
		s.must(t, s.decide(benchmark.ExtendRound{Due: due.AddDate(0, 0, 4)}))
	}
	s.must(t, s.moveTo(due.Add(time.Hour)))
	s.must(t, s.decide(benchmark.CloseRound{}))
	s.must(t, s.settle())
	s.shows(t)
	if quarter == 2 {
		s.must(t, s.decide(benchmark.ReopenRound{Closes: s.clock.Now().AddDate(0, 0, 5), Reason: "one was late"}))
		s.must(t, s.settle())
		s.answersYear(t, 11, quarter, chance)
		s.must(t, s.decide(benchmark.CloseRound{}))
		s.must(t, s.settle())
		s.shows(t)
	}
	s.must(t, s.moveTo(due.AddDate(0, 1, 0)))
	if quarter == 0 {
		var indicators []benchmark.Indicator
		s.read(func(n *benchmark.Network) { indicators = slices.Clone(n.Template().Indicators) })
		indicators[4].Measures = "From the door, not from the desk."
		s.must(t, s.decide(benchmark.AdoptTemplate{Name: "One of each", Indicators: indicators, Reason: "Patients wait from the door."}))
		s.must(t, s.settle())
	}
	s.must(t, s.moveTo(due.AddDate(0, 2, 10)))
}

// shows has a facilitator show the round, as it is done by hand.
func (s *stage) shows(t *testing.T) {
	t.Helper()
	_, err := s.chat.Type(s.ctx, person("one0"), s.channel, "/round publish")
	s.must(t, err)
	s.must(t, s.settle())
}

// answersYear is what an organisation answers in a quarter: most as chance gives, some not.
func (s *stage) answersYear(t *testing.T, k, quarter int, chance *rand.Rand) {
	t.Helper()
	table, err := s.tables.Table(s.ctx, networkID)
	s.must(t, err)
	value := func(id benchmark.IndicatorID, f benchmark.Figure, note string) benchmark.Item {
		return benchmark.Item{Indicator: id, Answer: benchmark.Value, Figure: f, Note: note}
	}
	items := []benchmark.Item{
		value("falls", benchmark.Figure{Numerator: float64(36 + chance.IntN(12) + 60*one(k == 3)), Denominator: 412}, ""),
		value("sores", benchmark.Figure{Numerator: float64(20 + chance.IntN(8)), Denominator: float64(5000 + 2500*chance.IntN(2))}, ""),
		value("pain", benchmark.Figure{Value: 3 + chance.Float64() + 4*float64(one(k == 5 && quarter == 1)), N: 60, SD: new(1.8)}, ""),
		value("visits", benchmark.Figure{Value: float64(100 + 10*chance.IntN(30))}, ""),
		value("stay", benchmark.Figure{Value: 2 + 3*chance.Float64()}, "a new ward since spring"),
		value("safety", benchmark.Figure{Value: float64(2 + chance.IntN(3))}, ""),
		value("board", benchmark.Figure{Value: float64(one(k > 0))}, ""),
	}
	if quarter != 1 && k%2 == 0 {
		items = append(items, value("handover", benchmark.Figure{}, "We walk round with the night staff, and whoever has the patients says what matters most."))
	}
	if k == 7 {
		items[0] = benchmark.Item{Indicator: "falls", Answer: benchmark.NotMeasured}
		items[2] = value("pain", benchmark.Figure{Value: 3, N: 5}, "")
	}
	by := benchmark.ParticipantID(fmt.Sprint("p", k+1))
	if quarter != 2 && k%2 == 0 {
		_, err = table.Do(s.ctx, benchmark.Actor{By: by}, benchmark.Predict{Guesses: map[benchmark.IndicatorID]benchmark.Position{"falls": benchmark.Around, "stay": benchmark.Above}})
		s.must(t, err)
	}
	_, err = table.Do(s.ctx, benchmark.Actor{By: by}, benchmark.Submit{Items: items})
	s.must(t, err)
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// postsStage has twelve organisations with one person each, at two seats.
func postsStage(t *testing.T) *stage {
	t.Helper()
	s, err := newStage()
	s.must(t, err)
	t.Cleanup(s.close)
	f, err := os.Open("testdata/kinds.yaml")
	s.must(t, err)
	template, err := report.ReadTemplate("kinds.yaml", f)
	s.must(t, err)
	s.must(t, f.Close())
	settings := benchmark.DefaultSettings()
	settings.Zone = "Europe/Stockholm"
	found := benchmark.Found{
		ID: networkID, Name: "Ward safety", Settings: settings, Seed: 7, Connection: s.channel.Connection, Channel: s.channel.Channel,
		TemplateName: template.Name, Indicators: template.Indicators,
	}
	for k := range found.Indicators {
		if id := found.Indicators[k].ID; id == "falls" || id == "stay" {
			found.Indicators[k].Direction = benchmark.Lower
		}
	}
	for k := range yearOrganisations {
		found.Organisations = append(found.Organisations, fmt.Sprintf("Ward %c", 'A'+k))
	}
	found.Mine = found.Organisations[0]
	for k, name := range found.Organisations {
		user := fmt.Sprint("one", k)
		s.must(t, s.chat.Join(chat.Person{ID: person(user), Name: "Nurse " + user, Language: "en"}))
		who := benchmark.Identity{Connection: homeConnection, User: user, Name: "Nurse " + user, Language: "en"}
		if k == 0 {
			found.Founder = who
			_, err = s.tables.Found(s.ctx, benchmark.Actor{}, found)
			s.must(t, err)
			continue
		}
		table, err := s.tables.Table(s.ctx, networkID)
		s.must(t, err)
		_, err = table.Do(s.ctx, benchmark.Actor{}, benchmark.Join{Person: who, Organisation: name})
		s.must(t, err)
		var me benchmark.Participant
		table.Read(func(n *benchmark.Network) { me, _ = n.At(benchmark.Address(person(user))) })
		if !me.Confirmed {
			s.must(t, s.vouch(table, me))
		}
	}
	elsewhere := chat.ChannelID{Connection: "other", Channel: "fall"}
	s.must(t, s.chat.Channel(elsewhere))
	s.must(t, s.decide(benchmark.TakeSeat{Connection: elsewhere.Connection, Channel: elsewhere.Channel}))
	s.must(t, s.settle())
	return s
}
