// Package config holds what a person may decide about a running Roundtable: one
// documented struct, [Config], read from a YAML file, the environment and the
// flags of the command line.
//
// It promises:
//   - Defaults that run. Without any setting the program starts on this machine
//     alone, with a journal in the current folder.
//   - Flags over environment over file. An empty value, wherever it is written,
//     is the same as none.
//   - Nothing is guessed. An unknown key, a variable that isn't set and a value
//     of the wrong shape are mistakes, and all mistakes are reported at once,
//     each with its place and with what to do ([mistake.List]).
//   - What is a secret stays one. A [Secret] shows itself only to Reveal; no
//     mistake and no warning repeats one.
//
// It does not reach out: whether a token is accepted or a server answers is
// learned elsewhere. It does not read the file again while the program runs.
package config
