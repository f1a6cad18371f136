package engine

import (
	"strings"
	"time"

	"landfall/internal/orasim/store"
	"landfall/internal/orasim/value/number"
)

// dictView is a view of the dictionary. Columns are "name:type": v text, n NUMBER, d DATE, l LONG. Rows gives values by
// position: string, int, uint64, num, time.Time, nil.
type dictView struct {
	name    string
	columns string
	rows    func(s *Session) [][]any
}

// addDictionary enters the views: those of a family as DBA_, ALL_ and USER_, where every account sees everything and USER_
// views leave out the owner.
func (db *Database) addDictionary() {
	for _, f := range families {
		for _, prefix := range []string{"DBA_", "ALL_"} {
			db.addDictView(dictView{prefix + f.name, f.columns, f.rows})
		}
		cols := strings.Fields(f.columns)
		if !strings.HasPrefix(cols[0], "owner:") && !strings.HasPrefix(cols[0], "sequence_owner:") && !strings.HasPrefix(cols[0], "table_owner:") &&
			!strings.HasPrefix(cols[0], "index_owner:") {
			continue
		}
		name := f.name
		db.addDictView(dictView{"USER_" + name, strings.Join(cols[1:], " "), func(s *Session) [][]any {
			var own [][]any
			for _, r := range f.rows(s) {
				if r[0] == s.user {
					own = append(own, r[1:])
				}
			}
			return own
		}})
	}
	for _, v := range fixedViews {
		db.addDictView(v)
		if strings.HasPrefix(v.name, "V$") {
			inner := v.rows
			db.addDictView(dictView{"G" + v.name, "inst_id:n " + v.columns, func(s *Session) [][]any {
				var out [][]any
				for _, r := range inner(s) {
					out = append(out, append([]any{1}, r...))
				}
				return out
			}})
		}
	}
}

func (db *Database) addDictView(v dictView) {
	t := &table{owner: "SYS", name: v.name, lock: &store.TableLock{}, shared: &tableShared{}}
	for i, f := range strings.Fields(strings.ToUpper(v.columns)) {
		name, kind, _ := strings.Cut(f, ":")
		col := &column{name: name, id: i + 1, internal: i}
		switch kind {
		case "N":
			col.typ = tNumber
		case "D":
			col.typ = tDate
		case "L":
			col.typ = typ{kind: kLong}
		default:
			col.typ = typ{kind: kVarchar, size: 4000}
		}
		t.cols = append(t.cols, col)
	}
	rows := v.rows
	width := len(t.cols)
	t.system = func(ex *execution) ([][][]byte, error) {
		var out [][][]byte
		for _, r := range rows(ex.s) {
			row := make([][]byte, width)
			for i, x := range r {
				row[i] = dictValue(x)
			}
			out = append(out, row)
		}
		return out, nil
	}
	db.put(&object{objectName: objectName{owner: "SYS", name: v.name}, id: db.newID(), kind: "VIEW", table: t, system: true})
	db.put(&object{objectName: objectName{owner: "PUBLIC", name: v.name}, id: db.newID(), kind: "SYNONYM", synonym: &synonym{owner: "SYS", name: v.name, public: true}, system: true})
}

func dictValue(x any) []byte {
	switch v := x.(type) {
	case string:
		return str(v)
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
	case time.Time:
		return instant(v).Date()
	}
	return nil
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

// dictionaryName reports whether a name is one of Oracle's dictionary: where it is not known here, that must be said.
func dictionaryName(parts []string) bool {
	if len(parts) == 2 && parts[0] != "SYS" || len(parts) > 2 {
		return false
	}
	name := parts[len(parts)-1]
	for _, p := range []string{"DBA_", "ALL_", "USER_", "CDB_", "V$", "GV$", "V_$", "X$", "NLS_", "DBMS_", "SESSION_", "ROLE_"} {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	switch name {
	case "DICT", "DICTIONARY", "CAT", "TAB", "COLS", "SEQ", "SYN", "IND", "OBJ", "GLOBAL_NAME", "PRODUCT_COMPONENT_VERSION", "DATABASE_PROPERTIES", "PLAN_TABLE", "RECYCLEBIN", "AUDIT_ACTIONS":
		return true
	}
	return len(parts) == 2 && parts[0] == "SYS"
}
