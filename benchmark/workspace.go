package benchmark

import (
	"cmp"
	"slices"

	"roundtable/benchmark/refusal"
)

// Workspace is one of those whose people meet in a channel, on platforms that
// know several.
type Workspace struct{ Connection, ID string }

// BoundTo returns the organisation that the people of a workspace belong to;
// false when they choose for themselves.
func (n *Network) BoundTo(w Workspace) (Organisation, bool) {
	o, _ := n.Organisation(n.workspaces[w].to)
	return n.standing(o)
}

// binding is the organisation that a workspace's people belong to, and who said so.
type binding struct {
	to OrganisationID
	by ParticipantID
}

// boundBy is who bound the workspace that a person comes from: to themselves
// they open nothing by it.
func boundBy(n *Network, i Identity) ParticipantID {
	return n.workspaces[Workspace{i.Connection, i.Workspace}].by
}

// Workspaces returns those that participants come from or that are bound, in
// alphabetical order.
func (n *Network) Workspaces() []Workspace {
	seen := map[Workspace]bool{}
	for _, p := range n.Participants {
		if w := p.workspace(); w.ID != "" && !p.Left {
			seen[w] = true
		}
	}
	for w := range n.workspaces {
		seen[w] = true
	}
	all := make([]Workspace, 0, len(seen))
	for w := range seen {
		all = append(all, w)
	}
	slices.SortFunc(all, func(a, b Workspace) int {
		return cmp.Or(cmp.Compare(a.Connection, b.Connection), cmp.Compare(a.ID, b.ID))
	})
	return all
}

// From returns the participants who come from the workspace and have not left.
func (n *Network) From(w Workspace) []Participant {
	var found []Participant
	for _, p := range n.Participants {
		if p.workspace() == w && !p.Left {
			found = append(found, p)
		}
	}
	return found
}

func (p Participant) workspace() Workspace { return Workspace{p.Connection, p.Workspace} }

// BindWorkspace says that the people of a workspace belong to an organisation:
// they need not choose it, nor be confirmed. Its guests do: they may come from
// anywhere. No organisation ends that; who is in it stays.
type BindWorkspace struct {
	Workspace Workspace
	// Organisation by id or name.
	Organisation string
}

func (b BindWorkspace) decide(d *decision) error {
	if err := d.requireFacilitator(); err != nil {
		return err
	}
	if !slices.Contains(d.n.Workspaces(), b.Workspace) {
		return refuse(refusal.WorkspaceUnknown, "Workspace", b.Workspace.ID).at("workspace")
	}
	var to Organisation
	if b.Organisation != "" {
		o, known := d.n.OrganisationChosen(b.Organisation)
		if !known {
			return refuse(refusal.NoSuchOrganisation, "Organisation", b.Organisation).at("organisation")
		}
		to = o
	}
	if d.n.workspaces[b.Workspace].to == to.ID {
		return nil
	}
	mine := d.me.ID
	d.emit(workspaceBound{Connection: b.Workspace.Connection, Workspace: b.Workspace.ID, Organisation: to.ID})
	for _, p := range d.n.From(b.Workspace) {
		role, in := p.For(to.ID)
		if in && !role.Confirmed && !p.Guest && p.ID != mine {
			d.emit(participantConfirmed{Participant: p.ID, Yes: true, Organisation: role.besideFirst()})
		}
	}
	return nil
}

// workspaceBound says that the people of a workspace belong to an
// organisation; with none, that they choose for themselves again.
type workspaceBound struct {
	Connection   string         `json:"connection"`
	Workspace    string         `json:"workspace"`
	Organisation OrganisationID `json:"organisation,omitempty"`
}

var workspaceBoundKind = newKind[workspaceBound]("workspace.bound", 1)

func (workspaceBound) kind() *eventKind { return workspaceBoundKind }

func (b workspaceBound) apply(n *Network, e Event) error {
	w := Workspace{b.Connection, b.Workspace}
	delete(n.workspaces, w)
	if b.Organisation != "" {
		n.workspaces[w] = binding{b.Organisation, e.By}
	}
	return nil
}
