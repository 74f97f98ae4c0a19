package playground

import (
	"fmt"
	"slices"
	"strings"

	"roundtable/chat"
)

// formColumns is the width of a form's box at most; a wide one is hard to read.
const formColumns = 72

// form lays out a form as a box.
func form(f chat.Form, cols int) []line {
	cols = min(cols, formColumns)
	inner := cols - 4
	var body []line
	if f.Error != "" {
		body = append(body, mistake(f.Error, inner)...)
	}
	if f.Intro != "" {
		body = append(body, all(plain, wrap(chat.Quiet(f.Intro), inner))...)
	}
	section := ""
	for _, field := range f.Fields {
		if len(body) > 0 {
			body = append(body, line{})
		}
		if field.Section != section && field.Section != "" {
			body = append(body, all(strong, wrap("▪ "+chat.Quiet(field.Section), inner))...)
		}
		section = field.Section
		body = append(body, fieldLines(field, inner)...)
	}
	if len(body) > 0 {
		body = append(body, line{})
	}
	body = append(body, buttons([]chat.Button{{Label: f.Submit, Primary: true}, {Label: "Cancel"}}, inner)...)

	name := shorten(chat.Quiet(f.Title), cols-6)
	out := []line{{{"┌─ ", faint}, {name, strong}, {" " + strings.Repeat("─", cols-5-columns(name)) + "┐", faint}}}
	for _, l := range body {
		boxed := append(line{{"│ ", faint}}, l...)
		boxed = append(boxed, span{strings.Repeat(" ", max(0, inner-l.columns())), plain}, span{" │", faint})
		out = append(out, boxed)
	}
	return append(out, of(faint, "└"+strings.Repeat("─", cols-2)+"┘"))
}

func mistake(text string, cols int) []line {
	return behind(span{"✗ ", wrong}, span{"  ", wrong}, all(wrong, wrap(chat.Quiet(text), cols-2)))
}

func fieldLines(f chat.Field, cols int) []line {
	label := chat.Quiet(f.Label)
	if f.Optional && f.Kind != chat.Check {
		label += " (optional)"
	}
	var out []line
	if f.Kind == chat.Check {
		mark := "[ ] "
		if f.Value == "yes" {
			mark = "[x] "
		}
		out = behind(span{mark, plain}, span{"    ", plain}, all(plain, wrap(label, cols-4)))
	} else {
		out = all(plain, wrap(label, cols))
	}
	if f.Help != "" {
		out = append(out, indent(2, all(faint, wrap(chat.Quiet(f.Help), cols-2)))...)
	}
	switch f.Kind {
	case chat.Line, chat.Area:
		out = append(out, entry(f, cols)...)
	case chat.Choice:
		out = append(out, choice(f, cols)...)
	case chat.Check:
	}
	if f.Error != "" {
		out = append(out, indent(2, mistake(f.Error, cols-2))...)
	}
	return out
}

// entry shows what stands in a text field, or its placeholder in brackets.
func entry(f chat.Field, cols int) []line {
	lines := all(strong, wrap(chat.Quiet(f.Value), cols-4))
	if f.Value == "" && f.Placeholder != "" {
		lines = all(faint, wrap("("+chat.Quiet(f.Placeholder)+")", cols-4))
	}
	if f.Kind == chat.Area && len(lines) == 1 {
		lines = append(lines, line{})
	}
	return behind(span{"  ▏ ", faint}, span{"  ▏ ", faint}, lines)
}

// choice shows a few options side by side, and of many only the one chosen.
func choice(f chat.Field, cols int) []line {
	l := line{{"  ", plain}}
	for i, o := range f.Options {
		if i > 0 {
			l = append(l, span{"   ", plain})
		}
		mark, in := "( ) ", plain
		if o.Value == f.Value {
			mark, in = "(•) ", strong
		}
		l = append(l, span{mark + shorten(chat.Quiet(o.Label), cols), in})
	}
	if len(f.Options) <= 5 && l.columns() <= cols {
		return []line{l}
	}
	chosen := "(choose)"
	if i := slices.IndexFunc(f.Options, func(o chat.Option) bool { return o.Value == f.Value }); i >= 0 {
		chosen = chat.Quiet(f.Options[i].Label)
	}
	chosen = shorten(chosen, cols-24) + fmt.Sprintf(" ▾ 1 of %d", len(f.Options))
	return []line{{{"  ▏ ", faint}, {chosen, strong}}}
}
