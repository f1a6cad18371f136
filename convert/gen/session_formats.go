package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
)

// A datetime without a mask is read and written by NLS_DATE_FORMAT and its kin, which a script sets by ALTER SESSION:
// its own statements have the format as a constant. Routines and views take it from whoever runs them; for those the
// default of the database, or the policy's, stands in the result (Database Globalization Support Guide, "NLS Parameters").

// sessionFormats are the formats that a script has set for the statement at hand.
func (g *gen) sessionFormats() scripts.Formats {
	switch s := g.unit.Stmt.(type) {
	case *ast.SelectStmt, *ast.Insert, *ast.MultiInsert, *ast.Update, *ast.Delete, *ast.Merge, *ast.Block, *ast.Labeled, *ast.SQLCall, *ast.PlusCommand:
		return g.unit.Formats
	case *ast.CreateTable:
		if s.Query != nil {
			return g.unit.Formats
		}
	}
	return scripts.Formats{}
}

// dateMask is NLS_DATE_FORMAT of the source.
func (g *gen) dateMask() string {
	if m := g.sessionFormats().Date; m != "" {
		return m
	}
	if m := g.e.Policy.DateFormat; m != "" {
		return m
	}
	return "DD-MON-RR"
}

// timestampMask is NLS_TIMESTAMP_FORMAT of the script, or NLS_TIMESTAMP_TZ_FORMAT; "" where it sets none.
func (g *gen) timestampMask(t pgType) string {
	if t == pgTimestampTZ {
		return g.sessionFormats().TimestampTZ
	}
	return g.sessionFormats().Timestamp
}

// writtenDate makes text of a datetime by the format of the session.
func (g *gen) writtenDate(e ast.Expr, f frag) frag {
	mask := ""
	switch {
	case f.typ == pgTimestampTZ, g.class(e) == resolve.ClassTimestamp:
		mask = g.timestampMask(f.typ)
	default:
		mask = g.sessionFormats().Date
	}
	if mask == "" {
		return callFrag("to_char", pgText, f.s, literal(g.defaultMask(e, f)))
	}
	if s, ok := pgDateMask(mask); ok {
		return callFrag("to_char", pgText, f.s, literal(s))
	}
	return callFrag(g.use("to_char"), pgText, f.s, literal(mask))
}
