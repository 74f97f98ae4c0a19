package mattermosttest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/mattermost/mattermost/server/public/model"
)

// Server is a running Mattermost server with a database of its own. Its methods
// are safe for concurrent use, but for Close, Start, Stop and Kill.
type Server struct {
	// URL is where people's browsers and bots reach it.
	URL string

	owner     owner
	folder    string
	unlock    func() error
	db        *postgres
	running   *process // nil when stopped
	transport *http.Transport
	admin     *model.Client4
	names     atomic.Int64 // numbers names
}

// password is everybody's.
const password = "correct horse 7"

// callTimeout is how long a server may take to start, and each thing that is asked
// of it while a test makes itself at home.
const callTimeout = 3 * time.Minute

// Open starts a new server. With build the server is built first, where that has
// not been done; see [Build]. What this machine lacks is an ErrMissing. The
// context bounds the opening alone. Close it.
func Open(ctx context.Context, build bool) (_ *Server, err error) {
	o, err := newOwner()
	if err != nil {
		return nil, err
	}
	programs, err := findPostgres()
	if err != nil {
		return nil, err
	}
	program, err := Build(ctx, build)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, 2*callTimeout)
	defer cancel()
	s := &Server{owner: o, transport: &http.Transport{MaxIdleConnsPerHost: 50}}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	if err := s.makeFolder(ctx); err != nil {
		return nil, err
	}
	if err := s.fillFolder(program); err != nil {
		return nil, err
	}
	if s.db, err = startPostgres(ctx, o, programs, s.folder); err != nil {
		return nil, err
	}
	for err = errAddressInUse; errors.Is(err, errAddressInUse) && ctx.Err() == nil; {
		if s.URL, err = freeAddress(); err != nil {
			return nil, err
		}
		err = s.launch(ctx)
	}
	if err != nil {
		return nil, err
	}
	return s, s.createAdministrator(ctx)
}

// errAddressInUse says that somebody else has got the server's address.
var errAddressInUse = errors.New("the address is in use")

// freeAddress returns an address on which nobody listened just now.
func freeAddress() (string, error) {
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return "http://" + l.Addr().String(), l.Close()
}

// Start starts the server again after Stop or Kill, on the same address with the
// same data, and returns when it answers. While it was down somebody may have been
// given its port, for a connection: then it waits.
func (s *Server) Start(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	for {
		err := s.launch(ctx)
		if !errors.Is(err, errAddressInUse) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// launch starts the server and returns when it answers; errAddressInUse when it can't
// listen.
func (s *Server) launch(ctx context.Context) error {
	log, err := os.OpenFile(filepath.Join(s.folder, "server.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	before, err := log.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	c := exec.CommandContext(context.WithoutCancel(ctx), filepath.Join(s.folder, "mattermost"), "server")
	c.Dir, c.Stdout, c.Stderr, c.Env = s.folder, log, log, s.environment()
	if s.running, err = s.owner.start("mattermost", c); err != nil {
		return err
	}
	if err := s.wait(ctx); err != nil {
		said, _ := os.ReadFile(log.Name())
		if strings.Contains(string(said[before:]), "address already in use") {
			err = errors.Join(errAddressInUse, err)
		}
		return fmt.Errorf("%w: %s", err, tail(string(said)))
	}
	return nil
}

// environment are the server's settings. It must not speak with anybody else,
// nor mind how many people there are.
func (s *Server) environment() []string {
	settings := map[string]string{
		"SQLSETTINGS_DRIVERNAME":                               "postgres",
		"SQLSETTINGS_DATASOURCE":                               s.db.source(),
		"SERVICESETTINGS_SITEURL":                              s.URL,
		"SERVICESETTINGS_LISTENADDRESS":                        strings.TrimPrefix(s.URL, "http://"),
		"SERVICESETTINGS_ALLOWEDUNTRUSTEDINTERNALCONNECTIONS":  "127.0.0.1",
		"SERVICESETTINGS_ENABLEBOTACCOUNTCREATION":             "true",
		"SERVICESETTINGS_ENABLEUSERACCESSTOKENS":               "true",
		"SERVICESETTINGS_ENABLESECURITYFIXALERT":               "false",
		"SERVICESETTINGS_ENABLELINKPREVIEWS":                   "false",
		"SERVICESETTINGS_ENABLELOCALMODE":                      "false",
		"TEAMSETTINGS_ENABLEOPENSERVER":                        "true",
		"TEAMSETTINGS_MAXUSERSPERTEAM":                         "2000",
		"PASSWORDSETTINGS_MINIMUMLENGTH":                       "8",
		"PLUGINSETTINGS_ENABLE":                                "false",
		"LOGSETTINGS_ENABLEDIAGNOSTICS":                        "false",
		"LOGSETTINGS_ENABLESENTRY":                             "false",
		"LOGSETTINGS_ENABLEFILE":                               "false",
		"LOGSETTINGS_CONSOLELEVEL":                             "WARN",
		"EMAILSETTINGS_SENDPUSHNOTIFICATIONS":                  "false",
		"EMAILSETTINGS_SENDEMAILNOTIFICATIONS":                 "false",
		"ANNOUNCEMENTSETTINGS_ADMINNOTICESENABLED":             "false",
		"ANNOUNCEMENTSETTINGS_USERNOTICESENABLED":              "false",
		"SERVICESETTINGS_OUTGOINGINTEGRATIONREQUESTSTIMEOUT":   "30",
		"CLOUDSETTINGS_DISABLE":                                "true",
		"NATIVEAPPSETTINGS_MOBILEEXTERNALBROWSER":              "false",
		"EXPERIMENTALSETTINGS_DISABLEREFETCHINGONBROWSERFOCUS": "true",
	}
	environment := []string{"PATH=" + os.Getenv("PATH"), "HOME=" + s.folder, "TZ=UTC"}
	for name, value := range settings {
		environment = append(environment, "MM_"+name+"="+value)
	}
	return environment
}

// wait waits until the server answers.
func (s *Server) wait(ctx context.Context) error {
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	client := s.client()
	for {
		if _, _, err := client.GetPing(ctx); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for Mattermost: %w", ctx.Err())
		case <-s.running.ended:
			return fmt.Errorf("the server has ended: %w", s.running.err)
		case <-again.C:
		}
	}
}

// Stop stops the server as its administrator would: it says goodbye.
func (s *Server) Stop() { s.terminate(func(p *process) { p.stop(10 * time.Second) }) }

// Kill stops the server as a power cut would.
func (s *Server) Kill() { s.terminate((*process).kill) }

func (s *Server) terminate(how func(*process)) {
	if s.running != nil {
		how(s.running)
		s.running = nil
	}
	s.transport.CloseIdleConnections()
}

// Restart stops and starts the server.
func (s *Server) Restart(ctx context.Context) error {
	s.Stop()
	return s.Start(ctx)
}

// Close ends the server and its database and removes what they kept.
func (s *Server) Close() error {
	s.Kill()
	if s.db != nil {
		s.db.running.kill()
	}
	if s.folder == "" {
		return nil
	}
	err := os.RemoveAll(s.folder)
	if s.unlock != nil {
		err = errors.Join(err, s.unlock())
	}
	s.folder, s.db = "", nil
	return err
}

// client is somebody who has not signed in yet.
func (s *Server) client() *model.Client4 {
	c := model.NewAPIv4Client(s.URL)
	c.HTTPClient = &http.Client{Transport: s.transport, Timeout: callTimeout}
	return c
}

// createAdministrator makes the first account, which is the administrator's.
func (s *Server) createAdministrator(ctx context.Context) error {
	s.admin = s.client()
	_, err := s.signUp(ctx, s.admin, "administrator", "Administrator")
	return err
}

// signUp makes an account and signs in.
func (s *Server) signUp(ctx context.Context, c *model.Client4, name, nickname string) (*model.User, error) {
	user := &model.User{Username: name, Nickname: nickname, Email: name + "@localhost.invalid", Password: password}
	if _, _, err := c.CreateUser(ctx, user); err != nil {
		return nil, fmt.Errorf("make an account: %w", err)
	}
	u, _, err := c.Login(ctx, name, password)
	if err != nil {
		return nil, fmt.Errorf("sign in: %w", err)
	}
	return u, nil
}

// freshName returns a name that nobody has on this server.
func (s *Server) freshName(of string) string { return fmt.Sprintf("%s%d", of, s.names.Add(1)) }

// folderPattern names those of all servers, of this program and others; lockFile is
// the file in each that is locked as long as its program lives.
const folderPattern, lockFile = "roundtable-mattermost-*", "alive"

// makeFolder makes the server's folder, and takes away those of programs that died.
func (s *Server) makeFolder(ctx context.Context) (err error) {
	old, err := filepath.Glob(filepath.Join(os.TempDir(), folderPattern))
	if err != nil {
		return err
	}
	for _, folder := range old {
		s.removeAbandoned(folder)
	}
	if s.folder, err = os.MkdirTemp("", folderPattern); err != nil {
		return err
	}
	if s.unlock, err = lock(ctx, filepath.Join(s.folder, lockFile)); err != nil {
		return err
	}
	return s.owner.chown(s.folder)
}

// removeAbandoned takes a folder away if its program has died.
func (s *Server) removeAbandoned(folder string) {
	info, err := os.Stat(filepath.Join(folder, lockFile))
	if err != nil || time.Since(info.ModTime()) < callTimeout { // it may be about to lock it
		return
	}
	now, cancel := context.WithCancel(context.Background())
	cancel()
	if unlock, err := lock(now, filepath.Join(folder, lockFile)); err == nil {
		_ = os.RemoveAll(folder) // another user's stays
		_ = unlock()
	}
}

// fillFolder puts what the server reads and writes into its folder. The cache may be
// where the owner can't read.
func (s *Server) fillFolder(program string) error {
	err := filepath.WalkDir(program, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inside, err := filepath.Rel(program, path)
		if err != nil || inside == "." {
			return err
		}
		target := filepath.Join(s.folder, inside)
		if d.IsDir() {
			if err := os.Mkdir(target, 0o755); err != nil {
				return err
			}
			return s.owner.chown(target)
		}
		if os.Link(path, target) == nil {
			return nil
		}
		return copyFile(target, path)
	})
	if err != nil {
		return err
	}
	for _, name := range []string{"config", "data", "logs", "plugins"} {
		folder := filepath.Join(s.folder, name)
		if err := errors.Join(os.Mkdir(folder, 0o700), s.owner.chown(folder)); err != nil {
			return err
		}
	}
	return nil
}
