// Package resolve finds out what the names of one statement mean and what types its expressions have.
//
// Input -> output: a frozen catalog, a file and one of its top-level statements in; an Info out: for names what
// they stand for, for expressions their type as far as it can be known, the tables and columns read and
// written, and the dynamic SQL with its constant parts parsed. It follows Oracle's scope rules: columns before
// PL/SQL variables inside SQL, inner blocks before outer ones, then the package, the schema, synonyms, public
// synonyms, the built-in packages. What it cannot find is a Ref of kind Unknown, never a guess. It rewrites
// nothing and reads no database.
//
// Resolve is a pure function of its arguments: any number may run at once over one catalog. An Estate gives the same for
// many statements of a catalog with less work. An Info belongs to the caller and is not written to afterwards.
package resolve

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// RefKind is what a name stands for.
type RefKind uint8

// Kinds of references.
const (
	Unknown      RefKind = iota
	Column               // column of a table, view, subquery or cursor record; Ref.Column where the catalog has it
	Table                // table or view as a row source; also an alias of one
	Query                // name of a subquery factoring item or an inline view's alias
	Variable             // PL/SQL variable, constant or record field: local, or of a package (Object)
	Parameter            // formal parameter
	Cursor               // declared cursor
	Exception            // declared or predefined exception
	TypeName             // SQL type, package type, local type
	Routine              // procedure or function: local, package member, stand-alone, method
	Package              // package as the qualifier of a member
	Sequence             // sequence.NEXTVAL / CURRVAL
	Pseudo               // ROWNUM, LEVEL, ROWID, SYSDATE, USER, CONNECT_BY_ISLEAF ...
	Builtin              // function of SQL or STANDARD, or member of a package Oracle supplies (DBMS_OUTPUT.PUT_LINE)
	PseudoRecord         // :new, :old, :parent and their fields
	Host                 // bind variable
	Label                // block or loop label
	Schema               // schema as a qualifier
	Remote               // anything behind a database link
	Word                 // a name that is not looked up: alias, constraint, partition, tablespace, user, savepoint
)

// Ref is what one name means.
type Ref struct {
	Kind RefKind
	// Object is the catalog object reached (table, package, routine ...), after synonyms; nil for local things.
	Object *model.Object
	// Synonyms are the synonyms passed on the way, outermost first.
	Synonyms []*model.Object
	Column   *model.Column
	Routine  *model.Routine  // of a package, type or stand-alone; the overload that fits, or the first by name
	Variable *model.Variable // of a package
	Decl     ast.Node        // the declaration of a local thing in the same statement
	Builtin  string          // folded name: SYSDATE, NVL, DBMS_OUTPUT.PUT_LINE; COLLECTION.COUNT of collection methods
	Link     string          // database link
	Outer    bool            // a column of an enclosing query (correlated)

	typ *Type      // of the thing named; see TypeOf
	sig *signature // of a routine
}

// TypeOf is the type of the thing named, the zero Type when it is not known. Names share it: nobody writes to it.
func (r *Ref) TypeOf() *Type {
	if r.typ == nil {
		return &noType
	}
	return r.typ
}

var noType Type

// WithType is the same thing with another type.
func (r Ref) WithType(t Type) *Ref {
	r.typ = &t
	return &r
}

// Params are the parameters of a routine with their types, without SELF; nil for all else.
func (r *Ref) Params() []Field {
	if r.sig == nil {
		return nil
	}
	list := make([]Field, len(r.sig.params))
	for i, p := range r.sig.params {
		list[i].Name = p.name
		if p.typ != nil {
			list[i].Type = *p.typ
		}
	}
	return list
}

// ParamType is the type of a routine's parameter, the zero Type where there is none of that name or its type is not known.
func (r *Ref) ParamType(name string) *Type {
	if r.sig != nil {
		for i := range r.sig.params {
			if p := &r.sig.params[i]; p.name == name && p.typ != nil {
				return p.typ
			}
		}
	}
	return &noType
}

// TypeClass is the coarse class of a type: what rules decide on.
type TypeClass uint8

// Type classes.
const (
	ClassUnknown   TypeClass = iota
	ClassNumber              // NUMBER, FLOAT and their subtypes
	ClassInteger             // PLS_INTEGER and subtypes
	ClassBinary              // BINARY_FLOAT, BINARY_DOUBLE
	ClassText                // VARCHAR2, NVARCHAR2, LONG
	ClassChar                // CHAR, NCHAR: blank padded
	ClassDate                // DATE
	ClassTimestamp           // TIMESTAMP, with Zone
	ClassInterval            // INTERVAL YEAR TO MONTH, DAY TO SECOND
	ClassRaw
	ClassLOB // CLOB, NCLOB, BLOB, BFILE; see Name
	ClassBoolean
	ClassRowid
	ClassXML
	ClassJSON
	ClassObject     // object type
	ClassCollection // varray, nested table, associative array
	ClassRecord     // record, %ROWTYPE
	ClassCursor     // REF CURSOR
	ClassNull       // the literal NULL and ''
	ClassAny        // ANYDATA and friends
)

// Type is the type of an expression as far as it is known.
type Type struct {
	Class TypeClass
	Ref   model.TypeRef // details; zero when only the class is known
	// Object is the catalog's type or table behind an object, collection or %ROWTYPE.
	Object *model.Object
	Decl   ast.Node // local or package type declaration in the same statement
	Elem   *Type    // of collections

	shape *shape // fields of records, rows and objects
	def   *model.Type
	base  *Type     // of a subtype of the catalog
	keys  TypeClass // of an associative array: ClassText or ClassInteger; 0 for all else

	limits *Limits // of a subtype; nil where it has none

	keyLength int // of an associative array by text: the most characters of a key; 0 is no limit
}

// Access is one table, view or link object read or written by a statement.
type Access struct {
	Node    ast.Node // where it is named
	Object  *model.Object
	Name    string // as the source writes it
	Link    string
	Write   string   // "", INSERT, UPDATE, DELETE, MERGE, LOCK, TRUNCATE
	Columns []string // folded columns read or set, as far as they are known, sorted
}

// Dynamic is one piece of SQL that is put together at run time.
type Dynamic struct {
	Node     ast.Node  // the EXECUTE IMMEDIATE, OPEN FOR, DBMS_SQL.PARSE ...
	Text     string    // the constant parts; unknown parts stand as identifiers HOLE$1, HOLE$2 ...
	Constant bool      // the whole text is known
	Holes    int       // unknown parts
	Parsed   *ast.File // of Text, when it could be parsed; positions count in Text
	// HoleExprs are the expressions that make HOLE$1, HOLE$2 ...
	HoleExprs []Hole
}

// Hole is what makes an unknown part of dynamic SQL.
type Hole struct {
	X      ast.Expr // nil when it is not known
	Direct bool     // it stands in the statement itself; false: it was evaluated when a variable got its text
}

// Info is what is known of one statement.
type Info struct {
	File *ast.File
	Stmt ast.Stmt

	names    meanings            // names of the same thing share one Ref
	missing  map[*ast.Name]bool  // names that begin with a variable or an item of FROM which has no such part
	rows     map[ast.Node]*shape // of queries and of the items of FROM
	types    typings             // of expressions other than names and literals
	binds    map[string]*Type    // of host variables; see Bind
	guessed  map[string]bool     // of them; see Guessed
	declared map[string]*Type    // of those that SQL*Plus declares
	Accesses []Access
	Dynamic  []Dynamic
	// Depends is what the statement needs, each object once by kind of use, in order of first mention. What
	// parsed dynamic SQL needs is among it, at the place of the dynamic statement; parts that hang on unknown
	// text are not. Accesses hold static SQL only: resolve Dynamic.Parsed for those of dynamic SQL.
	Depends []model.Dependency
}

// Ref gives what a name means; never nil.
func (in *Info) Ref(n *ast.Name) *Ref {
	if r := in.Known(n); r != nil {
		return r
	}
	return &unknownRef
}

// Known is Ref, nil for a name that nobody has looked up.
func (in *Info) Known(n *ast.Name) *Ref {
	if x := in.names.find(n); x != nil {
		return x.ref
	}
	return nil
}

// Base is the thing that a name of several parts begins with, behind its qualifiers: the variable of a record's field, the
// column of an object's attribute. Parts is how many leading parts name it; those behind are fields of it.
type Base struct {
	Ref   *Ref
	Parts int
}

// Base gives what a name begins with. For a name that is a thing as a whole it is that thing with all parts.
func (in *Info) Base(n *ast.Name) Base {
	if x := in.names.find(n); x != nil && x.base != 0 {
		return in.names.bases[x.base-1]
	}
	return Base{Ref: in.Ref(n), Parts: in.File.NumParts(n)}
}

// Missing reports whether a name of which nothing is known begins with a variable or an item of FROM, which has no part of that name as far
// as the catalog goes: a column that a script of the source does not add, not a member of a package.
func (in *Info) Missing(n *ast.Name) bool { return in.missing[n] }

// From gives the item of FROM, or the target of DML, that a column belongs to: the innermost TableRef, not a join around
// it. It is nil for names that are no columns, and where two items can have the column and neither is known.
func (in *Info) From(n *ast.Name) ast.Node {
	if x := in.names.find(n); x != nil && x.item != 0 {
		return in.names.items[x.item-1]
	}
	return nil
}

// Row gives the columns of a query (Select, QueryBlock) or of an item of FROM in order, as far as they are known; open
// tells that there may be more.
func (in *Info) Row(n ast.Node) (fields []Field, open bool) {
	s := in.rows[n]
	return Type{shape: s}.Fields()
}

// Field is one field of a record, attribute of an object or column of a row.
type Field struct {
	Name   string // folded
	Type   Type
	Column *model.Column // where it is a column of the catalog
}

// Fields gives the fields of a record, object or row type in order, as far as they are known; open tells that there may be more.
func (t Type) Fields() (fields []Field, open bool) {
	if t.shape == nil {
		return nil, true
	}
	fields = make([]Field, 0, len(t.shape.fields))
	for _, f := range t.shape.fields {
		fd := Field{Name: f.name}
		if f.typ != nil {
			fd.Type = *f.typ
		}
		if f.ref != nil {
			fd.Column = f.ref.Column
		}
		fields = append(fields, fd)
	}
	return fields, t.shape.open
}

// Field gives the type of the first field of a name; the zero Type when there is none or it is not known.
func (t Type) Field(name string) Type {
	if t.shape == nil {
		return Type{}
	}
	for _, f := range t.shape.fields {
		if f.name == name {
			if f.typ != nil {
				return *f.typ
			}
			return Type{}
		}
	}
	return Type{}
}

// Def is the catalog's definition behind a collection, record or object type; nil for local types (see Decl) and rows.
func (t Type) Def() *model.Type { return t.def }

// Base is the type that a subtype narrows, the type itself for all others.
func (t Type) Base() Type {
	for t.base != nil {
		t = *t.base
	}
	return t
}

// Keys is the class of the keys of an associative array, ClassText or ClassInteger; ClassUnknown for all other types.
func (t Type) Keys() TypeClass { return t.Base().keys }

// KeyLength is the most characters that a key of an associative array by text has; 0 for all else.
func (t Type) KeyLength() int { return t.Base().keyLength }

// Type gives the type of an expression; the zero Type when it is not known.
func (in *Info) Type(e ast.Expr) Type {
	switch x := e.(type) {
	case nil:
		return Type{}
	case *ast.Name:
		return *in.Ref(x).TypeOf()
	case *ast.Paren:
		return in.Type(x.X)
	case *ast.Literal:
		return *literalType(in.File, x)
	}
	if t := in.types.find(e); t != nil {
		return *t
	}
	return Type{}
}

var unknownRef Ref
