package config

import _ "embed"

// Example is a settings file that shows and explains every key. It loads when
// the variables it names are set.
//
//go:embed example.yaml
var Example string
