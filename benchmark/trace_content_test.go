package benchmark_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"roundtable/benchmark"
)

// filled gives everything in an event a value.
func filled(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Uint64:
		v.SetUint(7)
	case reflect.Float64:
		v.SetFloat(7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for k := range v.Len() {
			filled(v.Index(k))
		}
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		filled(key)
		filled(value)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(start))
			return
		}
		for _, field := range v.Fields() {
			if field.CanSet() {
				filled(field)
			}
		}
	default:
	}
}

// No event of any kind tells who did it a letter, what letters are made from, a number that is
// common, or what an organisation answered that they weren't of.
func TestTracesTellNothingOfOthers(t *testing.T) {
	secret := map[string]bool{"code": true, "codes": true, "seed": true, "middle": true, "thirds": true, "figure": true, "answer": true, "doubt": true, "position": true}
	seen := 0
	for kind, body := range benchmark.EveryBody() {
		v := reflect.New(reflect.TypeOf(body)).Elem()
		filled(v)
		e := benchmark.Event{Seq: 1, At: start, By: "p1", Body: v.Interface().(benchmark.Body)}
		traces, err := benchmark.Traces([]benchmark.ParticipantID{"p1"}, func(yield func(benchmark.Event, error) bool) { yield(e, nil) })
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		for _, x := range traces {
			seen++
			var content map[string]any
			if err := json.Unmarshal(x.Content, &content); err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			for key := range content {
				if secret[key] {
					t.Errorf("%s tells its %s: %s", kind, key, x.Content)
				}
			}
		}
	}
	if seen < 50 {
		t.Errorf("only %d kinds are told", seen)
	}
}

// Whoever facilitates a network of letters, and reads a file, is told no letter and no figure but
// those of their own organisation.
func TestTracesOfAFacilitatorWithLetters(t *testing.T) {
	b := founded(t, 4, falls())
	lettered(b)
	b.do("p1", benchmark.AddOrganisation("Harbour", false))
	figures := []benchmark.Recorded{
		{Period: "2025-Q1", Organisation: "o1", Indicator: "falls", Figure: benchmark.Figure{Numerator: 111, Denominator: 400}},
		{Period: "2025-Q1", Organisation: "o2", Indicator: "falls", Figure: benchmark.Figure{Numerator: 222, Denominator: 400}},
	}
	b.do("p1", benchmark.RecordHistory{Figures: figures})
	traces, err := benchmark.Traces([]benchmark.ParticipantID{"p1"}, b.events())
	if err != nil {
		t.Fatal(err)
	}
	all, others := "", 0
	for _, x := range traces {
		all += x.Kind + string(x.Content)
		if x.Others {
			others++
		}
	}
	for _, kind := range []string{"letters.dealt", "organisation.joined", "round.recorded"} {
		if !strings.Contains(all, kind) {
			t.Errorf("it holds no %s", kind)
		}
	}
	for _, secret := range []string{`"code"`, `"codes"`, `"seed"`, "222"} {
		if strings.Contains(all, secret) {
			t.Errorf("it tells %s", secret)
		}
	}
	if !strings.Contains(all, "111") || others != 1 {
		t.Errorf("their own figure isn't told, or %d are of others", others)
	}
}
