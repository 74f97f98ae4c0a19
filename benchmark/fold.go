package benchmark

import (
	"errors"
	"fmt"
	"time"
)

// Fold returns the network that the events have made.
func Fold(events []Event) (*Network, error) {
	n := &Network{}
	for _, e := range events {
		if err := n.Apply(e); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// Apply folds an event into the network. An event whose number was applied
// before changes nothing; one that leaves a gap is an error, as is one that
// speaks of something that was never there: then the journal is not of this
// network, or is damaged.
func (n *Network) Apply(e Event) error {
	switch {
	case e.Seq <= n.Seq:
		return nil
	case e.Seq != n.Seq+1:
		return fmt.Errorf("apply event %d: the last one was %d", e.Seq, n.Seq)
	}
	if _, first := e.Body.(NetworkFounded); first == n.Founded() {
		return fmt.Errorf("apply event %d (%s): %w", e.Seq, e.Body.Kind(), errFounding)
	}
	n.Seq = e.Seq
	if e.Incoming != "" {
		n.seen.add(e.Incoming)
	}
	if err := n.apply(e); err != nil {
		return fmt.Errorf("apply event %d (%s): %w", e.Seq, e.Body.Kind(), err)
	}
	return nil
}

// errFounding: a network is founded once, and by its first event.
var errFounding = errors.New("a network is founded by its first event and by no other")

func (n *Network) apply(e Event) error {
	switch b := e.Body.(type) {
	case Gone:
		n.gone(b)
	case NetworkFounded:
		return n.founded(e, b)
	case SeatOffered, SeatTaken, SeatMoved, WorkspaceBound:
		return n.applySeat(e)
	case OrganisationJoined:
		n.Organisations = append(n.Organisations, Organisation{ID: b.Organisation, Name: b.Name, Code: b.Code})
	case ParticipantJoined:
		return n.participantJoined(b)
	case IdentityGiven:
		return n.identityGiven(b)
	case ParticipantConfirmed:
		return n.participantConfirmed(b)
	case ParticipantLeft:
		return n.changing(e.By, func(p *Participant) { p.Left = true })
	case NudgesMuted:
		return n.changing(e.By, func(p *Participant) { p.Muted = b.Muted })
	case NudgesSnoozed:
		return n.changing(e.By, func(p *Participant) { p.Snoozed = b })
	case TemplateAdopted:
		n.Templates = append(n.Templates, b.Template)
	case TextWritten:
		n.lastText++
		n.texts[b.Text] = written{b.Body, e.Seq}
	case ContributionMade:
		n.contributed(e, b)
	case ContributionRevised:
		return n.revised(e, b)
	case ContributionWithdrawn:
		return n.withdrawn(e, b)
	case LearningNoticed:
		return n.noticed(e, b)
	case LearningSupported:
		return n.supported(e, b.Learning)
	case LearningReleased:
		return n.released(e, b.Learning)
	case ReflectionMade:
		n.Reflections = append(n.Reflections, Reflection{
			By: e.By, At: e.At, Round: b.Round,
			Indicator: b.Indicator, Prompt: b.Prompt, Text: b.Text, Shared: b.Shared,
		})
	case CommitmentMade:
		n.Commitments = append(n.Commitments, Commitment{
			ID: b.Commitment, By: e.By, At: e.At,
			Organisation: b.Organisation, Round: b.Round, Indicator: b.Indicator, Text: b.Text, Until: b.Until,
		})
	case DutyBegun:
		d := n.discharges[b.Key]
		d.Begun = b.Revision
		n.discharges[b.Key] = d
	case DutyDone:
		n.dutyDone(e, b)
	case DutyDropped:
		d := n.discharges[b.Key]
		d.Done, d.Dropped = b.Revision, b.Why
		n.discharges[b.Key] = d
		n.settle(b.Key, e.At)
	default:
		return n.applyRound(e)
	}
	return nil
}

// gone keeps the counters right past an erased event.
func (n *Network) gone(b Gone) {
	if b.Was == (TextWritten{}).Kind() {
		n.lastText++
	}
}

func (n *Network) founded(e Event, b NetworkFounded) error {
	if b.ID == "" {
		return errors.New("the network has no id")
	}
	n.ID, n.Name, n.Settings, n.seed, n.since = b.ID, b.Name, b.Settings, b.Seed, e.At
	if zone, err := time.LoadLocation(b.Settings.Zone); err == nil {
		n.location = zone
	}
	n.people = map[Address]ParticipantID{}
	n.rounds = map[RoundID]*Round{}
	n.compared = map[IndicatorID]*Round{}
	n.texts = map[TextID]written{}
	n.contributions = map[int]spot{}
	n.voices = map[Post]int{}
	n.learnings = map[int]LearningID{}
	n.topics = map[TopicID]*Topic{}
	n.posts = map[Post]TopicID{}
	n.discharges = map[string]Discharge{}
	n.bound = map[Workspace]OrganisationID{}
	return nil
}

func (n *Network) participantJoined(b ParticipantJoined) error {
	if _, known := n.Participant(b.Participant); !known {
		n.Participants = append(n.Participants, Participant{ID: b.Participant})
	}
	return n.changing(b.Participant, func(p *Participant) {
		p.Organisation, p.Profession, p.Confirmed, p.Left = b.Organisation, b.Profession, b.Confirmed, false
		p.Facilitator = p.Facilitator || b.Facilitator
	})
}

func (n *Network) identityGiven(b IdentityGiven) error {
	address := Address{b.Connection, b.User}
	n.people[address] = b.Participant
	return n.changing(b.Participant, func(p *Participant) {
		p.Address, p.Name, p.Language, p.Zone, p.location = address, b.Name, b.Language, b.Zone, nil
		p.Workspace, p.Guest = b.Workspace, b.Guest
		if zone, err := time.LoadLocation(b.Zone); err == nil && b.Zone != "" {
			p.location = zone
		}
	})
}

func (n *Network) participantConfirmed(b ParticipantConfirmed) error {
	return n.changing(b.Participant, func(p *Participant) {
		p.Confirmed = b.Yes
		p.verdicts++
		if !b.Yes {
			p.Organisation = ""
		}
	})
}

func (n *Network) changing(id ParticipantID, change func(*Participant)) error {
	k, ok := number(string(id), "p", len(n.Participants))
	if !ok {
		return fmt.Errorf("participant %q was never there", id)
	}
	change(&n.Participants[k])
	return nil
}
