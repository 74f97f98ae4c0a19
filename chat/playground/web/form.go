package web

import (
	"strconv"

	"roundtable/chat"
	"roundtable/chat/playground"
)

// formView is a form as its template takes it.
type formView struct {
	ID, Title, Submit, Intro, Error string
	Sections                        []sectionView
	// Wrong are the fields with a mistake, for the summary on top.
	Wrong []fieldView
}

type sectionView struct {
	Title  string
	Fields []fieldView
}

type fieldView struct {
	Element, Name, Kind      string
	Label, Help, Error       string
	Value, Placeholder       string
	Options                  []optionView
	Optional, Checked, Empty bool
	Max                      int
}

type optionView struct {
	Label, Value string
	Chosen       bool
}

var fieldKinds = map[chat.FieldKind]string{chat.Line: "line", chat.Area: "area", chat.Choice: "choice", chat.Check: "check"}

func newFormView(f *playground.OpenForm) formView {
	m := formView{ID: f.ID, Title: f.Form.Title, Submit: f.Form.Submit, Intro: f.Form.Intro, Error: f.Form.Error}
	for k, x := range f.Form.Fields {
		v := fieldView{
			Element: "field-" + strconv.Itoa(k), Name: x.Name, Kind: fieldKinds[x.Kind], Label: x.Label, Help: x.Help,
			Error: x.Error, Value: x.Value, Placeholder: x.Placeholder, Optional: x.Optional, Checked: x.Value == "yes", Max: x.MaxLength,
		}
		if v.Max == 0 {
			v.Max = chat.MaxField
		}
		v.Empty = x.Optional || x.Value == ""
		for _, o := range x.Options {
			v.Options = append(v.Options, optionView{o.Label, o.Value, o.Value == x.Value})
		}
		if n := len(m.Sections); n == 0 || m.Sections[n-1].Title != x.Section {
			m.Sections = append(m.Sections, sectionView{Title: x.Section})
		}
		last := &m.Sections[len(m.Sections)-1]
		last.Fields = append(last.Fields, v)
		if v.Error != "" {
			m.Wrong = append(m.Wrong, v)
		}
	}
	return m
}
