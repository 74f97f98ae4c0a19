package notify

import "testing"

func notified(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func TestNotifyWakesTheNetworksSubscribersOnly(t *testing.T) {
	var h Hub
	first, stopFirst := h.Subscribe("a")
	second, stopSecond := h.Subscribe("a")
	other, stopOther := h.Subscribe("b")
	h.Notify("a")
	if !notified(first) || !notified(second) {
		t.Error("a subscriber to the network was not woken")
	}
	if notified(other) {
		t.Error("a subscriber to another network was woken")
	}
	later, stopLater := h.Subscribe("a")
	if notified(later) {
		t.Error("a notification before Subscribe woke a subscriber")
	}
	stopFirst()
	stopSecond()
	h.Notify("a")
	if !notified(later) {
		t.Error("the stop of an earlier subscriber took away a later one")
	}
	stopLater()
	h.NotifyAll()
	if !notified(other) {
		t.Error("NotifyAll left a subscriber asleep")
	}
	stopOther()
}

func TestNoSubscribersAfterStop(t *testing.T) {
	var h Hub
	_, stopFirst := h.Subscribe("a")
	_, stopSecond := h.Subscribe("a")
	stopFirst()
	if !h.HasSubscribers() {
		t.Error("one of two subscribers stopped, and the other is forgotten")
	}
	stopSecond()
	if h.HasSubscribers() {
		t.Error("all subscribers stopped, and the network is kept")
	}
}
