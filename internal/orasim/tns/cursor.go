package tns

import (
	"errors"
	"fmt"

	"landfall/internal/orasim/session"
)

// cursor is a statement that a client has open, by the number it knows it by.
type cursor struct {
	id     int
	stmt   session.Statement // nil of a result that came as a value, and of a text that was not understood
	kind   session.Kind
	block  bool
	places []placeholder
	handle []byte // the value that a REF CURSOR came as

	binds      []oac
	declared   []session.Bind
	allValues  bool                // the client sends values for what only comes back, too
	directions []session.Direction // of the binds; nil before the first execution
	rowCounts  bool                // wanted by iteration
	bad        error               // a bind value that cannot be one

	columns []session.Column
	defines []oac // one a column, or none
	rows    session.Rows
	done    bool // the last row has gone out
	fetched uint64
	row     [][]byte

	parent *cursor         // in whose row it came
	nested map[int]*cursor // those of its rows
}

func (cur *cursor) invalid(err error) {
	if cur.bad == nil {
		cur.bad = err
	}
}

// open takes a new result.
func (cur *cursor) open(cols []session.Column, rows session.Rows) {
	cur.columns, cur.rows, cur.done, cur.fetched = cols, rows, false, 0
	cur.row = make([][]byte, len(cols))
	if len(cur.defines) != len(cols) {
		cur.defines = nil
	}
}

// retype is for a statement that is executed again and has columns of other types now: LOBs where the client has read text or raw bytes
// before come as LONGs (of the character form that they had), as if it had defined them so. python-oracledb counts on it.
func (cur *cursor) retype(before []session.Column) {
	cur.defines = nil
	if len(before) != len(cur.columns) {
		return
	}
	defines, lobs := make([]oac, len(before)), false
	for i, now := range cur.columns {
		defines[i].kind = byte(now.Type)
		switch was := before[i]; {
		case now.Type == session.CLOB && (was.Type == session.Varchar2 || was.Type == session.Char || was.Type == session.Long):
			defines[i].kind, defines[i].form, lobs = byte(session.Long), formImplicit, true
			if was.National {
				defines[i].form = formNational
			}
		case now.Type == session.BLOB && (was.Type == session.Raw || was.Type == session.LongRaw):
			defines[i].kind, lobs = byte(session.LongRaw), true
		}
	}
	if lobs {
		cur.defines = defines
	}
}

// end closes the result, if there is one.
func (cur *cursor) end() error {
	rows := cur.rows
	cur.rows, cur.done = nil, true
	if rows == nil {
		return nil
	}
	return rows.Close()
}

func (cur *cursor) close() error {
	err := cur.end()
	if cur.stmt != nil {
		err = errors.Join(err, cur.stmt.Close())
	}
	return err
}

// define takes down how the client wants the columns. Values are not converted: LOBs can be had as LONGs, and that is all. A
// wish for something else is refused, because its answer would be read as what it is not.
func (cur *cursor) define(list []oac) error {
	if len(list) != len(cur.columns) {
		return &session.Error{Code: 1007, Text: "variable not in select list"}
	}
	for i, o := range list {
		t, ok := cur.columns[i].Type, false
		switch as := session.Type(o.kind); {
		case as == t:
			ok = true
		case t == session.CLOB, t == session.Long:
			ok = as == session.Long || o.kind == typeLongVarchar
		case t == session.BLOB, t == session.LongRaw:
			ok = as == session.LongRaw || o.kind == typeLongVarraw
		case t == session.Varchar2, t == session.Char:
			ok = as == session.Varchar2 || as == session.Char
		case t == session.RowID, t == session.URowID: // as which drivers declare them, and read them as ROWIDs all the same
			ok = as == session.Varchar2
		}
		if !ok {
			return &session.Error{Code: 932, Text: fmt.Sprintf("inconsistent datatypes: column %d is not served as type %d", i+1, o.kind)}
		}
	}
	cur.defines = list
	return nil
}

// waitsForDefine tells whether rows must wait: a client says how it wants LOBs only when it has seen the description.
func (cur *cursor) waitsForDefine() bool {
	if cur.defines != nil {
		return false
	}
	for i := range cur.columns {
		switch cur.columns[i].Type {
		case session.CLOB, session.BLOB:
			return true
		}
	}
	return false
}

// newCursor gives out a number.
func (c *connection) newCursor() (*cursor, error) {
	if len(c.cursors) >= c.server.options.OpenCursors {
		return nil, &session.Error{Code: 1000, Text: "maximum open cursors exceeded"}
	}
	for {
		c.lastCursor = c.lastCursor%maxCursors + 1
		if c.cursors[c.lastCursor] == nil {
			break
		}
	}
	cur := &cursor{id: c.lastCursor}
	c.cursors[cur.id] = cur
	return cur, nil
}

// cursorOf opens the result behind a value of type REF CURSOR under a number of its own.
func (c *connection) cursorOf(open *session.Cursor, handle []byte) (*cursor, error) {
	cur, err := c.newCursor()
	if err != nil {
		return nil, errors.Join(err, open.Rows.Close())
	}
	cur.kind = session.Query
	cur.handle = append([]byte(nil), handle...)
	cur.open(open.Columns, open.Rows)
	return cur, nil
}

// closeNested closes the cursors that came in the rows of another: when that is executed again, closed, or fails.
func (c *connection) closeNested(cur *cursor) {
	for id := range cur.nested {
		c.closeCursor(id)
	}
}

func (c *connection) closeCursor(id int) {
	cur := c.cursors[id]
	if cur == nil {
		return
	}
	delete(c.cursors, id)
	c.closeNested(cur)
	if cur.parent != nil {
		delete(cur.parent.nested, id)
	}
	if err := cur.close(); err != nil {
		c.log("close cursor", err)
	}
}
