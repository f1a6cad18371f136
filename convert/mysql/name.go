package mysql

import (
	"strings"
	"unicode/utf8"

	"landfall/internal/model"
	"landfall/internal/mysql/quote"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// schemaName is the database that stands for a schema, "" for none.
func (w *work) schemaName(schema string) string {
	if to, ok := w.policy.Schemas[schema]; ok {
		return to
	}
	return strings.ToLower(schema)
}

// fold is the name on the target: names in upper case, which is what Oracle makes of those without quotes, in lower
// case; upper and lower case are the same there.
func (w *work) fold(n ast.Node, name string) string {
	if utf8.RuneCountInString(name) > quote.MaxName {
		w.refuse(n, "mysql-name", "%s has %d characters, %d are allowed", name, utf8.RuneCountInString(name), quote.MaxName)
	}
	if upper := strings.ToUpper(name); upper == name {
		return strings.ToLower(name)
	} else if low := strings.ToLower(name); low != upper {
		w.report(n, "mysql-name", model.Low, "%q is quoted in Oracle: here it is the same as %s", name, low)
	}
	return name
}

func (w *work) ident(n ast.Node, name string) string { return quote.Ident(w.fold(n, name)) }

// last is the last part of a name.
func (w *work) last(n *ast.Name) string { return w.ident(n, w.f.Last(n)) }

// objectName is the name of a thing in a schema. Scripts get it with its database; in what a program sends it is written
// as there, unless a synonym stood for it.
func (w *work) objectName(n *ast.Name, ref *resolve.Ref) string {
	parts := w.f.Parts(n)
	if n.Link != 0 {
		return w.refuse(n, "mysql-query-form", "%s lies behind a database link", w.f.Source(n))
	}
	schema, name := "", parts[len(parts)-1]
	if len(parts) > 1 {
		schema = parts[len(parts)-2]
	}
	if o := ref.Object; o != nil {
		if len(ref.Synonyms) > 0 || !w.sent {
			schema, name = o.Schema, o.Name
		}
	} else if schema == "" && !w.sent && ref.Kind != resolve.Query {
		schema = w.u.Schema
	}
	return w.qualified(n, schema, name)
}

func (w *work) qualified(n ast.Node, schema, name string) string {
	if schema == "" {
		return w.ident(n, name)
	}
	return quote.Ident(w.schemaName(schema)) + "." + w.ident(n, name)
}

// made is the name of what the statement creates or changes.
func (w *work) own(n *ast.Name) string {
	parts := w.f.Parts(n)
	schema := w.u.Schema
	if len(parts) > 1 {
		schema = parts[len(parts)-2]
	}
	return w.qualified(n, schema, parts[len(parts)-1])
}

// tableOf finds the table that a name of DDL means.
func (w *work) tableOf(n *ast.Name) *model.Object {
	parts := w.f.Parts(n)
	schema := w.u.Schema
	if len(parts) > 1 {
		schema = parts[len(parts)-2]
	}
	return w.catalog.Find(model.KindTable, schema, parts[len(parts)-1])
}

func (w *work) columns(list []*ast.Name) string {
	var names []string
	for _, n := range list {
		names = append(names, w.last(n))
	}
	return strings.Join(names, ", ")
}

// name writes a name in an expression: a column, a pseudo-column, a function without arguments.
func (w *work) name(n *ast.Name) string {
	ref := w.info.Ref(n)
	parts := w.f.Parts(n)
	switch ref.Kind {
	case resolve.Pseudo, resolve.Builtin:
		return w.niladic(n, ref, nil)
	case resolve.Sequence:
		return w.sequenceValue(n, ref, parts)
	case resolve.Routine, resolve.Package, resolve.Variable:
		return w.refuse(n, "mysql-user-function", "%s is PL/SQL: there is no stored code to ask", w.f.Source(n))
	case resolve.Remote:
		return w.refuse(n, "mysql-query-form", "%s lies behind a database link", w.f.Source(n))
	case resolve.Host, resolve.PseudoRecord:
		return w.bind(n.Lo)
	}
	if n.Star && len(parts) == 0 {
		return "*"
	}
	if ref.Kind == resolve.Unknown && len(parts) == 1 && (parts[0] == "ROWNUM" || parts[0] == "ROWID") {
		return w.niladic(n, ref, nil)
	}
	if len(parts) >= 2 && w.info.Base(n).Parts < len(parts) && ref.Kind == resolve.Column {
		return w.refuse(n, "mysql-no-type", "%s is an attribute of an object", w.f.Source(n))
	}
	if len(parts) == 2 && (parts[1] == "NEXTVAL" || parts[1] == "CURRVAL") && ref.Kind == resolve.Unknown {
		return w.sequenceValue(n, ref, parts)
	}
	if len(parts) > 3 || ref.Kind == resolve.Unknown && len(parts) > 2 && !n.Star {
		return w.refuse(n, "mysql-no-type", "%s: an attribute of an object, or of what is not in the source", w.f.Source(n))
	}
	var list []string
	for i, p := range parts {
		if i == len(parts)-3 || i == 0 && n.Star && len(parts) == 2 {
			list = append(list, quote.Ident(w.schemaName(p)))
			continue
		}
		list = append(list, w.ident(n, p))
	}
	if n.Star {
		list = append(list, "*")
	}
	return strings.Join(list, ".")
}

// sequenceValue writes s.NEXTVAL and s.CURRVAL.
func (w *work) sequenceValue(n *ast.Name, ref *resolve.Ref, parts []string) string {
	if len(parts) < 2 || n.Link != 0 {
		return w.refuse(n, "mysql-sequence", "%s: no sequence of this database", w.f.Source(n))
	}
	schema, name := w.u.Schema, parts[len(parts)-2]
	if w.sent {
		schema = ""
	}
	if len(parts) > 2 {
		schema = parts[len(parts)-3]
	}
	if o := ref.Object; o != nil && (!w.sent || len(ref.Synonyms) > 0) {
		schema, name = o.Schema, o.Name
	}
	s := w.qualified(n, schema, name)
	if parts[len(parts)-1] == "CURRVAL" {
		w.report(n, "mysql-sequence", model.Low, "CURRVAL becomes LASTVAL: it is NULL, not an error, before the session has taken a value")
		return "LASTVAL(" + s + ")"
	}
	return "NEXT VALUE FOR " + s
}
