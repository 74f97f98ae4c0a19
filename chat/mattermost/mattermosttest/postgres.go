package mattermosttest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// postgres is a PostgreSQL of the server's own. It listens on no port: only who
// may enter its folder can reach it.
type postgres struct {
	folder  string
	running *process
}

// longestSocket is how long the path of a socket may be (Linux: 107 bytes).
const longestSocket = 107

// findPostgres returns the folder of PostgreSQL's programs. Debian keeps them off
// the PATH, a folder for each version.
func findPostgres() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(path), nil
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // no bad pattern
	if len(found) == 0 {
		return "", fmt.Errorf("%w: PostgreSQL is not on this machine: apt-get install postgresql, brew install postgresql", ErrMissing)
	}
	return filepath.Dir(slices.Max(found)), nil
}

// startPostgres makes a database in the folder, which is the owner's, and starts
// it. What is written there need not outlive a power cut.
func startPostgres(ctx context.Context, o owner, programs, folder string) (*postgres, error) {
	if socket := filepath.Join(folder, ".s.PGSQL.5432"); len(socket) > longestSocket {
		return nil, fmt.Errorf("the path %s is too long for a socket; set TMPDIR to a shorter one", socket)
	}
	data := filepath.Join(folder, "database")
	initdb := exec.CommandContext(ctx, filepath.Join(programs, "initdb"),
		"-D", data, "-U", "mattermost", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	initdb.Dir = folder
	if err := o.run(initdb); err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(folder, "database.log"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = log.Close() }()
	c := exec.CommandContext(context.WithoutCancel(ctx), filepath.Join(programs, "postgres"), "-D", data,
		"-c", "listen_addresses=", "-c", "unix_socket_directories="+folder, "-c", "max_connections=200",
		"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
	c.Dir, c.Stdout, c.Stderr = folder, log, log
	p, err := o.start("postgres", c)
	if err != nil {
		return nil, err
	}
	db := &postgres{folder, p}
	if err := db.wait(ctx, filepath.Join(data, "postmaster.pid")); err != nil {
		said, _ := os.ReadFile(log.Name())
		p.kill()
		return nil, fmt.Errorf("%w: %s", err, tail(string(said)))
	}
	return db, nil
}

// wait waits until the database takes connections. It says so in the last line of
// the file that names its process, as its own pg_ctl reads it.
func (db *postgres) wait(ctx context.Context, file string) error {
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		if state, err := os.ReadFile(file); err == nil && strings.HasSuffix(strings.TrimSpace(string(state)), "\nready") {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for PostgreSQL: %w", ctx.Err())
		case <-db.running.ended:
			return fmt.Errorf("the database has ended: %w", db.running.err)
		case <-again.C:
		}
	}
}

// source names the database to the server.
func (db *postgres) source() string {
	return "postgres://mattermost@/postgres?sslmode=disable&connect_timeout=10&host=" + db.folder
}
