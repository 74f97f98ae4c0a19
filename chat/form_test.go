package chat

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestFormSize sees that a form that doesn't fit in one window is refused.
func TestFormSize(t *testing.T) {
	with := func(fields int, field Field) Form {
		f := Form{Name: "submit", Title: "Submit", Submit: "Send"}
		for n := range fields {
			field.Name, field.Label = fmt.Sprint("f", n), "Falls"
			f.Fields = append(f.Fields, field)
		}
		return f
	}
	var options []Option
	for n := range MaxOptions {
		options = append(options, Option{Label: strings.Repeat("l", MaxLabel), Value: fmt.Sprintf("%0*d", MaxOption, n)})
	}
	for name, tt := range map[string]struct {
		form Form
		fits bool
	}{
		"as many fields":     {with(MaxFields, Field{}), true},
		"a field more":       {with(MaxFields+1, Field{}), false},
		"full texts":         {with(MaxFields, Field{Kind: Area, Value: strings.Repeat("v", MaxField)}), true},
		"full wide texts":    {with(MaxFields, Field{Kind: Area, Value: strings.Repeat("å", MaxField)}), false},
		"few long lists":     {with(6, Field{Kind: Choice, Options: options}), true},
		"many long lists":    {with(8, Field{Kind: Choice, Options: options}), false},
		"a heading":          {with(1, Field{Section: strings.Repeat("s", MaxSection)}), true},
		"a heading too long": {with(1, Field{Section: strings.Repeat("s", MaxSection+1)}), false},
	} {
		if err := tt.form.Check(); (err == nil) != tt.fits || err != nil && !errors.Is(err, ErrRefused) {
			t.Errorf("%s: %v, want it to fit: %v", name, err, tt.fits)
		}
	}
}
