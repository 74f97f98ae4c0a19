package browser

import (
	"strconv"
	"strings"
	"testing"
)

// top of a message, in pixels below that of the list's window.
func top(found string) string {
	return `(` + found + `.getBoundingClientRect().top - document.querySelector("#scroll").getBoundingClientRect().top)`
}

// TestReadFromTheBeginning: a message that is longer than the window is shown from its
// first line, and so are several that come one upon the other; who reads on is taken to
// the end by a press.
func TestReadFromTheBeginning(t *testing.T) {
	t.Parallel()
	chromium(t)
	listen := address(t)
	start(t, listen, "playground")
	b := newBrowser(t, "http://"+listen)
	anna, erik := b.open("/chat/north/anna/learning-together"), newBrowser(t, "http://"+listen).open("/chat/north/erik/learning-together")
	anna.size(360, 640)
	long := func(first string) string { return first + strings.Repeat("\nand one line more", 60) }
	says := func(text string) {
		erik.value(`(document.querySelector("#write").value = ` + strconv.Quote(text) + `, "")`)
		erik.types("#write", " ")
		erik.key("Enter")
		erik.until(`document.querySelector("#write").value === ""`)
	}
	last := func(text string) string {
		return `[...document.querySelectorAll("#posts .post")].find((p) => p.innerText.includes("` + text + `"))`
	}
	says(long("The first of them"))
	says("The second of them")
	anna.until(last("The second of them"))
	anna.until(`Math.abs(` + top(last("The first of them")) + ` - 8) < 3`)
	anna.until(`!document.querySelector("#below").hidden`)
	anna.picture("beginning")
	anna.click("#below")
	anna.until(`document.querySelector("#scroll").scrollHeight - document.querySelector("#scroll").scrollTop - document.querySelector("#scroll").clientHeight < 2`)

	// Loaded again it is the same for who has read all of it.
	says(long("The third of them"))
	erik.size(360, 640)
	erik.visit("/chat/north/erik/learning-together")
	erik.until(`Math.abs(` + top(last("The third of them")) + ` - 8) < 3`)
}

// TestPicturesKeepTheirPlace: on a phone a picture is nearly as wide as the page, and its
// place is there before it is.
func TestPicturesKeepTheirPlace(t *testing.T) {
	t.Parallel()
	chromium(t)
	listen := address(t)
	start(t, listen, "demo")
	x := newBrowser(t, "http://"+listen).open("/chat/playground/nadia/heart-surgery")
	x.size(360, 640)
	x.visit("/chat/playground/nadia/heart-surgery")
	x.until(`document.querySelectorAll("#posts img").length > 0`)
	if wrong := x.value(`[...document.querySelectorAll("#posts img")].filter((i) => {
		const box = i.getBoundingClientRect();
		return box.width < 300 || Math.abs(box.height / box.width - i.getAttribute("height") / i.getAttribute("width")) > .01;
	}).length`); wrong != "0" {
		t.Errorf("%s pictures have no place, or are small", wrong)
	}
	x.picture("phone")
	x.dark(true)
	x.value(`(document.querySelector("#posts img").scrollIntoView(), "")`)
	x.until(`document.querySelector("#posts img").complete`)
	if paper := x.value(`getComputedStyle(document.querySelector("#posts img")).filter`); !strings.HasPrefix(paper, "invert(") {
		t.Errorf("in the dark a picture stays white: %s", paper)
	}
	x.picture("phone-dark")
}
