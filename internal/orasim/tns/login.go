package tns

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/charset"
)

var errLoginDenied = &session.Error{Code: 1017, Text: "invalid username/password; logon denied"}

const (
	modeSYSDBA  = 0x20
	modeSYSOPER = 0x40

	// privileges that are not served: a start without a database, SYSASM, SYSBACKUP, SYSDG, SYSKM, SYSRAC
	modeOthers = 0x80 | 0x400000 | 0x1000000 | 0x2000000 | 0x4000000 | 0x8000000
)

// authRequest is function 118 or 115: who logs in, and what it says about itself.
type authRequest struct {
	user  string
	mode  int
	pairs map[string]string
	// context are the pairs of application contexts, whose keys come again: namespace, attribute, value.
	context []string
}

func (d *decoder) authRequest(clrText bool) authRequest {
	var r authRequest
	named := d.ptr()
	size := d.count(maxName, "bytes of a user's name")
	r.mode = d.ub4()
	d.ptr()
	n := d.count(maxPairs, "pairs")
	d.ptr()
	d.ptr()
	if named && size > 0 {
		r.user = string(d.text(size, clrText))
	}
	r.pairs = make(map[string]string, min(n, 32))
	for i := 0; i < n && d.err == nil; i++ {
		k, v, _ := d.pair()
		if strings.HasPrefix(k, "AUTH_APPCTX_") {
			r.context = append(r.context, strings.TrimRight(v, "\x00"))
		}
		r.pairs[k] = v
	}
	return r
}

// text reads a text whose length was said before: as a clr, or bare, as negotiated.
func (d *decoder) text(size int, clrText bool) []byte {
	if clrText {
		return d.clr(maxText)
	}
	return d.raw(size)
}

// authOne answers function 118 with a challenge. An account that does not exist gets one as well, which nothing answers.
func (c *connection) authOne(ctx context.Context) error {
	r := c.dec.authRequest(c.dialect.clrText)
	if c.dec.err != nil {
		return c.dec.err
	}
	password, known := c.db.Password(ctx, r.user)
	if !known {
		password = string(random(16))
	}
	ch, err := newChallenge(c.server.options.Verifier, password)
	if err != nil {
		return err
	}
	c.challenge, c.password, c.known, c.login.User = ch, password, known, r.user
	c.describeClient(r)
	pairs := append(ch.pairs(), pair{"AUTH_GLOBALLY_UNIQUE_DBID\x00", upperHex(random(16)), 0})
	e := &c.enc
	e.byte(8)
	e.ub(uint64(len(pairs)))
	for _, p := range pairs {
		e.pair(p.key, p.value, p.flag)
	}
	return c.end(ending{})
}

func (c *connection) describeClient(r authRequest) {
	set := func(to *string, key string) {
		if v, ok := r.pairs[key]; ok {
			*to = v
		}
	}
	l := &c.login
	set(&l.Terminal, "AUTH_TERMINAL")
	set(&l.Program, "AUTH_PROGRAM_NM")
	set(&l.Machine, "AUTH_MACHINE")
	set(&l.Process, "AUTH_PID")
	set(&l.OSUser, "AUTH_SID")
	set(&l.Driver, "SESSION_CLIENT_DRIVER_NAME")
	set(&l.Proxy, "PROXY_CLIENT_NAME")
	l.Mode = session.Normal
	switch {
	case r.mode&modeSYSDBA != 0:
		l.Mode = session.SYSDBA
	case r.mode&modeSYSOPER != 0:
		l.Mode = session.SYSOPER
	}
}

// authTwo answers function 115: the password is checked and the session made.
func (c *connection) authTwo(ctx context.Context) error {
	r := c.dec.authRequest(c.dialect.clrText)
	if c.dec.err != nil {
		return c.dec.err
	}
	ch := c.challenge
	c.challenge = nil // one answer for one challenge
	if ch == nil {
		return c.deny(errLoginDenied)
	}
	given, err := ch.open(r.pairs["AUTH_SESSKEY"], r.pairs["AUTH_PASSWORD"])
	if err != nil && !errors.Is(err, errPassword) {
		return err
	}
	if err != nil || !c.known || !samePassword(given, c.password) || r.user != c.login.User {
		return c.deny(errLoginDenied)
	}
	if r.mode&modeOthers != 0 {
		return c.deny(&session.Error{Code: 1031, Text: "insufficient privileges"})
	}
	c.describeClient(r)
	c.login.End = c.endSession
	if c.sess, err = c.db.Login(ctx, c.login); err != nil {
		return c.deny(err)
	}
	if alter := strings.TrimRight(r.pairs["AUTH_ALTER_SESSION"], "\x00 "); alter != "" {
		if err := c.run(ctx, alter); err != nil {
			return c.deny(err)
		}
	}
	if setter, ok := c.sess.(session.ContextSetter); ok {
		for x := r.context; len(x) >= 3; x = x[3:] {
			if err := setter.SetContext(x[0], false, map[string]string{x[1]: x[2]}); err != nil {
				return c.deny(err)
			}
		}
	}
	c.state = c.sess.State()
	if teller, ok := c.sess.(session.SchemaTeller); ok {
		_, c.schemaSet = teller.CurrentSchema()
	}
	c.mu.Lock()
	c.id, c.hasID = [2]uint32{c.state.SID, c.state.Serial}, true
	c.mu.Unlock()
	if err := c.link.conn.SetDeadline(time.Time{}); err != nil {
		return err
	}
	e := &c.enc
	pairs := c.welcome(ch)
	e.byte(8)
	e.ub(uint64(len(pairs)))
	for _, p := range pairs {
		e.pair(p.key, p.value, p.flag)
	}
	c.nls()
	return c.end(ending{})
}

// deny tells the client why it may not log in; the connection ends behind that.
func (c *connection) deny(err error) error {
	if e := c.fail(err, 0); e != nil {
		return e
	}
	c.closing = true
	return nil
}

// run executes a statement that the client did not send as one.
func (c *connection) run(ctx context.Context, sql string) error {
	st, err := c.sess.Parse(ctx, sql)
	if err != nil {
		return err
	}
	_, err = st.Execute(ctx, &session.Call{Rows: [][][]byte{nil}})
	return errors.Join(err, st.Close())
}

// welcome is what a client learns at login.
func (c *connection) welcome(ch *challenge) []pair {
	unique := c.info.Unique
	if unique == "" {
		unique = c.info.Name
	}
	return []pair{
		{"AUTH_VERSION_STRING", "- Production", 0},
		{"AUTH_VERSION_SQL", "24", 0},
		{"AUTH_XACTION_TRAITS", "3", 0},
		{"AUTH_VERSION_NO", strconv.FormatUint(uint64(c.versionNumber()), 10), 0},
		{"AUTH_VERSION_STATUS", "0", 0},
		{"AUTH_CAPABILITY_TABLE", "", 0},
		{"AUTH_DBNAME", c.info.Name, 0},
		{"AUTH_SESSION_ID", strconv.Itoa(int(c.state.SID)), 0},
		{"AUTH_SERIAL_NUM", strconv.Itoa(int(c.state.Serial)), 0},
		{"AUTH_INSTANCE_NO", "1", 0},
		{"AUTH_USER_ID", "100", 0},
		{"AUTH_SERVER_PID", "1", 0},
		{"AUTH_SC_SERVER_HOST", "localhost", 0},
		{"AUTH_SC_DBUNIQUE_NAME", unique, 0},
		{"AUTH_SC_REAL_DBUNIQUE_NAME", unique, 0},
		{"AUTH_SC_INSTANCE_NAME", c.info.Instance, 0},
		{"AUTH_SC_SERVICE_NAME", c.info.Service, 0},
		{"AUTH_SC_DB_DOMAIN", c.info.Domain, 0},
		{"AUTH_INSTANCENAME", c.info.Instance, 0},
		{"AUTH_MAX_OPEN_CURSORS", strconv.Itoa(c.server.options.OpenCursors), 0},
		{"AUTH_MAX_IDEN_LENGTH", "128", 0},
		{"AUTH_SVR_RESPONSE", ch.proof(), 0},
		{"AUTH_NLS_LXLAN", c.parameter("NLS_LANGUAGE", "AMERICAN"), 0},
		{"AUTH_NLS_LXCTERRITORY", c.parameter("NLS_TERRITORY", "AMERICA"), 0},
	}
}

func (c *connection) parameter(name, otherwise string) string {
	if v, ok := c.state.NLS[name]; ok {
		return v
	}
	return otherwise
}

// nls sends the session's NLS parameters. A driver that does not get them asks for them with a PL/SQL block.
func (c *connection) nls() {
	list := []struct {
		keyword         int
		name, otherwise string
	}{
		{16, "NLS_LANGUAGE", "AMERICAN"},
		{9, "NLS_TERRITORY", "AMERICA"},
		{0, "NLS_CURRENCY", "$"},
		{1, "NLS_ISO_CURRENCY", "AMERICA"},
		{2, "NLS_NUMERIC_CHARACTERS", ".,"},
		{7, "NLS_DATE_FORMAT", "DD-MON-RR"},
		{8, "NLS_DATE_LANGUAGE", "AMERICAN"},
		{10, "NLS_CHARACTERSET", charset.NameOf(c.info.Charset)},
		{11, "NLS_SORT", "BINARY"},
		{12, "NLS_CALENDAR", "GREGORIAN"},
		{50, "NLS_COMP", "BINARY"},
		{58, "NLS_TIMESTAMP_FORMAT", "DD-MON-RR HH.MI.SSXFF AM"},
		{60, "NLS_TIMESTAMP_TZ_FORMAT", "DD-MON-RR HH.MI.SSXFF AM TZR"},
		{61, "NLS_LENGTH_SEMANTICS", "BYTE"},
	}
	e := &c.enc
	e.byte(23, 5)
	e.ub(0)
	e.byte(0)
	e.ub(uint64(len(list)))
	e.byte(0)
	for _, p := range list {
		v := c.parameter(p.name, p.otherwise)
		e.ub(0)
		e.ub(uint64(len(v)))
		e.clrText(v)
		e.ub(uint64(p.keyword))
	}
	e.ub(0)
}

// version answers function 59.
func (c *connection) version() error {
	d := &c.dec
	d.ptr()
	d.ub4()
	d.ptr()
	d.ptr()
	if c.dialect.fields >= 11 {
		d.ub4()
	}
	if d.err != nil {
		return d.err
	}
	e := &c.enc
	e.byte(8)
	e.ub(uint64(len(c.info.Banner)))
	e.clrText(c.info.Banner)
	e.ub(uint64(c.versionNumber()))
	c.enc.status(c.inTransaction())
	return nil
}

// versionNumber packs the five parts as clients unpack them at our field version: 8, 4, 8, 4 and 8 bits.
func (c *connection) versionNumber() uint32 {
	v := c.info.Version
	part := func(i, most int) uint32 { return uint32(max(0, min(v[i], most))) }
	return part(0, 255)<<24 | part(1, 15)<<20 | part(2, 255)<<12 | part(3, 15)<<8 | part(4, 255)
}
