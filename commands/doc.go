// Package commands answers what people type, press and fill in: one verb a
// file. A verb reads what came, has the domain decide, and says what came of
// it, in the language of the person. It also puts into words what the courier
// posts (the compose_*.go files).
//
// Everything that is typed can be pressed as well, because on some platforms
// commands don't reach everybody. A verb therefore has up to three ways in: a
// text, a button's value, a form's values; they lead to the same decision.
//
// What people read stands in locale/messages. Decisions stand in benchmark.
// Here is only what lies between, and nothing here knows a platform.
package commands
