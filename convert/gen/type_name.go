package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// namedType converts a user-defined or anchored type as written.
func (g *gen) namedType(d *ast.DataType, where typePlace) string {
	ref := g.ref(d.Name)
	if d.Ref {
		g.reportRef(d, g.source(d.Name))
		return refBase
	}
	if d.Anchor != 0 {
		return g.anchoredType(d, ref, where)
	}
	if o := ref.Object; where == inColumn && o != nil && o.Kind == model.KindDomain && g.domainOf(o) != nil {
		return g.e.names.object(o)
	}
	if s, ok := g.typeText(*ref.TypeOf(), where); ok {
		return s
	}
	if ref.Kind == resolve.TypeName && ref.Builtin != "" {
		return g.suppliedType(d, ref.Builtin, where)
	}
	if t := ref.TypeOf().Base(); t.Def() != nil && t.Object != nil && t.Object.Kind == model.KindPackage && t.Class == resolve.ClassCollection {
		g.refuse(d, "anchored-type", "the rows that %s holds are not in the source", g.source(d.Name))
		return "text"
	}
	if ref.Kind == resolve.Remote {
		g.refuse(d, "link-use", "the type %s lies behind a database link", g.source(d.Name))
		return "text"
	}
	if s := timesTenTypes[g.f.Last(d.Name)]; s != "" && ref.Kind == resolve.Unknown {
		return s
	}
	if s, ok := g.absentNamed(d); ok {
		return s
	}
	if s, ok := g.absentSubtype(ref, where); ok {
		return s
	}
	return g.objectName(d.Name)
}

// timesTenTypes are types of TimesTen, which takes Oracle's SQL (TimesTen SQL Reference, Data Types).
var timesTenTypes = map[string]string{
	"TT_TINYINT": "smallint", "TT_SMALLINT": "smallint", "TT_INTEGER": "integer", "TT_BIGINT": "bigint", "TT_DATE": "date", "TT_TIMESTAMP": "timestamp(6)", "TT_TIME": "time",
}

// anchoredType converts x%TYPE and x%ROWTYPE: they stay where x is a column or table and PostgreSQL takes them (PL/pgSQL
// declarations, parameters), else the type itself is written.
func (g *gen) anchoredType(d *ast.DataType, ref *resolve.Ref, where typePlace) string {
	row := d.Anchor == token.ROWTYPE
	if s, ok := g.dictionaryAnchor(d); ok {
		return s
	}
	if row && ref.Kind == resolve.Unknown {
		g.absentOf(d) // tells of it
	}
	if where == inVariable || where == inParameter {
		if s, ok := g.absentColumn(d); ok {
			return s
		}
	}
	switch {
	case ref.Kind == resolve.Cursor && where == inVariable:
		if c, ok := ref.Decl.(*ast.CursorDecl); ok {
			if s, ok := g.starRow(c.Query); ok {
				return s
			}
		}
		return "record"
	case ref.Kind == resolve.Column && !row && (where == inVariable || where == inParameter):
		return g.columnAnchor(d.Name, ref)
	case row && (ref.Kind == resolve.Table || ref.Kind == resolve.Unknown) && where == inVariable:
		g.absentType(d)
		return g.tableName(d.Name) + "%ROWTYPE"
	}
	if s, ok := g.typeText(*ref.TypeOf(), where); ok {
		return s
	}
	switch {
	case ref.Kind == resolve.Cursor, ref.TypeOf().Class == resolve.ClassRecord && ref.TypeOf().Object == nil:
		return "record"
	case ref.Kind == resolve.Remote:
		g.refuse(d, "link-use", "the type of %s lies behind a database link", g.source(d.Name))
		return "text"
	case row:
		return g.tableName(d.Name)
	case (where == inVariable || where == inParameter) && g.f.NumParts(d.Name) > 1: // x%TYPE is that of a variable, which PostgreSQL has not either
		return g.objectName(d.Name) + "%TYPE"
	}
	if s, ok := g.absentType(d); ok {
		return s
	}
	severity := g.rule("anchored-type").Severity
	if where == inVariable || where == inParameter {
		severity = max(severity, model.Medium)
	}
	g.reportAs(d, "anchored-type", severity, model.Review, "the type of %s is not in the source; text stands for it", g.source(d.Name))
	return "text"
}

// columnAnchor writes table.column%TYPE with the table's PostgreSQL name.
func (g *gen) columnAnchor(n *ast.Name, ref *resolve.Ref) string {
	if ref.Object == nil || ref.Column == nil {
		return g.path(n) + "%TYPE"
	}
	return g.e.names.object(ref.Object) + "." + g.e.names.ident(ref.Column.Name) + "%TYPE"
}

// typeText writes a type that the resolver knows, as a type name that stands anywhere; ok is false when it is not known
// well enough or has no name.
func (g *gen) typeText(t resolve.Type, where typePlace) (s string, ok bool) {
	if t.Ref.Ref {
		return refBase, true
	}
	t = t.Base()
	if d := t.Def(); d != nil && d.Name != "" {
		return g.definedType(d, t, where)
	}
	switch d := t.Decl.(type) {
	case *ast.TypeDecl:
		return g.localType(d, t)
	case *ast.CursorDecl:
		if s, ok := g.cursorRow(d, t); ok {
			return s, true
		}
		return g.starRow(d.Query)
	}
	switch t.Class {
	case resolve.ClassRecord:
		if t.Object != nil && (t.Object.Table != nil || t.Object.View != nil) {
			return g.e.names.object(t.Object), true
		}
		if t.Object == nil && t.Ref.Anchor == "ROWTYPE" { // a table that the source does not have
			parts := strings.Split(t.Ref.Name, ".")
			if len(parts) == 1 {
				return g.e.names.ident(parts[0]), true
			}
			return g.e.names.quoteSchema(parts[0]) + "." + g.e.names.ident(parts[1]), true
		}
		if p := g.e.packages[t.Object]; p != nil {
			if c := p.cursors[t.Ref.Name]; c != nil {
				return g.packageRow(p, c)
			}
		}
		return "", false
	case resolve.ClassObject:
		if t.Object != nil {
			return g.e.names.object(t.Object), true
		}
		return "", false
	case resolve.ClassCollection:
		if t.Elem == nil { // of a supplied package
			return "", false
		}
		if suppliedAssoc(t.Ref.Name) {
			return "jsonb", true
		}
		e, ok := g.typeText(*t.Elem, inColumn)
		return e + "[]", ok
	case resolve.ClassCursor:
		return "refcursor", true
	case resolve.ClassUnknown:
		return g.absentElement(t)
	case resolve.ClassNull:
		return "", false
	}
	return g.builtinType(t.Ref, where)
}

// definedType is the name of a type of the catalog.
func (g *gen) definedType(d *model.Type, t resolve.Type, where typePlace) (string, bool) {
	switch d.Form {
	case model.FormRefCursor:
		return "refcursor", true
	case model.FormSubtype:
		if d.Elem != nil && !d.Elem.User && d.Elem.Anchor == "" {
			return g.builtinType(*d.Elem, where)
		}
		return "", false
	}
	if t.Object == nil || !g.definable(d, t) {
		return "", false
	}
	return g.definedName(d, t.Object), true
}

// definable reports whether a package's type can be made: rows of what the source does not have are no elements.
func (g *gen) definable(d *model.Type, t resolve.Type) bool {
	if t.Object.Kind != model.KindPackage {
		return true
	}
	switch d.Form {
	case model.FormNestedTable, model.FormVarray:
		if t.Elem != nil && (t.Elem.Class == resolve.ClassRecord || d.Elem != nil && d.Elem.Anchor == "ROWTYPE") {
			_, ok := g.typeText(*t.Elem, inColumn)
			return ok
		}
	}
	return true
}

// definedName is the qualified name of a type of the catalog: of its own, or declared in a package.
func (g *gen) definedName(d *model.Type, o *model.Object) string {
	if o.Kind == model.KindType {
		return g.e.names.object(o)
	}
	return g.e.names.pkg(o.Schema, o.Name).qualified(g.e.names.fold(d.Name))
}

// localType is the type of a declaration inside a routine: a composite type made ahead of it, or an array, or jsonb.
func (g *gen) localType(d *ast.TypeDecl, t resolve.Type) (string, bool) {
	switch x := d.Def.(type) {
	case *ast.RecordType:
		if s := g.recordTypes[d]; s != "" {
			return s, true
		}
	case *ast.CollectionType:
		if x.Kind == ast.AssociativeArray || g.sparse(t) {
			return "jsonb", true
		}
		if t.Elem != nil {
			elem := t.Elem.Base()
			if in, ok := elem.Decl.(*ast.TypeDecl); ok && elem.Class == resolve.ClassCollection && g.keysOf(elem) == resolve.ClassUnknown {
				if e, ok := g.localDomain(in, elem); ok {
					return e + "[]", true
				}
			}
			if e, ok := g.typeText(elem, inColumn); ok {
				return e + "[]", true
			}
		}
		if e := g.dataType(x.Elem, inColumn); e != "record" {
			return e + "[]", true
		}
	case *ast.RefCursorType:
		return "refcursor", true
	}
	return "", false
}

// suppliedAssoc reports whether a collection type of a supplied package is an associative array.
func suppliedAssoc(name string) bool {
	switch name {
	case "ODCIVARCHAR2LIST", "ODCINUMBERLIST", "ODCIDATELIST", "DBMSOUTPUT_LINESARRAY", "ORA_NAME_LIST_T", "JSON_KEY_LIST",
		"SYS.ODCIVARCHAR2LIST", "SYS.ODCINUMBERLIST", "SYS.ODCIDATELIST":
		return false
	}
	return true
}

// typePhase is the phase in which everything that a type is made of exists.
func (g *gen) typePhase(t resolve.Type) Phase { return g.typePhaseIn(t, map[any]bool{}) }

func (g *gen) typePhaseIn(t resolve.Type, seen map[any]bool) Phase {
	t = t.Base()
	if t.Ref.Ref { // an identifier: what it points to need not be there
		return PhaseType
	}
	if t.Class == resolve.ClassRecord && t.Object != nil {
		switch {
		case t.Object.View != nil:
			return PhaseView
		case t.Object.Table != nil:
			return PhaseTable
		}
	}
	phase := PhaseType
	if t.Elem != nil {
		if key := any(t.Elem); !seen[key] {
			seen[key] = true
			phase = max(phase, g.typePhaseIn(*t.Elem, seen))
		}
	}
	if d := t.Def(); d != nil {
		if seen[d] {
			return phase
		}
		seen[d] = true
	} else if t.Decl != nil {
		if seen[t.Decl] {
			return phase
		}
		seen[t.Decl] = true
	}
	fields, _ := t.Fields()
	for _, f := range fields {
		phase = max(phase, g.typePhaseIn(f.Type, seen))
	}
	return phase
}

// dependsOf are the objects that a part of a statement names, the statement's own excluded.
func (g *gen) dependsOf(n ast.Node) []model.ObjectID {
	list := []model.ObjectID{}
	seen := map[model.ObjectID]bool{g.object: true}
	ast.Walk(n, func(k ast.Node) bool {
		if name, ok := k.(*ast.Name); ok {
			if o := g.ref(name).Object; o != nil && !seen[o.ID()] {
				seen[o.ID()] = true
				list = append(list, o.ID())
			}
		}
		return true
	})
	return list
}

// suppliedType converts a type that Oracle declares by itself: of package STANDARD, or of a supplied package.
func (g *gen) suppliedType(d *ast.DataType, name string, where typePlace) string {
	switch strings.TrimPrefix(strings.TrimPrefix(name, "SYS."), "STANDARD.") {
	case "DSINTERVAL_UNCONSTRAINED", "YMINTERVAL_UNCONSTRAINED":
		return "interval"
	case "UTL_FILE.FILE_TYPE":
		g.need("orafce")
		return "utl_file.file_type"
	case "TIMESTAMP_UNCONSTRAINED":
		return "timestamp"
	case "TIMESTAMP_TZ_UNCONSTRAINED", "TIMESTAMP_LTZ_UNCONSTRAINED":
		return "timestamptz"
	}
	if s, ok := g.spatialType(strings.TrimPrefix(name, "SYS.")); ok {
		if where == inColumn {
			g.reportSpatial(d)
		}
		return s
	}
	if t, ok := suppliedTypeOf(strings.TrimPrefix(name, "SYS.")); ok {
		if own, ok := strings.CutPrefix(t, "landfall."); ok {
			return g.use(own)
		}
		if strings.Contains(t, ".") {
			g.need("orafce")
		}
		if strings.HasSuffix(name, "URITYPE") {
			g.report(d, "special-type", "%s is kept as the text of the address; nothing reads what it points to", g.source(d))
		}
		return t
	}
	g.refuse(d, "not-converted", "no PostgreSQL type stands for %s", g.source(d))
	return "text"
}

// typeDepends are the objects that the attributes or elements of a type need.
func (g *gen) typeDepends(t resolve.Type) []model.ObjectID {
	list := []model.ObjectID{}
	seen := map[model.ObjectID]bool{g.object: true}
	add := func(t resolve.Type) {
		t = t.Base()
		for t.Object == nil && t.Elem != nil {
			t = t.Elem.Base()
		}
		if t.Ref.Ref {
			return
		}
		if o := t.Object; o != nil && !seen[o.ID()] {
			seen[o.ID()] = true
			list = append(list, o.ID())
		}
	}
	if t.Elem != nil {
		add(*t.Elem)
	}
	fields, _ := t.Fields()
	for _, f := range fields {
		add(f.Type)
	}
	return list
}
