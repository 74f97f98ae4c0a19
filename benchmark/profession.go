package benchmark

import (
	"strings"
	"unicode/utf8"

	"roundtable/benchmark/freetext"
	"roundtable/benchmark/refusal"
)

// A profession stands beside a name, where an organisation would: it tells what somebody
// does, and never for whom they speak.

// checkProfession returns what somebody says of their work in one plain line, and refuses
// what names an organisation of the network, or says that they lead it.
func (d *decision) checkProfession(p Profession) (Profession, error) {
	clean, err := d.checkText(string(p), maxName, "profession")
	if err != nil {
		return "", err
	}
	plain := plainProfession(Profession(clean))
	if claims(d.n, plain) != "" {
		return "", refuse(refusal.ProfessionClaims, "Name", claims(d.n, plain)).at("profession")
	}
	return plain, nil
}

// ProfessionOf is the profession of a participant as others read it: without what is set off
// as an organisation's name would be; empty where it names one by now.
func ProfessionOf(n *Network, p Participant) Profession {
	plain := plainProfession(p.Profession)
	if claims(n, plain) != "" {
		return ""
	}
	return plain
}

// plainProfession is a profession in one line; what is behind a comma or in brackets stands
// behind a stroke.
func plainProfession(p Profession) Profession {
	parts := strings.FieldsFunc(freetext.RoundBrackets(string(p)), func(r rune) bool {
		return strings.ContainsRune("(),;:|[]{}–—、，；：", r) || r == '\n'
	})
	var plain []string
	for _, part := range parts {
		if part = oneLine(part); part != "" {
			plain = append(plain, part)
		}
	}
	return Profession(strings.Join(plain, " / "))
}

// leads is what who leads is called, in all languages.
const leads = "facilitator"

// claims returns the organisation that a profession names, or the word for who leads; empty
// for neither.
func claims(n *Network, p Profession) string {
	said := " " + strings.Join(strings.FieldsFunc(freetext.NameKey(string(p)), func(r rune) bool { return strings.ContainsRune(" /.-@&+", r) }), " ") + " "
	for _, o := range n.Organisations {
		key := freetext.NameKey(o.Name)
		words := strings.Join(strings.FieldsFunc(key, func(r rune) bool { return strings.ContainsRune(" /.-@&+", r) }), " ")
		if !o.Gone && utf8.RuneCountInString(key) > 1 && strings.Contains(said, " "+words+" ") {
			return o.Name
		}
	}
	if strings.Contains(said, " "+leads+" ") {
		return leads
	}
	return ""
}
