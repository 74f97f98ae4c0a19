// Command limits times the exact limits and flags of a large funnel. bench/r.sh
// runs it, and the same in R, on the same rows.
//
//	limits -write rows.csv            write the rows
//	limits -rows rows.csv -out x.csv  time them; write what was computed
package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"slices"
	"strconv"
	"time"

	"roundtable/stats"
)

const rows = 379

func main() {
	log.SetFlags(0)
	write := flag.String("write", "", "write the rows to this file")
	read := flag.String("rows", "", "time the rows of this file")
	out := flag.String("out", "", "write what was computed to this file")
	flag.Parse()
	if err := run(*write, *read, *out); err != nil {
		log.Fatal(err)
	}
}

func run(write, read, out string) error {
	if write != "" {
		return table(write, "numerator,denominator", rows, func(i int) []float64 {
			n := 20 + i*i*37%4000
			return []float64{float64(n * (80 + i*53%90) / 1000), float64(n)}
		})
	}
	observations, err := observations(read)
	if err != nil {
		return err
	}
	var f stats.Funnel
	var times []float64 // milliseconds
	for range 201 {
		start := time.Now()
		if f, err = stats.ProportionFunnel(observations); err != nil {
			return err
		}
		times = append(times, float64(time.Since(start).Nanoseconds())/1e6)
	}
	slices.Sort(times)
	fmt.Printf("%.6f\n", times[len(times)/2])
	return table(out, "low998,low95,high95,high998,flag", len(f.Points), func(i int) []float64 {
		l := f.Points[i].Limits
		return []float64{l.Low998, l.Low95, l.High95, l.High998, float64(f.Points[i].Flag)}
	})
}

// observations reads rows.
func observations(name string) ([]stats.Proportion, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // only read
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, err
	}
	var all []stats.Proportion
	for _, r := range records[1:] {
		numerator, bad := strconv.Atoi(r[0])
		denominator, worse := strconv.Atoi(r[1])
		if err := errors.Join(bad, worse); err != nil {
			return nil, err
		}
		all = append(all, stats.Proportion{Numerator: numerator, Denominator: denominator})
	}
	return all, nil
}

// table writes numbers as CSV.
func table(name, header string, count int, of func(int) []float64) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(file)
	fmt.Fprintln(w, header)
	for i := range count {
		for k, x := range of(i) {
			if k > 0 {
				fmt.Fprint(w, ",")
			}
			fmt.Fprint(w, strconv.FormatFloat(x, 'g', -1, 64))
		}
		fmt.Fprintln(w)
	}
	return errors.Join(w.Flush(), file.Close())
}
