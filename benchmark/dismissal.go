package benchmark

import (
	"time"

	"roundtable/benchmark/refusal"
)

// leading is how somebody came to lead: since when, by one person's word or Chosen by that of
// two organisations, and then against whose word they came back.
type leading struct {
	since   time.Time
	chosen  bool
	against ParticipantID
}

// dismissal is that somebody no longer leads, by another one's word.
type dismissal struct {
	at  time.Time
	by  ParticipantID
	led leading // how they had come to lead; zero: they founded the network
}

const (
	// newLeadFor is how long one who was added by one person doesn't dismiss who led before.
	newLeadFor = 14 * 24 * time.Hour
	// comesBackFor is how long two organisations may undo a dismissal.
	comesBackFor = 28 * 24 * time.Hour
)

// DismissFacilitator ends that somebody leads, who may be oneself. They stay in the
// network. The last one who can be reached stays. Who leads since less than two weeks, by
// one person's word, doesn't dismiss who led before; nor does anybody dismiss a second time
// whom two organisations have named again.
func DismissFacilitator(p ParticipantID) Intent { return dismissFacilitator{p} }

type dismissFacilitator struct{ participant ParticipantID }

func (x dismissFacilitator) decide(d *decision) error {
	if err := d.requireFacilitator(); err != nil {
		return err
	}
	p, ok := d.n.Participant(x.participant)
	switch {
	case !ok || !p.Facilitator || p.Left:
		return refuse(refusal.LeadsNot, "Name", p.Name).at("participant")
	case d.n.leadsAlone(p.ID):
		return refuse(refusal.LastFacilitator).at("participant")
	case p.ID == d.me.ID || d.isBot:
	case d.n.came[p.ID].against == d.me.ID && d.me.ID != "":
		return refuse(refusal.LeadsByWord, "Name", p.Name).at("participant")
	case isNewBeside(d.n, d.me.ID, p.ID, d.now):
		return refuse(refusal.LeadsLonger, "Name", p.Name).at("participant")
	}
	d.emit(facilitatorDismissed{Participant: p.ID})
	return nil
}

// MayDismiss returns nil when one may dismiss the other now, else why not.
func MayDismiss(n *Network, who Actor, other ParticipantID, now time.Time) error {
	_, err := n.Decide(Actor{By: who.By}, dismissFacilitator{other}, now)
	return err
}

// isNewBeside says whether somebody was added only lately, by one person's word, and the other
// led before.
func isNewBeside(n *Network, who, other ParticipantID, now time.Time) bool {
	mine, added := n.came[who]
	return added && !mine.chosen && now.Sub(mine.since) < newLeadFor && n.came[other].since.Before(mine.since)
}

// facilitatorDismissed ends that somebody leads. HandedOver: whoever does in their place
// has been told of already.
type facilitatorDismissed struct {
	Participant ParticipantID `json:"participant"`
	HandedOver  bool          `json:"handed_over,omitempty"`
}

var facilitatorDismissedKind = newKind[facilitatorDismissed]("facilitator.dismissed", 1)

func (facilitatorDismissed) kind() *eventKind { return facilitatorDismissedKind }

// apply: by another one's word it is told to them and to the others who lead, too.
func (b facilitatorDismissed) apply(n *Network, e Event) error {
	if !b.HandedOver {
		n.notify(e, Notice{About: LeadsNoMoreNotice, Participant: b.Participant})
	}
	if !b.HandedOver && e.By != b.Participant {
		told := append([]ParticipantID{b.Participant}, others(n.Facilitators(), []ParticipantID{e.By, b.Participant})...)
		tell(n, e, told, Notice{About: DismissedNotice, Participant: b.Participant})
		if n.dismissed == nil {
			n.dismissed = map[ParticipantID]dismissal{}
		}
		n.dismissed[b.Participant] = dismissal{e.At, e.By, n.came[b.Participant]}
		delete(n.words, b.Participant)
	}
	return n.changeParticipant(b.Participant, func(p *Participant) { p.Facilitator = false })
}

// cameToLead notes how somebody came to lead, and that their dismissal is over: who is added
// again has led as long as before.
func cameToLead(n *Network, e Event, b facilitatorAppointed) {
	came := leading{since: e.At, chosen: b.Chosen}
	switch {
	case b.Chosen:
		came.against = n.dismissed[b.Participant].by
	case isDismissed(n, b.Participant, e.At):
		came = n.dismissed[b.Participant].led
	}
	if n.came == nil {
		n.came = map[ParticipantID]leading{}
	}
	n.came[b.Participant] = came
	delete(n.dismissed, b.Participant)
}

// mayComeBack are those whom another one dismissed so lately that two organisations may have
// them lead again, in the order of joining.
func mayComeBack(n *Network, now time.Time) (ids []ParticipantID) {
	for _, p := range n.Participants {
		if MayComeBack(n, p.ID, now) {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// MayComeBack says whether another one dismissed the participant so lately that two
// organisations may have them lead again.
func MayComeBack(n *Network, id ParticipantID, now time.Time) bool {
	p, _ := n.Participant(id)
	return p.MayLead() && isDismissed(n, id, now)
}

func isDismissed(n *Network, p ParticipantID, now time.Time) bool {
	d, is := n.dismissed[p]
	return is && now.Sub(d.at) < comesBackFor
}

// wordsForDismissed are the words that stand when somebody else comes to lead, or when the
// network is told to choose. It looks at nothing that an erasure takes out of the journal.
func wordsForDismissed(n *Network, now time.Time, beside ParticipantID) map[ParticipantID][]wordFor {
	kept := map[ParticipantID][]wordFor{}
	for id, words := range n.words {
		if id != beside && isDismissed(n, id, now) {
			kept[id] = words
		}
	}
	return kept
}
