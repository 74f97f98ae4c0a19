package sqlite

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"roundtable/journal"
)

const (
	// applicationID marks the file as ours in its header ("RTbl"); file(1) and
	// Open go by it.
	applicationID = 0x5254626c
	// schemaVersion is that of the schema below. A change adds a step to upgrade.
	schemaVersion = 2
)

// schema is what a new file holds. Times are nanoseconds since 1970 in entries
// and milliseconds in marks.
//
// Entries are in the order in which they came, whatever their network, and not
// WITHOUT ROWID by (network, seq): a tree that grows in its midst moves entries
// from page to page, and each move leaves a copy in what is then free space,
// where secure_delete doesn't reach. A tree that grows at its end moves nothing,
// and content that is overwritten with as many zeros stays where it is. So
// erased bytes were in one place, and are gone from it.
//
// Addresses are kept as their hash with the store's secret, for the same reason:
// they may be those of persons, and their index does grow in its midst.
//
// Heads has each network's last number once more, written with its entries, so that
// entries that are lost at the end are missed.
const schema = entriesSchema + `
CREATE TABLE marks (
	network TEXT    NOT NULL PRIMARY KEY,
	due     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX marks_by_due ON marks (due, network);
CREATE TABLE addresses (
	network TEXT NOT NULL,
	address BLOB NOT NULL,
	PRIMARY KEY (network, address)
) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_by_address ON addresses (address, network);
CREATE TABLE secret (
	id     INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
	bytes  BLOB    NOT NULL,
	digest BLOB    NOT NULL DEFAULT x''
) STRICT;
`

// entriesSchema is what layout 2 has anew: checksums and heads.
const entriesSchema = `
CREATE TABLE entries (
	id      INTEGER NOT NULL PRIMARY KEY,
	network TEXT    NOT NULL,
	seq     INTEGER NOT NULL,
	at      INTEGER NOT NULL,
	kind    TEXT    NOT NULL,
	version INTEGER NOT NULL,
	erased  INTEGER NOT NULL,
	salt    BLOB    NOT NULL,
	digest  BLOB    NOT NULL,
	data    BLOB
) STRICT;
CREATE UNIQUE INDEX entries_by_number ON entries (network, seq);
CREATE TABLE heads (
	network TEXT    NOT NULL PRIMARY KEY,
	seq     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`

// busyTimeout is how long a write waits for another process's.
const busyTimeout = 10 * time.Second

var (
	writePragmas = []string{
		fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()),
		"synchronous(FULL)",
		"secure_delete(ON)",
		"temp_store(MEMORY)",           // no content in temporary files
		"journal_size_limit(67108864)", // what a burst leaves of the -wal
	}
	readPragmas = []string{
		fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()),
		"query_only(ON)",
		"secure_delete(ON)",
	}
)

// dsn returns the driver's data source name for the file with the pragmas.
func dsn(path string, pragmas ...string) string {
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: url.Values{"_pragma": pragmas}.Encode()}
	return u.String()
}

// smallestFile is one page of the least size that SQLite has. It takes what is shorter for
// empty, and writes over it.
const smallestFile = 512

// ensureFile makes the folder and the file where they are missing, both for the
// owner only, and refuses a file that is certainly not ours, and one that was a journal
// and is empty or gone. It never opens a file that exists: closing it
// would drop the locks that this process may hold on it elsewhere.
func ensureFile(path string) error {
	tail := readTail(path)
	logBytes, err := sizeOf(path + "-wal")
	if err != nil {
		return err
	}
	at, err := os.Stat(path)
	switch {
	case err == nil && at.IsDir():
		return fmt.Errorf("%s is a folder: name a file in it, for example %s", path, filepath.Join(path, "roundtable.db"))
	case err == nil && at.Size() > 0 && at.Size() < smallestFile:
		return fmt.Errorf("%w: %s holds %d bytes, and no journal is so short: %s", journal.ErrDamaged, path, at.Size(), mend)
	case err == nil && at.Size() > 0:
		return refuse(path, tail, logBytes)
	case err == nil:
		return missesAll(path, tail, logBytes)
	case !errors.Is(err, os.ErrNotExist):
		return err
	}
	if err := missesAll(path, tail, logBytes); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil // another process was faster
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// refuse refuses the file of another program, one of another layout, and one whose end is
// missing, over a connection that can't write, so that not even the write-ahead log is folded in. The
// tail and the length of the log were read before.
func refuse(path string, tail, logBytes int64) error {
	db, err := sql.Open("sqlite", dsn(path)+"?mode=ro")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // nothing was written
	ctx := context.Background()
	version, err := readVersion(ctx, db, path)
	switch {
	case err == nil && version == 0:
		err = missesAll(path, tail, 0)
	case err == nil && version < schemaVersion:
		err = older(path, version)
	case err == nil:
		err = missesTail(ctx, db, path, tail, logBytes)
	}
	if errors.Is(err, errForeign) || errors.Is(err, journal.ErrNewer) || errors.Is(err, journal.ErrOlder) || errors.Is(err, journal.ErrDamaged) {
		return err
	}
	return nil // what else is wrong shows with the writing connection
}

// errForeign marks the refusal of another program's file.
var errForeign = errors.New("of another program")

// querier is a database, a connection or a transaction.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// readVersion returns the version of our schema in the file, 0 for an empty file.
func readVersion(ctx context.Context, db querier, path string) (version int, err error) {
	// One statement, so that it is the file at one moment: another process may be
	// making it.
	const look = `SELECT (SELECT count(*) FROM sqlite_schema), (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), (SELECT encoding FROM pragma_encoding)`
	var id, objects int
	var encoding string
	if err := db.QueryRowContext(ctx, look).Scan(&objects, &id, &version, &encoding); err != nil {
		return 0, err
	}
	switch {
	case id == applicationID && (encoding != "UTF-8" || version == 0 && objects > 0):
		return 0, fmt.Errorf("%w: %s: its header is not what was written: %s", journal.ErrDamaged, path, mend)
	case id == 0 && version == 0 && objects == 0:
		return 0, nil
	case id != applicationID:
		return 0, fmt.Errorf("%s is an SQLite file %w, and was left as it is: name another file, which will be made", path, errForeign)
	case version > schemaVersion:
		return 0, fmt.Errorf("%w: %s has layout %d, this program knows layouts up to %d: run the newer program, or restore the backup from before the upgrade", journal.ErrNewer, path, version, schemaVersion)
	}
	return version, nil
}

// older refuses a file of an earlier layout; see [Upgrade].
func older(path string, layout int) error {
	return fmt.Errorf("%w: %s has layout %d, this program writes %d: make a backup, stop the program that serves it, then start this one with `serve`, which upgrades it", journal.ErrOlder, path, layout, schemaVersion)
}

// setUpSchema makes the tables in a new file, and turns on the write-ahead log.
func setUpSchema(ctx context.Context, db *sql.DB, path string) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }() // goes back to the pool
	version, err := readVersion(ctx, conn, path)
	if err != nil {
		return err
	}
	switch version {
	case schemaVersion:
	case 0:
		err = inTransaction(ctx, conn, path, 0, func() error { return createTables(ctx, conn) })
	default:
		err = older(path, version)
	}
	if err != nil {
		return err
	}
	return enableWAL(ctx, conn)
}

// inTransaction calls change in a transaction, unless the file's layout is no longer
// what it was: another process was faster.
func inTransaction(ctx context.Context, conn *sql.Conn, path string, layout int, change func() error) (err error) {
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	end := "ROLLBACK"
	defer func() {
		if _, endErr := conn.ExecContext(ctx, end); err == nil {
			err = endErr
		}
	}()
	version, err := readVersion(ctx, conn, path)
	if err != nil || version != layout {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	end = "COMMIT"
	return nil
}

func createTables(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d; %s", applicationID, schemaVersion, schema)); err != nil {
		return err
	}
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails
	_, err := conn.ExecContext(ctx, "INSERT INTO secret (id, bytes, digest) VALUES (1, ?, ?)", secret, secretDigest(secret))
	return err
}

// secretDigest is the secret's checksum.
func secretDigest(secret []byte) []byte {
	sum := sha256.Sum256(append([]byte("roundtable secret\x00"), secret...))
	return sum[:]
}

// readSecret returns the store's secret.
func readSecret(ctx context.Context, db querier, path string) ([]byte, error) {
	var secret, digest []byte
	err := db.QueryRowContext(ctx, "SELECT bytes, digest FROM secret").Scan(&secret, &digest)
	switch {
	case errors.Is(err, sql.ErrNoRows), err != nil && strings.Contains(err.Error(), "no such table"):
		return nil, fmt.Errorf("%w: %s: its secret is gone, without which nobody is found by their address, nor the list of what was erased: %s", journal.ErrDamaged, path, mend)
	case err != nil:
		return nil, err
	}
	if !bytes.Equal(digest, secretDigest(secret)) {
		return nil, fmt.Errorf("%w: %s: its secret is not what was written: %s", journal.ErrDamaged, path, mend)
	}
	return secret, nil
}

// enableWAL turns on the write-ahead log, which needs exclusive use of the file
// for a moment. SQLite doesn't wait for that, so it is retried.
func enableWAL(ctx context.Context, conn *sql.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, busyTimeout)
	defer cancel()
	retry := time.NewTicker(10 * time.Millisecond)
	defer retry.Stop()
	for {
		var mode string
		err := conn.QueryRowContext(ctx, "PRAGMA journal_mode = WAL").Scan(&mode)
		if err == nil && mode == "wal" {
			return nil
		}
		if err != nil && !isBusy(err) {
			return err
		}
		select {
		case <-retry.C:
		case <-ctx.Done():
			return fmt.Errorf("turn on the write-ahead log: journal mode is still %q: %w", mode, errors.Join(err, ctx.Err()))
		}
	}
}
