package redis

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"roundtable/journal"
)

const (
	// answerTimeout is how long the server may take to answer, unless the
	// address says otherwise (?read_timeout=). Each write waits for its disk.
	answerTimeout = 10 * time.Second
	// blockingConnections is how many calls of Follow wait on a connection of
	// their own. Those beyond poll once a second.
	blockingConnections = 256
	// poolTimeout is how long a call of Follow waits for such a connection.
	poolTimeout = time.Second
)

// connect reads the address and makes the clients, which connect when they are
// first used.
func (s *Store) connect(address string) error {
	discardLogs()
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "redis" && u.Scheme != "rediss" || u.Host == "" {
		return errors.New("the address of Redis must be like redis://localhost:6379/0, with % for what a URL can't have in a password")
	}
	settings := u.Query()
	if s.keys, err = newKeys(settings.Get("prefix")); err != nil {
		return err
	}
	settings.Del("prefix")
	cluster := settings.Get("cluster")
	settings.Del("cluster")
	if cluster != "" && cluster != "false" && cluster != "true" {
		return fmt.Errorf("cluster=%s in the address of Redis: it is true or false", cluster)
	}
	s.server = u.Host
	u.RawQuery = settings.Encode()
	if s.client, err = newClient(u.String(), cluster == "true"); err != nil {
		return err
	}
	settings.Set("pool_size", strconv.Itoa(blockingConnections))
	settings.Set("pool_timeout", poolTimeout.String())
	u.RawQuery = settings.Encode()
	s.blocking, err = newClient(u.String(), cluster == "true")
	return err
}

// newClient returns a client for the address, with the settings of go-redis in it.
func newClient(address string, cluster bool) (redis.UniversalClient, error) {
	if cluster {
		o, err := redis.ParseClusterURL(address)
		if err != nil {
			return nil, err
		}
		o.ContextTimeoutEnabled, o.ReadTimeout = true, cmp.Or(o.ReadTimeout, answerTimeout)
		return redis.NewClusterClient(o), nil
	}
	o, err := redis.ParseURL(address)
	if err != nil {
		return nil, err
	}
	o.ContextTimeoutEnabled, o.ReadTimeout = true, cmp.Or(o.ReadTimeout, answerTimeout)
	return redis.NewClient(o), nil
}

// disconnect closes both clients.
func (s *Store) disconnect() error { return errors.Join(s.blocking.Close(), s.client.Close()) }

// discardLogger keeps go-redis from logging to the standard error by itself. What
// it logs comes back as errors too.
type discardLogger struct{}

// Printf does nothing.
func (discardLogger) Printf(context.Context, string, ...any) {}

var discardLogs = sync.OnceFunc(func() { redis.SetLogger(discardLogger{}) })

// setUp reads the layout and the secret. The first process on a store writes them, the
// secret first: where there is a layout there was a secret.
func (s *Store) setUp(ctx context.Context) error {
	text, err := s.client.Get(ctx, s.keys.layout()).Result()
	switch {
	case err == nil:
		if err := s.checkLayout(text); err != nil {
			return err
		}
		if s.secret, err = s.client.Get(ctx, s.keys.secret()).Bytes(); errors.Is(err, redis.Nil) {
			err = s.secretGone()
		}
		return err
	case !errors.Is(err, redis.Nil):
		return err
	}
	fresh := make([]byte, 32)
	_, _ = rand.Read(fresh) // never fails
	secret, err := s.getOrSet(ctx, s.keys.secret(), string(fresh))
	if err != nil {
		return err
	}
	s.secret = []byte(secret)
	if text, err = s.getOrSet(ctx, s.keys.layout(), strconv.Itoa(layoutVersion)); err != nil {
		return err
	}
	return s.checkLayout(text)
}

// checkLayout refuses another layout than this program's.
func (s *Store) checkLayout(text string) error {
	version, err := strconv.Atoi(text)
	switch {
	case err != nil:
		return fmt.Errorf("%w: %s on %s is not a number: is the prefix used by another program?", journal.ErrDamaged, s.keys.layout(), s.server)
	case version > layoutVersion:
		return fmt.Errorf("%w: %s on %s is %d, this program knows layouts up to %d: run the newer program, or give this one another prefix", journal.ErrNewer, s.keys.layout(), s.server, version, layoutVersion)
	case version < layoutVersion:
		return fmt.Errorf("%w: %s on %s is %d, this program writes %d: make a backup, stop the program that serves it, then start this one with `serve`, which upgrades it", journal.ErrOlder, s.keys.layout(), s.server, version, layoutVersion)
	}
	return nil
}

// secretGone says that the store's secret is not what it was.
func (s *Store) secretGone() error {
	return fmt.Errorf("%w: %s on %s is gone or not what was written, without which nobody is found by their address, nor the list of what was erased: restore a backup; docs/operating.md says how", journal.ErrDamaged, s.keys.secret(), s.server)
}

// getOrSet returns the key's value, after setting it to value if there is none. It
// writes nothing if there is one, so that a replica can be opened.
func (s *Store) getOrSet(ctx context.Context, key, value string) (string, error) {
	got, err := s.client.Get(ctx, key).Result()
	if !errors.Is(err, redis.Nil) {
		return got, err
	}
	if err := s.client.SetNX(ctx, key, value, 0).Err(); err != nil {
		return "", err
	}
	return s.client.Get(ctx, key).Result()
}

// Durability is what a server's configuration makes of "durable on return".
// Fields are "" when the server doesn't tell.
type Durability struct {
	AppendOnly  string // "yes" keeps a log on the disk
	AppendFsync string // "always" waits for the disk
	Eviction    string // "noeviction" keeps what is there when memory is full
}

// Warning says in a sentence what may be lost and what to set, and is empty when
// nothing is.
func (d Durability) Warning() string {
	var all []string
	if d.AppendOnly != "yes" {
		all = append(all, fmt.Sprintf("appendonly is %q: set \"yes\", or a restart loses what came after the last dump", d.AppendOnly))
	}
	if d.AppendFsync != "always" {
		all = append(all, fmt.Sprintf("appendfsync is %q: set \"always\", or a crash of the machine loses the last second or more", d.AppendFsync))
	}
	if d.Eviction != "noeviction" {
		all = append(all, fmt.Sprintf("maxmemory-policy is %q: set \"noeviction\", or Redis drops journals when memory is full", d.Eviction))
	}
	return strings.Join(all, "; ")
}

// Warnings says in a sentence each what the server's configuration may lose, or that it
// can't be asked.
func (s *Store) Warnings(ctx context.Context) (all []string) {
	if keeps, err := await(ctx, s, func(ctx context.Context) (bool, error) { return s.keepsLog(ctx), nil }); err == nil && keeps {
		all = append(all, "Redis at "+s.server+": "+logWarning)
	}
	d, err := s.Durability(ctx)
	if err != nil {
		return append(all, fmt.Sprintf("Redis at %s doesn't tell how it keeps what is written: see yourself that appendonly is yes, appendfsync always and maxmemory-policy noeviction (%v)", s.server, err))
	}
	if w := d.Warning(); w != "" {
		all = append(all, "Redis at "+s.server+": "+w)
	}
	return all
}

// Durability asks the server for its configuration. Hosted servers often refuse
// to tell, which is an error.
func (s *Store) Durability(ctx context.Context) (Durability, error) {
	d, err := await(ctx, s, func(ctx context.Context) (Durability, error) {
		var d Durability
		for name, field := range map[string]*string{"appendonly": &d.AppendOnly, "appendfsync": &d.AppendFsync, "maxmemory-policy": &d.Eviction} {
			got, err := s.client.ConfigGet(ctx, name).Result()
			if err != nil {
				return Durability{}, err
			}
			*field = got[name]
		}
		return d, nil
	})
	if err != nil {
		return Durability{}, fmt.Errorf("read the server's configuration: %w", s.explain(ctx, err))
	}
	return d, nil
}
