package engine

import (
	"context"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/typeref"
	"landfall/internal/orasim/engine/plsql"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/charset"
)

// plHost is the engine for the blocks of a session: what package plsql leaves to it.
type plHost struct{ s *Session }

// Class implements plsql.Scalar.
func (t typ) Class() plsql.Class {
	switch k := t.kind; {
	case k == kNull:
		return plsql.ClassNull
	case k.text(), k == kLong:
		return plsql.ClassText
	case k.numeric():
		return plsql.ClassNumber
	case k == kBool:
		return plsql.ClassBoolean
	case k.datetime(), k.interval():
		return plsql.ClassDate
	case k.lob():
		return plsql.ClassLOB
	case k == kCursor:
		return plsql.ClassCursor
	}
	return plsql.ClassOther
}

// plTypes are the types of PL/SQL without sizes.
var plTypes = map[string]typ{
	"NUMBER": tNumber, "PLS_INTEGER": tInteger, "BINARY_INTEGER": tInteger, "BOOLEAN": tBool, "DATE": tDate, "VARCHAR2": {kind: kVarchar, size: 32767}, "STRING": {kind: kVarchar, size: 32767},
	"CHAR": {kind: kChar, size: 32767}, "NVARCHAR2": {kind: kVarchar, size: 32767, charSem: true, national: true}, "NCHAR": {kind: kChar, size: 32767, charSem: true, national: true},
	"RAW": {kind: kRaw, size: 32767}, "CLOB": tClob, "NCLOB": {kind: kClob, national: true}, "BLOB": tBlob, "ROWID": tRowID, "LONG": {kind: kVarchar, size: 32760},
	"LONG RAW": {kind: kRaw, size: 32760}, "BINARY_FLOAT": tFloat, "BINARY_DOUBLE": tDouble, "TIMESTAMP_UNCONSTRAINED": tTimestamp, "TIMESTAMP_TZ_UNCONSTRAINED": tZoned,
	"TIMESTAMP_LTZ_UNCONSTRAINED": tLocal, "YMINTERVAL_UNCONSTRAINED": tMonths, "DSINTERVAL_UNCONSTRAINED": tSpan,
}

// Named implements plsql.Host.
func (h plHost) Named(name string) plsql.Scalar {
	if t, ok := plTypes[name]; ok {
		return t
	}
	return nil
}

// Scalar implements plsql.Host.
func (h plHost) Scalar(f *ast.File, d *ast.DataType) (plsql.Scalar, bool, error) {
	ref := typeref.Of(f, d)
	if ref.User || ref.Ref {
		return nil, false, nil
	}
	stored := typeref.Stored(ref)
	switch stored.Name {
	case "PLS_INTEGER", "BINARY_INTEGER", "BOOLEAN", "LONG", "LONG RAW", "TIMESTAMP_UNCONSTRAINED", "TIMESTAMP_TZ_UNCONSTRAINED", "TIMESTAMP_LTZ_UNCONSTRAINED",
		"YMINTERVAL_UNCONSTRAINED", "DSINTERVAL_UNCONSTRAINED":
		return plTypes[stored.Name], true, nil
	case "STRING":
		stored.Name = "VARCHAR2"
	case "SIMPLE_INTEGER", "SIMPLE_FLOAT", "SIMPLE_DOUBLE":
		return nil, false, ora.Unsupported("the type " + stored.Name)
	}
	t := typeOf(stored, h.s.charSem)
	if t.kind == kOther || t.kind == kXML {
		return nil, false, ora.Unsupported("variables of type " + strings.TrimSpace(f.Source(d)))
	}
	return t, true, nil
}

// Table implements plsql.Host.
func (h plHost) Table(parts []string) ([]plsql.Column, error) {
	text := "SELECT * FROM "
	for i, p := range parts {
		if i > 0 {
			text += "."
		}
		text += quotedName(p)
	}
	f, stmt, err := parse(text)
	if err != nil {
		return nil, nil
	}
	c := &compiler{s: h.s, schema: h.s.schema, f: f}
	q, err := c.query(stmt.(*ast.SelectStmt).Query)
	switch {
	case ora.Code(err) == 942 || ora.Code(err) == 903:
		return nil, nil
	case err != nil:
		return nil, &ora.Error{Code: ora.Code(err), Text: err.(*ora.Error).Text}
	}
	return plColumns(q.cols), nil
}

func plColumns(cols []outCol) []plsql.Column {
	out := []plsql.Column{}
	for _, col := range cols {
		out = append(out, plsql.Column{Name: col.name, Type: col.typ})
	}
	return out
}

// Known implements plsql.Host.
func (h plHost) Known(parts []string) bool {
	for k := 1; k <= min(2, len(parts)); k++ {
		if h.s.db.lookup(h.s.schema, parts[:k]) != nil {
			return true
		}
	}
	first := parts[0]
	for _, p := range []string{"DBMS_", "UTL_", "ODCI", "HTP", "HTF", "OWA", "CTX_", "APEX_", "SDO_", "KU$_"} {
		if strings.HasPrefix(first, p) {
			return true
		}
	}
	return first == "SYS" || first == "STANDARD" || first == "MDSYS" || first == "CTXSYS" || first == "XDB" || oracleHas[first] || plOracleHas[first]
}

// plOracleHas are names of STANDARD, and types that Oracle supplies, that are not known here.
var plOracleHas = map[string]bool{
	"XMLTYPE": true, "ANYDATA": true, "ANYTYPE": true, "ANYDATASET": true, "JSON": true, "JSON_OBJECT_T": true, "JSON_ARRAY_T": true, "JSON_ELEMENT_T": true, "BFILE": true, "VECTOR": true,
	"UTL_RAW": true, "ORA_SQL_TXT": true, "URITYPE": true, "HTTPURITYPE": true, "DBURITYPE": true, "SDO_GEOMETRY": true, "INSERTING": true, "UPDATING": true, "DELETING": true,
}

// compilerFor compiles in a block.
func (h plHost) compilerFor(f *ast.File, names plsql.Names) *compiler {
	return &compiler{s: h.s, schema: h.s.schema, f: f, names: names}
}

// evaluator gives the value of an expression in a frame.
func evaluator(x expr) func(*plsql.Frame) ([]byte, error) {
	if x.constant && x.typ.kind != kNull {
		return func(fr *plsql.Frame) ([]byte, error) {
			v, err := x.eval(&env{ex: fr.Run.Exec.(*execution)})
			return v, plsqlError(err)
		}
	}
	return func(fr *plsql.Frame) ([]byte, error) {
		ex := fr.Run.Exec.(*execution)
		if len(ex.seqs) > 0 {
			clear(ex.seqs)
		}
		was := ex.frame
		ex.frame = fr
		v, err := x.eval(&env{ex: ex})
		ex.frame = was
		return v, plsqlError(err)
	}
}

// Expr implements plsql.Host. What depends on settings of the session is compiled anew when they have changed.
func (h plHost) Expr(f *ast.File, e ast.Expr, names plsql.Names) (plsql.Expr, error) {
	version := h.s.db.version.Load()
	x, err := h.compilerFor(f, names).expr(e)
	if err != nil {
		return plsql.Expr{}, err
	}
	eval := evaluator(x)
	return plsql.Expr{Type: x.typ, Null: x.null, Eval: func(fr *plsql.Frame) ([]byte, error) {
		if v := h.s.db.version.Load(); v != version {
			y, err := h.compilerFor(f, names).expr(e)
			if err != nil {
				return nil, err
			}
			version, eval = v, evaluator(y)
		}
		return eval(fr)
	}}, nil
}

// of is an expression of a block for the compiler.
func (h plHost) of(x plsql.Expr) expr {
	y := computed(x.Type.(typ), func(e *env) ([]byte, error) { return x.Eval(e.ex.frame) })
	y.null = x.Null
	return y
}

// Assign implements plsql.Host.
func (h plHost) Assign(f *ast.File, at ast.Node, x plsql.Expr, to plsql.Scalar) (plsql.Expr, error) {
	y, err := h.compilerFor(f, nil).toVariable(at, h.of(x), to.(typ))
	if err != nil {
		return plsql.Expr{}, err
	}
	return plsql.Expr{Type: y.typ, Null: x.Null, Eval: evaluator(y)}, nil
}

// Converter implements plsql.Host.
func (h plHost) Converter(from, to plsql.Scalar) func(*plsql.Frame, []byte) ([]byte, error) {
	x := computed(from.(typ), func(e *env) ([]byte, error) { return e.ex.value, nil })
	y, err := (&compiler{s: h.s, f: &ast.File{}}).toVariable(nil2{}, x, to.(typ))
	if err != nil {
		return nil
	}
	return func(fr *plsql.Frame, v []byte) ([]byte, error) {
		ex := fr.Run.Exec.(*execution)
		was := ex.value
		ex.value = v
		r, err := y.eval(&env{ex: ex})
		ex.value = was
		return r, plsqlError(err)
	}
}

// Equal implements plsql.Host.
func (h plHost) Equal(f *ast.File, at ast.Node, x, y plsql.Expr) (func(*plsql.Frame) (bool, error), error) {
	c := h.compilerFor(f, nil)
	k, err := c.compareExprs(at, eq, h.of(x), h.of(y))
	if err != nil {
		return nil, err
	}
	eval := evaluator(computed(tBool, func(e *env) ([]byte, error) {
		t, err := k(e)
		return plsql.Boolean(t == yes), err
	}))
	return func(fr *plsql.Frame) (bool, error) {
		v, err := eval(fr)
		return err == nil && v[0] == 1, err
	}, nil
}

// Tick implements plsql.Host.
func (h plHost) Tick(exec any) { exec.(*execution).now = moment{instant(h.s.db.clock())} }

// Output implements plsql.Host.
func (h plHost) Output() *plsql.Output { return &h.s.output }

// Charset implements plsql.Host.
func (h plHost) Charset() *charset.Set { return h.s.db.set }

// SQLCursors implements plsql.Host.
func (h plHost) SQLCursors() *plsql.SQLCursors { return &h.s.sqlCursors }

// Atomically implements plsql.Host.
func (h plHost) Atomically(f func() error) error { return h.s.atomically(f) }

// Commit implements plsql.Host.
func (h plHost) Commit(ctx context.Context) error { return h.s.commit(ctx) }

// Rollback implements plsql.Host.
func (h plHost) Rollback() error {
	h.s.rollback()
	return nil
}

// RollbackTo implements plsql.Host.
func (h plHost) RollbackTo(name string) error { return h.s.rollbackTo(name) }

// Savepoint implements plsql.Host.
func (h plHost) Savepoint(name string) { h.s.savepoint(name) }

// Command implements plsql.Host.
func (h plHost) Command(f *ast.File, n ast.Stmt) func(*plsql.Frame) error {
	return func(fr *plsql.Frame) error {
		c := h.compilerFor(f, nil)
		switch x := n.(type) {
		case *ast.SetTransaction:
			return h.s.setTransaction(c, x)
		case *ast.LockTable:
			return h.s.lockTable(fr.Run.Ctx, c, x)
		}
		return c.unsupported(n, "statement")
	}
}
