package stats

import (
	"math/rand/v2"
	"testing"
)

// A large network: 100 organisations, 30 indicators. A full round of
// comparisons should take less than 20 ms.
func BenchmarkRound(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	indicators := make([][]Proportion, 30)
	for i := range indicators {
		theta := 0.02 + 0.03*float64(i)
		for range 100 {
			n := 20 + random.IntN(1500)
			r := 0
			for range n {
				if random.Float64() < theta {
					r++
				}
			}
			indicators[i] = append(indicators[i], Proportion{r, n})
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, observations := range indicators {
			if _, err := ProportionFunnel(observations); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// As BenchmarkRound, for rates.
func BenchmarkRoundOfRates(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	indicators := make([][]Rate, 30)
	for i := range indicators {
		for range 100 {
			exposure := 100 + 9000*random.Float64()
			indicators[i] = append(indicators[i], Rate{int(exposure * 0.002 * float64(i+1) * (0.5 + random.Float64())), exposure})
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, observations := range indicators {
			if _, err := RateFunnel(observations); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// One picture's lines at 200 sizes.
func BenchmarkCurve(b *testing.B) {
	f, err := ProportionFunnel([]Proportion{{30, 200}, {100, 1000}})
	if err != nil {
		b.Fatal(err)
	}
	sizes := make([]float64, 200)
	for i := range sizes {
		sizes[i] = float64(10 + 10*i)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.Curve(sizes); err != nil {
			b.Fatal(err)
		}
	}
}
