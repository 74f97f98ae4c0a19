package browser

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

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

// presses presses a button of a post and waits until the bot has it: whoever leaves
// the page before may take it back.
func (x *tab) presses(label string) {
	x.t.Helper()
	x.press("#posts", label)
	x.until(`!document.querySelector("#posts [data-press]:disabled")`)
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
	for deadline := time.Now().Add(waitTimeout); time.Now().Before(deadline); <-tick.C {
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

// goes follows a link to a channel and waits until that is there.
func (x *tab) goes(label string) {
	x.t.Helper()
	x.leaves(func() { x.press("#side", label) })
}

// leaves does what leads to another page, and waits until that is there: until
// then the one that is being left is as ready to be typed into as it was.
func (x *tab) leaves(do func()) {
	x.t.Helper()
	x.value(`(window.left = "yes", "")`)
	do()
	x.until(`!window.left`)
	x.ready()
}

// clickFound clicks what an expression finds, as a person would.
func (x *tab) clickFound(expression string) {
	x.t.Helper()
	x.hit("[data-aim]", `(() => {
		for (const old of document.querySelectorAll("[data-aim]")) old.removeAttribute("data-aim");
		const hit = `+expression+`;
		if (!hit) return false;
		hit.dataset.aim = "yes";
		hit.focus();
		return true;
	})()`)
}

// opensThread clicks what opens a thread, and again when none opens: pictures that
// come just then move the page, and people click again.
func (x *tab) opensThread(expression string) {
	x.t.Helper()
	for range 5 {
		x.clickFound(expression)
		for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
			if x.value(`String(document.querySelector("#thread").hidden)`) == "false" {
				return
			}
		}
	}
	x.picture("failed")
	x.t.Fatalf("no thread opens by %s", expression)
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
