package redis

import (
	"errors"
	"strings"
)

// keys is the prefix of the store's keys, and makes their names.
type keys string

func newKeys(prefix string) (keys, error) {
	if prefix == "" {
		prefix = defaultPrefix
	}
	if len(prefix) > 128 || strings.ContainsAny(prefix, "{} \r\n\x00") {
		return "", errors.New("prefix= in the address of Redis: at most 128 characters, no braces, no spaces")
	}
	return keys(prefix), nil
}

// batch returns the KEYS of the script that appends, all in one slot.
func (k keys) batch(network string) []string {
	return []string{k.log(network), k.data(network), k.erased(network), k.state(network), k.addresses(network), k.proofs(network)}
}

// of returns a key of the network. All of them are in one hash slot.
func (k keys) of(network, what string) string { return string(k) + ":{" + network + "}:" + what }

func (k keys) log(network string) string       { return k.of(network, "log") }
func (k keys) data(network string) string      { return k.of(network, "data") }
func (k keys) erased(network string) string    { return k.of(network, "erased") }
func (k keys) proofs(network string) string    { return k.of(network, "proofs") }
func (k keys) state(network string) string     { return k.of(network, "state") }
func (k keys) addresses(network string) string { return k.of(network, "addresses") }

// due and dueTokens are in one slot, and it isn't a network's: no name has ':'.
func (k keys) due() string       { return string(k) + ":{index:due}:at" }
func (k keys) dueTokens() string { return string(k) + ":{index:due}:tokens" }

func (k keys) address(hash string) string { return string(k) + ":address:" + hash }
func (k keys) networks() string           { return string(k) + ":networks" }
func (k keys) secret() string             { return string(k) + ":secret" }
func (k keys) layout() string             { return string(k) + ":layout" }
func (k keys) ping() string               { return string(k) + ":ping" }
func (k keys) lease(name string) string   { return string(k) + ":lease:" + name }
