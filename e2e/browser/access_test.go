package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// axeVersion is the version of axe-core, which looks for what people with a
// screen reader, a keyboard or weak sight can't use.
const axeVersion = "4.14.1"

// axe returns axe-core's script, installed with npm into the user's cache.
func axe(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(cache, "roundtable", "axe-core-"+axeVersion)
	script := filepath.Join(dir, "node_modules", "axe-core", "axe.min.js")
	if _, err := os.Stat(script); err != nil {
		npm, err := exec.LookPath("npm")
		if err == nil {
			err = os.MkdirAll(dir, 0o700)
		}
		if err == nil {
			var out []byte
			out, err = exec.Command(npm, "install", "--prefix", dir, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "axe-core@"+axeVersion).CombinedOutput()
			if err != nil {
				err = fmt.Errorf("%w: %s", err, out)
			}
		}
		if err != nil && os.Getenv("ROUNDTABLE_REQUIRE_PEERS") == "1" {
			t.Fatalf("install axe-core: %v", err)
		}
		if err != nil {
			fmt.Fprintf(os.Stderr, "*** %s IS LEFT OUT: axe-core could not be installed: %v ***\n", t.Name(), err)
			t.Skip("no axe-core")
		}
	}
	text, err := os.ReadFile(script)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// passes looks at the page as it is now: nothing serious may be found.
func (x *tab) passes(script, what string) {
	x.t.Helper()
	x.value(`(() => { if (!window.axe) { ` + script + ` } })()`)
	x.value(`(window.found = null, axe.run(document, { resultTypes: ["violations"] }).then((r) => { window.found = r.violations; }), "")`)
	x.until(`window.found`)
	var found []struct {
		ID, Impact, Help string
		Nodes            []struct{ HTML string }
	}
	if err := json.Unmarshal([]byte(x.value(`JSON.stringify(window.found)`)), &found); err != nil {
		x.t.Fatal(err)
	}
	for _, f := range found {
		if f.Impact == "serious" || f.Impact == "critical" {
			x.t.Errorf("%s: %s: %s: %s", what, f.ID, f.Help, f.Nodes[0].HTML)
		} else {
			x.t.Logf("%s: %s (%s)", what, f.ID, f.Impact)
		}
	}
}

// TestAccessible looks at every part of the page, light and dark, wide and
// narrow, in both languages; and goes through it by keyboard alone.
func TestAccessible(t *testing.T) {
	t.Parallel()
	chromium(t)
	script := axe(t)
	listen := address(t)
	start(t, listen, "demo")
	x := newBrowser(t, "http://"+listen).open("/chat/playground/ruth/heart-surgery")
	x.opensThread(`[...document.querySelectorAll("#posts .foot button")].pop()`)
	x.until(`document.querySelectorAll("#thread-posts .post").length > 1`)
	for _, dark := range []bool{false, true} {
		x.dark(dark)
		x.passes(script, fmt.Sprintf("channel and thread, dark %t", dark))
	}
	x.value(`document.querySelector("#thread-close").click(), ""`)
	x.size(360, 740)
	x.passes(script, "phone")
	x.size(1280, 800)
	x.click("#clock")
	x.until(`document.querySelector("#clock-dialog[open]")`)
	x.passes(script, "clock")
	x.key("Escape")

	// By keyboard alone: to the box, a command, the form, its mistake, away.
	x.visit("/chat/playground/ruth/heart-surgery?lang=sv")
	x.until(`document.documentElement.lang === "sv"`)
	x.key("Tab")
	x.until(`document.activeElement.className === "skip"`)
	x.key("Enter")
	x.key("Tab")
	x.types("#write", "/round op")
	x.key("Tab")
	x.until(`document.querySelector("#write").value === "/round open "`)
	x.key("Enter")
	x.until(`document.querySelector("#form[open]") && document.activeElement.closest("#form")`)
	x.passes(script, "form, in Swedish")
	x.value(`document.activeElement.value = ""`)
	x.key("Enter")
	x.until(`document.activeElement.getAttribute("aria-invalid") === "true"`)
	x.passes(script, "form with a mistake")
	x.picture("swedish")
	x.key("Escape")
	x.sent()
	x.until(`document.activeElement.id === "write"`)
	x.types("#write", "")
	x.key("ArrowUp")
	x.until(`document.querySelector("#write").value.startsWith("/round open")`)
}
