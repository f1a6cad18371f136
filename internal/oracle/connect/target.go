package connect

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Target is where a database is and as whom to log in; it holds no password.
type Target struct {
	User  string // as Oracle takes it: folded by the server unless quoted
	Proxy string // the account to become, when User is a proxy for it

	Host    string // "" when Alias is set
	Port    int
	Service string // one of Service, SID and Alias is set
	SID     string
	Alias   string // a name in tnsnames.ora

	TLS        bool   // TCPS
	Wallet     string // folder of cwallet.sso or ewallet.p12: trusted certificates, own certificate
	SYSDBA     bool
	Encryption Level // native network encryption
	Integrity  Level // native checksums
}

// Level is how much a native network service is wanted (Net Services Reference, SQLNET.ENCRYPTION_CLIENT).
type Level string

// The levels; "" is Accepted.
const (
	Accepted  Level = "accepted"
	Rejected  Level = "rejected"
	Requested Level = "requested"
	Required  Level = "required"
)

// ParseTarget reads the URL form:
//
//	oracle://user@host[:1521]/service     service
//	oracle://user@host[:1521]?sid=ORCL    SID
//	oracle://user@alias                   a name in tnsnames.ora
//
// with the settings tls=on, wallet=DIR, proxy=ACCOUNT (or user[account]), role=sysdba, encryption=LEVEL, integrity=LEVEL.
// A password in the URL is refused: it would be seen in process lists and histories.
func ParseTarget(text string) (Target, error) {
	u, err := url.Parse(bracketsEscaped(text))
	if err != nil {
		return Target{}, fmt.Errorf("not a URL such as oracle://user@host:1521/service")
	}
	if u.Scheme != "oracle" {
		return Target{}, fmt.Errorf("the URL of an Oracle database begins with oracle://")
	}
	if u.User == nil || u.User.Username() == "" {
		return Target{}, errors.New("the URL names no user: oracle://user@host:1521/service")
	}
	if _, has := u.User.Password(); has {
		return Target{}, errors.New("a password does not belong in a URL, where everybody can see it")
	}
	t := Target{User: u.User.Username(), Host: u.Hostname(), Service: strings.Trim(u.Path, "/")}
	if user, account, ok := strings.Cut(t.User, "["); ok && strings.HasSuffix(account, "]") && user != "" && len(account) > 1 {
		t.User, t.Proxy = user, strings.TrimSuffix(account, "]")
	}
	for name, values := range u.Query() {
		if len(values) != 1 {
			return Target{}, fmt.Errorf("%s stands twice in the URL", name)
		}
		if err := t.set(strings.ToLower(name), values[0]); err != nil {
			return Target{}, err
		}
	}
	if t.Service != "" && t.SID != "" {
		return Target{}, errors.New("a URL names a service or a SID, not both")
	}
	switch {
	case t.Host == "":
		return Target{}, errors.New("the URL names no host: oracle://user@host:1521/service")
	case t.Service == "" && t.SID == "" && u.Port() != "":
		return Target{}, errors.New("the URL names no service: oracle://user@host:1521/service, or ?sid=NAME")
	case t.Service == "" && t.SID == "":
		t.Alias, t.Host = t.Host, ""
		return t, nil
	}
	t.Port = 1521
	if t.TLS {
		t.Port = 2484
	}
	if p := u.Port(); p != "" {
		if t.Port, err = strconv.Atoi(p); err != nil || t.Port < 1 || t.Port > 65535 {
			return Target{}, fmt.Errorf("%s is no port", p)
		}
	}
	return t, nil
}

func (t *Target) set(name, value string) error {
	level := func(to *Level) error {
		*to = Level(strings.ToLower(value))
		if !slices.Contains([]Level{Accepted, Rejected, Requested, Required}, *to) {
			return fmt.Errorf("%s is accepted, rejected, requested or required, not %q", name, value)
		}
		return nil
	}
	switch name {
	case "sid":
		t.SID = value
	case "tls":
		switch strings.ToLower(value) {
		case "on", "true":
			t.TLS = true
		case "off", "false":
		default:
			return fmt.Errorf("tls is on or off, not %q", value)
		}
	case "wallet":
		t.Wallet = value
	case "proxy":
		t.Proxy = value
	case "role":
		if !strings.EqualFold(value, "sysdba") {
			return fmt.Errorf("role can only be sysdba, not %q", value)
		}
		t.SYSDBA = true
	case "encryption":
		return level(&t.Encryption)
	case "integrity":
		return level(&t.Integrity)
	default:
		return fmt.Errorf("the URL has an unknown setting %q: there are sid, tls, wallet, proxy, role, encryption, integrity", name)
	}
	return nil
}

// bracketsEscaped lets the usual way to write a proxy, user[account], pass in a URL.
func bracketsEscaped(text string) string {
	at := strings.LastIndexByte(text, '@')
	if at < 0 {
		return text
	}
	return strings.NewReplacer("[", "%5B", "]", "%5D").Replace(text[:at]) + text[at:]
}

// String is the URL form.
func (t Target) String() string {
	u := url.URL{Scheme: "oracle", User: url.User(t.User), Host: t.Host}
	q := url.Values{}
	add := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	if t.Alias != "" {
		u.Host = t.Alias
	} else {
		u.Host = net.JoinHostPort(t.Host, strconv.Itoa(t.Port))
		u.Path = "/" + t.Service
	}
	add("sid", t.SID)
	add("proxy", t.Proxy)
	add("wallet", t.Wallet)
	add("encryption", string(t.Encryption))
	add("integrity", string(t.Integrity))
	if t.TLS {
		q.Set("tls", "on")
	}
	if t.SYSDBA {
		q.Set("role", "sysdba")
	}
	u.RawQuery = q.Encode()
	return u.String()
}
