// Package redis keeps the journal in a Redis server (6.2 or newer, Valkey, or a
// Redis Cluster).
//
// What "durable on return" is worth is the server's configuration:
//
//	appendonly yes              without it a restart loses minutes
//	appendfsync always          without it ("everysec") a crash loses a second
//	maxmemory-policy noeviction any other throws journals away when memory is full
//	min-replicas-to-write 1     with replicas: refuse what none would take over
//
// [Store.Durability] tells what the server has. A failover to a replica that
// lagged loses a tail all the same; [journal.Conflict] tells those who remember
// what they had seen.
//
// # Keys
//
// Keys begin with a prefix, "roundtable" unless the address has ?prefix=. All
// that a batch writes is in one hash slot, by the tag {NETWORK}, and is written
// by one script:
//
//	roundtable:{NETWORK}:log        stream: entry SEQ-0 with at, kind, version, bytes
//	roundtable:{NETWORK}:data       hash: SEQ -> content
//	roundtable:{NETWORK}:erased     set: SEQ of what was erased
//	roundtable:{NETWORK}:proofs     hash: SEQ -> salt, or what an erasure puts in its place, and digest
//	roundtable:{NETWORK}:state      hash: last, due, fence
//	roundtable:{NETWORK}:addresses  set: the mark's addresses
//	roundtable:{index:due}:at       sorted set: NETWORK by due
//	roundtable:{index:due}:tokens   hash: NETWORK -> token
//	roundtable:address:ADDRESS      hash: NETWORK -> token
//	roundtable:networks             set: NETWORK
//	roundtable:lease:NAME           string: who holds it; goes away by itself
//	roundtable:secret, :layout, :ping
//
// The entry's number is given by us, so that Redis itself refuses one that is
// taken. Content is beside the stream, because deleting from a stream only flags
// the entry: its bytes stay in memory and in dumps as long as a neighbour lives.
// The fields of a hash are freed. Addresses are only ever stored as hashes with
// the store's secret.
//
// Erase has the server write its append-only file anew, and returns when the old one
// is gone. The last dump (RDB), replicas and backups hold what was erased until they
// age out; [Store.Remains] names them.
//
// # Indexes
//
// The indexes are in other slots than the networks, so that no script can write
// both. A network's own keys are the truth, and an index may only have an entry
// too many or too early, never one missing or too late; what is read from it is
// compared with the truth. To keep it so:
//
//   - A writer reads the network's fence, announces its mark in the indexes, with
//     a new token each, and then writes batch and mark, if the fence is still the
//     same. That raises the fence. If it isn't, it begins again.
//   - Who takes something out of an index reads the token, raises the fence, reads
//     the truth, and takes out what the truth doesn't have if the token is still
//     the same.
//
// So if a mark is written, the fence was not raised between its announcement and
// the writing: whoever wants to take the announcement out raised the fence
// before, and finds another token, or after, and finds the mark in the truth. A
// crash at any point leaves at most an announcement without a mark.
package redis
