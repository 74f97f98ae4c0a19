package browser

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"roundtable/chat"

	cdpbrowser "github.com/chromedp/cdproto/browser"

	"roundtable/chat/playground"
	"roundtable/chat/playground/web"
)

// thread opens the thread of the last post that has a picture.
func (x *tab) thread() {
	x.t.Helper()
	x.until(`[...document.querySelectorAll("#posts .post")].some((p) => p.querySelector("img"))`)
	x.opensThread(`[...document.querySelectorAll("#posts .post")].filter((p) => p.querySelector("img")).pop()?.querySelector("[data-thread]")`)
	x.until(`!document.querySelector("#thread").hidden && document.querySelector("#thread-posts .post")`)
}

// saying is the message of a thread that reads so.
func saying(text string) string {
	return `[...document.querySelectorAll("#thread-posts .post")].find((p) => !p.dataset.private && p.innerText.includes("` + text + `"))`
}

// TestTalk: a reply is kept with a 💡 and let go, changed and deleted, in two
// browsers; who does it is told privately what came of it.
func TestTalk(t *testing.T) {
	t.Parallel()
	chromium(t)
	listen := address(t)
	start(t, listen, "demo")
	base := "http://" + listen
	nadia := newBrowser(t, base).open("/chat/playground/nadia/heart-surgery")
	tom := newBrowser(t, base).open("/chat/playground/tom/heart-surgery")
	nadia.thread()
	tom.thread()
	nadia.types("#write-thread", "Two nurses, one lsit.")
	nadia.key("Enter")
	tom.until(saying("one lsit"))

	tom.clickFound(saying("one lsit") + `?.querySelector(".tools [data-react=bulb]")`)
	tom.until(`document.querySelector("#thread-posts").innerText.includes("Kept as learning L2")`)
	tom.picture("kept")
	nadia.until(saying("one lsit") + `?.querySelector(".reaction:not(.mine)")`)
	if nadia.value(`document.body.innerText.includes("Kept as learning L2")`) != "false" {
		t.Error("what tom was told privately stands in nadia's page")
	}
	tom.clickFound(saying("one lsit") + `?.querySelector(".reaction.mine")`)
	tom.until(`document.querySelector("#thread-posts").innerText.includes("Learning L2 is no longer kept")`)
	tom.until(`!` + saying("one lsit") + `.querySelector(".reaction")`)
	tom.clickFound(saying("one lsit") + `?.querySelector("[data-more]")`)
	tom.until(`!document.querySelector("#emoji").hidden`)
	tom.picture("emoji")
	tom.clickFound(`document.querySelector("#emoji [data-emoji=bulb]")`)
	tom.until(`document.querySelectorAll("#thread-posts .post").length > 0 && document.querySelector("#thread-posts").innerText.split("Kept as learning L2").length === 3`)

	nadia.clickFound(saying("one lsit") + `?.querySelector("[data-edit]")`)
	nadia.until(`document.querySelector("#edit[open]") && document.querySelector("#edit-text").value === "Two nurses, one lsit."`)
	nadia.value(`document.querySelector("#edit-text").value = ""`)
	nadia.types("#edit-text", "Two nurses, one list.")
	nadia.press("#edit", "Save")
	tom.until(saying("one list") + `?.querySelector(".edited")`)
	tom.says("/round learn L2")
	tom.until(`document.querySelector("#posts").lastElementChild.innerText.includes("Two nurses, one list.")`)
	tom.picture("edited")

	nadia.clickFound(saying("one list") + `?.querySelector("[data-delete]")`)
	nadia.press("#sure", "Delete")
	nadia.until(`document.querySelector("#thread-posts").innerText.includes("It is no learning any more")`)
	tom.until(`document.querySelector("#thread-posts").innerText.includes("A message was deleted.")`)
	tom.says("/round learn L2")
	tom.until(`document.querySelector("#posts").lastElementChild.innerText.includes("There is no learning L2")`)
	tom.picture("deleted")
}

// TestThreadOpening: what is said in a thread while somebody's page is being told
// what stands there is seen too.
func TestThreadOpening(t *testing.T) {
	t.Parallel()
	chromium(t)
	listen := address(t)
	start(t, listen, "playground")
	b := newBrowser(t, "http://"+listen)
	anna, erik := b.open("/chat/north/anna/learning-together"), b.open("/chat/north/erik/learning-together")
	anna.says("Who counts the falls?")
	opens := `document.querySelector("#posts .post [data-thread]")`
	erik.until(opens)
	erik.value(`(() => {
		const fetched = window.fetch;
		window.fetch = async (path, ...rest) => {
			const answer = await fetched(path, ...rest);
			if (String(path).includes("/thread/")) await new Promise((release) => { window.release = release; });
			return answer;
		};
	})()`)
	erik.clickFound(opens)
	erik.until(`window.release`)
	anna.clickFound(opens)
	anna.until(`!document.querySelector("#thread").hidden`)
	anna.types("#write-thread", "Maryam does")
	anna.key("Enter")
	erik.until(`document.querySelector("#announce").innerText.includes("Maryam does")`)
	erik.value(`(window.release(), "")`)
	erik.until(`document.querySelector("#thread-posts").innerText.includes("Maryam does")`)
}

// TestUnread: what somebody has not read is counted, also after the server came
// back, and a line stands above it, once.
func TestUnread(t *testing.T) {
	t.Parallel()
	chromium(t)
	listen, journal := address(t), "sqlite:"+filepath.Join(t.TempDir(), "round.db")
	p := start(t, listen, "playground", "--journal", journal)
	x := newBrowser(t, "http://"+listen)
	x.allowed = []string{"net::ERR_"}
	anna := x.open("/chat/north/anna/learning-together")
	anna.says("Read by all")
	erik := x.open("/chat/north/erik/learning-together")
	erik.sees("Read by all")
	erik.goes("Direct messages")
	// The page that he left says that he has read: not before that has arrived is
	// anything new.
	for end := time.Now().Add(waitTimeout); erik.value(`document.querySelector("#side [data-key='north/learning-together'] .unread").dataset.count`) != "0"; {
		if time.Now().After(end) {
			t.Fatal("what Erik has read stays unread")
		}
		erik.visit("/chat/north/erik/@erik")
	}
	anna.says("Not read by Erik")
	anna.says("Nor this")
	erik.until(`document.querySelector("#side [data-key='north/learning-together'] .unread").dataset.count === "2"`)
	p.stop()
	start(t, listen, "playground", "--journal", journal)
	erik.visit("/chat/north/erik/@erik")
	erik.until(`document.querySelector("#side [data-key='north/learning-together'] .unread").dataset.count === "2"`)
	erik.goes("#learning-together")
	erik.until(`document.querySelector("#posts .first-new")?.innerText.includes("Not read by Erik")`)
	if line := erik.value(`getComputedStyle(document.querySelector("#posts .first-new"), "::before").content`); line != `"New from here"` {
		t.Errorf("above it stands %s", line)
	}
	erik.picture("line")
	erik.visit("/chat/north/erik/learning-together")
	if n := erik.value(`document.querySelectorAll("#posts .first-new").length`); n != "0" {
		t.Errorf("after it was read the line stands %s times", n)
	}
}

// TestSideBySide: two people on two platforms beside each other; somebody new
// comes in.
func TestSideBySide(t *testing.T) {
	t.Parallel()
	chromium(t)
	listen := address(t)
	start(t, listen, "playground")
	b := newBrowser(t, "http://"+listen)
	b.allowed = []string{"status of 422"} // a person needs a name
	x := b.open("/chat/north/anna/learning-together")
	x.press("#side", "Side by side")
	frames := `[...document.querySelectorAll("iframe")].map((f) => f.contentDocument)`
	x.until(frames + `.length === 2 && ` + frames + `.every((d) => d.documentElement.dataset.ready === "yes")`)
	for k, want := range []string{"learning-together", "quality"} {
		if got := x.value(frames + "[" + string(rune('0'+k)) + `].querySelector("h1").innerText`); !strings.Contains(got, want) {
			t.Errorf("frame %d shows %q, want %q", k, got, want)
		}
	}
	x.value(frames + `[0].querySelector("#write").focus(), ""`)
	x.picture("beside")
	x.press("header", "Back to one")
	x.ready()
	x.press("#side", "Add a person")
	x.until(`document.querySelector("#newcomer[open]") && document.activeElement.id === "newcomer-name"`)
	x.press("#newcomer", "Add")
	x.until(`document.querySelector("#newcomer .trouble").innerText.includes("1 to 60")`)
	x.types("#newcomer-name", "Ebba <b>Ek</b>")
	x.press("#newcomer", "Add")
	x.is("Ebba <b>Ek</b>")
	x.says("Good morning, all")
	x.until(`[...document.querySelectorAll("#posts .post")].pop().querySelector(".name").innerText === "Ebba <b>Ek</b>"`)
	x.picture("newcomer")
}

// stoppedClock is a clock that nobody moves.
type stoppedClock struct{}

func (stoppedClock) Now() time.Time                          { return time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC) }
func (stoppedClock) Next(context.Context) (time.Time, error) { return time.Time{}, nil }
func (stoppedClock) Move(context.Context, time.Time) error   { return web.ErrImpossible }

// TestDownload: a file of the bot's comes as it is, under its name.
func TestDownload(t *testing.T) {
	t.Parallel()
	chromium(t)
	talk := playground.New(stoppedClock{}.Now)
	anna, ward := chat.PersonID{Connection: "north", User: "anna"}, chat.ChannelID{Connection: "north", Channel: "ward"}
	if err := talk.Join(chat.Person{ID: anna, Name: "Anna"}); err != nil {
		t.Fatal(err)
	}
	if err := talk.Channel(ward); err != nil {
		t.Fatal(err)
	}
	const name, data = "figures, 2026 <Q4>.csv", "organisation,value\nNorth,3/412\n"
	m := chat.Message{Text: "The figures", Blocks: []chat.Block{chat.File{Name: name, MediaType: "text/csv", Data: []byte(data)}}}
	if _, err := talk.Platform("north").Post(t.Context(), ward, chat.PostID{}, m); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(web.New(web.Options{Chat: talk, Trigger: "/round", Clock: stoppedClock{}}))
	t.Cleanup(server.Close)
	x := newBrowser(t, server.URL).open("/chat/north/anna/ward")
	folder := t.TempDir()
	call(x, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{Behavior: "allow", DownloadPath: folder})
	x.picture("file")
	x.clickFound(`document.querySelector("#posts .file a")`)
	var found []os.DirEntry
	for deadline := time.Now().Add(waitTimeout); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if found, _ = os.ReadDir(folder); len(found) == 1 && strings.HasSuffix(found[0].Name(), ".csv") {
			break
		}
	}
	if len(found) != 1 {
		t.Fatalf("in the folder are %v", found)
	}
	got, err := os.ReadFile(filepath.Join(folder, found[0].Name()))
	if err != nil || string(got) != data || !strings.HasPrefix(found[0].Name(), "figures, 2026") {
		t.Errorf("%s holds %q, %v", found[0].Name(), got, err)
	}
}
