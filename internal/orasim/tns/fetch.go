package tns

import (
	"context"
	"errors"
	"fmt"
	"io"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/charset"
)

// fetch is function 5.
func (c *connection) fetch(ctx context.Context) error {
	d := &c.dec
	id := d.ub4()
	count := d.ub4()
	if d.err != nil {
		return d.err
	}
	cur := c.cursors[id]
	if cur == nil {
		return c.fail(&session.Error{Code: 1001, Text: "invalid cursor"}, id)
	}
	if c.planned != nil {
		return c.fail(c.planned, id)
	}
	if cur.rows == nil && !cur.done {
		return c.fail(&session.Error{Code: 1002, Text: "fetch out of sequence"}, id)
	}
	if cur.waitsForDefine() { // it never came: this client takes locators
		cur.defines = make([]oac, len(cur.columns))
	}
	return c.fetchMore(ctx, cur, count, false)
}

// fetchMore sends up to n rows of the open result. An execution also has message 8 behind them.
func (c *connection) fetchMore(ctx context.Context, cur *cursor, n int, execution bool) error {
	x := ending{cursor: cur.id, sqlType: sqlType(session.Query)}
	if n > 0 && (!execution || !cur.waitsForDefine()) {
		c.rowHeader(len(cur.columns), n)
		sent, err := c.sendRows(ctx, cur, n)
		cur.fetched += uint64(sent)
		switch {
		case errors.Is(err, io.EOF):
			x.code, x.text = 1403, []byte("ORA-01403: no data found\n")
			if _, open := cur.rows.(*scrolled); open {
				break // to be scrolled back
			}
			if err := cur.end(); err != nil {
				c.log("close result", err)
			}
		case err != nil:
			if closing := cur.end(); closing != nil {
				c.log("close result", closing)
			}
			c.closeNested(cur)
			f, other := c.complaint(err, cur.id)
			if other != nil {
				return other
			}
			f.rows, f.sqlType = cur.fetched, x.sqlType
			return c.end(f)
		}
	}
	x.rows = cur.fetched
	if s, ok := cur.rows.(*scrolled); ok {
		x.rows = uint64(s.at)
	}
	if execution {
		c.executed(cur, nil)
	}
	return c.end(x)
}

// rowHeader is message 6.
func (c *connection) rowHeader(columns, rows int) {
	e := &c.enc
	e.byte(6, 0)
	e.ub(uint64(columns & 255))
	e.ub(uint64(columns >> 8))
	e.ub(uint64(rows))
	e.ub(0)
	e.ub(0) // no bit vector: no value is left out because it is as in the row before
	e.ub(0)
}

// sendRows writes rows until there are n, or io.EOF.
func (c *connection) sendRows(ctx context.Context, cur *cursor, n int) (sent int, err error) {
	for ; sent < n; sent++ {
		if cur.rows == nil {
			return sent, io.EOF
		}
		if err := cur.rows.Next(ctx, cur.row); err != nil {
			return sent, err
		}
		at, out := len(c.enc.buf), c.flushed
		c.enc.byte(7)
		for i := range cur.columns {
			var define *oac
			if cur.defines != nil {
				define = &cur.defines[i]
			}
			if err := c.column(ctx, cur, &cur.columns[i], define, cur.row[i]); err != nil {
				if c.flushed != out {
					return sent, fmt.Errorf("%w: %w", errTorn, err)
				}
				c.enc.buf = c.enc.buf[:at] // no half row
				return sent, err
			}
		}
		if err := c.server.faults.row(c); err != nil {
			return sent + 1, err
		}
		if err := c.room(); err != nil {
			return sent + 1, err
		}
	}
	return sent, nil
}

// column writes one value of a row.
func (c *connection) column(ctx context.Context, cur *cursor, col *session.Column, define *oac, v []byte) error {
	e := &c.enc
	switch col.Type {
	case session.Varchar2, session.Char:
		if !col.National {
			v = charset.Convert(c.server.faults.text(v, c.dbSet), c.dbSet, c.clientSet)
		}
		e.clr(v)
	case session.Long, session.LongRaw:
		if col.Type == session.Long && !col.National {
			v = charset.Convert(v, c.dbSet, c.clientSet)
		}
		e.clr(v)
		e.byte(0, 0) // indicator, return code
	case session.RowID:
		if v == nil {
			e.byte(0)
		} else if len(v) != rowIDLen {
			return fmt.Errorf("a ROWID of %d bytes", len(v))
		} else {
			e.byte(rowIDLen)
			e.rowIDBody(v)
		}
	case session.URowID:
		e.dlc(v)
	case session.CLOB, session.BLOB, session.BFile:
		if define != nil {
			switch define.kind {
			case byte(session.Long), typeLongVarchar, byte(session.LongRaw), typeLongVarraw:
				if define.form != 0 && col.National != (define.form == formNational) {
					other := *col
					other.National = !col.National
					col = &other
				}
				return c.lobInline(ctx, col, v)
			}
		}
		return c.lobValue(ctx, col.Type, col.National, define != nil && define.cont&oacPrefetch != 0, v)
	case session.RefCursor:
		return c.refCursor(ctx, cur, v)
	case session.Object:
		switch {
		case col.Shape != nil:
			return c.objectValue(col.Shape, v)
		case v != nil && col.TypeName != "XMLTYPE":
			return &session.Error{Code: 3115, Text: "unsupported network datatype or representation (a value of an object type)"}
		}
		return c.xmlValue(ctx, v)
	case session.PLSQLBoolean:
		c.boolean(v)
	default:
		e.clr(v)
	}
	return nil
}
