// Package sqlite keeps the journal in one SQLite file.
//
// Promised: an entry that Append has acknowledged is on the disk (write-ahead
// log, synchronous=FULL) and survives the death of the process and of the
// machine. After a crash the file holds what was acknowledged and perhaps the
// batch under way, all of it. Batches that queue while the disk is busy are
// committed together, so that many networks cost little more than one. Several
// processes may share the file, on one machine; the file, its -wal and its -shm
// are readable by their owner only.
//
// Erased content is overwritten with zeros where it lies, and the -wal is cut to
// nothing before Erase returns. Copies (backups, snapshots, what the disk itself
// keeps) are out of reach. Addresses are only ever stored as hashes.
//
// Not promised: anything on a network file system, whose locks can't be
// trusted, and the noticing of a file that was swapped for an older copy of
// itself; [journal.Conflict] tells those who remember what they had seen.
//
// The layout is plain, for a person with the sqlite3 shell:
//
//	SELECT seq, datetime(at/1000000000, 'unixepoch'), kind, data
//	FROM entries WHERE network = 'acme' ORDER BY seq DESC LIMIT 20;
package sqlite
