package benchmark_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"roundtable/benchmark"
)

// shownWithNote has a round shown in which the second organisation, of p2 and p4, gave a
// note beside its figure.
func shownWithNote(t *testing.T) *table {
	b := founded(t, 3, falls())
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u4", Name: "P4"}, Organisation: "o2"})
	b.do("p2", benchmark.Vouch{Newcomer: "p4", Yes: true})
	b.open("2026-Q4")
	b.do("p1", submit("", noted("falls", 30, "")))
	b.do("p2", submit("", noted("falls", 21, "Bert in bed four")))
	b.do("p1", benchmark.CloseRound{})
	b.discharge()
	b.do("p1", benchmark.PublishRound{})
	b.discharge()
	return b
}

// privatelyEdited are the keys of the private posts that are to be edited.
func (b *table) privatelyEdited() (keys []string) {
	b.t.Helper()
	for _, d := range b.owed(benchmark.PrivateDuty, benchmark.DraftDuty) {
		if !d.OnlyEdit {
			b.t.Errorf("%+v is sent anew", d)
		}
		keys = append(keys, d.Key)
	}
	slices.Sort(keys)
	return keys
}

// A note that is gone goes from the private posts that hold it: everybody's own view, and
// the draft that facilitators got.
func TestNotesThatGoLeavePrivatePosts(t *testing.T) {
	reason := func(b *table, note string) { b.do("p2", submit("a name in it", noted("falls", 21, note))) }
	for name, goes := range map[string]func(b *table){
		"corrected": func(b *table) { reason(b, "another note") },
		"emptied":   func(b *table) { reason(b, "") },
		"erased":    func(b *table) { b.do("p2", benchmark.EraseMe(addressOf(2))) },
		"aged": func(b *table) {
			b.do("p1", setting(func(s *benchmark.Settings) { s.KeepTexts = 1 }))
			b.discharge()
			b.now = b.now.AddDate(0, 2, 0)
			b.do("", benchmark.AgeTexts())
		},
		"dropped": func(b *table) { b.do("p1", benchmark.RemoveOrganisation("o2", false)) },
		"open again, corrected": func(b *table) {
			b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 7), Reason: "late ones"})
			b.discharge()
			b.do("p2", submit("", noted("falls", 22, "another note")))
		},
		"open again, taken back": func(b *table) {
			b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 7), Reason: "late ones"})
			b.discharge()
			b.do("p2", benchmark.Withdraw{Indicator: "falls"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := shownWithNote(t)
			goes(b)
			b.now = b.now.Add(time.Minute)
			want := []string{"draft/2026-Q4/1/p1", "private/2026-Q4/1/p1", "private/2026-Q4/1/p2", "private/2026-Q4/1/p4"}
			if name == "erased" {
				want = slices.Delete(want, 2, 3)
			}
			if keys := b.privatelyEdited(); !slices.Equal(keys, want) {
				t.Fatalf("edited are %q, want %q", keys, want)
			}
			b.discharge()
			b.now = b.now.Add(48 * time.Hour)
			if keys := b.privatelyEdited(); len(keys) > 0 {
				t.Errorf("owed still: %q", keys)
			}
			if again := b.owed(benchmark.PrivateDuty); len(again) > 0 {
				t.Errorf("sent again: %+v", again)
			}
		})
	}
}

// What changes no words edits nothing that people got privately.
func TestFiguresAloneEditNoPrivatePost(t *testing.T) {
	b := shownWithNote(t)
	b.do("p1", submit("counted anew", noted("falls", 31, "")))
	b.do("p1", submit("and anew", noted("falls", 32, ""))) // which erases the reason before
	kept := noted("falls", 23, "")
	kept.KeepNote = true
	b.do("p2", submit("and anew", kept))
	b.now = b.now.Add(time.Hour)
	if keys := b.privatelyEdited(); len(keys) > 0 {
		t.Errorf("edited are %q", keys)
	}
}

// remaining says in whose private posts, and in how many in channels, words stand that
// somebody took out, as they are told; empty when they aren't told.
func (b *table) remaining() string {
	owed := b.owed(benchmark.RemainsDuty, benchmark.FarewellDuty)
	if len(owed) == 0 {
		return ""
	}
	people, posts := benchmark.WordsRemain(b.n, owed[0])
	return fmt.Sprint(owed[0].Kind, " ", owed[0].Participant, " ", people, " ", posts)
}

// settle discharges what is owed, but gives up private posts of these people, and the posts
// in channels of these seats.
func (b *table) settle(refused ...string) {
	for range 3 {
		for _, d := range b.n.Duties(b.now, nil) {
			switch who := string(d.Participant) + string(d.Seat); {
			case d.NotBefore.After(b.now), d.Kind == benchmark.RemainsDuty, d.Kind == benchmark.FarewellDuty:
			case slices.Contains(refused, who) && d.Kind != benchmark.NoticeDuty:
				b.do("", d.Drop(benchmark.Refused))
			default:
				b.do("", d.Finish(benchmark.Post{Connection: "play", Message: string(rune('a' + len(b.log)))}))
			}
		}
	}
}

// Who took words out is told where they remain: at once where the platform refuses, after a
// day where it can't be reached. Who is erased is told with the last word.
func TestWhereWordsRemain(t *testing.T) {
	corrects := func(b *table) { b.do("p2", submit("a name in it", noted("falls", 21, ""))) }
	erases := func(b *table) { b.do("p2", benchmark.EraseMe(addressOf(2))) }
	for name, tt := range map[string]struct {
		goes    func(b *table)
		refused []string
		want    string
	}{
		"nowhere":                          {corrects, nil, ""},
		"a colleague's":                    {corrects, []string{"p4"}, "remains p2 [p4] 0"},
		"their own and another's":          {corrects, []string{"p1", "p2"}, "remains p2 [p1 p1 p2] 0"},
		"a colleague's and in a channel":   {corrects, []string{"p4", "s1"}, "remains p2 [p4] 1"},
		"by one who is deactivated":        {func(b *table) { corrects(b); b.do("", benchmark.Deactivate("p2", true)) }, []string{"p4"}, ""},
		"by one who leaves":                {func(b *table) { corrects(b); b.do("p2", benchmark.Leave{}) }, []string{"p4"}, ""},
		"in a channel":                     {corrects, []string{"s1"}, "remains p2 [] 1"},
		"erased, nowhere":                  {erases, nil, "farewell p2 [] 0"},
		"erased, a colleague's":            {erases, []string{"p4"}, "farewell p2 [p4] 0"},
		"a colleague has left and is gone": {func(b *table) { b.do("p4", benchmark.EraseMe(addressOf(4))); b.discharge(); corrects(b) }, nil, "remains p2 [p4] 0"},
		"a colleague has left":             {func(b *table) { b.do("p4", benchmark.Leave{}); corrects(b) }, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := shownWithNote(t)
			tt.goes(b)
			b.now = b.now.Add(time.Minute)
			b.settle(tt.refused...)
			if got := b.remaining(); got != tt.want {
				t.Errorf("told is %q, want %q", got, tt.want)
			}
			for _, d := range b.owed(benchmark.RemainsDuty) {
				if p, _ := b.n.Participant(d.Participant); p.User == "" || p.Left {
					t.Errorf("nobody is told: %+v", d)
				}
			}
			b.discharge()
			b.now = b.now.Add(48 * time.Hour)
			if again := b.owed(benchmark.RemainsDuty, benchmark.FarewellDuty); len(again) > 0 {
				t.Errorf("told again: %+v", again)
			}
		})
	}
	t.Run("out of reach", func(t *testing.T) {
		b := shownWithNote(t)
		corrects(b)
		b.now = b.now.Add(23 * time.Hour)
		if got := b.remaining(); got != "" {
			t.Errorf("told too early: %q", got)
		}
		b.now = b.now.Add(time.Hour)
		if got, want := b.remaining(), "remains p2 [p1 p1 p2 p4] 1"; got != want {
			t.Errorf("told is %q, want %q", got, want)
		}
		b.now = b.now.Add(28 * 24 * time.Hour)
		if keys := b.privatelyEdited(); len(keys) != 4 {
			t.Errorf("after four weeks only %q are tried", keys)
		}
		b.now = b.now.Add(24 * time.Hour)
		if keys := b.privatelyEdited(); len(keys) > 0 {
			t.Errorf("tried for ever: %q", keys)
		}
	})
	t.Run("erased, out of reach", func(t *testing.T) {
		b := shownWithNote(t)
		erases(b)
		for _, d := range b.owed(benchmark.EraseDuty) {
			b.do("", d.Finish(benchmark.Post{}))
		}
		if got := b.remaining(); got != "" {
			t.Errorf("the last word is said before the posts are edited: %q", got)
		}
		b.now = b.now.Add(time.Hour)
		if got, want := b.remaining(), "farewell p2 [p1 p1 p4] 1"; got != want {
			t.Errorf("told is %q, want %q", got, want)
		}
	})
}

// What isn't its reader's to see any more isn't shown anew: it is taken out whole.
func TestEditedPrivatePostsShowNothingNew(t *testing.T) {
	for name, tt := range map[string]struct {
		before  func(b *table)
		visible []string
	}{
		"everybody is there": {func(*table) {}, []string{"private/2026-Q4/1/p1", "private/2026-Q4/1/p2", "private/2026-Q4/1/p4"}},
		"one has left":       {func(b *table) { b.do("p4", benchmark.Leave{}) }, []string{"private/2026-Q4/1/p1", "private/2026-Q4/1/p2"}},
		"one is of a second organisation, too": {func(b *table) {
			b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u4", Name: "P4"}, Organisation: "o3", Also: true})
			b.do("p3", benchmark.Vouch{Newcomer: "p4", Organisation: "o3", Yes: true})
		}, []string{"private/2026-Q4/1/p1", "private/2026-Q4/1/p2", "private/2026-Q4/1/p4"}},
		"one has moved": {func(b *table) {
			b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u4", Name: "P4"}, Organisation: "o1"})
			b.do("p1", benchmark.Vouch{Newcomer: "p4", Yes: true})
		}, []string{"private/2026-Q4/1/p1", "private/2026-Q4/1/p2"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := shownWithNote(t)
			b.now = b.now.Add(time.Hour)
			tt.before(b)
			b.do("p2", submit("a name in it", noted("falls", 21, "")))
			b.now = b.now.Add(time.Minute)
			var visible []string
			for _, d := range b.owed(benchmark.PrivateDuty, benchmark.DraftDuty) {
				if d.Sent.IsZero() || d.TakenOut == (d.Organisation != "") {
					t.Errorf("%+v", d)
				}
				if !d.TakenOut {
					visible = append(visible, d.Key)
				}
			}
			slices.Sort(visible)
			if !slices.Equal(visible, tt.visible) {
				t.Errorf("shown anew are %q, want %q", visible, tt.visible)
			}
		})
	}
}

// A draft that waits to be shown is made anew when a note goes from it, and one that was
// sent with the note while it went is edited too.
func TestDraftsLoseNotes(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	b.do("p2", submit("", noted("falls", 21, "Bert in bed four")))
	b.do("p1", benchmark.CloseRound{})
	draft := b.owed(benchmark.DraftDuty)[0]
	b.do("", draft.Begin())
	b.do("p2", submit("a name in it", noted("falls", 21, "")))
	b.do("", draft.Finish(benchmark.Post{})) // it was on its way
	b.now = b.now.Add(time.Minute)
	owed := b.owed(benchmark.DraftDuty)
	if len(owed) != 1 || !owed[0].OnlyEdit || owed[0].TakenOut {
		t.Fatalf("owed are %+v", owed)
	}
	b.discharge()
	if owed := b.owed(benchmark.DraftDuty); len(owed) > 0 {
		t.Errorf("owed still: %+v", owed)
	}
}

// A view that is on its way with a note while that goes is edited once it stands, though all
// others are edited by then.
func TestNoteGoesFromAViewOnItsWay(t *testing.T) {
	b := founded(t, 3, falls())
	b.open("2026-Q4")
	b.do("p2", submit("", noted("falls", 21, "Bert in bed four")))
	b.do("p3", submit("", noted("falls", 30, "")))
	b.do("p1", benchmark.CloseRound{})
	b.discharge()
	b.do("p1", benchmark.PublishRound{})
	late := b.owed(benchmark.PrivateDuty)[1]
	for _, d := range b.owed(benchmark.PrivateDuty)[:1] {
		b.do("", d.Finish(benchmark.Post{}))
	}
	b.do("", late.Begin())
	b.do("p2", submit("a name in it", noted("falls", 21, "")))
	b.now = b.now.Add(time.Minute)
	for range 3 {
		for _, d := range b.n.Duties(b.now, nil) {
			if d.Key != late.Key && !d.NotBefore.After(b.now) {
				b.do("", d.Finish(benchmark.Post{Connection: "play", Message: d.Key}))
			}
		}
	}
	b.do("", late.Finish(benchmark.Post{}))
	if keys := b.privatelyEdited(); !slices.Equal(keys, []string{late.Key}) {
		t.Errorf("edited are %q, want %q", keys, late.Key)
	}
}

// Each message and each channel counts once, however often it was edited, and for every
// indicator that was taken out together.
func TestWhatRemainsCountsOnce(t *testing.T) {
	sores := falls()
	sores.ID, sores.Title = "sores", "Sores"
	b := founded(t, 2, falls(), sores)
	b.open("2026-Q4")
	b.do("p1", submit("", noted("falls", 30, "")))
	b.do("p2", submit("", noted("falls", 21, "Bert"), noted("sores", 21, "Bert too")))
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	b.discharge()
	for _, note := range []string{"Cia", ""} {
		b.now = b.now.Add(time.Hour)
		b.do("p2", submit("a name", noted("falls", 21, note), noted("sores", 21, note)))
		b.now = b.now.Add(time.Minute)
		if note != "" {
			b.discharge()
		}
	}
	b.settle("p1", "s1")
	if got, want := b.remaining(), "remains p2 [p1] 2"; got != want {
		t.Errorf("told is %q, want %q", got, want)
	}
	for _, d := range b.owed(benchmark.RemainsDuty) {
		b.do("", d.Finish(benchmark.Post{})) // of these they know
	}
	b.now = b.now.Add(time.Hour)
	b.do("p2", submit("more", noted("falls", 21, "Dan"), noted("sores", 21, "")))
	b.now = b.now.Add(time.Hour)
	b.do("p2", submit("more", noted("falls", 21, ""), noted("sores", 21, "")))
	b.now = b.now.Add(time.Minute)
	b.settle("p1", "s1")
	if got, want := b.remaining(), "remains p2 [p1] 1"; got != want {
		t.Errorf("once one alone is taken out since, told is %q, want %q", got, want)
	}
}

// While a round is open again a view shows what it showed; once it is shown anew, without
// one's own answer, nothing of it is left. Who parted from a second organisation sees nothing
// of it any more.
func TestEditedViewsShowWhatStands(t *testing.T) {
	edits := func(b *table) (all []string) {
		for _, d := range b.owed(benchmark.PrivateDuty) {
			all = append(all, fmt.Sprint(d.Key, " ", d.Organisation, " ", d.TakenOut))
		}
		slices.Sort(all)
		return all
	}
	b := shownWithNote(t)
	b.do("", benchmark.Join{Person: benchmark.Identity{Connection: "play", User: "u2", Name: "P2"}, Organisation: "o3", Also: true})
	b.do("p3", benchmark.Vouch{Newcomer: "p2", Organisation: "o3", Yes: true})
	b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 7), Reason: "late ones"})
	b.do("p3", submit("", noted("falls", 30, "Cia in bed two")))
	b.discharge()
	b.do("p4", benchmark.Withdraw{Indicator: "falls"})
	b.now = b.now.Add(time.Minute)
	want := []string{"private/2026-Q4/1/p1 o1 false", "private/2026-Q4/1/p2 o2 false", "private/2026-Q4/1/p4 o2 false"}
	if got := edits(b); !slices.Equal(got, want) {
		t.Errorf("open again: %q, want %q", got, want)
	}
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	want = []string{"private/2026-Q4/1/p1 o1 false", "private/2026-Q4/1/p2  true", "private/2026-Q4/1/p4  true", "private/2026-Q4/2/p2/o3 o3 false", "private/2026-Q4/2/p3 o3 false"}
	if got := edits(b); !slices.Equal(got, want) {
		t.Errorf("shown anew: %q, want %q", got, want)
	}
	b.discharge()
	b.do("p2", benchmark.PartFrom("o3"))
	b.do("p3", submit("a name", noted("falls", 30, "")))
	b.now = b.now.Add(time.Minute)
	if got := edits(b); !slices.Contains(got, "private/2026-Q4/2/p2/o3  true") || !slices.Contains(got, "private/2026-Q4/2/p3 o3 false") {
		t.Errorf("parted: %q", got)
	}
	b.discharge()
	b.do("p1", benchmark.ReopenRound{Closes: b.now.AddDate(0, 0, 7), Reason: "late ones"})
	b.do("p2", submit("", noted("falls", 22, "")))
	b.do("p3", submit("", noted("falls", 31, "Dan")))
	b.do("p3", submit("", noted("falls", 31, "")))
	b.now = b.now.Add(time.Minute)
	b.discharge()
	b.do("p3", submit("", noted("falls", 31, "Eva")))
	b.do("p3", submit("", noted("falls", 31, "")))
	b.now = b.now.Add(time.Minute)
	if got := edits(b); !slices.Contains(got, "private/2026-Q4/1/p4  true") || !slices.Contains(got, "private/2026-Q4/2/p3 o3 false") {
		t.Errorf("what isn't shown yet is shown: %q", got)
	}
}

// Of two rounds in which words remain each is told of by itself.
func TestWordsRemainByRound(t *testing.T) {
	b := shownWithNote(t)
	b.now = b.now.Add(24 * time.Hour)
	b.open("2027-Q1")
	b.do("p2", submit("", noted("falls", 21, "Cia in bed two")))
	b.do("p1", benchmark.CloseRound{})
	b.do("p1", benchmark.PublishRound{})
	b.discharge()
	first := submit("a name", noted("falls", 21, ""))
	first.Round = "2026-Q4"
	b.do("p2", first)
	b.now = b.now.Add(time.Minute)
	b.settle("p1")
	second := submit("a name", noted("falls", 21, ""))
	second.Round = "2027-Q1"
	b.do("p2", second)
	b.now = b.now.Add(time.Minute)
	b.settle("p4")
	var told []string
	for _, d := range b.owed(benchmark.RemainsDuty) {
		people, posts := benchmark.WordsRemain(b.n, d)
		told = append(told, fmt.Sprint(d.Round, " ", people, " ", posts))
	}
	slices.Sort(told)
	if want := []string{"2026-Q4 [p1 p1] 0", "2027-Q1 [p4] 0"}; !slices.Equal(told, want) {
		t.Errorf("told are %q, want %q", told, want)
	}
	b.do("p3", benchmark.EraseMe(addressOf(3)))
	b.settle()
	for _, d := range b.owed(benchmark.FarewellDuty) {
		people, posts := benchmark.WordsRemain(b.n, d)
		told = append(told, fmt.Sprint(d.Participant, " ", people, " ", posts))
	}
	if told[len(told)-1] != "p3 [] 0" {
		t.Errorf("who took out nothing is told: %q", told)
	}
}

// Each who took words out is told where theirs remain, though another takes out some of the
// same round meanwhile, and hears nothing of the other's.
func TestWordsRemainOfEach(t *testing.T) {
	told := func(b *table) (all []string) {
		for _, d := range b.owed(benchmark.RemainsDuty, benchmark.FarewellDuty) {
			people, posts := benchmark.WordsRemain(b.n, d)
			all = append(all, fmt.Sprint(d.Kind, " ", d.Participant, " ", people, " ", posts))
		}
		slices.Sort(all)
		return all
	}
	for name, tt := range map[string]struct {
		first   func(b *table)
		between time.Duration
		refused [2]string // before and after the second takes theirs out
		want    []string
	}{
		"corrected": {
			func(b *table) { b.do("p2", submit("a name in it", noted("falls", 21, ""))) },
			10 * time.Second,
			[2]string{"", "p4"},
			[]string{"remains p1 [p4] 0", "remains p2 [p4] 0"},
		},
		"erased": {
			func(b *table) { b.do("p2", benchmark.EraseMe(addressOf(2))) },
			10 * time.Second,
			[2]string{"", "p4"},
			[]string{"farewell p2 [p4] 0", "remains p1 [p2 p4] 0"},
		},
		"erased, and edited since": {
			func(b *table) { b.do("p2", benchmark.EraseMe(addressOf(2))) },
			time.Minute,
			[2]string{"", "p4"},
			[]string{"farewell p2 [] 0", "remains p1 [p2 p4] 0"},
		},
		"erased, refused, and edited with the other's": {
			func(b *table) { b.do("p2", benchmark.EraseMe(addressOf(2))) },
			time.Minute,
			[2]string{"p4", ""},
			[]string{"farewell p2 [] 0", "remains p1 [p2] 0"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := shownWithNote(t)
			b.do("p1", submit("why", noted("falls", 30, "a note of mine")))
			b.now = b.now.Add(2 * time.Minute)
			b.discharge()
			tt.first(b)
			if tt.between >= time.Minute {
				b.settle(tt.refused[0])
			}
			b.now = b.now.Add(tt.between)
			b.do("p1", submit("why", noted("falls", 30, "")))
			b.now = b.now.Add(2 * time.Minute)
			b.settle(tt.refused[1])
			if got := told(b); !slices.Equal(got, tt.want) {
				t.Errorf("told are %q, want %q", got, tt.want)
			}
		})
	}
	t.Run("beside which they stood", func(t *testing.T) {
		sores := falls()
		sores.ID, sores.Title = "sores", "Sores"
		b := founded(t, 2, falls(), sores)
		b.open("2026-Q4")
		b.do("p1", submit("", noted("falls", 30, "Anna"), noted("sores", 30, "")))
		b.do("p2", submit("", noted("falls", 21, ""), noted("sores", 21, "Bert")))
		b.do("p1", benchmark.CloseRound{})
		b.do("p1", benchmark.PublishRound{})
		b.discharge()
		b.do("p2", submit("a name", noted("sores", 21, "")))
		b.now = b.now.Add(10 * time.Second)
		b.do("p1", submit("a name", noted("falls", 30, "")))
		for _, d := range b.owed(benchmark.ComparisonDuty) {
			if d.Indicator == "falls" {
				b.do("", d.Finish(d.Edit))
			}
		}
		b.now = b.now.Add(2 * time.Minute)
		b.settle("s1")
		if got, want := told(b), []string{"remains p2 [] 1"}; !slices.Equal(got, want) {
			t.Errorf("told are %q, want %q", got, want)
		}
	})
}
