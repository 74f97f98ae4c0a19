// Package browser holds whole runs: the program as it is built, in Chromium.
package browser

import (
	"context"
	"encoding/json"
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
	"github.com/chromedp/cdproto/input"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience bounds every wait for something to be seen.
const patience = 40 * time.Second

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
		chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1280, 800),
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
	ctx, cancel := context.WithTimeout(x.ctx, patience)
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
	ctx, cancel := context.WithTimeout(x.ctx, patience)
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
	ctx, cancel := context.WithTimeout(x.ctx, patience)
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
	ctx, cancel := context.WithTimeout(x.ctx, patience)
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

// press clicks the last button or link that reads so and can be seen, inside
// what a selector names.
func (x *tab) press(within, label string) {
	x.t.Helper()
	find := fmt.Sprintf(`(() => {
		for (const old of document.querySelectorAll("[data-aim]")) old.removeAttribute("data-aim");
		const all = [...document.querySelectorAll(%q)].flatMap((e) => [...e.querySelectorAll("button, a, summary")]);
		const hit = all.filter((e) => (e.innerText.trim().split("\\n")[0] === %q || e.querySelector(".name")?.innerText === %q.replace("#", "") || e.getAttribute("aria-label") === %q) && e.offsetParent && !e.disabled).pop();
		if (!hit) return false;
		hit.scrollIntoView({ block: "center" });
		hit.dataset.aim = "yes";
		return true;
	})()`, within, label, label, label)
	x.hit("[data-aim]", find)
}

// click clicks what a selector names.
func (x *tab) click(selector string) {
	x.t.Helper()
	x.hit(selector, fmt.Sprintf("document.querySelector(%q)", selector))
}

// hit clicks what a selector names, once find says that it is there, it stands
// still and nothing covers it, as a person would. What the page draws anew
// meanwhile is looked for again.
func (x *tab) hit(selector, find string) {
	x.t.Helper()
	spot := fmt.Sprintf(`(() => {
		const e = document.querySelector(%q);
		if (!e) return "";
		e.scrollIntoView({ block: "nearest" });
		const r = e.getBoundingClientRect();
		const at = { x: r.left + r.width / 2, y: r.top + r.height / 2 };
		const top = document.elementFromPoint(at.x, at.y);
		return top && (top === e || e.contains(top) || top === e.parentElement) ? JSON.stringify(at) : "";
	})()`, selector)
	tick := time.NewTicker(30 * time.Millisecond)
	defer tick.Stop()
	last := ""
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); <-tick.C {
		x.ready()
		x.until(find)
		now := x.value(spot)
		if now == "" || now != last {
			last = now
			continue
		}
		var at struct{ X, Y float64 }
		if err := json.Unmarshal([]byte(now), &at); err != nil {
			x.t.Fatalf("click %s: %v", selector, err)
		}
		for _, kind := range []input.DispatchMouseEventType{"mouseMoved", "mousePressed", "mouseReleased"} {
			p := input.DispatchMouseEventParams{Type: kind, X: at.X, Y: at.Y}
			if kind != "mouseMoved" {
				p.Button, p.ClickCount = "left", 1
			}
			call(x, input.DispatchMouseEvent, p)
		}
		return
	}
	x.picture("failed")
	x.t.Fatalf("%s was never there to be clicked, still and uncovered", selector)
}

// types puts the keyboard into a field and types, key by key where it is short.
func (x *tab) types(selector, text string) {
	x.t.Helper()
	x.run(chromedp.Focus(chromedp.CSS(selector)))
	if len(text) <= 200 {
		x.run(chromedp.KeyEvent(text))
		return
	}
	call(x, input.InsertText, input.InsertTextParams{Text: text})
}

// keys are those that tests press by name, as the browser numbers them.
var keys = map[string]struct {
	code int64
	text string
}{
	"Enter": {13, "\r"}, "Escape": {27, ""}, "Tab": {9, ""}, "ArrowUp": {38, ""}, "ArrowDown": {40, ""}, "Space": {32, " "},
}

// key presses a key and lets it go, in one event as a keyboard does, so that
// the page can refuse what it would type.
func (x *tab) key(name string, modifiers ...int64) {
	x.t.Helper()
	k := keys[name]
	key := name
	if name == "Space" {
		key = " "
	}
	p := input.DispatchKeyEventParams{
		Type: "keyDown", Key: key, Code: name, Text: k.text, WindowsVirtualKeyCode: k.code, NativeVirtualKeyCode: k.code,
	}
	for _, m := range modifiers {
		p.Modifiers |= m
	}
	if k.text == "" {
		p.Type = "rawKeyDown"
	}
	call(x, input.DispatchKeyEvent, p)
	p.Type, p.Text = "keyUp", ""
	call(x, input.DispatchKeyEvent, p)
}

// says types a line into the channel's box and sends it.
func (x *tab) says(text string) {
	x.t.Helper()
	x.types("#write", text)
	x.key("Escape")
	x.key("Enter")
	x.until(`document.querySelector("#write").value === "" && !document.querySelector("#write-form[aria-busy=true]")`)
}

// fills types into fields of the open form, by their labels, and sends it.
func (x *tab) fills(values map[string]string) {
	x.t.Helper()
	x.until(`document.querySelector("#form[open] form")`)
	for label, value := range values {
		aim := fmt.Sprintf(`(() => {
			for (const old of document.querySelectorAll("[data-aim]")) old.removeAttribute("data-aim");
			const label = [...document.querySelectorAll("#form label")].find((l) => l.firstElementChild.innerText.trim() === %q || l.innerText.trim() === %q);
			if (!label) return "";
			const field = document.getElementById(label.htmlFor);
			field.dataset.aim = "yes";
			field.scrollIntoView({ block: "center" });
			if (field.type !== "checkbox" && field.tagName !== "SELECT") field.select();
			return field.type;
		})()`, label, label)
		x.until(aim)
		switch kind := x.value(aim); kind {
		case "select-one":
			x.value(fmt.Sprintf(`(() => {
				const field = document.querySelector("[data-aim]");
				const option = [...field.options].find((o) => o.text === %q || o.value === %q);
				field.value = option.value;
				field.dispatchEvent(new Event("input", { bubbles: true }));
				return field.value;
			})()`, value, value))
		case "checkbox":
			x.click("[data-aim]")
		default:
			x.types("[data-aim]", value)
		}
	}
	x.click(`#form button[type="submit"]`)
}

// sent waits until the form has been taken.
func (x *tab) sent() {
	x.t.Helper()
	x.until(`!document.querySelector("#form[open]")`)
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
	ctx, cancel := context.WithTimeout(x.ctx, patience)
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

// hover puts the mouse over something, as one does before clicking on it.
func hover(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := chromedp.Evaluate[string](fmt.Sprintf("document.querySelector(%q).focus(), ''", selector))(ctx, target)
		return err
	})
}
