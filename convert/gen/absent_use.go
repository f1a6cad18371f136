package gen

import (
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// absentUse is what one statement tells of tables that the source does not have.
type absentUse struct {
	anchors []absentRef
	types   []absentColumnKey // that declarations name; see absent_type.go
	votes   []vote

	structured []absentColumnKey    // of types: those that are no scalars
	same       [][2]absentColumnKey // columns that meet each other
}

type absentRef struct {
	table  objectKey
	column string
	inside bool // of a collection or record, where PostgreSQL takes no %TYPE
}

// absentColumnKey is a column of a table that the source does not have.
type absentColumnKey struct {
	table  objectKey
	column string
}

// vote says what type a column seems to have; heavier ones are surer.
type vote struct {
	column absentColumnKey
	typ    string
	weight int
}

// absentUseOf collects the anchors of a statement, and what is compared with, assigned to and computed from what they declare.
func (g *gen) absentUseOf(root ast.Node) *absentUse {
	u := &absentUse{}
	s := &absentScan{g: g, use: u, columns: map[ast.Node]absentColumnKey{}, rows: map[ast.Node]objectKey{}}
	declared := func(decl ast.Node, d *ast.DataType) {
		if d == nil {
			return
		}
		if table, column, ok := g.absentAnchor(d); ok {
			if column == "" {
				s.rows[decl] = table
			} else {
				s.columns[decl] = absentColumnKey{table, column}
			}
		} else if k, ok := g.absentTypeName(d); ok {
			s.columns[decl] = k
		}
	}
	inside := map[*ast.DataType]bool{}
	var calls []*ast.Call
	ast.Walk(root, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.DataType:
			if table, column, ok := g.absentAnchor(x); ok {
				u.anchors = append(u.anchors, absentRef{table, column, inside[x]})
			} else if k, ok := g.absentTypeName(x); ok {
				u.types = append(u.types, k)
			}
		case *ast.CollectionType:
			inside[x.Elem] = true
		case *ast.RecordType:
			for _, f := range x.Fields {
				inside[f.Type] = true
			}
		case *ast.CursorDecl:
			s.starRow(x, x.Query)
		case *ast.For:
			s.starLoop(x)
		case *ast.VarDecl:
			declared(x, x.Type)
		case *ast.Param:
			declared(x, x.Type)
		case *ast.Call:
			calls = append(calls, x)
		}
		return true
	})
	if s.idle() { // nearly always, where nothing is absent: one walk is enough
		for _, x := range calls {
			s.call(x)
		}
	} else {
		ast.Walk(root, func(n ast.Node) bool {
			if x, ok := n.(*ast.Call); ok {
				s.call(x)
			} else {
				s.visit(n)
			}
			return true
		})
	}
	if len(u.anchors)+len(u.votes)+len(u.types)+len(u.structured) == 0 {
		return nil
	}
	return u
}

type absentScan struct {
	g       *gen
	use     *absentUse
	columns map[ast.Node]absentColumnKey // declarations by t.c%TYPE
	rows    map[ast.Node]objectKey       // by t%ROWTYPE
}

// idle reports whether the statement declares nothing whose type is looked for: then only calls tell something.
func (s *absentScan) idle() bool { return len(s.columns)+len(s.rows) == 0 }

// anchored reports whether a parameter of a routine has the type of a column; of a local routine that is not known.
func anchored(r *model.Routine) bool {
	return r == nil || slices.ContainsFunc(r.Params, func(p model.Param) bool { return p.Type.Anchor == "TYPE" })
}

// columnOf is the column whose type an expression has.
func (s *absentScan) columnOf(e ast.Expr) (absentColumnKey, bool) {
	n, ok := ast.Unparen(e).(*ast.Name)
	if !ok {
		return absentColumnKey{}, false
	}
	base := s.g.info.Base(n)
	if base.Ref == nil || base.Ref.Decl == nil {
		return absentColumnKey{}, false
	}
	parts := s.g.f.NumParts(n)
	if k, ok := s.columns[base.Ref.Decl]; ok && base.Parts == parts {
		return k, true
	}
	if t, ok := s.rows[base.Ref.Decl]; ok && base.Parts+1 == parts {
		return absentColumnKey{t, s.g.f.Last(n)}, true
	}
	return absentColumnKey{}, false
}

func (s *absentScan) vote(k absentColumnKey, typ string, weight int) {
	if typ != "" {
		s.use.votes = append(s.use.votes, vote{k, typ, weight})
	}
}

// meet is for two expressions of one type.
func (s *absentScan) meet(a, b ast.Expr) {
	if a == nil || b == nil {
		return
	}
	ka, oka := s.columnOf(a)
	kb, okb := s.columnOf(b)
	switch {
	case oka && okb:
		s.use.same = append(s.use.same, [2]absentColumnKey{ka, kb})
	case oka:
		typ, weight := s.typeOf(b)
		s.vote(ka, typ, weight)
	case okb:
		typ, weight := s.typeOf(a)
		s.vote(kb, typ, weight)
	}
}

// typeOf is the PostgreSQL type that an expression speaks for, and how surely.
func (s *absentScan) typeOf(e ast.Expr) (string, int) {
	if l, ok := ast.Unparen(e).(*ast.Literal); ok && l.Kind == ast.LitString {
		v, _ := s.g.stringValue(l)
		if strings.Trim(v, "0123456789") == "" {
			return "text", 1 // a number may be compared with '1'
		}
		return "text", 3
	}
	return classType(s.g.class(e)), 2
}

func classType(c resolve.TypeClass) string {
	switch c {
	case resolve.ClassNumber, resolve.ClassInteger, resolve.ClassBinary:
		return "numeric"
	case resolve.ClassText, resolve.ClassChar, resolve.ClassLOB:
		return "text"
	case resolve.ClassDate:
		return "timestamp(0)"
	case resolve.ClassTimestamp:
		return "timestamp"
	case resolve.ClassRaw:
		return "bytea"
	case resolve.ClassBoolean:
		return "boolean"
	}
	return ""
}

func (s *absentScan) visit(n ast.Node) {
	switch x := n.(type) {
	case *ast.OpenFor:
		s.speak(x.Cursor, "refcursor", 9)
	case *ast.Fetch:
		s.speak(x.Cursor, "refcursor", 9)
	case *ast.Into:
		for _, t := range x.Targets {
			if to, ok := t.(*ast.Name); ok && x.Bulk {
				s.structure(to, s.g.f.NumParts(to))
			}
		}
	case *ast.Name: // a field of a row
		base := s.g.info.Base(x)
		if base.Ref == nil || base.Ref.Decl == nil {
			return
		}
		s.structure(x, s.g.f.NumParts(x)-1)
		if t, ok := s.rows[base.Ref.Decl]; ok && s.g.f.NumParts(x) > base.Parts {
			s.use.anchors = append(s.use.anchors, absentRef{table: t, column: s.g.f.Parts(x)[base.Parts]})
		}
	case *ast.Binary:
		s.binary(x)
	case *ast.Between:
		s.meet(x.X, x.Low)
		s.meet(x.X, x.Top)
	case *ast.In:
		if l, ok := x.Set.(*ast.List); ok {
			for _, it := range l.Items {
				s.meet(x.X, it)
			}
		} else {
			s.meet(x.X, x.Set)
		}
	case *ast.Like:
		s.speak(x.X, "text", 2)
	case *ast.AssignStmt:
		s.meet(x.Target, x.Value)
	case *ast.VarDecl:
		if k, ok := s.columns[x]; ok && x.Default != nil {
			t, w := s.typeOf(x.Default)
			s.vote(k, t, w)
		}
	case *ast.Assign:
		s.meet(x.Target, x.X)
	case *ast.QueryBlock:
		if x.Into != nil && len(x.Into.Targets) == len(x.Items) {
			for i, it := range x.Items {
				s.meet(x.Into.Targets[i], it.X)
			}
		}
	case *ast.Insert:
		s.insert(x)
	}
}

func (s *absentScan) speak(e ast.Expr, typ string, weight int) {
	if k, ok := s.columnOf(e); ok {
		s.vote(k, typ, weight)
	}
}

func (s *absentScan) binary(x *ast.Binary) {
	switch x.Op.Kind {
	case token.Concat:
		s.speak(x.X, "text", 1)
		s.speak(x.Y, "text", 1)
	case token.Star, token.Slash:
		s.speak(x.X, "numeric", 3)
		s.speak(x.Y, "numeric", 3)
	case token.Plus, token.Minus: // a date as well
		s.speak(x.X, "numeric", 1)
		s.speak(x.Y, "numeric", 1)
	default:
		if x.Op.Kw == 0 {
			s.meet(x.X, x.Y)
		}
	}
}

func (s *absentScan) insert(x *ast.Insert) {
	t, ok := x.Target.(*ast.TableName)
	if !ok || len(x.Rows) != 1 {
		return
	}
	l, ok := x.Rows[0].(*ast.List)
	if !ok || len(l.Items) != len(x.Cols) {
		return
	}
	o := s.g.ref(t.Name).Object
	if o == nil || o.Table == nil {
		return
	}
	for i, c := range x.Cols {
		if k, ok := s.columnOf(l.Items[i]); ok && o.Table.Column(s.g.f.Last(c)) != nil {
			s.vote(k, classType(s.g.ref(c).TypeOf().Class), 2)
		}
	}
}

// absentTakes are the types of the arguments that functions want, as far as they tell something.
var absentTakes = map[string]vote{
	"SUBSTR": {typ: "text", weight: 1}, "INSTR": {typ: "text", weight: 1}, "UPPER": {typ: "text", weight: 2}, "LOWER": {typ: "text", weight: 2},
	"TRIM": {typ: "text", weight: 1}, "LTRIM": {typ: "text", weight: 1}, "RTRIM": {typ: "text", weight: 1}, "LPAD": {typ: "text", weight: 1}, "RPAD": {typ: "text", weight: 1},
	"LENGTH": {typ: "text", weight: 1}, "REPLACE": {typ: "text", weight: 1}, "INITCAP": {typ: "text", weight: 2}, "TO_NUMBER": {typ: "text", weight: 1}, "TO_DATE": {typ: "text", weight: 1},
	"ABS": {typ: "numeric", weight: 3}, "SUM": {typ: "numeric", weight: 3}, "AVG": {typ: "numeric", weight: 3}, "MOD": {typ: "numeric", weight: 3}, "CEIL": {typ: "numeric", weight: 3}, "FLOOR": {typ: "numeric", weight: 3},
	"ADD_MONTHS": {typ: "timestamp(0)", weight: 3}, "LAST_DAY": {typ: "timestamp(0)", weight: 3}, "MONTHS_BETWEEN": {typ: "timestamp(0)", weight: 3},
}

func (s *absentScan) call(x *ast.Call) {
	n, ok := x.Fn.(*ast.Name)
	if !ok {
		return
	}
	ref := s.g.ref(n)
	s.structure(n, s.g.f.NumParts(n))
	if ref.Kind == resolve.Unknown { // it may be the constructor of a type
		s.use.structured = append(s.use.structured, absentTypeKey(s.g.f.Parts(n)))
	}
	if ref.Kind == resolve.Routine {
		if s.idle() && !anchored(ref.Routine) {
			return
		}
		to := s.g.callee(ref)
		for i, a := range x.Args {
			p := to.param(s.g.f, i, a)
			if p == nil {
				continue
			}
			if p.typ.Anchor == "TYPE" { // as written: only columns that some anchor names are counted in the end
				if table, column, ok := absentName(strings.Split(p.typ.Name, "."), false); ok {
					k := absentColumnKey{table, column}
					if own, is := s.columnOf(a.X); is {
						s.use.same = append(s.use.same, [2]absentColumnKey{own, k})
					} else {
						t, w := s.typeOf(a.X)
						s.vote(k, t, w)
					}
					continue
				}
			}
			if k, ok := s.columnOf(a.X); ok {
				s.vote(k, classType(p.known.Class), 2)
			}
		}
		return
	}
	if len(x.Args) == 0 || s.idle() {
		return
	}
	switch ref.Builtin {
	case "NVL", "COALESCE", "GREATEST", "LEAST", "NULLIF":
		for _, a := range x.Args[1:] {
			s.meet(x.Args[0].X, a.X)
		}
	case "DECODE":
		for i := 1; i+1 < len(x.Args); i += 2 {
			s.meet(x.Args[0].X, x.Args[i].X)
		}
	case "TO_CHAR":
		if len(x.Args) == 1 {
			s.speak(x.Args[0].X, "numeric", 1)
			return
		}
		if l, ok := x.Args[1].X.(*ast.Literal); ok {
			mask, _ := s.g.stringValue(l)
			if strings.ContainsAny(strings.ToUpper(mask), "YDH") {
				s.speak(x.Args[0].X, "timestamp(0)", 3)
			} else if strings.ContainsAny(mask, "90") {
				s.speak(x.Args[0].X, "numeric", 3)
			}
		}
	default:
		if v, ok := absentTakes[ref.Builtin]; ok {
			s.speak(x.Args[0].X, v.typ, v.weight)
		}
	}
}
