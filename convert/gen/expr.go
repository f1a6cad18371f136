package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// expr converts an expression or condition, for the type of its place where that is noted.
func (g *gen) expr(e ast.Expr) frag {
	if f, ok := g.movedArg[e]; ok {
		return f
	}
	var f frag
	held := false
	if g.heldIn != nil {
		f, held = g.heldValue(e)
	}
	if !held {
		f = g.exprNode(e)
	}
	if g.e.Policy.KeepEmptyText && f.bare != "" { // '' is a text: nothing becomes NULL for being empty
		f.s, f.bare, f.prec = f.bare, "", precPrimary
	}
	if t, ok := g.places[e]; ok {
		return g.fitted(e, g.converted(e, f, t), t, false)
	}
	return f
}

// exprNode converts by the kind of the node: every one has a case; what has none is refused.
func (g *gen) exprNode(e ast.Expr) frag {
	switch x := e.(type) {
	case nil:
		return frag{}
	case *ast.Name:
		return g.nameExpr(x)
	case *ast.Literal:
		return g.literal(x)
	case *ast.Paren:
		return g.paren(x)
	case *ast.Binary:
		return g.binary(x)
	case *ast.Unary:
		return g.unary(x)
	case *ast.Call:
		return g.call(x)
	case *ast.Is:
		return g.is(x)
	case *ast.In:
		return g.in(x)
	case *ast.Between:
		return g.between(x)
	case *ast.Like:
		return g.like(x)
	case *ast.Case:
		return g.caseExpr(x)
	case *ast.Exists:
		return g.exists(x)
	case *ast.Subquery:
		return g.subquery(x)
	case *ast.List:
		return g.list(x)
	case *ast.Quantified:
		return g.quantified(x)
	case *ast.BindExpr:
		return g.bind(x)
	case *ast.Cast:
		return g.castExpr(x)
	case *ast.Extract:
		return g.extract(x)
	case *ast.Field:
		return g.field(x)
	case *ast.Attr:
		return g.attr(x)
	case *ast.AtTimeZone:
		return g.atTimeZone(x)
	case *ast.IntervalOf:
		return g.intervalOf(x)
	case *ast.Collate:
		return g.collate(x)
	case *ast.New:
		return g.newExpr(x)
	case *ast.Member:
		return g.memberOf(x)
	case *ast.Multiset:
		return g.multiset(x)
	case *ast.Overlaps:
		return g.overlaps(x)
	case *ast.CursorExpr:
		return g.cursorExpr(x)
	case *ast.OuterMark:
		if g.joined[x] {
			return g.expr(x.X)
		}
		// one that has not become part of a join stands where Oracle does not allow it
		return g.refuse(x, "outer-join", "(+) stands where no join can be made of it")
	case *ast.Index:
		if f, ok := g.jsonSteps(x, nil); ok {
			return f
		}
		return g.modelCell(x)
	case *ast.JSONValue:
		return g.jsonValue(x)
	case *ast.AsType:
		return g.asType(x)
	case *ast.Inquiry:
		return g.inquiry(x)
	}
	return g.refuse(e, "not-converted", "no PostgreSQL form is known for %s", g.what(e))
}

// text is the converted expression at the outermost level: no parentheses around it.
func (g *gen) text(e ast.Expr) string { return g.expr(e).s }

// cond converts a condition for WHERE, IF, WHEN and the like.
func (g *gen) cond(e ast.Expr) string {
	g.markPositive(e)
	return g.expr(e).s
}

func (g *gen) paren(x *ast.Paren) frag {
	in := g.expr(x.X)
	f := frag{s: g.splice(x, put(x.X, in.s)), prec: precPrimary, typ: in.typ, notNull: in.notNull, whole: in.whole, loose: in.loose}
	if in.bare != "" {
		f.bare = in.bare
	}
	return f
}

func (g *gen) list(x *ast.List) frag {
	subs := make([]sub, 0, len(x.Items))
	for _, it := range x.Items {
		subs = append(subs, put(it, g.text(it)))
	}
	return atom(g.splice(x, subs...), pgUnknown)
}

func (g *gen) literal(x *ast.Literal) frag {
	switch x.Kind {
	case ast.LitNull:
		return atom("NULL", pgNull)
	case ast.LitTrue:
		return frag{s: "true", prec: precPrimary, typ: pgBoolean, notNull: true}
	case ast.LitFalse:
		return frag{s: "false", prec: precPrimary, typ: pgBoolean, notNull: true}
	case ast.LitDefault:
		return atom("DEFAULT", pgUnknown)
	case ast.LitNumber:
		return g.number(x)
	case ast.LitString:
		s, ok := g.stringValue(x)
		switch {
		case !ok:
			return g.refuse(x, "not-converted", "the text constant %s cannot be read", g.source(x))
		case s == "" && !g.e.Policy.KeepEmptyText:
			return atom("NULL", pgNull)
		}
		return frag{s: quote.Literal(s), prec: precPrimary, typ: pgLiteral, notNull: true}
	}
	return g.dateLiteral(x)
}

// number writes a numeric constant: 5f and 5d become real and double precision.
func (g *gen) number(x *ast.Literal) frag {
	s := g.f.Source(x)
	switch s[len(s)-1] {
	case 'f', 'F':
		return frag{s: s[:len(s)-1] + "::real", prec: precCast, typ: pgFloat, notNull: true}
	case 'd', 'D':
		return frag{s: s[:len(s)-1] + "::double precision", prec: precCast, typ: pgFloat, notNull: true}
	}
	t := pgNumeric
	if !strings.ContainsAny(s, ".eE") {
		t = pgInteger
	}
	return frag{s: s, prec: precPrimary, typ: t, notNull: true}
}

// stringValue is the value of a text constant in any of Oracle's forms.
func (g *gen) stringValue(x *ast.Literal) (string, bool) {
	if x.Hi-x.Lo != 1 {
		return "", false
	}
	t := g.f.Tokens[x.Lo]
	s := strings.ReplaceAll(g.f.Text(x.Lo), "\r\n", "\n")
	if t.Flags&token.FlagUnclosed != 0 {
		return "", false
	}
	switch t.Kind {
	case token.NString:
		s = s[1:]
		fallthrough
	case token.String:
		if len(s) < 2 {
			return "", false
		}
		return strings.ReplaceAll(s[1:len(s)-1], "''", "'"), true
	case token.QString:
		if i := strings.IndexByte(s, '\''); i >= 0 && len(s) >= i+4 {
			body := s[i+1 : len(s)-1]
			_, size := firstRune(body)
			return body[size : len(body)-lastSize(body)], true
		}
	case token.UString:
		return unescapeUnicode(s[2 : len(s)-1])
	}
	return "", false
}

func (g *gen) unary(x *ast.Unary) frag {
	v := g.expr(x.X)
	switch {
	case x.Op.Kind == token.Minus, x.Op.Kind == token.Plus:
		op := "-"
		if x.Op.Kind == token.Plus {
			op = "+"
		}
		v = g.operand(x.X, v)
		if op == "+" && v.typ == pgInterval {
			return v // PostgreSQL has no + of an interval alone
		}
		s := v.in(precUnary)
		if strings.HasPrefix(unmarked(s), "-") || strings.HasPrefix(unmarked(s), "+") {
			s = " " + s // -- would begin a comment
		}
		return frag{s: op + s, prec: precUnary, typ: v.typ, notNull: v.notNull, whole: v.whole, loose: v.loose}
	case x.Op.Kw == token.NOT:
		return frag{s: g.splice(x, put(x.X, v.in(precNot))), prec: precNot, typ: pgBoolean, notNull: v.notNull}
	}
	return g.hierarchyOp(x)
}

var binaryPrec = map[token.Kind]prec{
	token.Plus: precAdd, token.Minus: precAdd, token.Star: precMul, token.Slash: precMul,
	token.EQ: precCompare, token.NE: precCompare, token.LT: precCompare, token.GT: precCompare, token.LE: precCompare, token.GE: precCompare,
}

func (g *gen) binary(x *ast.Binary) frag {
	switch x.Op.Kw {
	case token.AND:
		return g.logical(x, precAnd)
	case token.OR:
		return g.logical(x, precOr)
	}
	switch x.Op.Kind {
	case token.Concat:
		return g.concat(x)
	case token.Plus, token.Minus, token.Star, token.Slash, token.Power:
		return g.arithmetic(x)
	case token.EQ, token.NE, token.LT, token.GT, token.LE, token.GE:
		return g.compare(x)
	}
	if x.Op.Kw == token.MOD || x.Op.Kw == token.REM {
		return g.modulo(x)
	}
	return g.refuse(x, "not-converted", "no PostgreSQL form is known for the operator in %s", g.what(x))
}

// logical converts AND and OR; chains of them may be long, so they are not nested calls.
func (g *gen) logical(x *ast.Binary, p prec) frag {
	var subs []sub
	e := ast.Expr(x)
	for {
		b, ok := e.(*ast.Binary)
		if !ok || b.Op.Kw != x.Op.Kw {
			break
		}
		subs = append(subs, put(b.Y, g.expr(b.Y).in(p+1)))
		e = b.X
	}
	subs = append(subs, put(e, g.expr(e).in(p)))
	return frag{s: g.splice(x, subs...), prec: p, typ: pgBoolean}
}

// operator is the token index of a binary operator.
func operator(x *ast.Binary) uint32 { return x.X.Range().Hi }

// rewritten puts new texts for both sides and, when op is not "", the operator into a binary expression.
func (g *gen) rewritten(x *ast.Binary, left, op, right string) string {
	subs := []sub{put(x.X, left), put(x.Y, right)}
	if op != "" {
		subs = append(subs, sub{operator(x), x.Y.Range().Lo, op})
	}
	s := g.splice(x, subs...)
	if op != "" { // the space behind the operator belongs to the right side and is kept
		return s
	}
	return s
}

func (g *gen) is(x *ast.Is) frag {
	switch x.What {
	case token.NULL, token.TRUE, token.FALSE:
		return frag{s: g.splice(x, put(x.X, g.expr(x.X).in(precIs+1))), prec: precIs, typ: pgBoolean, notNull: true}
	}
	return g.isOther(x)
}

func (g *gen) exists(x *ast.Exists) frag {
	return frag{s: g.splice(x, put(x.Query, g.query(x.Query))), prec: precPrimary, typ: pgBoolean, notNull: true}
}

func (g *gen) subquery(x *ast.Subquery) frag {
	t := pgUnknown
	return atom(g.splice(x, put(x.Query, g.query(x.Query))), t)
}

// typeOf maps the class of an Oracle type to PostgreSQL's, for expressions that keep their type.
func typeOf(t resolve.Type) pgType {
	switch t.Class {
	case resolve.ClassNumber:
		return pgNumeric
	case resolve.ClassInteger:
		return pgInteger
	case resolve.ClassBinary:
		return pgFloat
	case resolve.ClassText:
		return pgText
	case resolve.ClassChar:
		return pgChar
	case resolve.ClassDate:
		return pgTimestamp
	case resolve.ClassTimestamp:
		if strings.HasSuffix(t.Ref.Name, "TIME ZONE") {
			return pgTimestampTZ
		}
		return pgTimestamp
	case resolve.ClassInterval:
		return pgInterval
	case resolve.ClassRaw:
		return pgBytea
	case resolve.ClassLOB:
		if t.Ref.Name == "BLOB" || t.Ref.Name == "BFILE" {
			return pgBytea
		}
		return pgText
	case resolve.ClassBoolean:
		return pgBoolean
	case resolve.ClassRowid:
		return pgText
	case resolve.ClassXML:
		return pgXML
	case resolve.ClassJSON:
		return pgJSON
	case resolve.ClassObject, resolve.ClassRecord:
		return pgComposite
	case resolve.ClassCollection:
		return pgArray
	case resolve.ClassCursor:
		return pgCursor
	case resolve.ClassNull:
		return pgNull
	}
	return pgUnknown
}
