package mattermost

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mattermost/mattermost/server/public/model"

	"roundtable/chat"
)

// Limits of a dialog. Server 9.9 only warns in its log where labels and helps are
// longer, and has no limit on elements but the size of a request, which a form
// keeps ([chat.MaxFormSize]).
const (
	maxLabel = model.DialogElementDisplayNameMaxLength
	maxLine  = model.DialogElementTextMaxLength // the default of a text element
)

// dialogElements are the fields as the dialog has them. A section's name stands in the
// help of its first field, and a label that is too long in the help too.
func dialogElements(fields []chat.Field) []model.DialogElement {
	out := make([]model.DialogElement, len(fields))
	short := make([]string, len(fields))
	for i, f := range fields {
		short[i] = chat.Shorten(chat.Quiet(f.Label), maxLabel)
		if short[i] != chat.Quiet(f.Label) {
			short[i] = chat.Shorten(chat.Quiet(f.Label), maxLabel-2) // the server counts bytes, and the ellipsis has three
		}
	}
	short = chat.TellApart(short, maxLabel-2)
	section := ""
	for i, f := range fields {
		var help []string
		if f.Section != section && f.Section != "" {
			help = append(help, strings.TrimRight(oneLine(f.Section), ".:")+":")
		}
		section = f.Section
		if whole := chat.Quiet(f.Label); short[i] != whole {
			help = append(help, sentence(whole))
		}
		if f.Help != "" {
			help = append(help, chat.Quiet(f.Help))
		}
		e := model.DialogElement{
			DisplayName: short[i], Name: f.Name, HelpText: strings.Join(help, " "), Placeholder: chat.Quiet(f.Placeholder),
			Optional: f.Optional, Default: f.Value,
		}
		switch f.Kind {
		case chat.Line:
			e.Type, e.MaxLength = "text", f.Longest()
			if utf8.RuneCountInString(f.Value) > maxLine {
				e.Type = "textarea"
			}
		case chat.Area:
			e.Type, e.MaxLength = "textarea", f.Longest()
		case chat.Choice:
			e.Type = "select"
			for _, o := range f.Options {
				e.Options = append(e.Options, &model.PostActionOptions{Text: chat.Quiet(o.Label), Value: o.Value})
			}
		case chat.Check:
			e.Type, e.Optional, e.Default = "bool", true, ""
			e.Placeholder = chat.Quiet(f.Label)
			if f.Value == "yes" {
				e.Default = "true"
			}
		}
		out[i] = e
	}
	return out
}

func sentence(s string) string {
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, ":") {
		return s
	}
	return s + "."
}

// dialogIntro is what stands above the fields. A dialog that opens can't show mistakes
// at its fields: they stand here.
func dialogIntro(f chat.Form) string {
	var lines []string
	if f.Error != "" {
		lines = append(lines, "⚠ "+escape(f.Error))
	}
	for _, field := range f.Fields {
		if field.Error != "" {
			lines = append(lines, "⚠ **"+inline(oneLine(field.Label), ' ')+":** "+escape(field.Error))
		}
	}
	if f.Intro != "" {
		lines = append(lines, escape(f.Intro))
	}
	return strings.Join(lines, "\n\n")
}

// hasErrors says whether a form is shown because of mistakes.
func hasErrors(f chat.Form) bool {
	return f.Error != "" || slices.ContainsFunc(f.Fields, func(x chat.Field) bool { return x.Error != "" })
}

// errorsFor are those of the fields that a dialog has, and one text for the others.
func errorsFor(f chat.Form, has []string) (at map[string]string, other string) {
	at = map[string]string{}
	var rest []string
	if f.Error != "" {
		rest = append(rest, chat.Quiet(f.Error))
	}
	for _, field := range f.Fields {
		switch {
		case field.Error == "":
		case slices.Contains(has, field.Name):
			at[field.Name] = chat.Quiet(field.Error)
		default:
			rest = append(rest, chat.Quiet(sentence(field.Label+": "+field.Error)))
		}
	}
	return at, strings.Join(rest, " ")
}

// submittedValues are the values of a sent dialog by field.
func submittedValues(names []string, sent map[string]any) map[string]string {
	out := make(map[string]string, len(names))
	for _, name := range names {
		switch v := sent[name].(type) {
		case string:
			out[name] = strings.ToValidUTF8(v, "\uFFFD")
		case bool:
			out[name] = ""
			if v {
				out[name] = "yes"
			}
		default: // null where nothing was chosen
			out[name] = ""
		}
	}
	return out
}
