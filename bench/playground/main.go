// Command playground measures the playground's page under load, on loopback
// only: many open pages, a steady stream of messages, and how long each update
// takes to reach each page.
//
//	go run ./bench/playground -pages 200 -rate 50 -for 10s
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/chat/playground/web"
)

type clock struct{}

func (clock) Now() time.Time { return time.Now() }

func (clock) Next(context.Context) (time.Time, error) { return time.Time{}, nil }

func (clock) Move(context.Context, time.Time) error { return nil }

func main() {
	pages := flag.Int("pages", 200, "open pages")
	rate := flag.Int("rate", 50, "messages a second")
	length := flag.Duration("for", 10*time.Second, "how long")
	flag.Parse()
	if err := run(os.Stdout, *pages, *rate, *length); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// reading is what one page has got.
type reading struct {
	got    int
	delays []time.Duration
	err    error
}

func run(w io.Writer, pages, rate int, length time.Duration) error {
	talk := playground.New(time.Now)
	room, anna := chat.ChannelID{Connection: "a", Channel: "c"}, chat.PersonID{Connection: "a", User: "anna"}
	if err := talk.Join(chat.Person{ID: anna, Name: "Anna"}); err != nil {
		return err
	}
	if err := talk.Channel(room); err != nil {
		return err
	}
	page := web.New(web.Options{Chat: talk, Trigger: "/round", Clock: clock{}})
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go page.Run(ctx)
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: page, ReadHeaderTimeout: 5 * time.Second}
	defer func() { _ = server.Close() }()
	go func() { _ = server.Serve(listener) }() // ends with Close
	address := "http://" + listener.Addr().String()
	epoch, err := epochOf(ctx, address)
	if err != nil {
		return err
	}
	before := memory()
	total := int(length.Seconds() * float64(rate))
	readings := make([]reading, pages)
	var open, done sync.WaitGroup
	open.Add(pages)
	for k := range readings {
		done.Go(func() { readings[k] = read(ctx, address+"/feed/a/anna?after=2&epoch="+epoch, total, open.Done) })
	}
	open.Wait()
	tick := time.NewTicker(time.Second / time.Duration(rate))
	defer tick.Stop()
	for n := range total {
		<-tick.C
		text := fmt.Sprintf("message %d sent %d.", n, time.Now().UnixNano())
		if _, err := talk.Platform("a").Post(ctx, room, chat.PostID{}, chat.Say(text)); err != nil {
			return err
		}
	}
	under := memory()
	late := time.AfterFunc(10*time.Second, stop)
	defer late.Stop()
	done.Wait()
	return report(w, readings, pages, rate, total, before, under)
}

func report(w io.Writer, readings []reading, pages, rate, total int, before, under uint64) error {
	var delays []time.Duration
	missed := 0
	for _, r := range readings {
		missed += total - r.got
		delays = append(delays, r.delays...)
	}
	slices.Sort(delays)
	if len(delays) == 0 {
		return fmt.Errorf("no page got anything: %w", readings[0].err)
	}
	at := func(q float64) time.Duration {
		return delays[int(q*float64(len(delays)-1))].Round(10 * time.Microsecond)
	}
	fmt.Fprintf(w, "%d pages, %d messages a second, %d messages: %d updates, %d missed\n", pages, rate, total, len(delays), missed)
	fmt.Fprintf(w, "delay: median %v, p99 %v, longest %v\n", at(.5), at(.99), at(1))
	fmt.Fprintf(w, "memory in use: %.1f MB before, %.1f MB with the pages open (the readers are in the same process); %d goroutines\n",
		float64(before)/1e6, float64(under)/1e6, runtime.NumGoroutine())
	if missed > 0 {
		return fmt.Errorf("%d updates never came", missed)
	}
	return nil
}

func memory() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}

func get(ctx context.Context, url string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return nil, err
	}
	return (&http.Client{Transport: &http.Transport{}}).Do(request)
}

func epochOf(ctx context.Context, address string) (string, error) {
	answer, err := get(ctx, address+"/chat/a/anna/c")
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return "", err
	}
	found := regexp.MustCompile(`data-epoch="(\w+)"`).FindSubmatch(text)
	if found == nil {
		return "", fmt.Errorf("the page names no epoch: %s", answer.Status)
	}
	return string(found[1]), nil
}

// read follows one page's stream until it has got all messages.
func read(ctx context.Context, url string, total int, opened func()) (r reading) {
	answer, err := get(ctx, url)
	if err != nil {
		opened()
		return reading{err: err}
	}
	defer answer.Body.Close()
	lines := bufio.NewReaderSize(answer.Body, 1<<16)
	first := true
	for r.got < total {
		line, err := lines.ReadString('\n')
		if err != nil {
			r.err = err
			return r
		}
		if first {
			opened()
			first = false
		}
		data, ok := strings.CutPrefix(line, "data: ")
		if !ok {
			continue
		}
		now := time.Now()
		var event struct{ Kind, Text string }
		if err := json.Unmarshal([]byte(data), &event); err != nil || event.Kind != "post" {
			continue
		}
		_, sent, _ := strings.Cut(event.Text, " sent ")
		if nanos, err := strconv.ParseInt(strings.TrimSuffix(sent, "."), 10, 64); err == nil {
			r.got++
			r.delays = append(r.delays, now.Sub(time.Unix(0, nanos)))
		}
	}
	return r
}
