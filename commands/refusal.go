package commands

import (
	"context"
	"errors"
	"strings"
	"time"

	"roundtable/benchmark"
	"roundtable/benchmark/period"
	"roundtable/benchmark/refusal"
	"roundtable/bot"
	"roundtable/chat"
	"roundtable/locale"
)

// refuse is a refusal for the reason.
func refuse(reason refusal.Reason, args ...any) *benchmark.Refusal {
	return &benchmark.Refusal{Reason: reason, Args: args}
}

// What is refused before the domain is asked, whichever verb it is; what a single
// verb or reader refuses stands with it.
const (
	buttonOld      refusal.Reason = "button-old"
	formUnreadable refusal.Reason = "form-unreadable"
	guestsTakePart refusal.Reason = "guests-take-part"
)

// ownReasons are all that this package refuses for, beside the domain's; each has
// its words in every language.
var ownReasons = []refusal.Reason{
	adminsOnly,
	buttonOld,
	channelLeft,
	codeGuessed,
	countryUnknown,
	dateMissing,
	dateTwoWays,
	figureEmpty,
	figureNotQuotient,
	figureRest,
	figureSpaces,
	figureUnit,
	formUnreadable,
	settingUnknown,
	guessNothing,
	languageMissing,
	guestsTakePart,
	noSuchIndicatorNear,
	notAtThatTable,
	networkElsewhere,
	notOpen,
	nameNear,
	nameSeveral,
	nameUnknown,
	nothingPublished,
	numberNotWhole,
	numberUnreadable,
	oneOrganisation,
	openAgain,
	organisationMissing,
	organisationNameMissing,
	organisationUnknown,
	roundOver,
	twoOrganisations,
}

// verbatim is an argument of a refusal that is in words already and is not
// shortened.
type verbatim string

// Words says a refusal in a language, with instants in the zone; trigger is how
// a command begins. What somebody typed is shortened.
func Words(l *locale.Locale, zone *time.Location, trigger string, x *benchmark.Refusal) string {
	args := make([]any, len(x.Args), len(x.Args)+2)
	copy(args, x.Args)
	for k := 1; k < len(args); k += 2 {
		switch v := args[k].(type) {
		case verbatim:
			args[k] = string(v)
		case time.Time:
			args[k] = l.DateTime(v, zone)
		case benchmark.RoundID:
			args[k] = echoed(periodIn(l, v))
		case []benchmark.RoundID:
			var read []string
			for _, id := range v {
				name, written := periodIn(l, id), period.Write(string(id))
				if !strings.Contains(name, written) {
					name += " (" + written + ")"
				}
				read = append(read, name)
			}
			args[k] = strings.Join(read, ", ")
		case benchmark.IndicatorID:
			args[k] = echoed(string(v))
		case string:
			if args[k-1] == "Round" || args[k-1] == "Other" {
				v = periodIn(l, benchmark.RoundID(v))
			}
			args[k] = echoed(v)
			if v == "" && args[k-1] == "Name" { // erased meanwhile
				args[k] = l.T("person.somebody")
			}
		}
	}
	return l.T("refusal."+string(x.Reason), append(args, "Trigger", trigger)...)
}

// periodIn is a round's period as it stands within a sentence: "the fourth
// quarter of 2026".
func periodIn(l *locale.Locale, id benchmark.RoundID) string {
	name := l.Period(string(id))
	if name == string(id) || !strings.ContainsAny(string(id), "HTQFW") {
		return name
	}
	return l.T("round.part-of-year", "Period", name)
}

// words says what a refusal means, with its next step.
func (r *request) words(x *benchmark.Refusal) string {
	text := Words(r.l, r.zone, r.trigger, x)
	if x.Reason == refusal.NoNetwork && r.in.Direct {
		return r.t("refusal.no-network-direct")
	}
	if x.Reason == refusal.NotAParticipant && hasLeft(r) {
		return r.t("refusal.not-a-participant-left")
	}
	return text
}

// hasLeft says whether who asks took part in the network, and has left.
func hasLeft(r *request) (left bool) {
	if r.table != nil {
		r.read(func(n *benchmark.Network) {
			left = n.HasLeft(benchmark.Address{Connection: r.in.From.ID.Connection, User: r.in.From.ID.User})
		})
	}
	return left
}

// refused replies to an error of a decision: a refusal in words, or a failure.
func (r *request) refused(err error) chat.Reply {
	var one *benchmark.Refusal
	var many benchmark.Refusals
	switch {
	case errors.Is(err, benchmark.ErrRepeated):
		return chat.Reply{}
	case maybeNumber(err) != nil:
		return r.askAboutNumber(maybeNumber(err), "")
	case errors.As(err, &many) && len(many) > 0:
		text := ""
		for _, x := range many {
			text = joinLines(text, r.words(x))
		}
		return r.say(text, r.nextSteps(many[0])...)
	case errors.As(err, &one):
		return r.say(r.words(one), r.nextSteps(one)...)
	}
	return r.failed(err)
}

// nextSteps are the buttons that help after a refusal.
func (r *request) nextSteps(x *benchmark.Refusal) []chat.Button {
	name, action := "", ""
	switch x.Reason {
	case refusal.NoNetwork:
		if r.in.Direct {
			return nil
		}
		return []chat.Button{r.button("setup", "setup", ""), r.button("link", "link", "")}
	case refusal.NotAParticipant, refusal.NoOrganisation, refusal.NoSuchOrganisation:
		name, action = "join", "join"
	case languageMissing:
		return languageButtons()
	case refusal.NoSuchIndicator, noSuchIndicatorNear:
		name, action = "template", "template"
	case refusal.NothingToWithdraw:
		name, action = "submit", "submit"
	case refusal.SkipAfterAnswering:
		name, action = "withdraw", "withdraw"
	case refusal.PositionUnknown:
		name, action = "guess", "predict"
	case refusal.GuessTooLate:
		name, action = "compare", "compare"
	case refusal.FacilitatorOnly:
		name, action = "help", "help"
	case refusal.RoundStillOpen:
		name, action = "close", "close"
	case refusal.AlreadyFounded, refusal.RoundClosed, nothingPublished, buttonOld, refusal.NoSuchRound, roundOver, refusal.NotPublished, refusal.UndoTooLate, refusal.DraftOld, refusal.DraftChanged, openAgain:
		name, action = "status", "status"
	case refusal.PeriodUsed, notOpen:
		name, action = "reopen", "reopen"
	case refusal.NoRound:
		if !r.me.Facilitator {
			name, action = "template", "template"
			break
		}
		name, action = "open", "open"
	default:
		return nil
	}
	return []chat.Button{r.button(name, action, "")}
}

// failed replies to what isn't the person's doing. What it was is logged, not
// shown.
func (r *request) failed(err error) chat.Reply {
	return r.say(r.failure(err))
}

func (r *request) failure(err error) string {
	r.c.options.Log.Error("request failed", "error", err)
	switch {
	case errors.Is(err, bot.ErrStoreFull):
		return r.t("failure.full")
	case errors.Is(err, bot.ErrStoreReadOnly):
		return r.t("failure.read-only")
	case errors.Is(err, bot.ErrStoreDamaged):
		return r.t("failure.damaged")
	case errors.Is(err, bot.ErrStoreNewer), errors.Is(err, benchmark.ErrUnknownEvent):
		return r.t("failure.newer")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return r.t("failure.slow")
	}
	return r.t("failure.other")
}
