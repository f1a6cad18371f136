package engine

import (
	"context"
	"slices"
	"sync"
	"time"

	"landfall/internal/orasim/engine/plsql"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
	"landfall/internal/orasim/store"
	"landfall/internal/orasim/value/datetime"
	"landfall/internal/orasim/value/mask"
)

// Session is one logged-in session.
type Session struct {
	db          *Database
	user        string
	schema      string
	userID      uint32
	sid, serial uint32
	began       time.Time
	login       session.Login
	dba         bool

	nls       mask.NLS
	params    map[string]string // NLS_SESSION_PARAMETERS
	territory string
	zone      datetime.Zone
	// overlapFails is ERROR_ON_OVERLAP_TIME.
	overlapFails bool
	charSem      bool

	client   session.Client
	clientMu sync.Mutex

	tx             *store.Tx
	savepoints     []savepoint
	serial2        uint64 // SCN of a serializable or read-only transaction
	readOnly       bool
	deferred       pending
	constraintMode map[string]bool
	currvals       map[*sequence][]byte
	temps          map[*tableShared]*store.Segment
	tempIx         map[any]*store.Index
	lobs           lobTable
	closed         bool
	held           *sessionRights
	loading        bool // runs the scripts of a folder
	home           string
	transform      transform
	schemaSet      int               // how often the current schema has been set
	dirty          []*lob            // of rows, written through their locators
	contexts       map[string]string // CLIENTCONTEXT
	output         plsql.Output
	sqlCursors     plsql.SQLCursors
	cursors        map[uint64]*plsql.Cursor // handed to the client
	lastCursor     uint64
}

type savepoint struct {
	name     string
	mark     int
	deferred pending
}

// Login implements session.Database.
func (db *Database) Login(_ context.Context, l session.Login) (session.Session, error) {
	name := foldName(l.User)
	db.mu.Lock()
	defer db.mu.Unlock()
	u := db.users[name]
	if u == nil {
		return nil, seam(ora.New(1017))
	}
	if u.locked {
		return nil, seam(ora.New(28000))
	}
	if l.Proxy != "" {
		return nil, seam(ora.Unsupported("proxy authentication"))
	}
	if l.Mode == session.Normal && !db.maySession(name) {
		return nil, seam(ora.New(1045, name))
	}
	db.nextSID++
	s := &Session{
		db: db, user: name, schema: name, userID: u.id, sid: db.nextSID, serial: db.nextSID*7 + 11, login: l, dba: l.Mode != session.Normal,
		nls: mask.American(), territory: "AMERICA", constraintMode: map[string]bool{}, currvals: map[*sequence][]byte{},
		temps: map[*tableShared]*store.Segment{}, tempIx: map[any]*store.Index{},
	}
	if s.dba {
		s.user, s.schema, s.userID = "SYS", "SYS", 0
	}
	s.params, s.began = defaultParams(), db.clock()
	s.lobs.init(db.set)
	db.sessions[s.sid] = s
	db.mostSessions = max(db.mostSessions, len(db.sessions))
	db.cache.counters.logons.Add(1)
	return s, nil
}

func defaultParams() map[string]string {
	return map[string]string{
		"NLS_LANGUAGE": "AMERICAN", "NLS_TERRITORY": "AMERICA", "NLS_CURRENCY": "$", "NLS_ISO_CURRENCY": "AMERICA", "NLS_NUMERIC_CHARACTERS": ".,",
		"NLS_CALENDAR": "GREGORIAN", "NLS_DATE_FORMAT": "DD-MON-RR", "NLS_DATE_LANGUAGE": "AMERICAN", "NLS_SORT": "BINARY",
		"NLS_TIME_FORMAT": "HH.MI.SSXFF AM", "NLS_TIMESTAMP_FORMAT": "DD-MON-RR HH.MI.SSXFF AM", "NLS_TIME_TZ_FORMAT": "HH.MI.SSXFF AM TZR",
		"NLS_TIMESTAMP_TZ_FORMAT": "DD-MON-RR HH.MI.SSXFF AM TZR", "NLS_DUAL_CURRENCY": "$", "NLS_COMP": "BINARY", "NLS_LENGTH_SEMANTICS": "BYTE",
		"NLS_NCHAR_CONV_EXCP": "FALSE",
	}
}

// foldName is a name as a client sends it: upper case unless quoted.
func foldName(name string) string {
	if n := len(name); n >= 2 && name[0] == '"' && name[n-1] == '"' {
		return name[1 : n-1]
	}
	return upper(name)
}

// Info implements session.Database.
func (db *Database) Info() session.Info { return db.info }

// Password implements session.Database.
func (db *Database) Password(_ context.Context, name string) (string, bool) {
	db.mu.RLock()
	defer db.mu.RUnlock()
	u := db.users[foldName(name)]
	if u == nil || u.password == "" {
		return "", false
	}
	return u.password, true
}

// maySession reports whether an account has CREATE SESSION. The catalog must be locked.
func (db *Database) maySession(name string) bool {
	for n := range db.rights.enabled(name) {
		if h := db.rights.holdings[n]; h != nil {
			if _, ok := h.system["CREATE SESSION"]; ok {
				return true
			}
		}
	}
	return false
}

// AddUser makes an account with the role DBA, or changes the password of one and gives it that role.
func (db *Database) AddUser(name, password string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	name = foldName(name)
	db.addUser(name, password)
	db.rights.of(name).roles["DBA"] = false
	db.version.Add(1)
}

// AddAccount makes an account that has some privileges and no others, beside those that it has already: system privileges, roles,
// or "SELECT ON HR.EMP". An error is Oracle's.
func (db *Database) AddAccount(ctx context.Context, name, password string, privileges ...string) error {
	db.mu.Lock()
	name = foldName(name)
	db.addUser(name, password)
	db.version.Add(1)
	db.mu.Unlock()
	in, err := db.Login(ctx, session.Login{User: "SYS", Mode: session.SYSDBA})
	if err != nil {
		return err
	}
	defer in.Close()
	for _, p := range privileges {
		st, err := in.(*Session).parse("GRANT " + p + " TO " + quotedName(name))
		if err == nil {
			_, err = st.execute(ctx, &session.Call{Rows: [][][]byte{nil}})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (db *Database) addUser(name, password string) *user {
	u := db.users[name]
	if u == nil {
		u = &user{name: name, id: uint32(100 + len(db.users)), created: db.clock()}
		db.users[name] = u
	}
	if password != "" {
		u.password = password
	}
	return u
}

// State implements session.Session.
func (s *Session) State() session.State {
	nls := map[string]string{}
	for k, v := range s.params {
		nls[k] = v
	}
	return session.State{SID: s.sid, Serial: s.serial, NLS: nls}
}

// SetClient implements session.Session.
func (s *Session) SetClient(what session.ClientFields, c session.Client) {
	s.clientMu.Lock()
	defer s.clientMu.Unlock()
	if what&session.Identifier != 0 {
		s.client.Identifier = c.Identifier
	}
	if what&session.Module != 0 {
		s.client.Module = c.Module
	}
	if what&session.Action != 0 {
		s.client.Action = c.Action
	}
	if what&session.ClientInfo != 0 {
		s.client.Info = c.Info
	}
	if what&session.Operation != 0 {
		s.client.Operation = c.Operation
	}
}

// CurrentSchema implements session.SchemaTeller.
func (s *Session) CurrentSchema() (name string, set int) { return s.schema, s.schemaSet }

// SetContext implements session.ContextSetter: only CLIENTCONTEXT may be set by who likes. A driver gets ORA-28267 for others, as the
// tests of python-oracledb have it, PL/SQL ORA-01031.
func (s *Session) SetContext(namespace string, clear bool, values map[string]string) error {
	if !s.setContext(namespace, clear, values) {
		return seam(ora.New(28267))
	}
	return nil
}

func (s *Session) setContext(namespace string, clear bool, values map[string]string) bool {
	if upper(namespace) != "CLIENTCONTEXT" {
		return false
	}
	if clear || s.contexts == nil {
		s.contexts = map[string]string{}
	}
	for k, v := range values {
		s.contexts[upper(k)] = v
	}
	return true
}

// InTransaction implements session.Session.
func (s *Session) InTransaction() bool { return s.tx != nil && s.tx.Changed() }

// Commit implements session.Session.
func (s *Session) Commit(ctx context.Context) error { return seam(s.commit(ctx)) }

func (s *Session) commit(ctx context.Context) error {
	if err := s.flushLOBs(ctx); err != nil {
		return err
	}
	if s.tx != nil {
		if !s.deferred.empty() {
			ex := s.execution(ctx)
			if err := s.verify(ex, s.tx, &s.deferred, true); err != nil {
				s.rollback()
				e, ok := err.(*ora.Error)
				if !ok {
					return err
				}
				return &ora.Error{Code: 2091, Text: "transaction rolled back\n" + e.Error()}
			}
		}
		if scn := s.tx.Commit(); scn != 0 {
			s.db.noteSCN(scn)
			s.db.cache.counters.commits.Add(1)
		}
	}
	s.endTransaction(true)
	return nil
}

// noteSCN remembers when an SCN was made, at most every second.
func (db *Database) noteSCN(scn uint64) {
	now := db.clock()
	db.mu.Lock()
	defer db.mu.Unlock()
	if n := len(db.scnTimes); n > 0 && now.Sub(db.scnTimes[n-1].at) < 1e9/10 {
		return
	}
	db.scnTimes = append(db.scnTimes, scnTime{scn, now})
}

// Rollback implements session.Session.
func (s *Session) Rollback(context.Context) error {
	s.rollback()
	return nil
}

func (s *Session) rollback() {
	if s.tx != nil {
		s.db.cache.counters.rollbacks.Add(1)
		s.tx.Rollback()
	}
	s.endTransaction(false)
}

func (s *Session) endTransaction(bool) {
	s.dirty = nil
	s.tx, s.savepoints, s.serial2, s.readOnly, s.deferred = nil, nil, 0, false, pending{}
	clear(s.constraintMode)
	for shared, seg := range s.temps {
		if shared.deleteRows {
			s.db.store.DropSegment(seg)
			delete(s.temps, shared)
			s.dropTempIndexes(shared)
		}
	}
}

func (s *Session) dropTempIndexes(shared *tableShared) {
	for k := range s.tempIx {
		if owner, ok := k.(tempKey); ok && owner.shared == shared {
			delete(s.tempIx, k)
		}
	}
}

type tempKey struct {
	shared *tableShared
	of     any
}

// temporary is the session's own segment of a temporary table.
func (s *Session) temporary(t *table) *store.Segment {
	seg := s.temps[t.shared]
	if seg == nil {
		s.db.mu.Lock()
		id := s.db.newID()
		s.db.mu.Unlock()
		seg = s.db.store.NewSegment(id)
		t.shared.deleteRows = t.temporary == "TRANSACTION"
		s.temps[t.shared] = seg
	}
	return seg
}

func (s *Session) tempIndex(of any) *store.Index {
	x := s.tempIx[of]
	if x == nil {
		x = store.NewIndex()
		s.tempIx[of] = x
	}
	return x
}

// transaction starts one where there is none.
func (s *Session) transaction() *store.Tx {
	if s.tx == nil {
		s.tx = s.db.store.Begin()
	}
	return s.tx
}

// execution begins a statement: its snapshot is now, or that of the transaction.
func (s *Session) execution(ctx context.Context) *execution {
	ex := &execution{ctx: ctx, s: s, now: moment{instant(s.db.clock())}, ctes: map[*cteDef]*cteRows{}, seqs: map[*sequence][]byte{}, memo: map[any]any{}}
	ex.snapshot()
	return ex
}

func (ex *execution) snapshot() {
	s := ex.s
	ex.snap = store.Snapshot{SCN: s.db.store.SCN()}
	if s.serial2 != 0 {
		ex.snap.SCN = s.serial2
	}
	if s.tx != nil {
		ex.snap.Tx, ex.snap.Seq = s.tx, s.tx.Statement()
	}
}

// Close implements session.Session.
func (s *Session) Close() error {
	if s.closed {
		return nil
	}
	s.closed = true
	s.rollback()
	for _, seg := range s.temps {
		s.db.store.DropSegment(seg)
	}
	s.db.mu.Lock()
	delete(s.db.sessions, s.sid)
	s.db.mu.Unlock()
	return nil
}

// Open implements session.Backend for a single database.
func (db *Database) Open(_ context.Context, t session.Target) (session.Database, error) {
	names := []string{db.info.Name, db.info.Service, db.info.Instance, db.info.Unique}
	if db.info.Domain != "" {
		names = append(names, db.info.Name+"."+db.info.Domain)
	}
	same := func(a string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return n != "" && upper(n) == upper(a) })
	}
	switch {
	case t.Service != "" && same(t.Service), t.SID != "" && same(t.SID):
		return db, nil
	case t.SID != "":
		return nil, &session.Error{Code: 12505, Text: "TNS:listener does not currently know of SID given in connect descriptor"}
	}
	return nil, &session.Error{Code: 12514, Text: "TNS:listener does not currently know of service requested in connect descriptor"}
}
