package plsql

import (
	"strings"
)

func init() {
	register(map[string]*Native{
		"SQLCODE": Function("PLS_INTEGER", "", func(r *Run, _ []*Bound) (any, error) { return numberOf(r.handled.sqlcode()), nil }),
		"SQLERRM": Function("VARCHAR2", "code?NUMBER", func(r *Run, a []*Bound) (any, error) {
			if !a[0].Given() {
				return []byte(cut(r.handled.sqlerrm(), 512)), nil
			}
			i, ok, err := a[0].Int()
			if err != nil || !ok {
				return []byte(nil), err
			}
			text, err := errorText(i)
			return []byte(text), err
		}),
		"RAISE_APPLICATION_ERROR": Procedure("num:NUMBER msg:VARCHAR2 keeperrorstack?BOOLEAN", func(r *Run, a []*Bound) error {
			i, ok, err := a[0].Int()
			if err != nil {
				return err
			}
			if !ok {
				i = 0
			}
			keep := r.handled
			if !isTrue(a[2].Bytes()) {
				keep = nil
			}
			return raised(i, string(r.Host.Charset().Plain(a[1].Bytes())), keep)
		}),
		"DBMS_UTILITY.FORMAT_ERROR_STACK": Function("VARCHAR2", "", func(r *Run, _ []*Bound) (any, error) {
			if r.handled == nil {
				return []byte(nil), nil
			}
			return []byte(cut(r.handled.err.Error()+"\n", 2000)), nil
		}),
		"DBMS_UTILITY.FORMAT_ERROR_BACKTRACE": Function("VARCHAR2", "", func(r *Run, _ []*Bound) (any, error) {
			if r.handled == nil {
				return []byte(nil), nil
			}
			return []byte(strings.Join(r.handled.lines, "\n") + "\n"), nil
		}),
	})
}

// cut shortens text to bytes, not within a character.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}
