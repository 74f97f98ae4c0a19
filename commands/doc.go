// Package commands answers what people type, press and fill in.
//
// A verb is a value in a file that bears its name: [verb] says its ways in and
// what it needs, allVerbs lists them. Handle (commands.go) finds the verb and sees
// that its needs are met; the verb reads what came, has the domain decide, and says
// what came of it, in the language of the person. Everything that is typed can be
// pressed as well, because on some platforms commands don't reach everybody; a
// text, a button's value and a form's values lead to the same decision.
//
// What several verbs read stands in a file of its own: a figure as it is typed
// (figure.go), a date (date.go), an indicator's name and a round as an
// organisation answers it (answersheet.go). What people say in threads, and delete
// there, is in thread.go.
//
// What the courier posts is put into words in the compose_*.go files; composers
// lists who does it for which duty.
//
// What it promises: whatever somebody does is answered, a refusal with its reason
// and the next step; what was typed into a form is kept; nothing said in a reply is
// seen by anybody else.
//
// What people read stands in locale/messages, a file for each verb. Decisions
// stand in benchmark. Here is only what lies between, and nothing here knows a
// platform.
package commands
