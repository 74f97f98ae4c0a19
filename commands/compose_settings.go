package commands

import (
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/chat"
)

// settingsChanged says what the network has agreed on from now on.
func (w *composition) settingsChanged(notice benchmark.Notice, by string) string {
	was, now := notice.Was, notice.Now
	text := w.t("notice.settings", "By", by)
	if notice.New != notice.Old {
		text += " " + w.t("agreed.name", "Network", chat.Quiet(notice.New))
	}
	if was.Visibility != now.Visibility {
		text += " " + w.t("promise."+string(now.Visibility))
	}
	switch {
	case was.SmallNumber == now.SmallNumber:
	case now.SmallNumber == 0:
		text += " " + w.t("promise.all-numbers")
	case now.SmallNumber > was.SmallNumber:
		text += " " + w.t("promise.more-hidden", "Threshold", now.SmallNumber)
	default:
		text += " " + w.t("promise.fewer-hidden", "Threshold", now.SmallNumber)
	}
	switch {
	case was.KeepTexts == now.KeepTexts:
	case now.KeepTexts == 0:
		text += " " + w.t("promise.kept-on")
	default:
		text += " " + w.t("promise.kept-for", "Count", now.KeepTexts)
	}
	if was.KeepTexts > 0 && (now.KeepTexts == 0 || now.KeepTexts > was.KeepTexts) {
		text += " " + w.t("promise.kept-before")
	}
	return text + w.ways(was, now)
}

// ways are those settings under which nobody answers: when something is shown by itself,
// and in which language, by which clock and calendar.
func (w *composition) ways(was, now benchmark.Settings) (text string) {
	switch {
	case was.PublishAfter == now.PublishAfter:
	case now.PublishAfter == 0:
		text += " " + w.t("agreed.publish-none")
	default:
		text += " " + w.t("agreed.publish", "Count", int(now.PublishAfter/time.Hour))
	}
	if was.Language != now.Language {
		text += " " + w.t("agreed.language")
	}
	if was.Zone != now.Zone {
		text += " " + w.t("agreed.zone", "Zone", now.Zone)
		if c := w.n.Current(); c != nil && c.Phase == benchmark.Open {
			text += " " + w.t("settings.zone-moved", "Closes", w.when(c.Closes))
		}
	}
	switch {
	case was.Holidays == now.Holidays:
	case now.Holidays == "":
		text += " " + w.t("agreed.holidays-none")
	default:
		text += " " + w.t("agreed.holidays", "Country", strings.ToUpper(now.Holidays))
	}
	return text
}
