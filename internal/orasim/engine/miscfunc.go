package engine

import (
	"crypto/md5"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"fmt"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/number"
)

func init() {
	userOf := func(f func(s *Session) string) func(*compiler, ast.Node, []expr) (expr, error) {
		return func(c *compiler, n ast.Node, a []expr) (expr, error) {
			return computed(typ{kind: kVarchar, size: 128}, func(e *env) ([]byte, error) { return str(f(e.ex.s)), nil }), nil
		}
	}
	register(map[string]builtin{
		"USER": {0, 0, true, userOf(func(s *Session) string { return s.user })},
		"UID": {0, 0, true, func(c *compiler, n ast.Node, a []expr) (expr, error) {
			return computed(tNumber, func(e *env) ([]byte, error) { return count(int(e.ex.s.userID)), nil }), nil
		}},
		"SYS_CONTEXT":                      {2, 3, false, sysContext},
		"DBMS_DB_VERSION.VERSION":          {0, 0, true, dbVersion(0)},
		"DBMS_DB_VERSION.RELEASE":          {0, 0, true, dbVersion(1)},
		"USERENV":                          {1, 1, false, userEnv},
		"DUMP":                             {1, 4, false, dump},
		"VSIZE":                            {1, 1, false, vsize},
		"STANDARD_HASH":                    {1, 2, false, standardHash},
		"ORA_HASH":                         {1, 3, false, unknownFunc},
		"SYS_GUID":                         {0, 0, false, sysGUID},
		"SYS_CONNECT_BY_PATH":              {2, 2, false, func(c *compiler, n ast.Node, a []expr) (expr, error) { return c.connectByPath(n.(*ast.Call), a) }},
		"DBMS_LOB.GETLENGTH":               {1, 1, false, lobLength},
		"DBMS_LOB.SUBSTR":                  {1, 3, false, lobSubstr},
		"DBMS_LOB.INSTR":                   {2, 4, false, lobInstr},
		"DBMS_ROWID.ROWID_OBJECT":          {1, 1, false, rowidPart(func(v []byte) uint64 { return uint64(binary.BigEndian.Uint32(v[1:])) })},
		"DBMS_ROWID.ROWID_RELATIVE_FNO":    {1, 2, false, rowidPart(func(v []byte) uint64 { return uint64(binary.BigEndian.Uint16(v[5:])) })},
		"DBMS_ROWID.ROWID_BLOCK_NUMBER":    {1, 2, false, rowidPart(func(v []byte) uint64 { return uint64(binary.BigEndian.Uint32(v[7:])) })},
		"DBMS_ROWID.ROWID_ROW_NUMBER":      {1, 1, false, rowidPart(func(v []byte) uint64 { return uint64(binary.BigEndian.Uint16(v[11:])) })},
		"DBMS_ROWID.ROWID_TO_ABSOLUTE_FNO": {3, 3, false, rowidPart(func(v []byte) uint64 { return uint64(binary.BigEndian.Uint16(v[5:])) })},
		"DBMS_ROWID.ROWID_TYPE":            {1, 1, false, rowidPart(func(v []byte) uint64 { return uint64(v[0]) })}, // 1 is an extended one
		"DBMS_ROWID.ROWID_CREATE":          {5, 5, false, rowidCreate},
		"DBMS_FLASHBACK.GET_SYSTEM_CHANGE_NUMBER": {0, 0, true, func(c *compiler, n ast.Node, a []expr) (expr, error) {
			return computed(tNumber, func(e *env) ([]byte, error) { return number.FromUint(e.ex.s.db.store.SCN()).Bytes(), nil }), nil
		}},
	})
}

// dbVersion is a constant of DBMS_DB_VERSION.
func dbVersion(part int) func(*compiler, ast.Node, []expr) (expr, error) {
	return func(c *compiler, _ ast.Node, _ []expr) (expr, error) {
		v := c.s.db.info.Version[part]
		if part == 1 && c.s.db.info.Version[0] > 18 {
			v = 0 // the release of 19c is 0
		}
		return fixed(tNumber, count(v)), nil
	}
}

func sysContext(c *compiler, n ast.Node, a []expr) (expr, error) {
	ns, err := c.text(n, a[0])
	if err != nil {
		return expr{}, err
	}
	par, err := c.text(n, a[1])
	if err != nil {
		return expr{}, err
	}
	return computed(typ{kind: kVarchar, size: 256}, binaryEnv(ns, par, func(e *env, p, q []byte) ([]byte, error) {
		if upper(string(p)) == "CLIENTCONTEXT" {
			return str(e.ex.s.contexts[upper(string(q))]), nil
		}
		if upper(string(p)) != "USERENV" {
			return nil, ora.Unsupported("SYS_CONTEXT('" + string(p) + "', ...)")
		}
		v, ok := e.ex.s.context(upper(string(q)))
		if !ok {
			return nil, ora.Unsupported("SYS_CONTEXT('USERENV', '" + string(q) + "')")
		}
		return str(v), nil
	})), nil
}

// context gives an attribute of USERENV.
func (s *Session) context(name string) (string, bool) {
	db := s.db
	switch name {
	case "SESSION_USER", "CURRENT_USER", "PROXY_USER":
		if name == "PROXY_USER" {
			return "", true
		}
		return s.user, true
	case "CURRENT_SCHEMA":
		return s.schema, true
	case "SESSION_USERID", "CURRENT_USERID":
		return itoa(int(s.userID)), true
	case "CON_NAME":
		return db.info.Name, db.release() >= 1201
	case "DB_NAME":
		return db.info.Name, true
	case "DB_UNIQUE_NAME":
		if db.info.Unique != "" {
			return db.info.Unique, true
		}
		return db.info.Name, true
	case "DB_DOMAIN":
		return db.info.Domain, true
	case "INSTANCE_NAME":
		return db.info.Instance, true
	case "SERVICE_NAME":
		return db.info.Service, true
	case "INSTANCE":
		return "1", true
	case "CON_ID":
		return word(db.release() < 1201, "", "0"), db.release() >= 1201 // no container database
	case "SID":
		return itoa(int(s.sid)), true
	case "SESSIONID":
		return itoa(int(s.serial) + 100000), true
	case "MODULE":
		return s.client.Module, true
	case "ACTION":
		return s.client.Action, true
	case "CLIENT_IDENTIFIER":
		return s.client.Identifier, true
	case "CLIENT_INFO":
		return s.client.Info, true
	case "HOST":
		return s.login.Machine, true
	case "SERVER_HOST":
		return "localhost", true
	case "IP_ADDRESS":
		host, _, _ := strings.Cut(s.login.Address, ":")
		return host, true
	case "AUTHENTICATION_METHOD":
		return "PASSWORD", true
	case "AUTHENTICATED_IDENTITY":
		return s.user, true
	case "CLOUD_SERVICE":
		return "", true // NULL in a database that is no service of Oracle's cloud
	case "CURRENT_SCHEMAID":
		s.db.mu.RLock()
		defer s.db.mu.RUnlock()
		if u := s.db.users[s.schema]; u != nil {
			return itoa(int(u.id)), true
		}
		return "", true
	case "CDB_NAME", "GLOBAL_UID", "PROXY_USERID", "ENTERPRISE_IDENTITY", "NETWORK_PROTOCOL", "CLIENT_PROGRAM_NAME":
		switch name {
		case "NETWORK_PROTOCOL":
			return "tcp", true
		case "CLIENT_PROGRAM_NAME":
			return s.login.Program, true
		}
		return "", true
	case "BG_JOB_ID", "FG_JOB_ID":
		return word(name == "FG_JOB_ID", "0", ""), true
	case "NLS_CALENDAR", "NLS_CURRENCY", "NLS_DATE_LANGUAGE", "NLS_SORT":
		return s.params[name], true
	case "STATEMENTID", "ENTRYID":
		return "", true
	case "ORACLE_HOME":
		return "/", true
	case "OS_USER":
		return s.login.OSUser, true
	case "TERMINAL":
		return s.login.Terminal, true
	case "ISDBA":
		return map[bool]string{true: "TRUE", false: "FALSE"}[s.dba], true
	case "NLS_DATE_FORMAT":
		return s.nls.Date, true
	case "NLS_TERRITORY":
		return s.territory, true
	case "LANGUAGE":
		return "AMERICAN_AMERICA." + db.charsetName(), true
	case "LANG":
		return "US", true
	case "DATABASE_ROLE":
		return "PRIMARY", true
	}
	return "", false
}

func userEnv(c *compiler, n ast.Node, a []expr) (expr, error) {
	x, err := c.text(n, a[0])
	if err != nil {
		return expr{}, err
	}
	return computed(typ{kind: kVarchar, size: 64}, unaryFunc(x, func(e *env, v []byte) ([]byte, error) {
		switch p := upper(string(v)); p {
		case "SID", "SESSIONID", "TERMINAL", "LANG", "LANGUAGE", "ISDBA", "INSTANCE":
			r, _ := e.ex.s.context(p)
			return str(r), nil
		}
		return nil, ora.Unsupported("USERENV('" + string(v) + "')")
	})), nil
}

// typeCode is the number DUMP shows.
func typeCode(t typ) int {
	switch t.kind {
	case kChar:
		return 96
	case kNumber:
		return 2
	case kDate:
		return 12
	case kRaw:
		return 23
	case kRowID:
		return 69
	case kFloat:
		return 100
	case kDouble:
		return 101
	case kTimestamp:
		return 180
	case kZoned:
		return 181
	case kMonths:
		return 182
	case kSpan:
		return 183
	case kLocal:
		return 231
	}
	return 1
}

// dump is DUMP(x, format): of columns. Expressions of type DATE have other bytes inside of Oracle.
func dump(c *compiler, n ast.Node, a []expr) (expr, error) {
	x := a[0]
	if len(a) > 2 || x.typ.kind.lob() || x.typ.kind == kRowID {
		return expr{}, c.unsupported(n, "DUMP")
	}
	if x.typ.kind.datetime() && x.col == nil {
		return expr{}, c.unsupported(n, "DUMP of a datetime that is no column")
	}
	format := func(*env) (int, bool, error) { return 10, true, nil }
	if len(a) > 1 {
		var err error
		if format, err = c.integer(n, a[1]); err != nil {
			return expr{}, err
		}
	}
	code := typeCode(x.typ)
	charsetHead, err := c.dumpHead(n, x.typ)
	if err != nil {
		return expr{}, err
	}
	return computed(typ{kind: kVarchar, size: 4000}, func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if err != nil {
			return nil, err
		}
		if v == nil {
			return []byte("NULL"), nil
		}
		f, _, err := format(e)
		if err != nil {
			return nil, err
		}
		verb, head := "%d", ""
		if f >= 1000 {
			f, head = f-1000, charsetHead
		}
		switch f {
		case 10:
		case 16:
			verb = "%x"
		case 8:
			verb = "%o"
		default:
			return nil, ora.Unsupported("DUMP with that format")
		}
		if x.typ.kind.text() {
			v = c.s.seamText(v, x.typ.national)
		}
		parts := make([]string, len(v))
		for i, b := range v {
			parts[i] = fmt.Sprintf(verb, b)
		}
		return []byte(fmt.Sprintf("Typ=%d Len=%d%s: %s", code, len(v), head, strings.Join(parts, ","))), nil
	}), nil
}

func vsize(c *compiler, n ast.Node, a []expr) (expr, error) {
	x := a[0]
	if x.typ.kind.lob() || x.typ.kind.datetime() && x.col == nil {
		return expr{}, c.unsupported(n, "VSIZE")
	}
	return computed(tNumber, unaryFunc(x, func(_ *env, v []byte) ([]byte, error) { return count(byteLength(v, x.typ, c.set())), nil })), nil
}

func standardHash(c *compiler, n ast.Node, a []expr) (expr, error) {
	x := a[0]
	if x.typ.kind.lob() || x.typ.national {
		return expr{}, c.unsupported(n, "STANDARD_HASH")
	}
	method := fixed(typ{kind: kChar, size: 4}, []byte("SHA1"))
	if len(a) > 1 {
		var err error
		if method, err = c.text(n, a[1]); err != nil {
			return expr{}, err
		}
	}
	return computed(rawType(64), func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if err != nil {
			return nil, err
		}
		if x.typ.kind.text() {
			v = c.set().Bytes(v)
		}
		m, err := method.eval(e)
		if err != nil {
			return nil, err
		}
		switch upper(string(m)) {
		case "SHA1":
			h := sha1.Sum(v)
			return h[:], nil
		case "MD5":
			h := md5.Sum(v)
			return h[:], nil
		case "SHA256":
			h := sha256.Sum256(v)
			return h[:], nil
		case "SHA384":
			h := sha512.Sum384(v)
			return h[:], nil
		case "SHA512":
			h := sha512.Sum512(v)
			return h[:], nil
		}
		return nil, ora.New(1760)
	}), nil
}

func sysGUID(c *compiler, n ast.Node, a []expr) (expr, error) {
	c.volatile()
	return computed(rawType(16), func(*env) ([]byte, error) {
		b := make([]byte, 16)
		_, err := rand.Read(b)
		return b, err
	}), nil
}

// lobLength is DBMS_LOB.GETLENGTH: CLOBs count in UTF-16 units.
func lobLength(c *compiler, n ast.Node, a []expr) (expr, error) {
	x := a[0]
	if x.typ.kind != kBlob && x.typ.kind != kRaw {
		var err error
		if x, err = c.text(n, x); err != nil {
			return expr{}, err
		}
	}
	binary := x.typ.kind == kBlob || x.typ.kind == kRaw
	return computed(tNumber, unaryFunc(x, func(_ *env, v []byte) ([]byte, error) {
		if binary {
			return count(len(v)), nil
		}
		return count(len(c.set().Units(v))), nil
	})), nil
}

// lobSubstr is DBMS_LOB.SUBSTR(lob, amount, offset).
func lobSubstr(c *compiler, n ast.Node, a []expr) (expr, error) {
	x := a[0]
	binary := x.typ.kind == kBlob || x.typ.kind == kRaw
	if !binary {
		var err error
		if x, err = c.text(n, x); err != nil {
			return expr{}, err
		}
	}
	nums, err := c.regexpInts(n, []expr{pick(a, 1), pick(a, 2)}, 32767, 1)
	if err != nil {
		return expr{}, err
	}
	t := typ{kind: kVarchar, size: 4000, national: x.typ.national, charSem: x.typ.national}
	most, mostRaw := 4000, 2000
	if c.inPLSQL() {
		most, mostRaw = 32767, 32767
	}
	if binary {
		t = rawType(2000)
	}
	return computed(t, unaryFunc(x, func(e *env, v []byte) ([]byte, error) {
		k, ok, err := evalInts(e, nums)
		if !ok || err != nil {
			return nil, err
		}
		if k[0] < 1 || k[1] < 1 || k[0] > 32767 {
			return nil, nil
		}
		if binary {
			lo, hi := part(len(v), k[1], k[0], true)
			if hi-lo > mostRaw {
				return nil, ora.New(6502, ": raw variable length too long")
			}
			return notEmpty(v[lo:hi], t), nil
		}
		units := c.set().Units(v) // which is how a CLOB counts
		lo, hi := part(len(units), k[1], k[0], true)
		if lo < hi && (cutsPair(units, lo) || cutsPair(units, hi)) {
			return nil, ora.Unsupported("DBMS_LOB.SUBSTR that cuts a character in two")
		}
		out := c.set().HoldUnits(units[lo:hi])
		if c.set().Len(out) > most {
			return nil, ora.New(6502, ": character string buffer too small")
		}
		return notEmpty(out, t), nil
	})), nil
}

// lowHalf reports the second unit of a character beyond the basic plane.
// cutsPair reports whether a place is between the two units of a character.
func cutsPair(units []uint16, at int) bool {
	return at > 0 && at < len(units) && units[at-1]&0xfc00 == 0xd800 && units[at]&0xfc00 == 0xdc00
}

func lobInstr(c *compiler, n ast.Node, a []expr) (expr, error) {
	if a[0].typ.kind == kBlob || a[0].typ.kind == kRaw {
		return expr{}, c.unsupported(n, "DBMS_LOB.INSTR of a BLOB")
	}
	return instr(c, n, a)
}

func rowidPart(f func(v []byte) uint64) func(*compiler, ast.Node, []expr) (expr, error) {
	return func(c *compiler, n ast.Node, a []expr) (expr, error) {
		x, err := c.convert(n, a[0], kRowID)
		if err != nil {
			return expr{}, err
		}
		return computed(tNumber, unaryFunc(x, func(_ *env, v []byte) ([]byte, error) { return number.FromUint(f(v)).Bytes(), nil })), nil
	}
}

// rowidCreate is DBMS_ROWID.ROWID_CREATE(1, object, file, block, row).
func rowidCreate(c *compiler, n ast.Node, a []expr) (expr, error) {
	nums, err := c.regexpInts(n, a, 0, 0, 0, 0, 0)
	if err != nil {
		return expr{}, err
	}
	return computed(tRowID, func(e *env) ([]byte, error) {
		k, ok, err := evalInts(e, nums)
		if !ok || err != nil {
			return nil, err
		}
		if k[0] != 1 {
			return nil, ora.Unsupported("restricted ROWIDs")
		}
		if k[1] < 0 || k[1] > 0xffffffff || k[2] < 0 || k[2] > 0xffff || k[3] < 0 || k[3] > 0xffffffff || k[4] < 0 || k[4] > 0xffff {
			return nil, ora.New(1410)
		}
		b := binary.BigEndian.AppendUint32([]byte{1}, uint32(k[1]))
		b = binary.BigEndian.AppendUint16(b, uint16(k[2]))
		b = binary.BigEndian.AppendUint32(b, uint32(k[3]))
		return binary.BigEndian.AppendUint16(b, uint16(k[4])), nil
	}), nil
}
