package engine

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"landfall/internal/orasim/store"
	"landfall/internal/orasim/value/number"
)

// dictView is a view of the dictionary: its columns, and a function that makes its rows from the catalog when a statement
// reads it. Columns that are not listed are ORA-03001 where they are named: Oracle has more of them.
type dictView struct {
	// name is that of the view; of a family, without DBA_, ALL_ and USER_.
	name string
	// columns are "name:type", or "name:type@12.1" for those that older databases lack. Types: i names and words (VARCHAR2(128)), v text (VARCHAR2(4000)),
	// n NUMBER, d DATE, t TIMESTAMP(6), z TIMESTAMP(6) WITH TIME ZONE, l LONG, c CLOB, r RAW(16).
	columns string
	// of are the two columns that name the object whose privileges decide what ALL_ shows. With one, everything of other owners
	// is left out; "" shows all to everybody.
	of string
	// forms are the prefixes that there are; "" is "DBA ALL USER".
	forms string
	// user is the column that must be the user in the USER_ view; "" is the first of "of". It is left out there unless keep.
	user  string
	keep  bool
	since int // version that brought it, as 1201
	rows  func(s *Session, put putRow)
}

// putRow enters a row of a view as pairs of a column's name and its value: string, int, uint32, uint64, int64, num, bool
// (as YES and NO), time.Time, []byte, nil. Columns that are not named are NULL.
type putRow func(pairs ...any)

// dictTable is what a dictionary view is in the catalog.
type dictTable struct {
	v      dictView
	at     map[string]int // place of a column
	open   bool           // everybody may read it
	form   string         // DBA, ALL, USER or ""
	inst   bool           // GV$: INST_ID stands in front
	ownerC string         // see dictView.of
	nameC  string
	userC  string
	title  string // its name as clients say it
	known  string // columns of all forms of the view
}

// openViews are views beside ALL_ and USER_ that Oracle grants to PUBLIC.
var openViews = map[string]bool{
	"DICTIONARY": true, "NLS_SESSION_PARAMETERS": true, "NLS_DATABASE_PARAMETERS": true, "NLS_INSTANCE_PARAMETERS": true, "PRODUCT_COMPONENT_VERSION": true, "GLOBAL_NAME": true,
	"SESSION_PRIVS": true, "SESSION_ROLES": true, "ROLE_SYS_PRIVS": true, "ROLE_TAB_PRIVS": true, "ROLE_ROLE_PRIVS": true, "DATABASE_PROPERTIES": true,
	"V$VERSION": true, "V$OPTION": true, "V$NLS_PARAMETERS": true, "V$TIMEZONE_FILE": true, "TABLE_PRIVILEGES": true, "COLUMN_PRIVILEGES": true,
}

// addDictionary enters the views: those of a family by its prefixes, those of the instance as V_$ and GV_$ with public synonyms.
func (db *Database) addDictionary() {
	known := map[string]string{}
	for _, v := range append(families(), fixedViews()...) {
		known[v.name] += " " + v.columns
	}
	db.dictColumns = known
	for _, f := range families() {
		forms := strings.Fields(f.forms)
		if f.forms == "" {
			forms = []string{"DBA", "ALL", "USER"}
		}
		for _, form := range forms {
			db.addDictView(f, form, form+"_"+f.name, false)
		}
	}
	for _, v := range fixedViews() {
		db.addDictView(v, "", v.name, false)
		if rest, ok := strings.CutPrefix(v.name, "V$"); ok {
			db.addDictView(v, "", "GV$"+rest, true)
		}
	}
}

func (db *Database) addDictView(v dictView, form, name string, inst bool) {
	if v.since > db.release() {
		db.newer[name] = true
		return
	}
	d := &dictTable{v: v, known: db.dictColumns[v.name], at: map[string]int{}, form: form, inst: inst, open: form == "ALL" || form == "USER" || openViews[v.name]}
	if of := strings.Fields(v.of); len(of) > 0 {
		d.ownerC, d.userC = of[0], of[0]
		if len(of) > 1 {
			d.nameC = of[1]
		}
	}
	if v.user != "" {
		d.userC = v.user
	}
	owner, short := "SYS", name
	d.title = name
	if o, n, ok := strings.Cut(name, "."); ok {
		owner, name, short = o, n, n
	}
	for _, p := range []string{"V$", "GV$"} { // the names V$ are synonyms; views that grants name are V_$
		if rest, ok := strings.CutPrefix(name, p); ok {
			name = strings.TrimSuffix(p, "$") + "_$" + rest
		}
	}
	t := &table{owner: owner, name: name, lock: &store.TableLock{}, shared: &tableShared{}, dict: d}
	spec := strings.Fields(v.columns)
	if inst {
		spec = append([]string{"inst_id:n"}, spec...)
	}
	for _, f := range spec {
		name, kind, _ := strings.Cut(f, ":")
		kind, since, newer := strings.Cut(kind, "@")
		if newer && releaseNumber(since) > db.release() {
			continue
		}
		if form == "USER" && name == d.userC && !v.keep {
			continue
		}
		i := len(t.cols)
		d.at[name] = i
		t.cols = append(t.cols, &column{name: strings.ToUpper(name), id: i + 1, internal: i, typ: dictTypes[kind]})
	}
	db.put(&object{objectName: objectName{owner: owner, name: name}, id: db.newID(), kind: "VIEW", table: t, system: true})
	if owner == "SYS" {
		db.put(&object{objectName: objectName{owner: "PUBLIC", name: short}, id: db.newID(), kind: "SYNONYM", synonym: &synonym{owner: owner, name: name, public: true}, system: true})
	}
}

var dictTypes = map[string]typ{
	"i": {kind: kVarchar, size: 128}, "v": {kind: kVarchar, size: 4000}, "n": tNumber, "d": tDate, "t": {kind: kTimestamp, scale: 6},
	"z": {kind: kZoned, scale: 6}, "l": {kind: kLong}, "c": tClob, "r": {kind: kRaw, size: 16},
}

// release is the version of the database as 1903.
func (db *Database) release() int { return db.info.Version[0]*100 + db.info.Version[1] }

// releaseNumber makes 1201 of 12.1 and 1800 of 18.
func releaseNumber(s string) int {
	major, minor, _ := strings.Cut(s, ".")
	a, err := strconv.Atoi(major)
	if err != nil {
		panic("release " + s)
	}
	b, _ := strconv.Atoi(minor) // "" is 0
	return a*100 + b
}

// dictRows are the rows of a view for a statement, made once for all times that it reads the view.
func (ex *execution) dictRows(t *table) [][][]byte {
	if rows, ok := ex.memo[t].([][][]byte); ok {
		return rows
	}
	d, s := t.dict, ex.s
	rows := [][][]byte{}
	seen := map[objectName]bool{}
	visible := func(name objectName) bool {
		if ok, known := seen[name]; known {
			return ok
		}
		ok := s.sees(name)
		seen[name] = ok
		return ok
	}
	d.v.rows(s, func(pairs ...any) {
		row := make([][]byte, len(t.cols))
		var name objectName
		body := ""
		for i := 0; i < len(pairs); i += 2 {
			what := pairs[i].(string)
			switch {
			case d.form == "USER" && what == d.userC && pairs[i+1] != s.user:
				return
			case d.form == "ALL" && what == d.ownerC:
				name.owner, _ = pairs[i+1].(string)
			case d.form == "ALL" && what == d.nameC:
				name.name, _ = pairs[i+1].(string)
			case d.form == "ALL" && (what == "type" || what == "object_type"):
				if kind, _ := pairs[i+1].(string); strings.HasSuffix(kind, " BODY") {
					body = kind
				}
			}
			at, ok := d.at[what]
			if !ok {
				if strings.Contains(d.known, " "+what+":") {
					continue // left out of this form or release
				}
				panic(fmt.Sprintf("%s has no column %s", t.name, what))
			}
			row[at] = dictValue(pairs[i+1])
		}
		if d.form == "ALL" && d.ownerC != "" && name.owner != s.user && name.owner != "PUBLIC" && (d.nameC == "" || !visible(name) || body != "" && !s.seesBody(body)) {
			return
		}
		if d.inst {
			row[0] = count(1)
		}
		rows = append(rows, row)
	})
	ex.memo[t] = rows
	return rows
}

func dictValue(x any) []byte {
	switch v := x.(type) {
	case nil:
		return nil
	case string:
		return str(v)
	case []byte:
		return v
	case int:
		return count(v)
	case uint32:
		return number.FromUint(uint64(v)).Bytes()
	case uint64:
		return number.FromUint(v).Bytes()
	case int64:
		return number.FromInt(v).Bytes()
	case num:
		return v.Bytes()
	case bool:
		return []byte(yesNo(v))
	case time.Time:
		if v.IsZero() {
			return nil
		}
		return instant(v).Date()
	case zoned:
		return instant(v.Time).Zoned(0)
	}
	panic(fmt.Sprintf("a value of the dictionary is %T", x))
}

// zoned is a time for a column of type z.
type zoned struct{ time.Time }

// readable reports whether a session may read a view of the dictionary: ALL_ and USER_ are open to all; the others ask for the
// role SELECT_CATALOG_ROLE, the privilege SELECT ANY DICTIONARY, or a grant of their own.
func (s *Session) readable(t *table) bool {
	return t.dict.open || s.may(objectName{owner: t.owner, name: t.name}, "SELECT") || s.hasPrivilege("SELECT ANY DICTIONARY") || s.hasRole("SELECT_CATALOG_ROLE")
}

func yesNo(b bool) string {
	if b {
		return "YES"
	}
	return "NO"
}

func yn(b bool) string {
	if b {
		return "Y"
	}
	return "N"
}

// word is one of two words.
func word(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

// given is a text, or NULL where it is empty: for values that are no strings otherwise.
func given(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

// dictionaryName reports whether a name is one of Oracle's dictionary: where it is not known here, that must be said.
func dictionaryName(parts []string) bool {
	if len(parts) == 2 && parts[0] != "SYS" || len(parts) > 2 {
		return false
	}
	name := parts[len(parts)-1]
	for _, p := range []string{"DBA_", "ALL_", "USER_", "CDB_", "V$", "GV$", "V_$", "GV_$", "X$", "NLS_", "DBMS_", "SESSION_", "ROLE_"} {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	switch name {
	case "DICT", "DICTIONARY", "CAT", "TAB", "COLS", "SEQ", "SYN", "IND", "OBJ", "GLOBAL_NAME", "PRODUCT_COMPONENT_VERSION", "DATABASE_PROPERTIES", "PLAN_TABLE", "RECYCLEBIN", "AUDIT_ACTIONS",
		"UNIFIED_AUDIT_TRAIL":
		return true
	}
	return len(parts) == 2 && parts[0] == "SYS"
}
