package commands_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"go.uber.org/goleak"

	"roundtable/benchmark"
	"roundtable/chat"
)

var update = flag.Bool("update", false, "write down what people saw in testdata")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

type stageKey struct{}

// TestConversations plays the scripts in testdata. Each sets a scene, has people
// type, press, fill in and reply, and compares what they see; when it is over,
// every button that somebody still sees is pressed.
func TestConversations(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                "testdata",
		UpdateScripts:      *update,
		RequireUniqueNames: true,
		Cmds:               script,
		Setup: func(e *testscript.Env) error {
			s, err := newStage()
			if err != nil {
				return err
			}
			e.Values[stageKey{}] = s
			if err := copyTemplates(e.WorkDir); err != nil {
				return err
			}
			e.Defer(func() {
				defer s.close()
				s.pressEverything()
				if len(s.checks.wrong) > 0 {
					e.T().Fatal(strings.Join(s.checks.wrong, "\n"))
				}
			})
			return nil
		},
	})
}

// pressEverything presses every button that anybody sees, and sends the form
// that opens as it is. Nothing may be without an answer.
func (s *stage) pressEverything() {
	pressed := map[string]bool{}
	for _, p := range s.chat.People() {
		if p.Gone {
			continue
		}
		for _, post := range s.visible(p.ID) {
			for _, b := range buttonsOf(post.Message) {
				by := p.ID.User
				if b.Action == "compare" || b.Action == "trend" { // pictures take their time
					by = fmt.Sprint(s.joined(p.ID))
				}
				key := by + " " + b.Action + "/" + b.Value
				if pressed[key] {
					continue
				}
				pressed[key] = true
				what := fmt.Sprintf("%s presses [ %s ] (%s/%s)", p.ID.User, b.Label, b.Action, b.Value)
				name := b.Action + "/" + b.Value
				if b.Scope != "" {
					name = b.Label // others may differ from it by their scope alone
				}
				seen, err := s.chat.Press(s.ctx, p.ID, post.ID, name)
				switch {
				case err != nil:
					s.checks.fault("%s: %v", what, err)
				case seen.Form != nil:
					s.sendAsItIs(p.ID, what)
				case seen.Private == nil:
					s.checks.fault("%s: no answer", what)
				}
			}
		}
	}
	if err := s.settle(); err != nil {
		s.checks.fault("afterwards: %v", err)
	}
}

// joined says whether a person is a participant.
func (s *stage) joined(who chat.PersonID) (joined bool) {
	s.read(func(n *benchmark.Network) { _, joined = n.At(benchmark.Address(who)) })
	return joined
}

// copyTemplates puts testdata's templates where scripts find them.
func copyTemplates(to string) error {
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil {
		return err
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, filepath.Base(f)), b, 0o600); err != nil {
			return err
		}
	}
	return nil
}
