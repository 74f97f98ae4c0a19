package commands

import (
	"context"

	"roundtable/benchmark"
	"roundtable/chat"
)

// muteVerb turns one's own reminders off, unmuteVerb on again.
var (
	muteVerb   = verb{name: "mute", synonyms: []string{"quiet", "tyst"}, needs: aParticipant, typed: muteReminders, pressed: muteReminders}
	unmuteVerb = verb{name: "unmute", needs: aParticipant, typed: unmuteReminders, pressed: unmuteReminders}
)

// muteReminders turns one's own nudges off, unmuteReminders on again.
func muteReminders(ctx context.Context, r *request, _ string) chat.Reply {
	return setMuted(ctx, r, true)
}

func unmuteReminders(ctx context.Context, r *request, _ string) chat.Reply {
	return setMuted(ctx, r, false)
}

func setMuted(ctx context.Context, r *request, muted bool) chat.Reply {
	if err := r.decide(ctx, benchmark.Mute{Muted: muted}); err != nil {
		return r.refused(err)
	}
	if muted {
		return r.say(r.t("mute.done"), r.button("unmute", "unmute", ""))
	}
	return r.say(r.t("mute.undone"), r.button("mute", "mute", ""))
}
