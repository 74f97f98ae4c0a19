package web

import (
	"bytes"
	"image/png"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"roundtable/chat"
	"roundtable/chat/playground"
	"roundtable/locale"
)

// postView is a post as its template takes it. It is the same for everybody:
// what depends on who looks is added by the page's script and style.
type postView struct {
	ID, Message, Channel  string
	Seq                   int64
	Class, Who, About     string
	Initials, Hue, By     string
	At, EditedAt          time.Time
	Edited, Deleted, Root bool
	Private, Typed        bool
	Refused               bool
	Text                  string
	Blocks                []blockView
	Reactions             []reactionView
	Foot                  threadFooter
}

type blockView struct {
	Kind       string
	Text, By   string
	Items      []string
	Facts      []chat.Fact
	URL, Alt   string
	Name, Size string
	// Width and Height of a picture, in its own dots: its place is kept while it loads.
	Width, Height int
	Buttons       []buttonView
}

type buttonView struct {
	N       int
	Label   string
	Primary bool
}

type reactionView struct {
	Emoji, Who, By string
	Count          int
}

// postHTML renders a post, which is an item as it is now.
func (rend *renderer) postHTML(it *item, post playground.Post, lang string) (string, error) {
	return rend.html(lang, "post", rend.postView(it, post, locale.For(lang)))
}

func (rend *renderer) postView(it *item, post playground.Post, l *locale.Locale) postView {
	v := postView{
		ID: elementID(post.ID), Message: post.ID.Message, Channel: post.ID.Channel, Seq: it.seq,
		At: post.At, EditedAt: post.EditedAt, Edited: post.Edits > 0 && !post.Deleted, Deleted: post.Deleted,
		Root: post.Root == chat.PostID{}, Private: post.To != chat.PersonID{}, By: personKey(post.By), Text: post.Message.Text,
		Typed: strings.HasPrefix(post.ID.Message, typedPrefix), Refused: strings.HasPrefix(post.ID.Message, refusedPrefix),
	}
	if post.ByBot() {
		v.Who, v.Class, v.Initials, v.Hue = botName, "bot", "R", "bot"
	} else {
		v.Who, v.About = rend.person(post.By)
		v.Initials, v.Hue = initials(v.Who), hue(personKey(post.By))
	}
	v.Foot = rend.model.footerOf(post.ID, it)
	n := 0
	if post.ByBot() {
		post.Message = quiet(post.Message)
		v.Text = post.Message.Text
	}
	for k, b := range post.Message.Blocks {
		v.Blocks = append(v.Blocks, newBlockView(post, k, b, &n))
	}
	if len(v.Blocks) == 0 && !post.Deleted {
		v.Blocks = []blockView{{Kind: "paragraph", Text: post.Message.Text}}
	}
	v.Reactions = rend.reactions(post, l)
	return v
}

// newBlockView is the k-th block of a post; n counts the buttons of the whole
// message.
func newBlockView(post playground.Post, k int, b chat.Block, n *int) blockView {
	url := func(name string) string {
		return path.Join("file", url.PathEscape(post.ID.Channel), url.PathEscape(post.ID.Message), strconv.Itoa(k), url.PathEscape(name)) + "?v=" + strconv.Itoa(post.Edits)
	}
	switch b := b.(type) {
	case chat.Heading:
		return blockView{Kind: "heading", Text: b.Text}
	case chat.Quote:
		return blockView{Kind: "quote", Text: b.Text, By: b.By}
	case chat.Items:
		return blockView{Kind: "items", Items: b.Items}
	case chat.Facts:
		return blockView{Kind: "facts", Facts: b.Facts}
	case chat.Picture:
		v := blockView{Kind: "picture", Text: b.Title, Alt: b.Alt, Name: b.Name, URL: url("picture.png")}
		if c, err := png.DecodeConfig(bytes.NewReader(b.PNG)); err == nil { // else it is as large as the browser finds it
			v.Width, v.Height = c.Width, c.Height
		}
		return v
	case chat.File:
		return blockView{Kind: "file", Name: b.Name, URL: url("file"), Size: strconv.Itoa((len(b.Data) + 1023) / 1024)}
	case chat.Footnote:
		return blockView{Kind: "footnote", Text: b.Text}
	case chat.Buttons:
		v := blockView{Kind: "buttons"}
		for _, button := range b.Buttons {
			v.Buttons = append(v.Buttons, buttonView{*n, button.Label, button.Primary})
			*n++
		}
		return v
	case chat.Paragraph:
		return blockView{Kind: "paragraph", Text: b.Text}
	}
	return blockView{}
}

// reactions sums up the reactions to a post, by emoji.
func (rend *renderer) reactions(post playground.Post, l *locale.Locale) []reactionView {
	var out []reactionView
	at := map[string]int{}
	names := map[string][]string{}
	for _, r := range post.Reactions {
		k, known := at[r.Emoji]
		if !known {
			k = len(out)
			at[r.Emoji] = k
			out = append(out, reactionView{Emoji: r.Emoji})
		}
		name, _ := rend.person(r.By)
		names[r.Emoji] = append(names[r.Emoji], name)
		out[k].Count++
		out[k].By += personKey(r.By) + "\n"
		out[k].Who = l.List(names[r.Emoji])
	}
	return out
}

// quiet returns what the bot said as every platform shows it: it can ping nobody.
func quiet(m chat.Message) chat.Message {
	m.Text = chat.Quiet(m.Text)
	blocks := make([]chat.Block, len(m.Blocks))
	for k, b := range m.Blocks {
		switch b := b.(type) {
		case chat.Heading:
			blocks[k] = chat.Heading{Text: chat.Quiet(b.Text)}
		case chat.Paragraph:
			blocks[k] = chat.Paragraph{Text: chat.Quiet(b.Text)}
		case chat.Quote:
			blocks[k] = chat.Quote{Text: chat.Quiet(b.Text), By: chat.Quiet(b.By)}
		case chat.Items:
			items := make([]string, len(b.Items))
			for i, text := range b.Items {
				items[i] = chat.Quiet(text)
			}
			blocks[k] = chat.Items{Items: items}
		case chat.Facts:
			facts := make([]chat.Fact, len(b.Facts))
			for i, f := range b.Facts {
				facts[i] = chat.Fact{Name: chat.Quiet(f.Name), Value: chat.Quiet(f.Value)}
			}
			blocks[k] = chat.Facts{Facts: facts}
		case chat.Picture:
			b.Title, b.Alt = chat.Quiet(b.Title), chat.Quiet(b.Alt)
			blocks[k] = b
		case chat.Footnote:
			blocks[k] = chat.Footnote{Text: chat.Quiet(b.Text)}
		case chat.Buttons:
			buttons := slices.Clone(b.Buttons)
			for i := range buttons {
				buttons[i].Label = chat.Quiet(buttons[i].Label)
			}
			blocks[k] = chat.Buttons{Buttons: buttons}
		default:
			blocks[k] = b
		}
	}
	m.Blocks = blocks
	return m
}
