package connect

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"sync"
	"time"

	goora "github.com/sijms/go-ora/v2"
	"github.com/sijms/go-ora/v2/configurations"

	_ "time/tzdata" // the driver falls back to a made-up offset when it does not find a region
)

// Source gives read-only sessions of one database, never more at once than it was told.
type Source struct {
	target Target
	opt    Options
	slots  chan struct{}

	mu         sync.Mutex
	descriptor string // of the alias
	closed     bool
}

// New makes a Source; nothing is connected yet. An error says that the target cannot be used as it is.
func New(t Target, opt Options) (*Source, error) {
	opt = opt.withDefaults()
	if err := opt.check(t); err != nil {
		return nil, err
	}
	s := &Source{target: t, opt: opt, slots: make(chan struct{}, opt.MaxSessions)}
	if t.Alias != "" {
		d, err := resolveAlias(opt.TNSAdmin, t.Alias)
		if err != nil {
			return nil, err
		}
		s.descriptor = d
	}
	return s, nil
}

// Target is where sessions go.
func (s *Source) Target() Target { return s.target }

// MaxSessions is the limit of sessions at once.
func (s *Source) MaxSessions() int { return cap(s.slots) }

// Close lets no more sessions begin. Those that are open stay so.
func (s *Source) Close() error {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	return nil
}

// Session logs in, when fewer sessions are open than allowed, or waits until one ends. Its error is of the class ErrLogin,
// or the context's while it waits. The session must be closed.
func (s *Source) Session(ctx context.Context) (*Session, error) {
	s.mu.Lock()
	closed := s.closed
	s.mu.Unlock()
	if closed {
		return nil, errors.New("the source is closed")
	}
	select {
	case s.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	se, err := s.login(ctx)
	if err != nil {
		<-s.slots
		return nil, err
	}
	return se, nil
}

func (s *Source) login(ctx context.Context) (*Session, error) {
	password := ""
	if s.opt.Password != nil {
		var err error
		if password, err = s.opt.Password(ctx); err != nil {
			return nil, &OracleError{Op: opLogin, Pos: -1, Text: "the password of " + s.target.User + ": " + err.Error(), Cause: err}
		}
		if password == "" {
			return nil, &OracleError{Op: opLogin, Pos: -1, Text: "the password of " + s.target.User + " is empty"}
		}
	}
	ctx, cancel := context.WithTimeoutCause(ctx, s.opt.ConnectTimeout, ErrTimeout)
	defer cancel()
	connector, ok := goora.NewConnector(s.url(password)).(*goora.OracleConnector)
	if !ok {
		return nil, errors.New("the Oracle driver is not the release that this program was made for")
	}
	se := &Session{src: s, opt: s.opt, text: newConverter(), national: newConverter()}
	goora.SetStringConverter(connector, se.text, se.national)
	dial := &dialer{timeout: s.opt.ConnectTimeout}
	connector.Dialer(dial)
	if s.opt.TLS != nil {
		connector.WithTLSConfig(s.opt.TLS.Clone()) // the driver writes into it
	}
	var conn driver.Conn
	err := guarded(func() (err error) {
		conn, err = connector.Connect(ctx)
		return err
	})
	if err != nil {
		dial.close()
		return nil, s.loginError(ctx, err)
	}
	se.dial = dial
	if se.in, err = reach(conn); err == nil {
		err = se.begin(ctx)
	}
	if err != nil {
		_ = guarded(conn.Close)
		dial.close()
		return nil, s.loginError(ctx, err)
	}
	return se, nil
}

func (s *Source) loginError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return &OracleError{Op: opLogin, Pos: -1, Text: s.target.String() + ": " + context.Cause(ctx).Error(), Cause: errors.Join(context.Cause(ctx), err)}
	}
	var e *OracleError
	if err = wrap(opLogin, err, nil); errors.As(err, &e) {
		e.Op = opLogin
		if e.Code == 0 {
			e.Text = s.target.String() + ": " + e.Text
		}
	}
	return err
}

// url is what the driver takes. It stays in memory: errors and traces of ours never have it.
func (s *Source) url(password string) string {
	t := s.target
	user := url.User(t.User)
	if password != "" {
		user = url.UserPassword(t.User, password)
	}
	q := url.Values{}
	u := url.URL{Scheme: "oracle", User: user}
	if s.descriptor != "" {
		// the driver finds addresses, and TCPS, in the descriptor; a host without a name is what it needs to look there
		u.Host = ":0"
		q.Set("connStr", s.descriptor)
	} else {
		u.Host = net.JoinHostPort(t.Host, fmt.Sprint(t.Port))
		u.Path = "/" + t.Service
	}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("SID", t.SID)
	set("PROXY CLIENT NAME", t.Proxy)
	set("WALLET", t.Wallet)
	if t.Wallet != "" {
		set("WALLET PASSWORD", s.opt.WalletPassword)
	}
	set("ENCRYPTION", strings.ToUpper(string(t.Encryption)))
	set("DATA INTEGRITY", strings.ToUpper(string(t.Integrity)))
	if t.TLS {
		q.Set("SSL", "true")
	}
	if t.SYSDBA {
		q.Set("DBA PRIVILEGE", "SYSDBA")
	}
	q.Set("PROGRAM", s.opt.Program)
	// Without it the driver takes the offset of SYSTIMESTAMP and makes local times of every DATE, which Go moves where
	// a zone has no such time.
	q.Set("SERVER LOCATION", "UTC")
	u.RawQuery = q.Encode()
	return u.String()
}

// dialer keeps the connection that it made, so that one that does not answer can be closed from outside of the driver.
type dialer struct {
	timeout time.Duration
	mu      sync.Mutex
	conn    net.Conn
}

var _ configurations.DialerContext = (*dialer)(nil)

func (d *dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := (&net.Dialer{Timeout: d.timeout, KeepAlive: 30 * time.Second}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	d.conn = c
	d.mu.Unlock()
	return c, nil
}

func (d *dialer) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.conn != nil {
		_ = d.conn.Close()
	}
}
