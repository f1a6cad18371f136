package connect

import (
	"context"
	"crypto/tls"
	"errors"
	"strings"
	"time"
)

// Options say how to use a Target.
type Options struct {
	// Password is asked once for each login. It may be nil when the wallet of the target has the credentials.
	Password func(context.Context) (string, error)
	// WalletPassword opens ewallet.p12; "" means cwallet.sso.
	WalletPassword string
	// TNSAdmin is the folder of tnsnames.ora, for targets with an Alias.
	TNSAdmin string
	// TLS replaces what the wallet would trust: roots, own certificate. The server's name is always checked unless it says not to.
	TLS *tls.Config
	// AllowSYSDBA must be set for a target that asks for it, or for the user SYS.
	AllowSYSDBA bool

	MaxSessions      int           // sessions at once; 0 means 1
	ConnectTimeout   time.Duration // for a login, with the wait for the network; 0 means 30 s
	StatementTimeout time.Duration // the longest wait for an answer (of a fetch: for the next rows); 0 means no limit
	FetchRows        int           // rows a call, unless a query says otherwise; 0 means 1000

	Program string // V$SESSION.PROGRAM and MODULE; "" means landfall
	Module  string // "" means Program

	// TextCharset is what the bytes of the database's text are, where its own character set has one byte a character and is not what they are
	// written in (Chinese in US7ASCII or WE8ISO8859P1); "" is its own.
	TextCharset string

	// Text says what becomes of characters that are none in the database's character set, by default.
	Text TextPolicy
}

func (o Options) withDefaults() Options {
	if o.MaxSessions <= 0 {
		o.MaxSessions = 1
	}
	if o.ConnectTimeout <= 0 {
		o.ConnectTimeout = 30 * time.Second
	}
	if o.FetchRows <= 0 {
		o.FetchRows = 1000
	}
	if o.Program == "" {
		o.Program = "landfall"
	}
	if o.Module == "" {
		o.Module = o.Program
	}
	return o
}

// check refuses what a target asks for and the options do not grant.
func (o *Options) check(t Target) error {
	switch {
	case t.User == "":
		return errors.New("no user to log in as")
	case t.SYSDBA && !o.AllowSYSDBA:
		return errors.New("logging in as SYSDBA is not allowed here: a reader needs SELECT_CATALOG_ROLE and rights on its tables, no more")
	case strings.EqualFold(strings.Trim(t.User, `"`), "SYS") && !(t.SYSDBA && o.AllowSYSDBA):
		return errors.New("the user SYS can log in as SYSDBA only, which is not allowed here: use an account of its own")
	}
	if o.TextCharset != "" {
		if _, err := charsetNamed(o.TextCharset); err != nil {
			return err
		}
	}
	if o.Password == nil && t.Wallet == "" {
		return errors.New("no password for " + t.User)
	}
	return nil
}
