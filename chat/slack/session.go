package slack

import (
	"crypto/rand"
	"maps"
	"reflect"
	"slices"
	"sync"

	"roundtable/chat"
)

// session is a form in front of somebody. It is lost when the process ends; what
// is [carried] with the modal lets the form go on then.
type session struct {
	id    string
	form  chat.Form
	pages [][]int // of fields, by their place in the form
	place place

	mu     sync.Mutex
	values map[string]string // what stands on the pages that have been left
}

// begin keeps a form that is about to be shown.
func (p *Platform) begin(w place, f chat.Form) *session {
	o := &session{id: rand.Text(), form: f, place: w, values: map[string]string{}}
	o.form.Fields = slices.Clone(f.Fields)
	o.pages = p.paginate(o)
	p.forms.keep(o.id, o)
	return o
}

func (o *session) blockID(field string) string { return o.id[:8] + "/" + field }

// keep remembers what stands on a page.
func (o *session) keep(values map[string]string) map[string]string {
	o.mu.Lock()
	defer o.mu.Unlock()
	maps.Copy(o.values, values)
	return maps.Clone(o.values)
}

// filledIn is the form with what has been typed so far.
func (o *session) filledIn() *session {
	o.mu.Lock()
	defer o.mu.Unlock()
	with := &session{id: o.id, form: o.form, pages: o.pages, place: o.place}
	with.form = keepTyped(o.form, o.values)
	return with
}

// keepTyped puts what was typed back into a form.
func keepTyped(f chat.Form, typed map[string]string) chat.Form {
	f.Fields = slices.Clone(f.Fields)
	for i, field := range f.Fields {
		v, ok := typed[field.Name]
		if ok && (field.Kind != chat.Choice || v == "" || slices.ContainsFunc(field.Options, func(o chat.Option) bool { return o.Value == v })) {
			f.Fields[i].Value = v
		}
	}
	return f
}

// mistaken says whether the form is shown again because of mistakes.
func mistaken(f chat.Form) bool {
	return f.Error != "" || slices.ContainsFunc(f.Fields, func(f chat.Field) bool { return f.Error != "" })
}

// alike says whether two forms differ in nothing but values and mistakes of
// fields, so that the one in front of the person can stay.
func alike(a, b chat.Form) bool {
	bare := func(f chat.Form) chat.Form {
		f.Fields = slices.Clone(f.Fields)
		for i := range f.Fields {
			f.Fields[i].Value, f.Fields[i].Error = "", ""
		}
		return f
	}
	return reflect.DeepEqual(bare(a), bare(b))
}

// pageOf is the first page with a mistake.
func (o *session) pageOf() int {
	for n, page := range o.pages {
		if slices.ContainsFunc(page, func(i int) bool { return o.form.Fields[i].Error != "" }) {
			return n
		}
	}
	return 0
}

// values are what stands in the fields of a modal, by name.
func (v view) values() map[string]string {
	all := map[string]string{}
	for _, block := range v.State.Values {
		for name, in := range block {
			all[name] = in.text()
		}
	}
	return all
}
