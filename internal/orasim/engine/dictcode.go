package engine

import (
	"slices"
	"strconv"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// codeViews are stored code, of which the catalog has the text and what the text says of itself.
var codeViews []dictView

func init() {
	codeViews = []dictView{
		{name: "SOURCE", of: "owner name", rows: dictSource, columns: "owner:i name:i type:i line:n text:v origin_con_id:n@12.1"},
		{
			name: "TRIGGERS", of: "table_owner table_name", user: "owner", rows: dictTriggers,
			columns: "owner:i trigger_name:i trigger_type:i triggering_event:i table_owner:i base_object_type:i table_name:i column_name:v referencing_names:i when_clause:v status:i description:v action_type:i trigger_body:l crossedition:i before_statement:i before_row:i after_row:i after_statement:i instead_of_row:i fire_once:i apply_server_only:i",
		},
		{
			name: "PROCEDURES", of: "owner object_name", rows: dictProcedures,
			columns: "owner:i object_name:i procedure_name:i object_id:n subprogram_id:n overload:i object_type:i aggregate:i pipelined:i impltypeowner:i impltypename:i parallel:i interface:i deterministic:i authid:i result_cache:i@12.1 origin_con_id:n@12.1 polymorphic:i@18",
		},
		{
			name: "ARGUMENTS", of: "owner package_name", rows: dictArguments,
			columns: "owner:i object_name:i package_name:i object_id:n overload:i subprogram_id:n argument_name:i position:n sequence:n data_level:n data_type:i defaulted:i default_value:l default_length:n in_out:i data_length:n data_precision:n data_scale:n type_owner:i type_name:i type_subname:i type_link:i pls_type:i char_length:n char_used:i",
		},
		{name: "ERRORS", of: "owner name", rows: dictErrors, columns: "owner:i name:i type:i sequence:n line:n position:n text:v attribute:i message_number:n"},
		{name: "DEPENDENCIES", of: "owner name", rows: dictDependencies, columns: "owner:i name:i type:i referenced_owner:i referenced_name:i referenced_type:i referenced_link_name:i dependency_type:i"},
		{name: "LIBRARIES", of: "owner library_name", rows: dictLibraries, columns: "owner:i library_name:i file_spec:v dynamic:i status:i agent:i credential_owner:i@12.1 credential_name:i@12.1"},
	}
}

// eachUnit calls f for every object of the kinds whose text ALL_SOURCE holds. ALL_ views show bodies of others only to who could
// change them (Reference, ALL_SOURCE).
func (s *Session) eachUnit(f func(o *object)) {
	for _, space := range []byte{0, 'b', 't'} {
		for _, o := range s.db.sorted(space, func(o *object) bool { return codeKinds[o.kind] && o.text != "" }) {
			f(o)
		}
	}
}

// sourceText is the text of a unit from its kind on, as ALL_SOURCE shows it.
func (o *object) sourceText() string {
	if o.file == nil || o.stmt == nil {
		return o.text
	}
	kw := token.Lookup([]byte(strings.Fields(o.kind)[0]))
	span := o.stmt.Range()
	text := o.text
	for i := range o.file.Significant(span) {
		if kw != 0 && o.file.Tokens[i].Is(kw) {
			text = text[o.file.Tokens[i].Off-o.file.Tokens[span.Lo].Off:]
			break
		}
	}
	if n, ok := o.stmt.(*ast.CreateTrigger); ok && n.Call != nil {
		return text // CALL takes none
	}
	return text + ";" // which ends the unit, not the statement
}

func dictSource(s *Session, put putRow) {
	s.eachUnit(func(o *object) {
		if o.kind == "LIBRARY" {
			return
		}
		for i, line := range strings.SplitAfter(o.sourceText(), "\n") {
			put("owner", o.owner, "name", o.name, "type", o.kind, "line", i+1, "text", line, "origin_con_id", 0)
		}
	})
}

func dictTriggers(s *Session, put putRow) {
	for _, o := range s.db.sorted('t', func(o *object) bool { return o.trigger != nil }) {
		tr := o.trigger
		n, _ := o.stmt.(*ast.CreateTrigger)
		if n == nil {
			continue
		}
		f := o.file
		kind, events, base := "", []string{}, "TABLE"
		var columns []string
		for _, e := range n.Events {
			events = append(events, e.Kind.String())
			for _, c := range e.Cols {
				columns = append(columns, f.Last(c))
			}
		}
		switch n.Timing {
		case token.FOR:
			kind = "COMPOUND"
		case token.INSTEAD:
			kind = "INSTEAD OF"
		default:
			kind = n.Timing.String() + word(n.Row, " EACH ROW", word(n.Scope == token.TABLE, " STATEMENT", " EVENT"))
		}
		owner, name := tr.table.owner, tr.table.name
		switch n.Scope {
		case token.TABLE:
			if on := s.db.objects2(tr.table); on != nil && on.view != nil {
				base = "VIEW"
			}
		case token.SCHEMA:
			base, owner = "SCHEMA", o.owner
			if n.On != nil {
				owner = f.Last(n.On)
			}
		default:
			base, owner = "DATABASE", "SYS"
			if n.Scope == token.PLUGGABLE {
				base = "PLUGGABLE DATABASE"
			}
		}
		var column string
		if len(columns) > 0 {
			column = strings.Join(columns, ", ")
		}
		names := map[token.Keyword]string{token.NEW: "NEW", token.OLD: "OLD", token.PARENT: "PARENT"}
		for _, r := range n.Referencing {
			names[r.Kind] = f.Last(r.Alias)
		}
		var when string
		if n.When != nil {
			when = f.Source(n.When)
		}
		body := ""
		switch {
		case n.Body != nil:
			body = f.Source(n.Body)
		case n.Compound != nil:
			body = f.Source(n.Compound)
		case n.Call != nil:
			body = f.Source(n.Call)
		}
		text := o.sourceText()
		text = strings.TrimSuffix(text, ";")
		description := text
		if i := strings.LastIndex(text, body); body != "" && i >= 0 {
			description = text[:i]
		}
		if _, rest, ok := strings.Cut(description, " "); ok { // without the word TRIGGER
			description = rest
		}
		points := map[string]bool{}
		if n.Compound != nil {
			for _, p := range n.Compound.Sections {
				points[p.Timing.String()+word(p.Row, "_row", "_statement")] = true
			}
		}
		body += ";"
		put("owner", o.owner, "trigger_name", o.name, "trigger_type", kind, "triggering_event", strings.Join(events, " OR "), "table_owner", owner, "base_object_type", base, "table_name", name, "column_name", short(column),
			"referencing_names", word(n.Scope == token.TABLE, "REFERENCING NEW AS "+names[token.NEW]+" OLD AS "+names[token.OLD], ""), "when_clause", short(when), "status", word(tr.enabled, "ENABLED", "DISABLED"), "description", short(description),
			"action_type", word(n.Call != nil, "CALL", "PL/SQL     "), "trigger_body", body, "crossedition", "NO", "before_statement", points["BEFORE_statement"], "before_row", points["BEFORE_row"], "after_row", points["AFTER_row"],
			"after_statement", points["AFTER_statement"], "instead_of_row", points["INSTEAD_row"], "fire_once", "YES", "apply_server_only", "NO")
	}
}

// short is a text cut to what a VARCHAR2 of a view takes.
func short(s string) string {
	if len(s) <= 4000 {
		return s
	}
	return strings.ToValidUTF8(s[:4000], "")
}

// routineRow is a routine of the catalog with its numbers.
type routineRow struct {
	o      *object
	r      *model.Routine
	member string
	id     int
}

// routines are stand-alone routines, and the public ones of packages and types in the order of their text.
func (s *Session) routines() []routineRow {
	var list []routineRow
	s.eachUnit(func(o *object) {
		switch m := o.facts; {
		case m == nil:
		case m.Routine != nil:
			list = append(list, routineRow{o, m.Routine, "", 1})
		case m.Package != nil:
			id := 0
			for _, r := range m.Package.Routines {
				if !r.Private {
					id++
					list = append(list, routineRow{o, r, r.Name, id})
				}
			}
		case m.Type != nil && o.kind == "TYPE":
			for i, r := range m.Type.Methods {
				list = append(list, routineRow{o, r, r.Name, i + 1})
			}
		}
	})
	return list
}

func overload(r *model.Routine) string {
	if r.Overload == 0 {
		return ""
	}
	return strconv.Itoa(r.Overload)
}

func dictProcedures(s *Session, put putRow) {
	row := func(o *object, member string, id int, over string, r *model.Routine, auth string) {
		put("owner", o.owner, "object_name", o.name, "procedure_name", member, "object_id", o.id, "subprogram_id", id, "overload", over, "object_type", o.kind, "aggregate", r.Aggregate, "pipelined", r.Pipelined,
			"parallel", "NO", "interface", "NO", "deterministic", r.Deterministic, "authid", word(auth == "", "DEFINER", auth), "result_cache", r.ResultCache, "origin_con_id", 0, "polymorphic", "NULL")
	}
	seen := map[*object]bool{}
	for _, x := range s.routines() {
		auth := x.r.AuthID
		if p := x.o.facts.Package; p != nil {
			auth = p.AuthID
		}
		if x.member != "" && !seen[x.o] {
			seen[x.o] = true // a package has a row of its own
			row(x.o, "", 0, "", &model.Routine{}, auth)
		}
		row(x.o, x.member, x.id, overload(x.r), x.r, auth)
	}
	s.eachUnit(func(o *object) { // packages of nothing but types and variables
		if o.kind == "PACKAGE" && !seen[o] && o.facts != nil && o.facts.Package != nil && !slices.ContainsFunc(o.facts.Package.Routines, func(r *model.Routine) bool { return !r.Private }) {
			row(o, "", 0, "", &model.Routine{}, o.facts.Package.AuthID)
		}
	})
}

func dictArguments(s *Session, put putRow) {
	for _, x := range s.routines() {
		if x.o.kind == "TYPE" {
			continue
		}
		pack, name := "", x.o.name
		if x.member != "" {
			pack, name = x.o.name, x.member
		}
		row := func(arg string, position int, t model.TypeRef, mode, def string) {
			k := typeOf(t, false)
			dataType, _, _, _ := k.dictType(1)
			var typeOwner, typeName any
			switch {
			case t.User:
				dataType, typeName = "OBJECT", t.Name
				if typeOwner = t.Schema; t.Schema == "" {
					typeOwner = x.o.owner
				}
			case t.Anchor != "":
				dataType = ""
			}
			var defLength any
			if def != "" {
				defLength = len(def)
			}
			put("owner", x.o.owner, "object_name", name, "package_name", pack, "object_id", x.o.id, "overload", overload(x.r), "subprogram_id", x.id, "argument_name", arg, "position", position, "sequence", position, "data_level", 0,
				"data_type", dataType, "defaulted", yn(def != ""), "default_value", def, "default_length", defLength, "in_out", strings.ReplaceAll(mode, " ", "/"), "type_owner", typeOwner, "type_name", typeName, "pls_type", t.Name)
		}
		if x.r.Return != nil {
			row("", 0, *x.r.Return, "OUT", "")
		}
		for i, p := range x.r.Params {
			row(p.Name, i+1, p.Type, word(p.Mode == "", "IN", p.Mode), p.Default)
		}
	}
}

// dictErrors are those of views that do not compile, and of units that the parser could not read whole.
func dictErrors(s *Session, put putRow) {
	for _, o := range s.db.sorted(0, func(o *object) bool { return o.view != nil && o.view.broken == nil }) {
		if err := s.viewError(o); err != nil {
			put("owner", o.owner, "name", o.name, "type", "VIEW", "sequence", 1, "line", 0, "position", 0, "text", err.Error(), "attribute", "ERROR", "message_number", 0)
		}
	}
	s.eachUnit(func(o *object) {
		for i, m := range o.mistakes {
			put("owner", o.owner, "name", o.name, "type", o.kind, "sequence", i+1, "line", m.line, "position", m.col, "text", m.text, "attribute", "ERROR", "message_number", m.number)
		}
		if o.facts != nil && o.facts.Invalid != "" {
			put("owner", o.owner, "name", o.name, "type", o.kind, "sequence", 1, "line", 1, "position", 1, "text", o.facts.Invalid, "attribute", "ERROR", "message_number", 103)
		}
	})
}

func dictLibraries(s *Session, put putRow) {
	for _, o := range s.db.sorted(0, func(o *object) bool { return o.kind == "LIBRARY" }) {
		path := ""
		if n, ok := o.stmt.(*ast.CreateLibrary); ok && n.Path != nil {
			path = literalText(o.file, n.Path)
		}
		put("owner", o.owner, "library_name", o.name, "file_spec", path, "dynamic", "Y", "status", "VALID")
	}
}

// literalText is the value of a text literal, or the source of anything else.
func literalText(f *ast.File, x ast.Expr) string {
	if lit, ok := x.(*ast.Literal); ok && lit.Kind == ast.LitString {
		if text, err := (&compiler{f: f}).stringToken(lit.Lo); err == nil {
			return text
		}
	}
	return f.Source(x)
}
