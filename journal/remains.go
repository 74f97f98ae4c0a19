package journal

import "time"

// Remains are the copies of erased content that are out of a store's reach when
// [Journal.Erase] is done. Each ages out by itself, and the person whose words they
// were is told of them.
type Remains []Copy

// Copy is one such copy.
type Copy struct {
	Where Place
	// Until is when the copy has aged out at the latest, UTC. Zero: nobody has said.
	Until time.Time
}

// Place is where a copy lies.
type Place string

// The places.
const (
	InBackups  Place = "backups"  // what the operator keeps of the store elsewhere
	InDumps    Place = "dumps"    // what Redis writes of its memory from time to time
	InReplicas Place = "replicas" // servers that follow the one that was told to erase
	InLog      Place = "log"      // the file in which a server that isn't ours keeps what it was told
)
