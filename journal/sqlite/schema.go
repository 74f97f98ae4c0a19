package sqlite

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"roundtable/journal"
)

const (
	// applicationID marks the file as ours in its header ("RTbl"); file(1) and
	// Open go by it.
	applicationID = 0x5254626c
	// schemaVersion is that of the schema below. A change adds a step to
	// setUpSchema.
	schemaVersion = 1
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
const schema = `
CREATE TABLE entries (
	id      INTEGER NOT NULL PRIMARY KEY,
	network TEXT    NOT NULL,
	seq     INTEGER NOT NULL,
	at      INTEGER NOT NULL,
	kind    TEXT    NOT NULL,
	version INTEGER NOT NULL,
	erased  INTEGER NOT NULL,
	data    BLOB
) STRICT;
CREATE UNIQUE INDEX entries_by_number ON entries (network, seq);
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
	id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
	bytes BLOB    NOT NULL
) STRICT;
`

// busyTimeout is how long a write waits for another process's.
const busyTimeout = 10 * time.Second

var (
	writePragmas = []string{
		fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()),
		"synchronous(FULL)",
		"secure_delete(ON)",
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

// ensureFile makes the folder and the file where they are missing, both for the
// owner only, and refuses a file that is certainly not ours. It never opens a file that exists: closing it
// would drop the locks that this process may hold on it elsewhere.
func ensureFile(path string) error {
	at, err := os.Stat(path)
	switch {
	case err == nil && at.IsDir():
		return fmt.Errorf("%s is a folder: name a file in it, for example %s", path, filepath.Join(path, "roundtable.db"))
	case err == nil && at.Size() > 0:
		return refuseForeign(path)
	case err == nil:
		return nil
	case !errors.Is(err, os.ErrNotExist):
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

// refuseForeign refuses the file of another program, over a connection that can't
// write, so that not even its write-ahead log is folded in.
func refuseForeign(path string) error {
	db, err := sql.Open("sqlite", dsn(path)+"?mode=ro")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // nothing was written
	if _, err = readVersion(context.Background(), db, path); errors.Is(err, errForeign) || errors.Is(err, journal.ErrNewer) {
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
	const look = `SELECT (SELECT count(*) FROM sqlite_schema), (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version)`
	var id, objects int
	if err := db.QueryRowContext(ctx, look).Scan(&objects, &id, &version); err != nil {
		return 0, err
	}
	switch {
	case id == 0 && version == 0 && objects == 0:
		return 0, nil
	case id != applicationID:
		return 0, fmt.Errorf("%s is an SQLite file %w, and was left as it is: name another file, which will be made", path, errForeign)
	case version > schemaVersion:
		return 0, fmt.Errorf("%w: %s has layout %d, this program knows layouts up to %d: run the newer program, or restore the backup from before the upgrade", journal.ErrNewer, path, version, schemaVersion)
	}
	return version, nil
}

// setUpSchema makes the tables in a new file and turns on the write-ahead log.
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
	if version == 0 {
		if err := createTables(ctx, conn, path); err != nil {
			return err
		}
	}
	return enableWAL(ctx, conn)
}

// createTables makes the tables, unless another process was faster.
func createTables(ctx context.Context, conn *sql.Conn, path string) (err error) {
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
	if err != nil || version > 0 {
		return err
	}
	if _, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d; %s", applicationID, schemaVersion, schema)); err != nil {
		return err
	}
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails
	if _, err := conn.ExecContext(ctx, "INSERT INTO secret (id, bytes) VALUES (1, ?)", secret); err != nil {
		return err
	}
	end = "COMMIT"
	return nil
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
