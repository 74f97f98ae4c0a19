// Mutants changes the rules that keep things hidden, one small thing at a time, and
// says which changes no test notices.
//
//	go run ./bench/mutants -tests './benchmark ./benchmark/attack' benchmark/view/*.go
//
// A mutant turns a comparison, a condition, a number or a sign, or leaves a statement
// out. All of them are compiled at once, by way of an overlay, so that no file is
// touched; each sleeps until the environment wakes it. Of every test it is noted which
// of them it comes by, so that a mutant meets those tests alone, the quick ones first.
// Those that can't sleep, constants, are compiled one by one. One that doesn't compile
// is none. Those in explained.txt, beside this file, change nothing that anybody could
// see, and it says why; any other that survives is an error.
package main

import (
	_ "embed"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"
)

//go:embed explained.txt
var explained string

// outcome of a mutant.
type outcome int

const (
	killed outcome = iota
	survived
	unreached
	uncompiled
)

func (o outcome) String() string {
	return [...]string{"killed", "survived", "reached by no test", "does not compile"}[o]
}

func main() {
	tests := flag.String("tests", "./benchmark ./benchmark/attack", "the packages whose tests are to notice, first the quicker ones")
	workers := flag.Int("workers", 2, "how many are tried at once")
	only := flag.String("func", "", "only in functions whose names match")
	flag.Parse()
	if err := run(strings.Fields(*tests), flag.Args(), *workers, *only); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(tests, files []string, workers int, only string) error {
	within, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	var all []*mutant
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		of, err := mutantsOf(f, within)
		if err != nil {
			return err
		}
		all = append(all, of...)
	}
	for k, m := range all {
		m.number = k + 1
	}
	folder, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder) //nolint:errcheck // a temporary folder
	bench, err := prepare(folder, tests, all)
	if err != nil {
		return err
	}
	begun := time.Now()
	outcomes := make([]outcome, len(all))
	var group sync.WaitGroup
	next := make(chan int)
	for range workers {
		group.Go(func() {
			for k := range next {
				outcomes[k] = bench.try(all[k])
				if outcomes[k] == survived || outcomes[k] == unreached {
					m := all[k]
					fmt.Printf("%s:%d: %v (explained: %v)\n\t%s\n", m.file, m.line, outcomes[k], m.isExplained(), m.name())
				}
			}
		})
	}
	for k := range all {
		next <- k
	}
	close(next)
	group.Wait()
	fmt.Printf("%d mutants in %v\n", len(all), time.Since(begun).Round(time.Second))
	return report(files, all, outcomes)
}

// report prints a line for every file, and returns an error when any mutant lives that
// nobody explained.
func report(files []string, all []*mutant, outcomes []outcome) error {
	unexplained := 0
	for _, f := range files {
		count := map[outcome]int{}
		of, known := 0, 0
		for k, m := range all {
			if m.file != f {
				continue
			}
			of++
			count[outcomes[k]]++
			if (outcomes[k] == survived || outcomes[k] == unreached) && m.isExplained() {
				known++
			}
		}
		live := count[survived] + count[unreached]
		unexplained += live - known
		fmt.Printf("%s: %d mutants, %d killed, %d explained, %d live; %d did not compile\n",
			f, of, count[killed], known, live-known, count[uncompiled])
	}
	if unexplained > 0 {
		return fmt.Errorf("%d mutants live, and nobody has said why", unexplained)
	}
	return nil
}
