package resolve

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// expr resolves an expression and gives its type, never nil.
func (r *resolver) expr(e ast.Expr) *Type {
	switch x := e.(type) {
	case nil:
		return typeUnknown
	case *ast.Name:
		return r.value(x, asValue).typ
	case *ast.Literal:
		return literalType(r.f, x)
	case *ast.BindExpr:
		return r.bind(x)
	case *ast.Binary:
		return r.binary(x)
	case *ast.Call:
		return r.typed(x, r.call(x, asCall))
	case *ast.Field:
		return r.typed(x, r.fieldOf(x).typ)
	case *ast.Paren:
		return r.expr(x.X)
	case *ast.Unary:
		t := r.expr(x.X)
		if x.Op.Is(token.NOT) {
			t = typeBoolean
		} else if (x.Op.Kind == token.Minus || x.Op.Kind == token.Plus) && (t.Class == ClassText || t.Class == ClassChar) {
			t = typeNumber
		}
		return r.typed(x, t)
	case *ast.List:
		r.exprs(x.Items)
	case *ast.Is:
		r.expr(x.X)
		for _, t := range x.Types {
			r.dataType(t)
		}
		r.options(x.Opts)
		return r.typed(x, typeBoolean)
	case *ast.In:
		r.expr(x.X)
		r.expr(x.Set)
		return r.typed(x, typeBoolean)
	case *ast.Between:
		r.expr(x.X)
		r.expr(x.Low)
		r.expr(x.Top)
		return r.typed(x, typeBoolean)
	case *ast.Like:
		r.expr(x.X)
		r.expr(x.Pattern)
		r.expr(x.Escape)
		return r.typed(x, typeBoolean)
	case *ast.Quantified:
		r.expr(x.X)
		r.expr(x.Set)
		return r.typed(x, typeBoolean)
	case *ast.Exists:
		r.query(x.Query)
		return r.typed(x, typeBoolean)
	case *ast.Member:
		r.expr(x.X)
		r.expr(x.Y)
		return r.typed(x, typeBoolean)
	case *ast.Multiset:
		t := r.expr(x.X)
		r.expr(x.Y)
		return r.typed(x, t)
	case *ast.Overlaps:
		r.expr(x.X)
		r.expr(x.Y)
		return r.typed(x, typeBoolean)
	case *ast.Case:
		return r.typed(x, r.caseExpr(x))
	case *ast.Subquery:
		row := r.query(x.Query)
		if len(row.fields) == 1 && !row.open {
			return r.typed(x, row.fields[0].typ)
		}
	case *ast.CursorExpr:
		row := r.query(x.Query)
		return r.typed(x, &Type{Class: ClassCursor, Ref: typeCursor.Ref, shape: row})
	case *ast.Cast:
		return r.typed(x, r.cast(x))
	case *ast.Extract:
		r.expr(x.X)
		if x.Field.Is(token.TIMEZONE_REGION) || x.Field.Is(token.TIMEZONE_ABBR) {
			return r.typed(x, typeText)
		}
		return r.typed(x, typeNumber)
	case *ast.Attr:
		return r.typed(x, r.attr(x))
	case *ast.OuterMark:
		return r.typed(x, r.expr(x.X))
	case *ast.AtTimeZone:
		r.expr(x.X)
		r.expr(x.Zone)
		return r.typed(x, typeTimestampTZ)
	case *ast.IntervalOf:
		r.expr(x.X)
		if x.Qual != nil {
			r.exprs(x.Qual.Exprs)
			if x.Qual.Head == token.YEAR {
				return r.typed(x, typeIntervalYM)
			}
		}
		return r.typed(x, typeIntervalDS)
	case *ast.Collate:
		r.word(x.Name)
		return r.typed(x, r.expr(x.X))
	case *ast.New:
		return r.typed(x, r.newObject(x))
	case *ast.Index:
		t := r.expr(x.X)
		r.exprs(x.Dims)
		return r.typed(x, t)
	case *ast.AsType:
		r.expr(x.X)
		f := r.findType(r.parts(x.Type), x.Type)
		r.set(x.Type, f.ref)
		return r.typed(x, f.typ)
	case *ast.RangeOf:
		t := r.expr(x.Low)
		r.expr(x.High)
		return t
	case *ast.ModelFor:
		r.columnNames(x.Cols)
		r.expr(x.In)
		r.expr(x.Like)
		r.expr(x.From)
		r.expr(x.To)
		r.expr(x.Step)
	case *ast.JSONValue:
		for _, a := range x.Args {
			r.argument(a, nil)
		}
		r.options(x.Options)
		return r.typed(x, typeJSON)
	case *ast.Grouping:
		r.exprs(x.Items)
	case *ast.IterChoice:
		r.push(blockScope)
		r.iterator(x.Iter)
		r.expr(x.Index)
		r.pop()
	}
	return typeUnknown
}

func (r *resolver) exprs(list []ast.Expr) {
	for _, e := range list {
		r.expr(e)
	}
}

// value resolves a name that stands where a value may stand.
func (r *resolver) value(n *ast.Name, how use) found {
	if n.Star {
		r.star(n)
		return found{ref: &wordRef, typ: typeUnknown}
	}
	f := r.lookupValue(n, r.parts(n), how)
	r.set(n, f.ref)
	if len(f.sigs) > 0 && f.ref.Kind == Routine && how != asCall {
		s := r.choose(ofUse(f.sigs, how), nil, nil)
		r.set(n, s.ref)
		f.typ = s.ret
	}
	if f.typ == nil {
		f.typ = typeUnknown
	}
	return f
}

// binary goes down a left-leaning chain of operators without recursion: such chains may be 100,000 long.
func (r *resolver) binary(x *ast.Binary) *Type {
	var chain []*ast.Binary
	var left ast.Expr = x
	for {
		b, ok := left.(*ast.Binary)
		if !ok {
			break
		}
		chain = append(chain, b)
		left = b.X
	}
	t := r.expr(left)
	for i := len(chain) - 1; i >= 0; i-- {
		b := chain[i]
		t = r.typed(b, operator(b.Op, t, r.expr(b.Y)))
	}
	return t
}

func operator(op token.Token, x, y *Type) *Type {
	switch op.Kind {
	case token.Plus, token.Minus, token.Star, token.Slash, token.Power:
		return arithmetic(op.Kind, x, y)
	case token.Concat:
		if x.Class == ClassLOB {
			return x
		}
		if y.Class == ClassLOB {
			return y
		}
		if x.Class == ClassNull && y.Class == ClassNull {
			return typeNull
		}
		return typeText
	case token.Ident:
		if op.Kw == token.MOD || op.Kw == token.REM {
			return typeNumber
		}
	}
	return typeBoolean
}

func (r *resolver) caseExpr(x *ast.Case) *Type {
	r.expr(x.Operand)
	types := make([]*Type, 0, len(x.Whens)+1)
	for _, w := range x.Whens {
		r.expr(w.Cond)
		types = append(types, r.expr(w.Then))
	}
	if x.Else != nil {
		types = append(types, r.expr(x.Else))
	}
	return common(types)
}

func (r *resolver) cast(x *ast.Cast) *Type {
	if x.Multiset != nil {
		r.query(x.Multiset)
	}
	r.expr(x.X)
	t := r.dataType(x.Type)
	r.expr(x.Default)
	r.exprs(x.Format)
	return t
}

// attr resolves c%FOUND and the like; SQL is the implicit cursor.
func (r *resolver) attr(x *ast.Attr) *Type {
	if n, ok := x.X.(*ast.Name); ok {
		if p := r.parts(n); len(p) == 1 && p[0] == "SQL" {
			r.set(n, r.builtinRef("SQL", nil))
		} else {
			r.value(n, asCursor)
		}
	} else {
		r.expr(x.X)
	}
	r.expr(x.Index)
	switch x.Attr {
	case token.ROWCOUNT, token.BULK_ROWCOUNT:
		return typeInteger
	case token.BULK_EXCEPTIONS:
		if x.Index != nil {
			return bulkException
		}
		return bulkExceptions
	}
	return typeBoolean
}

var (
	bulkException = &Type{Class: ClassRecord, shape: &shape{fields: []*field{
		{name: "ERROR_INDEX", typ: typeInteger, ref: &Ref{Kind: Builtin, Builtin: "ERROR_INDEX", typ: typeInteger}},
		{name: "ERROR_CODE", typ: typeInteger, ref: &Ref{Kind: Builtin, Builtin: "ERROR_CODE", typ: typeInteger}},
	}}}
	bulkExceptions = &Type{Class: ClassCollection, Elem: bulkException}
)

// fieldOf resolves x.name behind something that is not a plain name.
func (r *resolver) fieldOf(x *ast.Field) found {
	t := r.expr(x.X)
	if x.Star || x.Name == nil {
		return found{ref: &wordRef, typ: typeUnknown}
	}
	return r.fieldIn(x, t)
}

func (r *resolver) fieldIn(x *ast.Field, t *Type) found {
	f := r.part(found{ref: &Ref{Kind: Variable}, typ: t}, r.name(x.Name))
	r.set(x.Name, f.ref)
	if f.typ == nil {
		if len(f.sigs) > 0 {
			f.typ = f.sigs[0].ret
		}
		if f.typ == nil {
			f.typ = typeUnknown
		}
	}
	return f
}

func (r *resolver) newObject(x *ast.New) *Type {
	switch c := x.Call.(type) {
	case *ast.Name:
		f := r.findType(r.parts(c), c)
		r.set(c, f.ref)
		return f.typ
	case *ast.Call:
		if n, ok := c.Fn.(*ast.Name); ok {
			f := r.findType(r.parts(n), n)
			r.set(n, f.ref)
			r.arguments(c, nil)
			return r.typed(c, f.typ)
		}
	}
	return r.expr(x.Call)
}

// over resolves the window of an analytic function.
func (r *resolver) over(o *ast.Over) {
	if o == nil {
		return
	}
	r.word(o.Name)
	r.exprs(o.Partition)
	r.orderBy(o.OrderBy)
	if o.Frame != nil {
		for _, b := range [...]*ast.Bound{o.Frame.From, o.Frame.To} {
			if b != nil {
				r.expr(b.X)
			}
		}
	}
}

func (r *resolver) orderBy(o *ast.OrderBy) {
	if o == nil {
		return
	}
	for _, it := range o.Items {
		r.expr(it.X)
		r.clause(it.Subst)
	}
}

// clause resolves what was recognised inside words that have no structure of their own. Their bare names are
// options and names of things that are not looked up.
func (r *resolver) clause(c *ast.Clause) {
	if c == nil {
		return
	}
	for _, e := range c.Exprs {
		if n, ok := e.(*ast.Name); ok && r.scope == nil {
			r.word(n)
			continue
		}
		r.expr(e)
	}
	r.word(c.Names...)
	for _, t := range c.Types {
		r.dataType(t)
	}
	for _, p := range c.Parts {
		r.clause(p)
	}
	for _, n := range c.Items {
		r.node(n)
	}
	if c.Query != nil {
		r.query(c.Query)
	}
}

func (r *resolver) clauses(list []*ast.Clause) {
	for _, c := range list {
		r.clause(c)
	}
}

// options resolves the clauses of SQL/JSON and SQL/XML functions.
func (r *resolver) options(o *ast.FuncOptions) {
	if o == nil {
		return
	}
	for _, p := range o.Passing {
		r.expr(p.X)
		r.word(p.Name)
	}
	if o.Returning != nil {
		r.dataType(o.Returning)
	}
	for _, on := range o.On {
		r.expr(on.Default)
	}
	r.path(o.Path)
	r.expr(o.Default)
	r.expr(o.Encoding)
	r.expr(o.Version)
	r.clause(o.Words)
	r.orderBy(o.OrderBy)
	r.tableColumns(o.Columns, nil)
	r.jsonOps(o.Ops)
}

func (r *resolver) jsonOps(ops []*ast.JSONOp) {
	for _, op := range ops {
		for _, p := range op.Paths {
			r.path(p)
		}
		r.expr(op.Value)
		r.options(op.Options)
		r.jsonOps(op.Ops)
	}
}

// path is a JSON path: its steps in dot notation are no names to look up.
func (r *resolver) path(e ast.Expr) {
	if e == nil {
		return
	}
	if _, ok := e.(*ast.Literal); ok {
		return
	}
	r.wordsIn(e)
}

// wordsIn marks all names below a node as not looked up.
func (r *resolver) wordsIn(n ast.Node) {
	if x, ok := n.(*ast.Name); ok {
		r.word(x)
		return
	}
	n.EachChild(r.wordsIn)
}

// tableColumns resolves the columns of XMLTABLE and JSON_TABLE and adds them to a row.
func (r *resolver) tableColumns(cols []*ast.TableColumn, row *shape) {
	for _, c := range cols {
		t := typeText
		switch {
		case c.Ordinality:
			t = typeNumber
		case c.Type != nil:
			t = r.dataType(c.Type)
		}
		r.options(c.Options)
		if c.Name != nil {
			ref := &Ref{Kind: Column, Decl: c, typ: t}
			r.set(c.Name, ref)
			if row != nil {
				row.add(&field{name: r.name(c.Name), typ: t, ref: ref})
			}
		}
		r.tableColumns(c.Nested, row)
	}
}
