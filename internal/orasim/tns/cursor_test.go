package tns

import (
	"testing"

	"landfall/internal/orasim/session"
)

// TestRetype holds what a client that has read text before is sent when the column is a LOB at the next execution.
func TestRetype(t *testing.T) {
	col := func(kind session.Type, national bool) session.Column {
		return session.Column{Type: kind, National: national}
	}
	for _, c := range []struct {
		was, now   session.Column
		kind, form byte
	}{
		{col(session.Varchar2, false), col(session.CLOB, false), byte(session.Long), formImplicit},
		{col(session.Varchar2, true), col(session.CLOB, false), byte(session.Long), formNational},
		{col(session.Char, false), col(session.CLOB, true), byte(session.Long), formImplicit},
		{col(session.Raw, false), col(session.BLOB, false), byte(session.LongRaw), 0},
		{col(session.Number, false), col(session.CLOB, false), 0, 0},
		{col(session.CLOB, false), col(session.Varchar2, false), 0, 0},
	} {
		cur := &cursor{columns: []session.Column{c.now}}
		cur.retype([]session.Column{c.was})
		if c.kind == 0 {
			if cur.defines != nil {
				t.Errorf("%v -> %v: defined as %v", c.was.Type, c.now.Type, cur.defines)
			}
			continue
		}
		if len(cur.defines) != 1 || cur.defines[0].kind != c.kind || cur.defines[0].form != c.form {
			t.Errorf("%v -> %v: %+v", c.was.Type, c.now.Type, cur.defines)
		}
	}
	cur := &cursor{columns: []session.Column{col(session.CLOB, false)}, defines: make([]oac, 2)}
	if cur.retype(make([]session.Column, 2)); cur.defines != nil {
		t.Error("another number of columns keeps defines")
	}
}
