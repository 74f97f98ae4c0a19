// Package browser holds whole runs: the program as it is built, in Chromium.
package browser

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// waitTimeout bounds every wait for something to be seen. What comes takes a while on a
// machine that does ten other things.
const waitTimeout = 3 * time.Minute

// browser is a Chromium of its own, with an empty profile, that is kept off the
// network.
type browser struct {
	t       *testing.T
	ctx     context.Context //nolint:containedctx // the browser's whole life
	base    string
	mu      sync.Mutex
	faults  []string // errors on the console, requests to other hosts
	allowed []string // parts of faults that a test expects
}

// chromium returns the browser's path. Without one the test is skipped, loudly,
// or fails where peers are required.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("ROUNDTABLE_REQUIRE_PEERS") == "1" {
		t.Fatal("no Chromium on this machine: apt-get install chromium")
	}
	fmt.Fprintf(os.Stderr, "*** %s IS LEFT OUT: there is no Chromium on this machine (apt-get install chromium) ***\n", t.Name())
	t.Skip("no Chromium")
	return ""
}

// newBrowser starts a browser for a page at an address. When the test ends it
// looks for what should not have happened.
func newBrowser(t *testing.T, base string) *browser {
	t.Helper()
	path := chromium(t)
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck, chromedp.Headless, chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.WindowSize(1280, 800), // its profile is a folder of its own that goes with it
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("lang", "en-GB"),
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &browser{t: t, ctx: ctx, base: base}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	t.Cleanup(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, f := range b.faults {
			t.Errorf("in the browser: %s", f)
		}
	})
	return b
}

// tab is one page in front of somebody.
type tab struct {
	t   *testing.T
	ctx context.Context //nolint:containedctx // the tab's whole life
	b   *browser
}

// open opens a page in a new tab and waits until it is ready.
func (b *browser) open(path string) *tab {
	b.t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	b.t.Cleanup(cancel)
	x := &tab{t: b.t, ctx: ctx, b: b}
	if err := chromedp.Listen(ctx, b.watch); err != nil {
		b.t.Fatalf("listen to the tab: %v", err)
	}
	call(x, network.Enable, network.EnableParams{})
	call(x, cdpruntime.Enable, cdp.Empty{})
	call(x, cdplog.Enable, cdp.Empty{})
	call(x, page.Enable, page.EnableParams{})
	call(x, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": "en"}})
	x.visit(path)
	return x
}

// call sends a command of the browser's protocol.
func call[P, R any](x *tab, command cdp.Command[P, R], params P) R {
	x.t.Helper()
	ctx, cancel := context.WithTimeout(x.ctx, waitTimeout)
	defer cancel()
	result, err := chromedp.Call(ctx, command, params)
	if err != nil {
		x.t.Fatalf("in the browser: %v", err)
	}
	return result
}

func (b *browser) watch(event any) {
	switch e := event.(type) {
	case *cdpruntime.EventExceptionThrown:
		b.fault(fmt.Sprintf("exception: %+v", e.ExceptionDetails))
	case *cdpruntime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" {
			b.fault(fmt.Sprintf("console: %+v", e.Args))
		}
	case *cdplog.EventEntryAdded:
		if e.Entry.Level == "error" || e.Entry.Level == "warning" {
			b.fault(fmt.Sprintf("log: %s %s", e.Entry.Text, e.Entry.URL))
		}
	case *network.EventRequestWillBeSent:
		u, err := url.Parse(e.Request.URL)
		if err == nil && (u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "ws") && !strings.HasPrefix(e.Request.URL, b.base) {
			b.fault("request to another host: " + e.Request.URL)
		}
	case *page.EventJavascriptDialogOpening:
		b.fault("a script opened a dialog: " + e.Message)
	}
}

func (b *browser) fault(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, part := range b.allowed {
		if strings.Contains(text, part) {
			return
		}
	}
	b.faults = append(b.faults, text)
}

func (x *tab) run(actions ...chromedp.Action[chromedp.Void]) {
	x.t.Helper()
	ctx, cancel := context.WithTimeout(x.ctx, waitTimeout)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		x.picture("failed")
		x.t.Fatalf("in the browser: %v", err)
	}
}

// visit goes to a page, by its path.
func (x *tab) visit(path string) {
	x.t.Helper()
	// The tab's first actions must not end with a timeout's context.
	if err := chromedp.Do(x.ctx, chromedp.Navigate(x.b.base+path)); err != nil {
		x.t.Fatalf("open %s: %v", path, err)
	}
	x.ready()
}

func (x *tab) ready() {
	x.t.Helper()
	x.until(`document.readyState === "complete" && (document.documentElement.dataset.ready === "yes" || !document.querySelector("#posts"))`)
}

// until waits for an expression to be true.
func (x *tab) until(expression string) {
	x.t.Helper()
	ctx, cancel := context.WithTimeout(x.ctx, waitTimeout)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	var last error
	for {
		var yes bool
		if yes, last = chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")")); last == nil && yes {
			return
		}
		select {
		case <-ctx.Done():
			x.picture("failed")
			x.t.Fatalf("never came true: %s (%v)", expression, last)
		case <-tick.C:
		}
	}
}

// value returns what an expression says.
func (x *tab) value(expression string) string {
	x.t.Helper()
	ctx, cancel := context.WithTimeout(x.ctx, waitTimeout)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		x.t.Fatalf("in the browser: %s: %v", expression, err)
	}
	return text
}

// sees waits until a text can be read somewhere in what is shown.
func (x *tab) sees(text string) {
	x.t.Helper()
	x.until(fmt.Sprintf(`document.body.innerText.replace(/\s+/g, " ").includes(%q)`, text))
}

// size sets the window's size, in CSS pixels.
func (x *tab) size(width, height int64) {
	x.t.Helper()
	call(x, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1, Mobile: width < 500})
}

// dark asks for dark colours, or light ones.
func (x *tab) dark(yes bool) {
	x.t.Helper()
	value := "light"
	if yes {
		value = "dark"
	}
	call(x, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}}})
}

// picture keeps a picture of the page in the folder that ROUNDTABLE_PICTURES
// names, to be looked at.
func (x *tab) picture(name string) {
	folder := os.Getenv("ROUNDTABLE_PICTURES")
	if folder == "" {
		return
	}
	ctx, cancel := context.WithTimeout(x.ctx, waitTimeout)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		x.t.Logf("no picture %s: %v", name, err)
		return
	}
	name = strings.NewReplacer("/", "-").Replace(x.t.Name()) + "-" + name + ".png"
	if err := os.WriteFile(filepath.Join(folder, name), png, 0o600); err != nil {
		x.t.Log(err)
	}
}
