package browser

import (
	"fmt"
	"testing"
)

// TestRound lives a whole round by clicking and typing, as six people of four
// organisations on two platforms.
func TestRound(t *testing.T) {
	t.Parallel()
	chromium(t)
	listen := address(t)
	start(t, listen, "playground")
	x := newBrowser(t, "http://"+listen).open("/")
	x.sees("Nothing has been said here yet")
	x.picture("01-empty")

	setUp(x)
	joinAll(x)
	confirmAll(x)
	answerAll(x)
	closeAndShow(x)
	talk(x)
}

// is becomes somebody else, by clicking on their name.
func (x *tab) is(name string) {
	x.t.Helper()
	find := fmt.Sprintf(`(() => {
		const link = [...document.querySelectorAll("#side .people a")].find((a) => a.querySelector(".name").innerText === %q);
		if (!link) return false;
		link.scrollIntoView({ block: "center" });
		for (const old of document.querySelectorAll("[data-aim]")) old.removeAttribute("data-aim");
		link.dataset.aim = "yes";
		return true;
	})()`, name)
	x.leaves(func() { x.hit("[data-aim]", find) })
	x.until(fmt.Sprintf(`document.querySelector("#side .people a[aria-current] .name")?.innerText === %q`, name))
}

func setUp(x *tab) {
	// The command is completed.
	x.types("#write", "/r")
	x.until(`document.querySelector("#write-list li[aria-selected=true]")`)
	x.picture("02-complete")
	x.key("Enter")
	x.until(`document.querySelector("#write").value === "/round setup "`)
	x.key("Enter")
	x.until(`document.querySelector("#form[open]")`)
	x.picture("03-setup")
	// A field that is needed is left empty; what was typed elsewhere stays.
	x.fills(map[string]string{"Who takes part? One organisation a line": "Sjövik hospital\nEkliden hospital\nNorrhamn hospital\nBergby municipality"})
	x.sees("Something is needed here.")
	x.until(`document.activeElement.name === "name"`)
	// The zone is wrong: the bot says so at the field, and keeps the rest.
	x.fills(map[string]string{"What is the network called?": "Safer wards", "Time zone": "Europe/Atlantis"})
	x.until(`document.querySelector("#form [name=zone][aria-invalid=true]")`)
	x.until(`document.querySelector("#form [name=organisations]").value.includes("Ekliden")`)
	x.picture("04-field-error")
	x.fills(map[string]string{"Time zone": "Europe/Stockholm", "What do you want to start from?": "ward-safety"})
	x.sent()
	x.sees("Safer wards is set up, with 4 organisations")
	// The other channel is seated too.
	x.press("#side", "Seat this channel too")
	x.until(`!document.querySelector("#side [data-seat]")`)
}

func joinAll(x *tab) {
	for _, p := range [][2]string{
		{"Anna Lindqvist", "Sjövik hospital, nurse"},
		{"Maryam Karimi", "Ekliden hospital, ward manager"},
		{"Johan Berg", "Norrhamn hospital, physiotherapist"},
		{"Priya Nair", "Bergby municipality, quality coordinator"},
	} {
		x.is(p[0])
		x.says("/round join " + p[1])
		x.sees("join " + p[1])
	}
}

// confirmAll: Sjövik has Anna already, so she is asked about Erik.
func confirmAll(x *tab) {
	x.is("Erik Holm")
	x.says("/round join Sjövik hospital, physician")
	x.sees("asked to confirm")
	x.until(`document.querySelector("#side [data-person='north/anna'] .unread:not([hidden])")`)
	x.is("Anna Lindqvist")
	x.goes("Direct messages")
	x.sees("Do they?")
	x.picture("05-confirm")
	x.presses("Yes, one of us")
	x.until(`document.querySelectorAll("#posts .post").length >= 2`)
	x.is("Karin Ek")
}

func answerAll(x *tab) {
	x.goes("#learning-together")
	x.says("/round open")
	x.fills(map[string]string{"Period": "2026-Q3", "Answers are due": "+7"})
	x.sent()
	x.sees("0 of 4 organisations")

	// Guess first, then the form, with a mistake in it.
	x.is("Anna Lindqvist")
	x.picture("06-open")
	x.press("#posts", "Guess first")
	x.fills(map[string]string{"Falls": "below"})
	x.sent()
	x.press("#posts", "Submit")
	x.until(`document.querySelector("#form[open] [name=falls]")`)
	x.picture("07-submit")
	x.fills(map[string]string{"Falls": "many", "Hand hygiene compliance": "45/50"})
	x.until(`document.querySelector("#form [name=falls][aria-invalid=true]")`)
	x.until(`document.querySelector("#form [name='hand-hygiene']").value === "45/50"`)
	x.picture("08-mistake")
	x.fills(map[string]string{"Falls": "13/412"})
	x.sent()
	x.sees("Saved for")
	x.picture("09-saved")

	x.is("Maryam Karimi")
	x.until(`!document.body.innerText.includes("Saved for")`) // what is private stays so
	x.says("/round submit falls 9/530 new ward since May")
	x.sees("Saved for")
	x.says("/round submit hand-hygiene 60/50")
	x.sees("You typed: hand-hygiene 60/50")

	x.is("Johan Berg")
	x.opensThread(`[...document.querySelectorAll("#posts .post")].find(p => p.innerText.includes("0 of 4 organisations"))?.querySelector("[data-thread]")`)
	x.until(`!document.querySelector("#thread").hidden`)
	x.types("#write-thread", "falls 12/610 in the round's own thread")
	x.key("Enter")
	x.until(`document.querySelector("#thread-posts").innerText.includes("Saved for")`)
	x.click("#thread-close")
	x.is("Priya Nair")
	x.says("/round submit falls not measured")
	x.sees("Saved for")
	x.sees("4 have begun")
}

// moves moves the clock.
func (x *tab) moves(button string) {
	x.t.Helper()
	if x.value(`!!document.querySelector("#clock-dialog[open]")`) == "false" {
		x.click("#clock")
		x.until(`document.querySelector("#clock-next").innerText !== ""`)
	}
	x.value(`(document.querySelector("#clock-done").textContent = "", "")`) // of the time before
	x.press("#clock-dialog", button)
	x.until(`document.querySelector("#clock-done").innerText.includes("has been moved")`)
}

func closeAndShow(x *tab) {
	x.is("Karin Ek")
	x.click("#clock")
	x.until(`document.querySelector("#clock-next").innerText !== ""`)
	x.picture("10-clock")
	x.moves("To what is due next") // the first reminder
	x.until(`document.querySelector("#side [data-person='north/anna'] .unread:not([hidden])")`)
	x.value(`(() => {
		const field = document.querySelector("#clock-to");
		const day = new Date(new Date(field.value).getTime() + 40 * 864e5);
		field.value = day.toISOString().slice(0, 16);
	})()`)
	x.moves("Go")
	x.key("Escape")
	x.goes("Direct messages")
	x.sees("Draft: only you see this")
	x.picture("11-draft")
	x.presses("Show it to everyone")
	x.goes("#learning-together")
	x.until(`document.querySelector("#posts img")`)
	x.until(`[...document.querySelectorAll("#posts img")].every((i) => i.loading === "lazy" || i.complete)`)
	x.picture("12-shown")
	x.is("Anna Lindqvist")
	x.goes("Direct messages")
	x.sees("Only your own people see this")
	x.until(`document.querySelector("#posts img")?.alt.includes("you guessed")`)
	x.picture("13-own")
}

func talk(x *tab) {
	x.goes("#learning-together")
	comparison := `[...document.querySelectorAll("#posts .post")].find((p) => p.querySelector("img"))`
	x.until(comparison)
	x.value(comparison + `.scrollIntoView({ block: "start" })`)
	x.opensThread(comparison + `?.querySelector("[data-thread]")`)
	x.types("#write-thread", "We changed how we round at night. Come and see?")
	x.key("Enter")
	x.until(`[...document.querySelectorAll("#thread-posts .post")].some((p) => p.innerText.includes("Come and see?"))`)

	// Over there, on the other platform, it is in the same thread.
	x.is("Johan Berg")
	x.opensThread(comparison + `?.querySelector(".foot button")`)
	x.sees("Come and see?")
	x.clickFound(`[...document.querySelectorAll("#thread-posts .post")].pop()?.querySelector("[data-react=bulb]")`)
	x.until(`document.querySelector("#thread-posts .reaction.mine")`)
	x.types("#write-thread", "Gladly. On a Tuesday?")
	x.key("Enter")
	x.until(`[...document.querySelectorAll("#thread-posts .post")].some((p) => p.innerText.includes("On a Tuesday?"))`)
	x.picture("14-thread")
	x.click("#thread-close")

	x.is("Anna Lindqvist")
	x.press("#posts", "Reflect")
	x.fills(map[string]string{"Your thoughts": "We count what is easy to count."})
	x.sent()
	x.says("/round commit falls Try bed alarms on ward 3")
	x.sees("Noted about")
	x.picture("15-end")
}
