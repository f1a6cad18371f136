package gen

import (
	"landfall/internal/oracle/syntax/ast"
)

// DBMS_LOB works on locators; here a LOB is a value of type text or bytea, and what changes one is an assignment
// (PL/SQL Packages and Types Reference 19c, "DBMS_LOB").
func lobMembers() {
	for name, value := range map[string]string{
		"LOB_READONLY": "0", "LOB_READWRITE": "1", "FILE_READONLY": "0", "CALL": "12", "SESSION": "10", "TRANSACTION": "11",
		"LOBMAXSIZE": "2147483647", "DEFAULT_CSID": "0", "DEFAULT_LANG_CTX": "0", "NO_WARNING": "0", "WARN_INCONVERTIBLE_CHAR": "1",
	} {
		builtins["DBMS_LOB."+name] = constant(value, pgInteger)
	}
	length := func(g *gen, at ast.Node, v []ast.Expr) frag {
		g.suppliedNote(at, "DBMS_LOB", "a LOB is a value: its length")
		if g.isBytes(v[0]) {
			return callFrag("octet_length", pgInteger, g.text(v[0]))
		}
		return callFrag("length", pgInteger, g.str(v[0]).s)
	}
	suppliedFuncs["DBMS_LOB.GETLENGTH"] = suppliedFunc{"LOB_LOC", length}
	suppliedFuncs["DBMS_LOB.GET_LENGTH"] = suppliedFunc{"LOB_LOC", length}
	suppliedFuncs["DBMS_LOB.SUBSTR"] = suppliedFunc{"LOB_LOC AMOUNT? OFFSET?", func(g *gen, at ast.Node, v []ast.Expr) frag {
		g.suppliedNote(at, "DBMS_LOB", "substr, with position and length changed round")
		amount, offset := g.integerOr(v[1], "32767"), g.integerOr(v[2], "1")
		if g.isBytes(v[0]) {
			return callFrag("substr", pgBytea, g.text(v[0]), offset.s, amount.s)
		}
		return emptyIsNull(callFrag("substr", pgText, g.str(v[0]).s, offset.s, amount.s))
	}}
	suppliedFuncs["DBMS_LOB.INSTR"] = suppliedFunc{"LOB_LOC PATTERN OFFSET? NTH?", func(g *gen, at ast.Node, v []ast.Expr) frag {
		g.suppliedNote(at, "DBMS_LOB", "the position of a text")
		if g.isBytes(v[0]) {
			if v[2] != nil || v[3] != nil {
				n, c := callParts(at.(ast.Expr))
				return g.ownSupplied(n, c, "DBMS_LOB.INSTR")
			}
			return frag{s: "position(" + g.toBytes(v[1], g.expr(v[1])).s + " IN " + g.text(v[0]) + ")", prec: precPrimary, typ: pgInteger}
		}
		if v[2] == nil && v[3] == nil {
			return callFrag("strpos", pgInteger, g.str(v[0]).s, g.str(v[1]).s)
		}
		return callFrag(g.use("instr"), pgInteger, g.str(v[0]).s, g.str(v[1]).s, g.numericOr(v[2], "1"), g.numericOr(v[3], "1"))
	}}
	suppliedFuncs["DBMS_LOB.COMPARE"] = suppliedFunc{"LOB_1 LOB_2", func(g *gen, at ast.Node, v []ast.Expr) frag {
		g.suppliedNote(at, "DBMS_LOB", "LOBs are compared as values")
		a, b := g.expr(v[0]), g.expr(v[1])
		collate := " COLLATE \"C\""
		if g.isBytes(v[0]) {
			collate = ""
		}
		return frag{
			s:    "CASE WHEN " + a.in(precOther) + " = " + b.in(precOther) + " THEN 0 WHEN " + a.in(precOther) + collate + " < " + b.in(precOther) + " THEN -1 WHEN " + a.in(precOther) + collate + " > " + b.in(precOther) + " THEN 1 END",
			prec: precPrimary, typ: pgInteger,
		}
	}}
	suppliedFuncs["DBMS_LOB.ISOPEN"] = suppliedFunc{"LOB_LOC", func(g *gen, at ast.Node, _ []ast.Expr) frag {
		return frag{s: "1", prec: precPrimary, typ: pgInteger, notNull: true}
	}}
	suppliedFuncs["DBMS_LOB.ISTEMPORARY"] = suppliedFunc{"LOB_LOC", func(g *gen, at ast.Node, v []ast.Expr) frag {
		return callFrag("num_nonnulls", pgInteger, g.text(v[0]))
	}}
	suppliedProcs["DBMS_LOB.OPEN"] = suppliedProc{"LOB_LOC OPEN_MODE", nothing("a LOB is a value and is not opened")}
	suppliedProcs["DBMS_LOB.CLOSE"] = suppliedProc{"LOB_LOC", nothing("a LOB is a value and is not closed")}

	suppliedProcs["DBMS_LOB.CREATETEMPORARY"] = suppliedProc{"LOB_LOC CACHE DUR?", func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		return g.setLOB(x, v[0], g.emptyLOB(v[0]))
	}}
	suppliedProcs["DBMS_LOB.FREETEMPORARY"] = suppliedProc{"LOB_LOC", func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		return g.setLOB(x, v[0], "NULL")
	}}
	suppliedProcs["DBMS_LOB.APPEND"] = suppliedProc{"DEST_LOB SRC_LOB", func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		return g.setLOB(x, v[0], g.joinLOB(v[0], g.lobPart(v[0], v[1])))
	}}
	suppliedProcs["DBMS_LOB.WRITEAPPEND"] = suppliedProc{"LOB_LOC AMOUNT BUFFER", func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		return g.setLOB(x, v[0], g.joinLOB(v[0], g.firstOf(v[0], v[2], v[1])))
	}}
	suppliedProcs["DBMS_LOB.WRITE"] = suppliedProc{"LOB_LOC AMOUNT OFFSET BUFFER", func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		amount, offset := g.integer(v[1]), g.integer(v[2])
		return g.setLOB(x, v[0], "overlay("+g.filledLOB(v[0], offset)+" PLACING "+g.firstOf(v[0], v[3], v[1])+" FROM "+offset.s+" FOR "+amount.s+")")
	}}
	suppliedProcs["DBMS_LOB.COPY"] = suppliedProc{"DEST_LOB SRC_LOB AMOUNT DEST_OFFSET? SRC_OFFSET?", func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		offset := g.integerOr(v[3], "1")
		part := "substr(" + g.lobPart(v[0], v[1]) + ", " + g.integerOr(v[4], "1").s + ", " + g.integer(v[2]).s + ")"
		return g.setLOB(x, v[0], "overlay("+g.filledLOB(v[0], offset)+" PLACING "+part+" FROM "+offset.s+")")
	}}
	suppliedProcs["DBMS_LOB.TRIM"] = suppliedProc{"LOB_LOC NEWLEN", func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		return g.setLOB(x, v[0], g.firstOf(v[0], v[0], v[1]))
	}}
	suppliedProcs["DBMS_LOB.READ"] = suppliedProc{"LOB_LOC AMOUNT OFFSET BUFFER", func(g *gen, x *ast.CallStmt, v []ast.Expr) string {
		g.suppliedNote(x, "DBMS_LOB", "a LOB is a value: a part of it is read")
		length := "length"
		if g.isBytes(v[0]) {
			length = "octet_length"
		}
		read := g.setTo(v[3], frag{s: "substr(" + g.lobPart(v[0], v[0]) + ", " + g.integer(v[2]).s + ", " + g.integer(v[1]).s + ")", prec: precPrimary, typ: typeOf(g.info.Type(v[3]))})
		count := length + "(" + g.text(v[3]) + ")"
		return read + ";\n" + g.indent(x) + "IF coalesce(" + count + ", 0) = 0 THEN RAISE NO_DATA_FOUND; END IF;\n" +
			g.indent(x) + g.setTo(v[1], frag{s: count, prec: precPrimary, typ: pgInteger})
	}}
}

// setLOB assigns a new value to a LOB.
func (g *gen) setLOB(x *ast.CallStmt, lob ast.Expr, value string) string {
	g.suppliedNote(x, "DBMS_LOB", "a LOB is a value: the changed one is assigned")
	return g.setTo(lob, frag{s: value, prec: precPrimary, typ: typeOf(g.info.Type(lob)), notNull: value != "NULL"})
}

func (g *gen) emptyLOB(lob ast.Expr) string {
	if g.isBytes(lob) {
		return "''::bytea"
	}
	return "''"
}

// lobPart is a value in the type of a LOB.
func (g *gen) lobPart(lob, e ast.Expr) string {
	if g.isBytes(lob) {
		return g.toBytes(e, g.expr(e)).in(precOther)
	}
	return g.str(e).s
}

// firstOf is the beginning of a buffer, as long as amount says.
func (g *gen) firstOf(lob, buffer, amount ast.Expr) string {
	part, n := g.lobPart(lob, buffer), g.integer(amount)
	if !g.isBytes(lob) {
		if s, ok := g.constantText(buffer); ok {
			if v, ok := g.constantInt(amount); ok && v == len([]rune(s)) {
				return part
			}
		}
	}
	return "substr(" + part + ", 1, " + n.s + ")"
}

// joinLOB is a LOB with a part behind it.
func (g *gen) joinLOB(lob ast.Expr, part string) string {
	if g.isBytes(lob) {
		return g.expr(lob).in(precOther) + " || " + part
	}
	return "concat(" + g.text(lob) + ", " + part + ")"
}

// filledLOB is a LOB that reaches to the place before offset, filled with blanks or zero bytes as Oracle does.
func (g *gen) filledLOB(lob ast.Expr, offset frag) string {
	s := g.text(lob)
	if offset.s == "1" {
		return s
	}
	if g.isBytes(lob) {
		return "(" + s + " || decode(repeat('00', " + offset.in(precAdd) + " - 1 - octet_length(" + s + ")), 'hex'))"
	}
	return "rpad(" + s + ", greatest(length(" + s + "), " + offset.in(precAdd) + " - 1))"
}

// numericOr is a number that may be left out.
func (g *gen) numericOr(e ast.Expr, otherwise string) string {
	if e == nil {
		return otherwise
	}
	return g.num(e).s
}
