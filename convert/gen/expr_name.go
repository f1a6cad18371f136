package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// nameExpr converts a name that stands as a value: column, variable, function without arguments, pseudo-column ...
func (g *gen) nameExpr(n *ast.Name) frag {
	if to, ok := g.moved[n]; ok {
		return g.movedName(n, to)
	}
	if e, ok := g.aliased[n]; ok {
		return g.expr(e)
	}
	if n.Link != 0 {
		return g.remote(n)
	}
	if g.hole != nil {
		if s, ok := g.hole(g.f.Source(n)); ok {
			return atom(s, pgUnknown)
		}
	}
	if f, ok := g.throughRef(n); ok {
		return f
	}
	if p, ok := g.jsonPath(n); ok {
		return g.read(p)
	}
	ref := g.ref(n)
	if f, ok := g.rowAttribute(n, ref); ok {
		return f
	}
	typ := g.namedValueType(ref)
	switch ref.Kind {
	case resolve.Pseudo, resolve.Builtin:
		return g.builtinName(n, ref)
	case resolve.Sequence:
		return g.sequenceValue(n, ref)
	case resolve.PseudoRecord:
		return atom(g.pseudoRecord(n), typ)
	case resolve.Routine:
		return g.routineCall(n, nil, n, ref)
	case resolve.Variable, resolve.Parameter, resolve.Cursor:
		return g.variable(n, ref)
	case resolve.Unknown:
		if f, ok := g.unknownName(n); ok {
			return f
		}
	}
	f := atom(g.path(n), typ)
	f.loose = typ == pgNumeric && g.looseName(n, ref)
	return f
}

// path writes the parts of a name one by one: column, alias.column, record.field. Names of tables and packages in it
// are not looked at; see tableName, variable.
func (g *gen) path(n *ast.Name) string {
	parts := g.f.Parts(n)
	for i, p := range parts {
		parts[i] = g.e.names.ident(p)
	}
	s := strings.Join(parts, ".")
	if n.Star {
		if s != "" {
			s += "."
		}
		s += "*"
	}
	// an attribute of an object column needs parentheses: (t.addr).city
	if b := g.info.Base(n); b.Ref.Kind == resolve.Column && b.Parts < len(parts) && !n.Star {
		s = "(" + strings.Join(parts[:b.Parts], ".") + ")." + strings.Join(parts[b.Parts:], ".")
	}
	return s
}

// localName is the PostgreSQL name of a variable or parameter that is declared in the same statement. Words that PL/pgSQL
// reserves (PG, pl_reserved_kwlist.h) get quotes besides those of SQL.
func (g *gen) localName(name string) string {
	s := g.e.names.ident(name)
	switch s {
	case "begin", "by", "declare", "execute", "foreach", "if", "loop", "strict", "while":
		return quote.Always(s)
	}
	return s
}

// word writes a name that is not looked up (alias, label, savepoint ...).
func (g *gen) word(n *ast.Name) string { return g.path(n) }

// tableName writes the name of a table or view as a row source or DML target.
func (g *gen) tableName(n *ast.Name) string {
	ref := g.ref(n)
	if ref.Kind == resolve.Query {
		return g.path(n)
	}
	if o := g.standInOf(n, ref.Object); o != nil && ref.Kind != resolve.Builtin {
		return g.e.names.object(o)
	}
	if name := strings.ToLower(g.f.Last(n)); orafceViews[name] && ref.Kind != resolve.Column {
		g.need("orafce")
		g.report(n, "dictionary-view", "%s is a view of orafce: it has part of the columns, with names as PostgreSQL keeps them, in lower case", g.source(n))
		return "oracle." + name
	}
	return g.objectName(n)
}

// orafceViews are the views of Oracle's dictionary that the extension orafce has, in the schema oracle.
var orafceViews = map[string]bool{
	"user_tab_columns": true, "user_tables": true, "user_cons_columns": true, "user_constraints": true, "product_component_version": true,
	"user_objects": true, "user_procedures": true, "user_source": true, "user_views": true, "user_ind_columns": true,
}

// objectName writes a possibly schema-qualified name of an object that the catalog may not have.
func (g *gen) objectName(n *ast.Name) string {
	parts := g.f.Parts(n)
	if len(parts) == 3 { // schema.package.member of what the source does not have: a package is a schema
		parts = parts[1:]
	}
	if len(parts) > 1 {
		s := make([]string, len(parts))
		for i, p := range parts {
			if i == 0 {
				s[i] = g.e.names.quoteSchema(p)
			} else {
				s[i] = g.e.names.ident(p)
			}
		}
		return strings.Join(s, ".")
	}
	return g.path(n)
}

// pseudoRecord writes :NEW.x and :OLD.x.
func (g *gen) pseudoRecord(n *ast.Name) string {
	parts := g.f.Parts(n)
	head := strings.TrimPrefix(strings.ToUpper(parts[0]), ":")
	if g.body != nil && g.body.rows != nil {
		if s, ok := g.body.rows[head]; ok {
			head = s
		}
	}
	s := []string{head}
	for _, p := range parts[1:] {
		s = append(s, g.e.names.ident(p))
	}
	return strings.Join(s, ".")
}

// unknownName converts a name that nothing is known of. Where a function or pseudo-column of Oracle's can be meant, it is.
func (g *gen) unknownName(n *ast.Name) (frag, bool) {
	if g.f.Tokens[n.Lo].Kind == token.Bind {
		return atom(g.pseudoRecord(n), pgUnknown), true
	}
	// a.b where a is no row source and no variable: a member of a package that the source does not have, a variable or a
	// function without arguments; both are functions in the package's schema
	if parts := g.f.Parts(n); len(parts) > 1 && !n.Star && (g.body != nil || g.inSQL()) && !g.info.Missing(n) {
		g.absentRoutine(n, g.ref(n))
		return atom(g.memberName(parts)+"()", pgUnknown), true
	}
	return frag{}, false
}

// memberName writes the name of a member of a package that is not known: package.member, the package's owner left out.
func (g *gen) memberName(parts []string) string {
	if len(parts) > 3 {
		return g.e.names.ident(strings.Join(parts, "."))
	}
	k := len(parts) - 2
	owner := ""
	if k > 0 {
		owner = parts[k-1]
	}
	return g.e.names.pkg(owner, parts[k]).qualified(g.e.names.fold(parts[k+1]))
}

// ownerOf is the object that a routine or variable is a member of, nil for local and stand-alone ones.
func ownerOf(ref *resolve.Ref) *model.Object {
	if ref.Object != nil && (ref.Object.Kind == model.KindPackage || ref.Object.Kind == model.KindPackageBody || ref.Object.Kind == model.KindType) {
		return ref.Object
	}
	return nil
}
