package e2e

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/chat/playground"
)

// crashStages are the times at which a round is killed. Each ends with a life
// that is not: what falls due there gets done there.
var crashStages = []struct {
	name string
	at   time.Time
}{
	{"open", time.Date(2027, time.January, 5, 10, 0, 0, 0, time.UTC)},
	{"three working days before", time.Date(2027, time.January, 13, 10, 0, 0, 0, time.UTC)},
	{"the due day", time.Date(2027, time.January, 18, 10, 0, 0, 0, time.UTC)},
	{"the day after", time.Date(2027, time.January, 19, 10, 0, 0, 0, time.UTC)},
	{"closed", time.Date(2027, time.January, 22, 13, 0, 0, 0, time.UTC)},
	{"published", time.Date(2027, time.January, 25, 14, 0, 0, 0, time.UTC)},
}

var (
	crashDue    = time.Date(2027, time.January, 18, 12, 0, 0, 0, time.UTC)
	crashCloses = time.Date(2027, time.January, 22, 12, 0, 0, 0, time.UTC)
)

// TestCrash kills the bot again and again while people talk to it: what was
// answered is never lost, and nothing is said twice. ROUNDTABLE_KILLS says how
// often (8), ROUNDTABLE_SEED repeats a run as far as chance goes.
func TestCrash(t *testing.T) {
	kills, seed := setting(t, "ROUNDTABLE_KILLS", 8), setting(t, "ROUNDTABLE_SEED", uint64(time.Now().UnixNano()%1e6))
	t.Logf("%d kills, ROUNDTABLE_SEED=%d", kills, seed)
	c := &crash{dir: t.TempDir(), dice: rand.New(rand.NewPCG(seed, 0)), acknowledged: map[string]bool{}}
	c.setUp(t)
	for k, stage := range crashStages {
		c.now = stage.at
		for range (kills*uint64(k+1))/uint64(len(crashStages)) - (kills*uint64(k))/uint64(len(crashStages)) {
			c.live(t, "talk")
		}
		c.live(t, "settle")
		if t.Failed() {
			t.Fatalf("stage: %s", stage.name)
		}
	}
	c.verify(t)
}

func setting(t *testing.T, name string, unset uint64) uint64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return unset
	}
	value, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return value
}

// crash is one run.
type crash struct {
	dir          string
	dice         *rand.Rand
	now          time.Time
	lives        uint64
	acknowledged map[string]bool // by the id of what was done
}

// setUp makes a network with two seats, six people and an open round.
func (c *crash) setUp(t *testing.T) {
	t.Helper()
	now := time.Date(2027, time.January, 4, 9, 0, 0, 0, time.UTC)
	ctx, stop := context.WithCancel(t.Context())
	stop() // nothing is posted yet
	h, err := openCrashBot(ctx, c.dir, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range crashPeople {
		if err := h.chat.Join(chat.Person{ID: who, Name: who.User}); err != nil {
			t.Fatal(err)
		}
	}
	f := benchmark.Found{
		ID: crashNetwork, Name: "Crash", Settings: benchmark.DefaultSettings(), Seed: 1,
		Connection: "north", Channel: "falls", Profession: "nurse", Mine: "Org anna", TemplateName: "T",
		Indicators: []benchmark.Indicator{{ID: "falls", Title: "Falls", Kind: benchmark.Proportion}, {ID: "ulcers", Title: "Ulcers", Kind: benchmark.Proportion}},
	}
	for k, who := range crashPeople {
		f.Organisations = append(f.Organisations, "Org "+who.User)
		if k < len(crashSeats) {
			if err := h.chat.Channel(crashSeats[k]); err != nil {
				t.Fatal(err)
			}
		}
	}
	f.Founder = benchmark.Identity{Connection: "north", User: "anna", Name: "anna"}
	table, err := h.tables.Found(t.Context(), benchmark.Actor{}, f)
	if err != nil {
		t.Fatal(err)
	}
	intents := []benchmark.Intent{benchmark.TakeSeat{Connection: "south", Channel: "falls"}, benchmark.OpenRound{Period: string(crashRound), Due: crashDue, Closes: crashCloses}}
	for k, intent := range intents {
		if _, err := table.Do(t.Context(), benchmark.Actor{By: "p1"}, intent); err != nil {
			t.Fatalf("%d: %v", k, err)
		}
	}
	for _, who := range crashPeople[1:] {
		person := benchmark.Identity{Connection: who.Connection, User: who.User, Name: who.User}
		if _, err := table.Do(t.Context(), benchmark.Actor{}, benchmark.Join{Person: person, Organisation: "Org " + who.User, Profession: "nurse"}); err != nil {
			t.Fatal(err)
		}
	}
	h.tables.Close()
	if err := h.close(); err != nil {
		t.Fatal(err)
	}
}

// live runs the program once: until it is killed, at a moment that chance
// decides, or until it has settled.
func (c *crash) live(t *testing.T, task string) {
	t.Helper()
	c.lives++
	c.now = c.now.Add(time.Minute)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = read.Close() }()
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), crashBotDir+"="+c.dir, crashBotTask+"="+task,
		crashBotNow+"="+c.now.Format(time.RFC3339Nano), crashBotSeed+"="+strconv.FormatUint(c.lives, 10))
	cmd.Stderr, cmd.ExtraFiles = os.Stderr, []*os.File{write}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = write.Close() // the child has it
	up, ended := make(chan struct{}), make(chan struct{})
	settled := false
	go func() {
		defer close(ended)
		for lines := bufio.NewScanner(read); lines.Scan(); {
			switch line := lines.Text(); line {
			case "up":
				close(up)
			case "settled":
				settled = true
			default:
				c.acknowledged[line] = true
			}
		}
	}()
	if task == "talk" {
		if c.dice.IntN(4) > 0 { // else it may die while it starts
			select {
			case <-up:
			case <-ended:
			}
		}
		time.Sleep(time.Duration(20+c.dice.IntN(380)) * time.Millisecond)
		_ = cmd.Process.Kill()
	}
	<-ended
	err = cmd.Wait()
	if task == "settle" && (err != nil || !settled) {
		t.Fatalf("the program ended with %v, settled: %v", err, settled)
	}
	if task == "talk" && cmd.ProcessState.Exited() {
		t.Fatalf("the program ended by itself: %v", err)
	}
}

// verify looks at what is left in the files.
func (c *crash) verify(t *testing.T) {
	t.Helper()
	h, err := openCrashBot(t.Context(), c.dir, func() time.Time { return c.now })
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = h.close() }()
	table, err := h.tables.Table(t.Context(), crashNetwork)
	if err != nil {
		t.Fatal(err)
	}
	caused, events := map[string]int{}, 0
	for entry, err := range h.journal.Read(t.Context(), string(crashNetwork), 1) {
		if err != nil {
			t.Fatal(err)
		}
		e, err := benchmark.Decode(benchmark.Record{Seq: entry.Seq, At: entry.At, Kind: entry.Kind, Version: entry.Version, Data: entry.Data})
		if err != nil {
			t.Fatal(err)
		}
		events++
		if e.Incoming != "" {
			caused[e.Incoming]++
		}
	}
	answers, remarks := c.verifyActs(t, h.chat, func(id string) int { return caused[table.Alias(id)] })
	table.Read(func(n *benchmark.Network) {
		want := crashKeys(t, n)
		if diff := cmp.Diff(want, h.chat.Keys()); diff != "" {
			t.Errorf("how often each post stands: want (-), got (+):\n%s", diff)
		}
		verifyPosts(t, h, n)
		t.Logf("%d lives: %d answers and %d remarks, %d acknowledged; %d events, %d posts, each once", c.lives, answers, remarks, len(c.acknowledged), events, len(want))
	})
}

// verifyActs: everything that people did, acknowledged or not, has happened
// exactly once; answers after closing are corrections.
func (c *crash) verifyActs(t *testing.T, talk *playground.Chat, caused func(id string) int) (answers, remarks int) {
	t.Helper()
	left := maps.Clone(c.acknowledged)
	changes := talk.Changes(0)
	for at, change := range changes {
		act := change.Acted
		if act == nil {
			continue
		}
		want := 1
		if act.Typed != nil && !change.At.Before(crashCloses) {
			want = 0 // it opened a form, which is sent
		}
		if act.Filled != nil && isShownAgain(changes[at:], act) {
			want = 0 // the round was shown meanwhile: they are asked once more
		}
		if act.Said != nil {
			remarks++
		} else {
			answers += want
		}
		if k := caused(act.ID); k != want {
			t.Errorf("%s by %s: %q happened %d times, want %d", act.ID, act.By.User, act.Shown, k, want)
		}
		delete(left, act.ID)
	}
	if len(left) > 0 {
		t.Errorf("acknowledged and forgotten: %v", slices.Collect(maps.Keys(left)))
	}
	if waiting := talk.Unanswered(); len(waiting) > 0 {
		t.Errorf("unanswered: %v", waiting)
	}
	return answers, remarks
}

// isShownAgain says whether the form that was sent was answered by the same form.
func isShownAgain(since []playground.Change, sent *playground.Act) bool {
	return slices.ContainsFunc(since, func(c playground.Change) bool { return c.FormShown != nil && c.FormShown.ID == sent.Form })
}

// crashKeys are the posts that the round owes, each once.
func crashKeys(t *testing.T, n *benchmark.Network) map[string]int {
	t.Helper()
	r := string(crashRound)
	keys := map[string]int{"stuck/" + r + "/p1": 1, "draft/" + r + "/1/p1": 1, "alone/p1": 1, "seated/s1/s1": 1, "seated/s2/s1": 1, "seated/s2/s2": 1}
	for k := range crashPeople {
		p := fmt.Sprint("p", k+1)
		for _, stage := range []benchmark.Stage{benchmark.BeforeDue, benchmark.DueDay, benchmark.AfterDue} {
			keys["nudge/"+r+"/"+p+"/"+string(stage)] = 1 // nobody answers for ulcers
		}
		if k < 4 {
			keys["private/"+r+"/1/"+p] = 1
		}
	}
	for _, s := range []string{"s1", "s2"} {
		for _, key := range []string{"opening/" + r, "summary/" + r, "rest/" + r} { // ulcers have no thread
			keys[key+"/"+s] = 1
		}
		if shown, _ := n.Round(crashRound); benchmark.HasThread(shown, "falls") { // by chance they are worth a talk
			for _, key := range []string{"comparison/", "detail/", "question/"} {
				keys[key+r+"/falls/"+s] = 1
			}
		}
	}
	topics := []benchmark.TopicID{benchmark.RoundTopic(crashRound), benchmark.SummaryTopic(crashRound), benchmark.ComparisonTopic(crashRound, "falls"), benchmark.ComparisonTopic(crashRound, "ulcers")}
	for _, id := range topics {
		topic := n.Topic(id)
		if topic == nil { // nobody talked about it
			continue
		}
		for _, c := range topic.Contributions {
			for _, s := range []benchmark.SeatID{"s1", "s2"} {
				if s != c.Seat {
					keys[fmt.Sprintf("relay/m%d/%s", c.Number, s)] = 1
				}
			}
		}
	}
	return keys
}

// verifyPosts: what is kept up to date is, and what was said elsewhere stands in
// the order in which it was said.
func verifyPosts(t *testing.T, h *crashBot, n *benchmark.Network) {
	t.Helper()
	for k, channel := range crashSeats {
		seat := benchmark.SeatID(fmt.Sprint("s", k+1))
		said := 0
		for _, p := range h.chat.Posts(channel) {
			kind, _, _ := strings.Cut(p.Message.Key, "/")
			last := 0
			for _, reply := range h.chat.Thread(p.ID) {
				var number int
				if _, err := fmt.Sscanf(reply.Message.Key, "relay/m%d/", &number); err == nil && number < last {
					t.Errorf("%s: m%d stands after m%d", p.Message.Key, number, last)
				} else if err == nil {
					last = number
					said++
				}
			}
			key := p.Message.Key
			duty := benchmark.Duty{Kind: benchmark.DutyKind(kind), Seat: seat, Round: crashRound, Revision: n.Discharged(key).Done}
			switch kind {
			case "comparison":
				duty.Indicator = benchmark.IndicatorID(strings.Split(key, "/")[2])
			case "seated":
				duty.Taken = benchmark.SeatID(strings.Split(key, "/")[1])
			}
			want, err := h.commands.Compose(n, duty)()
			if err != nil {
				t.Fatal(err)
			}
			want.Key = key
			if diff := cmp.Diff(want, p.Message); diff != "" {
				t.Errorf("%s is not as the round is: want (-), got (+):\n%s", p.Message.Key, diff)
			}
		}
		if said == 0 {
			t.Errorf("nothing from elsewhere stands at %s", seat)
		}
	}
}
