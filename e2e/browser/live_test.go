package browser

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestTwoBrowsers: what one does the other sees; a page that is loaded again
// has everything; one whose server was killed comes back and misses nothing.
func TestTwoBrowsers(t *testing.T) {
	t.Parallel()
	chromium(t)
	listen, journal := address(t), "sqlite:"+filepath.Join(t.TempDir(), "round.db")
	p := start(t, listen, "playground", "--journal", journal)
	base := "http://" + listen
	one, two := newBrowser(t, base), newBrowser(t, base)
	for _, b := range []*browser{one, two} {
		b.allowed = []string{"net::ERR_CONNECTION_REFUSED", "net::ERR_INCOMPLETE_CHUNKED_ENCODING", "net::ERR_CONNECTION_RESET", "net::ERR_EMPTY_RESPONSE"}
	}
	anna, erik := one.open("/chat/north/anna/learning-together"), two.open("/chat/north/erik/learning-together")

	anna.says("Good morning")
	erik.sees("Good morning")
	erik.until(`document.querySelector("#announce").innerText.includes("Anna Lindqvist: Good morning")`)
	erik.clickFound(`document.querySelector("#posts .post [data-thread]")`)
	erik.until(`!document.querySelector("#thread").hidden`)
	erik.types("#write-thread", "Morning, Anna")
	erik.key("Enter")
	anna.sees("1 reply")
	anna.until(`document.querySelector("#posts .foot.news")`)

	// A message is changed, and deleted.
	anna.says("Monday?")
	anna.clickFound(`[...document.querySelectorAll("#posts .post")].pop()?.querySelector("[data-edit]")`)
	anna.until(`document.querySelector("#edit[open]")`)
	anna.value(`document.querySelector("#edit-text").value = ""`)
	anna.types("#edit-text", "Tuesday?")
	anna.press("#edit", "Save")
	erik.sees("Tuesday?")
	erik.sees("edited")
	anna.clickFound(`[...document.querySelectorAll("#posts .post")].pop()?.querySelector("[data-delete]")`)
	anna.press("#sure", "Delete")
	erik.sees("A message was deleted.")

	// Loaded again in the middle of a form: what was typed is there.
	anna.says("/round setup")
	anna.until(`document.querySelector("#form[open] [name=name]")`)
	anna.types("#form [name=name]", "Half typed")
	anna.visit("/chat/north/anna/learning-together")
	anna.until(`document.querySelector("#form[open] [name=name]").value === "Half typed"`)
	anna.key("Escape")
	anna.sent()
	anna.sees("Good morning")

	// The server dies, and comes back.
	p.kill()
	erik.sees("Not connected")
	anna.types("#write", "Is anybody there?")
	anna.key("Enter")
	anna.until(`document.querySelector("#write-trouble").innerText !== "" && document.querySelector("#write").value === "Is anybody there?"`)
	start(t, listen, "playground", "--journal", journal)
	erik.until(`document.querySelector("#status").hidden || document.querySelector("#status").innerText.includes("Connected again")`)
	anna.until(`document.querySelector("#status").hidden || document.querySelector("#status").innerText.includes("Connected again")`)
	anna.types("#write", "")
	anna.key("Enter")
	erik.sees("Is anybody there?")
	erik.sees("Good morning")
	if n := erik.value(`[...document.querySelectorAll("#posts .post")].filter((p) => p.innerText.includes("Is anybody there?")).length`); n != "1" {
		t.Errorf("the message stands there %s times", n)
	}
}

// TestDemo looks around in the round that the demo has played.
func TestDemo(t *testing.T) {
	t.Parallel()
	chromium(t)
	listen := address(t)
	p := start(t, listen, "demo")
	x := newBrowser(t, "http://"+listen).open("/chat/playground/tom/heart-surgery")
	x.until(`[...document.querySelectorAll("#posts .post")].some((p) => p.querySelector("img"))`)
	x.value(`[...document.querySelectorAll("#posts img")].pop().closest(".post").scrollIntoView()`)
	x.until(`[...document.querySelectorAll("#posts img")].pop().naturalWidth > 100`)
	x.picture("channel")
	if at := x.value(`(() => {
		const list = document.querySelector("#scroll");
		list.scrollTop = 0;
		list.dispatchEvent(new Event("scroll"));
		document.querySelector("#posts img").dispatchEvent(new Event("load"));
		return list.scrollTop;
	})()`); at != "0" {
		t.Errorf("who reads further up is at %s when a picture comes", at)
	}
	x.opensThread(`[...document.querySelectorAll("#posts .foot button")].pop()`)
	x.until(`document.querySelectorAll("#thread-posts .post").length > 1`)
	x.picture("thread")
	x.dark(true)
	x.picture("thread-dark")
	x.value(`document.querySelector("#thread-close").click(), ""`)
	x.size(360, 740)
	x.value(`[...document.querySelectorAll("#posts img")].pop().closest(".post").scrollIntoView()`)
	x.picture("phone-dark")
	x.dark(false)
	x.picture("phone")
	if wide := x.value(`document.documentElement.scrollWidth`); wide != "360" {
		t.Errorf("the page is %s wide on a phone of 360", wide)
	}
	x.click("#menu")
	x.until(`document.activeElement.closest("#side")`)
	x.picture("phone-menu")
	x.key("Escape")
	x.size(1280, 800)
	x.goes("Direct messages")
	x.sees("You guessed around the")
	x.value(`document.querySelector("#posts .zoom").scrollIntoView({ block: "center" })`)
	x.until(`document.querySelector("#posts .zoom img").naturalWidth > 100`)
	x.click("#posts .zoom")
	x.until(`document.querySelector("#zoom[open] img").naturalWidth > 100`)
	x.picture("zoom")
	if !strings.Contains(p.said(), "Open http://"+listen) {
		t.Error("the demo does not say where its page is")
	}
}
