package commands_test

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"roundtable/benchmark"
	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/report"
)

// script are the commands of the scripts in testdata, beside testscript's own.
// An argument in the form name=value is an option.
var script = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	// person anna 'Anna Berg' language=sv zone=Europe/Stockholm
	"person": on(func(s *stage, a arguments) error {
		return s.chat.Join(chat.Person{
			ID: person(a.word(0)), Name: a.word(1), Language: a.option("language", ""),
			Zone: a.option("zone", ""), Admin: a.option("admin", "") == "yes", Guest: a.option("guest", "") == "yes", Workspace: a.option("workspace", ""),
		})
	}),
	// network ruth 'Ward safety' organisations='North, South' template=falls.yaml
	"network": on(foundNetwork),
	// template falls.yaml 'Why it changed'
	"template": on(func(s *stage, a arguments) error {
		t, err := a.template(a.word(0))
		if err != nil {
			return err
		}
		return s.then(s.decide(benchmark.AdoptTemplate{Name: t.Name, Indicators: t.Indicators, Reason: a.word(1)}))
	}),
	// recorded North falls 2025-Q1=3/400 2025-Q2=4/410
	"recorded": on(recordPast),
	// seat other fall
	"seat": on(func(s *stage, a arguments) error {
		to := chat.ChannelID{Connection: a.word(0), Channel: a.word(1)}
		if err := s.chat.Channel(to); err != nil {
			return err
		}
		return s.then(s.decide(benchmark.TakeSeat{Connection: to.Connection, Channel: to.Channel}))
	}),
	// archive other fall: nobody can write there until unarchive brings it back
	"archive": on(func(s *stage, a arguments) error {
		s.checks.archived.Store(true)
		return s.chat.Archive(chat.ChannelID{Connection: a.word(0), Channel: a.word(1)})
	}),
	"unarchive": on(func(s *stage, a arguments) error {
		id := chat.ChannelID{Connection: a.word(0), Channel: a.word(1)}
		if err := s.chat.Channel(id); err != nil {
			return err
		}
		s.courier.Reachable(s.ctx, id)
		return s.settle()
	}),
	// channel other fall
	"channel": on(func(s *stage, a arguments) error {
		return s.chat.Channel(chat.ChannelID{Connection: a.word(0), Channel: a.word(1)})
	}),
	// member anna North nurse
	"member": on(joinQuietly),
	// deactivates anna: her account on the platform; reactivates is the other way round
	"deactivates": on(func(s *stage, a arguments) error { return s.deactivate(person(a.word(0)), true) }),
	"reactivates": on(func(s *stage, a arguments) error { return s.deactivate(person(a.word(0)), false) }),
	// clock '2026-11-04 10:00' moves the clock and nothing else
	"clock": on(func(s *stage, a arguments) error {
		t, err := a.time(0)
		s.clock.set(t)
		return err
	}),
	// until '2026-11-17 09:00' lets the time pass
	"until": on(func(s *stage, a arguments) error {
		t, err := a.time(0)
		if err != nil {
			return err
		}
		return s.moveTo(t)
	}),
	// quietly leaves untold what happened so far
	"quietly": on(func(s *stage, _ arguments) error { return s.quietly() }),
	// types anna '/round status' at=direct
	"types": on(func(s *stage, a arguments) error {
		text := unescape(a.word(1))
		if n, err := strconv.Atoi(a.option("repeat", "")); err == nil {
			text += strings.Repeat(a.word(2), n)
		}
		return s.did(s.chat.Type(s.ctx, person(a.word(0)), s.place(a), text))
	}),
	// presses anna 'Submit' under='Round:'
	"presses": on(func(s *stage, a arguments) error {
		post, err := s.withButton(person(a.word(0)), a.word(1), a.option("under", ""))
		if err != nil {
			return err
		}
		return s.did(s.chat.Press(s.ctx, person(a.word(0)), post, a.word(1)))
	}),
	// fills anna falls=3/412
	"fills": on(func(s *stage, a arguments) error {
		values := map[string]string{}
		for name, v := range a.options {
			values[name] = unescape(v)
		}
		return s.did(s.chat.Fill(s.ctx, person(a.word(0)), values))
	}),
	// replies anna 'Falls' 'We changed the beds'
	"replies": on(func(s *stage, a arguments) error {
		post, err := s.root(s.place(a), a.word(1))
		if err != nil {
			return err
		}
		return s.did(s.chat.Reply(s.ctx, person(a.word(0)), post, unescape(a.word(2))))
	}),
	// enters anna opens her own page, which is shown as a direct message
	"enters": on(func(s *stage, a arguments) error { return s.enters(person(a.word(0))) }),
	// rewrites anna 'We changed' 'We never changed the beds'
	"rewrites": on(func(s *stage, a arguments) error {
		post, err := s.message(s.place(a), a.word(1))
		if err != nil {
			return err
		}
		return s.did(s.chat.Rewrite(s.ctx, person(a.word(0)), post, unescape(a.word(2))))
	}),
	// deletes anna 'We changed'
	"deletes": on(func(s *stage, a arguments) error {
		post, err := s.message(s.place(a), a.word(1))
		if err != nil {
			return err
		}
		return s.did(s.chat.Delete(s.ctx, person(a.word(0)), post))
	}),
	// reacts anna 'We changed' bulb
	"reacts": on(func(s *stage, a arguments) error {
		post, err := s.message(s.place(a), a.word(1))
		if err != nil {
			return err
		}
		return s.did(s.chat.React(s.ctx, person(a.word(0)), post, a.word(2)))
	}),
	// unreacts anna 'We changed' bulb
	"unreacts": on(func(s *stage, a arguments) error {
		post, err := s.message(s.place(a), a.word(1))
		if err != nil {
			return err
		}
		return s.did(s.chat.Unreact(s.ctx, person(a.word(0)), post, a.word(2)))
	}),
	// again delivers the last thing a second time
	"again": on(func(s *stage, _ arguments) error { return s.did(s.chat.Redeliver(s.ctx, s.last)) }),
	// cancels anna
	"cancels": on(func(s *stage, a arguments) error { return s.chat.Cancel(person(a.word(0))) }),
	// tell anna writes down what she saw since the last time; tell, what anybody saw
	"tell": func(ts *testscript.TestScript, _ bool, args []string) {
		viewer := ""
		if len(args) > 0 {
			viewer = args[0]
		}
		ts.Check(stageOf(ts).tell(ts.Stdout(), viewer))
	},
	// forgotten 'We changed': the journal doesn't hold it; remembered, it does
	"forgotten":  on(func(s *stage, a arguments) error { return s.journalHolds(a.word(0), false) }),
	"remembered": on(func(s *stage, a arguments) error { return s.journalHolds(a.word(0), true) }),
	// sees anna '3/412': anywhere, ever
	"sees": func(ts *testscript.TestScript, neg bool, args []string) {
		if len(args) != 2 {
			ts.Fatalf("usage: sees person text")
		}
		if seen := strings.Contains(stageOf(ts).everything(person(args[0])), args[1]); seen == neg {
			ts.Fatalf("%s sees %q: %v", args[0], args[1], seen)
		}
	},
}

func stageOf(ts *testscript.TestScript) *stage { return ts.Value(stageKey{}).(*stage) }

// on makes a command of a deed. What a person can't do is an error that a
// script may expect with a '!'.
func on(deed func(s *stage, a arguments) error) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		a := arguments{ts: ts, options: map[string]string{}}
		for _, arg := range args {
			if name, value, ok := strings.Cut(arg, "="); ok && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-._QHTW") == "" && name != "" {
				a.options[name] = value
				continue
			}
			a.words = append(a.words, arg)
		}
		err := deed(stageOf(ts), a)
		if neg && errors.Is(err, playground.ErrImpossible) {
			return
		}
		if neg && err == nil {
			ts.Fatalf("that could be done")
		}
		ts.Check(err)
	}
}

// arguments of a command.
type arguments struct {
	ts      *testscript.TestScript
	words   []string
	options map[string]string
}

func (a arguments) word(k int) string {
	if k >= len(a.words) {
		return ""
	}
	return a.words[k]
}

func (a arguments) option(name, otherwise string) string {
	if v, ok := a.options[name]; ok {
		return v
	}
	return otherwise
}

func (a arguments) time(k int) (time.Time, error) {
	return time.ParseInLocation("2006-01-02 15:04", a.word(k), stockholm())
}

func (a arguments) template(file string) (report.TemplateFile, error) {
	f, err := os.Open(a.ts.MkAbs(file))
	if err != nil {
		return report.TemplateFile{}, err
	}
	defer f.Close() //nolint:errcheck // only ever read
	return report.ReadTemplate(file, f)
}

// unescape reads the escapes of a Go string, so that a script can hold what
// can't be seen.
func unescape(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	s, err := strconv.Unquote(`"` + strings.ReplaceAll(text, `"`, `\"`) + `"`)
	if err != nil {
		return text
	}
	return s
}
