package bell

import "testing"

func rung(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestRingWakesTheNetworksListenersOnly(t *testing.T) {
	var b Bell
	first, stopFirst := b.Listen("a")
	second, stopSecond := b.Listen("a")
	other, stopOther := b.Listen("b")
	b.Ring("a")
	if !rung(first) || !rung(second) {
		t.Error("a listener to the network was not woken")
	}
	if rung(other) {
		t.Error("a listener to another network was woken")
	}
	later, stopLater := b.Listen("a")
	if rung(later) {
		t.Error("a ring before Listen woke a listener")
	}
	stopFirst()
	stopSecond()
	b.Ring("a")
	if !rung(later) {
		t.Error("the stop of an earlier listener took away a later one")
	}
	stopLater()
	b.RingAll()
	if !rung(other) {
		t.Error("RingAll left a listener asleep")
	}
	stopOther()
}

func TestNobodyIsAwaitedAfterStop(t *testing.T) {
	var b Bell
	_, stopFirst := b.Listen("a")
	_, stopSecond := b.Listen("a")
	stopFirst()
	if !b.Awaited() {
		t.Error("one of two listeners stopped, and the other is forgotten")
	}
	stopSecond()
	if b.Awaited() {
		t.Error("all listeners stopped, and the network is kept")
	}
}
